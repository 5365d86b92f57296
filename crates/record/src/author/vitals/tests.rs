use super::*;

fn input(fields: &[(&str, &str)]) -> VitalsInput {
    let mut input = VitalsInput::default();
    for (name, value) in fields {
        let place = match *name {
            "systolic" => &mut input.systolic,
            "diastolic" => &mut input.diastolic,
            "pulse" => &mut input.pulse,
            "oxygen" => &mut input.oxygen,
            "temperature" => &mut input.temperature,
            "weight" => &mut input.weight,
            "height" => &mut input.height,
            _ => &mut input.respiratory_rate,
        };
        *place = (*value).to_owned();
    }
    input
}

fn write(fields: &[(&str, &str)]) -> Result<Vec<Entry>, FieldErrors> {
    let mut next = 0;
    vitals("Patient/1", &input(fields), "Dr Grey", "2024-05-01T10:00:00Z", &mut || {
        next += 1;
        format!("id-{next}")
    })
}

fn problem(fields: &[(&str, &str)]) -> Vec<(Field, Problem)> {
    write(fields).unwrap_err().0.into_iter().map(|error| (error.field, error.problem)).collect()
}

#[test]
fn blood_pressure_is_one_panel_and_every_other_sign_one_observation() {
    let entries =
        write(&[("systolic", "120"), ("diastolic", "80"), ("temperature", "36,60"), ("oxygen", "98")]).unwrap();
    let trees: Vec<&Value> = entries.iter().map(|entry| entry.resource.value()).collect();
    assert_eq!(trees.len(), 3);
    assert_eq!(trees[0]["code"]["coding"][0]["code"], "85354-9");
    assert_eq!(trees[0]["component"][0]["code"]["coding"][0]["code"], "8480-6");
    assert_eq!(
        trees[0]["component"][1]["valueQuantity"].to_string(),
        r#"{"value":80,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}"#
    );
    let oxygen: Vec<_> =
        trees[1]["code"]["coding"].as_array().unwrap().iter().map(|coding| coding["code"].as_str().unwrap()).collect();
    assert_eq!(oxygen, ["2708-6", "59408-5"]);
    assert_eq!(
        trees[2]["valueQuantity"].to_string(),
        r#"{"value":36.60,"unit":"°C","system":"http://unitsofmeasure.org","code":"Cel"}"#
    );
    for (number, tree) in trees.iter().enumerate() {
        assert_eq!(tree["id"], format!("id-{}", number + 1));
        assert_eq!(
            (&tree["subject"]["reference"], &tree["effectiveDateTime"]),
            (&json!("Patient/1"), &json!("2024-05-01T10:00:00Z"))
        );
        assert_eq!((&tree["status"], &tree["performer"][0]["display"]), (&json!("final"), &json!("Dr Grey")));
        assert_eq!(tree["category"][0]["coding"][0]["code"], "vital-signs");
    }
}

#[test]
fn what_is_no_possible_number_is_refused_by_field() {
    assert_eq!(
        problem(&[("pulse", "fast"), ("weight", "-3"), ("oxygen", "101"), ("height", "0")]),
        [
            (Field::Pulse, Problem::NotANumber),
            (Field::Oxygen, Problem::Impossible),
            (Field::Weight, Problem::Impossible),
            (Field::Height, Problem::Impossible),
        ]
    );
    for text in ["1.2.3", "1,234.5", "1e3", "0x10", "NaN", "٣٦", "12 3", ".", "-"] {
        assert_eq!(problem(&[("pulse", text)]), [(Field::Pulse, Problem::NotANumber)], "{text}");
    }
    assert_eq!(problem(&[("diastolic", "80")]), [(Field::Systolic, Problem::Incomplete)]);
    assert_eq!(problem(&[("pulse", "  ")]), [(Field::Form, Problem::Missing)]);
}

#[test]
fn numbers_keep_the_digits_that_were_typed() {
    for (typed, kept) in
        [("36,60", "36.60"), (".5", "0.5"), ("007", "7"), ("5.", "5"), ("0", "0"), ("1234.50", "1234.50")]
    {
        assert_eq!(decimal(typed).as_deref(), Some(kept));
    }
}

#[test]
fn unlikely_values_are_asked_about_and_not_refused() {
    let unlikely =
        [("temperature", "52"), ("weight", "720"), ("systolic", "80"), ("diastolic", "120"), ("pulse", "70")];
    let asked: Vec<(Field, String)> =
        unusual(&input(&unlikely)).into_iter().map(|one| (one.field, one.value)).collect();
    let expected = [(Field::Temperature, "52"), (Field::Weight, "720"), (Field::Diastolic, "120")];
    assert_eq!(asked, expected.map(|(field, value)| (field, value.to_owned())));
    assert_eq!(write(&unlikely).unwrap().len(), 4);
    assert!(unusual(&input(&[("temperature", "36.6"), ("pulse", "x")])).is_empty());
}
