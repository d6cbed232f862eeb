//! The search for whole points: from no points at all, always the one change of a point that explains the outcomes best, or
//! one point moved elsewhere, until no change helps. Points only ever grow from a milder band to a worse one, so that the
//! result is monotone by construction, and never beyond what one reason may bring; there is no chance in it.

use super::{super::score::card::MOST_POINTS, table::Row};

/// What one point means: log odds.
pub(super) const UNIT: f64 = 0.2;
/// The most bands of a card.
pub(super) const MOST_BANDS: usize = 30;
/// What a band must explain to be worth its line; log likelihood.
const BAND_COST: f64 = 8.0;
/// What any change must explain.
const LEAST: f64 = 1.0;
/// The most points that one band may add to the milder one before it.
const MOST_STEP: u8 = 8;
/// The most that all bands together may come to.
const MOST_SUM: usize = 120;
/// How many changes are tried out, of those that seem best.
const TRIED: usize = 5;

/// The points that each limit adds, by measure, the mildest limit first.
pub(super) type Steps = Vec<Vec<u8>>;

/// One more point, or one less, at a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    measure: usize,
    limit: usize,
    up: bool,
}

/// Students with the same points in the same cell: the weight of all, and of those at risk.
type Heap = (f64, f64);

/// How the points would have to change.
#[derive(Debug, Clone, Copy, Default)]
struct Slope {
    gradient: f64,
    curve: f64,
}

struct Search<'a> {
    rows: &'a [&'a Row],
    steps: Steps,
    points: Vec<u8>,
    base: Vec<f64>,
    loss: f64,
}

/// Finds the points.
pub(super) fn search(rows: &[&Row], limits: &[usize], cells: usize) -> Steps {
    let steps: Steps = limits.iter().map(|limits| vec![0; *limits]).collect();
    let points = vec![0; rows.len()];
    let mut search = Search { rows, steps, points, base: vec![0.0; cells], loss: 0.0 };
    search.settle(12);
    while search.one() || search.two() {}
    search.steps
}

impl Search<'_> {
    /// Makes the one change that helps most.
    fn one(&mut self) -> bool {
        let mut guesses: Vec<(f64, Vec<Change>)> =
            self.guesses().into_iter().map(|(gain, change)| (gain, vec![change])).collect();
        self.best(&mut guesses)
    }

    /// Moves one point to where it explains more.
    fn two(&mut self) -> bool {
        let mut guesses = Vec::new();
        for measure in 0..self.steps.len() {
            for limit in 0..self.steps.get(measure).map_or(0, Vec::len) {
                if self.step(measure, limit) == 0 {
                    continue;
                }
                let down = Change { measure, limit, up: false };
                let mut without = self.clone_with(&[down]);
                without.settle(2);
                let up = without
                    .guesses()
                    .into_iter()
                    .filter(|(_, up)| up.up && (up.measure, up.limit) != (measure, limit));
                let best = up.max_by(|one, two| one.0.total_cmp(&two.0));
                if let Some((gain, up)) = best {
                    guesses.push((gain - (without.cost() - self.cost()), vec![down, up]));
                }
            }
        }
        self.best(&mut guesses)
    }

    /// Tries the changes that seem best, and keeps the best of them if it helps.
    fn best(&mut self, guesses: &mut [(f64, Vec<Change>)]) -> bool {
        guesses.sort_by(|one, two| two.0.total_cmp(&one.0));
        let tried = guesses.iter().take(TRIED).map(|(_, changes)| {
            let mut with = self.clone_with(changes);
            with.settle(3);
            with
        });
        let best = tried.min_by(|one, two| one.cost().total_cmp(&two.cost()));
        match best {
            Some(best) if best.cost() < self.cost() - LEAST => {
                *self = best;
                true
            }
            _ => false,
        }
    }

    fn clone_with(&self, changes: &[Change]) -> Self {
        let mut with = Self {
            rows: self.rows,
            steps: self.steps.clone(),
            points: self.points.clone(),
            base: self.base.clone(),
            loss: self.loss,
        };
        for change in changes {
            with.apply(*change);
        }
        with
    }

    fn apply(&mut self, change: Change) {
        let moved = |number: u8| {
            if change.up { number.saturating_add(1) } else { number.saturating_sub(1) }
        };
        let steps = self.steps.get_mut(change.measure);
        if let Some(step) = steps.and_then(|steps| steps.get_mut(change.limit)) {
            *step = moved(*step);
        }
        for (row, points) in self.rows.iter().zip(&mut self.points) {
            if row.levels.get(change.measure).is_some_and(|it| usize::from(*it) > change.limit) {
                *points = moved(*points);
            }
        }
    }

    /// What the points leave unexplained, and what their bands cost.
    fn cost(&self) -> f64 {
        self.loss + self.open() * BAND_COST
    }

    fn open(&self) -> f64 {
        self.steps.iter().flatten().filter(|step| **step > 0).fold(0.0, |count, _| count + 1.0)
    }

    fn step(&self, measure: usize, limit: usize) -> u8 {
        self.steps.get(measure).and_then(|steps| steps.get(limit)).copied().unwrap_or(0)
    }

    /// The points of the worst band of a measure, which are those of all its limits.
    fn worst(&self, measure: usize) -> u8 {
        self.steps.get(measure).map_or(0, |steps| steps.iter().sum())
    }

    /// Every change, with a guess of what it would gain.
    fn guesses(&self) -> Vec<(f64, Change)> {
        let all = self.steps.iter().flatten();
        let sum: usize = all.clone().map(|step| usize::from(*step)).sum();
        let full = all.filter(|step| **step > 0).count() >= MOST_BANDS;
        let mut guesses = Vec::new();
        for (measure, slopes) in self.slopes().into_iter().enumerate() {
            let room = self.worst(measure) < MOST_POINTS && sum < MOST_SUM;
            for (limit, slope) in slopes.into_iter().enumerate() {
                let step = self.step(measure, limit);
                let curve = UNIT * UNIT * slope.curve / 2.0;
                let opening = if step == 0 { BAND_COST } else { 0.0 };
                if room && step < MOST_STEP && (step > 0 || !full) {
                    let gain = UNIT * slope.gradient - curve - opening;
                    guesses.push((gain, Change { measure, limit, up: true }));
                }
                if step > 0 {
                    let closing = if step == 1 { BAND_COST } else { 0.0 };
                    let gain = -UNIT * slope.gradient - curve + closing;
                    guesses.push((gain, Change { measure, limit, up: false }));
                }
            }
        }
        guesses
    }

    /// For every limit, how much one point more would explain, with the base rates following.
    fn slopes(&self) -> Vec<Vec<Slope>> {
        let width = self.steps.iter().map(|steps| steps.len() + 1).sum::<usize>();
        let starts: Vec<usize> = self
            .steps
            .iter()
            .scan(0, |start, steps| {
                let here = *start;
                *start += steps.len() + 1;
                Some(here)
            })
            .collect();
        let mut cells = vec![Slope::default(); width * self.base.len()];
        for (row, points) in self.rows.iter().zip(&self.points) {
            let base = self.base.get(row.cell).copied().unwrap_or(0.0);
            let chance = chance(base, *points);
            let gradient = row.weight * (f64::from(u8::from(row.risk)) - chance);
            let curve = row.weight * chance * (1.0 - chance);
            let Some(cell) = cells.get_mut(row.cell * width..(row.cell + 1) * width) else {
                continue;
            };
            for (start, level) in starts.iter().zip(&row.levels) {
                if let Some(slope) = cell.get_mut(start + usize::from(*level)) {
                    slope.gradient += gradient;
                    slope.curve += curve;
                }
            }
        }
        let of_measure = |(start, steps): (&usize, &Vec<u8>)| {
            let mut slopes = vec![Slope::default(); steps.len()];
            for cell in cells.chunks(width) {
                let levels = cell.get(*start..=start + steps.len()).unwrap_or_default();
                add(&mut slopes, levels);
            }
            slopes
        };
        starts.iter().zip(&self.steps).map(of_measure).collect()
    }

    /// Lets the base rate of each cell follow the points, and sums up what is left unexplained.
    fn settle(&mut self, rounds: u8) {
        let mut heaps = vec![[(0.0, 0.0); 256]; self.base.len()];
        for (row, points) in self.rows.iter().zip(&self.points) {
            if let Some(heap) =
                heaps.get_mut(row.cell).and_then(|it| it.get_mut(usize::from(*points)))
            {
                heap.0 += row.weight;
                heap.1 += if row.risk { row.weight } else { 0.0 };
            }
        }
        self.loss = 0.0;
        for (base, heaps) in self.base.iter_mut().zip(&heaps) {
            for _ in 0..rounds {
                *base += newton(*base, heaps);
            }
            self.loss += loss(*base, heaps);
        }
    }
}

/// Adds the slopes of one cell: a limit is reached by every level above it.
fn add(slopes: &mut [Slope], levels: &[Slope]) {
    let all: f64 = levels.iter().map(|level| level.curve).sum();
    let mut beyond = Slope::default();
    for (slope, level) in slopes.iter_mut().zip(levels.iter().skip(1)).rev() {
        beyond.gradient += level.gradient;
        beyond.curve += level.curve;
        slope.gradient += beyond.gradient;
        if all > 0.0 {
            slope.curve += beyond.curve - beyond.curve * beyond.curve / all;
        }
    }
}

fn odds(base: f64, points: u8) -> f64 {
    base + UNIT * f64::from(points)
}

fn chance(base: f64, points: u8) -> f64 {
    1.0 / (1.0 + (-odds(base, points)).exp())
}

fn newton(base: f64, heaps: &[Heap]) -> f64 {
    // Half a student on either side, so that a cell without anybody at risk has an end.
    let (mut gradient, mut curve) = (-base * 0.1, 0.1);
    for ((all, risk), points) in heaps.iter().zip(0..=u8::MAX) {
        if *all > 0.0 {
            let chance = chance(base, points);
            gradient += risk - all * chance;
            curve += all * chance * (1.0 - chance);
        }
    }
    (gradient / curve).clamp(-2.0, 2.0)
}

fn loss(base: f64, heaps: &[Heap]) -> f64 {
    let heaps = heaps.iter().zip(0..=u8::MAX).filter(|((all, _), _)| *all > 0.0);
    heaps.fold(0.0, |sum, ((all, risk), points)| {
        let odds = odds(base, points);
        sum + all * (odds.max(0.0) + (-odds.abs()).exp().ln_1p()) - risk * odds
    })
}
