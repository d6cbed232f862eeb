//! Two academic years of meetings of one student, with what was written and agreed.

use chrono::NaiveDate;

use super::{Scale, phrases::LONG_NOTE, scribe::Scribe, sketch::Story, year};
use crate::domain::{
    action::{Action, Owner},
    meeting::{Attendance, Meeting, MeetingId, Mode, Outcome, With},
    note::{Confidentiality, Note, NotePart},
    student,
};

/// In which weeks before this one the meetings are, the newest left out.
const WEEKS_NEW: [i64; 4] = [3, 5, 7, 9];
const WEEKS_LATER: [i64; 7] = [4, 8, 29, 37, 41, 51, 58];

/// Writes meetings, attendances, notes and actions.
pub(super) fn write(scribe: &mut Scribe) {
    groups(scribe);
    let days = past_days(scribe);
    let mut notes = scribe.quota.saturating_sub(days.len() + 1);
    for (age, day) in days.into_iter().enumerate() {
        let outcome = outcome(scribe, age, day);
        let meeting = meet(scribe, day, outcome);
        if outcome == Outcome::Held && scribe.last_held.is_none() {
            scribe.last_held = Some(meeting.clone());
        }
        if notes > 0 && outcome != Outcome::Planned {
            notes -= 1;
            note(scribe, &meeting, outcome);
        }
    }
    plan(scribe);
}

fn groups(scribe: &mut Scribe) {
    let began = scribe.demo.year.start(scribe.sketch.years_here.into());
    let today = scribe.today();
    let until = if scribe.sketch.is(Story::Unmet) { today } else { NaiveDate::MAX };
    for (meeting, day) in scribe.desk.groups().filter(|(_, day)| (began..until).contains(day)) {
        let outcome = match scribe.dice.below(100) {
            _ if day > today => Outcome::Planned,
            0..85 => Outcome::Held,
            85..92 => Outcome::MissedWithNotice,
            _ => Outcome::Missed,
        };
        attend(scribe, meeting, outcome);
    }
}

fn attend(scribe: &mut Scribe, meeting: MeetingId, outcome: Outcome) {
    let (id, student) = (scribe.dice.id(), scribe.student.id);
    scribe.put(Attendance { id, meeting, student, outcome });
}

/// The days of past meetings, the newest first. A tutee has the same weekday and time every time.
fn past_days(scribe: &Scribe) -> Vec<NaiveDate> {
    let year = &scribe.demo.year;
    let weekday = u32::try_from(scribe.ordinal % 5).unwrap_or_default();
    let usual = 1 + i64::try_from(scribe.ordinal % 3).unwrap_or_default() / 2;
    let newest = if scribe.ordinal.is_multiple_of(4) || scribe.sketch.is(Story::Unrecorded) {
        year.ago(1 + i64::try_from(scribe.ordinal % 3).unwrap_or_default())
    } else {
        year.day(usual, weekday)
    };
    let weeks: &[i64] = if scribe.sketch.years_here == 0 { &WEEKS_NEW } else { &WEEKS_LATER };
    let earlier = weeks.iter().map(|weeks| year.day(*weeks, weekday));
    std::iter::once(newest).chain(earlier).collect()
}

fn outcome(scribe: &mut Scribe, age: usize, day: NaiveDate) -> Outcome {
    let sketch = &scribe.sketch;
    let chance = scribe.dice.below(100);
    if sketch.is(Story::Unmet) && scribe.demo.year.holds(day) {
        return if age.is_multiple_of(2) { Outcome::Missed } else { Outcome::MissedWithNotice };
    }
    match age {
        0 if sketch.is(Story::Unrecorded) => Outcome::Planned,
        0 if sketch.is(Story::Missed) => Outcome::Missed,
        0 if sketch.is(Story::Notice) => Outcome::MissedWithNotice,
        0 | 1 => Outcome::Held,
        _ => match chance {
            0..86 => Outcome::Held,
            86..93 => Outcome::Missed,
            93..98 => Outcome::MissedWithNotice,
            98 => Outcome::Cancelled,
            _ => Outcome::Rescheduled,
        },
    }
}

fn meet(scribe: &mut Scribe, day: NaiveDate, outcome: Outcome) -> Meeting {
    let phrases = &scribe.demo.phrases;
    let dice = &mut scribe.dice;
    let away = scribe.sketch.mode == student::Mode::DistanceLearning
        || scribe.sketch.status != student::Status::Enrolled;
    let mode = match dice.below(10) {
        9 => Mode::Phone,
        7..9 => Mode::Online,
        _ if away && scribe.demo.year.holds(day) => Mode::Online,
        _ => Mode::InPerson,
    };
    let row = u32::try_from(scribe.ordinal / 5).unwrap_or_default();
    let minutes = dice.pick(&[20, 25, 30, 30, 30, 45]).copied().unwrap_or(30);
    let place = match mode {
        Mode::InPerson => dice.text(phrases.all("place")),
        Mode::Online => dice.text(phrases.all("link")),
        Mode::Phone => "",
    };
    let focus = match dice.text(phrases.all("focus")) {
        _ if outcome == Outcome::Planned => "Progress review",
        "Dissertation topic" | "Placement search" if scribe.sketch.stage == 1 => "Settling in",
        other => other,
    };
    let meeting = Meeting {
        id: dice.id(),
        with: With::OneToOne(scribe.student.id),
        on: day,
        at: year::time(9 + row, if scribe.ordinal.is_multiple_of(2) { 0 } else { 30 }),
        minutes,
        mode,
        place: place.into(),
        focus: focus.into(),
        tutor: scribe.tutor(day),
    };
    scribe.put(meeting.clone());
    attend(scribe, meeting.id, outcome);
    meeting
}

/// One meeting still to come; a student who is not met has missed one more instead.
fn plan(scribe: &mut Scribe) {
    let year = &scribe.demo.year;
    let weekday = u32::try_from(scribe.ordinal % 5).unwrap_or_default();
    if scribe.sketch.is(Story::Unmet) {
        let (before, ahead) = (year.day(6, weekday), year.day(-1, weekday));
        meet(scribe, before, Outcome::Missed);
        if scribe.sketch.is(Story::Invited) {
            meet(scribe, ahead, Outcome::Planned);
        }
        return;
    }
    let weeks = 1 + i64::try_from(scribe.ordinal % 3).unwrap_or_default();
    let day = if scribe.sketch.is(Story::Soon) {
        year.ago(-i64::from(scribe.ordinal.is_multiple_of(2)))
    } else {
        year.day(-weeks, weekday)
    };
    meet(scribe, day, Outcome::Planned);
}

fn note(scribe: &mut Scribe, meeting: &Meeting, outcome: Outcome) {
    let is_newest = scribe.last_held.as_ref().is_some_and(|last| last.id == meeting.id);
    let part = if outcome == Outcome::Held { NotePart::Discussion } else { NotePart::Engagement };
    let confidentiality = confidentiality(scribe, meeting, is_newest, outcome);
    let text = match (outcome, confidentiality) {
        (_, Confidentiality::FactOnly) => String::new(),
        (Outcome::Held, _) if is_newest && scribe.sketch.is(Story::LongNote) => {
            let due = year::shift(scribe.today(), 9);
            filled(scribe, LONG_NOTE, &due.format("%-d %b").to_string())
        }
        (Outcome::Held, _) => discussion(scribe, meeting),
        (Outcome::MissedWithNotice | Outcome::Cancelled | Outcome::Rescheduled, _) => {
            phrase(scribe, "notice")
        }
        (Outcome::Missed | Outcome::Planned, _) => phrase(scribe, "absent"),
    };
    let (id, student) = (scribe.dice.id(), scribe.student.id);
    let (on, author) = (meeting.on, meeting.tutor);
    let meeting = Some(meeting.id);
    scribe.put(Note { id, student, on, meeting, part, confidentiality, text, author });
}

fn confidentiality(
    scribe: &mut Scribe,
    meeting: &Meeting,
    is_newest: bool,
    outcome: Outcome,
) -> Confidentiality {
    let sketch = &scribe.sketch;
    let own = meeting.tutor == scribe.desk.tutor.id;
    match scribe.dice.below(100) {
        _ if outcome != Outcome::Held => Confidentiality::TutorAndSenior,
        _ if is_newest && sketch.is(Story::FactOnly) => Confidentiality::FactOnly,
        _ if is_newest && sketch.is(Story::Shared) => Confidentiality::Shared,
        _ if is_newest => Confidentiality::TutorAndSenior,
        0..25 => Confidentiality::Shared,
        25..32 => Confidentiality::FactOnly,
        32..36 if own => Confidentiality::Restricted,
        _ => Confidentiality::TutorAndSenior,
    }
}

/// What was discussed and advised, ended by the actions that become records.
fn discussion(scribe: &mut Scribe, meeting: &Meeting) -> String {
    let small = scribe.demo.scale == Scale::Tutor;
    let mut text = String::from("## Discussed\n");
    for _ in 0..if small { 2 + scribe.dice.below(3) } else { 2 } {
        point(scribe, "discussed", &mut text);
    }
    text.push_str("\n## Advice\n");
    for _ in 0..if small { 1 + scribe.dice.below(2) } else { 1 } {
        point(scribe, "advice", &mut text);
    }
    if small && scribe.dice.chance(30) {
        text.push('\n');
        text.push_str(&phrase(scribe, "also"));
        text.push('\n');
    }
    if scribe.dice.chance(if small { 80 } else { 35 }) {
        text.push('\n');
        agree(scribe, meeting, Owner::Student, &mut text);
        if scribe.dice.chance(25) {
            agree(scribe, meeting, Owner::Tutor, &mut text);
        }
    }
    text
}

/// Adds a point that is not there yet.
fn point(scribe: &mut Scribe, heading: &str, text: &mut String) {
    let line = phrase(scribe, heading);
    if !text.contains(&line) {
        text.push_str("- ");
        text.push_str(&line);
        text.push('\n');
    }
}

/// Adds an action to the text and to the records. What was due by today has been done.
fn agree(scribe: &mut Scribe, meeting: &Meeting, owner: Owner, text: &mut String) {
    let today = scribe.today();
    let due = year::shift(meeting.on, 7 + i64::from(scribe.dice.below(15)));
    let (who, what) = match owner {
        Owner::Student => (scribe.student.name.first().to_owned(), phrase(scribe, "student")),
        Owner::Tutor => ("me".to_owned(), phrase(scribe, "tutor")),
    };
    if text.contains(&what) {
        return;
    }
    text.extend(["- [ ] ", &who, ": ", &what, " by ", &due.format("%-d %b").to_string(), "\n"]);
    let early = i64::from(scribe.dice.below(5));
    let action = Action {
        id: scribe.dice.id(),
        student: scribe.student.id,
        owner,
        what,
        due: Some(due),
        done: (due <= today).then(|| year::shift(due, -early)),
        meeting: Some(meeting.id),
        author: meeting.tutor,
    };
    scribe.put(action);
}

/// One of the phrases under a heading, with its gaps filled.
pub(super) fn phrase(scribe: &mut Scribe, heading: &str) -> String {
    let line = scribe.dice.text(scribe.demo.phrases.all(heading));
    filled(scribe, line, "")
}

fn filled(scribe: &mut Scribe, text: &'static str, day: &str) -> String {
    let school = scribe.demo.schools.get(scribe.sketch.school);
    let module = scribe.dice.text(school.map_or(&[], |school| &school.modules));
    text.replace("{first}", scribe.student.name.first())
        .replace("{module}", module)
        .replace("{day}", day)
}
