//! Tutors that a list names: found by number, e-mail address or name, or made.

use std::collections::HashMap;

use super::{Plan, fields::set};
use crate::domain::{
    id::IdSource,
    records::Records,
    roll::{Listed, ListedTutor},
    tutor::{Role, Tutor, TutorId},
};

/// Whose tutees those become for whom the list names nobody: a tutor's own, unless it names tutors of others.
#[must_use]
pub fn tutees_of(records: &Records, listed: &[Listed]) -> Option<TutorId> {
    let names_tutors = listed.iter().any(|student| student.tutor.is_some());
    records.me().filter(|me| me.role == Role::Tutor && !names_tutors).map(|me| me.id)
}

/// All tutors, known and named, with what the list changes about them.
pub(super) struct Book<'a> {
    records: &'a Records,
    tutors: Vec<Tutor>,
    numbers: HashMap<String, usize>,
    emails: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    places: HashMap<TutorId, usize>,
    /// Who was found for each of those whom the list names.
    said: HashMap<usize, usize>,
}

impl<'a> Book<'a> {
    pub(super) fn new(records: &'a Records) -> Self {
        let mut book = Self {
            records,
            tutors: Vec::new(),
            numbers: HashMap::new(),
            emails: HashMap::new(),
            names: HashMap::new(),
            places: HashMap::new(),
            said: HashMap::new(),
        };
        for tutor in records.tutors() {
            book.add(tutor.clone());
        }
        book
    }

    /// The tutor whom a row names: which of those of the list, and what it says.
    pub(super) fn find(
        &mut self,
        which: usize,
        said: &ListedTutor,
        ids: &mut IdSource,
    ) -> Result<TutorId, String> {
        if let Some(place) = self.said.get(&which).copied() {
            return self.id(place);
        }
        let place = match self.known(said)? {
            Some(place) => {
                self.learn(place, said);
                place
            }
            None => self.add(Tutor {
                id: ids.fresh(),
                name: first_filled([&said.name, &said.email, &said.number]),
                email: said.email.clone(),
                number: said.number.clone(),
                school: String::new(),
                role: Role::Tutor,
            }),
        };
        self.said.insert(which, place);
        self.id(place)
    }

    pub(super) fn name(&self, id: TutorId) -> String {
        let tutor = self.places.get(&id).and_then(|place| self.tutors.get(*place));
        tutor.map_or_else(String::new, |tutor| tutor.name.clone())
    }

    /// Says who is new, who has changed and whether it names the owner, and gives those who are written as they will be.
    pub(super) fn write(&self, plan: &mut Plan) -> Vec<Tutor> {
        let owner = self.records.me().and_then(|me| self.places.get(&me.id));
        plan.names_owner = owner.is_some_and(|owner| self.said.values().any(|said| said == owner));
        let mut written = Vec::new();
        for tutor in &self.tutors {
            match self.records.tutor(tutor.id) {
                None => plan.new_tutors.push(tutor.name.clone()),
                Some(known) if known == tutor => continue,
                Some(known) => {
                    let mut fields = Vec::new();
                    let mut was = known.clone();
                    set(&mut was.name, &tutor.name, "name", &mut fields);
                    set(&mut was.email, &tutor.email, "e-mail", &mut fields);
                    set(&mut was.number, &tutor.number, "number", &mut fields);
                    plan.changed_tutors.push((tutor.id, fields));
                }
            }
            written.push(tutor.clone());
        }
        written
    }

    fn id(&self, place: usize) -> Result<TutorId, String> {
        self.tutors.get(place).map(|tutor| tutor.id).ok_or_else(String::new)
    }

    fn known(&self, said: &ListedTutor) -> Result<Option<usize>, String> {
        let by =
            |index: &HashMap<String, usize>, text: &str| index.get(&text.to_lowercase()).copied();
        let (numbered, mailed) = (by(&self.numbers, &said.number), by(&self.emails, &said.email));
        if let (Some(numbered), Some(mailed)) = (numbered, mailed)
            && numbered != mailed
        {
            return Err("the number and the e-mail address belong to two tutors".into());
        }
        if let Some(place) = numbered.or(mailed) {
            return Ok(Some(place));
        }
        let other = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && !a.eq_ignore_ascii_case(b);
        let namesakes = self.names.get(&key(&said.name)).map_or(&[][..], Vec::as_slice);
        let mut same = namesakes.iter().copied().filter(|place| {
            self.tutors.get(*place).is_some_and(|tutor| {
                !other(&tutor.number, &said.number) && !other(&tutor.email, &said.email)
            })
        });
        match (same.next(), same.next()) {
            (Some(_), Some(_)) => {
                Err("several tutors have this name: add a column with their e-mail or number"
                    .into())
            }
            (place, _) => Ok(place),
        }
    }

    /// Takes what is said about a known tutor. Whoever works here has given their own name.
    fn learn(&mut self, place: usize, said: &ListedTutor) {
        let me = self.records.me().map(|me| me.id);
        let Some(tutor) = self.tutors.get_mut(place) else { return };
        let own = me == Some(tutor.id);
        if !said.name.is_empty() && key(&tutor.name) != key(&said.name) && !own {
            tutor.name.clone_from(&said.name);
            self.names.entry(key(&said.name)).or_default().push(place);
        }
        if !said.email.is_empty()
            && !tutor.email.eq_ignore_ascii_case(&said.email)
            && (!own || tutor.email.is_empty())
        {
            tutor.email.clone_from(&said.email);
            self.emails.insert(said.email.to_lowercase(), place);
        }
        if !said.number.is_empty() && tutor.number.is_empty() {
            tutor.number.clone_from(&said.number);
            self.numbers.insert(said.number.to_lowercase(), place);
        }
    }

    fn add(&mut self, tutor: Tutor) -> usize {
        let place = self.tutors.len();
        if !tutor.number.is_empty() {
            self.numbers.insert(tutor.number.to_lowercase(), place);
        }
        if !tutor.email.is_empty() {
            self.emails.insert(tutor.email.to_lowercase(), place);
        }
        let name = key(&tutor.name);
        if !name.is_empty() {
            self.names.entry(name).or_default().push(place);
        }
        self.places.insert(tutor.id, place);
        self.tutors.push(tutor);
        place
    }
}

/// A name by which the same tutor is known again: without titles, case, points and the order of its words.
fn key(name: &str) -> String {
    const TITLES: [&str; 10] =
        ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"];
    let lower = name.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '.'))
        .filter(|word| !word.is_empty() && !TITLES.contains(word))
        .collect();
    words.sort_unstable();
    words.join(" ")
}

fn first_filled(texts: [&String; 3]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_again_with_or_without_title_and_in_either_order() {
        for name in ["Dr Amara Okafor", "Okafor, Amara", "AMARA OKAFOR", "Prof. Amara  Okafor"] {
            assert_eq!(key(name), "amara okafor", "{name}");
        }
    }
}
