//! The one place that names bincode: plain structs to bytes and back, with a limit, and nothing left over.

use bincode::config::{self, Configuration, Limit, LittleEndian, Varint};
use serde::{Serialize, de::DeserializeOwned};

use super::error::{Error, Result};

/// No record comes near this; a damaged length must not ask for more.
const LIMIT: usize = 1024 * 1024;

fn layout() -> Configuration<LittleEndian, Varint, Limit<LIMIT>> {
    config::standard().with_limit::<LIMIT>()
}

/// The bytes of a value.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let bytes = bincode::serde::encode_to_vec(value, layout()).map_err(|_| Error::TooLong)?;
    if bytes.len() < LIMIT { Ok(bytes) } else { Err(Error::TooLong) }
}

/// The value of these bytes, all of them.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    match bincode::serde::decode_from_slice(bytes, layout()) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok(_) | Err(_) => Err(Error::Damaged { what: "a record" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_left_over_are_damage() {
        let mut bytes = encode(&("Rahman", 4_u8)).unwrap();
        assert_eq!(decode::<(String, u8)>(&bytes).unwrap(), ("Rahman".to_owned(), 4));
        bytes.push(0);
        assert!(decode::<(String, u8)>(&bytes).is_err());
    }

    #[test]
    fn a_damaged_length_asks_for_no_memory() {
        let bytes = [253, 255, 255, 255, 255, 255, 255, 255, 127];
        assert!(decode::<String>(&bytes).is_err());
        assert!(decode::<Vec<u64>>(&bytes).is_err());
    }
}
