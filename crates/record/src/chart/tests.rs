use serde_json::{Value, json};

use super::*;
use crate::Resource;
use crate::view::Allergies;

/// The chart of these resources; each is the record of its place (`"0"`, `"1"` …).
fn of(trees: &[Value]) -> ChartView {
    let bodies: Vec<Vec<u8>> =
        trees.iter().map(|tree| Entry::new(Resource::new(tree.clone()).unwrap()).to_body()).collect();
    let bodies: Vec<(RecordRef, &[u8])> =
        bodies.iter().enumerate().map(|(place, body)| (place.to_string(), body.as_slice())).collect();
    chart(&bodies, &|reference| (reference == "Practitioner/d").then(|| "Dr Grey".to_owned()))
}

fn status(code: &str) -> Value {
    json!({ "coding": [{ "code": code }] })
}

fn condition(text: &str, clinical: &str, verification: &str, onset: &str) -> Value {
    json!({ "resourceType": "Condition", "code": { "text": text }, "clinicalStatus": status(clinical),
        "verificationStatus": status(verification), "onsetDateTime": onset })
}

fn allergy(code: &str, clinical: &str, verification: &str) -> Value {
    json!({ "resourceType": "AllergyIntolerance", "code": { "coding": [{ "code": code, "display": code }] },
        "clinicalStatus": status(clinical), "verificationStatus": status(verification) })
}

fn observation(code: &str, at: &str, value: &str, unit: &str) -> Value {
    let value: Value = crate::tree::parse(value).unwrap();
    json!({ "resourceType": "Observation", "status": "final", "code": { "coding": [{ "system": "http://loinc.org", "code": code, "display": code }] },
        "effectiveDateTime": at, "valueQuantity": { "value": value, "unit": unit } })
}

fn with(mut tree: Value, name: &str, value: Value) -> Value {
    tree[name] = value;
    tree
}

#[test]
fn active_problems_come_first_then_the_newest_and_errors_never() {
    let view = of(&[
        condition("resolved", "resolved", "confirmed", "2023"),
        condition("old", "active", "confirmed", "1999"),
        condition("wrong", "active", "entered-in-error", "2024"),
        condition("refuted", "active", "refuted", "2024"),
        condition("new", "active", "provisional", "2020-05-01"),
    ]);
    let words: Vec<_> = view.problems.iter().map(|problem| problem.concept.text.as_str()).collect();
    assert_eq!(words, ["new", "old", "resolved"]);
    assert_eq!((view.problems[0].record.as_str(), view.problems[0].verification_status.as_str()), ("4", "provisional"));
    assert_eq!(view.other, [("Condition".to_owned(), 2)]);
}

#[test]
fn allergies_are_never_none_unless_somebody_said_so() {
    assert_eq!(of(&[]).allergies, Allergies::NotRecorded);
    for none in ["716186003", "160244002", "no-known-allergies"] {
        assert_eq!(of(&[allergy(none, "active", "confirmed")]).allergies, Allergies::NoneKnown, "{none}");
        assert_eq!(of(&[allergy(none, "active", "entered-in-error")]).allergies, Allergies::NotRecorded);
        assert_eq!(of(&[allergy(none, "inactive", "confirmed")]).allergies, Allergies::NotRecorded);
    }
    assert_eq!(of(&[allergy("no-allergy-info", "active", "")]).allergies, Allergies::NotRecorded);
    assert_eq!(of(&[allergy("peanut", "active", "entered-in-error")]).allergies, Allergies::NotRecorded);
    assert_eq!(of(&[allergy("peanut", "active", "refuted")]).allergies, Allergies::NotRecorded);
    let empty_list = json!({ "resourceType": "List", "code": { "coding": [{ "code": "52472-8" }] }, "emptyReason": status("nilknown") });
    assert_eq!(of(std::slice::from_ref(&empty_list)).allergies, Allergies::NoneKnown);
    assert_eq!(of(&[with(empty_list, "emptyReason", status("notasked"))]).allergies, Allergies::NotRecorded);
}

#[test]
fn a_known_allergy_outweighs_a_record_of_none() {
    let peanut = with(allergy("peanut", "active", "confirmed"), "criticality", json!("low"));
    let reaction = json!([{ "severity": "mild", "manifestation": [{ "text": "Rash" }] }, { "severity": "severe", "description": "Shock" }]);
    let latex = with(allergy("latex", "active", "confirmed"), "reaction", reaction);
    let old = allergy("old", "resolved", "confirmed");
    let view = of(&[allergy("716186003", "active", "confirmed"), old.clone(), peanut, latex]);
    let Allergies::Known(known) = view.allergies else { panic!("known") };
    let words: Vec<_> = known.iter().map(|allergy| allergy.substance.text.as_str()).collect();
    assert_eq!(words, ["latex", "peanut", "old"]);
    assert_eq!((known[0].severity.as_str(), known[0].reactions.join("|").as_str()), ("severe", "Rash|Shock"));
    assert_eq!(of(&[allergy("716186003", "active", "confirmed"), old]).allergies, Allergies::NoneKnown);
    // "No known drug allergy" says nothing of peanuts: it stays in its own words.
    assert!(matches!(of(&[allergy("409137002", "active", "confirmed")]).allergies, Allergies::Known(_)));
}

#[test]
fn medication_reads_as_prescribed_and_a_prohibition_never_as_a_prescription() {
    let request = |text: &str, status: &str, at: &str| {
        json!({ "resourceType": "MedicationRequest", "status": status, "authoredOn": at, "medicationCodeableConcept": { "text": text },
            "requester": { "reference": "Practitioner/d" }, "dosageInstruction": [{ "text": "1 in the morning" }] })
    };
    let composed = json!([{
        "timing": { "repeat": { "frequency": 3, "period": 1, "periodUnit": "d", "boundsDuration": { "value": 7, "unit": "d" } } },
        "doseAndRate": [{ "doseQuantity": { "value": 2, "unit": "tablet" } }], "route": { "text": "oral" }, "asNeededBoolean": true,
    }]);
    let contained = json!({ "resourceType": "MedicationStatement", "status": "active", "medicationReference": { "reference": "#m" },
        "contained": [{ "resourceType": "Medication", "id": "m", "code": { "text": "Contained" } }], "dosage": composed });
    let view = of(&[
        request("stopped", "stopped", "2024-01-01"),
        request("error", "entered-in-error", "2024-01-01"),
        request("current", "active", "2023-01-01"),
        with(request("never", "active", "2020-01-01"), "doNotPerform", json!(true)),
        contained,
    ]);
    let words: Vec<_> = view.medications.iter().map(|one| (one.medicine.text.as_str(), one.status.as_str())).collect();
    assert_eq!(
        words,
        [("current", "active"), ("never", "do-not-perform"), ("Contained", "active"), ("stopped", "stopped")]
    );
    assert_eq!(
        (view.medications[0].prescriber.as_str(), view.medications[0].dosage.join("|").as_str()),
        ("Dr Grey", "1 in the morning")
    );
    assert_eq!(view.medications[2].dosage, ["2 tablet, 3×/d, 7 d, PRN, oral"]);
}

#[test]
fn vital_signs_are_series_and_blood_pressure_one_with_two_values() {
    let half = |code: &str, value: &str| json!({ "code": { "coding": [{ "system": "http://loinc.org", "code": code }], "text": code }, "valueQuantity": { "value": crate::tree::parse(value).unwrap(), "code": "mm[Hg]" } });
    let panel = |code: &str, at: &str, parts: Value| json!({ "resourceType": "Observation", "status": "final", "code": { "coding": [{ "system": "http://loinc.org", "code": code, "display": "BP" }] }, "effectiveDateTime": at, "component": parts });
    let view = of(&[
        observation("8867-4", "2024-03-01", "72", "/min"),
        panel("85354-9", "2024-02-01", json!([half("8462-4", "80.0"), half("8480-6", "120")])),
        panel("55284-4", "2023-02-01", json!([half("8480-6", "118")])),
        observation("8480-6", "2024-04-01T10:00:00Z", "130", "mmHg"),
        observation("8462-4", "2024-04-01T10:00:00Z", "85", "mmHg"),
        observation("8867-4", "2024-01-01", "70.50", "/min"),
        with(observation("8867-4", "2024-02-01", "999", "/min"), "status", json!("entered-in-error")),
        observation("29463-7", "2024-01-01", "70", "kg"),
        observation("29463-7", "2024-02-01", "154", "lb"),
        with(observation("8867-4", "2024-05-01", "75", "/min"), "interpretation", json!([status("H")])),
    ]);
    let series: Vec<_> =
        view.vitals.iter().map(|series| (series.code.as_str(), series.unit.as_str(), series.points.len())).collect();
    assert_eq!(series, [("85354-9", "mmHg", 3), ("8867-4", "/min", 3), ("29463-7", "kg", 1), ("29463-7", "lb", 1)]);
    let pressure: Vec<_> = view.vitals[0].points.iter().map(|point| point.values.join("/")).collect();
    assert_eq!(pressure, ["118/", "120/80.0", "130/85"]);
    let pulse: Vec<_> =
        view.vitals[1].points.iter().map(|point| (point.values[0].as_str(), point.interpretation.as_str())).collect();
    assert_eq!(pulse, [("70.50", ""), ("72", ""), ("75", "H")]);
    assert_eq!(view.vitals[1].points[0].at_ms, Some(1_704_067_200_000));
    assert_eq!(view.results, []);
}

#[test]
fn results_stand_under_their_report_and_the_others_by_day() {
    let lab = |id: &str, code: &str, at: &str| with(observation(code, at, "5.10", "mmol/L"), "id", json!(id));
    let range = json!([{ "low": { "value": 3, "unit": "mmol/L" }, "high": { "value": 6, "unit": "mmol/L" } }]);
    let blood_group = json!({ "resourceType": "Observation", "status": "final", "code": { "text": "Group" }, "effectiveDateTime": "2024-01-02", "valueCodeableConcept": { "text": "A+" } });
    let panel = json!({ "resourceType": "Observation", "status": "final", "code": { "text": "Panel" }, "effectiveDateTime": "2024-02-02",
        "hasMember": [{ "reference": "Observation/m" }], "component": [{ "code": { "text": "Part" }, "valueString": "x" }] });
    let view = of(&[
        with(lab("a", "na", "2024-01-01"), "referenceRange", range),
        lab("b", "k", "2024-01-01"),
        json!({ "resourceType": "DiagnosticReport", "status": "final", "code": { "text": "Report" }, "effectiveDateTime": "2024-03-01", "conclusion": "Fine",
            "result": [{ "reference": "Observation/a" }, { "reference": "Observation/gone" }, { "reference": "Observation/e" }] }),
        with(lab("e", "wrong", "2024-01-01"), "status", json!("entered-in-error")),
        lab("m", "member", "2024-02-02"),
        blood_group,
        panel,
    ]);
    let groups: Vec<_> = view
        .results
        .iter()
        .map(|group| {
            let items: Vec<_> = group.items.iter().map(|item| item.concept.text.as_str()).collect();
            (group.title.text.as_str(), group.at.as_str(), items.join(" "))
        })
        .collect();
    let expected = [
        ("Report", "2024-03-01", "na"),
        ("", "2024-02-02", "Part member"),
        ("", "2024-01-02", "Group"),
        ("", "2024-01-01", "k"),
    ];
    assert_eq!(groups, expected.map(|(title, at, items)| (title, at, items.to_owned())));
    let item = &view.results[0].items[0];
    assert_eq!((item.value.as_str(), item.unit.as_str(), item.range.as_str()), ("5.10", "mmol/L", "3 – 6 mmol/L"));
    assert_eq!((view.results[0].conclusion.as_str(), view.results[2].items[0].value.as_str()), ("Fine", "A+"));
    assert_eq!(view.other, [("Observation".to_owned(), 1)]);
}

#[test]
fn plain_text_is_a_note_and_anything_else_a_document() {
    let document = |kind: &str, data: &str| {
        json!({ "resourceType": "DocumentReference", "status": "current", "date": "2024-01-01", "type": { "text": "Letter" },
        "author": [{ "reference": "Practitioner/d" }], "content": [{ "attachment": { "contentType": kind, "data": data } }] })
    };
    let view = of(&[
        document("text/plain; charset=utf-8", "SGVsbG8="),
        document("application/pdf", "SGVsbG8="),
        document("text/plain", "no base64!"),
        with(document("text/plain", "SGVsbG8="), "status", json!("entered-in-error")),
        json!({ "resourceType": "DiagnosticReport", "status": "final", "code": { "text": "CT" }, "presentedForm": [{ "contentType": "text/plain", "data": "SGk=" }] }),
    ]);
    let notes: Vec<_> =
        view.notes.iter().map(|note| (note.title.as_str(), note.author.as_str(), note.text.as_str())).collect();
    assert_eq!(notes, [("Letter", "Dr Grey", "Hello"), ("CT", "", "Hi")]);
    assert_eq!(
        view.documents.iter().map(|one| one.content_type.as_str()).collect::<Vec<_>>(),
        ["application/pdf", "text/plain"]
    );
}

#[test]
fn encounters_procedures_and_immunizations_come_newest_first_with_reasons() {
    let view = of(&[
        json!({ "resourceType": "Encounter", "id": "e", "status": "finished", "class": { "code": "AMB" }, "type": [{ "text": "Visit" }], "period": { "start": "2024-01-01", "end": "2024-01-02" },
            "reasonReference": [{ "reference": "Condition/c" }], "participant": [{ "individual": { "reference": "Practitioner/d" } }] }),
        with(condition("Cough", "active", "confirmed", "2024"), "id", json!("c")),
        json!({ "resourceType": "Procedure", "status": "completed", "code": { "text": "Old" }, "performedPeriod": { "start": "2020" } }),
        json!({ "resourceType": "Procedure", "status": "not-done", "code": { "text": "New" }, "performedDateTime": "2024", "statusReason": { "text": "Refused" } }),
        json!({ "resourceType": "Immunization", "status": "completed", "vaccineCode": { "text": "Flu" }, "occurrenceDateTime": "2023-10-01", "lotNumber": "L1" }),
    ]);
    let encounter = &view.encounters[0];
    assert_eq!(
        (
            encounter.kind.text.as_str(),
            encounter.class.as_str(),
            encounter.reason.as_str(),
            encounter.provider.as_str()
        ),
        ("Visit", "AMB", "Cough", "Dr Grey")
    );
    assert_eq!((encounter.start.as_str(), encounter.end.as_str()), ("2024-01-01", "2024-01-02"));
    let procedures: Vec<_> = view
        .procedures
        .iter()
        .map(|one| (one.concept.text.as_str(), one.status.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(procedures, [("New", "not-done", "Refused"), ("Old", "completed", "")]);
    assert_eq!((view.immunizations[0].at.as_str(), view.immunizations[0].lot.as_str()), ("2023-10-01", "L1"));
}

#[test]
fn the_header_says_who_it_is_and_what_has_no_section_is_counted() {
    let view = of(&[
        json!({ "resourceType": "Goal" }),
        json!({ "resourceType": "Patient", "name": [{ "family": "<script>", "given": ["Ana"] }], "birthDate": "1979-06", "gender": "female", "deceasedBoolean": true,
            "identifier": [{ "system": "http://x/ssn", "value": "9" }, { "type": { "coding": [{ "code": "MR" }], "text": "MRN" }, "value": "7" }],
            "telecom": [{ "system": "phone", "value": "1" }], "address": [{ "line": ["High St 1"], "city": "Leeds", "postalCode": "LS1" }] }),
        json!({ "resourceType": "Goal" }),
    ]);
    let header = view.patient;
    assert_eq!((header.record.as_str(), header.name.as_str(), header.deceased.as_str()), ("1", "Ana <script>", "true"));
    assert_eq!(
        header.identifiers,
        [("MRN", "7"), ("ssn", "9")].map(|(label, value)| (label.to_owned(), value.to_owned()))
    );
    assert_eq!((header.phone.as_str(), header.address.as_str()), ("1", "High St 1, LS1 Leeds"));
    assert_eq!(view.demographics.family, "<script>");
    assert_eq!(view.other, [("Goal".to_owned(), 2)]);
    assert_eq!(of(&[json!({ "resourceType": "Patient", "deceasedBoolean": false })]).patient.deceased, "");
}

#[test]
fn a_record_is_called_by_its_name_or_by_what_it_is_about() {
    let name = |tree: Value| display_name(&Entry::new(Resource::new(tree).unwrap()));
    let is = |words: &str| Some(words.to_owned());
    assert_eq!(
        name(json!({ "resourceType": "Practitioner", "name": [{ "family": "Grey", "given": ["Ana"] }] })),
        is("Ana Grey")
    );
    assert_eq!(
        name(json!({ "resourceType": "Organization", "name": "Clinic", "type": [{ "text": "t" }] })),
        is("Clinic")
    );
    assert_eq!(name(condition("Gout", "active", "confirmed", "2020")), is("Gout"));
    assert_eq!(name(json!({ "resourceType": "Immunization", "vaccineCode": { "text": "Flu" } })), is("Flu"));
    assert_eq!(
        name(json!({ "resourceType": "Encounter", "type": [{ "text": "Visit" }], "class": { "code": "AMB" } })),
        is("Visit")
    );
    let medicine = json!({ "reference": "Medication/1", "display": "Aspirin" });
    assert_eq!(name(json!({ "resourceType": "MedicationRequest", "medicationReference": medicine })), is("Aspirin"));
    let note = json!([{ "attachment": { "title": "Phone call" } }]);
    assert_eq!(
        name(json!({ "resourceType": "DocumentReference", "type": { "text": "Progress note" }, "content": note })),
        is("Phone call")
    );
    assert_eq!(name(json!({ "resourceType": "Basic" })), None);
}
