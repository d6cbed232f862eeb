//! Sessions in mostly two bytes each: a university has ten million of them.

use serde::{Deserialize, Serialize};

use super::{EvidenceDay, Presence, Session};

/// First how many keys there are and which, then sessions one after the other: a byte of marks, where they are asked for the
/// day and the day of the file, then the place of the key among them.
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
/// Instead of this place the key itself follows.
const RARE: u8 = u8::MAX;

impl Packed {
    /// The sessions, in their order.
    pub(super) fn iter(&self) -> Sessions<'_> {
        sessions(&self.0)
    }

    /// All bytes.
    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The sessions with these bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

/// The sessions in bytes that stay where they are.
pub(super) fn sessions(bytes: &[u8]) -> Sessions<'_> {
    let (keys, left) = match bytes.split_first() {
        Some((count, rest)) => rest.split_at_checked(2 * usize::from(*count)),
        None => None,
    }
    .unwrap_or_default();
    Sessions { keys, left, day: EvidenceDay(0), read: EvidenceDay(0) }
}

impl From<Vec<Session>> for Packed {
    fn from(sessions: Vec<Session>) -> Self {
        if sessions.is_empty() {
            return Self::default();
        }
        let mut keys: Vec<u16> = Vec::new();
        for it in &sessions {
            if keys.len() < RARE.into() && !keys.contains(&it.key) {
                keys.push(it.key);
            }
        }
        let mut bytes = Vec::with_capacity(2 * (keys.len() + sessions.len()) + 5);
        bytes.push(u8::try_from(keys.len()).unwrap_or(RARE));
        bytes.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
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
            let place = keys.iter().position(|key| *key == it.key);
            let place = place.and_then(|place| u8::try_from(place).ok()).unwrap_or(RARE);
            bytes.push(place);
            if place == RARE {
                bytes.extend(it.key.to_le_bytes());
            }
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
    keys: &'a [u8],
    left: &'a [u8],
    day: EvidenceDay,
    read: EvidenceDay,
}

impl Sessions<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, left) = self.left.split_first()?;
        self.left = left;
        Some(*byte)
    }

    fn key(&mut self) -> Option<u16> {
        let key = match self.byte()? {
            RARE => self.two()?,
            place => *self.keys.get(2 * usize::from(place)..)?.first_chunk()?,
        };
        Some(u16::from_le_bytes(key))
    }

    fn two(&mut self) -> Option<[u8; 2]> {
        let (two, left) = self.left.split_first_chunk()?;
        self.left = left;
        Some(*two)
    }
}

impl Iterator for Sessions<'_> {
    type Item = Session;

    fn next(&mut self) -> Option<Session> {
        let head = self.byte()?;
        self.day = match head >> DAYS {
            FAR => EvidenceDay(i16::from_le_bytes(self.two()?)),
            days => self.day.plus(days.into()),
        };
        if head & READ != 0 {
            self.read = EvidenceDay(i16::from_le_bytes(self.two()?));
        }
        Some(Session {
            day: self.day,
            key: self.key()?,
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

        #[test]
        fn more_keys_than_have_a_place_come_back_too(count in 0_u16..600) {
            let read = EvidenceDay(9);
            let (presence, compulsory) = (Presence::Absent, true);
            let on = |key| Session { day: EvidenceDay(1), key, presence, compulsory, read };
            let sessions: Vec<Session> = (0..count).map(on).collect();
            prop_assert_eq!(Packed::from(sessions.clone()).iter().collect::<Vec<_>>(), sessions);
        }
    }

    #[test]
    fn sessions_of_one_file_take_two_bytes_each_and_two_for_each_key() {
        let on = |day| Session {
            day: EvidenceDay(day),
            key: 600,
            presence: Presence::Present,
            compulsory: false,
            read: EvidenceDay(0),
        };
        let packed = Packed::from((0..30).map(on).collect::<Vec<_>>());
        assert_eq!(packed.0.len(), 1 + 2 + 30 * 2);
    }
}
