//! A picture of every state at every size that matters, on a fixed day.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use strum::IntoEnumIterator;

use super::theme::Colours;
use super::{Theme, draw};
use crate::app::form::Shade;
use crate::app::forms::{RecordForm, Which, group::Register, meeting::Sitting};
use crate::app::importing::tests::{LIST, answered, profile};
use crate::app::msg::{Access, FolderEntry, Holder, NotOpened, Opened, Private};
use crate::app::popup::FormKind;
use crate::app::testing::Desk;
use crate::app::{Effect, Msg};
use crate::domain::demo::{Demo, Scale};
use crate::domain::flag::{FlagKind, Urgency};
use crate::domain::history::History;
use crate::domain::meeting::Outcome;
use crate::domain::note::Confidentiality;
use crate::domain::policy::example::policy;
use crate::domain::records::Records;
use crate::domain::search::Index;
use crate::domain::student::StudentId;
use crate::exchange::card;
use crate::fixture::{Fixture, ago, today};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 36), (200, 60), (20, 6)];

/// The second list of an import: one tutee has changed, one is as known, two are new, three are wrong.
const SECOND_LIST: &str = "Student ID,First name,Last name,Level,Tutor\n\
    0012,Aisha,Rahman,5,Dr Amara Okafor\n\
    0013,Ben,O'Connor,5,Dr Amara Okafor\n\
    0014,陈伟,Chen,4,Dr Amara Okafor\n\
    0015,Zoë,Øster,4,Dr Ravi Menon\n\
    ,Nobody,Atall,4,\n\
    0016,,,4,\n\
    0017,Ewa,Nowak,ninth,\n";

/// The state at each size: drawn once, then the keys, then the picture.
pub(super) fn pictures(state: &str, desk: impl Fn() -> Desk, keys: &str) {
    for (width, height) in SIZES {
        let mut desk = desk();
        let _first = desk.frame(width, height);
        let picture = desk.keys(keys).frame(width, height);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("frames__{state}_{width}x{height}"), picture);
        });
    }
}

pub(super) fn demo() -> Records {
    Demo::new(Scale::Tutor, today()).judged(card::default_card()).records(|_, _| ())
}

pub(super) fn one() -> Records {
    let mut world = Fixture::new();
    world.tutee("20481234", "Aisha Rahman", 4);
    world.records()
}

pub(super) fn long() -> Records {
    let mut world = Fixture::new();
    let name =
        "Wolfeschlegelsteinhausen Bergerdorff von und zu Hohenlohe-Langenburg-Schillingsfürst";
    let student = world.tutee("2048123400000000", name, 4);
    let focus = "Progress review with everything that happened since September and a look ahead";
    let meeting = world.meeting(student, ago(3), Outcome::Held, focus);
    let text =
        "A sentence that goes on and on without a thought for the width of a pane. ".repeat(12);
    world.note(student, ago(3), Some(meeting), &text);
    world.action(student, Some(meeting), &"read ".repeat(40), Some(ago(1)));
    let seen = "not seen in any laboratory ".repeat(6);
    world.flag(student, ago(2), FlagKind::Concern, Urgency::Soon, &seen);
    world.records()
}

pub(super) fn wide() -> Records {
    let mut world = Fixture::new();
    for (number, name) in [
        ("20480001", "陈伟 Chen Wei"),
        ("20480002", "Zoe\u{308} Ǻ\u{301}ström"),
        ("20480003", "👩\u{200d}🎓 Grace"),
        ("20480004", "נועם לוי"),
        ("20480005", "Bell\u{7}\u{1b}[31m \u{202e}Mallory"),
    ] {
        let student = world.tutee(number, name, 5);
        world.note(student, ago(20), None, "见面 👩\u{200d}🎓 café\u{1b}[2J\nצעד הבא");
    }
    world.records()
}

/// A desk that tells of commands that were never used.
fn taught(records: Records) -> Desk {
    let mut desk = Desk::with(records);
    desk.model.tips.shown = true;
    desk
}

#[test]
fn the_desk_in_every_state() {
    pictures("nobody", || Desk::with(Fixture::new().records()), "");
    for (pane, keys) in [("timeline", "⇥"), ("note", "⇥⇥"), ("engagement", "⇥⇥⇥"), ("alerts", "⇤")]
    {
        pictures(&format!("nobody_{pane}"), || Desk::with(Fixture::new().records()), keys);
        pictures(&format!("one_{pane}"), || Desk::with(one()), keys);
        pictures(&format!("demo_{pane}"), || Desk::with(demo()), keys);
        pictures(&format!("long_{pane}"), || Desk::with(long()), keys);
    }
    pictures("one", || Desk::with(one()), "");
    pictures("tip_of_a_new_desk", || taught(one()), "");
    pictures("tip_of_the_next", || taught(demo()), "?⎋⇥");
    pictures("tip_elsewhere", || taught(demo()), "?⎋2");
    let listed = || Desk::with(one()).keys("gu").after(Msg::HistoryListed(Ok(History::default())));
    pictures("history_empty", listed, "");
    pictures("views_none", || Desk::with(demo()), "v");
    pictures("tutees_sort", || Desk::with(demo()), "gs");
    pictures("columns_of_tutees", || Desk::with(demo()), "gv↓ ");
    pictures("columns_of_tutees_hidden", || Desk::with(demo()).keys("gv↓↓ ↓ ‹ctrl-s›").saved(), "");
    pictures("demo", || Desk::with(demo()), "");
    pictures("demo_end", || Desk::with(demo()), "Gkkk  ");
    pictures("long", || Desk::with(long()), "");
    pictures("wide", || Desk::with(wide()), "jj");
    pictures("wide_note", || Desk::with(wide()), "j⇥⇥");
    pictures("timeline_in_the_past", || Desk::with(demo()), "⇥‹ctrl-d›");
    pictures("timeline_of_nothing", || Desk::with(one()), "⇥ff");
    pictures("note_written", || Desk::with(demo()), "⇥⇥]⏎Seen today.⏎");
    pictures("note_searched", || Desk::with(demo()), "⇥⇥]⏎‹ctrl-f›the");
}

#[test]
fn what_finds_something() {
    pictures("filter", || Desk::with(demo()), "/an 20");
    pictures("filter_left", || Desk::with(demo()), "/an⏎");
    pictures("filter_without_matches", || Desk::with(demo()), "/zzz");
    pictures("search", || Desk::with(demo()), "//");
    pictures("search_hits", || found(Desk::with(demo()).keys("//lab")), "↓");
    pictures("search_without_hits", || found(Desk::with(demo()).keys("//zzzz")), "");
    pictures("palette", || Desk::with(demo()), ":");
    pictures("palette_typed", || Desk::with(demo()), ":note");
    pictures("palette_without_matches", || Desk::with(demo()), ":zzzz");
    pictures("help", || Desk::with(demo()), "?");
    pictures("help_typed", || Desk::with(demo()), "?page");
    pictures("help_without_matches", || Desk::with(demo()), "?zzzz");
    pictures("keys_after_g", || Desk::with(demo()), "g");
    pictures("keys_after_a_count", || Desk::with(demo()), "6");
}

/// The desk with the answers to all that was searched; each may ask for the next.
fn found(mut desk: Desk) -> Desk {
    while let Some(effect) = desk.effects.pop() {
        if let Effect::Search(search) = effect {
            let index = Index::new(&search.records);
            let hits = index.find(&search.records, search.viewer, &search.text.0, 50);
            desk.send(Msg::Found(search.ticket, hits));
        }
    }
    desk
}

/// Each form by name, and keys that leave something wrong in it.
fn forms(all: &[StudentId]) -> Vec<(&'static str, FormKind, &'static str)> {
    let (first, register) = (all[0], Register::new(all[..8].to_vec(), today()));
    let flag = |kind| RecordForm::Flag(first, kind, Which::New);
    let record = |name, form, wrong| (name, FormKind::Record(form), wrong);
    vec![
        record("meeting", RecordForm::Meeting(Sitting::new(first, today())), "- [ ] Qqq: what"),
        record("group", RecordForm::Group(register), "⇥- [ ] Qqq: what"),
        record("note", RecordForm::Note(first, Which::New, None), ""),
        record("contact", RecordForm::Contact(first, Which::New), "⇥⌫⌫⌫⌫⌫soon"),
        record("action", RecordForm::Action(first, Which::New), ""),
        record("referral", RecordForm::Referral(first, Which::New), ""),
        record("consent", RecordForm::Consent(first, Which::New), ""),
        record("concern", flag(FlagKind::Concern), ""),
        record("praise", flag(FlagKind::Praise), ""),
        record("student", RecordForm::Student(Which::New), ""),
        record("student_edited", RecordForm::Student(Which::Edit(first)), "‹ctrl-w›"),
        record("tutor", RecordForm::Tutor(Which::New), ""),
        record("calendar", RecordForm::Calendar(Which::New), ""),
        record("allocation", RecordForm::Allocation(first), "Nobody"),
        ("passphrase", FormKind::Passphrase, "old words⇥short⇥shirt"),
        ("backup", FormKind::Backup, "‹ctrl-u›"),
    ]
}

#[test]
fn every_form_untouched_and_refused() {
    let records = demo();
    let mut all: Vec<_> =
        records.files().map(|file| (file.student.number.clone(), file.student.id)).collect();
    all.sort();
    let all: Vec<_> = all.into_iter().map(|(_, id)| id).collect();
    for (name, form, wrong) in forms(&all) {
        let open = || {
            let mut desk = Desk::with(records.clone());
            desk.model.open_form(form.clone());
            desk
        };
        pictures(&format!("form_{name}"), open, "");
        pictures(&format!("form_{name}_refused"), open, &format!("{wrong}‹ctrl-s›"));
    }
}

#[test]
fn what_a_policy_lets_out_and_what_it_refuses() {
    let desk = || Desk::under(demo(), policy());
    let without = || Desk::under(one(), policy());
    let ask = "pp⇥Dr Ravi Menon⇥progress⇥w‹ctrl-s›";
    let started = || desk().keys("tnot seen for three weeks‹ctrl-s›").saved();
    pictures("pass_on", desk, "p");
    pictures("pass_on_refused", desk, ask);
    pictures("pass_on_at_risk", desk, &format!("{ask}↓⏎"));
    pictures("ledger", desk, "gc");
    pictures("ledger_empty", without, "gc");
    pictures("ladder_start", desk, "t");
    pictures("ladder_step", started, "t");
    pictures("ladder_due", started, "⇤");
}

#[test]
fn what_is_asked_and_said() {
    let desk = || Desk::with(demo());
    pictures("confirm_delete", desk, "d");
    pictures("confirm_leaving", desk, "aask again⎋");
    pictures("confirm_quitting", desk, "aask again‹ctrl-c›");
    let done = || answered(Desk::with(demo()).keys("aask again‹ctrl-s›"), "");
    pictures("saved", done, "");
    let full = "The disk is full: nothing is lost, and nothing is saved. Make room and save again.";
    pictures("failed", || Desk::with(demo()).after(Msg::Failed(full.into())), "");
    pictures("locked", desk, "‹ctrl-l›pass");
    let refused = Msg::NotOpened(NotOpened::WrongPassphrase);
    pictures("locked_refused", || Desk::with(demo()).keys("‹ctrl-l›x⏎").after(refused.clone()), "");
    pictures("read_only", || opened(demo(), Access::ReadOnly(holder()), None), "");
    pictures("read_only_refused", || opened(demo(), Access::ReadOnly(holder()), None), "m");
    pictures("unprotected", || unprotected(demo()), "");
}

fn holder() -> Holder {
    Holder { process: 4711, terminal: "pts/3".into(), since: "09:12 today".into() }
}

fn unprotected(records: Records) -> Desk {
    let mut desk = Desk::with(records);
    desk.model.sealed = false;
    desk
}

fn opened(records: Records, access: Access, code: Option<&str>) -> Desk {
    Desk::new().after(Msg::Opened(Box::new(Opened {
        records: Arc::new(records),
        access,
        sealed: true,
        code: code.map(|code| Private(code.into())),
        notices: vec![],
        drafts: vec![],
        packs: Arc::default(),
    })))
}

#[test]
fn the_first_start() {
    let missing = || Desk::new().after(Msg::NotOpened(NotOpened::Missing));
    pictures("first_start", missing, "");
    pictures("first_start_refused", missing, "⇥⇥⇥⇥⇥short⇥shirt‹ctrl-s›");
    pictures("first_start_unprotected", missing, "Dr Amara Okafor⇥⇥⇥⇥ ");
    let code = Some("7KQ2-M0XR-9TBD-4WHZ-PC3E-N5");
    pictures("recovery_code", || opened(profile(), Access::Write, code), "");
    pictures("welcome", || opened(profile(), Access::Write, code), "⏎");
    pictures("held", || Desk::new().after(Msg::NotOpened(NotOpened::Held(holder()))), "");
}

#[test]
fn the_duties_of_tutors() {
    use crate::app::popup::duties::tests::desk;
    use crate::domain::tutor::Role;
    pictures("duties", || desk(Role::Tutor, 0), "gm");
    pictures("duties_on_the_desk", || desk(Role::SeniorTutor, 3), "");
    pictures("duties_of_a_senior_tutor", || desk(Role::SeniorTutor, 3), "gmjj");
    pictures("duties_of_the_school", || desk(Role::SeniorTutor, 3), "gm⇥");
    pictures("duties_without_a_policy", || Desk::with(one()), "gm");
    pictures("form_training", || desk(Role::Tutor, 0), "gmt⇥⇥⇥");
    pictures("form_absence", || desk(Role::Tutor, 0), "gma");
    pictures("form_term", || desk(Role::SeniorTutor, 0), "gmo‹ctrl-s›");
    pictures("form_duty_done", || desk(Role::Tutor, 0), "gm⏎");
}

/// The desk at the columns of a list, which is read from a file that was typed.
fn columns(desk: Desk, list: &str) -> Desk {
    let desk = answered(desk.keys("I"), list);
    let desk = answered(desk.keys("list.csv⏎"), list);
    answered(desk, list)
}

fn dry_run(desk: Desk, list: &str) -> Desk {
    answered(columns(desk, list).keys("⏎"), list)
}

fn picker() -> Desk {
    let mut desk = Desk::with(profile()).keys("I");
    let folder = desk.effects.iter().find_map(|effect| {
        if let Effect::ListFolder(folder) = effect { Some(folder.clone()) } else { None }
    });
    let entry = |name: &str, is_folder| FolderEntry { name: name.into(), is_folder };
    let entries =
        vec![entry("Lists", true), entry("tutees 2026.csv", false), entry("学生名单.xlsx", false)];
    desk.send(Msg::FolderListed(folder.unwrap(), Ok(entries)));
    desk
}

#[test]
fn an_import_from_the_file_to_the_question_who_one_is() {
    pictures("picker", picker, "");
    pictures("picker_without_matches", picker, "zzz");
    pictures(
        "picker_empty_file",
        || answered(answered(Desk::with(profile()).keys("I"), "").keys("x.csv⏎"), ""),
        "",
    );
    pictures("columns", || columns(Desk::with(profile()), LIST), "");
    pictures("columns_refused", || columns(Desk::with(profile()), LIST), "l‹ctrl-s›");
    pictures("dry_run_new", || dry_run(Desk::with(profile()), LIST), "");
    let imported = || answered(dry_run(Desk::with(profile()), LIST).keys("‹ctrl-s›"), LIST);
    let known = || answered(imported().keys("⏎"), LIST);
    pictures("dry_run_changed", || dry_run(known(), SECOND_LIST), "");
    pictures("dry_run_unchanged", || dry_run(known(), LIST), "");
    pictures("which_tutor", imported, "");
}

fn buffer(desk: &Desk, theme: &Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    terminal.draw(|frame| _ = draw(&desk.model, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

#[test]
fn a_style_that_means_something_is_another_with_colours_and_without() {
    for theme in [Theme::default(), Theme::new(Colours::Unused)] {
        assert_ne!(theme.focus(), theme.frame(), "the pane that has the keys");
        assert_ne!(theme.cursor(true), theme.cursor(false), "the selected entry");
        assert_ne!(theme.hit(), ratatui::style::Style::new(), "letters that were found");
        assert_ne!(theme.urgency(Urgency::Urgent), theme.urgency(Urgency::Watch));
        assert_ne!(theme.shade(Shade::Closed), theme.shade(Shade::Open));
    }
    let theme = Theme::default();
    let mut urgent: Vec<_> = Urgency::iter().map(|urgency| theme.urgency(urgency).fg).collect();
    let mut levels: Vec<_> =
        Confidentiality::iter().map(|level| theme.confidentiality(level).fg).collect();
    for colours in [&mut urgent, &mut levels] {
        let all = colours.len();
        colours.dedup();
        assert_eq!(colours.len(), all);
    }
}

#[test]
fn without_colours_focus_is_bold_and_the_selection_is_reversed() {
    let theme = Theme::new(Colours::Unused);
    let desk = Desk::with(demo());
    let has = |cell: &Cell, style: Modifier| cell.modifier.contains(style);
    let shown = buffer(&desk, &theme);
    let reversed = shown.content().iter().filter(|cell| has(cell, Modifier::REVERSED)).count();
    assert!(reversed > 20, "one row of the pane that has the keys: {reversed}");
    let corner = |buffer: &Buffer, symbol: &str| {
        buffer.content().iter().position(|cell| cell.symbol() == symbol).unwrap()
    };
    let thick = corner(&shown, "┏");
    assert!(has(&shown.content()[thick], Modifier::BOLD));
    assert!(has(&shown.content()[corner(&shown, "╭")], Modifier::DIM));
    let moved = buffer(&desk.keys("⇥"), &theme);
    assert_ne!(corner(&moved, "┏"), thick, "focus moves the thick frame");
}

#[test]
fn letters_in_every_state() {
    use crate::app::letters::{Many, Writing};
    use crate::app::rules::Rules;
    use crate::exchange::packs::Packs;
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    let ben = world.tutee("20481235", "Ben O'Connor", 4);
    let meeting = world.meeting(aisha, ago(9), Outcome::Held, "Progress review");
    let me = world.me;
    let note = (aisha, ago(9), Some(meeting));
    world.note_by(me, Confidentiality::Shared, note, "Feedback on the coursework.");
    world.action(aisha, Some(meeting), "book a workshop", Some(today()));
    let records = world.records();
    let desk = |own: &[(&str, &str)], form: Option<RecordForm>| {
        let own = own.iter().map(|(file, text)| ((*file).into(), (*text).into())).collect();
        let mut desk = Desk::with(records.clone());
        let (packs, policy) = (Packs::new(std::collections::BTreeMap::new(), own), ljmu());
        desk.model.rules = Arc::new(Rules::under(Arc::new(packs), policy, &records));
        match form {
            Some(form) => desk.model.open_form(FormKind::Record(form)),
            None => desk = desk.keys("L"),
        }
        desk
    };
    let letter = |kind: &str| {
        let writing = Writing { student: aisha, kind: kind.into(), meeting: None, letter: None };
        Some(RecordForm::Letter(writing))
    };
    let many = |kind: &str| {
        Some(RecordForm::Letters(Many {
            students: vec![aisha, ben],
            kind: kind.into(),
            meeting: None,
        }))
    };
    pictures("letter", || desk(&[], letter("summary")), "");
    pictures("letter_in_part", || desk(&[], letter("central")), "");
    pictures("letter_refused", || desk(&[], letter("central")), "She said more.‹ctrl-s›");
    let wrong = [("summary.txt", "Subject: x\n\nDear {{ student.frist }},\n")];
    pictures("letter_with_a_wrong_template", || desk(&wrong, letter("summary")), "");
    pictures("letters", || desk(&[], None), "");
    pictures("letters_for_many", || desk(&[], many("invitation")), "");
}

fn ljmu() -> Option<crate::domain::policy::Policy> {
    crate::exchange::policy::builtin("ljmu")
}
