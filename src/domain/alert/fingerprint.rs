//! A stable number of the evidence behind an alert: a decision holds while it stays the same.

use crate::domain::reason::{NextStep, Reason};

/// The number of these reasons, in whatever order: of their rules, modules, points and days, never of words, which
/// may say another count of days tomorrow.
#[must_use]
pub fn fingerprint(reasons: &[Reason]) -> u64 {
    let mut lines: Vec<Vec<u8>> = reasons.iter().map(line).collect();
    lines.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for line in lines {
        hasher.update(&u64::try_from(line.len()).unwrap_or_default().to_le_bytes());
        hasher.update(&line);
    }
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    u64::from_le_bytes(first)
}

fn line(reason: &Reason) -> Vec<u8> {
    let mut line = reason.rule.as_bytes().to_vec();
    line.push(0);
    line.extend(reason.since.to_string().as_bytes());
    if let Some(scored) = reason.scored {
        line.extend(scored.module.bytes());
        line.push(scored.points);
    } else {
        line.extend(about(reason.next));
    }
    line
}

/// The record that a reason is about. What to do next is none of the evidence where the policy decides it.
fn about(next: NextStep) -> Vec<u8> {
    match next {
        NextStep::GetInTouch(id) => id.bytes().to_vec(),
        NextStep::MarkDone(id) => id.bytes().to_vec(),
        NextStep::AskHowItWent(id) => id.bytes().to_vec(),
        NextStep::ContactAgain(id) => id.bytes().to_vec(),
        NextStep::SayOutcome(id) => id.bytes().to_vec(),
        NextStep::TakeStep(id, rung) => [&id.bytes(), format!("{rung:?}").as_bytes()].concat(),
        NextStep::EndLadder(id) => [&id.bytes()[..], b"end"].concat(),
        NextStep::CheckIn | NextStep::StartLadder | NextStep::Meet | NextStep::Allocate => {
            Vec::new()
        }
    }
}
