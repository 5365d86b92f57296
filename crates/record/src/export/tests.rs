use super::*;
use crate::{Entry, import};

#[test]
fn every_entry_has_a_url_and_reading_it_back_changes_nothing() {
    let text = r#"{"resourceType":"Bundle","type":"batch","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","z":1.0,"a":"\u00e9\/"}},
        {"resource":{"resourceType":"Basic","id":"own"}},
        {"resource":{"resourceType":"Basic","n":1E5}}]}"#;
    let bodies = |bytes: &[u8]| -> Vec<Vec<u8>> {
        import::parse_file("a.json", bytes).unwrap().entries().map(|entry| entry.unwrap().to_body()).collect()
    };
    let first = bodies(text.as_bytes());
    let id = Entry::from_body(&first[2]).unwrap().id().to_owned();
    let out = bundle(first.iter().map(Vec::as_slice));
    let expected = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:uuid:1","resource":{{"resourceType":"Patient","z":1.0,"a":"é/"}}}},{{"fullUrl":"https://ampoule.invalid/fhir/Basic/own","resource":{{"resourceType":"Basic","id":"own"}}}},{{"fullUrl":"urn:uuid:{id}","resource":{{"resourceType":"Basic","n":1E5}}}}]}}"#
    );
    assert_eq!(String::from_utf8(out.clone()).unwrap(), expected);
    let second = bodies(&out);
    assert_eq!(second[..2], first[..2]);
    assert_eq!(bodies(&bundle(second.iter().map(Vec::as_slice))), second);
}

#[test]
fn a_bundle_of_nothing_has_no_empty_list() {
    assert_eq!(bundle(std::iter::empty()), br#"{"resourceType":"Bundle","type":"collection"}"#);
    assert_eq!(bundle([&b"no body"[..]].into_iter()), br#"{"resourceType":"Bundle","type":"collection"}"#);
}
