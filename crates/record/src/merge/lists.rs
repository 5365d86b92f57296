//! Lists, item by item.
//!
//! Lists of one length whose items were only edited in place are merged place by place. Else an item is known by its `id`,
//! its system and value (identifiers, contact points), its `use` (names, addresses), its url, or itself. If two items of one
//! list cannot be told apart, the list as a whole is a conflict. Additions of both sides stay; an item that one side removed
//! and the other changed is a conflict.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Merger, Three};

impl Merger<'_> {
    /// `None` if items cannot be told apart.
    pub(super) fn lists(&mut self, base: &[Value], left: &[Value], right: &[Value], path: &str) -> Option<Vec<Value>> {
        if base.len() == left.len() && base.len() == right.len() && !is_moved(base, left) && !is_moved(base, right) {
            return Some(self.by_place(base, left, right, path));
        }
        let (base, left, right) = (Keyed::new(base)?, Keyed::new(left)?, Keyed::new(right)?);
        let mut items = Vec::with_capacity(left.items.len());
        let added = right.keys.iter().filter(|key| left.get(key).is_none());
        for (place, key) in left.keys.iter().chain(added).enumerate() {
            let three = Three { base: base.get(key), left: left.get(key), right: right.get(key) };
            items.extend(self.merge(three, &format!("{path}[{place}]")));
        }
        Some(items)
    }

    fn by_place(&mut self, base: &[Value], left: &[Value], right: &[Value], path: &str) -> Vec<Value> {
        let mut items = Vec::with_capacity(left.len());
        for (place, ((base, left), right)) in base.iter().zip(left).zip(right).enumerate() {
            let three = Three { base: Some(base), left: Some(left), right: Some(right) };
            items.extend(self.merge(three, &format!("{path}[{place}]")));
        }
        items
    }
}

/// True if an item stands at another place than in the base.
fn is_moved(base: &[Value], side: &[Value]) -> bool {
    let keys: Vec<String> = base.iter().map(key).collect();
    side.iter().enumerate().any(|(place, item)| {
        let key = key(item);
        keys[place] != key && keys.contains(&key)
    })
}

/// A list whose items can be told apart.
struct Keyed<'a> {
    keys: Vec<String>,
    items: &'a [Value],
}

impl<'a> Keyed<'a> {
    fn new(items: &'a [Value]) -> Option<Self> {
        let keys: Vec<String> = items.iter().map(key).collect();
        let distinct: BTreeSet<&String> = keys.iter().collect();
        (distinct.len() == keys.len()).then_some(Self { keys, items })
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.keys.iter().position(|own| own == key).map(|place| &self.items[place])
    }
}

/// What an item is known by.
fn key(item: &Value) -> String {
    let part =
        |name: &str| item.get(name).filter(|value| !value.is_object() && !value.is_array()).map(Value::to_string);
    let named = |label: &str, text: String| format!("{label} {text}");
    if let Some(id) = part("id") {
        return named("id", id);
    }
    if let (Some(system), Some(value)) = (part("system"), part("value").or_else(|| part("code"))) {
        return format!("{system} {value}");
    }
    let is_use = ["family", "given", "line", "city"].iter().any(|name| item.get(name).is_some());
    match (part("use"), part("url")) {
        (Some(usage), _) if is_use => named("use", usage),
        (_, Some(url)) => named("url", url),
        _ => item.to_string(),
    }
}
