//! What the TOML reader says, in sentences for who writes a pack: the value, and what may stand there instead.

/// What is wrong with a value.
pub(super) struct Told {
    /// The sentence.
    pub message: String,
    /// The field that is missing, if that is what is wrong.
    pub missing: Option<String>,
}

/// A sentence about a text that is no TOML.
pub(super) fn syntax(message: &str) -> String {
    let message = message.replace('`', "");
    match message.as_str() {
        "duplicate key" => "this field stands here twice; keep one of the two".into(),
        other => format!("this is not TOML: {other}"),
    }
}

/// A sentence about a value of the wrong kind; `written` is the text that stands there, if it is one.
pub(super) fn value(message: &str, written: Option<&str>) -> Told {
    if let Some(name) = between(message, "missing field `", "`") {
        return Told { message: "is missing".into(), missing: Some(name.into()) };
    }
    Told { message: present(message, written), missing: None }
}

fn present(message: &str, written: Option<&str>) -> String {
    if let Some((name, known)) = unknown(message, "unknown variant `") {
        return format!("\"{name}\" is not known; it can be {known}");
    }
    let field = unknown(message, "unknown field `").or_else(|| unexpected(message));
    if let Some((name, known)) = field {
        let near = known
            .split(", ")
            .find(|known| strsim::jaro_winkler(&name.replace('_', "-"), known) > 0.85);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
        return format!("there is no field \"{name}\" here{near}; there can be {known}");
    }
    for head in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, wanted)) =
            message.strip_prefix(head).and_then(|rest| rest.rsplit_once(", expected "))
        {
            return format!("must be {}, not {}", kind(wanted), thing(found));
        }
    }
    match message {
        "wanted string or table" => {
            "must be a word in quotes, or a table such as { weeks = … }".into()
        }
        "wanted exactly 1 element, found 0 elements" => "is empty; one kind must stand here".into(),
        "wanted exactly 1 element, more than 1 element" => {
            "holds more than one kind; only one can stand here".into()
        }
        "integer number overflowed" => "is too large a number".into(),
        other if is_about_a_day(other) => {
            let written = written.unwrap_or_default();
            format!("\"{written}\" is no day; write it as in \"2026-09-28\"")
        }
        other => other.replace('`', "\""),
    }
}

/// The sentences of chrono.
fn is_about_a_day(message: &str) -> bool {
    matches!(
        message,
        "input contains invalid characters"
            | "premature end of input"
            | "input is out of range"
            | "trailing input"
            | "no possible date and time matching input"
            | "input is not enough for unique date and time"
    )
}

/// The name that is not known, and those that are.
fn unknown<'a>(message: &'a str, head: &str) -> Option<(&'a str, String)> {
    let rest = message.strip_prefix(head)?;
    let (name, known) = rest
        .rsplit_once("`, expected ")
        .or_else(|| Some((rest.rsplit_once("`, there are no ")?.0, "")))?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    Some((name, if known.is_empty() { "nothing".into() } else { known.join(", ") }))
}

/// The same in the words of the TOML reader, for the fields of a kind.
fn unexpected(message: &str) -> Option<(&str, String)> {
    let rest = message.strip_prefix("unexpected keys in table: ")?;
    let (name, known) = rest.split_once(", available keys: ")?;
    Some((name, known.to_owned()))
}

/// What was wanted, in words.
fn kind(wanted: &str) -> &str {
    match wanted {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list in [ ]",
        "a formatted date string" => "a day such as \"2026-09-28\"",
        "struct variant" | "a map" => "a table with its fields, such as { from = 1, to = 4 }",
        "newtype variant" => "followed by a value, such as { contact = \"email\" }",
        "unit variant" => "a word in quotes, without fields",
        other if other.starts_with("struct ") => "a table with its fields, in { } or under [ ]",
        other => other,
    }
}

/// What was found, in words.
fn thing(found: &str) -> String {
    match found {
        "sequence" => return "a list".into(),
        "unit variant" => return "the word alone".into(),
        "map" | "newtype variant" | "struct variant" => return "a table".into(),
        _ => {}
    }
    for head in ["integer `", "floating point `", "boolean `"] {
        if let Some(value) = between(found, head, "`") {
            return value.into();
        }
    }
    found.strip_prefix("string ").unwrap_or(found).into()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}
