use super::*;

const TODAY: &str = "2024-05-01";
const RICH: &str = r#"{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","unknown":{"x":1.50},"name":[{"use":"maiden","family":"Old"},{"use":"official","text":"Ms Ana María Núñez","family":"Núñez","_family":{"extension":[{"url":"u"}]},"given":["Ana","María"],"_given":[null,{"id":"g"}],"prefix":["Ms"]}],"telecom":[{"system":"fax","value":"0"},{"system":"phone","value":"1","use":"work"},{"system":"phone","value":"2","use":"home","rank":1}],"gender":"female","birthDate":"1979-06-02","_birthDate":{"extension":[{"url":"birthTime","valueDateTime":"1979-06-02T10:00:00Z"}]},"address":[{"use":"old","city":"Was"},{"use":"home","line":["1 High St","Flat 2"],"city":"Leeds","district":"West","postalCode":"LS1"}],"photo":[{"data":"AAAA"}]}}"#;

fn changed(change: impl Fn(&mut Demographics)) -> Result<String, FieldErrors> {
    let mut form = demographics_of(RICH.as_bytes()).unwrap();
    change(&mut form);
    demographics(RICH.as_bytes(), &form, TODAY).map(|entry| String::from_utf8(entry.to_body()).unwrap())
}

fn problem(change: impl Fn(&mut Demographics)) -> (Field, Problem) {
    let errors = changed(change).unwrap_err().0;
    assert_eq!(errors.len(), 1);
    (errors[0].field, errors[0].problem)
}

#[test]
fn the_form_shows_the_current_of_several() {
    let form = demographics_of(RICH.as_bytes()).unwrap();
    let expected = Demographics {
        given: "Ana María".into(),
        family: "Núñez".into(),
        birth_date: "1979-06-02".into(),
        sex: "female".into(),
        phone: "2".into(),
        email: String::new(),
        address_line: "1 High St, Flat 2".into(),
        city: "Leeds".into(),
        postal_code: "LS1".into(),
        country: String::new(),
    };
    assert_eq!(form, expected);
    assert!(demographics_of(br#"{"resource":{"resourceType":"Person"}}"#).is_none());
}

#[test]
fn saving_without_a_change_changes_no_byte() {
    assert_eq!(changed(|_| ()).unwrap(), RICH);
}

#[test]
fn only_what_was_touched_changes() {
    let replaced = |from: &str, to: &str| RICH.replace(from, to);
    assert_eq!(
        changed(|form| form.sex = "other".into()).unwrap(),
        replaced(r#""gender":"female""#, r#""gender":"other""#)
    );
    assert_eq!(changed(|form| form.phone = "3".into()).unwrap(), replaced(r#""value":"2""#, r#""value":"3""#));
    assert_eq!(changed(|form| form.city = " York ".into()).unwrap(), replaced("Leeds", "York"));
    let email = changed(|form| form.email = "a@b.c".into()).unwrap();
    assert_eq!(email, replaced(r#""rank":1}]"#, r#""rank":1},{"system":"email","value":"a@b.c"}]"#));
    let no_phone = changed(|form| form.phone.clear()).unwrap();
    assert_eq!(no_phone, replaced(r#",{"system":"phone","value":"2","use":"home","rank":1}"#, ""));
    let lines = changed(|form| form.address_line = "2 Low St, Flat 2".into()).unwrap();
    assert_eq!(lines, replaced("1 High St", "2 Low St"));
}

#[test]
fn a_changed_name_is_changed_wherever_it_stands() {
    let family = changed(|form| form.family = "Gómez".into()).unwrap();
    assert_eq!(family, RICH.replace("Núñez", "Gómez"));
    let given = changed(|form| form.given = "Ana".into()).unwrap();
    let expected = RICH.replace(r#"["Ana","María"],"_given":[null,{"id":"g"}]"#, r#"["Ana"],"_given":[null]"#);
    assert_eq!(given, expected.replace("Ms Ana María", "Ms Ana"));
}

#[test]
fn a_changed_birth_date_takes_its_time_of_birth_away() {
    let body = changed(|form| form.birth_date = "1980".into()).unwrap();
    assert!(body.contains(r#""birthDate":"1980","address""#), "{body}");
}

#[test]
fn touched_fields_are_checked_and_others_are_not() {
    assert_eq!(problem(|form| form.birth_date = "1979-02-30".into()), (Field::BirthDate, Problem::NotADate));
    assert_eq!(problem(|form| form.birth_date = "02.06.1979".into()), (Field::BirthDate, Problem::NotADate));
    assert_eq!(problem(|form| form.birth_date = "2024-05-02".into()), (Field::BirthDate, Problem::InTheFuture));
    assert!(changed(|form| form.birth_date = TODAY.into()).is_ok());
    assert_eq!(problem(|form| form.sex = "f".into()), (Field::Sex, Problem::NotInList));
    assert_eq!(problem(|form| form.city = "a\nb".into()), (Field::City, Problem::BadText));
    assert_eq!(problem(|form| form.country = "x".repeat(401)), (Field::Country, Problem::TooLong));
    let nameless = |form: &mut Demographics| {
        form.family.clear();
        form.given = " ".into();
    };
    assert_eq!(problem(nameless), (Field::Family, Problem::Missing));
    let odd = br#"{"resource":{"resourceType":"Patient","id":"1","birthDate":"unknown"}}"#;
    let form = Demographics { city: "York".into(), ..demographics_of(odd).unwrap() };
    assert_eq!(demographics(odd, &form, TODAY).unwrap().resource.value()["birthDate"], "unknown");
}

#[test]
fn a_new_patient_reads_back_as_it_was_entered() {
    let form = Demographics {
        given: "Ana María".into(),
        family: "<script>".into(),
        birth_date: "1979-06".into(),
        sex: "female".into(),
        phone: "1".into(),
        email: "a@b.c".into(),
        address_line: "High St 1".into(),
        city: "Leeds".into(),
        postal_code: "LS1".into(),
        country: "GB".into(),
    };
    let entry = new_patient(&form, "p-1", TODAY).unwrap();
    assert_eq!(entry.key(), ("Patient", "p-1"));
    assert_eq!(demographics_of(&entry.to_body()).unwrap(), form);
    let nameless = Demographics { city: "Leeds".into(), ..Demographics::default() };
    assert!(new_patient(&nameless, "p-1", TODAY).is_err());
}

#[test]
fn a_field_of_an_odd_shape_is_refused_and_not_lost() {
    let odd = br#"{"resource":{"resourceType":"Patient","name":"x","telecom":{"a":1},"address":[1]}}"#;
    let form = demographics_of(odd).unwrap();
    let named = Demographics { family: "New".into(), ..form.clone() };
    let called = Demographics { phone: "9".into(), ..form.clone() };
    for refused in [named, called] {
        assert_eq!(demographics(odd, &refused, TODAY), Err(not_a_patient()));
    }
    let moved = Demographics { city: "York".into(), ..form };
    let moved = demographics(odd, &moved, TODAY).unwrap();
    assert_eq!(moved.resource.value()["address"], json!([1, { "use": "home", "city": "York" }]));
}
