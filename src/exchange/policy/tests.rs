use super::*;

#[test]
fn every_built_in_pack_reads_without_fault() {
    for pack in BUILTIN {
        let policy = read(pack.text, &pack.file()).unwrap_or_else(|faults| {
            let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
            panic!("{}", lines.join("\n"))
        });
        assert_eq!(policy.code, pack.code);
        assert_eq!(builtin(&pack.code.to_uppercase()), Some(policy));
    }
    assert_eq!(builtin("nowhere"), None);
}
