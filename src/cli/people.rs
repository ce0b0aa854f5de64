//! Arguments that name the people at the seats.

use super::exit::Failure;
use super::seats;
use crate::scenario::Scenario;
use crate::session::{Person, Role};
use crate::vocabulary::{Id, SeatId};

/// Who shares a seat, and what each wants.
#[derive(Debug, Default, clap::Args)]
pub struct People {
    /// A person who leads a seat, by name: where several share one, or aims differ.
    #[arg(long, value_name = "SEAT=NAME")]
    lead: Vec<String>,
    /// A person who advises at a seat: sees what it sees, talks, and does not seal.
    #[arg(long, value_name = "SEAT=NAME")]
    adviser: Vec<String>,
    /// What a person of `--lead` or `--adviser` wants beside the seat's aims; told to nobody else but control.
    #[arg(long, value_name = "NAME=TEXT")]
    aim: Vec<String>,
}

impl People {
    /// The people with their aims, the leads before the advisers. Whoever leads a seat that has advisers need not be
    /// named.
    ///
    /// # Errors
    /// The first argument that names nobody, somebody twice, or a seat that is not among `own`.
    pub fn read(&self, scenario: &Scenario, own: &[SeatId]) -> Result<Vec<(SeatId, Person)>, Failure> {
        let of = |given: &[String], role| -> Result<Vec<(SeatId, Person)>, Failure> {
            given.iter().map(|text| person(scenario, own, text, role)).collect()
        };
        let mut people = of(&self.lead, Role::Lead)?;
        let advisers = of(&self.adviser, Role::Adviser)?;
        for (seat, _) in &advisers {
            if !people.iter().any(|(led, _)| led == seat) {
                people.push((*seat, Person::default()));
            }
        }
        people.extend(advisers);
        for (at, (seat, person)) in people.iter().enumerate() {
            if people[..at].iter().any(|(other, known)| (other, &known.name) == (seat, &person.name)) {
                let seat = &scenario.document.seats[seat.index()].name;
                return Err(Failure::usage(format!("`{}` is named twice at `{seat}`", person.name)));
            }
        }
        for text in &self.aim {
            let (name, aim) = pair(text, "--aim NAME=TEXT")?;
            let person = people.iter_mut().find(|(_, person)| person.name == name);
            let unknown =
                || Failure::usage(format!("nobody is called `{name}`: name them by --lead or --adviser"));
            person.ok_or_else(unknown)?.1.aim = aim.to_owned();
        }
        Ok(people)
    }
}

/// A person of `SEAT=NAME`.
fn person(scenario: &Scenario, own: &[SeatId], text: &str, role: Role) -> Result<(SeatId, Person), Failure> {
    let (seat, name) = pair(text, "SEAT=NAME")?;
    let seat = seats::seat(scenario, seat)?;
    if !own.contains(&seat) {
        let seat = &scenario.document.seats[seat.index()].name;
        return Err(Failure::usage(format!("nobody plays `{seat}`: say --seat {seat}")));
    }
    Ok((seat, Person { name: name.to_owned(), role, aim: String::new() }))
}

fn pair<'a>(text: &'a str, form: &str) -> Result<(&'a str, &'a str), Failure> {
    let pair = text.split_once('=').filter(|(left, right)| !left.is_empty() && !right.is_empty());
    pair.ok_or_else(|| Failure::usage(format!("`{text}` is not of the form {form}")))
}
