//! Sessions in mostly three bytes each: a university has ten million of them.

use serde::{Deserialize, Serialize};

use super::{EvidenceDay, Presence, Session};

/// Sessions one after the other: a byte of marks, where they are asked for the day and the day of the file, then the key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Session>", into = "Vec<Session>")]
pub(super) struct Packed(Box<[u8]>);

/// The bits of the presence.
const PRESENCE: u8 = 0b11;
/// A compulsory tutorial.
const COMPULSORY: u8 = 1 << 2;
/// Another file than that of the session before says so: its day follows.
const READ: u8 = 1 << 3;
/// Above these bits stand the days since the session before.
const DAYS: u32 = 4;
/// Instead of so many days the day itself follows.
const FAR: u8 = 0b1111;

impl Packed {
    /// The sessions, in their order.
    pub(super) const fn iter(&self) -> Sessions<'_> {
        Sessions { left: &self.0, day: EvidenceDay(0), read: EvidenceDay(0) }
    }
}

impl From<Vec<Session>> for Packed {
    fn from(sessions: Vec<Session>) -> Self {
        let mut bytes = Vec::with_capacity(3 * sessions.len() + 4);
        let (mut day, mut read) = (EvidenceDay(0), EvidenceDay(0));
        for it in sessions {
            let days = it.day.0.checked_sub(day.0).and_then(|days| u8::try_from(days).ok());
            let days = days.filter(|days| *days < FAR).unwrap_or(FAR);
            let marks = [(it.compulsory, COMPULSORY), (it.read != read, READ)];
            let marks = marks.iter().filter(|(is, _)| *is).fold(0, |marks, (_, mark)| marks | mark);
            bytes.push(code(it.presence) | marks | days << DAYS);
            if days == FAR {
                bytes.extend(it.day.0.to_le_bytes());
            }
            if it.read != read {
                bytes.extend(it.read.0.to_le_bytes());
            }
            bytes.extend(it.key.to_le_bytes());
            (day, read) = (it.day, it.read);
        }
        Self(bytes.into())
    }
}

impl From<Packed> for Vec<Session> {
    fn from(packed: Packed) -> Self {
        packed.iter().collect()
    }
}

/// The sessions that are left.
pub(super) struct Sessions<'a> {
    left: &'a [u8],
    day: EvidenceDay,
    read: EvidenceDay,
}

impl Sessions<'_> {
    fn two(&mut self) -> Option<[u8; 2]> {
        let (two, left) = self.left.split_first_chunk()?;
        self.left = left;
        Some(*two)
    }
}

impl Iterator for Sessions<'_> {
    type Item = Session;

    fn next(&mut self) -> Option<Session> {
        let (head, left) = self.left.split_first()?;
        self.left = left;
        self.day = match head >> DAYS {
            FAR => EvidenceDay(i16::from_le_bytes(self.two()?)),
            days => self.day.plus(days.into()),
        };
        if head & READ != 0 {
            self.read = EvidenceDay(i16::from_le_bytes(self.two()?));
        }
        Some(Session {
            day: self.day,
            key: u16::from_le_bytes(self.two()?),
            presence: presence(head & PRESENCE),
            compulsory: head & COMPULSORY != 0,
            read: self.read,
        })
    }
}

const fn code(presence: Presence) -> u8 {
    match presence {
        Presence::Absent => 0,
        Presence::Late => 1,
        Presence::Present => 2,
        Presence::Authorised => 3,
    }
}

const fn presence(code: u8) -> Presence {
    match code {
        0 => Presence::Absent,
        1 => Presence::Late,
        2 => Presence::Present,
        _ => Presence::Authorised,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sessions_come_back_as_they_were_in_whatever_order(
            all in prop::collection::vec(
                (prop_oneof![any::<i16>(), 0_i16..40], any::<u16>(), 0_u8..4, any::<bool>(), any::<i16>()),
                0..20,
            ),
        ) {
            let sessions: Vec<Session> = all
                .into_iter()
                .map(|(day, key, code, compulsory, read)| Session {
                    day: EvidenceDay(day),
                    key,
                    presence: presence(code),
                    compulsory,
                    read: EvidenceDay(read),
                })
                .collect();
            let packed = Packed::from(sessions.clone());
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), sessions);
        }
    }

    #[test]
    fn a_week_of_one_file_takes_three_bytes_a_session() {
        let on = |day| Session {
            day: EvidenceDay(day),
            key: 600,
            presence: Presence::Present,
            compulsory: false,
            read: EvidenceDay(0),
        };
        assert_eq!(Packed::from(vec![on(0), on(1), on(7)]).0.len(), 9);
    }
}
