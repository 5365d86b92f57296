//! Changing the demographics of a Patient: what was touched is checked and written, everything else stays as it came.

use serde_json::{Map, Value, json};

use super::{Field, FieldErrors, Problem};
use crate::choice;
use crate::date::Date;
use crate::entry::{Entry, Resource};
use crate::json::{join, list, set_text, text};
use crate::view::Demographics;
use crate::words;

#[cfg(test)]
mod tests;

/// Longest text of a field, in bytes.
const MAX_TEXT: usize = 400;

/// The editable demographics of a Patient body; `None` if it holds no Patient.
///
/// Of several names, addresses and contact points the current one is taken: official before others, home before work,
/// former ones last. A name that was only recorded as a whole stands in `family`.
pub fn demographics_of(body: &[u8]) -> Option<Demographics> {
    let entry = Entry::from_body(body).ok()?;
    (entry.resource.resource_type() == "Patient").then(|| read(entry.resource.value()))
}

pub(crate) fn read(patient: &Value) -> Demographics {
    let name = words::best(list(patient, "name"), choice::name_rank).map(|(_, name)| name);
    let address = words::best(list(patient, "address"), choice::contact_rank).map(|(_, address)| address);
    let part = |value: Option<&Value>, name| value.map(|value| text(value, name).to_owned()).unwrap_or_default();
    let contact =
        |system| contact_index(patient, system).map(|at| text(&list(patient, "telecom")[at], "value").to_owned());
    let mut found = Demographics {
        given: name.map(words::given).unwrap_or_default(),
        family: part(name, "family"),
        birth_date: text(patient, "birthDate").to_owned(),
        sex: text(patient, "gender").to_owned(),
        phone: contact("phone").unwrap_or_default(),
        email: contact("email").unwrap_or_default(),
        address_line: address.map(|address| join(lines(address), ", ")).unwrap_or_default(),
        city: part(address, "city"),
        postal_code: part(address, "postalCode"),
        country: part(address, "country"),
    };
    if found.given.is_empty() && found.family.is_empty() {
        found.family = part(name, "text");
    }
    found
}

/// Writes what differs from the stored demographics into the Patient `original` (a body). `today` is a FHIR date.
///
/// Fields that were not touched are neither checked nor written: extensions, unknown fields and order stay.
pub fn demographics(original: &[u8], new: &Demographics, today: &str) -> Result<Entry, FieldErrors> {
    let patient = Entry::from_body(original).ok().filter(|entry| entry.resource.resource_type() == "Patient");
    let Some(entry) = patient else {
        return Err(not_a_patient());
    };
    let Entry { full_url, assigned_id, resource } = entry;
    let resource = write(resource.into_value(), new, today)?;
    Ok(Entry { full_url, assigned_id, resource })
}

/// A new Patient. At least one of given and family name is needed.
pub fn new_patient(new: &Demographics, id: &str, today: &str) -> Result<Entry, FieldErrors> {
    let new = trimmed(new);
    if new.given.is_empty() && new.family.is_empty() {
        let mut errors = FieldErrors::default();
        errors.add(Field::Family, Problem::Missing);
        return Err(errors);
    }
    let tree = json!({ "resourceType": "Patient", "id": id, "active": true });
    write(tree, &new, today).map(Entry::new)
}

fn write(mut tree: Value, new: &Demographics, today: &str) -> Result<Resource, FieldErrors> {
    let old = read(&tree);
    let new = trimmed(new);
    check(&old, &new, today)?;
    let written = tree.as_object_mut().and_then(|patient| {
        write_name(patient, &old, &new)?;
        if old.sex != new.sex {
            set_text(patient, "gender", &new.sex);
        }
        if old.birth_date != new.birth_date {
            set_text(patient, "birthDate", &new.birth_date);
            // It holds the time of birth, date included, of the date that was wrong.
            patient.shift_remove("_birthDate");
        }
        for (system, old, new) in [("phone", &old.phone, &new.phone), ("email", &old.email, &new.email)] {
            if old != new {
                write_contact(patient, system, new)?;
            }
        }
        write_address(patient, &old, &new)
    });
    written.map(|()| Resource::authored(tree)).ok_or_else(not_a_patient)
}

fn check(old: &Demographics, new: &Demographics, today: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let texts = [
        (Field::Given, &old.given, &new.given),
        (Field::Family, &old.family, &new.family),
        (Field::Phone, &old.phone, &new.phone),
        (Field::Email, &old.email, &new.email),
        (Field::AddressLine, &old.address_line, &new.address_line),
        (Field::City, &old.city, &new.city),
        (Field::PostalCode, &old.postal_code, &new.postal_code),
        (Field::Country, &old.country, &new.country),
    ];
    for (field, _, text) in texts.into_iter().filter(|(_, old, new)| old != new) {
        if text.len() > MAX_TEXT {
            errors.add(field, Problem::TooLong);
        } else if text.chars().any(char::is_control) {
            errors.add(field, Problem::BadText);
        }
    }
    let nameless = new.given.is_empty() && new.family.is_empty();
    if nameless && (old.given != new.given || old.family != new.family) {
        errors.add(Field::Family, Problem::Missing);
    }
    if old.sex != new.sex && !matches!(new.sex.as_str(), "" | "male" | "female" | "other" | "unknown") {
        errors.add(Field::Sex, Problem::NotInList);
    }
    if old.birth_date != new.birth_date && !new.birth_date.is_empty() {
        match (Date::parse(&new.birth_date), Date::parse(today)) {
            (None, _) => errors.add(Field::BirthDate, Problem::NotADate),
            (Some(born), Some(today)) if born.is_after(&today) => errors.add(Field::BirthDate, Problem::InTheFuture),
            _ => {}
        }
    }
    errors.or(())
}

// Each of these writes one part, or gives `None` if the stored field has a shape that no Patient has.

fn write_name(patient: &mut Map<String, Value>, old: &Demographics, new: &Demographics) -> Option<()> {
    if old.given == new.given && old.family == new.family {
        return Some(());
    }
    let name = chosen(patient, "name", choice::name_rank, json!({ "use": "official" }))?;
    if old.family != new.family {
        set_text(name, "family", &new.family);
    }
    if old.given != new.given {
        let given: Vec<Value> = new.given.split_whitespace().map(Value::from).collect();
        // Extensions of single given names stand in a list beside them, place by place.
        if let Some(Value::Array(extensions)) = name.get_mut("_given") {
            extensions.resize(given.len(), Value::Null);
        }
        if given.is_empty() {
            name.shift_remove("given");
            name.shift_remove("_given");
        } else {
            name.insert("given".to_owned(), Value::from(given));
        }
    }
    if name.contains_key("text") {
        let parts = Value::Object(name.clone());
        let affix = |field| join(list(&parts, field).iter().filter_map(Value::as_str), " ");
        let whole = join([affix("prefix"), words::human_name_parts(&parts), affix("suffix")], " ");
        set_text(name, "text", &whole);
    }
    Some(())
}

fn write_contact(patient: &mut Map<String, Value>, system: &str, value: &str) -> Option<()> {
    let at = contact_index(&Value::Object(patient.clone()), system);
    let telecom = patient.entry("telecom").or_insert_with(|| Value::Array(Vec::new()));
    let items = telecom.as_array_mut()?;
    match (at, value.is_empty()) {
        (Some(at), true) => {
            items.remove(at);
        }
        (Some(at), false) => items[at]["value"] = value.into(),
        (None, false) => items.push(json!({ "system": system, "value": value })),
        (None, true) => {}
    }
    if items.is_empty() {
        patient.shift_remove("telecom");
    }
    Some(())
}

fn write_address(patient: &mut Map<String, Value>, old: &Demographics, new: &Demographics) -> Option<()> {
    let parts = [
        ("city", &old.city, &new.city),
        ("postalCode", &old.postal_code, &new.postal_code),
        ("country", &old.country, &new.country),
    ];
    if old.address_line == new.address_line && parts.iter().all(|(_, old, new)| old == new) {
        return Some(());
    }
    let address = chosen(patient, "address", choice::contact_rank, json!({ "use": "home" }))?;
    if old.address_line != new.address_line {
        let several = lines(&Value::Object(address.clone())).count() > 1;
        let pieces: Vec<Value> = match several {
            true => new.address_line.split(", ").map(Value::from).collect(),
            false => vec![Value::from(new.address_line.as_str())],
        };
        address.shift_remove("_line");
        if new.address_line.is_empty() {
            address.shift_remove("line");
        } else {
            address.insert("line".to_owned(), Value::from(pieces));
        }
    }
    for (name, old, new) in parts {
        if old != new {
            set_text(address, name, new);
        }
    }
    if address.shift_remove("text").is_some() {
        let whole = words::address(&Value::Object(address.clone()));
        set_text(address, "text", &whole);
    }
    Some(())
}

/// The name or address that [`read`] shows, or a new one.
fn chosen<'a>(
    patient: &'a mut Map<String, Value>,
    field: &str,
    rank: fn(Option<&str>) -> u8,
    new: Value,
) -> Option<&'a mut Map<String, Value>> {
    let items = patient.entry(field).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
    let at = words::best(items, rank).map(|(at, _)| at).unwrap_or(items.len());
    if at == items.len() {
        items.push(new);
    }
    items[at].as_object_mut()
}

/// Where the contact point to show stands, the preferred one (`rank`) first.
fn contact_index(patient: &Value, system: &str) -> Option<usize> {
    let items = patient.get("telecom")?.as_array()?.iter().enumerate();
    let fitting = items.filter(|(_, item)| text(item, "system") == system && text(item, "use") != "old");
    let preference = |item: &Value| item.get("rank").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let usage = |item: &Value| choice::contact_rank(item.get("use").and_then(Value::as_str));
    fitting.min_by_key(|(_, item)| (preference(item), usage(item))).map(|(at, _)| at)
}

fn lines(address: &Value) -> impl Iterator<Item = &str> {
    list(address, "line").iter().filter_map(Value::as_str)
}

fn trimmed(form: &Demographics) -> Demographics {
    let trim = |text: &String| text.trim().to_owned();
    Demographics {
        given: trim(&form.given),
        family: trim(&form.family),
        birth_date: trim(&form.birth_date),
        sex: trim(&form.sex),
        phone: trim(&form.phone),
        email: trim(&form.email),
        address_line: trim(&form.address_line),
        city: trim(&form.city),
        postal_code: trim(&form.postal_code),
        country: trim(&form.country),
    }
}

fn not_a_patient() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add(Field::Form, Problem::NotAPatient);
    errors
}
