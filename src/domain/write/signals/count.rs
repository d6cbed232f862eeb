//! How much an import adds, for a person to read before agreeing.

use super::Counts;
use crate::domain::{
    engagement::Engagement,
    signal::{Activity, Attendance, Entry, Session, Work},
};

impl Counts {
    /// Counts what is in one and was not in the other.
    pub(super) fn add(&mut self, before: Option<&Engagement>, after: &Engagement) {
        let days = |it: &Engagement| it.kept.activity().as_ref().map_or(0, active_days);
        self.days += days(after).saturating_sub(before.map_or(0, days));
        self.sessions += new_sessions(before, after);
        let (handed, marked) = new_work(before, after);
        self.submissions += handed;
        self.marks += marked;
        let bands = |it: &Engagement| it.kept.ratings().map_or(0, |it| count(it.bands().len()));
        self.ratings += bands(after).saturating_sub(before.map_or(0, bands));
    }

    /// In words: `3 active days, 1 mark`; nothing of what is none.
    #[must_use]
    pub fn words(self) -> String {
        let all = [
            (self.days, "active day", "active days"),
            (self.sessions, "session", "sessions"),
            (self.submissions, "submission", "submissions"),
            (self.marks, "mark", "marks"),
            (self.ratings, "rating", "ratings"),
            (self.pieces, "piece of work", "pieces of work"),
        ];
        let some = all.into_iter().filter(|(count, ..)| *count > 0);
        let told = some
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
        told.collect::<Vec<String>>().join(", ")
    }
}

fn active_days(activity: &Activity) -> u32 {
    activity.weeks().1.iter().map(|days| days.count_ones()).sum()
}

/// Sessions that are new, or at which somebody was otherwise than known.
fn new_sessions(before: Option<&Engagement>, after: &Engagement) -> u32 {
    let sessions = |it: &Engagement| -> Vec<Session> {
        it.kept.attendance().iter().flat_map(Attendance::sessions).collect()
    };
    let known = before.map(sessions).unwrap_or_default();
    let same = |one: &Session, other: &Session| {
        (one.day, one.key, one.presence) == (other.day, other.key, other.presence)
    };
    let is_new = |session: &&Session| {
        let place = known.binary_search_by_key(&(session.day, session.key), |it| (it.day, it.key));
        !place.ok().and_then(|at| known.get(at)).is_some_and(|it| same(it, session))
    };
    let now = sessions(after);
    count(now.iter().filter(is_new).count())
}

/// Pieces that are newly handed in, and marks that are new or another.
fn new_work(before: Option<&Engagement>, after: &Engagement) -> (u32, u32) {
    let (known, now) = (before.and_then(|it| it.kept.work()), after.kept.work());
    let [known, now] = [&known, &now].map(|it| it.as_ref().map_or(&[][..], Work::entries));
    let held = |entry: &Entry| {
        let place = known.binary_search_by_key(&entry.piece, |it| it.piece);
        place.ok().and_then(|at| known.get(at))
    };
    let mark = |entry: &Entry| entry.mark.map(|marked| marked.mark);
    let handed = now.iter().filter(|entry| {
        entry.handed.is_some() && held(entry).is_none_or(|held| held.handed.is_none())
    });
    let marked = now
        .iter()
        .filter(|entry| entry.mark.is_some() && held(entry).and_then(mark) != mark(entry));
    (count(handed.count()), count(marked.count()))
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_told_in_words_and_what_is_none_is_not() {
        let counts = Counts { days: 12, marks: 1, pieces: 2, ..Counts::default() };
        assert_eq!(counts.words(), "12 active days, 1 mark, 2 pieces of work");
        assert_eq!(Counts::default().words(), "");
    }
}
