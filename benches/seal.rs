//! The cipher alone, to measure against.

use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce, aead::AeadInOut};

/// A cipher with a key of no worth.
pub struct Cipher(XChaCha20Poly1305);

impl Cipher {
    pub fn new() -> Self {
        Self(XChaCha20Poly1305::new(&[7; 32].into()))
    }

    /// Seals a copy of the bytes.
    pub fn seal(&self, plain: &[u8]) -> (Vec<u8>, Tag) {
        let mut bytes = plain.to_vec();
        let nonce = XNonce::from([1; 24]);
        let tag =
            self.0.encrypt_inout_detached(&nonce, b"bench", bytes.as_mut_slice().into()).unwrap();
        (bytes, tag)
    }

    /// Opens a copy of what was sealed.
    pub fn open(&self, (sealed, tag): &(Vec<u8>, Tag)) -> Vec<u8> {
        let mut bytes = sealed.clone();
        let nonce = XNonce::from([1; 24]);
        self.0.decrypt_inout_detached(&nonce, b"bench", bytes.as_mut_slice().into(), tag).unwrap();
        bytes
    }
}
