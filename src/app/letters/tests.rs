//! Letters by keys: the summary in one, the block in another, the menu, many at once; and what is refused.

use std::{path::PathBuf, sync::Arc};

use crate::app::{
    Effect, Msg,
    msg::{Committed, Destination, How, LetOut},
    popup::Popup,
    rules::Rules,
    testing::Desk,
};
use crate::domain::{
    change::Label, disclosure::Basis, letter::Letter, meeting::Outcome, note::Confidentiality,
    records::Records,
};
use crate::exchange::{packs::Packs, policy::builtin};
use crate::fixture::{Fixture, ago, day, today};

/// Aisha with a meeting, its shared note and an action; Ben with nothing.
fn world() -> Records {
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    world.tutee("20481235", "Ben O'Connor", 4);
    let meeting = world.meeting(aisha, ago(9), Outcome::Held, "Progress review");
    let me = world.me;
    let note = (aisha, ago(9), Some(meeting));
    world.note_by(me, Confidentiality::Shared, note, "Feedback on the coursework.");
    world.action(aisha, Some(meeting), "book a workshop", Some(today()));
    world.records()
}

/// Aisha's timeline, at her meeting.
fn desk(code: &str, own: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::with(world());
    let own = own.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    let packs = Arc::new(Packs::new(std::collections::BTreeMap::new(), own));
    desk.model.rules = Arc::new(Rules::under(packs, builtin(code), &desk.model.records));
    let aisha = desk.model.records.numbered("20481234").next().unwrap();
    let records = Arc::clone(&desk.model.records);
    desk.model.desk.select(&records, aisha);
    desk.model.focus = crate::app::model::Pane::Timeline;
    let entries = &desk.model.desk.timeline.entries;
    let meeting =
        entries.iter().position(|it| it.record.kind == crate::domain::record::Kind::Meeting);
    desk.model.desk.timeline.cursor.selected = meeting.unwrap();
    desk
}

fn let_out(desk: &Desk) -> &LetOut {
    let found = desk
        .effects
        .iter()
        .rev()
        .find_map(|it| if let Effect::LetOut(out) = it { Some(&**out) } else { None });
    found.unwrap_or_else(|| panic!("nothing leaves: {:?}", desk.form().message))
}

/// The store says that it is kept.
fn kept(mut desk: Desk) -> Desk {
    let change = desk.effects.iter().rev().find_map(|effect| {
        if let Effect::LetOut(out) = effect {
            return out.change.clone();
        }
        if let Effect::Commit(change) = effect { Some(change.clone()) } else { None }
    });
    let committed = Committed { change: change.unwrap(), how: How::Done };
    desk.send(Msg::Committed(Box::new(committed)));
    desk
}

fn letter(desk: &Desk) -> Letter {
    let student = desk.model.records.numbered("20481234").next().unwrap();
    desk.model.records.file(student).unwrap().letters[0].value.clone()
}

#[test]
fn the_summary_of_a_meeting_is_one_key_away_and_goes_into_a_draft() {
    let desk = desk("", &[]).keys("w");
    assert!(desk.form().value("text").contains("Feedback on the coursework."));
    assert!(desk.form().value("text").contains("- Aisha: book a workshop, by 21 November 2026"));
    let desk = desk.keys("‹ctrl-s›");
    let out = let_out(&desk);
    assert_eq!(out.to, Destination::File(PathBuf::from("~/20481234-summary.eml")));
    let mail = String::from_utf8(out.files[0].1.clone()).unwrap();
    assert!(mail.contains("X-Unsent: 1\r\n"), "{mail}");
    assert_eq!(out.change.as_ref().unwrap().label, Label::RecordLetter);
    let desk = kept(desk);
    assert!(desk.model.popups.is_empty());
    assert_eq!(letter(&desk).kind, "summary");
    assert!(letter(&desk).meeting.is_some() && letter(&desk).sent.is_none());
}

#[test]
fn there_is_no_summary_where_nobody_has_met() {
    let mut desk = Desk::with(world());
    let ben = desk.model.records.numbered("20481235").next().unwrap();
    let records = Arc::clone(&desk.model.records);
    desk.model.desk.select(&records, ben);
    assert!(desk.keys("w").model.popups.is_empty());
}

#[test]
fn a_letter_with_nothing_to_tell_of_says_so_wherever_it_is_asked_for() {
    let mut all = Desk::with(world());
    let ben = all.model.records.numbered("20481235").next().unwrap();
    let records = Arc::clone(&all.model.records);
    all.model.desk.select(&records, ben);
    for (kind, why) in [
        ("summary", "No meeting was held"),
        ("central", "No meeting is recorded"),
        ("handover", "No change of tutor"),
        ("change-student", "No change of tutor"),
        ("change-registry", "No change of tutor"),
    ] {
        let (student, kind) = (ben, kind.to_owned());
        let writing = super::Writing { student, kind, meeting: None, letter: None };
        super::write(&mut all.model, writing);
        assert!(all.model.popups.is_empty(), "{why}");
        assert!(all.model.toast.as_ref().unwrap().text.starts_with(why), "{why}");
    }
}

#[test]
fn a_letter_in_the_timeline_is_marked_as_sent_and_then_as_agreed() {
    let mut desk = kept(desk("", &[]).keys("w‹ctrl-s›"));
    let id = crate::domain::change::record_id(letter(&desk).id);
    let _jump = super::super::pane::step::jump(&mut desk.model, id);
    let desk = kept(desk.keys("x"));
    assert_eq!(letter(&desk).sent, Some(day("2026-11-21")));
    let desk = kept(desk.keys("x"));
    assert_eq!(letter(&desk).agreed, Some(day("2026-11-21")));
    let before = desk.effects.len();
    assert_eq!(desk.keys("x").effects.len(), before, "there is nothing more to mark");
}

#[test]
fn a_letter_is_copied_and_kept_and_a_kept_one_is_copied_again() {
    let desk = desk("", &[]).keys("w⇥→‹ctrl-s›");
    let copied =
        |desk: &Desk| desk.effects.iter().filter(|it| matches!(it, Effect::Copy(_))).count();
    assert_eq!(copied(&desk), 1);
    let mut desk = kept(desk);
    let id = crate::domain::change::record_id(letter(&desk).id);
    let _jump = super::super::pane::step::jump(&mut desk.model, id);
    let desk = desk.keys("e⇥→‹ctrl-s›");
    assert_eq!(copied(&desk), 2);
    let desk = desk.keys("y⏎");
    let last = desk.effects.iter().rev().find(|it| matches!(it, Effect::Copy(_))).unwrap();
    assert_eq!(*last, Effect::Copy(crate::app::Private(letter(&desk).text)));
    assert!(desk.model.popups.is_empty(), "nothing is waited for");
}

#[test]
fn what_was_said_does_not_go_into_the_central_system_without_the_clause() {
    let desk = desk("ljmu", &[]).keys("b");
    let text = desk.form().value("text");
    assert!(!text.contains("Feedback") && text.contains("Appointment"), "{text}");
    let message = desk.form().message.clone().unwrap();
    assert!(message.contains("LJMU 10") && message.contains("Left out"), "{message}");
    let typed = desk.keys("She told me about it.‹ctrl-s›");
    let refused = typed.form().message.clone().unwrap();
    assert!(
        refused.contains("What you wrote yourself") && refused.contains("LJMU 10"),
        "{refused}"
    );
    assert!(!typed.effects.iter().any(|it| matches!(it, Effect::Copy(_) | Effect::Commit(_))));
    let plain = self::desk("ljmu", &[]).keys("b‹ctrl-s›");
    assert!(plain.effects.iter().any(|it| matches!(it, Effect::Copy(_))));
}

#[test]
fn a_template_with_an_error_is_shown_with_its_line_and_nothing_is_lost() {
    let own = [("summary.txt", "Subject: x\n\nDear {{ student.frist }},\n")];
    let desk = desk("", &own).keys("w");
    let message = desk.form().message.clone().unwrap();
    assert!(message.starts_with("summary.txt, line 3: {{ student.frist }}"), "{message}");
    let desk = desk.keys("Dear Aisha‹ctrl-s›");
    assert_eq!(desk.form().value("text"), "Dear Aisha");
}

#[test]
fn the_menu_shows_every_letter_with_its_clause() {
    let mut desk = desk("ljmu", &[]).keys("L");
    let picture = desk.frame(100, 30);
    for words in ["Letters · Aisha Rahman", "Summary of a meeting", "LJMU 12", "Handover"] {
        assert!(picture.contains(words), "{words}\n{picture}");
    }
    let desk = desk.keys("⏎");
    assert!(desk.form().title.contains("Summary"), "{}", desk.form().title);
}

#[test]
fn one_letter_for_all_who_are_marked_goes_into_a_folder_in_one_change() {
    let mut desk = Desk::with(world()).keys(" j L");
    let menu = desk.model.popups.last_mut();
    let Some(Popup::Menu(menu)) = menu else { panic!() };
    assert_eq!(menu.title, "Letters for 2 students");
    let desk = desk.keys("j⏎‹ctrl-s›");
    let out = let_out(&desk);
    let mut names: Vec<&str> = out.files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["20481234-invitation.eml", "20481235-invitation.eml"]);
    assert_eq!(out.to, Destination::Folder(PathBuf::from("~/letters-2026-11-21/")));
    assert_eq!((out.change.as_ref().unwrap().parts.len(), out.letters.len()), (2, 2));
    let desk = kept(desk);
    assert!(desk.model.popups.is_empty());
}

#[test]
fn a_letter_being_written_comes_back_after_a_crash() {
    use crate::app::msg::Timer;
    let mut desk = desk("", &[]).keys("wHello ");
    desk.send(Msg::Due(Timer::Draft));
    let mut kept = desk.effects.iter().rev();
    let draft = kept
        .find_map(|it| if let Effect::KeepDraft(draft) = it { Some(draft.clone()) } else { None });
    let again = crate::app::forms::drafts::form_of(&draft.unwrap(), &desk.model).unwrap();
    assert!(again.form.value("text").starts_with("Hello Dear Aisha,"));
}

#[test]
fn a_letter_to_somebody_else_is_recorded_as_passed_on_with_its_clause() {
    let mut desk = desk("ljmu", &[]);
    let student = desk.model.desk.student().unwrap();
    let kind = "allocation-registry".to_owned();
    let writing = super::Writing { student, kind, meeting: None, letter: None };
    desk.model.open_form(crate::app::popup::FormKind::Record(
        crate::app::forms::RecordForm::Letter(writing),
    ));
    let desk = desk.keys("‹ctrl-s›");
    assert_eq!(let_out(&desk).letters.len(), 1, "the letter alone leaves");
    let desk = kept(desk);
    let told = &desk.model.records.file(student).unwrap().disclosures[0];
    assert_eq!((&*told.to, &*told.reason), ("registry", "LJMU 1"));
    let desk = kept(desk.keys("w‹ctrl-s›"));
    let told = &desk.model.records.file(student).unwrap().disclosures;
    assert_eq!(told.len(), 1, "what goes to the student is no disclosure");
}

/// The form of a letter of this kind about Aisha.
fn writing(mut desk: Desk, kind: &str) -> Desk {
    let student = desk.model.desk.student().unwrap();
    let writing = super::Writing { student, kind: kind.to_owned(), meeting: None, letter: None };
    desk.model.open_form(crate::app::popup::FormKind::Record(
        crate::app::forms::RecordForm::Letter(writing),
    ));
    desk
}

fn told(desk: &Desk) -> Vec<crate::domain::disclosure::Disclosure> {
    let student = desk.model.records.numbered("20481234").next().unwrap();
    let file = desk.model.records.file(student).unwrap();
    file.disclosures.iter().map(|held| held.value.clone()).collect()
}

#[test]
fn a_refused_letter_goes_once_the_consent_is_recorded_over_it() {
    let refused = desk("ljmu", &[]).keys("bShe told me about it. ‹ctrl-s›");
    let Some(Popup::Menu(menu)) = refused.model.popups.last() else {
        panic!("{:?}", refused.form().message)
    };
    assert_eq!((menu.title.as_str(), menu.ways.len()), ("Not passed on", 3));
    assert!(menu.text[0].starts_with("LJMU 10"), "{:?}", menu.text);
    assert!(told(&refused).is_empty());
    let consent = refused.keys("⏎");
    assert!(consent.form().title.contains("Consent"), "{}", consent.form().title);
    assert_eq!(consent.form().value("recipient"), "SeeMyTutor");
    let back = kept(consent.keys("‹ctrl-s›"));
    assert!(back.form().value("text").starts_with("She told me"), "what was written stays");
    let gone = kept(back.keys("‹ctrl-s›"));
    assert!(gone.model.popups.is_empty());
    let told = told(&gone);
    assert_eq!((told[0].basis, &*told[0].reason), (Basis::Consent, "LJMU 10"));
}

#[test]
fn a_refused_letter_goes_for_a_serious_risk_with_its_reason_alone() {
    let refused = desk("ljmu", &[]).keys("bShe told me about it. ‹ctrl-s›");
    let asked = refused.keys("j⏎‹ctrl-s›");
    let risk = asked.form().field("risk").unwrap();
    assert!(!risk.hidden && risk.error.is_some(), "the reason is required");
    let gone = kept(asked.keys("not safe tonight‹ctrl-s›"));
    assert!(gone.effects.iter().any(|it| matches!(it, Effect::Copy(_))));
    let told = told(&gone);
    assert_eq!((told[0].basis, &*told[0].reason), (Basis::SeriousRisk, "not safe tonight"));
}

#[test]
fn a_refused_letter_that_is_left_stays_as_it_was_and_is_readable_whole() {
    let refused = desk("ljmu", &[]).keys("bShe told me about it. ‹ctrl-s›");
    let mut left = refused.keys("jj⏎");
    assert!(left.form().value("text").starts_with("She told me") && told(&left).is_empty());
    let message = left.form().message.clone().unwrap();
    let picture = left.frame(80, 24);
    let lines: String = picture.replace(['║', '"'], " ");
    let shown: Vec<&str> = lines.split_whitespace().collect();
    for word in message.split_whitespace() {
        assert!(shown.contains(&word), "{word}: {message}\n{picture}");
    }
}

#[test]
fn a_letter_that_nobody_has_written_into_tells_after_a_consent_what_it_allows() {
    let refused = writing(desk("", &[]), "change-registry").keys("‹ctrl-s›");
    assert!(refused.form().message.as_ref().unwrap().contains("consent"));
    let back = kept(refused.keys("⏎‹ctrl-s›"));
    assert_eq!(back.form().message, None, "nothing is left out any more");
    let gone = kept(back.keys("‹ctrl-s›"));
    assert_eq!(told(&gone)[0].basis, Basis::Consent);
}

#[test]
fn a_step_of_a_ladder_opens_its_letter_which_then_stands_in_the_timeline() {
    let desk = kept(desk("ljmu", &[]).keys("t⇥not seen‹ctrl-s›"));
    let step = desk.keys("t");
    assert!(step.form().title.contains("Ladder 1 of 3"), "{}", step.form().title);
    let letter = kept(step.keys("‹ctrl-s›"));
    assert!(letter.form().title.starts_with("Worth a check-in"), "{}", letter.form().title);
    assert!(letter.form().value("text").contains("Aisha"));
    let done = kept(letter.keys("‹ctrl-s›"));
    assert!(done.model.popups.is_empty());
    let entries = &done.model.desk.timeline.entries;
    assert!(entries.iter().any(|it| it.record.kind == crate::domain::record::Kind::Letter));
    let second = kept(done.keys("t‹ctrl-s›"));
    assert!(second.model.popups.is_empty(), "the call has no letter");
}
