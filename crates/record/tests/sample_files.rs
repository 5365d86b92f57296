//! Files written by other systems: the committed fixtures always, the complete sources if they are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use record::import::{self, FhirVersion, FileError, SkipReason};
use record::{Entry, Placement, chart, export};
use serde_json::Value;
use serde_json::value::RawValue;

/// Names the folder with the complete sources.
const DATA: &str = "AMPOULE_FHIR_DATA";

/// (folder, path) of every file. Says on which data the test ran; an `AMPOULE_FHIR_DATA` that leads nowhere is an error.
fn files() -> Vec<(String, PathBuf)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&here.join("fixtures"), &mut found);
    assert!(found.len() >= 20, "the committed fixtures are missing");
    let beside = here.join("../../../shared/data/fhir");
    let complete = std::env::var_os(DATA).map(PathBuf::from).or_else(|| beside.is_dir().then_some(beside));
    match complete {
        Some(folder) => {
            let before = found.len();
            collect(&folder, &mut found);
            assert!(found.len() > before, "{DATA} leads to no file");
            println!("{} fixtures and {} files of the complete sources", before, found.len() - before);
        }
        None => println!("ONLY the {} committed fixtures: {DATA} is not set", found.len()),
    }
    found
}

fn collect(root: &Path, found: &mut Vec<(String, PathBuf)>) {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).into_iter().flatten().flatten().map(|item| item.path()).collect();
    folders.sort();
    for folder in folders.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().flatten().map(|item| item.path()).collect();
        paths.sort();
        let json = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "json"));
        found.extend(json.map(|path| (name.clone(), path)));
    }
}

fn read(path: &Path) -> Result<import::ParsedFile, FileError> {
    import::parse_file(&path.to_string_lossy(), &fs::read(path).unwrap())
}

/// Every number in the order of the text, as it is written: what a tree may not tell.
fn numbers(json: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut in_string, mut escaped, mut start) = (false, false, None);
    for (at, c) in json.char_indices() {
        let numeric = !in_string && matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        match (numeric, start) {
            (true, None) if c.is_ascii_digit() || c == '-' => start = Some(at),
            (false, Some(from)) => {
                found.push(&json[from..at]);
                start = None;
            }
            _ => {}
        }
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else {
            in_string = c == '"';
        }
    }
    found
}

/// The resources of a file, found without this crate: the tree, and every number as it is written.
fn resources(json: &RawValue, found: &mut Vec<(String, Vec<String>)>) {
    let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json.get()).unwrap();
    if fields["resourceType"].get() == "\"Bundle\"" {
        let entries = fields
            .get("entry")
            .map(|entries| serde_json::from_str::<Vec<BTreeMap<String, Box<RawValue>>>>(entries.get()).unwrap());
        for entry in entries.into_iter().flatten() {
            if let Some(resource) = entry.get("resource") {
                resources(resource, found);
            }
        }
    } else {
        let tree: Value = serde_json::from_str(json.get()).unwrap();
        found.push((tree.to_string(), numbers(json.get()).into_iter().map(str::to_owned).collect()));
    }
}

#[test]
fn every_resource_leaves_as_it_came() {
    let mut checked = 0;
    for (_, path) in files() {
        let Ok(file) = read(&path) else { continue };
        let bytes = fs::read(&path).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().trim_start_matches('\u{feff}');
        let mut expected = Vec::new();
        resources(serde_json::from_str(text).unwrap(), &mut expected);

        let mut bodies = Vec::new();
        for (index, entry) in file.entries().enumerate() {
            match entry {
                Ok(entry) => {
                    let (kind, id) = entry.key();
                    assert_eq!(file.key(index), Some((kind, id)), "{}", path.display());
                    assert!(!id.is_empty());
                    let body = entry.to_body();
                    assert_eq!(Entry::from_body(&body).unwrap(), entry);
                    bodies.push(body);
                }
                Err(error) if error.reason == SkipReason::Repeated => {
                    let place =
                        expected.iter().rposition(|own| expected.iter().filter(|other| *other == own).count() > 1);
                    expected.remove(place.expect("a repeated entry is in the file twice"));
                }
                Err(error) => assert_eq!(error.reason, SkipReason::NoResource, "{}", path.display()),
            }
        }
        let bundle = export::bundle(bodies.iter().map(Vec::as_slice));
        let mut exported = Vec::new();
        resources(serde_json::from_slice(&bundle).unwrap(), &mut exported);
        assert_eq!(exported, expected, "{}", path.display());
        checked += exported.len();

        let again = import::parse_file("export.json", &bundle).unwrap();
        let bodies_again: Vec<Vec<u8>> = again.entries().map(|entry| entry.unwrap().to_body()).collect();
        assert!(bodies_again == bodies || again_with_urls(&bodies, &bodies_again), "{}", path.display());
    }
    assert!(checked > 150, "only {checked} resources");
}

/// After going out and in, only the URL of an entry that had an assigned id and no URL may differ: it carries that id.
fn again_with_urls(before: &[Vec<u8>], after: &[Vec<u8>]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(before, after)| {
            let (before, after) = (Entry::from_body(before).unwrap(), Entry::from_body(after).unwrap());
            let url =
                before.full_url.clone().or_else(|| before.assigned_id.as_ref().map(|id| format!("urn:uuid:{id}")));
            before.key() == after.key() && before.resource == after.resource && after.full_url == url
        })
}

#[test]
fn older_versions_are_refused_and_r4_never_is() {
    let mut refused = BTreeMap::new();
    for (folder, path) in files() {
        let result = read(&path);
        let version = match &result {
            Err(FileError::OtherVersion(version)) => Some(*version),
            _ => None,
        };
        let shown = path.display();
        match folder.as_str() {
            "wrong-version-stu3" => assert_eq!(version, Some(FhirVersion::Stu3), "{shown}"),
            "wrong-version-dstu2" => assert_eq!(version, Some(FhirVersion::Dstu2), "{shown}"),
            // Not all of them are R4, and some are no JSON.
            "fhir-test-cases-validator-edge" => continue,
            _ => assert!(result.is_ok(), "{shown}: {result:?}"),
        }
        *refused.entry(version.is_some()).or_insert(0) += 1;
    }
    assert!(refused[&true] >= 2 && refused[&false] >= 15);
}

#[test]
fn edge_cases_are_read_or_refused_without_a_panic() {
    for (_, path) in files().into_iter().filter(|(folder, _)| folder == "fhir-test-cases-validator-edge") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match (name.as_str(), read(&path)) {
            ("validator__bad-json-close-2.json", result) => {
                assert!(matches!(result, Err(FileError::Broken { line: 15, column: 11 })), "{result:?}");
            }
            ("validator__observation-with-trailing-dot.json", result) => {
                assert!(matches!(result, Err(FileError::Broken { line: 22, .. })), "{result:?}");
            }
            ("validator__pat-security-good2.json", result) => {
                let entry = result.unwrap().entry(0).unwrap();
                assert!(entry.resource.value().to_string().contains("<script"), "text stays text");
            }
            (_, Ok(file)) => assert!(!file.is_empty() || file.entries().len() == 0),
            (_, Err(FileError::Broken { line, .. } | FileError::Truncated { line, .. })) => assert!(line > 0),
            (_, Err(error)) => {
                assert!(matches!(error, FileError::NotFhir | FileError::OtherVersion(_)), "{name}: {error}")
            }
        }
    }
}

#[test]
fn everything_clinical_in_a_one_patient_file_goes_to_that_patient() {
    for (_, path) in
        files().into_iter().filter(|(folder, _)| folder == "synthea-r4-smart" || folder == "ips-connectathon")
    {
        let file = read(&path).unwrap();
        let preview = import::preview(&file);
        assert!(preview.skipped.iter().all(|skip| skip.reason.is_harmless()), "{}", path.display());
        if preview.patients != 1 {
            continue;
        }
        let patient =
            (0..file.len()).find(|index| file.key(*index).is_some_and(|(kind, _)| kind == "Patient")).unwrap();
        let own = file.placement(patient);
        for index in 0..file.len() {
            let Some((kind, _)) = file.key(index) else { continue };
            let placement = file.placement(index);
            if matches!(
                kind,
                "Organization" | "Practitioner" | "PractitionerRole" | "Location" | "Medication" | "Group"
            ) {
                assert_eq!(placement, Placement::Shared, "{kind} in {}", path.display());
            } else if record::is_shown(kind) && !names_a_stranger(&file, index) {
                assert_eq!(placement, own, "{kind} {index} in {}", path.display());
            }
        }
    }
}

/// True if the subject is a Patient that is not in the file: some files contradict themselves, and whose record it is must
/// not be guessed.
fn names_a_stranger(file: &import::ParsedFile, index: usize) -> bool {
    let tree = file.entry(index).unwrap().resource.into_value();
    let subject = ["subject", "patient"].iter().find_map(|name| tree[name]["reference"].as_str());
    let target = subject.and_then(|reference| file.resolve(reference)).filter(|(kind, _)| kind == "Patient");
    target.is_some_and(|(kind, id)| (0..file.len()).all(|index| file.key(index) != Some((&kind, &id))))
}

#[test]
fn every_record_is_shown_or_counted() {
    // Of the largest source the first files are enough here.
    let (synthea, others): (Vec<_>, Vec<_>) = files().into_iter().partition(|(folder, _)| folder == "synthea-r4-smart");
    for (_, path) in synthea.into_iter().take(10).chain(others) {
        let Ok(file) = read(&path) else { continue };
        let bodies: Vec<(String, Vec<u8>)> = (0..file.len())
            .filter_map(|index| Some((format!("{index:032x}"), file.entry(index).ok()?.to_body())))
            .collect();
        let refs: Vec<(String, &[u8])> =
            bodies.iter().map(|(record, body)| (record.clone(), body.as_slice())).collect();
        let view = chart::chart(&refs, &|_| None);
        let mut shown = BTreeSet::new();
        records(&serde_json::to_value(&view).unwrap(), &mut shown);
        let mut counted: BTreeMap<&str, u32> = view.other.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        for (index, (record, _)) in bodies.iter().enumerate() {
            let kind = Entry::from_body(&bodies[index].1).unwrap().resource.resource_type().to_owned();
            let halves_or_none_known = kind == "AllergyIntolerance" || kind == "Observation";
            if !shown.contains(record) && !halves_or_none_known {
                let left =
                    counted.get_mut(kind.as_str()).unwrap_or_else(|| panic!("{kind} vanished: {}", path.display()));
                *left = left.checked_sub(1).unwrap_or_else(|| panic!("{kind} vanished: {}", path.display()));
            }
        }
    }
}

/// Every record that a view names.
fn records(view: &Value, found: &mut BTreeSet<String>) {
    match view {
        Value::Object(fields) => {
            found.extend(fields.get("record").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| records(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| records(value, found)),
        _ => {}
    }
}
