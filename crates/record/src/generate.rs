//! Synthetic patients for benchmarks and simulations: about 1.5 KB of FHIR each, the same for the same seed. No person is
//! behind any of them.

use serde_json::{Value, json};

use crate::entry::{Entry, Resource};

mod names;

#[cfg(test)]
mod tests;

/// `n` Patients with distinct ids, names of several scripts, and birth dates between 1920 and 2024.
pub fn patients(seed: u64, n: usize) -> impl Iterator<Item = Entry> {
    (0..n as u64).map(move |number| patient(&mut Dice::new(seed, number), number))
}

fn patient(dice: &mut Dice, number: u64) -> Entry {
    let culture = dice.pick(&names::CULTURES);
    let female = dice.below(2) == 0;
    let givens = if female { culture.female } else { culture.male };
    let family = dice.pick(culture.family);
    let mut given = vec![*dice.pick(givens)];
    if culture.two_given && dice.below(3) == 0 {
        given.extend(Some(*dice.pick(givens)).filter(|second| *second != given[0]));
    }
    let (year, month, day) = (1920 + dice.below(105), 1 + dice.below(12), 1 + dice.below(28));
    let (city, postal_code, country) = dice.pick(culture.cities);
    let mut tree = json!({
        "resourceType": "Patient",
        "id": dice.uuid(),
        "meta": { "lastUpdated": format!("2024-{:02}-{:02}T08:{:02}:00Z", 1 + dice.below(12), 1 + dice.below(28), dice.below(60)) },
        "extension": [
            extension("patient-birthPlace", "valueAddress", json!({ "city": city, "country": country })),
            extension("patient-mothersMaidenName", "valueString", json!(dice.pick(culture.family))),
        ],
        "identifier": [
            identifier("MR", "Medical record number", "urn:oid:2.999.1.1", format!("MRN-{:07}", 1_000_000 + number)),
            identifier("NI", "National identifier", "urn:oid:2.999.1.2", format!("{:011}", dice.below(99_999_999_999))),
        ],
        "active": true,
        "name": [{ "use": "official", "family": family, "given": given }],
        "telecom": [
            { "system": "phone", "value": format!("+{} 555 {:07}", 30 + dice.below(60), dice.below(9_999_999)), "use": "mobile" },
            { "system": "email", "value": format!("patient{number}@example.org"), "use": "home" },
        ],
        "gender": if female { "female" } else { "male" },
        "birthDate": format!("{year:04}-{month:02}-{day:02}"),
        "address": [{
            "use": "home",
            "line": [format!("{} {}", dice.pick(culture.streets), 1 + dice.below(199))],
            "city": city,
            "postalCode": postal_code,
            "country": country,
        }],
        "communication": [{
            "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": culture.language }] },
            "preferred": true,
        }],
        "contact": [{
            "relationship": [{
                "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0131", "code": "C", "display": "Emergency Contact" }],
            }],
            "name": { "family": family, "given": [dice.pick(culture.male)] },
        }],
    });
    if dice.below(40) == 0 {
        tree["deceasedDateTime"] = format!("{}-06-15", (year + 60).min(2024)).into();
    }
    Entry::new(Resource::authored(tree))
}

fn extension(name: &str, kind: &str, value: Value) -> Value {
    json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), kind: value })
}

fn identifier(code: &str, display: &str, system: &str, value: String) -> Value {
    json!({
        "use": "usual",
        "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": code, "display": display }] },
        "system": system,
        "value": value,
    })
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough for test data.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed);
        Self(mixed.next() ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    fn uuid(&mut self) -> String {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        let hex = format!("{:032x}", bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62));
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}
