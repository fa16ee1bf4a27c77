use super::super::super::reading::Reading;

fn read(text: &str) -> Reading {
    crate::Engine::new()
        .expect("a reading")
        .read(&crate::Report::new(text).expect("a reading"))
        .expect("a reading")
}

fn names(reading: &Reading) -> Vec<&str> {
    let name = |id: &String| reading.entities.iter().find(|e| e.id == *id).map(|e| e.name.as_str());
    reading
        .statements
        .iter()
        .map(|s| s.speaker.as_ref().and_then(name).unwrap_or("-"))
        .collect()
}

#[test]
fn a_surname_and_a_pronoun_are_the_full_name() {
    let reading = read(
        "Mayor Joan Tell said the bridge was safe. Tell added that it would open. She denied that money was short.",
    );
    // how many statements there are is for the tagger to say
    assert!(names(&reading).len() > 1 && names(&reading).iter().all(|n| *n == "Joan Tell"));
    assert_eq!(reading.entities[0].roles, ["Mayor"]);
}

#[test]
fn she_passes_over_an_intervening_man() {
    let reading = read("Margaret Holm said the dam had cracked. Peter Lund said it had not. She said he was wrong.");
    assert_eq!(names(&reading), ["Margaret Holm", "Peter Lund", "Margaret Holm"]);
}

#[test]
fn a_spokesperson_is_one_of_their_own_and_speaks_for_the_body() {
    let reading = read("A spokeswoman for Norwick Council said the road was closed.");
    let statement = &reading.statements[0];
    assert_ne!(statement.speaker, statement.on_behalf_of);
    assert!(
        reading
            .entities
            .iter()
            .any(|e| e.name == "Norwick Council" && Some(&e.id) == statement.on_behalf_of.as_ref())
    );
}
