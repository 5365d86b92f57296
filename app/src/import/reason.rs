//! Why something was left out, in words, by the stable codes of the worker. A code that is not known gets a general text.

use crate::i18n::*;

/// Letters and digits only, in lower case: `DuplicateKey`, `duplicate_key` and `duplicate-key` are one code.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Why an entry was left out.
pub fn skip(code: &str, locale: Locale) -> &'static str {
    match plain(code).as_str() {
        "broken" => td_string!(locale, import.skip.broken),
        "noresource" => td_string!(locale, import.skip.no_resource),
        "notfhir" => td_string!(locale, import.skip.not_fhir),
        "duplicatekey" => td_string!(locale, import.skip.duplicate_key),
        "toodeep" => td_string!(locale, import.skip.too_deep),
        "badtext" => td_string!(locale, import.skip.bad_text),
        "repeated" => td_string!(locale, import.skip.repeated),
        "superseded" => td_string!(locale, import.skip.superseded),
        "toolarge" | "toobig" => td_string!(locale, import.skip.too_large),
        _ => td_string!(locale, import.skip.other),
    }
}

/// Whether nothing is lost by leaving such an entry out.
pub fn is_harmless(code: &str) -> bool {
    matches!(plain(code).as_str(), "noresource" | "repeated" | "superseded")
}

/// Why a file was not taken.
pub fn refuse(code: &str, locale: Locale) -> &'static str {
    match plain(code).as_str() {
        "empty" => td_string!(locale, import.refuse.empty),
        "truncated" => td_string!(locale, import.refuse.truncated),
        "broken" => td_string!(locale, import.refuse.broken),
        "utf16" => td_string!(locale, import.refuse.utf16),
        "notutf8" => td_string!(locale, import.refuse.not_utf8),
        "xmlfhir" => td_string!(locale, import.refuse.xml_fhir),
        "xml" => td_string!(locale, import.refuse.xml),
        "compressed" => td_string!(locale, import.refuse.compressed),
        "notfhir" => td_string!(locale, import.refuse.not_fhir),
        "otherversion" => td_string!(locale, import.refuse.other_version),
        "dstu2" | "otherversiondstu2" => td_string!(locale, import.refuse.dstu2),
        "stu3" | "otherversionstu3" => td_string!(locale, import.refuse.stu3),
        "unreadable" | "fileunreadable" => td_string!(locale, import.refuse.unreadable),
        "toolarge" | "toobig" => td_string!(locale, import.refuse.too_large),
        _ => td_string!(locale, import.refuse.other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_however_they_are_written() {
        let expected = skip("duplicate_key", Locale::en);
        assert_eq!(skip("DuplicateKey", Locale::en), expected);
        assert_eq!(skip("duplicate-key", Locale::en), expected);
        assert_ne!(expected, skip("something new", Locale::en));
    }

    #[test]
    fn a_code_that_is_not_known_has_a_text() {
        assert_eq!(refuse("", Locale::fr), refuse("new", Locale::fr));
        assert!(!refuse("new", Locale::fr).is_empty());
    }
}
