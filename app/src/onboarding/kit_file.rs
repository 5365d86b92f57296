//! The kit and each recovery sheet as a file to keep on a stick in a safe: a plain page that any browser opens and prints.

use client::protocol::{Kit, Sheet};

use crate::{format, i18n::*, kit::qr_svg};

/// Name and content of the kit's file.
pub fn kit(kit: &Kit, made: &str, locale: Locale) -> (String, String) {
    let body = [
        heading(td_string!(locale, onboarding.paper.title)),
        line(&made_on(&kit.practice_name, made, locale)),
        strong(td_string!(locale, onboarding.paper.opens)),
        line(td_string!(locale, onboarding.paper.keep)),
        code(&kit.groups.join(" ")),
        line(td_string!(locale, onboarding.kit.letters)),
        qr_svg(&kit.qr).unwrap_or_default(),
        line(td_string!(locale, onboarding.kit.qr_only)),
        pair(td_string!(locale, onboarding.kit.words), &kit.practice_words),
        pair(td_string!(locale, onboarding.paper.server), &kit.server),
        pair(td_string!(locale, onboarding.paper.owner), &kit.person_name),
        line(td_string!(locale, onboarding.kit.lost)),
        strong(td_string!(locale, onboarding.paper.never)),
    ];
    (
        td_string!(locale, onboarding.paper.file).to_owned(),
        page(td_string!(locale, onboarding.paper.title), &body, locale),
    )
}

/// Name and content of one recovery sheet's file.
pub fn sheet(kit: &Kit, sheet: &Sheet, made: &str, locale: Locale) -> (String, String) {
    let Sheet { number, of, needed, ref code } = *sheet;
    let title = td_string!(locale, onboarding.sheets.paper_title, number = number, of = of);
    let body = [
        heading(&title),
        line(&made_on(&kit.practice_name, made, locale)),
        strong(&td_string!(locale, onboarding.sheets.paper_opens, needed = needed, of = of)),
        line(td_string!(locale, onboarding.sheets.paper_alone)),
        self::code(code),
        line(td_string!(locale, onboarding.kit.letters)),
        qr_svg(code).unwrap_or_default(),
        pair(td_string!(locale, onboarding.paper.server), &kit.server),
        line(td_string!(locale, onboarding.sheets.apart)),
        strong(td_string!(locale, onboarding.paper.never)),
    ];
    (td_string!(locale, onboarding.sheets.file, number = number), page(&title, &body, locale))
}

fn made_on(practice: &str, made: &str, locale: Locale) -> String {
    format!("{practice} · {}", td_string!(locale, onboarding.paper.made, date = format::date(made, locale)))
}

fn page(title: &str, body: &[String], locale: Locale) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>body{{font:16px/1.45 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}}code{{font-size:1.4em;letter-spacing:.05em;display:block;border:2px solid;padding:.6em;margin:1em 0}}svg{{width:12em;height:12em}}</style>\n{}\n</html>\n",
        locale.as_str(),
        escape(title),
        body.join("\n")
    )
}

fn heading(text: &str) -> String {
    format!("<h1>{}</h1>", escape(text))
}

fn line(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

fn strong(text: &str) -> String {
    format!("<p><strong>{}</strong></p>", escape(text))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

fn pair(name: &str, value: &str) -> String {
    format!("<p>{} <strong>{}</strong></p>", escape(name), escape(value))
}

/// Text as text in a page, whatever is in it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Kit {
        Kit {
            practice_name: "Mill <b>Bridge</b> & sons".into(),
            person_name: "Marisol Vega".into(),
            groups: vec!["7QX2K".into(), "HN9TW".into()],
            qr: "AMPOULE1:7QX2KHN9TW".into(),
            server: "https://cellar.lan".into(),
            practice_words: "harbour lentil copper".into(),
            confirm: vec![1],
            sheets: vec![Sheet { number: 2, of: 3, needed: 2, code: "AAAAA BBBBB".into() }],
        }
    }

    #[test]
    fn the_file_holds_the_code_and_no_markup_of_a_person() {
        let (name, page) = kit(&example(), "2026-11-24", Locale::en);
        assert!(name.ends_with(".html"));
        assert!(page.contains("7QX2K HN9TW"));
        assert!(page.contains("Mill &lt;b&gt;Bridge&lt;/b&gt; &amp; sons"));
        assert!(page.contains("<svg"));
        assert!(!page.contains("AAAAA"), "a recovery sheet is kept apart from the kit");
    }

    #[test]
    fn a_sheet_s_file_holds_its_own_code_only() {
        let example = example();
        let (name, page) = sheet(&example, &example.sheets[0], "2026-11-24", Locale::fr);
        assert!(name.contains('2') && name.ends_with(".html"));
        assert!(page.contains("AAAAA BBBBB"));
        assert!(!page.contains("7QX2K"));
    }
}
