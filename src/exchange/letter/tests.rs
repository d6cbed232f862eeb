//! Every template under every policy, with much and with little to say; what errors say; what never leaves.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    letter::{Asked, NAMES, Slot, kinds},
    meeting::Outcome,
    note::Confidentiality,
    policy::{Policy, RecipientKind},
    records::Records,
    student::StudentId,
    time::Now,
};
use crate::exchange::policy::{BUILTIN, builtin};
use crate::fixture::{Fixture, ago, today};

/// One student with something of everything, one with nothing but a name.
struct World {
    records: Records,
    full: StudentId,
    bare: StudentId,
}

fn world() -> World {
    let mut world = Fixture::new();
    let full = world.tutee("20481234", "Aisha Rahman", 4);
    let bare = world.tutee("20481235", "Ewa Nowak", 4);
    let meeting = world.meeting(full, ago(9), Outcome::Held, "Progress review");
    world.meeting(full, ago(5), Outcome::Missed, "");
    world.meeting(full, ago(2), Outcome::MissedWithNotice, "");
    let ahead = today() + chrono::Duration::days(21);
    world.meeting(full, ahead, Outcome::Planned, "Exams");
    let (me, shared) = (world.me, Confidentiality::Shared);
    let text = "## Discussed\n- feedback on the first coursework\n- [ ] Aisha: book a workshop";
    world.note_by(me, shared, (full, ago(9), Some(meeting)), text);
    let secret = Confidentiality::Restricted;
    world.note_by(me, secret, (full, ago(9), Some(meeting)), "SECRET\n- [ ] me: SECRET errand");
    world.note(full, ago(9), Some(meeting), "HELD between tutors");
    world.action(full, Some(meeting), "book a workshop", Some(ago(1)));
    world.action(full, Some(meeting), "SECRET errand", None);
    world.referral(full, ago(9), Some(ago(1)));
    World { records: world.records(), full, bare }
}

fn asked<'a>(
    world: &'a World,
    student: StudentId,
    letter: &'a Template,
    policy: Option<&'a Policy>,
) -> Asked<'a> {
    let file = world.records.file(student).unwrap();
    let records = &world.records;
    Asked { records, file, policy, letter, meeting: None, slot: None, risk: "", today: today() }
}

fn written(world: &World, student: StudentId, kind: &str, policy: Option<&Policy>) -> String {
    let letter = crate::domain::letter::kind(policy, kind).unwrap();
    let source = find(None, policy.map_or("", |it| &it.code), &letter).unwrap();
    let gathered = asked(world, student, &letter, policy).gather();
    let rendered = render(&source, &gathered.facts).unwrap();
    merge::text(&rendered)
}

fn policies() -> Vec<Option<Policy>> {
    let all = BUILTIN.iter().map(|pack| builtin(pack.code));
    std::iter::once(None).chain(all).collect()
}

#[test]
fn every_letter_of_every_policy_reads_well_with_much_and_with_little_to_say() {
    let world = world();
    for policy in policies() {
        for letter in kinds(policy.as_ref()) {
            for student in [world.full, world.bare] {
                let text = written(&world, student, &letter.kind, policy.as_ref());
                let of =
                    format!("{} of {:?}:\n{text}", letter.kind, policy.as_ref().map(|it| &it.code));
                for odd in
                    ["None", "{", "}", "\n\n\n", " ,", " .", "..", "()", "  ", "undefined", ": \n"]
                {
                    assert!(!text.contains(odd), "{odd:?} in {of}");
                }
                assert!(text.lines().count() > 2 && text.ends_with('\n'), "{of}");
                assert!(text.lines().next().is_some_and(|line| line.len() > 4), "{of}");
            }
        }
    }
}

#[test]
fn letters_are_short_and_humane() {
    let world = world();
    for kind in ["summary", "missed-2", "handover", "central"] {
        insta::assert_snapshot!(format!("{kind}_full"), written(&world, world.full, kind, None));
        insta::assert_snapshot!(format!("{kind}_bare"), written(&world, world.bare, kind, None));
    }
    for (code, kind) in [
        ("westminster", "central"),
        ("essex", "central"),
        ("ljmu", "central"),
        ("leeds", "central"),
        ("westminster", "plan-invitation"),
        ("leeds", "information-sheet"),
    ] {
        // Everything may go to the student: the text alone is looked at, not what the policy lets go.
        let letter = crate::domain::letter::kind(None, kind).unwrap();
        let letter = Template { to: RecipientKind::Student, ..letter };
        let asked = asked(&world, world.full, &letter, None);
        let mut meetings = world.records.meetings_of(asked.file);
        let held = meetings.find(|(_, part)| part.outcome == Outcome::Held).map(|(it, _)| it.id);
        let facts = Asked { meeting: held, ..asked }.gather().facts;
        let text = merge::text(&render(&find(None, code, &letter).unwrap(), &facts).unwrap());
        insta::assert_snapshot!(format!("{kind}_{code}"), text);
    }
}

#[test]
fn every_template_of_the_program_is_sound() {
    for (file, text) in builtin::all() {
        let source = Source { file: (*file).into(), text: Cow::Borrowed(text) };
        assert_eq!(check(&source), [], "{file}");
    }
}

fn fault(text: &str) -> Fault {
    let source = Source { file: "summary.txt".into(), text: Cow::Borrowed(text) };
    let faults = check(&source);
    assert!(!faults.is_empty(), "{text}");
    faults[0].clone()
}

#[test]
fn an_error_names_file_line_placeholder_and_the_nearest_name() {
    let wrong = fault("Subject: x\n\n{% if actions %}\nDear {{ student.frist }},\n{% endif %}\n");
    assert_eq!(
        wrong.to_string(),
        "summary.txt, line 4: {{ student.frist }}: there is no placeholder student.frist. Is \
         student.first meant? `tutelage letter placeholders` lists all of them."
    );
    let within = fault("Subject: x\n\n{% for it in actions %}\n- {{ it.waht }}\n{% endfor %}\n");
    assert_eq!((within.line, within.placeholder.as_deref()), (4, Some("{{ it.waht }}")));
    let open = fault("Subject: x\n\n{% if actions %}\n{{ today }}\n");
    assert!(open.message.starts_with("it is not written as a placeholder is"), "{open}");
    assert_eq!(fault("Dear {{ student.first }},\n").message, no_subject_words());
    assert_eq!(fault("Subject: x\n{{ today | shout }}\n").line, 2);
}

fn no_subject_words() -> String {
    "the first line must be the subject: “Subject: …”.".into()
}

#[test]
fn every_placeholder_can_be_written() {
    for named in NAMES {
        let text = format!("Subject: x\n\n{{% if {0} %}}{{{{ {0} }}}}{{% endif %}}\n", named.name);
        let source = Source { file: "a.txt".into(), text: Cow::Owned(text) };
        assert_eq!(check(&source), [], "{}", named.name);
    }
}

#[test]
fn the_users_own_text_goes_before_that_of_the_program() {
    let world = world();
    let letter = crate::domain::letter::kind(None, "summary").unwrap();
    let own = "Subject: Hi\n\nHello {{ student.first }}\n";
    let gathered = asked(&world, world.full, &letter, None).gather();
    let rendered = render(&find(Some(own), "ljmu", &letter).unwrap(), &gathered.facts).unwrap();
    assert_eq!((rendered.subject.as_str(), rendered.text.as_str()), ("Hi", "Hello Aisha\n"));
    let missing = Template { file: "nowhere.txt".into(), ..letter };
    assert!(find(None, "", &missing).is_err());
}

#[test]
fn braces_in_a_record_are_only_text() {
    let mut fixture = Fixture::new();
    let full = fixture.tutee("1", "{{tutor.name}} {%endif%}", 4);
    fixture.meeting(full, ago(1), Outcome::Held, "{{ university }}");
    let world = World { records: fixture.records(), full, bare: full };
    let text = written(&world, full, "summary", None);
    assert!(text.contains("Dear {{tutor.name}},"), "{text}");
    assert!(text.contains("{{ university }}"), "{text}");
}

#[test]
fn what_was_said_goes_to_others_only_with_consent() {
    let world = world();
    let policy = builtin("ljmu");
    let block = written(&world, world.full, "central", policy.as_ref());
    for said in ["feedback", "workshop", "HELD"] {
        assert!(!block.contains(said), "{block}");
    }
    assert!(block.contains("missed with notice"), "{block}");
    let summary = written(&world, world.full, "summary", policy.as_ref());
    assert!(summary.contains("feedback") && summary.contains("workshop"), "{summary}");
    assert!(!summary.contains("HELD"), "{summary}");
}

#[test]
fn a_merge_names_its_files_by_number_and_lists_who_is_refused() {
    let world = world();
    let local = today().and_hms_opt(14, 0, 0).unwrap();
    let invitation = crate::domain::letter::kind(None, "invitation").unwrap();
    let source = find(None, "", &invitation).unwrap();
    let order = |letter| merge::Order {
        records: &world.records,
        policy: None,
        source: &source,
        letter,
        meeting: None,
        form: merge::Form::Mail,
        now: Now { local, utc_ms: 1_795_269_600_000 },
    };
    let students = [world.full, world.bare, world.full];
    let merged = merge::merge(&order(&invitation), &students, |_| {
        Some(Slot { name: "Progress review".into(), ..Slot::default() })
    });
    let merged = merged.unwrap();
    let names: Vec<&str> = merged.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["20481234-invitation.eml", "20481235-invitation.eml", "20481234-invitation-2.eml"]
    );
    assert_eq!((merged.letters.len(), merged.refused.len()), (3, 0));
    let outside = Template { to: RecipientKind::Outside, ..invitation.clone() };
    let merged = merge::merge(&order(&outside), &students, |_| None).unwrap();
    assert_eq!((merged.files.len(), merged.refused.len()), (0, 3));
    assert!(merged.refused[0].1.contains("consent"), "{}", merged.refused[0].1);
}

#[test]
fn the_name_of_a_file_stays_in_its_folder() {
    let mut taken = std::collections::BTreeSet::new();
    let name = merge::file_name("../../etc/pass wd", "a/b", merge::Form::Text, &mut taken);
    assert_eq!(name, "etcpasswd-ab.txt");
    assert_eq!(merge::file_name("陈", "x", merge::Form::Text, &mut taken), "student-x.txt");
}

fn levels() -> impl Strategy<Value = Confidentiality> {
    prop_oneof![
        Just(Confidentiality::FactOnly),
        Just(Confidentiality::Shared),
        Just(Confidentiality::TutorAndSenior),
        Just(Confidentiality::Restricted),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn nothing_restricted_is_in_any_letter_and_the_student_gets_what_is_shared_alone(
        notes in prop::collection::vec((levels(), any::<bool>(), any::<bool>()), 1..8),
        pack in 0_usize..6,
    ) {
        let mut fixture = Fixture::new();
        let full = fixture.tutee("1", "Ewa Nowak", 4);
        let meeting = fixture.meeting(full, ago(3), Outcome::Held, "");
        for (at, (level, of_meeting, with_action)) in notes.iter().enumerate() {
            let told = if *level == Confidentiality::FactOnly { String::new() } else {
                format!("word{at}-{level:?}\n- [ ] Ewa: do{at}-{level:?}")
            };
            let meeting = of_meeting.then_some(meeting);
            let me = fixture.me;
            fixture.note_by(me, *level, (full, ago(3), meeting), &told);
            if *with_action {
                fixture.action(full, meeting, &format!("do{at}-{level:?}"), None);
            }
        }
        for recipient in ["Registry", "Wellbeing Team", "Dr Amara Okafor", "e:Vision"] {
            for purpose in ["referral", "handover", "keeping what was said"] {
                fixture.consent(full, ago(3), recipient, purpose);
            }
        }
        let world = World { records: fixture.records(), full, bare: full };
        let policy = policies().swap_remove(pack);
        for letter in kinds(policy.as_ref()) {
            let text = written(&world, full, &letter.kind, policy.as_ref());
            prop_assert!(!text.contains("Restricted"), "{}: {text}", letter.kind);
            if letter.to == RecipientKind::Student {
                let mut words = text.lines().filter(|line| line.starts_with("word"));
                prop_assert!(words.all(|line| line.ends_with("-Shared")), "{text}");
            }
        }
    }
}
