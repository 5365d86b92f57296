//! What was left out, by reason, so that ten thousand repeated entries are one line.

use client::protocol::Skip;

/// The entries that share a reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub reason: String,
    pub skips: Vec<Skip>,
}

/// Losses first, then the most frequent first.
pub fn by_reason(skips: &[Skip], is_harmless: impl Fn(&str) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for skip in skips {
        match groups.iter_mut().find(|group| group.reason == skip.reason) {
            Some(group) => group.skips.push(skip.clone()),
            None => groups.push(Group { reason: skip.reason.clone(), skips: vec![skip.clone()] }),
        }
    }
    groups.sort_by_key(|group| (is_harmless(&group.reason), std::cmp::Reverse(group.skips.len())));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_stand_before_what_is_harmless() {
        let skip = |entry, reason: &str| Skip { file: "a.json".into(), entry, reason: reason.into() };
        let skips =
            [skip(1, "repeated"), skip(2, "repeated"), skip(3, "too_deep"), skip(4, "not_fhir"), skip(5, "not_fhir")];
        let groups = by_reason(&skips, |reason| reason == "repeated");
        let counts: Vec<_> = groups.iter().map(|group| (group.reason.as_str(), group.skips.len())).collect();
        assert_eq!(counts, [("not_fhir", 2), ("too_deep", 1), ("repeated", 2)]);
    }
}
