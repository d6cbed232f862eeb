//! A small policy for tests, in the manner of the real ones.

use super::{
    Choice, Clause, Content, How, LadderRule, Permission, Policy, RecipientKind, ShareRule,
    Sharing, Step,
};
use crate::domain::{contact::Channel, note::Confidentiality};

/// Ashford University: facts go to the programme leader, what was said only with written consent (5), the
/// university's record gets it with any consent (6), and nobody outside gets anything (7).
pub(crate) fn policy() -> Policy {
    Policy {
        code: "ashford".into(),
        cite: "ASH".into(),
        university: "Ashford University".into(),
        document: "Code of Practice".into(),
        version: "2026".into(),
        confidentiality: chosen(Confidentiality::TutorAndSenior),
        reply_days: chosen(3),
        follow_up_days: Some(chosen(14)),
        sudden_drop: None,
        clauses: vec![
            clause(
                "4",
                "Who is not reached is written to, telephoned, and then seen by wellbeing.",
            ),
            clause("5", "What a student says is told to others only with written permission."),
            clause("6", "The university's record holds what was said with permission."),
            clause("7", "Nothing is told to anybody outside the university."),
        ],
        duties: vec![],
        tutor_duties: vec![],
        ladders: vec![ladder()],
        sharing: Sharing {
            clause: "5".into(),
            content_needs_consent: false,
            rules: vec![
                rule(&[RecipientKind::Outside], &[], Permission::Never, "7"),
                rule(&[RecipientKind::ProgrammeLeader], &[Content::Fact], Permission::Allowed, "4"),
                rule(&[RecipientKind::CentralSystem], &[], Permission::Consent, "6"),
                rule(&[RecipientKind::SeniorTutor], &[], Permission::Allowed, "4"),
                rule(
                    &[RecipientKind::Service],
                    &[Content::Fact, Content::Details],
                    Permission::Allowed,
                    "4",
                ),
            ],
            why: String::new(),
        },
        letters: vec![],
        years: vec![],
        items: vec![],
    }
}

fn ladder() -> LadderRule {
    let step = |name: &str, how, wait, letter: &str| Step {
        name: name.into(),
        how,
        wait,
        letter: letter.into(),
        clause: String::new(),
    };
    LadderRule {
        code: "not-reached".into(),
        clause: "4".into(),
        name: "Not reached".into(),
        steps: vec![
            step("e-mail", How::Contact(Channel::Email), 5, "concern"),
            step("telephone", How::Contact(Channel::Phone), 3, ""),
            step("Student Wellbeing Team", How::Tell("Student Wellbeing Team".into()), 5, ""),
        ],
        why: String::new(),
    }
}

fn chosen<T>(value: T) -> Choice<T> {
    Choice { value, clause: String::new(), why: String::new() }
}

fn clause(id: &str, says: &str) -> Clause {
    Clause { id: id.into(), says: says.into() }
}

fn rule(to: &[RecipientKind], what: &[Content], may: Permission, clause: &str) -> ShareRule {
    ShareRule { to: to.into(), what: what.into(), may, clause: clause.into(), why: String::new() }
}
