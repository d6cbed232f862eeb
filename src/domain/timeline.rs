//! Everything about one student in one order: future above, past below.

use std::{cmp::Reverse, iter};

use chrono::{NaiveDate, NaiveTime};

use super::{
    access::{Viewer, for_tutors, note_visible_to},
    action::Action,
    change::record_id,
    entity::Entity,
    file::StudentFile,
    meeting::MeetingId,
    note::Note,
    record::{Kind, RecordId},
    records::Records,
};

/// What an entry says about its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The record itself.
    Itself,
    /// The day to ask how a referral went, or to look at a case again.
    FollowUp,
    /// The end of an allocation, a ladder or a case.
    End,
    /// A step of a ladder that is no contact, by its place.
    Step(u8),
    /// A slot of the policy that is open, by its place; no record stands for it.
    Slot(u16),
}

/// One line of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its day; of a nested entry that of its meeting.
    pub on: NaiveDate,
    /// Its wall time, if it has one.
    pub at: Option<NaiveTime>,
    /// Which record: of a meeting the meeting itself, not the attendance.
    pub record: RecordId,
    /// What it says about the record.
    pub aspect: Aspect,
    /// Whether it hangs below the meeting before it.
    pub nested: bool,
}

/// Which entries a timeline shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// Meetings with their notes and actions, and waivers.
    Meetings,
    /// Notes alone.
    Notes,
    /// Actions alone.
    Actions,
    /// Contacts, ladders and letters.
    Contacts,
    /// Referrals, consents and disclosures.
    Referrals,
    /// Concerns and praise.
    Flags,
    /// Decisions about alerts, and cases.
    Decisions,
    /// Allocations and enrolments.
    Course,
}

impl Filter {
    /// What the frame says.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "everything",
            Self::Meetings => "meetings",
            Self::Notes => "notes",
            Self::Actions => "actions",
            Self::Contacts => "contacts and letters",
            Self::Referrals => "referrals and consents",
            Self::Flags => "concerns and praise",
            Self::Decisions => "decisions and cases",
            Self::Course => "allocations and enrolments",
        }
    }

    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Meetings,
            Self::Meetings => Self::Notes,
            Self::Notes => Self::Actions,
            Self::Actions => Self::Contacts,
            Self::Contacts => Self::Referrals,
            Self::Referrals => Self::Flags,
            Self::Flags => Self::Decisions,
            Self::Decisions => Self::Course,
            Self::Course => Self::All,
        }
    }

    /// Whether it shows slots that are open.
    #[must_use]
    pub const fn shows_slots(self) -> bool {
        self.nests()
    }

    const fn shows(self, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Meetings => matches!(kind, Kind::Meeting | Kind::Waiver),
            Self::Notes => matches!(kind, Kind::Note),
            Self::Actions => matches!(kind, Kind::Action),
            Self::Contacts => matches!(kind, Kind::Contact | Kind::Ladder | Kind::Letter),
            Self::Referrals => {
                matches!(kind, Kind::Referral | Kind::Consent | Kind::Disclosure)
            }
            Self::Flags => matches!(kind, Kind::Flag),
            Self::Decisions => matches!(kind, Kind::Decision | Kind::Case),
            Self::Course => matches!(kind, Kind::Allocation | Kind::Enrolment),
        }
    }

    const fn nests(self) -> bool {
        matches!(self, Self::All | Self::Meetings)
    }
}

/// The timeline of a student as the viewer may see it.
#[must_use]
pub fn timeline(
    records: &Records,
    file: &StudentFile,
    viewer: Viewer,
    filter: Filter,
    today: NaiveDate,
) -> Vec<Entry> {
    let mut tops = Vec::new();
    if filter.shows(Kind::Meeting) {
        tops.extend(records.meetings_of(file).map(|(meeting, _)| Entry {
            at: meeting.at,
            ..entry(meeting.on, record_id(meeting.id))
        }));
    }
    let hangs = |meeting: Option<MeetingId>| {
        filter.nests() && meeting.is_some_and(|id| attends(records, file, id))
    };
    if filter.shows(Kind::Note) {
        let alone = notes(file, viewer).filter(|note| !hangs(note.meeting));
        tops.extend(alone.map(|note| entry(note.on, record_id(note.id))));
    }
    if filter.shows(Kind::Action) {
        let alone = file.actions.iter().filter(|action| !hangs(action.meeting));
        tops.extend(alone.map(|action| entry(day_of(action, today), record_id(action.id))));
    }
    let others = plain(file, today).chain(of_policy(file, viewer)).chain(of_alerts(file, viewer));
    tops.extend(others.filter(|entry| filter.shows(entry.record.kind)));
    tops.sort_by_key(|entry| {
        (Reverse((entry.on, entry.at)), entry.record.kind, entry.aspect, entry.record)
    });
    if !filter.nests() {
        return tops;
    }
    let mut all = Vec::with_capacity(tops.len() * 2);
    for top in tops {
        all.push(top);
        if top.record.kind == Kind::Meeting {
            nest(file, viewer, top, &mut all);
        }
    }
    all
}

/// Where the reader starts: the newest entry that is not in the future, else the last.
#[must_use]
pub fn newest_past(entries: &[Entry], today: NaiveDate) -> usize {
    let told = |entry: &Entry| !matches!(entry.aspect, Aspect::Slot(_));
    let past = entries.iter().position(|entry| entry.on <= today && told(entry));
    past.unwrap_or(entries.len().saturating_sub(1))
}

fn attends(records: &Records, file: &StudentFile, meeting: MeetingId) -> bool {
    records.meeting(file, meeting).is_some()
        && file.attendances.iter().any(|attendance| attendance.meeting == meeting)
}

fn notes(file: &StudentFile, viewer: Viewer) -> impl Iterator<Item = &Note> {
    let all = file.notes.iter().map(|held| &held.value);
    all.filter(move |note| note_visible_to(viewer, file, note))
}

fn plain(file: &StudentFile, today: NaiveDate) -> impl Iterator<Item = Entry> {
    let contacts = file.contacts.iter().map(|it| entry(it.on, record_id(it.id)));
    let referrals = file.referrals.iter().map(|it| entry(it.on, record_id(it.id)));
    let open = file.referrals.iter().filter(|it| it.outcome.is_none());
    let follow_ups = open.filter_map(|it| {
        let day = it.follow_up?;
        Some(Entry { aspect: Aspect::FollowUp, ..entry(day, record_id(it.id)) })
    });
    let consents = file.consents.iter().map(|it| entry(it.on, record_id(it.id)));
    let flags = file.flags.iter().map(|it| entry(it.on, record_id(it.id)));
    let begun = file.allocations.iter().map(|it| entry(it.from, record_id(it.id)));
    let ended = file.allocations.iter().filter_map(move |it| {
        let day = it.to.filter(|day| *day < today)?;
        Some(Entry { aspect: Aspect::End, ..entry(day, record_id(it.id)) })
    });
    let enrolments = file.enrolments.iter().map(|it| entry(it.from, record_id(it.id)));
    contacts
        .chain(referrals)
        .chain(follow_ups)
        .chain(consents)
        .chain(flags)
        .chain(begun)
        .chain(ended)
        .chain(enrolments)
}

/// What the policy brought: waivers, ladders with their steps, letters, disclosures.
fn of_policy(file: &StudentFile, viewer: Viewer) -> impl Iterator<Item = Entry> {
    let waivers = file.waivers.iter().map(|it| entry(it.on, record_id(it.id)));
    let ladders = file.ladders.iter().flat_map(|it| {
        let begun = entry(it.started, record_id(it.id));
        let steps = (0..).zip(&it.taken).filter(|(_, taken)| taken.contact.is_none());
        let steps = steps.map(move |(place, taken)| Entry {
            on: taken.on,
            aspect: Aspect::Step(place),
            ..begun
        });
        let end = it.ended.iter();
        let end = end.map(move |ended| Entry { on: ended.on, aspect: Aspect::End, ..begun });
        iter::once(begun).chain(steps).chain(end)
    });
    let letters = file.letters.iter().filter(move |it| for_tutors(viewer, file, it.tutor));
    let letters = letters.map(|it| entry(it.sent.unwrap_or(it.made), record_id(it.id)));
    let told = file.disclosures.iter().filter(move |it| for_tutors(viewer, file, it.tutor));
    let told = told.map(|it| entry(it.on, record_id(it.id)));
    waivers.chain(ladders).chain(letters).chain(told)
}

/// What people decided about alerts, and cases with their next review and their end.
fn of_alerts(file: &StudentFile, viewer: Viewer) -> impl Iterator<Item = Entry> {
    let decided = file.decisions.iter().filter(move |it| for_tutors(viewer, file, it.tutor));
    let decided = decided.map(|it| entry(it.on, record_id(it.id)));
    let cases = file.cases.iter().filter(move |it| for_tutors(viewer, file, it.owner));
    let cases = cases.flat_map(|it| {
        let opened = entry(it.opened, record_id(it.id));
        let review = it.review.filter(|_| it.closed.is_none());
        let review = review.map(|on| Entry { on, aspect: Aspect::FollowUp, ..opened });
        let end = it.closed.map(|on| Entry { on, aspect: Aspect::End, ..opened });
        iter::once(opened).chain(review).chain(end)
    });
    decided.chain(cases)
}

fn nest(file: &StudentFile, viewer: Viewer, top: Entry, all: &mut Vec<Entry>) {
    let belongs = |meeting: Option<MeetingId>| {
        meeting.is_some_and(|meeting| meeting.bytes() == top.record.bytes)
    };
    let below = |record| Entry { record, nested: true, ..top };
    let mut written: Vec<&Note> =
        notes(file, viewer).filter(|note| belongs(note.meeting)).collect();
    written.sort_by_key(|note| (note.part, note.id));
    all.extend(written.into_iter().map(|note| below(record_id(note.id))));
    let mut agreed: Vec<&Action> = file
        .actions
        .iter()
        .map(|held| &held.value)
        .filter(|action| belongs(action.meeting))
        .collect();
    agreed.sort_by_key(|action| (action.due.is_none(), action.due, action.id));
    all.extend(agreed.into_iter().map(|action| below(record_id(action.id))));
}

fn day_of(action: &Action, today: NaiveDate) -> NaiveDate {
    match action.done {
        Some(done) => done,
        None => action.due.unwrap_or(today),
    }
}

fn entry(on: NaiveDate, record: RecordId) -> Entry {
    Entry { on, at: None, record, aspect: Aspect::Itself, nested: false }
}

/// The typed record that an entry speaks of, if it is of this type.
#[must_use]
pub fn of_entry<T: Entity>(entry: &Entry) -> Option<super::id::Id<T>> {
    (entry.record.kind == T::KIND).then(|| super::id::Id::from_bytes(entry.record.bytes))
}

#[cfg(test)]
mod tests;
