//! Drafts are read back by another library, in the letters of all languages; nothing can be smuggled in.

use mail_parser::{Message, MessageParser};
use proptest::prelude::*;

use super::*;

fn mail<'a>(from: &'a str, to: &'a str, subject: &'a str, text: &'a str) -> Mail<'a> {
    let from = Some((from, "a.okafor@example.ac.uk"));
    Mail { from, to, subject, text, utc_ms: 1_795_269_600_000 }
}

fn read(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

const NAMES: [&str; 7] = [
    "Zoë O’Connor",
    "陈伟",
    "Łukasz Żółć",
    "علي حسن",
    "Ελένη Παπαδοπούλου",
    "Nguyễn Thị Hồng Nhung, BSc (Hons)",
    "सीता \"Sita\" देवी",
];

#[test]
fn names_subjects_and_texts_of_all_languages_come_back_as_they_were() {
    for name in NAMES {
        let to = format!("{} <s.tudent@example.ac.uk>", name.replace([',', '"'], ""));
        let text = format!("Dear {name},\n\nThank you — {name}.\n.\nFrom here on…\n");
        let bytes = eml(&mail(name, &to, name, &text));
        let message = read(&bytes);
        let first = message.to().unwrap().first().unwrap();
        assert_eq!(first.address(), Some("s.tudent@example.ac.uk"));
        assert_eq!(first.name(), Some(name.replace([',', '"'], "").as_str()));
        assert_eq!(message.subject(), Some(name));
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), text);
        assert_eq!(message.header_raw("X-Unsent").map(str::trim), Some("1"));
        assert_eq!(message.from().unwrap().first().unwrap().name(), Some(name.trim_matches('"')));
    }
}

#[test]
fn a_draft_says_nothing_about_the_machine_and_is_the_same_each_time() {
    let made = || eml(&mail("Dr Amara Okafor", "a@example.ac.uk", "x", "y\n"));
    assert_eq!(made(), made());
    let text = String::from_utf8(made()).unwrap();
    let names: Vec<&str> = text
        .split("\r\n\r\n")
        .next()
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| line.split(':').next())
        .collect();
    let known = [
        "X-Unsent",
        "Date",
        "Message-ID",
        "Subject",
        "From",
        "To",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    assert!(text.contains("@tutelage.invalid>"), "{text}");
}

#[test]
fn a_name_without_an_address_makes_no_recipient() {
    let bytes = eml(&mail("Dr Amara Okafor", "Registry", "x", "y\n"));
    assert!(read(&bytes).to().is_none());
    let many = eml(&mail("", "a@b.uk; Ben <c@d.uk>, nobody", "x", "y\n"));
    assert_eq!(read(&many).to().unwrap().iter().count(), 2);
}

proptest! {
    #[test]
    fn no_text_adds_a_header_or_a_recipient(
        name in "(\\PC|[\r\n:<>@,])*",
        subject in "(\\PC|[\r\n:])*",
        text in "(\\PC|[\r\n:])*",
    ) {
        let evil = format!("{name}\r\nBcc: evil@example.com");
        let to = format!("{}<a@example.ac.uk>\r\nBcc: evil@example.com", name.replace([',', ';', '@'], ""));
        let subject = format!("{subject}\r\nBcc: evil@example.com\n\nX: y");
        let bytes = eml(&mail(&evil, &to, &subject, &text));
        let message = read(&bytes);
        prop_assert!(message.bcc().is_none());
        prop_assert!(message.headers().iter().all(|header| header.name() != "X"));
        prop_assert!(message.to().is_none_or(|to| to.iter().count() <= 1));
    }
}
