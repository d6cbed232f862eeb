//! tutelage: personal tutoring in the terminal.
//!
//! Data goes one way. A key becomes a message, [`app`] turns the message into new state and effects,
//! the worker in [`runtime`] carries effects out through [`store`], its answer comes back as a message,
//! and [`ui`] draws the state. Whatever changes records is a function in [`domain`] from the records, an
//! input and a day to a change, or to a refusal with its reason; screen, command line and importers call
//! the same functions, and nothing else writes.
//!
//! A university's policy is data: a pack of `assets/policies`, or the user's own in the profile, is read by
//! [`exchange::policy`] into a [`domain::policy::Policy`]. What it asks of students ([`domain::obligation`])
//! and what may leave ([`domain::access`]) are pure functions of that policy, the calendars, the records and
//! a day: nothing of it is stored, and after a change only the students that it touches are looked at again.
//! Stored are a person's decisions alone: waivers, slots chosen by hand, steps of a ladder, letters,
//! disclosures. [`app::rules::Rules`] holds the policy in use for everything that asks what it says.
//!
//! | Layer | what it is | never names |
//! |---|---|---|
//! | [`domain`] | pure types and rules | any other layer, terminal, files, clock, threads |
//! | [`exchange`] | bytes to domain drafts and back | store, app, ui, runtime, files, clock |
//! | [`store`] | sled, journal, sealing | app, ui, terminal |
//! | [`app`] | model, update, command table | ui, store, runtime, files, clock |
//! | [`ui`] | pictures of the model | store, runtime, files, clock, events |
//! | [`runtime`], [`cli`] | terminal, threads, clock, files; subcommands | – |
//!
//! `tests/it/layers.rs` reads the source and fails when a layer names what it must not know.

#[cfg(test)]
extern crate self as tutelage;

pub mod app;
pub mod cli;
pub mod domain;
pub mod exchange;
pub mod runtime;
pub mod store;
pub mod ui;

#[cfg(test)]
#[path = "../tests/it/fixture.rs"]
pub(crate) mod fixture;
