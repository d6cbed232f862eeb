//! Obligations that follow from something: a letter for each allocation or meeting, an outcome for each.

use chrono::{Days, NaiveDate};

use super::{
    By, Obligation, Part, Status,
    judge::Case,
    seen::{Seen, State},
};
use crate::domain::{
    calendar::Span,
    file::Held,
    letter::{Letter, LetterId},
    policy::{Duty, Per},
    tutor::Allocation,
};

/// A letter may go out so many days before the allocation that it tells of begins.
const AHEAD: u64 = 42;

impl Case<'_> {
    /// The letters of a kind that a duty asks for.
    pub(super) fn letters(
        &self,
        all: &mut Vec<Obligation>,
        (place, duty): (usize, &Duty),
        meetings: &[Seen<'_>],
        (kind, per, days): (&str, Per, Option<u16>),
    ) {
        let windows = self.year.windows(place, duty, self.subject.entry());
        let sent = |letter: &Held<Letter>| {
            letter.kind == kind && letter.sent.is_some_and(|sent| sent <= self.today)
        };
        match per {
            Per::Year => {
                for (part, window) in windows {
                    let mut one = self.make((place, duty), part, Ok(window));
                    let within = |letter: &&Held<Letter>| {
                        sent(letter) && letter.sent.is_some_and(|sent| self.year.span().holds(sent))
                    };
                    meet(&mut one.obligation, self.first(within));
                    all.push(one.done());
                }
            }
            Per::Allocation | Per::Change => {
                let ordered = self.allocations();
                let (first, later) = ordered.split_at(ordered.len().min(1));
                let asked = if per == Per::Allocation { first } else { later };
                for allocation in asked {
                    let Some(window) = self.told(allocation, duty, (&windows, days)) else {
                        continue;
                    };
                    let next =
                        ordered.iter().map(|it| it.from).find(|from| allocation.from < *from);
                    let belongs =
                        |day| since(allocation.from, day) && next.is_none_or(|next| day < next);
                    let counts =
                        |letter: &&Held<Letter>| sent(letter) && letter.sent.is_some_and(belongs);
                    let mut one =
                        self.make((place, duty), Part::Allocation(allocation.id), Ok(window));
                    meet(&mut one.obligation, self.first(counts));
                    all.push(one.done());
                }
            }
            Per::Meeting => {
                for seen in meetings.iter().filter(|seen| seen.state == State::Held) {
                    let Some(window) = following(&windows, seen.on, days) else { continue };
                    let tells =
                        |letter: &&Held<Letter>| sent(letter) && letter.meeting == Some(seen.id);
                    let mut one = self.make((place, duty), Part::Meeting(seen.id), Ok(window));
                    meet(&mut one.obligation, self.first(tells));
                    all.push(one.done());
                }
            }
        }
    }

    /// What came of each meeting whose day has come.
    pub(super) fn outcomes(
        &self,
        all: &mut Vec<Obligation>,
        (place, duty): (usize, &Duty),
        meetings: &[Seen<'_>],
        days: u16,
    ) {
        let windows = self.year.windows(place, duty, self.subject.entry());
        for seen in meetings.iter().filter(|seen| seen.on <= self.today) {
            let Some(window) = following(&windows, seen.on, Some(days)) else { continue };
            let mut one = self.make((place, duty), Part::Meeting(seen.id), Ok(window));
            if one.obligation.status.is_open() && matches!(seen.state, State::Held | State::Not) {
                one.obligation.status = Status::Met(By::Meeting(seen.id));
            }
            all.push(one.done());
        }
    }

    fn first(&self, counts: impl Fn(&&Held<Letter>) -> bool) -> Option<LetterId> {
        let letters = self.file.letters.iter().filter(counts);
        letters.min_by_key(|letter| (letter.sent, letter.id)).map(|letter| letter.id)
    }

    /// When somebody is to be told of an allocation that begins in this year; one before the student's
    /// first day counts from that day. Without a number of days it is the end of the window, and for
    /// what begins after it the days of a late arrival.
    fn told(
        &self,
        allocation: &Allocation,
        duty: &Duty,
        (windows, days): (&[(Part, Span)], Option<u16>),
    ) -> Option<Span> {
        let here = self.subject.entry().map_or(allocation.from, |day| day.max(allocation.from));
        if !self.year.span().holds(here) {
            return None;
        }
        let after = |days: u16| here.checked_add_days(Days::new(days.into()));
        if let Some(days) = days {
            return Span::new(allocation.from, after(days)?);
        }
        let own = windows.iter().find(|(_, window)| here <= window.to).map(|(_, window)| *window);
        own.or_else(|| Span::new(allocation.from, after(duty.late_days.unwrap_or_default())?))
    }

    fn allocations(&self) -> Vec<&Allocation> {
        let mut all: Vec<&Allocation> = self.file.allocations.iter().map(|it| &it.value).collect();
        all.sort_by_key(|it| (it.from, it.id));
        all
    }
}

fn meet(obligation: &mut Obligation, letter: Option<LetterId>) {
    if let (true, Some(letter)) = (obligation.status.is_open(), letter) {
        obligation.status = Status::Met(By::Letter(letter));
    }
}

/// The days after something that happened in one of the windows; to the end of that window where no
/// number is given.
fn following(windows: &[(Part, Span)], on: NaiveDate, days: Option<u16>) -> Option<Span> {
    let (_, window) = windows.iter().find(|(_, window)| window.holds(on))?;
    let to = days.map_or(Some(window.to), |days| on.checked_add_days(Days::new(days.into())))?;
    Span::new(on, to)
}

fn since(from: NaiveDate, sent: NaiveDate) -> bool {
    from <= sent.checked_add_days(Days::new(AHEAD)).unwrap_or(sent)
}
