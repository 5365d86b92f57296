use super::*;

#[test]
fn every_form_of_a_reference_is_read() {
    let typed = |resource_type, id| Reference::Typed { resource_type, id };
    for (text, expected) in [
        ("Patient/1", typed("Patient", "1")),
        ("https://server/fhir/Patient/a-b.c", typed("Patient", "a-b.c")),
        ("http://server/fhir/Observation/7/_history/2", typed("Observation", "7")),
        ("Patient/1/_history/3", typed("Patient", "1")),
        ("urn:uuid:0c3", Reference::Urn("urn:uuid:0c3")),
        ("#med", Reference::Contained("med")),
        ("#", Reference::Contained("")),
        ("Patient?identifier=x|1", Reference::Other),
        ("http://server/ValueSet/x#frag", Reference::Other),
        ("", Reference::Other),
        ("Patient/", Reference::Other),
        ("somewhere/1", Reference::Other),
    ] {
        assert_eq!(Reference::parse(text), expected, "{text}");
    }
}
