//! Objects, field by field.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Fields, Merger, Three};

/// How far one may go without asking a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caution {
    None,
    /// Ask about `deceased[x]`.
    Death,
    /// Ask about everything.
    All,
}

pub(super) fn caution(resource_type: &str) -> Caution {
    match resource_type {
        "Patient" => Caution::Death,
        "AllergyIntolerance" => Caution::All,
        _ if resource_type.starts_with("Medication") => Caution::All,
        _ => Caution::None,
    }
}

/// Names of FHIR choices, `deceased[x]` and the like, in R4.
const CHOICES: [&str; 30] = [
    "abatement",
    "allowed",
    "asNeeded",
    "author",
    "bodySite",
    "born",
    "category",
    "content",
    "deceased",
    "definition",
    "diagnosis",
    "doseAndRate",
    "dose",
    "effective",
    "entity",
    "item",
    "location",
    "medication",
    "minimum",
    "multipleBirth",
    "occurrence",
    "onset",
    "performed",
    "product",
    "rate",
    "reported",
    "scheduled",
    "serviced",
    "timing",
    "value",
];

/// The types that a choice of R4 may take, as they end a field's name.
const TYPES: [&str; 24] = [
    "Address",
    "Age",
    "Attachment",
    "Boolean",
    "CodeableConcept",
    "Coding",
    "ContactPoint",
    "Date",
    "DateTime",
    "Decimal",
    "Duration",
    "HumanName",
    "Identifier",
    "Instant",
    "Integer",
    "Period",
    "Quantity",
    "Range",
    "Ratio",
    "Reference",
    "SampledData",
    "String",
    "Time",
    "Timing",
];

/// The name under which fields are merged as one: `_birthDate` is `birthDate`, `deceasedBoolean` is `deceased`.
fn group(field: &str) -> &str {
    let field = field.strip_prefix('_').unwrap_or(field);
    let choice = CHOICES.iter().find(|choice| field.strip_prefix(**choice).is_some_and(|rest| TYPES.contains(&rest)));
    choice.copied().unwrap_or(field)
}

/// False for data that is only true as a whole.
pub(super) fn has_parts(fields: &Fields) -> bool {
    let has = |name| fields.contains_key(name);
    let quantity = has("unit") || has("comparator") || has("value") && has("code");
    let whole = quantity || has("coding") || has("reference") || has("start") || has("end") || has("url") || has("div");
    !(whole || has("system") && has("code") || has("data") || has("numerator") || has("low") || has("high"))
}

impl Merger<'_> {
    /// Fields keep the left side's order; those that only the right side has follow.
    pub(super) fn objects(
        &mut self,
        base: Option<&Fields>,
        left: &Fields,
        right: &Fields,
        path: &str,
        caution: Caution,
    ) -> Fields {
        let empty = Fields::new();
        let base = base.unwrap_or(&empty);
        let mut merged = Fields::new();
        let mut done = BTreeSet::new();
        for name in left.keys().chain(right.keys()).map(|field| group(field)) {
            if !done.insert(name) {
                continue;
            }
            let members: Vec<&String> = unique(left, right).filter(|field| group(field) == name).collect();
            let ask = caution == Caution::All || caution == Caution::Death && name == "deceased";
            let single = if let [field] = members[..] {
                field == name || !base.keys().any(|old| old != field && group(old) == name)
            } else {
                false
            };
            if single && !ask {
                let field = members[0];
                let three = Three { base: base.get(field), left: left.get(field), right: right.get(field) };
                if let Some(value) = self.merge(three, &join(path, field)) {
                    merged.insert(field.clone(), value);
                }
            } else {
                self.whole_group(base, left, right, name, &join(path, name), ask, &mut merged);
            }
        }
        merged
    }

    /// Fields that are only true together, or need a person's eye: all of one side or all of the other.
    #[expect(clippy::too_many_arguments, reason = "three versions, a name, a path and a place to write")]
    fn whole_group(
        &mut self,
        base: &Fields,
        left: &Fields,
        right: &Fields,
        name: &str,
        path: &str,
        ask: bool,
        merged: &mut Fields,
    ) {
        let take = |fields: &Fields| -> Option<Value> {
            let own: Fields = fields
                .iter()
                .filter(|(field, _)| group(field) == name)
                .map(|(field, value)| (field.clone(), value.clone()))
                .collect();
            (!own.is_empty()).then_some(Value::Object(own))
        };
        let (base, left, right) = (take(base), take(left), take(right));
        let three = Three { base: base.as_ref(), left: left.as_ref(), right: right.as_ref() };
        let silent = name == "meta" || name == "text" || name == "id";
        let chosen = match three.settled() {
            Some(settled) if !ask || silent || three.left == three.right => settled.cloned(),
            Some(settled) => self.ask(three, settled, path),
            None => self.conflict_of_group(three, path),
        };
        if let Some(Value::Object(fields)) = chosen {
            merged.extend(fields);
        }
    }

    /// One side changed it while the other changed something else: listed, with the change as the value.
    fn ask(&mut self, three: Three, settled: Option<&Value>, path: &str) -> Option<Value> {
        if self.decisions.iter().any(|(decided, _)| decided == path) {
            return self.conflict(three, path);
        }
        self.list_group(three, path);
        settled.cloned()
    }

    fn conflict_of_group(&mut self, three: Three, path: &str) -> Option<Value> {
        let listed = self.conflicts.len();
        let chosen = self.conflict(three, path);
        if self.conflicts.len() > listed {
            self.conflicts.pop();
            self.list_group(three, path);
        }
        chosen
    }

    /// A group of one field is shown as that field.
    fn list_group(&mut self, three: Three, path: &str) {
        fn inner(value: Option<&Value>) -> Option<&Value> {
            match value {
                Some(Value::Object(fields)) if fields.len() == 1 => fields.values().next(),
                other => other,
            }
        }
        self.list(Three { base: inner(three.base), left: inner(three.left), right: inner(three.right) }, path);
    }
}

/// The field names of both sides, none twice.
fn unique<'a>(left: &'a Fields, right: &'a Fields) -> impl Iterator<Item = &'a String> {
    left.keys().chain(right.keys().filter(|field| !left.contains_key(*field)))
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}
