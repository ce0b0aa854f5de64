//! Several people around one terminal, and control: one sits down at a time, and nothing is left when they rise.

use super::app::App;
use super::screen::control::{ControlApp, ControlOrder};
use super::screen::handover::{Chair, Handover, HandoverOrder};
use super::terminal::{self, Event, Screen};
use super::{Alone, IDLE, Left, SECOND, Stood, WAITING, sit};
use crate::session::{Asked, ControlDesk, Hands, SeatDesk};
use std::io;

/// Plays some seats, and control if it has a desk, around one terminal until everybody leaves. `pump` as for
/// [`play`](super::play).
///
/// # Errors
/// If there is no terminal, or it is gone.
pub fn share(
    desks: &mut [SeatDesk],
    mut control: Option<&mut ControlDesk>,
    pump: &mut dyn FnMut() -> Option<String>,
) -> io::Result<Left> {
    let mut screen = Screen::enter()?;
    let mut apps: Vec<App> = Vec::new();
    for desk in desks.iter_mut() {
        desk.refresh();
        apps.push(App::new(desk.view().clone(), terminal::theme()));
    }
    let mut handover = Handover::new(chairs(desks, control.is_some()), terminal::theme());
    // What there is to tell at first, such as what was resumed, is for everybody.
    if let Some(told) = pump() {
        handover.notice(&told);
        apps.iter_mut().for_each(|app| app.notice(&told));
    }
    loop {
        screen.wipe()?;
        let chair = match next_chair(&mut screen, &mut handover, desks, control.is_some(), pump)? {
            Next::Sits(chair) => {
                handover.notice("");
                chair
            }
            Next::Leave => {
                let over = desks.iter().all(|desk| desk.view().debrief.is_some());
                return Ok(if over { Left::Finished } else { Left::Quit });
            }
            Next::Signalled(signal) => return Ok(Left::Signalled(signal)),
        };
        screen.wipe()?;
        let stood = match (desks.get_mut(chair), apps.get_mut(chair), control.as_deref_mut()) {
            (Some(desk), Some(app), _) => sit(&mut screen, app, desk, pump, Alone::No)?,
            (_, _, Some(desk)) => sit_at_control(&mut screen, desk, pump)?,
            _ => Stood::HandedOver,
        };
        if let Stood::Left(left @ Left::Signalled(_)) = stood {
            return Ok(left);
        }
    }
}

/// What follows the hand-over screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Somebody sits down on this chair.
    Sits(usize),
    /// Everybody leaves.
    Leave,
    /// A signal ends the program.
    Signalled(i32),
}

/// Who sits down next.
fn next_chair(
    screen: &mut Screen,
    handover: &mut Handover,
    desks: &mut [SeatDesk],
    control: bool,
    pump: &mut dyn FnMut() -> Option<String>,
) -> io::Result<Next> {
    let mut shown = None;
    loop {
        let told = pump();
        for desk in desks.iter_mut() {
            desk.refresh();
        }
        let now = chairs(desks, control);
        if let Some(told) = &told {
            handover.notice(told);
        }
        if told.is_some() || shown.as_ref() != Some(&now) {
            handover.take(now.clone());
            screen.draw(|frame| handover.draw(frame))?;
            shown = Some(now);
        }
        let Some(event) = screen.next(WAITING)? else { continue };
        let order = match event {
            Event::Key(key) => handover.press(key),
            Event::Redraw => Some(HandoverOrder::Redraw),
            Event::Stop => Some(HandoverOrder::Suspend),
            Event::Ending(signal) => return Ok(Next::Signalled(signal)),
            Event::Paste(_) | Event::Panicked(_) => None,
        };
        match order {
            Some(HandoverOrder::Sit(chair)) => return Ok(Next::Sits(chair)),
            Some(HandoverOrder::Leave) => return Ok(Next::Leave),
            Some(HandoverOrder::Suspend) => screen.suspend()?,
            Some(HandoverOrder::Redraw) => screen.redraw()?,
            None => {}
        }
        screen.draw(|frame| handover.draw(frame))?;
    }
}

fn chairs(desks: &[SeatDesk], control: bool) -> Vec<Chair> {
    let seats = desks.iter().map(|desk| {
        let view = desk.view();
        let seat = view.briefing.seats.get(crate::vocabulary::Id::index(desk.seat()));
        let seat = seat.map_or_else(String::new, |seat| seat.label.label.clone());
        let person = &view.table.person;
        let named = !person.name.is_empty();
        let label = if named { format!("{seat}, {} ({})", person.name, person.role.word()) } else { seat };
        let (state, waits) = match (view.table.hands, view.observation.asked) {
            _ if view.debrief.is_some() => ("the debrief is open", false),
            (Hands::Policy, _) => ("a policy plays it now", false),
            (Hands::Sealed, _) => ("has sealed", false),
            (Hands::Open, Asked::Nothing) => ("is asked nothing now", false),
            (Hands::Open, _) => ("has to decide", true),
        };
        let policy = view.table.hands == Hands::Policy && view.debrief.is_none();
        Chair { label, state: state.to_owned(), waits, control: false, policy }
    });
    let desk = Chair {
        label: "Control".to_owned(),
        state: "the white cell's desk".to_owned(),
        waits: false,
        control: true,
        policy: false,
    };
    seats.chain(control.then_some(desk)).collect()
}

/// Control at its desk until it rises.
fn sit_at_control(
    screen: &mut Screen,
    desk: &mut ControlDesk,
    pump: &mut dyn FnMut() -> Option<String>,
) -> io::Result<Stood> {
    desk.refresh();
    let mut app = ControlApp::new(desk.board().clone(), terminal::theme());
    loop {
        let told = pump();
        if desk.refresh() {
            app.take(desk.board().clone());
        }
        if told.is_some() {
            app.status = told;
        }
        app.size = screen.size()?;
        screen.draw(|frame| app.draw(frame))?;
        let clock = desk.board().pace.until.is_some();
        let Some(event) = screen.next(if clock { SECOND } else { IDLE })? else { continue };
        let order = match event {
            Event::Key(key) => app.press(key),
            Event::Paste(text) => {
                app.paste(&text);
                None
            }
            Event::Redraw => Some(ControlOrder::Redraw),
            Event::Stop => Some(ControlOrder::Suspend),
            Event::Ending(signal) => return Ok(Stood::Left(Left::Signalled(signal))),
            Event::Panicked(what) => {
                app.status = Some(format!("A bug in the background: {what}"));
                None
            }
        };
        match order {
            None => {}
            Some(ControlOrder::Send(command)) => desk.send(*command),
            Some(ControlOrder::Leave | ControlOrder::LeaveAtOnce) => return Ok(Stood::HandedOver),
            Some(ControlOrder::Suspend) => screen.suspend()?,
            Some(ControlOrder::Redraw) => screen.redraw()?,
        }
    }
}
