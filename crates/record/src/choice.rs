//! Which of several names, identifiers or contact points is the one to show. The lowest rank wins, then the first.

/// Rank of a HumanName by its `use`: the official name first, former names last.
pub(crate) fn name_rank(usage: Option<&str>) -> u8 {
    match usage {
        Some("official") => 0,
        Some("usual") => 1,
        None => 2,
        Some("temp") => 3,
        Some("nickname") => 4,
        Some("anonymous") => 5,
        Some("maiden") => 6,
        Some(_) => 7,
    }
}

/// Rank of an Identifier by its `use` and the code of its type: a medical record number is what a practice reads out.
pub(crate) fn identifier_rank(usage: Option<&str>, type_code: Option<&str>) -> u8 {
    let by_type = match type_code {
        Some("MR") => 0,
        Some("PI" | "PT" | "PN" | "MRT" | "ACSN") => 1,
        None => 2,
        Some("NI" | "NH" | "NIIP" | "JHN" | "HC") => 3,
        Some("SS" | "SB" | "DL" | "PPN") => 5,
        Some(_) => 4,
    };
    by_type + if usage == Some("old") { 10 } else { 0 }
}

/// Rank of an address or contact point by its `use`.
pub(crate) fn contact_rank(usage: Option<&str>) -> u8 {
    match usage {
        Some("home") => 0,
        Some("mobile") => 1,
        None => 2,
        Some("work") => 3,
        Some("temp") => 4,
        Some(_) => 9,
    }
}
