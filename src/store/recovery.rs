//! The recovery code: 120 random bits that a person can print, read aloud and type again.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{
    error::{Error, Result},
    seal::random,
};

/// Crockford's alphabet, without I, L, O and U; the last five are for the check symbol only.
const SYMBOLS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
/// Symbols that carry bits.
const CARRYING: usize = 24;

/// Opens a profile whose passphrase is forgotten. Shown once; prints as `…` in `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 15]);

impl RecoveryCode {
    /// A new code.
    pub(crate) fn new() -> Result<Self> {
        random().map(Self)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 15] {
        &self.0
    }

    /// The code as printed: five groups of five symbols, the last one a check symbol.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let values = self.values();
        let mut text = Zeroizing::new(String::with_capacity(32));
        for (at, value) in values.iter().copied().chain([check(&values)]).enumerate() {
            if at > 0 && at % 5 == 0 {
                text.push('-');
            }
            text.push(SYMBOLS.get(usize::from(value)).copied().map_or('0', char::from));
        }
        text
    }

    /// Reads a typed code: case, spaces, hyphens and look-alike letters do not matter.
    ///
    /// # Errors
    /// [`Error::WrongRecoveryCode`] when it has the wrong length or its check symbol disagrees.
    pub fn parse(text: &str) -> Result<Self> {
        let symbols = text
            .chars()
            .filter(|symbol| !symbol.is_whitespace() && *symbol != '-')
            .map(value)
            .collect::<Option<Vec<u8>>>()
            .map(Zeroizing::new)
            .ok_or(Error::WrongRecoveryCode)?;
        let (values, given) =
            symbols.split_first_chunk::<CARRYING>().ok_or(Error::WrongRecoveryCode)?;
        if given != [check(values)] || values.iter().any(|&value| value > 31) {
            return Err(Error::WrongRecoveryCode);
        }
        let bits = values.iter().fold(0_u128, |bits, &value| bits << 5 | u128::from(value));
        let [_, bytes @ ..] = bits.to_be_bytes();
        Ok(Self(bytes))
    }

    fn values(&self) -> [u8; CARRYING] {
        let mut bits = self.0.iter().fold(0_u128, |bits, &byte| bits << 8 | u128::from(byte));
        let mut values = [0; CARRYING];
        for value in values.iter_mut().rev() {
            let [.., low] = bits.to_be_bytes();
            *value = low & 31;
            bits >>= 5;
        }
        values
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

fn check(values: &[u8]) -> u8 {
    let rest = values.iter().fold(0_u16, |rest, &value| (rest * 32 + u16::from(value)) % 37);
    u8::try_from(rest).unwrap_or_default()
}

fn value(symbol: char) -> Option<u8> {
    let symbol = match symbol.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    SYMBOLS.iter().position(|&known| char::from(known) == symbol)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_printed_code_is_read_back(bytes: [u8; 15]) {
            let code = RecoveryCode(bytes);
            let typed = code.text().to_lowercase().replace('-', " ").replace('1', "l").replace('0', "o");
            prop_assert_eq!(RecoveryCode::parse(&typed).unwrap(), code);
        }

        #[test]
        fn one_wrong_symbol_is_noticed(bytes: [u8; 15], at in 0_usize..24, to in 0_usize..32) {
            let text = RecoveryCode(bytes).text();
            let mut symbols: Vec<char> = text.chars().filter(|c| *c != '-').collect();
            let wrong = char::from(SYMBOLS[to]);
            prop_assume!(symbols[at] != wrong);
            symbols[at] = wrong;
            let typed: String = symbols.into_iter().collect();
            prop_assert!(RecoveryCode::parse(&typed).is_err());
        }
    }

    #[test]
    fn a_code_is_five_groups_of_five() {
        let text = RecoveryCode([0xA5; 15]).text();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "hello", "00000-00000-00000-00000-0000!", "00000-00000-00000-00000-000000"]
        {
            assert!(RecoveryCode::parse(text).is_err(), "{text}");
        }
    }
}
