//! Version 2 of the profile: version 1 and the policy in use.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::domain::{profile, tutor};

#[derive(Serialize, Deserialize)]
pub(super) struct Profile {
    id: Id,
    owner: Id,
    institution: String,
    policy: String,
}

impl From<&profile::Profile> for Profile {
    fn from(it: &profile::Profile) -> Self {
        Self {
            id: it.id.bytes(),
            owner: it.owner.bytes(),
            institution: it.institution.clone(),
            policy: it.policy.clone(),
        }
    }
}

impl From<Profile> for profile::Profile {
    fn from(it: Profile) -> Self {
        Self {
            id: profile::ProfileId::from_bytes(it.id),
            owner: tutor::TutorId::from_bytes(it.owner),
            institution: it.institution,
            policy: it.policy,
        }
    }
}
