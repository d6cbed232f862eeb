//! Who somebody in a file is: by number, e-mail, a choice that a person made before, or the whole name; never a guess.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{super::student::split_number, Ambiguous, Chosen, Strangers, Wanted};
use crate::domain::{
    alias::Alias,
    engagement::Source,
    fold::fold,
    reading::{Fact, Reading, Who},
    records::Records,
    student::{Student, StudentId},
};

/// What is said of everybody in a file, by who they are.
#[derive(Default)]
pub(super) struct People<'a> {
    /// Students of this profile, with the facts of each.
    pub known: HashMap<StudentId, Vec<&'a [Fact]>>,
    /// Names that a person has now said whose they are.
    pub learnt: Vec<(StudentId, String)>,
    /// Who may be several.
    pub ambiguous: Vec<Ambiguous>,
    /// Who is nobody of this profile.
    pub strangers: Strangers,
    /// How many of these may be students all the same: neither their number nor their address is one of here.
    pub doubtful: u32,
}

/// Somebody in a file.
struct Person<'a> {
    who: &'a Who,
    row: u32,
    rows: HashSet<u32>,
    facts: Vec<&'a [Fact]>,
}

/// What is found out about somebody.
enum Found {
    Student(StudentId),
    ByName(StudentId),
    Chosen(StudentId),
    Several(Vec<StudentId>),
    Nobody,
}

/// Tells who is who.
pub(super) fn people<'a>(index: &Index<'_>, reading: &'a Reading, wanted: &Wanted) -> People<'a> {
    let everybody = gather(reading);
    let search = Search::new(index, reading.source, &everybody);
    let mut found: Vec<Found> =
        everybody.iter().map(|person| search.find(person.who, wanted)).collect();
    doubt_namesakes(&mut found);
    let homes = homes(&everybody, &found);
    let mut people = People::default();
    for (person, found) in everybody.into_iter().zip(found) {
        match found {
            Found::Student(student) | Found::ByName(student) => people.know(student, person),
            Found::Chosen(student) => {
                people.learnt.push((student, key(person.who)));
                people.know(student, person);
            }
            Found::Several(candidates) => {
                let (row, who) = (person.row, person.who.clone());
                people.ambiguous.push(Ambiguous { row, who, candidates });
            }
            Found::Nobody => {
                people.doubtful += u32::from(search.is_doubtful(person.who, &homes, wanted));
                people.strangers.people += 1;
                people.strangers.rows += u32::try_from(person.rows.len()).unwrap_or(u32::MAX);
            }
        }
    }
    people
}

impl<'a> People<'a> {
    fn know(&mut self, student: StudentId, person: Person<'a>) {
        self.known.entry(student).or_default().extend(person.facts);
    }
}

/// Everybody in a file once, in the order of their first rows.
fn gather(reading: &Reading) -> Vec<Person<'_>> {
    let mut places: HashMap<&Who, usize> = HashMap::new();
    let mut everybody: Vec<Person<'_>> = Vec::new();
    for seen in &reading.people {
        let place = *places.entry(&seen.who).or_insert(everybody.len());
        if place == everybody.len() {
            let (who, row) = (&seen.who, seen.row);
            everybody.push(Person { who, row, rows: HashSet::new(), facts: Vec::new() });
        }
        if let Some(person) = everybody.get_mut(place) {
            person.rows.insert(seen.row);
            person.facts.push(&seen.facts);
        }
    }
    everybody
}

/// The domains of those in the file who are known by their number.
fn homes(everybody: &[Person<'_>], found: &[Found]) -> HashSet<String> {
    let numbered = everybody.iter().zip(found).filter(|(person, found)| {
        matches!(found, Found::Student(_)) && !person.who.number.is_empty()
    });
    numbered.filter_map(|(person, _)| domain(&email(person.who)).map(str::to_owned)).collect()
}

/// Two people with different names that both fit one student: a person must say which of them it is.
fn doubt_namesakes(found: &mut [Found]) {
    let mut times: HashMap<StudentId, usize> = HashMap::new();
    for found in found.iter() {
        if let Found::ByName(student) | Found::Student(student) | Found::Chosen(student) = found {
            *times.entry(*student).or_default() += 1;
        }
    }
    for found in found {
        if let Found::ByName(student) = found
            && times.get(student).is_some_and(|times| *times > 1)
        {
            *found = Found::Several(vec![*student]);
        }
    }
}

/// The students of the profile, by everything that a file may call them.
pub(super) struct Index<'a> {
    numbers: HashMap<String, Vec<StudentId>>,
    emails: HashMap<String, Vec<StudentId>>,
    names: HashMap<String, BTreeSet<StudentId>>,
    words: HashMap<String, Vec<StudentId>>,
    aliases: HashMap<(Source, &'a str), StudentId>,
    students: HashMap<StudentId, &'a Student>,
    /// How the numbers of this profile look.
    shapes: HashSet<String>,
    /// The domains of the e-mail addresses of this profile.
    domains: HashSet<String>,
    /// The domains of the e-mail addresses of tutors.
    staff: HashSet<String>,
}

/// One file's people, looked for in the index.
struct Search<'i, 'a> {
    index: &'i Index<'a>,
    source: Source,
    /// Whether some in the file are known by their number.
    numbered: bool,
    /// Whether some in the file are known by their e-mail address.
    mailed: bool,
}

/// What number and e-mail address say against a student whose name fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Against {
    /// Nothing.
    Nothing,
    /// They may be of another kind than ours; a person must say.
    Perhaps,
    /// They are somebody else's.
    Surely,
}

impl<'a> Index<'a> {
    /// Of everybody in the profile.
    pub(super) fn new(records: &'a Records) -> Self {
        let mut index = Self {
            numbers: HashMap::new(),
            emails: HashMap::new(),
            names: HashMap::new(),
            words: HashMap::new(),
            aliases: HashMap::new(),
            students: HashMap::new(),
            shapes: HashSet::new(),
            domains: HashSet::new(),
            staff: HashSet::new(),
        };
        for tutor in records.tutors() {
            index.staff.extend(domain(&fold(&tutor.email)).map(str::to_owned));
        }
        for file in records.files() {
            index.add(&file.student.value);
            let known = |alias: &'a Alias| ((alias.source, alias.name.as_str()), file.student.id);
            index.aliases.extend(file.aliases.iter().map(|alias| known(&alias.value)));
        }
        index
    }

    fn add(&mut self, student: &'a Student) {
        let id = student.id;
        self.students.insert(id, student);
        if !student.number.is_empty() {
            let number = fold(&student.number).into_owned();
            self.shapes.insert(shape(&number));
            self.numbers.entry(number).or_default().push(id);
        }
        if !student.email.is_empty() {
            let email = fold(&student.email).into_owned();
            self.domains.extend(domain(&email).map(str::to_owned));
            self.emails.entry(email).or_default().push(id);
        }
        for name in names(student) {
            for word in name.split(' ') {
                let held = self.words.entry(word.to_owned()).or_default();
                if held.last() != Some(&id) {
                    held.push(id);
                }
            }
            self.names.entry(name).or_default().insert(id);
        }
    }
}

impl<'i, 'a> Search<'i, 'a> {
    fn new(index: &'i Index<'a>, source: Source, everybody: &[Person<'_>]) -> Self {
        let mut whos = everybody.iter().map(|person| person.who);
        let numbered = whos.clone().any(|who| index.numbers.contains_key(&number(who)));
        let mailed = whos.any(|who| index.emails.contains_key(&email(who)));
        Self { index, source, numbered, mailed }
    }

    fn find(&self, who: &Who, wanted: &Wanted) -> Found {
        let several = |ids: &[StudentId]| match ids {
            [only] => Found::Student(*only),
            _ => Found::Several(ids.to_vec()),
        };
        match wanted.chosen.get(who) {
            Some(Chosen::Student(student)) if self.index.students.contains_key(student) => {
                return Found::Chosen(*student);
            }
            Some(Chosen::Nobody) => return Found::Nobody,
            Some(Chosen::Student(_)) | None => {}
        }
        let alias = || {
            let key = key(who);
            self.index.aliases.get(&(self.source, key.as_str())).copied()
        };
        if let Some(ids) = self.index.numbers.get(&number(who)) {
            return alias().map_or_else(|| several(ids), Found::Student);
        }
        if let Some(ids) = self.index.emails.get(&email(who)) {
            return alias().map_or_else(|| several(ids), Found::Student);
        }
        if let Some(student) = alias() {
            return Found::Student(student);
        }
        self.by_name(who)
    }

    /// Whether somebody who is no student by number, address and name may be one who came under another name: a guest
    /// without an address, or with one of elsewhere.
    fn is_doubtful(&self, who: &Who, homes: &HashSet<String>, wanted: &Wanted) -> bool {
        let (number, email) = (number(who), email(who));
        let known = || self.index.domains.iter().chain(&self.index.staff).chain(homes);
        let here = |domain: &str| known().any(|known| is_within(domain, known));
        let told = domain(&email).is_some_and(here)
            || (!number.is_empty() && self.index.shapes.contains(&shape(&number)));
        !told && !matches!(wanted.chosen.get(who), Some(Chosen::Nobody))
    }

    /// Whom a name fits, if nothing else that is said speaks against it.
    fn by_name(&self, who: &Who) -> Found {
        let name = plain(&who.name);
        if name.is_empty() {
            return Found::Nobody;
        }
        let against = |id: &StudentId| {
            self.index
                .students
                .get(id)
                .map_or(Against::Surely, |student| self.against(who, student))
        };
        let may_be = |id: &StudentId| against(id) != Against::Surely;
        let named = self.index.names.get(&name).into_iter().flatten().copied();
        let exact: Vec<StudentId> = named.filter(may_be).collect();
        match exact[..] {
            [only] if against(&only) == Against::Nothing => return Found::ByName(only),
            [] => {}
            _ => return Found::Several(exact),
        }
        let near: BTreeSet<StudentId> = name
            .split(' ')
            .filter_map(|word| self.index.words.get(word))
            .flatten()
            .copied()
            .collect();
        let loose = |id: &StudentId| {
            let student = self.index.students.get(id);
            student.is_some_and(|it| names(it).any(|known| fits_loosely(&known, &name)))
        };
        let candidates: Vec<StudentId> = near.into_iter().filter(loose).filter(may_be).collect();
        if candidates.is_empty() { Found::Nobody } else { Found::Several(candidates) }
    }

    /// What speaks against a student whose name fits: a number or an address that is not theirs. Where nobody in the file is
    /// known by such, it may be of another kind.
    fn against(&self, who: &Who, student: &Student) -> Against {
        let (number, email) = (number(who), email(who));
        let number = match () {
            () if number.is_empty() || student.number.is_empty() => Against::Nothing,
            () if self.numbered => Against::Surely,
            () if self.index.shapes.contains(&shape(&number)) => Against::Perhaps,
            () => Against::Nothing,
        };
        let domain = domain(&email).filter(|_| !student.email.is_empty());
        let email = match domain {
            Some(_) if self.mailed => Against::Surely,
            Some(domain) if self.index.domains.contains(domain) => Against::Perhaps,
            Some(_) | None => Against::Nothing,
        };
        number.max(email)
    }
}

/// What a choice is remembered by: all that a file says of who somebody is.
pub(super) fn key(who: &Who) -> String {
    let parts = [plain(&who.name), email(who), number(who)];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// A student number as numbers are compared.
fn number(who: &Who) -> String {
    fold(&split_number(who.number.trim()).0).into_owned()
}

/// An e-mail address as addresses are compared.
fn email(who: &Who) -> String {
    fold(who.email.trim()).into_owned()
}

/// How a number looks: its letters and digits, each as any other.
fn shape(number: &str) -> String {
    let kind = |c: char| if c.is_ascii_digit() { '0' } else { 'a' };
    number.chars().map(kind).collect()
}

/// Whether one domain is the other or a part of it, as `student.example.ac.uk` of `example.ac.uk`.
fn is_within(one: &str, other: &str) -> bool {
    let part = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    part(one, other) || part(other, one)
}

/// What follows the @.
fn domain(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain)
}

/// A name as names are compared: folded, without what stands in brackets, its words one blank apart.
fn plain(name: &str) -> String {
    let mut depth = 0_u32;
    let mut bare = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ',' | '.' | ';' | '_' => bare.push(' '),
            _ => bare.push(c),
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that a student may be called in full, in either order.
fn names(student: &Student) -> impl Iterator<Item = String> {
    let name = &student.name;
    let (given, family, preferred) =
        (plain(&name.given), plain(&name.family), plain(&name.preferred));
    let both = |first: &str| {
        [format!("{first} {family}"), format!("{family} {first}")]
            .map(|name| name.trim().to_owned())
    };
    let mut all: Vec<String> = both(&given).into();
    if !preferred.is_empty() {
        all.extend(both(&preferred));
        all.extend(preferred.contains(' ').then_some(preferred));
    }
    all.retain(|name| !name.is_empty());
    all.sort();
    all.dedup();
    all.into_iter()
}

/// Whether one name has all words of the other, an initial standing for its word, but at least one in full.
fn fits_loosely(known: &str, said: &str) -> bool {
    let (known, said): (Vec<&str>, Vec<&str>) =
        (known.split(' ').collect(), said.split(' ').collect());
    let (few, many) = if said.len() <= known.len() { (&said, &known) } else { (&known, &said) };
    let stands_for = |one: &str, other: &str| {
        one == other
            || (one.chars().count() == 1 && other.starts_with(one))
            || (other.chars().count() == 1 && one.starts_with(other))
    };
    let whole = |word: &str| word.chars().count() > 1 && many.contains(&word);
    few.iter().all(|word| many.iter().any(|other| stands_for(word, other)))
        && few.iter().any(|word| whole(word))
}
