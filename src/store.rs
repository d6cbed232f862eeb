//! Records on disk: journal, sealing, sled. Domain types in and out.
