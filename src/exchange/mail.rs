//! A draft of an e-mail as a file that a mail program opens for sending (RFC 5322, `X-Unsent: 1`).
//!
//! It says nothing about the machine: no host, and an identity that means nothing.

use mail_builder::{
    MessageBuilder,
    headers::{address::Address, raw::Raw},
};

use crate::domain::plain;

/// What a draft is made of.
#[derive(Clone, Copy)]
pub struct Mail<'a> {
    /// Who writes: name and address.
    pub from: Option<(&'a str, &'a str)>,
    /// To whom: `Name <address>`, several with commas between, or a name alone.
    pub to: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its text, lines ended by LF.
    pub text: &'a str,
    /// When it was written, in milliseconds since 1970 in UTC.
    pub utc_ms: i64,
}

/// The bytes of the file.
#[must_use]
pub fn eml(mail: &Mail<'_>) -> Vec<u8> {
    let subject = plain::line(mail.subject);
    // The name alone makes the same draft the same bytes: nothing of the machine, nothing of the moment.
    let id = blake3::hash(format!("{}\n{}\n{}", mail.utc_ms, mail.to, mail.text).as_bytes());
    let id = format!("{}@tutelage.invalid", id.to_hex().as_str().get(..32).unwrap_or_default());
    let mut message = MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .date(mail.utc_ms / 1000)
        .message_id(id)
        .subject(subject.into_owned())
        .text_body(mail.text.replace('\n', "\r\n"));
    if let Some(from) = mail.from.and_then(|(name, address)| address_of(name, address)) {
        message = message.from(from);
    }
    let to: Vec<Address<'_>> = mail.to.split([',', ';']).filter_map(read_address).collect();
    if !to.is_empty() {
        message = message.to(to);
    }
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    bytes
}

/// `Name <address>` or an address alone; none where there is no address in it.
fn read_address(text: &str) -> Option<Address<'static>> {
    match text.rsplit_once('<') {
        Some((name, address)) => address_of(name, address.split('>').next().unwrap_or_default()),
        None => address_of("", text),
    }
}

fn address_of(name: &str, address: &str) -> Option<Address<'static>> {
    let address = plain::line(address.trim()).into_owned();
    let name = plain::line(name.trim()).trim_matches('"').to_owned();
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"".contains(c);
    let is_one = address.chars().all(sound)
        && address.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !host.contains('@')
        });
    is_one.then(|| Address::new_address(Some(name).filter(|it| !it.is_empty()), address))
}

#[cfg(test)]
mod tests;
