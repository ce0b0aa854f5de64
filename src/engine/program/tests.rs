//! What programs mean, statement by statement.

use super::*;
use crate::engine::dice::{Domain, RootKey, StepDice};
use crate::vocabulary::words::Op::{Eq, Ge, Gt, Le, Lt, Ne};
use crate::vocabulary::{Id, ParamId, Ref, TableId};
use std::cell::RefCell;

const RANGES: [(i32, i32); 3] = [(0, 100), (-30, 30), (i32::MIN, i32::MAX)];

/// A small world: three levels, and facts that hold for the entry 1 of each section.
pub(super) struct World(pub [i32; 3]);

impl Reads for World {
    fn levels(&self) -> &[i32] {
        &self.0
    }
    fn count(&self, counter: Counter) -> i64 {
        match counter {
            Counter::Day => i64::MAX,
            Counter::ActsAtLeast(rung) => i64::from(rung),
            _ => 0,
        }
    }
    fn in_force(&self, accord: AccordId) -> bool {
        accord.index() == 1
    }
    fn on(&self, action: ActionId) -> bool {
        action.index() == 1
    }
    fn fired(&self, inject: InjectId) -> bool {
        inject.index() == 1
    }
    fn open(&self, channel: ChannelId) -> bool {
        channel.index() == 1
    }
}

/// Dice that show the same draw everywhere and note where they were asked.
#[derive(Default)]
pub(super) struct Scripted {
    draw: u32,
    asked: RefCell<Vec<(SiteId, u32)>>,
}

impl Draws for Scripted {
    fn draw(&self, site: SiteId, index: u32) -> u32 {
        self.asked.borrow_mut().push((site, index));
        self.draw
    }
}

pub(super) fn id<I: Id>(index: usize) -> Ref<I> {
    let mut name = Ref::named(format!("entry {index}"));
    name.resolve(I::new(index));
    name
}

fn c(value: i32) -> Expr {
    Expr::Const(value)
}

fn level(track: usize) -> Expr {
    Expr::Level(id(track))
}

fn local(name: &str) -> Expr {
    Expr::Local(name.to_owned())
}

fn set(name: &str, expr: Expr) -> Statement {
    Statement::Let(name.to_owned(), expr)
}

fn when(that: Condition, then: Vec<Statement>, otherwise: Vec<Statement>) -> Statement {
    Statement::When { that, then, otherwise }
}

fn is(a: Expr, op: crate::vocabulary::words::Op, b: Expr) -> Condition {
    Condition::Compare(a, op, b)
}

pub(super) fn rule_site() -> SiteId {
    SiteId::new("rule", "", "first")
}

fn numbers<'a>() -> Numbers<'a> {
    static TABLES: std::sync::LazyLock<Vec<Vec<i32>>> =
        std::sync::LazyLock::new(|| vec![vec![10, 20, 40], vec![]]);
    Numbers { ranges: &RANGES, tables: &TABLES, params: &[7] }
}

pub(super) fn lower(statements: &[Statement]) -> Result<Program, Vec<ProgramError>> {
    Program::lower(&[(rule_site(), statements)], &numbers())
}

/// Runs statements from the levels 50, 0, 0 and gives what came of them.
fn outcomes(statements: &[Statement], dice: &impl Draws) -> Vec<Outcome> {
    let (mut told, program) = (Vec::new(), lower(statements).expect("the statements are sound"));
    program.run::<true>(&World([50, 0, 0]), dice, &mut Registers::default(), |outcome| told.push(outcome));
    told
}

/// The levels after statements that start from 50, 0, 0.
fn levels_after(statements: &[Statement], dice: &impl Draws) -> [i32; 3] {
    let mut levels = [50, 0, 0];
    for outcome in outcomes(statements, dice) {
        if let Outcome::Level { track, before, after } = outcome {
            assert_eq!(levels[track.index()], before);
            levels[track.index()] = after;
        }
    }
    levels
}

fn value(expr: Expr) -> i64 {
    let amount = Amount::lower(&expr, &numbers()).expect("the expression is sound");
    amount.value(&World([50, -3, i32::MAX]), &mut Registers::default())
}

fn holds(condition: Condition) -> bool {
    let guard = Guard::lower(&condition, &numbers()).expect("the condition is sound");
    guard.holds(&World([50, -3, i32::MAX]), &mut Registers::default())
}

#[test]
fn arithmetic_is_exact_where_it_can_be_and_saturates_where_it_cannot() {
    let largest = || Expr::Mul(vec![level(2); 3]);
    assert_eq!(value(Expr::Add(vec![c(1), Expr::Mul(vec![c(3), level(0)]), level(1)])), 148);
    assert_eq!(value(Expr::Add(vec![level(0), Expr::Mul(vec![c(-1), level(0)])])), 0);
    assert_eq!(value(Expr::Mul(vec![level(2), level(2)])), i64::from(i32::MAX) * i64::from(i32::MAX));
    assert_eq!(value(largest()), i64::MAX);
    assert_eq!(value(Expr::Add(vec![largest(), largest()])), i64::MAX);
    assert_eq!(value(Expr::Sub(Box::new(Expr::Mul(vec![c(-1), largest()])), Box::new(largest()))), i64::MIN);
    assert_eq!(value(Expr::Add(vec![Expr::Gauge(Gauge::Day), c(5)])), i64::MAX);
    assert_eq!(value(Expr::Add(vec![Expr::Param(id::<ParamId>(0)), Expr::Gauge(Gauge::ActsAtLeast(4))])), 11);
}

#[test]
fn a_product_is_exact_up_to_the_edge_of_64_bits_and_saturates_beyond() {
    let times = |n, more: &[Expr]| Expr::Mul([&[c(n)], more].concat());
    let less = |a, b| Expr::Sub(Box::new(a), Box::new(b));
    let large = Expr::Add(vec![level(2), c(1)]);
    assert_eq!(value(Expr::Mul(vec![large.clone(), large.clone()])), 1 << 62);
    assert_eq!(value(times(2, &[large.clone(), large.clone()])), i64::MAX);
    assert_eq!(value(times(-2, &[large.clone(), large.clone()])), i64::MIN);
    assert_eq!(
        value(Expr::Mul(vec![times(70_000, &[level(0)]), times(70_000, &[level(1)])])),
        -735_000_000_000
    );
    assert_eq!(value(Expr::Mul(vec![less(level(0), c(9)), less(c(4), level(1))])), 287);
    // What is known of a difference is wider than what it can be: twice a value of 0 or 1 seems to go up to 3.
    let held = |a, most| Expr::Clamp(Box::new(a), Box::new(c(0)), Box::new(c(most)));
    let twice = less(times(3, &[local("one")]), local("one"));
    let square = |n| times(n, &[local("large"), local("large")]);
    let rules = [
        set("one", held(level(0), 1)),
        set("large", held(Expr::Add(vec![level(1), c(1_000_000_000)]), 1_000_000_000)),
        Statement::Set(id(1), Expr::Add(vec![Expr::Mul(vec![twice, square(2)]), square(4)])),
    ];
    assert_eq!(levels_after(&rules, &Scripted::default())[1], 30);
    // A gauge may be anything.
    let days = |zero| Expr::Mul(vec![zero, Expr::Gauge(Gauge::Day)]);
    assert_eq!(value(less(c(5), days(held(level(0), 0)))), 5);
    assert_eq!(value(days(Expr::Add(vec![held(level(0), 0), c(1)]))), i64::MAX);
}

#[test]
fn picks_fall_alike_on_both_sides_of_what_lanes_hold() {
    let full =
        |more| Expr::Add(vec![Expr::Clamp(Box::new(level(0)), Box::new(c(0)), Box::new(c(50))), c(more)]);
    let gate =
        |open| Expr::Clamp(Box::new(Expr::Add(vec![level(0), c(open - 50)])), Box::new(c(0)), Box::new(c(1)));
    let behind = |open, sum| Expr::Mul(vec![gate(open), Expr::Max(vec![c(0), sum])]);
    let plain = |weights: &[Expr]| weights.iter().map(|weight| value(weight.clone())).collect::<Vec<i64>>();
    // The level stands at the most that is known of it, so the totals are what they are reckoned with. A gate takes
    // away the most that its sum can be, so that counts three times.
    let total = |all: i32| vec![c(1), full(all - 151), Expr::Mul(vec![c(2), full(0)])];
    let gated = |most: i32| vec![behind(1, full(most - 50)), behind(0, full(most - 50)), c(3), full(0)];
    for (weights, by_lanes) in [
        (total(32_767), true),
        (total(32_768), false),
        (gated(10_922), true),
        (gated(10_923), false),
        (vec![full(-50), behind(0, full(0)), c(1), full(-49), c(1)], true),
    ] {
        let plain = plain(&weights);
        let rules = [Statement::Pick("which".to_owned(), weights), Statement::Set(id(1), local("which"))];
        assert_eq!(!lower(&rules).unwrap().code.lanes.is_empty(), by_lanes, "{plain:?}");
        // The first draw of every option, the last, and both ends.
        let (mut sum, mut draws, all) = (0i128, vec![0, u32::MAX], plain.iter().sum::<i64>());
        for weight in &plain {
            sum += i128::from(*weight);
            let first = ((sum << 32) as u128).div_ceil(all as u128);
            draws.extend(
                [first, first.saturating_sub(1)].into_iter().filter_map(|draw| u32::try_from(draw).ok()),
            );
        }
        let mut chances = [0; 5];
        for draw in draws {
            let scripted = Scripted { draw, ..Scripted::default() };
            let expected = scripted.pick(rule_site().with("which"), 0, &plain);
            let told = outcomes(&rules, &scripted);
            let Some(Outcome::Picked { option, chance, .. }) = told.first() else { panic!("{told:?}") };
            assert_eq!(usize::from(*option), expected, "{plain:?} by {draw}");
            chances[expected] = chance.parts();
        }
        assert_eq!(chances.iter().sum::<u64>(), Chance::CERTAIN.parts(), "{plain:?}");
    }
}

#[test]
fn division_rounds_down_and_by_zero_gives_zero() {
    let divide = |a, b| value(Expr::DivFloor(Box::new(a), Box::new(b)));
    assert_eq!(divide(c(7), c(2)), 3);
    assert_eq!(divide(c(-7), c(2)), -4);
    assert_eq!(divide(level(1), c(-2)), 1);
    assert_eq!(divide(level(0), c(0)), 0);
    let lowest = Expr::Mul(vec![c(-2), Expr::Mul(vec![level(2); 3])]);
    assert_eq!(divide(lowest, c(-1)), i64::MAX);
}

#[test]
fn bounds_hold_and_the_upper_one_wins() {
    let clamp = |a, low, high| value(Expr::Clamp(Box::new(a), Box::new(low), Box::new(high)));
    assert_eq!(clamp(level(0), c(0), c(20)), 20);
    assert_eq!(clamp(level(0), c(60), c(90)), 60);
    assert_eq!(clamp(level(0), c(60), c(10)), 10);
    assert_eq!(clamp(level(0), level(1), c(9)), 9);
    assert_eq!(value(Expr::Max(vec![level(1), c(-5), level(0), c(2)])), 50);
    assert_eq!(value(Expr::Min(vec![level(1), c(-5), level(0)])), -5);
    assert_eq!(value(Expr::Max(vec![])), 0);
    assert_eq!(value(Expr::Min(vec![Expr::Max(vec![level(0), c(70)]), c(60)])), 60);
}

#[test]
fn a_lookup_outside_its_table_takes_the_nearest_entry() {
    let look = |index| value(Expr::Lookup(id::<TableId>(0), Box::new(index)));
    assert_eq!([look(level(1)), look(c(1)), look(level(0))], [10, 20, 40]);
}

#[test]
fn a_sum_of_many_levels_and_a_long_one_agree() {
    let parts = (1..=12)
        .flat_map(|n| [Expr::Mul(vec![c(n), level(0)]), Expr::Gauge(Gauge::ActsAtLeast(1)), level(1)]);
    assert_eq!(value(Expr::Add(parts.collect())), 78 * 50 + 12 - 36);
}

#[test]
fn comparisons_and_facts_combine() {
    for (op, expected) in [(Eq, false), (Ne, true), (Lt, false), (Le, false), (Gt, true), (Ge, true)] {
        assert_eq!(holds(is(level(0), op, c(49))), expected, "{op:?} by bounds");
        assert_eq!(holds(is(Expr::Add(vec![level(0), c(1)]), op, c(50))), expected, "{op:?} by code");
        assert_eq!(
            holds(is(level(0), op, Expr::Sub(Box::new(level(1)), Box::new(c(-52))))),
            expected,
            "{op:?}"
        );
    }
    assert!(holds(Condition::All(vec![])) && !holds(Condition::Any(vec![])));
    assert!(holds(Condition::All(vec![is(level(0), Ge, c(50)), is(level(2), Gt, c(i32::MAX - 1))])));
    assert!(
        !holds(is(level(2), Gt, c(i32::MAX))) && !holds(Condition::Not(Box::new(Condition::All(vec![]))))
    );
    let facts = |n| {
        [Condition::InForce(id(n)), Condition::On(id(n)), Condition::Fired(id(n)), Condition::Open(id(n))]
    };
    assert!(facts(1).into_iter().all(holds) && !facts(0).into_iter().any(holds));
    let count = |gauge, op, limit| Condition::Compare(Expr::Gauge(gauge), op, c(limit));
    for (op, expected) in [(Eq, false), (Ne, true), (Lt, true), (Le, true), (Gt, false), (Ge, false)] {
        assert_eq!(holds(count(Gauge::ActsAtLeast(3), op, 4)), expected, "{op:?} of a count");
    }
    assert!(holds(count(Gauge::Day, Ge, i32::MAX)) && !holds(count(Gauge::Day, Le, i32::MAX)));
    let [yes, no] = [1, 0].map(|n| Condition::On(id(n)));
    let not = |inner: &Condition| Condition::Not(Box::new(inner.clone()));
    assert!(holds(Condition::Any(vec![no.clone(), Condition::All(vec![yes.clone(), not(&no)])])));
    assert!(!holds(Condition::All(vec![yes.clone(), Condition::Any(vec![no, not(&yes)])])));
}

#[test]
fn level_reads_what_earlier_rules_left_and_before_the_start_of_the_step() {
    let rules = [
        Statement::Shift(id(0), c(10)),
        Statement::Shift(id(1), Expr::Sub(Box::new(level(0)), Box::new(Expr::Before(id(0))))),
        Statement::Set(id(2), Expr::Before(id(0))),
    ];
    assert_eq!(levels_after(&rules, &Scripted::default()), [60, 10, 50]);
}

#[test]
fn each_write_is_held_inside_the_range_and_a_list_leaves_one_net_change() {
    let rules = [
        Statement::Shift(id(0), c(70)),
        Statement::Shift(id(0), c(-10)),
        Statement::Set(id(1), c(99)),
        Statement::Set(id(2), c(5)),
        Statement::Set(id(2), c(0)),
    ];
    let change = |track, before, after| Outcome::Level { track: TrackId::new(track), before, after };
    assert_eq!(outcomes(&rules, &Scripted::default()), [change(0, 50, 90), change(1, 0, 30)]);
}

#[test]
fn small_and_large_branches_do_the_same() {
    for (limit, expected) in [(40, [51, 2, 7]), (60, [48, 3, 9])] {
        let then = vec![Statement::Shift(id(0), c(1)), set("x", c(7)), Statement::Set(id(1), c(2))];
        let otherwise = vec![Statement::Shift(id(0), c(-2)), set("x", c(9)), Statement::Set(id(1), c(3))];
        let whole = [when(is(level(0), Ge, c(limit)), then, otherwise), Statement::Set(id(2), local("x"))];
        assert_eq!(levels_after(&whole, &Scripted::default()), expected, "by jumps");
        let halves = [
            set("was", level(0)),
            when(
                is(local("was"), Ge, c(limit)),
                vec![Statement::Shift(id(0), c(1))],
                vec![Statement::Shift(id(0), c(-2))],
            ),
            when(is(local("was"), Ge, c(limit)), vec![set("x", c(7))], vec![set("x", c(9))]),
            when(
                is(local("was"), Ge, c(limit)),
                vec![Statement::Set(id(1), c(2))],
                vec![Statement::Set(id(1), c(3))],
            ),
            Statement::Set(id(2), local("x")),
        ];
        assert_eq!(levels_after(&halves, &Scripted::default()), expected, "by selection");
    }
}

#[test]
fn a_name_is_known_only_where_every_way_gave_it_a_value() {
    let yes = || is(level(0), Ge, c(0));
    let use_it = || Statement::Set(id(0), local("alarm"));
    let both = [when(yes(), vec![set("alarm", c(1))], vec![set("alarm", c(2))]), use_it()];
    assert!(lower(&both).is_ok());
    let one = [set("alarms", c(0)), when(yes(), vec![set("alarm", c(1))], vec![]), use_it()];
    let unknown = |near: &[&str]| ProgramError::UnknownLocal {
        rule: 0,
        name: "alarm".to_owned(),
        near: near.iter().map(|&name| name.to_owned()).collect(),
    };
    assert_eq!(lower(&one), Err(vec![unknown(&["alarms"])]));
    assert_eq!(
        unknown(&["alarms"]).to_string(),
        "nothing named `alarm` has a value here; did you mean `alarms`?"
    );
    assert_eq!(Guard::lower(&is(local("alarm"), Gt, c(0)), &numbers()), Err(vec![unknown(&[])]));
}

#[test]
fn all_faults_of_a_list_are_told_at_once() {
    let rules = [
        set("a", local("b")),
        set("a", Expr::Lookup(id::<TableId>(1), Box::new(c(0)))),
        Statement::Pick("p".to_owned(), vec![]),
    ];
    assert_eq!(lower(&rules).unwrap_err().len(), 3);
}

#[test]
fn rolls_and_picks_are_told_with_their_chance_and_only_if_asked() {
    let rules = [
        Statement::Roll("hit".to_owned(), Expr::Add(vec![level(0), c(200)])),
        Statement::Pick("size".to_owned(), vec![c(0), c(-4), level(0), c(150), c(0)]),
        Statement::Pick("fixed".to_owned(), vec![c(-9), c(1), c(3), c(0)]),
        Statement::Pick("none".to_owned(), vec![Expr::Mul(vec![c(-1), level(0)]), c(0)]),
        Statement::Incident(id(1)),
    ];
    let scripted = Scripted { draw: 1 << 30, ..Scripted::default() };
    let quarter = Chance::per_mille(250);
    let picked = |draw, option, chance| Outcome::Picked { draw, option, chance };
    let expected = [
        Outcome::Rolled { draw: 0, chance: quarter, came: false },
        picked(1, 3, Chance::per_mille(750)),
        picked(2, 2, Chance::per_mille(750)),
        picked(3, 0, Chance::CERTAIN),
        Outcome::Incident(id(1).id()),
    ];
    assert_eq!(outcomes(&rules, &scripted), expected);
    let (mut told, program) = (Vec::new(), lower(&rules).unwrap());
    program
        .run::<false>(&World([50, 0, 0]), &scripted, &mut Registers::default(), |outcome| told.push(outcome));
    assert_eq!(told, expected[4..]);
}

#[test]
fn weights_over_many_levels_and_gates_pick_as_the_dice_do() {
    let dice = RootKey::new(5, Domain::Adjudication).at(0, 0);
    let gate = || Expr::Clamp(Box::new(level(0)), Box::new(c(0)), Box::new(c(1)));
    let product = |n| Expr::Mul(vec![c(n), level(0)]);
    let names: Vec<String> = (0..9).map(|n| format!("n{n}")).collect();
    let mut rules: Vec<Statement> = names.iter().zip(1..).map(|(name, n)| set(name, product(n))).collect();
    let mut weights: Vec<Expr> = names.iter().map(|name| local(name)).collect();
    weights.push(Expr::Mul(vec![gate(), Expr::Max(vec![c(5), product(2)])]));
    weights.push(Expr::Mul(vec![level(0), level(0)]));
    rules.extend([Statement::Pick("which".to_owned(), weights), Statement::Set(id(1), local("which"))]);
    let plain: Vec<i64> = (1..=9).map(|n| n * 50).chain([100, 2500]).collect();
    for seat in 0..200 {
        let dice: StepDice = dice.within(rule_site().nth(seat));
        let expected = dice.pick(rule_site().with("which"), 0, &plain);
        assert_eq!(levels_after(&rules, &dice)[1], expected as i32);
    }
}

#[test]
fn a_level_held_between_bounds_is_exact_near_the_edge_of_32_bits() {
    let held = |bias, low, high| {
        let sum = Expr::Add(vec![level(2), c(bias)]);
        value(Expr::Clamp(Box::new(sum), Box::new(c(low)), Box::new(c(high))))
    };
    assert_eq!(held(1, 0, i32::MAX), i64::from(i32::MAX), "one more than the highest level is held");
    assert_eq!(held(-1, i32::MIN, i32::MAX), i64::from(i32::MAX) - 1);
    assert_eq!(held(-40_000, 0, 100), 100);
    let of_fifty = |bias, low, high| {
        let sum = Expr::Add(vec![level(0), c(bias)]);
        value(Expr::Clamp(Box::new(sum), Box::new(c(low)), Box::new(c(high))))
    };
    assert_eq!(
        [of_fifty(-60, 0, 9), of_fifty(-45, 0, 9), of_fifty(0, 0, 9), of_fifty(0, 9, 3)],
        [0, 5, 9, 3]
    );
}

#[test]
fn a_roll_by_a_line_of_a_level_comes_as_the_dice_say() {
    let rules = [Statement::Roll(
        "hit".to_owned(),
        Expr::Sub(Box::new(c(900)), Box::new(Expr::Mul(vec![c(8), level(0)]))),
    )];
    for (draw, came) in [((1u64 << 31) - 1, true), (1 << 31, false)] {
        let scripted = Scripted { draw: draw as u32, ..Scripted::default() };
        let rolled = Outcome::Rolled { draw: 0, chance: Chance::per_mille(500), came };
        assert_eq!(outcomes(&rules, &scripted), [rolled]);
    }
}

#[test]
fn a_pick_falls_alike_whether_its_numbers_are_small_or_large() {
    let gate =
        |open| Expr::Clamp(Box::new(Expr::Add(vec![level(0), c(open - 50)])), Box::new(c(0)), Box::new(c(1)));
    // From levels of 50 and 0 the fixed part decides; beyond 16 bits the numbers take the long way.
    for base in [0, 40, 32_600, 32_667, 32_668, 40_000] {
        let weights = [
            (Expr::Max(vec![c(1), Expr::Mul(vec![c(-300), level(0)])]), 1),
            (Expr::Add(vec![level(0), Expr::Mul(vec![c(-7), level(1)]), c(-60)]), -10),
            (Expr::Add(vec![c(base), level(0)]), i64::from(base) + 50),
            (Expr::Mul(vec![gate(1), Expr::Max(vec![c(0), Expr::Mul(vec![c(3), level(0)])])]), 150),
            (Expr::Mul(vec![gate(0), Expr::Max(vec![c(0), Expr::Mul(vec![c(9), level(0)])])]), 0),
            (c(70), 70),
        ];
        let (weights, plain): (Vec<Expr>, Vec<i64>) = weights.into_iter().unzip();
        let rules = [Statement::Pick("which".to_owned(), weights), Statement::Set(id(1), local("which"))];
        let luck = RootKey::new(5, Domain::Adjudication).at(0, 0);
        for seat in 0..200 {
            let dice: StepDice = luck.within(rule_site().nth(seat));
            let expected = dice.pick(rule_site().with("which"), 0, &plain);
            assert_eq!(levels_after(&rules, &dice)[1], expected as i32, "with {base}");
        }
    }
}

#[test]
fn names_and_not_the_order_of_rules_address_a_draw() {
    let roll = |name: &str| Statement::Roll(name.to_owned(), c(500));
    let (first, second) = ([roll("a"), roll("b"), roll("a")], [roll("c")]);
    let other = SiteId::new("rule", "", "second");
    let asked = |rules: &[(SiteId, &[Statement])]| {
        let scripted = Scripted::default();
        let program = Program::lower(rules, &numbers()).unwrap();
        program.run::<false>(&World([0; 3]), &scripted, &mut Registers::default(), |_| {});
        let mut asked = scripted.asked.into_inner();
        asked.sort();
        asked
    };
    let forward = asked(&[(rule_site(), &first), (other, &second)]);
    assert_eq!(forward, asked(&[(other, &second), (rule_site(), &first)]));
    assert!(forward.contains(&(rule_site().with("a"), 0)) && forward.contains(&(rule_site().with("a"), 1)));
    assert_eq!(forward.len(), 4);
}

#[test]
fn shared_registers_carry_nothing_from_one_program_to_the_next() {
    let big =
        lower(&[set("x", c(9)), Statement::Set(id(0), local("x")), Statement::Shift(id(1), c(3))]).unwrap();
    let small =
        Amount::lower(&Expr::Add(vec![level(0), Expr::Mul(vec![level(1), level(1)])]), &numbers()).unwrap();
    let (world, mut registers) = (World([50, 2, 0]), Registers::default());
    let fresh = small.value(&world, &mut registers);
    big.run::<false>(&world, &Scripted::default(), &mut registers, |_| {});
    assert_eq!(small.value(&world, &mut registers), fresh);
}
