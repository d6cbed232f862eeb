//! What the program knows and may do: pure types and rules. No files, no clock, no terminal.
//!
//! [`Records`](records::Records) is everything a profile knows; a [`Change`](change::Change) is the only way
//! to alter it, and knows its own inverse.

pub mod absence;
pub mod access;
pub mod action;
pub mod alert;
pub mod calendar;
pub mod change;
pub mod consent;
pub mod contact;
pub mod demo;
pub mod disclosure;
pub mod draft;
pub mod duty_done;
pub mod duty_key;
pub mod entity;
pub mod evaluate;
pub mod file;
pub mod flag;
pub mod fold;
pub mod id;
pub mod ladder;
pub mod letter;
pub mod meeting;
pub mod note;
pub mod obligation;
pub mod passphrase;
pub mod plain;
pub mod policy;
pub mod profile;
pub mod reason;
pub mod record;
pub mod records;
pub mod referral;
pub mod role_term;
pub mod roll;
pub mod score;
pub mod search;
pub mod signal;
pub mod slot_choice;
pub mod student;
pub mod time;
pub mod timeline;
pub mod training;
pub mod tutee;
pub mod tutor;
pub mod tutor_duty;
pub mod waiver;
pub mod word;
pub mod write;
