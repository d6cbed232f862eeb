//! The words that systems have for whether somebody came, and how the sessions of a day are told apart.

use chrono::{NaiveTime, Timelike};

use crate::{
    domain::signal::Presence,
    exchange::{cell, headers},
};

/// What a cell about somebody's coming says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Whether they came.
    Was(Presence),
    /// Nothing yet: the register was not taken, or the session did not take place.
    Nothing,
}

/// Reads a status; none where the word is not known.
pub(super) fn status(text: &str) -> Option<Said> {
    let text = text.trim();
    if cell::is_no_value(text) || text == "?" {
        return Some(Said::Nothing);
    }
    if matches!(text, "✓" | "✔" | "/" | "\\") {
        return Some(Said::Was(Presence::Present));
    }
    let word = headers::plain(text);
    let known = WORDS.iter().find(|(_, words)| words.split(' ').any(|known| known == word));
    known.map(|(said, _)| *said)
}

/// Words as [`headers::plain`] leaves them. `O` is not here: it is online to some and an absence to others.
#[rustfmt::skip]
const WORDS: &[(Said, &str)] = &[
    (Said::Was(Presence::Present), "present p pr attended attend yes y 1 true here checkedin checkin inperson online \
        virtual remote onlinepresent presentonline present100 swiped scanned registered auto manual presentmanual \
        manualpresent earlyleaver leftearly"),
    (Said::Was(Presence::Late), "late l lt arrivedlate latearrival presentlate latepresent attendedlate partial \
        partiallyattended"),
    (Said::Was(Presence::Absent), "absent a ab no n 0 false missed didnotattend notattended notattend dna noshow absence \
        unauthorised unauthorized unauthorisedabsence unauthorizedabsence unauthorisedabsent absentunauthorised ua un \
        unexplained unexplainedabsence unexcused absentwithoutnotice withoutnotice notpresent nonattendance awol"),
    (Said::Was(Presence::Authorised), "authorised authorized authorisedabsence authorizedabsence authorisedabsent \
        absentauthorised auth aa excused excusedabsence e ex exempt exempted explained explainedabsence approved \
        approvedabsence absenceapproved notified notifiedabsence absentwithnotice sick sickness ill illness medical \
        leave leaveofabsence religious placement mitigated acceptable acceptableabsence notrequired noneedtoattend"),
    (Said::Nothing, "notrecorded notmarked unmarked notyetmarked notset notstarted pending scheduled planned future \
        open cancelled canceled sessioncancelled postponed noregister noregistertaken registernottaken notaken nottaken \
        noclass closed holiday unknown"),
];

/// Which session of its day: the minute when it began, else a number made from its name that no minute has.
pub(super) fn key(time: Option<NaiveTime>, event: &str) -> u16 {
    const MINUTES: u32 = 1_440;
    let number = match time {
        Some(time) => time.hour() * 60 + time.minute(),
        None if event.is_empty() => return 0,
        None => {
            let name = headers::plain(event);
            let hash = name.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            });
            MINUTES + hash % (u32::from(u16::MAX) - MINUTES)
        }
    };
    u16::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_registers_are_known() {
        for (text, said) in [
            ("Present", Some(Said::Was(Presence::Present))),
            (" checked-in ", Some(Said::Was(Presence::Present))),
            ("✓", Some(Said::Was(Presence::Present))),
            ("Late arrival", Some(Said::Was(Presence::Late))),
            ("ABSENT", Some(Said::Was(Presence::Absent))),
            ("Absent (unauthorised)", Some(Said::Was(Presence::Absent))),
            ("Absent - Authorised", Some(Said::Was(Presence::Authorised))),
            ("Authorized absence", Some(Said::Was(Presence::Authorised))),
            ("", Some(Said::Nothing)),
            ("Cancelled", Some(Said::Nothing)),
            ("Not recorded", Some(Said::Nothing)),
            ("Enrolled", None),
            ("O", None),
            ("Q", None),
        ] {
            assert_eq!(status(text), said, "{text}");
        }
    }

    #[test]
    fn no_word_is_said_twice() {
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.split(' ')).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn sessions_of_a_day_are_told_apart_by_time_else_by_name() {
        assert_eq!(key(NaiveTime::from_hms_opt(10, 5, 0), "Lecture"), 605);
        assert!(key(None, "Lecture 1") > 1_439);
        assert_ne!(key(None, "Lecture 1"), key(None, "Lecture 2"));
        assert_eq!(key(None, "lecture-1"), key(None, "Lecture 1"));
        assert_eq!(key(None, ""), 0);
    }
}
