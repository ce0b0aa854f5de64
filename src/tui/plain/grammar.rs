//! Orders as words: parsing against the names that the seat knows, with the nearest name where one is wrong.

use super::super::draft::Piece;
use super::super::form::own_actions;
use super::super::text::safe;
use crate::session::{
    ActOrder, Answer, Asked, CallAnswer, Contact, FlashOrder, Inducement, MenuItem, Message, ProposalDraft,
    ReplyRule, SeatView, Stance, Word,
};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    ActionId, BodyId, ChannelId, DAY, Id, Minute, Reading, Rung, SeatId, SiteId, TermId,
};

/// Reads one order.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(words: &[&str], view: &SeatView) -> Result<Piece, String> {
    let names = Names { view };
    let contact = |contact| Ok(Piece::Contact(contact));
    match *words {
        ["call", channel, to, ref message @ ..] => contact(Contact::Call {
            channel: names.channel(channel)?,
            to: names.seat(to)?,
            message: names.message(message)?,
        }),
        ["consult", body, action] => {
            contact(Contact::Consult { body: names.body(body)?, action: names.action(action)? })
        }
        ["restrain", ally, from, ref with @ ..] => contact(Contact::Restrain {
            ally: names.seat(ally)?,
            from: rung(from)?,
            with: one_of("offer", INDUCEMENTS, with.first().unwrap_or(&"plain"))?,
        }),
        ["ask", ally, action] => {
            contact(Contact::AskRelease { ally: names.seat(ally)?, action: names.action(action)? })
        }
        ["answer", at, "ring"] | ["ring", at] => Ok(Piece::Answer(position(at)?, CallAnswer::LetRing)),
        ["answer", at, ref message @ ..] => {
            Ok(Piece::Answer(position(at)?, CallAnswer::Answer(names.message(message)?)))
        }
        ["hold"] if view.observation.asked == Asked::Flash => Ok(Piece::Flash(FlashOrder::Hold)),
        ["hold"] => Ok(Piece::Act(None)),
        ["act", name, ref rest @ ..] => names.act(name, rest),
        ["say", tone] => Ok(Piece::Word(Word::Statement { reading: reading(tone)?, bound: false })),
        ["say", tone, "bound"] => Ok(Piece::Word(Word::Statement { reading: reading(tone)?, bound: true })),
        ["propose", to, ref rest @ ..] => Ok(Piece::Word(Word::Propose(names.proposal(to, rest)?))),
        ["extend", number] => Ok(Piece::Word(Word::Extend { proposal: proposal(number)?, by: USUAL_GRACE })),
        ["extend", number, span] => {
            Ok(Piece::Word(Word::Extend { proposal: proposal(number)?, by: minutes(span)? }))
        }
        ["stop", action] => Ok(Piece::Stance(Stance::Stop { action: names.running(action)? })),
        ["countermand", action] => Ok(Piece::Stance(Stance::Countermand { action: names.pending(action)? })),
        ["stance", ref rest @ ..] => names.stance(rest).map(Piece::Stance),
        ["estimate", share] => {
            let whole: u32 = number(share.trim_end_matches('%'), "percent")?;
            Ok(Piece::Estimate(whole.saturating_mul(10_000)))
        }
        ["flash", "call", channel, ref message @ ..] => Ok(Piece::Flash(FlashOrder::Call {
            channel: names.channel(channel)?,
            message: if message.is_empty() { Message::Warn } else { names.message(message)? },
        })),
        ["flash", order] => one_of("flash order", FLASHES, order).map(Piece::Flash),
        [verb, number] if ANSWERS.iter().any(|(name, _)| *name == verb) => {
            let answer = one_of("answer", ANSWERS, verb)?;
            Ok(Piece::Word(Word::Answer { proposal: proposal(number)?, answer }))
        }
        [verb, ..] if VERBS.contains(&verb) => {
            Err(format!("'{verb}' needs other words after it; help shows which"))
        }
        [verb, ..] => Err(unknown("order", verb, VERBS.iter().copied())),
        [] => Err("an empty order".to_owned()),
    }
}

/// The channel of that name.
///
/// # Errors
/// That there is none, with the nearest name.
pub fn channel(name: &str, view: &SeatView) -> Result<ChannelId, String> {
    Names { view }.channel(name)
}

/// The seat of that name.
///
/// # Errors
/// That there is none, with the nearest name.
pub fn seat(name: &str, view: &SeatView) -> Result<SeatId, String> {
    Names { view }.seat(name)
}

/// The act of that name on the menu.
///
/// # Errors
/// That there is none, with the nearest name.
pub fn menu_item<'v>(name: &str, view: &'v SeatView) -> Result<&'v MenuItem, String> {
    let menu = &view.observation.menu;
    let found =
        pick("act on the menu", menu.iter().map(|item| (item, action_name(view, item.action))), name)?;
    Ok(found)
}

/// An action's name.
pub fn action_name(view: &SeatView, id: ActionId) -> String {
    view.briefing.actions.get(id.index()).map_or("?".to_owned(), |a| a.label.name.clone())
}

/// A seat's name.
pub fn seat_name(view: &SeatView, id: SeatId) -> String {
    view.briefing.seats.get(id.index()).map_or("?".to_owned(), |s| s.label.name.clone())
}

/// A flash order as words.
pub fn flash_name(view: &SeatView, order: FlashOrder) -> String {
    match order {
        FlashOrder::Call { channel, message } => {
            let name = view.briefing.channels.get(channel.index()).map_or("?", |c| c.label.name.as_str());
            let said = MESSAGES.iter().find(|(_, m)| *m == message).map_or("", |(word, _)| word);
            format!("call {name} {said}")
        }
        other => FLASHES.iter().find(|(_, o)| *o == other).map_or("hold", |(name, _)| name).to_owned(),
    }
}

/// The minutes that an extension gives where none are named.
const USUAL_GRACE: Minute = DAY;

const VERBS: &[&str] = &[
    "call",
    "consult",
    "restrain",
    "ask",
    "answer",
    "ring",
    "hold",
    "act",
    "say",
    "tell",
    "propose",
    "accept",
    "talk",
    "stall",
    "reject",
    "extend",
    "stop",
    "countermand",
    "stance",
    "estimate",
    "flash",
    "brief",
    "news",
    "status",
    "menu",
    "about",
    "draft",
    "undo",
    "clear",
    "help",
    "done",
    "quit",
];
const INDUCEMENTS: &[(&str, Inducement)] = &[
    ("plain", Inducement::Plain),
    ("assurance", Inducement::Assurance),
    ("show", Inducement::ShowOfForce),
    ("statement", Inducement::JointStatement),
    ("caveat", Inducement::Caveat),
    ("withhold", Inducement::Withhold),
];
const ANSWERS: &[(&str, Answer)] = &[
    ("accept", Answer::Accept),
    ("talk", Answer::Talk),
    ("stall", Answer::Stall),
    ("reject", Answer::Reject),
];
const RULES: &[(&str, ReplyRule)] = &[
    ("hold", ReplyRule::Hold),
    ("warn", ReplyRule::Warn),
    ("symbolic", ReplyRule::Symbolic),
    ("in_kind", ReplyRule::InKind),
    ("plus_one", ReplyRule::InKindPlusOne),
];
const FLASHES: &[(&str, FlashOrder)] = &[
    ("standing", FlashOrder::Standing),
    ("hold", FlashOrder::Hold),
    ("warn", FlashOrder::Reply(ReplyRule::Warn)),
    ("symbolic", FlashOrder::Reply(ReplyRule::Symbolic)),
    ("in_kind", FlashOrder::Reply(ReplyRule::InKind)),
    ("plus_one", FlashOrder::Reply(ReplyRule::InKindPlusOne)),
    ("restrain", FlashOrder::Restrain),
    ("release", FlashOrder::Release),
];
const POLITICS: &[(&str, Politics)] =
    &[("open", Politics::Open), ("silent", Politics::Silent), ("cut", Politics::Cut)];
const SWITCH: &[(&str, bool)] = &[("on", true), ("off", false)];
const YES_NO: &[(&str, bool)] = &[("yes", true), ("no", false)];
const KEEP: &[(&str, bool)] = &[("keep", true), ("suspend", false)];
const MESSAGES: &[(&str, Message)] = &[
    ("reassure", Message::Reassure),
    ("warn", Message::Warn),
    ("query", Message::Query),
    ("regret", Message::Regret),
    ("test", Message::Test),
];

/// Looks names up among those that the seat knows.
struct Names<'v> {
    view: &'v SeatView,
}

impl Names<'_> {
    fn seat(&self, name: &str) -> Result<SeatId, String> {
        let seats = self.view.briefing.seats.iter().enumerate();
        pick("seat", seats.map(|(i, s)| (SeatId::new(i), s.label.name.clone())), name)
    }

    fn channel(&self, name: &str) -> Result<ChannelId, String> {
        let channels = self.view.observation.channels.iter().filter_map(|c| {
            Some((c.channel, self.view.briefing.channels.get(c.channel.index())?.label.name.clone()))
        });
        pick("channel of yours", channels, name)
    }

    fn body(&self, name: &str) -> Result<BodyId, String> {
        let bodies = self.view.observation.bodies.iter().filter_map(|b| {
            Some((b.body, self.view.briefing.bodies.get(b.body.index())?.label.name.clone()))
        });
        pick("body of yours", bodies, name)
    }

    fn action(&self, name: &str) -> Result<ActionId, String> {
        let actions = self.view.briefing.actions.iter().enumerate();
        pick("act", actions.map(|(i, a)| (ActionId::new(i), a.label.name.clone())), name)
    }

    fn own_action(&self, name: &str) -> Result<ActionId, String> {
        pick("act of yours", own_actions(self.view).map(|id| (id, action_name(self.view, id))), name)
    }

    fn running(&self, name: &str) -> Result<ActionId, String> {
        let own = self.view.observation.seat;
        let running = self.view.observation.continuing.iter().filter(|(by, _)| Some(*by) == own);
        pick("act of yours that goes on", running.map(|(_, a)| (*a, action_name(self.view, *a))), name)
    }

    fn pending(&self, name: &str) -> Result<ActionId, String> {
        let pending = self.view.observation.pending.iter();
        pick("act of yours that is due", pending.map(|p| (p.action, action_name(self.view, p.action))), name)
    }

    fn site(&self, name: &str) -> Result<SiteId, String> {
        let sites = self.view.briefing.sites.iter().enumerate();
        pick("site", sites.map(|(i, s)| (SiteId::new(i), s.name.clone())), name)
    }

    fn message(&self, words: &[&str]) -> Result<Message, String> {
        match *words {
            [] => Err("say what: reassure, warn, query, regret, test or notice ACT".to_owned()),
            ["notice", action] => self.own_action(action).map(Message::Notice),
            [word] => one_of("message", MESSAGES, word),
            _ => Err(format!("'{}' is more than one message", safe(&words.join(" ")))),
        }
    }

    fn act(&self, name: &str, mut rest: &[&str]) -> Result<Piece, String> {
        let mut act = ActOrder { action: menu_item(name, self.view)?.action, start_tick: 0, defy: false };
        loop {
            match *rest {
                [] => return Ok(Piece::Act(Some(act))),
                ["tick", at, ref more @ ..] => {
                    act.start_tick = number(at, "tick")?;
                    rest = more;
                }
                ["defy", ref more @ ..] => {
                    act.defy = true;
                    rest = more;
                }
                [other, ..] => return Err(unknown("word here", other, ["tick", "defy"].into_iter())),
            }
        }
    }

    fn proposal(&self, to: &str, words: &[&str]) -> Result<ProposalDraft, String> {
        const KEYWORDS: [&str; 5] = ["over", "deadline", "threat", "ambiguous", "counters"];
        let end = words.iter().position(|w| KEYWORDS.contains(w)).unwrap_or(words.len());
        let (terms, mut rest) = words.split_at(end);
        let known = || self.view.briefing.terms.iter().enumerate();
        let terms = terms
            .iter()
            .flat_map(|w| w.split(','))
            .filter(|w| !w.is_empty())
            .map(|w| pick("term", known().map(|(i, t)| (TermId::new(i), t.label.name.clone())), w))
            .collect::<Result<Vec<_>, _>>()?;
        let mut draft = ProposalDraft {
            to: self.seat(to)?,
            over: None,
            terms,
            deadline: None,
            threat: None,
            ambiguous: false,
            counters: None,
        };
        loop {
            match *rest {
                [] => return Ok(draft),
                ["over", channel, ref more @ ..] => {
                    draft.over = Some(self.channel(channel)?);
                    rest = more;
                }
                ["deadline", span, ref more @ ..] => {
                    draft.deadline = Some(minutes(span)?);
                    rest = more;
                }
                ["threat", action, ref more @ ..] => {
                    draft.threat = Some(self.own_action(action)?);
                    rest = more;
                }
                ["counters", old, ref more @ ..] => {
                    draft.counters = Some(proposal(old)?);
                    rest = more;
                }
                ["ambiguous", ref more @ ..] => {
                    draft.ambiguous = true;
                    rest = more;
                }
                [other, ..] => return Err(unknown("word here", other, KEYWORDS.into_iter())),
            }
        }
    }

    fn stance(&self, words: &[&str]) -> Result<Stance, String> {
        let seen = &self.view.observation;
        match *words {
            ["engage", site, rule, volume, delegated] => Ok(Stance::Engage {
                site: self.site(site)?,
                reply: one_of("reply", RULES, rule)?,
                volume: number(volume, "volume")?,
                delegated: rung(delegated)?,
            }),
            ["answer", channel, answers] => Ok(Stance::Answering {
                channel: self.channel(channel)?,
                answers: one_of("answer", YES_NO, answers)?,
            }),
            ["line", channel, state] => Ok(Stance::Line {
                channel: self.channel(channel)?,
                politics: one_of("state of a line", POLITICS, state)?,
            }),
            ["consent", ally, up_to] => Ok(Stance::Consent { ally: self.seat(ally)?, up_to: rung(up_to)? }),
            ["delegate", name, switch] => {
                let triggers = self.view.briefing.triggers.iter().map(|t| (t.id, t.label.name.clone()));
                let trigger = pick("trigger of yours", triggers, name)?;
                Ok(Stance::PreDelegate { trigger, on: one_of("switch", SWITCH, switch)? })
            }
            ["accord", name, keep] => {
                let accords = seen.accords.iter().filter_map(|(id, _)| {
                    Some((*id, self.view.briefing.accords.get(id.index())?.name.clone()))
                });
                let accord = pick("accord", accords, name)?;
                Ok(Stance::Accord { accord, keep: one_of("choice", KEEP, keep)? })
            }
            _ => Err("a stance is engage, line, answer, consent, delegate or accord; help shows its words"
                .to_owned()),
        }
    }
}

/// Finds a name; wrong ones are answered with the nearest, or with all if they are few.
fn pick<T>(what: &str, names: impl Iterator<Item = (T, String)>, wanted: &str) -> Result<T, String> {
    let mut known = Vec::new();
    for (value, name) in names {
        if name.eq_ignore_ascii_case(wanted) {
            return Ok(value);
        }
        known.push(name);
    }
    Err(unknown(what, wanted, known.iter().map(String::as_str)))
}

fn one_of<T: Copy>(what: &str, options: &[(&str, T)], wanted: &str) -> Result<T, String> {
    pick(what, options.iter().map(|(name, value)| (*value, (*name).to_owned())), wanted)
}

fn unknown<'n>(what: &str, wanted: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.collect();
    let wanted = safe(&super::super::text::clip(wanted, 40));
    let nearest = known
        .iter()
        .map(|name| (strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase()), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.75);
    match nearest {
        Some((_, name)) => format!("no {what} is called '{wanted}'; did you mean '{}'?", safe(name)),
        None if known.is_empty() => format!("no {what} is called '{wanted}'; there is none now"),
        None => {
            let listed: Vec<String> = known.iter().take(20).map(|name| safe(name)).collect();
            format!("no {what} is called '{wanted}'; there are {}", listed.join(", "))
        }
    }
}

fn number<N: std::str::FromStr>(text: &str, what: &str) -> Result<N, String> {
    text.parse()
        .map_err(|_| format!("'{}' is no number for the {what}", safe(&super::super::text::clip(text, 40))))
}

fn rung(text: &str) -> Result<Rung, String> {
    number(text, "rung").map(Rung)
}

/// A position from 0, of a number from 1.
fn position(text: &str) -> Result<usize, String> {
    number::<usize>(text, "call")?.checked_sub(1).ok_or_else(|| "calls are counted from 1".to_owned())
}

fn proposal(text: &str) -> Result<u16, String> {
    number(text.trim_start_matches('#'), "proposal")
}

fn reading(text: &str) -> Result<Reading, String> {
    pick("tone", Reading::ALL.iter().map(|r| (*r, r.word().to_owned())), text)
}

/// A span such as `48h`, `2d` or `90m`.
fn minutes(text: &str) -> Result<Minute, String> {
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let factor = match unit {
        "m" | "min" => 1,
        "h" => 60,
        "d" => DAY,
        _ => return Err("a deadline is a number with m, h or d, such as 48h".to_owned()),
    };
    number::<Minute>(digits, "deadline").map(|n| n.saturating_mul(factor))
}
