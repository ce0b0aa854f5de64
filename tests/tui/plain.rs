//! Line mode: the same orders as words.

use crate::fixture::{self, ROK, Text, US, id};
use offramp::scenario::section::ReplyRule;
use offramp::session::*;
use offramp::tui::{Clerk, Command};
use offramp::vocabulary::words::Politics;
use offramp::vocabulary::{Reading, Rung};

fn clerk(asked: Asked) -> Clerk {
    Clerk::open(fixture::view(asked)).0
}

/// What is sealed after these lines.
fn sealed(asked: Asked, script: &str) -> Orders {
    let mut clerk = clerk(asked);
    for line in script.lines() {
        let reply = clerk.hear(line);
        let wrong = reply.lines.iter().find(|l| l.starts_with("Not understood"));
        assert_eq!(wrong, None, "{line}");
    }
    match clerk.hear("done").command {
        Some(Command::Seal(orders)) => orders,
        other => panic!("not sealed: {other:?}"),
    }
}

fn says(asked: Asked, line: &str) -> String {
    clerk(asked).hear(line).lines.join("\n")
}

#[test]
fn calls_and_requests_are_words() {
    let orders = sealed(
        Asked::Contacts,
        "# a comment\ncall panmunjom_liaison dprk warn\nconsult allied_call strike_source",
    );
    let call = Contact::Call { channel: id(0), to: id(0), message: Message::Warn };
    let consult = Contact::Consult { body: id(0), action: id(5) };
    assert_eq!(orders.contacts, [call, consult]);
    let orders = sealed(Asked::Contacts, "restrain us 8 assurance\nask us strike_source");
    let restrain = Contact::Restrain { ally: id(US), from: Rung(8), with: Inducement::Assurance };
    assert_eq!(orders.contacts, [restrain, Contact::AskRelease { ally: id(US), action: id(5) }]);
    let orders = sealed(Asked::Contacts, "2 notice raise_alert");
    let notice = Contact::Call { channel: id(1), to: id(0), message: Message::Notice(id(2)) };
    assert_eq!(orders.contacts, [notice]);
}

#[test]
fn words_are_said_to_seats_and_to_control() {
    let said = |line: &str| clerk(Asked::Orders).hear(line).command;
    let say = |to: &[Speaker], over, text: &str| {
        Some(Command::Say { to: to.to_vec(), over, text: text.to_owned() })
    };
    let (dprk, us) = (Speaker::Seat(id(0)), Speaker::Seat(id(US)));
    assert_eq!(
        said("tell dprk: we did not fire: believe it"),
        say(&[dprk], None, "we did not fire: believe it")
    );
    assert_eq!(said("tell us, dprk: listen"), say(&[dprk, us], None, "listen"));
    assert_eq!(said("tell all: listen"), say(&[dprk, us], None, "listen"));
    assert_eq!(said("tell rok: what do we do?"), say(&[Speaker::Seat(id(1))], None, "what do we do?"));
    assert_eq!(said("tell control: what now?"), say(&[Speaker::Control], None, "what now?"));
    assert_eq!(said("tell dprk over panmunjom_liaison: hello"), say(&[dprk], Some(id(0)), "hello"));
    for (line, why) in [
        ("tell us over panmunjom_liaison: hello", "does not connect"),
        ("tell dprk:", "nothing to say"),
        ("tell rok, us: hello", "to other seats"),
        ("tell rok over panmunjom_liaison: hello", "to other seats"),
        ("tell : hello", "to other seats"),
        ("tell dprk hello", "colon"),
        ("tell dprkk: hello", "dprk"),
    ] {
        let reply = clerk(Asked::Orders).hear(line);
        assert_eq!(reply.command, None, "{line}");
        assert!(reply.lines.join(" ").contains(why), "{line}: {:?}", reply.lines);
    }
}

#[test]
fn what_is_heard_is_told_once_and_can_be_read_again() {
    let mut clerk = clerk(Asked::Orders);
    assert_eq!(clerk.hear("heard").lines, ["Nobody has spoken."]);
    let mut view = fixture::view(Asked::Orders);
    view.table.talk.push(Said {
        minute: 0,
        turn: 0,
        from: Speaker::Control,
        by: String::new(),
        to: vec![Speaker::Seat(id(ROK))],
        over: None,
        delivered: true,
        text: "Lunch.".to_owned(),
    });
    let told = clerk.take(view.clone());
    assert!(told.iter().any(|line| line.starts_with("Said: ") && line.ends_with(": Lunch.")), "{told:?}");
    assert_eq!(clerk.take(view), [""; 0]);
    assert_eq!(clerk.hear("heard").lines, told);
}

#[test]
fn calls_are_answered_as_the_standing_instruction_says_unless_somebody_says_otherwise() {
    let standing = CallAnswer::Answer(Message::Query);
    let orders = sealed(Asked::Answers, "answer 2 reassure");
    assert_eq!(orders.answers, [standing, CallAnswer::Answer(Message::Reassure)]);
    let orders = sealed(Asked::Answers, "2 warn\nring 1");
    assert_eq!(orders.answers, [CallAnswer::LetRing, CallAnswer::Answer(Message::Warn)]);
}

#[test]
fn a_whole_turn_of_orders_is_a_few_lines() {
    let script = "act return_fire tick 1 defy\nsay firm bound\nstance engage guard_posts in_kind 150 7\n\
                  stance consent us 9\nstop loudspeakers\nestimate 30 ";
    let orders = sealed(Asked::Orders, script);
    assert_eq!(orders.act, Some(ActOrder { action: id(4), start_tick: 1, defy: true }));
    assert_eq!(orders.word, Some(Word::Statement { reading: Reading::Firm, bound: true }));
    let engage = Stance::Engage { site: id(0), reply: ReplyRule::InKind, volume: 150, delegated: Rung(7) };
    let consent = Stance::Consent { ally: id(US), up_to: Rung(9) };
    assert_eq!(orders.stances, [engage, consent, Stance::Stop { action: id(1) }]);
    assert_eq!(orders.estimate, Some(300_000));
}

#[test]
fn every_word_and_stance_can_be_said() {
    let draft = |line: &str| sealed(Asked::Orders, line);
    let Some(Word::Propose(proposal)) = draft(
        "propose dprk stop_loudspeakers,express_regret over panmunjom_liaison deadline 48h threat return_fire ambiguous",
    )
    .word
    else {
        panic!("no proposal")
    };
    assert_eq!((proposal.to, proposal.over, proposal.terms.len()), (id(0), Some(id(0)), 2));
    assert_eq!((proposal.deadline, proposal.threat, proposal.ambiguous), (Some(2880), Some(id(4)), true));
    let answered = |answer| Some(Word::Answer { proposal: 3, answer });
    assert_eq!(draft("accept 3").word, answered(Answer::Accept));
    assert_eq!(draft("talk 3").word, answered(Answer::Talk));
    assert_eq!(draft("stall 3").word, answered(Answer::Stall));
    assert_eq!(draft("reject #3").word, answered(Answer::Reject));
    assert_eq!(draft("extend 4").word, Some(Word::Extend { proposal: 4, by: 1440 }));
    let line = Stance::Line { channel: id(0), politics: Politics::Cut };
    assert_eq!(draft("stance line panmunjom_liaison cut").stances, [line]);
    let answering = Stance::Answering { channel: id(1), answers: false };
    assert_eq!(draft("stance answer mil_west no").stances, [answering]);
    let delegate = Stance::PreDelegate { trigger: id(0), on: true };
    assert_eq!(draft("stance delegate imminent on").stances, [delegate]);
    let accord = Stance::Accord { accord: id(0), keep: false };
    assert_eq!(draft("stance accord armistice suspend").stances, [accord]);
    assert_eq!(draft("5").act.map(|a| a.action), Some(id(4)));
    assert_eq!(draft("5\n0").act, None);
    assert_eq!(draft("5\nundo").act, None);
    assert_eq!(draft("5\nsay soft\nclear"), Orders::default());
}

#[test]
fn a_flash_order_is_one_word() {
    let flash = |line: &str| sealed(Asked::Flash, line).flash;
    assert_eq!(flash("flash hold"), Some(FlashOrder::Hold));
    assert_eq!(flash("hold"), Some(FlashOrder::Hold));
    assert_eq!(flash("flash in_kind"), Some(FlashOrder::Reply(ReplyRule::InKind)));
    assert_eq!(
        flash("flash call mil_west"),
        Some(FlashOrder::Call { channel: id(1), message: Message::Warn })
    );
    let said = FlashOrder::Call { channel: id(1), message: Message::Reassure };
    assert_eq!(flash("flash call mil_west reassure"), Some(said));
    assert_eq!(flash("1"), Some(FlashOrder::Standing));
    assert_eq!(flash(""), None);
}

#[test]
fn a_wrong_line_gets_one_line_and_loses_nothing() {
    assert_eq!(
        says(Asked::Contacts, "call mil_wst dprk warn"),
        "Not understood, nothing changed: no channel of yours is called 'mil_wst'; did you mean 'mil_west'?"
    );
    let wrong = [
        "act retrun_fire",
        "act",
        "akt return_fire",
        "act strike_source",
        "act return_fire tick 9",
        "say loudly",
        "propose dprk",
        "propose dprk stop_loudspeakers deadline soon",
        "propose rok stop_loudspeakers",
        "accept 77",
        "stance engage guard_posts in_kind 100 12",
        "estimate 101",
        "flash hold",
        "call mil_west dprk warn",
        "answer 1 warn",
        "99",
        "stance",
        "\u{1b}[2J",
    ];
    for line in wrong {
        let mut clerk = clerk(Asked::Orders);
        clerk.hear("act return_fire");
        let reply = clerk.hear(line);
        assert_eq!(reply.lines.len(), 1, "{line}: {:?}", reply.lines);
        assert_eq!(
            clerk.hear("draft").lines[0],
            "Draft: Act: Return fire at the source; fails unless US agrees",
            "{line}"
        );
    }
}

#[test]
fn reading_orders_says_what_there_is() {
    for (line, words) in [
        ("status", "Channels:"),
        ("status", "bluster 48 % (down 12)"),
        ("news", "chance 30 %: came"),
        ("news finding", "Box mines."),
        ("brief", "You are ROK:"),
        ("menu", "5) act return_fire"),
        ("about return_fire", "likely answer: protest 40 %, nothing 30 %, in kind 25 %"),
        ("about 6", "not released by Allied call"),
        ("help", "propose SEAT"),
    ] {
        assert!(says(Asked::Orders, line).contains(words), "{line}: {}", says(Asked::Orders, line));
    }
}

#[test]
fn every_verb_of_the_help_is_understood_as_an_order() {
    let verbs = ["call", "consult", "restrain", "ask", "say", "propose", "accept", "stop", "flash"];
    for verb in verbs {
        let said = says(Asked::Orders, verb);
        assert!(said.contains("needs other words"), "{said}");
        assert!(says(Asked::Orders, "help").contains(verb));
    }
}

#[test]
fn refused_orders_are_the_draft_again() {
    let mut clerk = clerk(Asked::Orders);
    clerk.hear("act return_fire");
    clerk.hear("done");
    assert!(clerk.waits());
    let mut refused = fixture::view(Asked::Orders);
    refused.refused = vec![OrderError::NotOnMenu];
    assert_eq!(clerk.take(refused), ["Refused: that act is not on the menu now."]);
    assert!(!clerk.waits());
    assert_eq!(clerk.hear("draft").lines[0], "Draft: Act: Return fire at the source; fails unless US agrees");
}

#[test]
fn nothing_that_is_written_holds_a_control_character() {
    for asked in [Asked::Contacts, Asked::Answers, Asked::Orders, Asked::Flash] {
        let (mut clerk, mut written) = Clerk::open(fixture::poisoned_view(asked, Text::Poisoned));
        for line in
            ["status", "brief", "news", "menu", "help", "\u{1b}[31m", "act \u{1b}", "about 1", "1 warn"]
        {
            written.extend(clerk.hear(line).lines);
        }
        written.extend(clerk.take(fixture::ended_view(Text::Poisoned)));
        let bad = written.iter().find(|l| l.contains(|c: char| c.is_control() || c == '\u{202e}'));
        assert_eq!(bad, None);
    }
}

#[test]
fn the_end_is_told_with_the_truth() {
    let mut clerk = clerk(Asked::Orders);
    clerk.hear("done");
    let told = clerk.take(fixture::ended_view(Text::Clean)).join("\n");
    assert!(clerk.is_over());
    assert!(told.contains("truth: DPRK fired one round") && told.contains("US saw: fire"), "{told}");
    assert_eq!(id::<offramp::vocabulary::SeatId>(ROK), id(ROK));
}

#[test]
fn a_proposal_of_which_nothing_can_be_offered_now_is_refused_before_it_costs_the_word() {
    // What is on offer in the fixture is the loudspeakers alone.
    let said = says(Asked::Orders, "propose dprk express_regret");
    assert_eq!(
        said,
        "Refused, nothing changed: nothing is left to propose: 'express regret' was agreed already."
    );
    let said = says(Asked::Orders, "propose dprk stop_loudspeakers,express_regret");
    assert!(said.contains("will fall out: DPRK: express regret"), "{said}");
}

#[test]
fn a_draft_that_came_to_nothing_after_it_was_put_is_not_sealed_without_a_word() {
    let mut clerk = clerk(Asked::Orders);
    clerk.hear("propose dprk stop_loudspeakers");
    let mut later = fixture::view(Asked::Orders);
    later.observation.terms.clear();
    clerk.take(later);
    let reply = clerk.hear("done");
    let why = "Not sealed: nothing is left to propose: 'stop the loudspeakers' was agreed already.";
    assert_eq!((reply.lines, reply.command), (vec![why.to_owned()], None));
    clerk.hear("undo");
    assert!(clerk.hear("done").command.is_some());
}

#[test]
fn a_line_that_is_understood_and_not_in_order_is_refused() {
    let said = says(Asked::Orders, "act strike_source");
    assert!(said.starts_with("Refused, nothing changed: "), "{said}");
    let said = says(Asked::Orders, "act strke_source");
    assert!(said.starts_with("Not understood, nothing changed: "), "{said}");
}

#[test]
fn a_request_that_takes_a_release_back_says_so() {
    for (with, taken) in [("caveat", true), ("withhold", true), ("assurance", false), ("plain", false)] {
        let said = says(Asked::Contacts, &format!("restrain us 8 {with}"));
        assert_eq!(said.contains("your release ends below that rung"), taken, "{said}");
    }
    let with = Inducement::Caveat;
    let mut view = fixture::view(Asked::Orders);
    let kind = NewsKind::OwnRestraint { ally: id(US), from: Rung(8), with };
    view.log.push(News { minute: 0, kind, roll: None });
    let told = Clerk::open(view).0.hear("news").lines.join("\n");
    assert!(told.contains("with a caveat on support: your release ends below that rung"), "{told}");
}

#[test]
fn news_tell_who_ordered_what_was_done_and_no_time_twice() {
    let mut view = fixture::view(Asked::Orders);
    let moment = offramp::tui::calendar::Calendar::starting(&view.briefing.start).moment(0);
    let time = moment.rsplit(' ').next().expect("a time of day");
    let (headline, text) = ("A demand".into(), format!("{time}. It is read out.").into());
    for kind in [
        NewsKind::OwnActStanding { action: id(4) },
        NewsKind::Answered { number: 3, by: id(ROK), answer: Answer::Stall },
        NewsKind::Message { headline, text },
    ] {
        view.log.push(News { minute: 0, kind, roll: None });
    }
    let told = Clerk::open(view).0.hear("news").lines.join("\n");
    assert!(
        told.contains(
            "without asking you; they report it as their standing order: Return fire at the source."
        ),
        "{told}"
    );
    assert!(told.contains("You answered #3"), "{told}");
    assert!(told.contains("A demand. It is read out."), "{told}");
}
