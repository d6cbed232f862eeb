//! How somebody studies, week by week: what the signals of the demo are made from.

use strum::{EnumString, VariantArray};

use super::Dice;

/// What sets somebody's signals apart. Without any of these all is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Pace {
    /// More and better than most.
    Strong,
    /// A little less than most, and nothing else.
    Light,
    /// Less from week to week, until hardly anything is left.
    Fading,
    /// One piece of work is overdue.
    Behind,
    /// Everything is overdue.
    FarBehind,
    /// Hands in late.
    Late,
    /// Marks below 50.
    LowMarks,
    /// No mark yet: longer deadlines were agreed.
    NoMark,
    /// Not online for two weeks.
    Quiet,
    /// Not online for a month.
    Gone,
    /// Not online since the start.
    Never,
    /// Was away for three weeks, and is back.
    Back,
    /// Hardly comes to sessions, and missed the last tutorials.
    Absent,
    /// Takes the first module again.
    Again,
}

/// How often, in a hundred, a pace is met in the larger demos.
const OFTEN: [(Pace, u32); 14] = [
    (Pace::Strong, 20),
    (Pace::Light, 15),
    (Pace::Fading, 3),
    (Pace::Behind, 3),
    (Pace::FarBehind, 1),
    (Pace::Late, 6),
    (Pace::LowMarks, 3),
    (Pace::NoMark, 1),
    (Pace::Quiet, 2),
    (Pace::Gone, 1),
    (Pace::Never, 1),
    (Pace::Back, 2),
    (Pace::Absent, 2),
    (Pace::Again, 3),
];

/// Invents what sets somebody apart: mostly nothing.
pub(super) fn invent(dice: &mut Dice) -> Vec<Pace> {
    OFTEN.iter().filter(|(_, often)| dice.chance(*often)).map(|(pace, _)| *pace).collect()
}

/// Somebody who studies.
pub(super) struct Learner {
    paces: Vec<Pace>,
    /// Active on so many of a hundred working days.
    zeal: u32,
    /// The marks lie around this.
    gift: u32,
    /// The week from which on the student is away, if they interrupted.
    away_from: Option<usize>,
}

/// What became of a piece of work.
pub(super) enum Piece {
    /// Handed in, so many days after it was due.
    Handed(i16),
    /// Not handed in.
    Open,
    /// Not handed in; it may be, so many days after the day it was due.
    Extended(i16),
}

/// Fading: so much of the usual activity is left, and so many of a hundred sessions are attended.
const FADING: [(u32, u32); 9] =
    [(100, 96), (100, 96), (90, 95), (75, 92), (45, 75), (30, 50), (20, 35), (12, 30), (10, 30)];

impl Learner {
    pub(super) fn new(dice: &mut Dice, paces: Vec<Pace>, away_from: Option<usize>) -> Self {
        let (zeal, gift) = (50 + dice.below(18), 59 + dice.below(13));
        Self { paces, zeal, gift, away_from }
    }

    pub(super) fn is(&self, pace: Pace) -> bool {
        self.paces.contains(&pace)
    }

    fn is_gone(&self, week: usize) -> bool {
        self.is(Pace::Never)
            || (self.is(Pace::Gone) && week >= 3)
            || (self.is(Pace::Quiet) && week >= 6)
            || (self.is(Pace::Back) && (2..5).contains(&week))
            || self.away_from.is_some_and(|from| week >= from)
    }

    /// The active days of a week, bit 0 its Monday.
    pub(super) fn active(&self, dice: &mut Dice, week: usize) -> u8 {
        let fading = FADING.get(week.min(8)).map_or(100, |(left, _)| *left);
        let chance = match self.zeal {
            _ if self.is_gone(week) => 0,
            zeal if self.is(Pace::Fading) => zeal * fading / 100,
            zeal if self.is(Pace::Strong) => zeal + 22,
            zeal if self.is(Pace::Light) => zeal * 3 / 4,
            zeal => zeal,
        };
        let on = |day: u32| if day < 5 { chance } else { chance / 3 };
        (0..7).filter(|day| dice.chance(on(*day))).fold(0, |days, day| days | 1 << day)
    }

    /// The active days of a week in a module that has hardly begun: it is looked at now and then.
    pub(super) fn glance(&self, dice: &mut Dice, week: usize) -> u8 {
        let looks = matches!(week, 0 | 2 | 5) && !self.is_gone(week);
        if looks { 1 << dice.below(5) } else { 0 }
    }

    /// How many of a hundred sessions the student comes to.
    pub(super) fn attends(&self, week: usize, is_tutorial: bool) -> u32 {
        match FADING.get(week.min(8)) {
            Some((_, attends)) if self.is(Pace::Fading) => *attends,
            _ if self.is(Pace::Absent) && week >= 4 => {
                if is_tutorial {
                    0
                } else {
                    48
                }
            }
            _ if self.is(Pace::Quiet) => 88,
            _ if self.is(Pace::Never) => 82,
            _ if self.is_gone(week) => 20,
            _ => 95,
        }
    }

    /// What becomes of the piece with this number in the how-manieth of the student's modules.
    pub(super) fn piece(&self, dice: &mut Dice, number: usize, module: usize) -> Piece {
        let early = i16::try_from(dice.below(4)).unwrap_or_default();
        match number {
            _ if self.is(Pace::FarBehind) || self.is(Pace::Never) => Piece::Open,
            1.. if self.is(Pace::Fading) || self.is(Pace::Gone) => Piece::Open,
            2.. if self.away_from.is_some() => Piece::Open,
            2.. if self.is(Pace::Behind) && module == 0 => Piece::Open,
            2.. if self.is(Pace::Quiet) => Piece::Handed(-13),
            _ if self.is(Pace::NoMark) && module < 2 => Piece::Extended(49),
            _ if self.is(Pace::Late) => Piece::Handed(1 + early % 2),
            _ => Piece::Handed(-early),
        }
    }

    /// A mark in percent.
    pub(super) fn mark(&self, dice: &mut Dice) -> u16 {
        let about = match self.gift {
            _ if self.is(Pace::LowMarks) => 38,
            gift if self.is(Pace::Strong) => gift + 12,
            gift if self.is(Pace::Fading) => gift - 8,
            gift => gift,
        };
        u16::try_from(about + dice.below(9)).unwrap_or(u16::MAX).min(97)
    }
}
