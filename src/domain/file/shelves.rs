//! On which shelf of a file each record type stands.

use super::{Held, Shelved, StudentFile};
use crate::domain::{
    action::Action,
    alias::Alias,
    case::Case,
    consent::Consent,
    contact::Contact,
    decision::Decision,
    disclosure::Disclosure,
    engagement::Engagement,
    flag::Flag,
    ladder::Ladder,
    letter::Letter,
    meeting::{Attendance, Meeting},
    note::Note,
    referral::Referral,
    results::Results,
    slot_choice::SlotChoice,
    student::Enrolment,
    tutor::Allocation,
    waiver::Waiver,
};

impl Shelved for Enrolment {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.enrolments
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.enrolments
    }
}

impl Shelved for Allocation {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.allocations
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.allocations
    }
}

impl Shelved for Meeting {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.meetings
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.meetings
    }
}

impl Shelved for Attendance {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.attendances
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.attendances
    }
}

impl Shelved for Contact {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.contacts
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.contacts
    }
}

impl Shelved for Note {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.notes
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.notes
    }
}

impl Shelved for Action {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.actions
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.actions
    }
}

impl Shelved for Referral {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.referrals
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.referrals
    }
}

impl Shelved for Consent {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.consents
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.consents
    }
}

impl Shelved for Flag {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.flags
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.flags
    }
}

impl Shelved for Waiver {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.waivers
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.waivers
    }
}

impl Shelved for SlotChoice {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.slot_choices
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.slot_choices
    }
}

impl Shelved for Ladder {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.ladders
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.ladders
    }
}

impl Shelved for Letter {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.letters
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.letters
    }
}

impl Shelved for Disclosure {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.disclosures
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.disclosures
    }
}

impl Shelved for Engagement {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.engagements
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.engagements
    }
}

impl Shelved for Results {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.results
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.results
    }
}

impl Shelved for Decision {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.decisions
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.decisions
    }
}

impl Shelved for Case {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.cases
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.cases
    }
}

impl Shelved for Alias {
    fn shelf(file: &StudentFile) -> &[Held<Self>] {
        &file.aliases
    }

    fn shelf_mut(file: &mut StudentFile) -> &mut Box<[Held<Self>]> {
        &mut file.aliases
    }
}
