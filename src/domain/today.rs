//! What today holds for who works here, in counts: meetings with the first name of who is next, and actions that are due.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::{
    meeting::{MeetingId, Outcome, With},
    records::Records,
    time::Now,
};

/// What today holds.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Today {
    /// How many meetings are planned.
    pub meetings: usize,
    /// When the next of them is, and the first name of who comes; empty for a group.
    pub next: Option<(NaiveTime, String)>,
    /// How many actions with one's tutees are due today, or have been.
    pub due: usize,
}

impl Today {
    /// What this day holds; nothing where nobody works.
    #[must_use]
    pub fn of(records: &Records, now: Now) -> Self {
        let Some(me) = records.me() else { return Self::default() };
        let (today, time) = (now.today(), now.local.time());
        let (mut planned, mut found) = (BTreeSet::<MeetingId>::new(), Self::default());
        for file in records.files() {
            for attendance in file.attendances.iter().filter(|it| it.outcome == Outcome::Planned) {
                let Some(meeting) = records.meeting(file, attendance.meeting) else { continue };
                if meeting.on != today || meeting.tutor != me.id || !planned.insert(meeting.id) {
                    continue;
                }
                let earlier =
                    |at: &NaiveTime| found.next.as_ref().is_none_or(|(next, _)| at < next);
                if let Some(at) = meeting.at.filter(|at| *at >= time).filter(earlier) {
                    let alone = matches!(meeting.with, With::OneToOne(_));
                    let name = if alone { file.student.name.first() } else { "" };
                    found.next = Some((at, name.to_owned()));
                }
            }
            if file.is_tutee_of(me.id, today) {
                let due = |due: chrono::NaiveDate| due <= today;
                let open = |it: &&super::file::Held<super::action::Action>| {
                    it.done.is_none() && it.due.is_some_and(due)
                };
                found.due += file.actions.iter().filter(open).count();
            }
        }
        found.meetings = planned.len();
        found
    }

    /// One line of it, with how many alerts are new; none where there is nothing to tell.
    #[must_use]
    pub fn words(&self, alerts: usize) -> Option<String> {
        let count = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            many => Some(format!("{many} {one}s")),
        };
        let next = self.next.as_ref().map(|(at, name)| {
            let name = if name.is_empty() { "group" } else { name };
            format!(" ({} {name})", at.format("%H:%M"))
        });
        let meetings = count(self.meetings, "meeting").map(|it| it + &next.unwrap_or_default());
        let due = count(self.due, "action").map(|it| it + " due");
        let new = count(alerts, "new alert");
        let all: Vec<String> = [meetings, due, new].into_iter().flatten().collect();
        (!all.is_empty()).then(|| format!("today: {}", all.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_only_what_there_is() {
        let none = Today::default();
        assert_eq!(none.words(0), None);
        assert_eq!(none.words(1).unwrap(), "today: 1 new alert");
        let next = NaiveTime::from_hms_opt(15, 0, 0).map(|at| (at, "Aisha".to_owned()));
        let full = Today { meetings: 2, next, due: 3 };
        let said = full.words(4).unwrap();
        assert_eq!(said, "today: 2 meetings (15:00 Aisha), 3 actions due, 4 new alerts");
    }
}
