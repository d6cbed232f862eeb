//! What the journal holds: entries with their parts, and how they lie in frames. Bytes only: the parts
//! are sealed before they come here.

use super::{
    bytes::{Reader, Writer},
    error::{Error, Result},
};

const WHAT: &str = "the journal";

/// Where a frame begins: segment and byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub segment: u32,
    pub offset: u64,
}

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Commits a change.
    Commit,
    /// Takes back the entry with this sequence number.
    Undo(u64),
    /// Does again what the undo with this sequence number took back.
    Redo(u64),
    /// Something was looked at or left the program; undo skips it.
    Look,
}

/// An entry without its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// Which copy of the profile wrote it.
    pub replica: [u8; 16],
    /// Counts the entries of this copy from 1.
    pub sequence: u64,
    /// Hybrid logical time: milliseconds since 1970 times 65,536, never going back.
    pub time: u64,
    /// The tutor who did it.
    pub author: [u8; 16],
    pub deed: Deed,
    /// What it is called, sealed.
    pub label: Vec<u8>,
    /// What undo would take back before this entry.
    pub undo: Option<Position>,
    /// What redo would do again before this entry, as far as this entry leaves it.
    pub redo: Option<Position>,
}

/// One record before and after, exactly as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Image {
    /// Code of the record's kind.
    pub tree: u8,
    pub record: [u8; 16],
    pub before: Option<Vec<u8>>,
    pub after: Option<Vec<u8>>,
}

impl Image {
    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        let length = |bytes: &Option<Vec<u8>>| bytes.as_ref().map_or(0, Vec::len);
        32 + length(&self.before) + length(&self.after)
    }
}

/// What lies between a length and a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A whole entry.
    Entry(Header, Vec<Image>),
    /// The beginning of one that is too large for a frame.
    Begin(Header),
    /// Some of its parts.
    Parts(Vec<Image>),
    /// Its end, with the number of parts: only now it counts.
    End(u64),
}

impl Frame {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        match self {
            Self::Entry(header, parts) => return encode_entry(header, parts),
            Self::Begin(header) => {
                out.u8(2);
                put_header(&mut out, header);
            }
            Self::Parts(parts) => {
                out.u8(3);
                put_parts(&mut out, parts);
            }
            Self::End(count) => {
                out.u8(4).u64(*count);
            }
        }
        out.0
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes, WHAT);
        let frame = match reader.u8()? {
            1 => Self::Entry(header(&mut reader)?, parts(&mut reader)?),
            2 => Self::Begin(header(&mut reader)?),
            3 => Self::Parts(parts(&mut reader)?),
            4 => Self::End(reader.u64()?),
            _ => return Err(Error::Newer),
        };
        reader.end()?;
        Ok(frame)
    }
}

/// The bytes of [`Frame::Entry`].
pub(crate) fn encode_entry(header: &Header, parts: &[Image]) -> Vec<u8> {
    let mut out = Writer::default();
    out.u8(1);
    put_header(&mut out, header);
    put_parts(&mut out, parts);
    out.0
}

fn put_header(out: &mut Writer, header: &Header) {
    out.raw(&header.replica).u64(header.sequence).u64(header.time).raw(&header.author);
    let (code, of) = match header.deed {
        Deed::Commit => (0, 0),
        Deed::Undo(of) => (1, of),
        Deed::Redo(of) => (2, of),
        Deed::Look => (3, 0),
    };
    out.u8(code).u64(of).bytes(&header.label);
    put_position(out, header.undo);
    put_position(out, header.redo);
}

fn header(reader: &mut Reader<'_>) -> Result<Header> {
    let (replica, sequence, time) = (reader.array()?, reader.u64()?, reader.u64()?);
    let author = reader.array()?;
    let deed = match (reader.u8()?, reader.u64()?) {
        (0, _) => Deed::Commit,
        (1, of) => Deed::Undo(of),
        (2, of) => Deed::Redo(of),
        (3, _) => Deed::Look,
        _ => return Err(Error::Newer),
    };
    let label = reader.bytes()?.to_vec();
    let (undo, redo) = (position(reader)?, position(reader)?);
    Ok(Header { replica, sequence, time, author, deed, label, undo, redo })
}

/// A position that may be absent; segments count from 1.
pub(crate) fn put_position(out: &mut Writer, position: Option<Position>) {
    let position = position.unwrap_or(Position { segment: 0, offset: 0 });
    out.u32(position.segment).u64(position.offset);
}

/// Reads it back.
pub(crate) fn position(reader: &mut Reader<'_>) -> Result<Option<Position>> {
    let position = Position { segment: reader.u32()?, offset: reader.u64()? };
    Ok((position.segment > 0).then_some(position))
}

fn put_parts(out: &mut Writer, parts: &[Image]) {
    out.u32(u32::try_from(parts.len()).unwrap_or(u32::MAX));
    for part in parts {
        out.u8(part.tree).raw(&part.record);
        out.maybe(part.before.as_deref()).maybe(part.after.as_deref());
    }
}

fn parts(reader: &mut Reader<'_>) -> Result<Vec<Image>> {
    let count = reader.u32()?;
    let mut parts = Vec::with_capacity(usize::try_from(count).unwrap_or(0).min(reader.left() / 19));
    for _ in 0..count {
        parts.push(Image {
            tree: reader.u8()?,
            record: reader.array()?,
            before: reader.maybe()?.map(<[u8]>::to_vec),
            after: reader.maybe()?.map(<[u8]>::to_vec),
        });
    }
    Ok(parts)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        pub(crate) fn image()(
            tree in 0_u8..15,
            record: [u8; 16],
            before in prop::option::of(prop::collection::vec(any::<u8>(), 0..200)),
            after in prop::option::of(prop::collection::vec(any::<u8>(), 0..200)),
        ) -> Image {
            Image { tree, record, before, after }
        }
    }

    pub(crate) fn header(sequence: u64, deed: Deed) -> Header {
        Header {
            replica: [7; 16],
            sequence,
            time: 9,
            author: [8; 16],
            deed,
            label: vec![1, 2, 3],
            undo: None,
            redo: Some(Position { segment: 1, offset: 64 }),
        }
    }

    fn frame() -> impl Strategy<Value = Frame> {
        let deed = prop_oneof![
            Just(Deed::Commit),
            any::<u64>().prop_map(Deed::Undo),
            any::<u64>().prop_map(Deed::Redo),
            Just(Deed::Look),
        ];
        let parts = || prop::collection::vec(image(), 0..5);
        prop_oneof![
            (deed.clone(), parts()).prop_map(|(deed, parts)| Frame::Entry(header(5, deed), parts)),
            deed.prop_map(|deed| Frame::Begin(header(6, deed))),
            parts().prop_map(Frame::Parts),
            any::<u64>().prop_map(Frame::End),
        ]
    }

    proptest! {
        #[test]
        fn every_frame_is_read_back(frame in frame()) {
            prop_assert_eq!(Frame::decode(&frame.encode()).unwrap(), frame);
        }

        #[test]
        fn a_frame_that_is_cut_anywhere_is_refused(frame in frame(), at: prop::sample::Index) {
            let bytes = frame.encode();
            prop_assert!(Frame::decode(&bytes[..at.index(bytes.len())]).is_err());
        }

        #[test]
        fn nonsense_never_panics(bytes: Vec<u8>) {
            drop(Frame::decode(&bytes));
        }
    }
}
