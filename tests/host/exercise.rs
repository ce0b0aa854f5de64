//! A whole exercise by script: six people at three seats and a white cell, as seven clients over SSH.

#![expect(clippy::print_stdout, reason = "the figures are what a reader of these tests wants to see")]

use crate::client::Client;
use crate::hosted::{Hosted, PATIENCE, planted, secret};
use crate::terminal::{Terminal, is_installed};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const HOME: &str = "\x1b[H";

/// Control, and the people: those who lead come first. Each has the name that the host's console gives the place.
const CONTROL: usize = 0;
const DPRK: usize = 1;
const ROK: usize = 2;
const US: usize = 3;
const LEADS: [usize; 3] = [DPRK, ROK, US];
const PLACES: [&str; 7] = ["control", "dprk", "rok", "us", "dprk:choe", "rok:lee", "us:bell"];

/// Words that are planted, each with the places whose people may come to know it before the end.
fn secrets() -> Vec<(String, Vec<usize>)> {
    let [dprk, rok, us] = [vec![0, 1, 4], vec![0, 2, 5], vec![0, 3, 6]];
    let both = vec![0, 2, 3, 5, 6];
    let all = (0..PLACES.len()).collect::<Vec<_>>();
    [
        (&*secret("dprk"), dprk),
        (&secret("rok"), rok),
        (&secret("us"), us),
        ("AIMOFCHOE", vec![0, 4]),
        ("AIMOFLEE", vec![0, 5]),
        ("ONCALLSECRET", vec![0]),
        ("HELDSECRET", vec![0]),
        ("FIREDSECRET", both.clone()),
        ("WRITTENSECRET", both.clone()),
        ("ALLIEDSECRET", both),
        ("WHISPERSECRET", vec![0, 1, 4]),
        ("NOTESECRET", vec![0]),
        ("WHYSECRET", vec![0]),
        ("ARGUMENTSECRET", vec![0]),
        ("PROPOSALSECRET", vec![0]),
        ("RULEDFORALL", all),
    ]
    .map(|(word, places)| (word.to_owned(), places))
    .to_vec()
}

/// The planted scenario with three more injects, of which one is never fired and one is held.
fn scenario(folder: &Path) -> PathBuf {
    let path = planted(folder);
    let text = std::fs::read_to_string(&path).expect("written");
    let inject = |name: &str, word: &str, when: &str| {
        format!(
            r#"(name: "{name}", label: "{word}", text: "{word}", when: {when}, seen_by: Seats(["rok", "us"]), source: "A test"),"#
        )
    };
    let more = inject("on_call", "ONCALLSECRET", "OnCall")
        + &inject("held", "HELDSECRET", "At(Hours(1))")
        + &inject("fired", "FIREDSECRET", "OnCall");
    let planted = text.replacen("    injects: [\n", &format!("    injects: [\n{more}\n"), 1);
    assert_ne!(planted, text);
    std::fs::write(&path, planted).expect("written");
    path
}

/// What somebody sits before.
enum Window {
    /// OpenSSH in a pseudo-terminal.
    Ssh(Terminal),
    /// The client of these tests, where there is no OpenSSH.
    Own(Client),
}

/// Somebody in the room.
struct Person {
    place: &'static str,
    window: Window,
    /// What came over connections that have ended.
    past: Vec<Vec<u8>>,
    /// The passcode to come back with.
    next: String,
    keys: usize,
}

impl Window {
    fn open(port: u16, place: &str, code: &str) -> Window {
        let user = place.split(':').next().expect("one part at least");
        if !is_installed() {
            return Window::Own(Client::enter(port, user, code).expect("the passcode is right"));
        }
        let mut terminal = Terminal::ssh(port, user, &[], &[]);
        terminal.until("password:");
        terminal.press(&format!("{code}\r"));
        Window::Ssh(terminal)
    }

    fn screen(&mut self) -> &vt100::Screen {
        match self {
            Window::Ssh(terminal) => terminal.screen(),
            Window::Own(client) => client.screen(),
        }
    }

    fn press(&mut self, keys: &str) {
        match self {
            Window::Ssh(terminal) => terminal.press(keys),
            Window::Own(client) => client.press(keys),
        }
    }

    /// Ends the connection without a word; what came over it.
    fn cut(mut self) -> Vec<u8> {
        self.screen();
        match self {
            Window::Ssh(mut terminal) => {
                // It may have ended already.
                let _ = terminal.child.kill();
                let _ = terminal.child.wait();
                terminal.bytes
            }
            Window::Own(client) => {
                let bytes = client.bytes();
                client.cut();
                bytes
            }
        }
    }

    fn bytes(&mut self) -> Vec<u8> {
        self.screen();
        match self {
            Window::Ssh(terminal) => terminal.bytes.clone(),
            Window::Own(client) => client.bytes(),
        }
    }
}

impl Person {
    fn enter(host: &mut Hosted, place: &'static str) -> Person {
        let line = host.line(&format!("{place:<12} "));
        let code = line.split_whitespace().nth(1).expect("a passcode");
        let window = Window::open(host.port, place, code);
        let mut person = Person { place, window, past: Vec::new(), next: String::new(), keys: 0 };
        person.pass_the_gate();
        person
    }

    fn pass_the_gate(&mut self) {
        self.until("Enter goes on");
        let text = self.text();
        let code =
            text.lines().map(str::trim).find(|line| line.len() == 14 && line.matches('-').count() == 2);
        self.next = code.expect("a passcode").to_owned();
        self.press("\r");
        self.until_it("the gate is gone", |text| !text.contains("Enter goes on"));
    }

    /// Comes back with a passcode, or with the one of the last first page.
    fn come_back(&mut self, host: &mut Hosted, code: Option<&str>) {
        let code = code.unwrap_or(&self.next).to_owned();
        let window = Window::open(host.port, self.place, &code);
        let before = std::mem::replace(&mut self.window, window);
        self.past.push(before.cut());
        self.pass_the_gate();
    }

    fn text(&mut self) -> String {
        let contents = self.window.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn press(&mut self, keys: &str) {
        self.keys += 1;
        self.window.press(keys);
    }

    fn waits(&mut self, patience: Duration, is_so: impl Fn(&str) -> bool) -> bool {
        let end = Instant::now() + patience;
        while !is_so(&self.text()) {
            if Instant::now() > end {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        true
    }

    fn until_it(&mut self, what: &str, is_so: impl Fn(&str) -> bool) {
        let came = self.waits(PATIENCE, is_so);
        let text = self.text();
        assert!(came, "{}: '{what}' never came; there is:\n{text}", self.place);
    }

    fn until(&mut self, text: &str) {
        self.until_it(text, |screen| screen.contains(text));
    }

    /// Fills in a form: its key, its lines, and what is seen when it has opened.
    fn fill(&mut self, key: &str, title: &str, lines: &[&str]) {
        self.press(key);
        self.until(title);
        self.press(&lines.join(DOWN));
        self.press("\r");
        self.until_it("the form is sent", |screen| !screen.contains("Esc gives it up"));
    }

    /// Fills in a form of which control is asked once more before it goes out.
    fn fill_and_confirm(&mut self, key: &str, title: &str, lines: &[&str]) {
        self.fill(key, title, lines);
        self.until("Is it to be so?");
        self.press("y");
        self.until_it("it goes out", |screen| !screen.contains("Is it to be so?"));
    }

    /// Moves the cursor of a list to the row that holds a text.
    fn go_to_row(&mut self, text: &str) {
        let row = |screen: &str| {
            screen.lines().find(|line| line.starts_with("> ")).unwrap_or_default().trim_end().to_owned()
        };
        self.press(HOME);
        std::thread::sleep(Duration::from_millis(100));
        loop {
            let now = row(&self.text());
            if now.contains(text) {
                return;
            }
            self.press(DOWN);
            self.until_it(text, |screen| row(screen) != now);
        }
    }

    /// Whether the person's seat is asked something.
    fn is_asked(&mut self) -> bool {
        let text = self.text();
        let head = text.lines().next().unwrap_or_default();
        head.contains("ASKED") && !head.contains("ASKED: nothing")
    }

    /// Seals whatever is drafted, if something is asked.
    fn seal(&mut self) {
        if self.is_asked() {
            self.press("3s");
            let asks = |text: &str| text.contains("y yes") || !text.contains("ASKED");
            if self.waits(Duration::from_secs(2), asks) && self.text().contains("y yes") {
                self.press("y");
                self.until_it("it is sealed", |text| !text.contains("y yes"));
            }
        }
    }

    /// The turn, as control sees it.
    fn turn(&mut self) -> u32 {
        let text = self.text();
        let (_, rest) = text.split_once("· turn ").unwrap_or_else(|| panic!("no turn in:\n{text}"));
        rest.split(' ').next().and_then(|turn| turn.parse().ok()).expect("a number")
    }
}

/// Those who lead seal until that turn is open.
fn play_to(people: &mut [Person], turn: u32) {
    let end = Instant::now() + PATIENCE;
    while people[CONTROL].turn() < turn {
        for lead in LEADS {
            people[lead].seal();
        }
        assert!(Instant::now() < end, "turn {turn} never came:\n{}", people[CONTROL].text());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Every screen is looked at, down to its end.
fn look_around(people: &mut [Person]) {
    // The third line tells which lines of how many are shown, as `line 1-19/94`.
    let place = |text: &str| -> Option<(u32, u32)> {
        let (_, place) = text.lines().nth(2)?.split_once("line ")?;
        let (shown, all) = place.split_once('/')?;
        let all: String = all.chars().take_while(char::is_ascii_digit).collect();
        Some((shown.split_once('-')?.1.parse().ok()?, all.parse().ok()?))
    };
    for (at, person) in people.iter_mut().enumerate() {
        for key in ["1", "2", "3", "4", "5", "7"].into_iter().filter(|key| at != CONTROL || *key != "7") {
            let shown = format!("[{key} ");
            person.press(key);
            person.until(&shown);
            while let Some(now) = place(&person.text()).filter(|(shown, all)| shown < all) {
                person.press("\x1b[6~");
                person.until_it("the next page", |text| place(text).is_some_and(|place| place != now));
            }
        }
    }
}

/// Which of the words ever came to a terminal, as bytes or as they were drawn.
fn ever_shown(streams: &[Vec<u8>], words: &[(String, Vec<usize>)]) -> Vec<bool> {
    let mut shown = vec![false; words.len()];
    for bytes in streams {
        let raw = String::from_utf8_lossy(bytes);
        // Frames send only what changed, so a word may be put together on the screen alone.
        let mut parser = vt100::Parser::new(24.try_into().expect("rows"), 80.try_into().expect("columns"), 0);
        for chunk in bytes.chunks(256) {
            parser.process(chunk);
            let drawn = parser.screen().contents();
            for ((word, _), shown) in words.iter().zip(&mut shown) {
                *shown |= drawn.contains(word);
            }
        }
        for ((word, _), shown) in words.iter().zip(&mut shown) {
            *shown |= raw.contains(word);
        }
    }
    shown
}

fn offramp(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offramp")).args(arguments).output().expect("it runs")
}

/// An exercise of so many turns; the figures of it.
fn exercise(turns: u32) -> String {
    let begun = Instant::now();
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path());
    let save = folder.path().join("exercise");
    let save = save.to_str().expect("text");
    let mut host = Hosted::start(&[
        scenario.to_str().expect("text"),
        "--seed",
        "7",
        "--save",
        save,
        "--adviser",
        "dprk=choe",
        "--aim",
        "choe=AIMOFCHOE",
        "--lead",
        "rok=kim",
        "--adviser",
        "rok=lee",
        "--aim",
        "lee=AIMOFLEE",
        "--adviser",
        "us=bell",
    ]);
    let mut people: Vec<Person> = PLACES.iter().map(|place| Person::enter(&mut host, place)).collect();

    // Before the first decision: control holds an inject, fires another, writes a third and notes something.
    let control = &mut people[CONTROL];
    control.until("[1 Board]");
    control.press("2");
    control.go_to_row("HELDSECRET");
    control.press("h");
    control.until("HELD ");
    control.go_to_row("FIREDSECRET");
    control.press("f");
    control.until("Fire an inject");
    control.press("y");
    control.until_it("it is fired", |text| {
        text.lines().any(|line| line.contains("fired  ") && line.contains("FIREDSECRET"))
    });
    let pair = RIGHT.repeat(6);
    control.fill_and_confirm("w", "Write an inject", &["WRITTENSECRET", "WRITTENSECRET", &pair]);
    control.fill("n", "Note", &["NOTESECRET"]);
    people[US].until_it("words of the inject", |text| text.contains("News has come in"));

    // Talk among some: two allies, then one seat and control.
    people[ROK].fill("m", "Say something", &[RIGHT, "", "ALLIEDSECRET"]);
    people[DPRK].fill("m", "Say something", &[&RIGHT.repeat(3), "", "WHISPERSECRET"]);
    people[CONTROL].press("4");
    people[CONTROL].until("WHISPERSECRET");
    look_around(&mut people);
    play_to(&mut people, 2);

    // Two rulings, and a correction with its reason.
    let control = &mut people[CONTROL];
    for argument in ["+2 ARGUMENTSECRET", "-1 ARGUMENTSECRET"] {
        let told = "RULEDFORALL";
        let lines = ["PROPOSALSECRET", "", "", argument, "", "", "", "", "", told, "", "", told];
        control.fill_and_confirm("r", "Rule on a proposal", &lines);
    }
    control.press("1");
    control.go_to_row("Credibility of the US promise");
    control.fill("\r", "Stands at", &["\x7f1", "WHYSECRET"]);
    control.until("Credibility of the US promise 61 of 100");
    look_around(&mut people);

    // A connection is lost and comes back to where it was.
    people[ROK].press("2\x1b[H");
    people[ROK].until("[2 Situation]");
    let before = people[ROK].text();
    let code = people[ROK].next.clone();
    people[ROK].come_back(&mut host, Some(&code));
    people[ROK].until("[2 Situation]");
    assert_eq!(people[ROK].text(), before);
    host.line("rok lost its connection");

    // A seat is handed to a policy, which plays a turn, and back.
    let control = &mut people[CONTROL];
    control.press("3");
    control.go_to_row("United States");
    control.fill("o", "Who plays", &[RIGHT]);
    people[US].until("A POLICY PLAYS");
    let now = people[CONTROL].turn();
    play_to(&mut people, now + 1);
    people[CONTROL].press("3");
    people[CONTROL].go_to_row("United States");
    people[CONTROL].fill("o", "Who plays", &[""]);
    people[US].until("ASKED");
    let now = people[CONTROL].turn();
    play_to(&mut people, (now + 1).max(turns / 2));

    // Back to the second turn, and on from there.
    let control = &mut people[CONTROL];
    let left = control.turn();
    control.press("6");
    control.go_to_row("turn 2,");
    control.fill_and_confirm("\r", "Go back to the start of turn 2", &[RIGHT, "WHYSECRET"]);
    control.until("branch 1");
    assert_eq!(control.turn(), 2);
    play_to(&mut people, 3);

    // The host is killed while one seat has sealed and the others have not.
    people[DPRK].seal();
    host.signal("-KILL");
    host.wait();
    let mut host = Hosted::start(&["--resume", save]);
    for person in &mut people {
        let line = host.line(&format!("{:<12} ", person.place));
        let code = line.split_whitespace().nth(1).expect("a passcode").to_owned();
        person.come_back(&mut host, Some(&code));
    }
    assert_eq!(people[CONTROL].turn(), 3, "the game stands where it stood");
    play_to(&mut people, turns.max(4));
    look_around(&mut people);
    let last = people[CONTROL].turn();

    // Until here nobody may have seen what only others know.
    let words = secrets();
    let mut bytes = Vec::new();
    for (at, person) in people.iter_mut().enumerate() {
        let mut streams = person.past.clone();
        streams.push(person.window.bytes());
        bytes.push(streams.iter().map(Vec::len).sum::<usize>());
        for ((word, may_know), shown) in words.iter().zip(ever_shown(&streams, &words)) {
            let may_know = may_know.contains(&at);
            assert!(!shown || may_know, "{word} came to {}", person.place);
            // Control reads no briefings; everybody else has been shown what is theirs.
            assert!(shown || !may_know || at == CONTROL, "{word} never came to {}", person.place);
        }
    }
    let played = begun.elapsed();

    // Policies play on to the end, and everybody reads the debrief.
    for seat in ["North Korea", "South Korea", "United States"] {
        people[CONTROL].press("3");
        people[CONTROL].go_to_row(seat);
        people[CONTROL].fill("o", "Who plays", &[RIGHT]);
    }
    for person in people.iter_mut().skip(1) {
        person.until("[6 Debrief]");
    }
    host.signal("-INT");
    host.wait();
    let journal = format!("{save}/game.journal");
    let verified = offramp(&["replay", &journal, "--verify"]);
    assert!(verified.status.success(), "{verified:?}");
    let page = folder.path().join("debrief.md");
    let page = page.to_str().expect("text");
    let report = offramp(&["report", &journal, "--out", page, "--among", "20", "--continuations", "2"]);
    assert!(report.status.success(), "{report:?}");
    let debrief = std::fs::read_to_string(page).expect("written");
    assert!(debrief.contains("NOTESECRET"), "control's notes are told");
    assert!(!debrief.contains("PROPOSALSECRET"), "what the rewind left behind is not");
    let log = std::fs::read_to_string(Path::new(save).join("host.log")).expect("a log");
    let lines = std::fs::read_to_string(&journal).expect("a journal").lines().count();
    let keys: usize = people.iter().map(|person| person.keys).sum();
    format!(
        "{} clients ({}); turns to {left}, back to 2, on to {last}; {keys} presses; {bytes:?} bytes; journal {lines} \
         lines, log {} lines; {} words checked at {} places; {:.1} s of play, {:.1} s in all",
        people.len(),
        if is_installed() { "OpenSSH" } else { "own" },
        log.lines().count(),
        words.len(),
        people.len(),
        played.as_secs_f64(),
        begun.elapsed().as_secs_f64(),
    )
}

#[test]
#[ignore = "plays for half a minute and more; run before a release"]
fn six_people_and_a_white_cell_play_and_nobody_sees_what_only_others_know() {
    println!("{}", exercise(4));
}

#[test]
#[ignore = "the same with all its eight turns"]
fn an_exercise_of_eight_turns() {
    println!("{}", exercise(8));
}
