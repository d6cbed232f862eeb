//! Reads the source and fails when a layer names what it must not know, or when a file grows too long.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

/// Layer and what its code must never name: `word::` as the head of a path or an import from the crate, `::word`
/// as the tail of a path, `word` anywhere.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "exchange::",
            "store::",
            "app::",
            "ui::",
            "runtime::",
            "cli::",
            "ratatui",
            "crossterm",
            "sled",
            "fs::",
            "thread::",
            "::now",
        ],
    ),
    ("exchange", &["store::", "app::", "ui::", "runtime::", "cli::", "fs::", "::now"]),
    ("store", &["app::", "ui::", "cli::", "ratatui", "crossterm"]),
    ("app", &["ui::", "store::", "runtime::", "cli::", "sled", "fs::", "::now", "Frame", "Rect"]),
    ("ui", &["store::", "runtime::", "cli::", "sled", "fs::", "event::", "::now"]),
];

/// A crate and the only file that may name it.
const ONE_PLACE: &[(&str, &str)] = &[("sled", "store/engine.rs"), ("bincode", "store/codec.rs")];

/// Lines of one file, tests not counted. Uniform tables may be longer.
const LONGEST_FILE: usize = 400;
const TABLES: &[&str] = &["app/command.rs"];

#[test]
fn a_layer_never_names_what_it_must_not_know() {
    let mut faults = Vec::new();
    for source in sources() {
        let code = Code::read(&source.text);
        for (layer, words) in FORBIDDEN {
            if source.is_in(layer) {
                faults.extend(words.iter().flat_map(|word| code.find(word, &source.path)));
            }
        }
        for (word, home) in ONE_PLACE {
            if source.path != *home {
                faults.extend(code.find(word, &source.path));
            }
        }
    }
    assert!(faults.is_empty(), "a layer names what it must not know:\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_longer_than_the_limit() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| !TABLES.contains(&source.path.as_str()))
        .map(|source| (source.path.as_str(), without_tests(&source.text).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "more than {LONGEST_FILE} lines without tests:\n{}", long.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "no //! at the top of {silent:?}");
}

#[test]
fn words_in_comments_strings_and_tests_do_not_count() {
    let code = Code::read(
        "//! sled\n/* ratatui /* nested */ */ const A: &str = \"crossterm \\\" \"; const B: char = '\"';\n\
         const C: &str = r#\"sled \" \"#; fn f<'a>(_: &'a str) {}\n\
         #[cfg(test)]\nmod tests { use sled::Db; fn x() { Local::now(); } }\nfn end() {}",
    );
    for word in ["sled", "ratatui", "crossterm", "::now"] {
        assert_eq!(code.find(word, "a.rs"), Vec::<String>::new(), "{word}");
    }
    assert_eq!(code.find("end", "a.rs"), ["a.rs:5 names end"]);
}

#[test]
fn a_layer_is_found_in_paths_and_imports_but_not_as_a_plain_name() {
    let code = Code::read(
        "use crate::{domain::Day, store};\nfn store(now: u8) { ui::draw(); Utc::now() }",
    );
    assert_eq!(code.find("store::", "a.rs"), ["a.rs:1 names store"]);
    assert_eq!(code.find("ui::", "a.rs"), ["a.rs:2 names ui"]);
    assert_eq!(code.find("::now", "a.rs"), ["a.rs:2 names now"]);
    assert_eq!(code.find("runtime::", "a.rs"), Vec::<String>::new());
}

/// One file of `src`, its path relative to that folder.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_in(&self, layer: &str) -> bool {
        self.path == format!("{layer}.rs") || self.path.starts_with(&format!("{layer}/"))
    }
}

/// Every source file but those that only tests see.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let tests: HashSet<PathBuf> =
        files.iter().flat_map(|(path, text)| test_files(path, text)).collect();
    files
        .into_iter()
        .filter(|(path, _)| {
            !tests.iter().any(|test| path == test || path.starts_with(test.with_extension("")))
        })
        .map(|(path, text)| Source {
            path: path.strip_prefix(&root).unwrap().display().to_string(),
            text,
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}

/// The files that `#[cfg(test)] mod name;` in this one names.
fn test_files(path: &Path, text: &str) -> Vec<PathBuf> {
    let names = text.split("#[cfg(test)]").skip(1).filter_map(|rest| {
        let line = rest.trim_start().lines().next()?;
        line.trim_start_matches("pub(crate) ").strip_prefix("mod ")?.strip_suffix(';')
    });
    let stem = path.with_extension("");
    let beside = path.parent().unwrap().to_path_buf();
    let folder = if stem.ends_with("lib") || stem.ends_with("main") { beside } else { stem };
    names.map(|name| folder.join(name).with_extension("rs")).collect()
}

/// The words and signs of a file, each with its line; comments, literals and test modules left out.
struct Code(Vec<(usize, String)>);

impl Code {
    fn read(text: &str) -> Self {
        let mut tokens: Vec<(usize, String)> = Vec::new();
        for (index, line) in without_tests(text).lines().enumerate() {
            let mut word = String::new();
            for c in line.chars().chain([' ']) {
                if c.is_alphanumeric() || c == '_' {
                    word.push(c);
                    continue;
                }
                if !word.is_empty() {
                    tokens.push((index + 1, std::mem::take(&mut word)));
                }
                match tokens.last_mut() {
                    Some((_, last)) if c == ':' && last == ":" => last.push(':'),
                    _ if c.is_whitespace() => {}
                    _ => tokens.push((index + 1, c.to_string())),
                }
            }
        }
        Self(tokens)
    }

    fn find(&self, rule: &str, path: &str) -> Vec<String> {
        let word = rule.trim_matches(':');
        let imported = self.imported();
        let at = |index: usize| self.0.get(index).map_or("", |(_, token)| token);
        let hit = |index: usize| {
            let before = |n: usize| index.checked_sub(n).map_or("", at);
            if rule.ends_with("::") {
                // `a::word::b` in the middle of a foreign path is another module of that name.
                let head = before(1) != "::" || matches!(before(2), "crate" | "std" | "tutelage");
                head && (at(index + 1) == "::" || before(1) == "::" || imported.contains(&index))
            } else {
                !rule.starts_with("::") || before(1) == "::"
            }
        };
        let found =
            self.0.iter().enumerate().filter(|(index, (_, token))| token == word && hit(*index));
        found.map(|(_, (line, _))| format!("{path}:{line} names {word}")).collect()
    }

    /// Positions inside `crate::{ … }`, at its own level: there a layer stands without `::` beside it.
    fn imported(&self) -> HashSet<usize> {
        let mut inside = HashSet::new();
        let (mut group, mut depth) = (None, 0_usize);
        for (index, (_, token)) in self.0.iter().enumerate() {
            match token.as_str() {
                "{" => {
                    depth += 1;
                    let path: Vec<&str> = self.0[index.saturating_sub(2)..index]
                        .iter()
                        .map(|t| t.1.as_str())
                        .collect();
                    if matches!(path[..], ["crate" | "std" | "tutelage", "::"]) {
                        group = Some(depth);
                    }
                }
                "}" => {
                    if group == Some(depth) {
                        group = None;
                    }
                    depth = depth.saturating_sub(1);
                }
                _ if group == Some(depth) => _ = inside.insert(index),
                _ => {}
            }
        }
        inside
    }
}

/// The text with comments and literals blanked, and every item behind `#[cfg(test)]` cut out; lines keep their place
/// up to the first such item.
fn without_tests(text: &str) -> String {
    let mut code = blank(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let rest = &code[start..];
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(open), semicolon) if semicolon.is_none_or(|semicolon| open < semicolon) => {
                let mut depth = 0_usize;
                rest.char_indices().find_map(|(at, c)| {
                    depth = if c == '{' {
                        depth + 1
                    } else {
                        depth.saturating_sub(usize::from(c == '}'))
                    };
                    (at >= open && depth == 0).then_some(at + 1)
                })
            }
            (_, semicolon) => semicolon.map(|at| at + 1),
        };
        code.replace_range(start..start + end.unwrap_or(rest.len()), "");
    }
    code
}

/// Comments and the inside of literals become blanks.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let after = |n: usize| chars.get(at + n).copied().unwrap_or(' ');
        let joined = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        let end = match c {
            '/' if next == '/' => find(&chars, at, |i| chars[i] == '\n'),
            '/' if next == '*' => block_comment(&chars, at),
            '"' => quoted(&chars, at, '"'),
            '\'' if next == '\\' || after(2) == '\'' => quoted(&chars, at, '\''),
            'r' if !joined && matches!(next, '"' | '#') => raw(&chars, at),
            _ => at,
        };
        if end == at {
            code.push(c);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().filter(|c| **c == '\n'));
            code.push(' ');
            at = end;
        }
    }
    code
}

fn find(chars: &[char], from: usize, stop: impl Fn(usize) -> bool) -> usize {
    (from..chars.len()).find(|&i| stop(i)).unwrap_or(chars.len())
}

fn block_comment(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(chars: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"` and `r#"…"#`; a raw name such as `r#type` is left as it is.
fn raw(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closes = |i: usize| {
        chars[i] == '"'
            && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    (find(chars, open + 1, closes) + 1 + hashes).min(chars.len())
}
