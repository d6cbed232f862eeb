//! The forms of drafts by their codes, which stay the same: from a form to its code, and back.

use crate::{
    app::{
        columns::List,
        forms::{
            BulkForm, DecideForm, Deed, LadderForm, RecordForm, TuningForm, Which, Wish,
            group::Register, meeting::Sitting, slot::Filling,
        },
        letters::{Many, Writing},
        model::Model,
    },
    domain::{
        draft::{Draft, Writing as What},
        duty_key::DutyKey,
        flag::FlagKind,
        id::Id,
        ladder::LadderId,
        meeting::MeetingId,
        saved_view::Listed,
        student::StudentId,
        training::Course,
    },
};

/// The fields of a draft that say about which record it is; no field of a form is called so.
const RECORD: &str = "=record";
const MEETING: &str = "=meeting";
const STUDENTS: &str = "=students";
const LETTER: &str = "=letter";
const DUTY: &str = "=duty";
const RULE: &str = "=rule";

/// Fields of a draft: name and raw text.
type Fields = Vec<(String, String)>;

/// Which form it is, in a code that stays the same, about whom, and about which record.
pub(super) fn key(form: &RecordForm) -> (u8, Option<StudentId>, Fields) {
    match form {
        RecordForm::Student(Which::New) => (1, None, Vec::new()),
        RecordForm::Student(Which::Edit(student)) => (1, Some(*student), Vec::new()),
        RecordForm::Tutor(which) => (2, None, id(RECORD, *which)),
        RecordForm::Calendar(which) => (40, None, id(RECORD, *which)),
        RecordForm::Allocation(student) => (3, Some(*student), Vec::new()),
        RecordForm::Meeting(sitting) => {
            (4, Some(sitting.student), id(MEETING, some(sitting.meeting)))
        }
        RecordForm::Group(register) => (5, None, group(&register.students, register.meeting)),
        RecordForm::Contact(student, which) => (6, Some(*student), id(RECORD, *which)),
        RecordForm::Note(student, which, meeting) => {
            let mut fields = id(RECORD, *which);
            fields.extend(id(MEETING, some(*meeting)));
            (7, Some(*student), fields)
        }
        RecordForm::Action(student, which) => (8, Some(*student), id(RECORD, *which)),
        RecordForm::Referral(student, which) => (9, Some(*student), id(RECORD, *which)),
        RecordForm::Consent(student, which) => (10, Some(*student), id(RECORD, *which)),
        RecordForm::Flag(student, kind, which) => {
            (of_flag(*kind), Some(*student), id(RECORD, *which))
        }
        RecordForm::View(listed) => (of_view(*listed), None, Vec::new()),
        RecordForm::Columns(list) => (of_columns(*list), None, Vec::new()),
        RecordForm::Training(_, _, which) => (20, None, id(RECORD, *which)),
        RecordForm::Absence(_, which) => (21, None, id(RECORD, *which)),
        RecordForm::Term(_, which) => (22, None, id(RECORD, *which)),
        RecordForm::DutyDone(_, key, which) => (23, None, [duty(key), id(RECORD, *which)].concat()),
        RecordForm::Waiver(student, key) => (24, Some(*student), duty(key)),
        RecordForm::Slot(Filling::Meeting(student, meeting)) => {
            (25, Some(*student), id(MEETING, Which::Edit(*meeting)))
        }
        RecordForm::Slot(Filling::Slot(student, key)) => (26, Some(*student), duty(key)),
        RecordForm::Share(student) => (30, Some(*student), Vec::new()),
        RecordForm::Ladder(form) => {
            let (code, ladder) = of_ladder(form);
            (code, Some(form.student()), id(RECORD, some(ladder)))
        }
        RecordForm::Decide(what) => {
            let only = if let [only] = what.students.as_slice() { Some(*only) } else { None };
            (of_wish(what.wish), only, group(&what.students, None))
        }
        RecordForm::Bulk(what) => (of_deed(what.deed), None, group(&what.students, None)),
        RecordForm::Tuning(TuningForm::Setting) => (57, None, Vec::new()),
        RecordForm::Tuning(TuningForm::Number(rule)) => {
            (58, None, vec![(RULE.to_owned(), rule.clone())])
        }
        RecordForm::Case(student, which) => (56, Some(*student), id(RECORD, *which)),
        RecordForm::Letter(writing) => {
            let mut fields = id(RECORD, some(writing.letter));
            fields.extend(id(MEETING, some(writing.meeting)));
            fields.push((LETTER.to_owned(), writing.kind.clone()));
            (13, Some(writing.student), fields)
        }
        RecordForm::Letters(many) => {
            let mut fields = group(&many.students, many.meeting);
            fields.push((LETTER.to_owned(), many.kind.clone()));
            (14, None, fields)
        }
    }
}

/// What is done to a ladder, in a code that stays the same, and to which.
const fn of_ladder(form: &LadderForm) -> (u8, Option<LadderId>) {
    match form {
        LadderForm::Start(_) => (31, None),
        LadderForm::Step(_, ladder) => (32, Some(*ladder)),
        LadderForm::End(_, ladder) => (33, Some(*ladder)),
    }
}

/// What is raised, in a code that stays the same.
fn of_flag(kind: FlagKind) -> u8 {
    if kind == FlagKind::Concern { 11 } else { 12 }
}

/// Of which list the columns are, in a code that stays the same.
const fn of_columns(list: List) -> u8 {
    match list {
        List::Tutees => 17,
        List::Triage => 18,
    }
}

/// Of which list a view is, in a code that stays the same.
const fn of_view(listed: Listed) -> u8 {
    match listed {
        Listed::Triage => 15,
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => 16,
    }
}

/// What is done about many, in a code that stays the same.
const fn of_deed(deed: Deed) -> u8 {
    match deed {
        Deed::Contact => 60,
        Deed::Action => 61,
        Deed::Export => 62,
        Deed::Calendar => 63,
    }
}

/// What is decided, in a code that stays the same.
const fn of_wish(wish: Wish) -> u8 {
    match wish {
        Wish::Snooze => 50,
        Wish::Exempt => 51,
        Wish::Wrong => 52,
        Wish::Close => 53,
        Wish::Assign => 54,
        Wish::Escalate => 55,
    }
}

fn id<T>(name: &str, which: Which<Id<T>>) -> Fields {
    match which {
        Which::New => Vec::new(),
        Which::Edit(id) => vec![(name.to_owned(), id.to_string())],
    }
}

fn some<T>(id: Option<Id<T>>) -> Which<Id<T>> {
    id.map_or(Which::New, Which::Edit)
}

fn duty(key: &DutyKey) -> Fields {
    vec![(DUTY.to_owned(), key.text())]
}

fn group(students: &[StudentId], meeting: Option<MeetingId>) -> Fields {
    let mut fields = id(MEETING, some(meeting));
    let students: Vec<String> = students.iter().map(Id::to_string).collect();
    fields.push((STUDENTS.to_owned(), students.join(" ")));
    fields
}

/// The form of a draft; none if its record is gone.
pub(super) fn kind(draft: &Draft, model: &Model) -> Option<RecordForm> {
    let What::Form(code) = draft.writing else { return None };
    match (code, draft.student) {
        (5 | 14 | 50..=55 | 60..=63, _) => of_many(draft, model, code),
        (20..=23, _) => of_tutor(draft, model, code),
        (57, _) => Some(RecordForm::Tuning(TuningForm::Setting)),
        (58, _) => {
            let rule = value(draft, RULE)?.to_owned();
            Some(RecordForm::Tuning(TuningForm::Number(rule)))
        }
        (1, None) => Some(RecordForm::Student(Which::New)),
        (15, None) => Some(RecordForm::View(Listed::Triage)),
        (16, None) => Some(RecordForm::View(Listed::Tutees)),
        (17, None) => Some(RecordForm::Columns(List::Tutees)),
        (18, None) => Some(RecordForm::Columns(List::Triage)),
        (2, None) => {
            let known = |id| model.records.tutor(id).is_some();
            Some(RecordForm::Tutor(which(draft, known)?))
        }
        (40, _) => {
            let known = |id| model.records.calendars().any(|calendar| calendar.id == id);
            Some(RecordForm::Calendar(which(draft, known)?))
        }
        (_, Some(student)) => of_student(draft, model, code, student),
        (_, None) => None,
    }
}

/// The form for many students.
fn of_many(draft: &Draft, model: &Model, code: u8) -> Option<RecordForm> {
    let (today, meeting) = (model.now.today(), draft_id(draft, MEETING));
    let students = value(draft, STUDENTS)?.split(' ').filter_map(Id::parse);
    let known: Vec<StudentId> =
        students.filter(|student| model.records.file(*student).is_some()).collect();
    if code == 14 {
        let kind = value(draft, LETTER)?.to_owned();
        return Some(RecordForm::Letters(Many { students: known, kind, meeting }));
    }
    let wishes =
        [Wish::Snooze, Wish::Exempt, Wish::Wrong, Wish::Close, Wish::Assign, Wish::Escalate];
    if let Some(wish) = wishes.into_iter().find(|wish| of_wish(*wish) == code) {
        let form = RecordForm::Decide(DecideForm { wish, students: known.clone() });
        return (!known.is_empty()).then_some(form);
    }
    let deeds = [Deed::Contact, Deed::Action, Deed::Export, Deed::Calendar];
    if let Some(deed) = deeds.into_iter().find(|deed| of_deed(*deed) == code) {
        let form = RecordForm::Bulk(BulkForm { deed, students: known.clone() });
        return (!known.is_empty() || deed == Deed::Calendar).then_some(form);
    }
    let register = match meeting {
        Some(id) => Register::of(&model.records, id, today)?,
        None => Register::new(known.clone(), today),
    };
    Some(RecordForm::Group(Register { students: known, ..register }))
}

/// The form about one student.
fn of_student(draft: &Draft, model: &Model, code: u8, student: StudentId) -> Option<RecordForm> {
    let file = model.records.file(student)?;
    let meeting = draft_id(draft, MEETING);
    Some(match code {
        1 => RecordForm::Student(Which::Edit(student)),
        3 => RecordForm::Allocation(student),
        4 => {
            if let Some(meeting) = meeting {
                file.find(meeting)?;
            }
            RecordForm::Meeting(Sitting { meeting, ..Sitting::new(student, model.now.today()) })
        }
        6 => RecordForm::Contact(student, which(draft, |id| file.find(id).is_some())?),
        7 => RecordForm::Note(student, which(draft, |id| file.find(id).is_some())?, meeting),
        8 => RecordForm::Action(student, which(draft, |id| file.find(id).is_some())?),
        9 => RecordForm::Referral(student, which(draft, |id| file.find(id).is_some())?),
        10 => RecordForm::Consent(student, which(draft, |id| file.find(id).is_some())?),
        11 | 12 => {
            let kind = if code == 11 { FlagKind::Concern } else { FlagKind::Praise };
            RecordForm::Flag(student, kind, which(draft, |id| file.find(id).is_some())?)
        }
        56 => RecordForm::Case(student, which(draft, |id| file.find(id).is_some())?),
        24 => RecordForm::Waiver(student, duty_of(draft)?),
        25 => RecordForm::Slot(Filling::Meeting(student, meeting?)),
        26 => RecordForm::Slot(Filling::Slot(student, duty_of(draft)?)),
        30 => RecordForm::Share(student),
        31 => RecordForm::Ladder(LadderForm::Start(student)),
        32 | 33 => {
            let ladder = draft_id(draft, RECORD)?;
            file.find(ladder)?;
            RecordForm::Ladder(if code == 32 {
                LadderForm::Step(student, ladder)
            } else {
                LadderForm::End(student, ladder)
            })
        }
        13 => {
            let letter = draft_id(draft, RECORD);
            if let Some(letter) = letter {
                file.find(letter)?;
            }
            let kind = value(draft, LETTER)?.to_owned();
            RecordForm::Letter(Writing { student, kind, meeting, letter })
        }
        _ => return None,
    })
}

/// The form of a duty of a tutor; whose it is stands in a field.
fn of_tutor(draft: &Draft, model: &Model, code: u8) -> Option<RecordForm> {
    let (records, me) = (&model.records, model.records.me()?.id);
    Some(match code {
        20 => {
            let which = which(draft, |id| records.training(id).is_some())?;
            RecordForm::Training(me, Course::Other, which)
        }
        21 => RecordForm::Absence(me, which(draft, |id| records.absence(id).is_some())?),
        22 => RecordForm::Term(me, which(draft, |id| records.role_term(id).is_some())?),
        23 => {
            let duty = duty_of(draft)?;
            let which = which(draft, |id| records.duty_done(id).is_some())?;
            RecordForm::DutyDone(me, duty, which)
        }
        _ => return None,
    })
}

/// A new record, or the one that the draft names if it is still there.
fn which<T>(draft: &Draft, found: impl Fn(Id<T>) -> bool) -> Option<Which<Id<T>>> {
    match draft_id(draft, RECORD) {
        None => Some(Which::New),
        Some(id) => found(id).then_some(Which::Edit(id)),
    }
}

fn value<'a>(draft: &'a Draft, name: &str) -> Option<&'a str> {
    draft.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn duty_of(draft: &Draft) -> Option<DutyKey> {
    value(draft, DUTY).and_then(DutyKey::parse)
}

fn draft_id<T>(draft: &Draft, name: &str) -> Option<Id<T>> {
    value(draft, name).and_then(Id::parse)
}
