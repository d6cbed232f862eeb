//! Who a student of the demo is, before anything is recorded about them.

use strum::{EnumString, VariantArray};

use super::{
    Dice,
    pace::Pace,
    phrases::{Phrases, Programme, School, columns, lines},
};
use crate::domain::{
    student::{KindOfStudy, Mode, Name, Status},
    word::Choice,
};

/// What sets a student apart, so that there is something to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Story {
    /// An action of the student is overdue.
    Overdue,
    /// An action of the tutor is overdue.
    Mine,
    /// It is time to ask how a referral went.
    ReferralDue,
    /// A referral whose day has not come.
    ReferralOpen,
    /// A referral that went well.
    ReferralDone,
    /// Several attempts without an answer.
    Unanswered,
    /// One e-mail without a reply.
    Awaited,
    /// No meeting held for long.
    Unmet,
    /// A concern for today.
    ConcernUrgent,
    /// A concern for this week.
    Concern,
    /// A concern to keep an eye on.
    Watch,
    /// A concern that somebody has closed.
    ConcernClosed,
    /// Praise.
    Praise,
    /// The last meeting was missed without notice.
    Missed,
    /// The last meeting was missed with notice.
    Notice,
    /// A year abroad, with contacts there.
    Abroad,
    /// A placement, with contacts there.
    Placement,
    /// Not yet eighteen.
    #[strum(serialize = "under-18")]
    Under18,
    /// Somebody to call.
    Trusted,
    /// A consent that holds.
    Consent,
    /// A consent that was taken back.
    ConsentWithdrawn,
    /// A consent that has ended.
    ConsentEnded,
    /// Another tutor last year.
    Handover,
    /// The last note is long.
    LongNote,
    /// The last note is restricted to its author.
    Restricted,
    /// The last note is fact only.
    FactOnly,
    /// The last note is shared with the student.
    Shared,
    /// A meeting today or tomorrow.
    Soon,
    /// The last meeting has passed, and nobody has said how it went.
    Unrecorded,
    /// Not met, and a meeting is planned for next week.
    Invited,
    /// The induction group of this year is waived.
    Waived,
}

/// Who a student is.
#[derive(Clone)]
pub(super) struct Sketch {
    pub(super) name: Name,
    pub(super) pronouns: &'static str,
    pub(super) school: usize,
    pub(super) programme: Programme,
    pub(super) mode: Mode,
    pub(super) status: Status,
    pub(super) level: u8,
    pub(super) stage: u8,
    pub(super) years_here: u8,
    pub(super) stories: Vec<Story>,
    /// What sets the signals apart; the larger demos invent that later.
    pub(super) paces: Vec<Pace>,
}

impl Sketch {
    pub(super) fn is(&self, story: Story) -> bool {
        self.stories.contains(&story)
    }
}

/// The tutees of the smallest demo.
pub(super) fn roster(schools: &[School]) -> Vec<Sketch> {
    lines(include_str!("../../../assets/demo/roster.txt"))
        .filter_map(|line| tutee(line, schools))
        .collect()
}

fn tutee(line: &'static str, schools: &[School]) -> Option<Sketch> {
    let [given, family, preferred, pronouns, code, rest] = columns(line)?;
    let [mode, status, level, stage, years_here, told] = columns(rest)?;
    let [stories, paces] = columns(told)?;
    let (school, programme) = schools.iter().enumerate().find_map(|(place, school)| {
        let found = school.programmes.iter().find(|programme| programme.code == code)?;
        Some((place, *found))
    })?;
    Some(Sketch {
        name: Name { given: given.into(), family: family.into(), preferred: preferred.into() },
        pronouns,
        school,
        programme,
        mode: Mode::from_words(mode)?,
        status: Status::from_words(status)?,
        level: level.parse().ok()?,
        stage: stage.parse().ok()?,
        years_here: years_here.parse().ok()?,
        stories: stories.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?,
        paces: paces.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?,
    })
}

/// How often, in a hundred, a story is met in the larger demos.
const OFTEN: [(Story, u32); 21] = [
    (Story::Overdue, 7),
    (Story::Mine, 4),
    (Story::ReferralDue, 4),
    (Story::ReferralOpen, 3),
    (Story::ReferralDone, 8),
    (Story::Unanswered, 3),
    (Story::Awaited, 5),
    (Story::Unmet, 6),
    (Story::ConcernUrgent, 1),
    (Story::Concern, 2),
    (Story::Watch, 2),
    (Story::ConcernClosed, 4),
    (Story::Praise, 10),
    (Story::Missed, 5),
    (Story::Notice, 5),
    (Story::Trusted, 10),
    (Story::Consent, 10),
    (Story::ConsentWithdrawn, 1),
    (Story::LongNote, 1),
    (Story::Shared, 10),
    (Story::Soon, 8),
];

/// A student of the larger demos: three in ten are new.
pub(super) fn invent(
    dice: &mut Dice,
    phrases: &Phrases,
    (school, schools): (usize, &[School]),
    is_new: bool,
) -> Option<Sketch> {
    let programmes = &schools.get(school)?.programmes;
    let fitting: Vec<Programme> = programmes
        .iter()
        .filter(|programme| is_new || takes_years(programme.kind))
        .copied()
        .collect();
    let programme = if dice.chance(40) { *fitting.first()? } else { *dice.pick(&fitting)? };
    let years = if is_new { 0 } else { 1 + u8::from(dice.chance(50)) };
    let stage = years + 1;
    let status = status(dice, programme.kind, years);
    let mut stories: Vec<Story> =
        OFTEN.iter().filter(|(_, often)| dice.chance(*often)).map(|(story, _)| *story).collect();
    match status {
        Status::YearAbroad => stories.push(Story::Abroad),
        Status::YearInIndustry => stories.push(Story::Placement),
        Status::Enrolled
        | Status::ResitWithoutResidence
        | Status::Interrupted
        | Status::Withdrawn
        | Status::Completed => {}
    }
    if !is_new && dice.chance(15) {
        stories.push(Story::Handover);
    }
    if is_new && dice.chance(3) {
        stories.push(Story::Under18);
    }
    let mode = match dice.below(100) {
        0..88 => Mode::FullTime,
        88..97 => Mode::PartTime,
        _ => Mode::DistanceLearning,
    };
    Some(Sketch {
        name: name(dice, phrases),
        pronouns: dice.text(&["she/her", "he/him", "she/her", "he/him", "they/them", ""]),
        school,
        programme,
        mode,
        status,
        level: level(programme.kind, stage),
        stage,
        years_here: years,
        stories,
        paces: Vec::new(),
    })
}

fn name(dice: &mut Dice, phrases: &Phrases) -> Name {
    if dice.chance(5)
        && let Some([given, family, preferred]) = columns(dice.text(phrases.all("whole")))
    {
        return Name { given: given.into(), family: family.into(), preferred: preferred.into() };
    }
    let given = dice.text(phrases.all("given"));
    let second = if dice.chance(12) { dice.text(phrases.all("given")) } else { "" };
    Name {
        given: format!("{given} {second}").trim().into(),
        family: dice.text(phrases.all("family")).into(),
        preferred: String::new(),
    }
}

fn status(dice: &mut Dice, kind: KindOfStudy, years: u8) -> Status {
    match (kind, years, dice.below(100)) {
        (KindOfStudy::WorkPlacement, 2, 0..60) => Status::YearInIndustry,
        (KindOfStudy::JointHonours, 2, 0..30) => Status::YearAbroad,
        (_, 1.., 97..) => Status::ResitWithoutResidence,
        (_, _, 95..97) => Status::Interrupted,
        _ => Status::Enrolled,
    }
}

/// Whether somebody can be in a later year of such a programme.
fn takes_years(kind: KindOfStudy) -> bool {
    !matches!(
        kind,
        KindOfStudy::Foundation
            | KindOfStudy::TaughtPostgraduate
            | KindOfStudy::IncomingExchange
            | KindOfStudy::Cpd
    )
}

fn level(kind: KindOfStudy, stage: u8) -> u8 {
    match kind {
        KindOfStudy::Foundation => 3,
        KindOfStudy::TaughtPostgraduate => 7,
        KindOfStudy::Research => 8,
        KindOfStudy::IncomingExchange => 5,
        KindOfStudy::Cpd => 6,
        KindOfStudy::SingleHonours
        | KindOfStudy::JointHonours
        | KindOfStudy::Multidisciplinary
        | KindOfStudy::WorkPlacement => 3 + stage,
    }
}
