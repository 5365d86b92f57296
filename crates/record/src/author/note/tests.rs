use super::*;
use crate::chart::chart;

#[test]
fn a_note_reads_back_as_it_was_written() {
    let text = "Zeile 1\r\n<script>alert(1)</script>\rΩ 😀";
    let entry = note("Patient/1", " Visit ", text, "Dr Grey", "2024-05-01T10:00:00Z", "n-1").unwrap();
    assert_eq!(entry.key(), ("DocumentReference", "n-1"));
    let tree = entry.resource.value();
    assert_eq!((&tree["status"], &tree["subject"]["reference"]), (&json!("current"), &json!("Patient/1")));
    assert_eq!(tree["type"]["coding"][0]["code"], "11506-3");
    let body = entry.to_body();
    let view = chart(&[("r".to_owned(), body.as_slice())], &|_| None);
    assert_eq!(view.documents, []);
    let shown = &view.notes[0];
    assert_eq!(
        (shown.title.as_str(), shown.author.as_str(), shown.at.as_str()),
        ("Visit", "Dr Grey", "2024-05-01T10:00:00Z")
    );
    assert_eq!(shown.text, "Zeile 1\n<script>alert(1)</script>\nΩ 😀");
}

#[test]
fn an_empty_note_or_an_endless_one_is_refused() {
    let problem = |title: &str, text: &str| note("Patient/1", title, text, "", "2024", "n").unwrap_err().0[0];
    assert_eq!((problem("t", " \n").field, problem("t", " \n").problem), (Field::Text, Problem::Missing));
    assert_eq!(problem("t", &"x".repeat(MAX_TEXT + 1)).problem, Problem::TooLong);
    assert_eq!(problem(&"x".repeat(MAX_TITLE + 1), "x").field, Field::Title);
    assert!(note("Patient/1", "", "x", "", "2024", "n").is_ok());
}
