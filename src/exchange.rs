//! Bytes to domain drafts and back: lists, calendars, exports. No disk, no clock.
