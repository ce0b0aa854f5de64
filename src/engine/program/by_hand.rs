//! Whatever arithmetic rules do is what it gives by hand: lowering folds, fuses and reorders, and must not show.

use super::tests::{Scripted, World, id, lower, rule_site};
use super::*;
use crate::engine::dice::{Domain, RootKey};
use crate::vocabulary::words::Op;
use crate::vocabulary::{Id, TableId};
use proptest::prelude::*;

const TABLE: [i64; 3] = [10, 20, 40];

/// The value of an expression over two small levels and one local value; none if any part of it is beyond 40 bits, far
/// from where rules saturate.
fn by_hand(expr: &Expr, levels: [i32; 2], local: i64) -> Option<i64> {
    let value = |part: &Expr| by_hand(part, levels, local);
    let each = |parts: &[Expr]| parts.iter().map(value).collect::<Option<Vec<i64>>>();
    let found = match expr {
        Expr::Const(value) => i64::from(*value),
        Expr::Level(track) => i64::from(levels[track.id().index()]),
        Expr::Local(_) => local,
        Expr::Add(parts) => each(parts)?.into_iter().try_fold(0, i64::checked_add)?,
        Expr::Sub(a, b) => value(a)?.checked_sub(value(b)?)?,
        Expr::Mul(parts) => each(parts)?.into_iter().try_fold(1, i64::checked_mul)?,
        Expr::Min(parts) => each(parts)?.into_iter().min().unwrap_or(0),
        Expr::Max(parts) => each(parts)?.into_iter().max().unwrap_or(0),
        Expr::Clamp(part, low, high) => value(part)?.max(value(low)?).min(value(high)?),
        Expr::DivFloor(a, b) => match (value(a)?, value(b)?) {
            (_, 0) => 0,
            (a, b) => a.div_euclid(b) - i64::from(b < 0 && a.rem_euclid(b) != 0),
        },
        Expr::Lookup(_, index) => TABLE[value(index)?.clamp(0, 2) as usize],
        Expr::Before(_) | Expr::Param(_) | Expr::Gauge(_) => unreachable!("none is made"),
    };
    Some(found).filter(|found| found.unsigned_abs() < 1 << 40)
}

/// Expressions of a few parts.
fn exprs() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        (-9..=9).prop_map(Expr::Const),
        (0..2usize).prop_map(|track| Expr::Level(id(track))),
        Just(Expr::Local("x".to_owned())),
    ];
    let leaf = leaf.boxed();
    leaf.clone().prop_recursive(3, 24, 4, move |part| {
        let some = || prop::collection::vec(part.clone(), 1..4);
        let boxed = || part.clone().prop_map(Box::new);
        prop_oneof![
            3 => some().prop_map(Expr::Add),
            4 => sums(leaf.clone(), part.clone()),
            2 => (boxed(), boxed()).prop_map(|(a, b)| Expr::Sub(a, b)),
            3 => prop::collection::vec(part.clone(), 2).prop_map(Expr::Mul),
            1 => some().prop_map(Expr::Min),
            1 => some().prop_map(Expr::Max),
            1 => (boxed(), boxed(), boxed()).prop_map(|(a, low, high)| Expr::Clamp(a, low, high)),
            1 => (boxed(), boxed()).prop_map(|(a, b)| Expr::DivFloor(a, b)),
            1 => boxed().prop_map(|index| Expr::Lookup(id::<TableId>(0), index)),
        ]
    })
}

/// Sums as rules write them: levels, multiples of levels, and products of a level with another less a constant.
fn sums(
    leaf: BoxedStrategy<Expr>,
    part: impl Strategy<Value = Expr> + 'static,
) -> impl Strategy<Value = Expr> {
    let factor = (-9..=9).prop_map(Expr::Const);
    let multiple = (factor, leaf.clone()).prop_map(|(factor, level)| Expr::Mul(vec![factor, level]));
    let shifted =
        (leaf.clone(), 1..9).prop_map(|(level, by)| Expr::Sub(Box::new(level), Box::new(Expr::Const(by))));
    let product = (shifted, leaf.clone()).prop_map(|(a, b)| Expr::Mul(vec![a, b]));
    prop::collection::vec(prop_oneof![leaf, multiple, product, part], 2..8).prop_map(Expr::Add)
}

/// Whether a condition holds; none if a value of it is beyond 40 bits.
fn holds_by_hand(condition: &Condition, levels: [i32; 2]) -> Option<bool> {
    let each = |parts: &[Condition]| {
        parts.iter().map(|part| holds_by_hand(part, levels)).collect::<Option<Vec<bool>>>()
    };
    Some(match condition {
        Condition::Compare(a, op, b) => op.holds(by_hand(a, levels, 0)?, by_hand(b, levels, 0)?),
        Condition::All(parts) => each(parts)?.into_iter().all(|part| part),
        Condition::Any(parts) => each(parts)?.into_iter().any(|part| part),
        Condition::Not(part) => !holds_by_hand(part, levels)?,
        Condition::On(action) => action.id().index() == 1,
        _ => unreachable!("none is made"),
    })
}

/// Conditions of a few comparisons and facts, near enough to the levels that either answer comes.
fn conditions() -> impl Strategy<Value = Condition> {
    let op = prop_oneof![Just(Op::Eq), Just(Op::Ne), Just(Op::Lt), Just(Op::Le), Just(Op::Gt), Just(Op::Ge)];
    let level = || (0..2usize).prop_map(|track| Expr::Level(id(track)));
    let less = (level(), level()).prop_map(|(a, b)| Expr::Sub(Box::new(a), Box::new(b))).boxed();
    let side = || prop_oneof![2 => (0..=9).prop_map(Expr::Const), 2 => level(), 1 => less.clone()];
    let leaf = prop_oneof![
        4 => (side(), op, side()).prop_map(|(a, op, b)| Condition::Compare(a, op, b)),
        1 => (0..2usize).prop_map(|action| Condition::On(id(action))),
    ];
    leaf.prop_recursive(3, 12, 3, |part| {
        prop_oneof![
            prop::collection::vec(part.clone(), 0..4).prop_map(Condition::All),
            prop::collection::vec(part.clone(), 0..4).prop_map(Condition::Any),
            part.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

/// A value of 0 or 1.
fn gates() -> impl Strategy<Value = Expr> {
    (0..2usize, -9..=9).prop_map(|(track, more)| {
        let shifted = Expr::Add(vec![Expr::Level(id(track)), Expr::Const(more)]);
        Expr::Clamp(Box::new(shifted), Box::new(Expr::Const(0)), Box::new(Expr::Const(1)))
    })
}

/// Weights as rules write them: a sum, or one behind a gate, held from below or not. Several may share the gate that is
/// a local value, which may also count in a sum.
fn weights() -> impl Strategy<Value = Expr> {
    let shared = || Just(Expr::Local("gate".to_owned()));
    let level = (0..2usize).prop_map(|track| Expr::Level(id(track)));
    let leaf = prop_oneof![3 => level, 3 => (-99..=99).prop_map(Expr::Const), 1 => shared()];
    let sum = || sums(leaf.clone().boxed(), leaf.clone());
    let gate = prop_oneof![gates(), shared()];
    let least = prop_oneof![3 => Just(0), 1 => 1..=3];
    let held = (least, sum()).prop_map(|(least, sum)| Expr::Max(vec![Expr::Const(least), sum]));
    let inner = prop_oneof![held, sum()];
    prop_oneof![sum(), (gate, inner).prop_map(|(gate, sum)| Expr::Mul(vec![gate, sum]))]
}

/// The level that rules leave in the third track.
fn third_level(rules: &[Statement], levels: [i32; 2], dice: &impl Draws) -> i32 {
    let mut after = 0;
    let program = lower(rules).expect("the statements are sound");
    program.run::<false>(&World([levels[0], levels[1], 0]), dice, &mut Registers::default(), |outcome| {
        if let Outcome::Level { after: level, .. } = outcome {
            after = level;
        }
    });
    after
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two values in a row, the second of which reads the first, and a level that is set to a third.
    #[test]
    fn rules_compute_what_arithmetic_by_hand_gives(
        first in exprs(), second in exprs(), third in exprs(), a in 0..=100i32, b in -30..=30i32,
    ) {
        let levels = [a, b];
        let one = by_hand(&first, levels, i64::from(a));
        let two = one.and_then(|one| by_hand(&second, levels, one));
        let three = two.and_then(|two| by_hand(&third, levels, two));
        prop_assume!(three.is_some());
        let x = || "x".to_owned();
        let rules = [
            Statement::Let(x(), Expr::Level(id(0))),
            Statement::Let(x(), first),
            Statement::Let(x(), second),
            Statement::Set(id(2), third),
        ];
        let after = third_level(&rules, levels, &Scripted::default());
        let held = three.map(|three| three.clamp(i32::MIN.into(), i32::MAX.into()));
        prop_assert_eq!(Some(i64::from(after)), held);
    }

    /// A small branch on comparisons becomes selections, others jump: all go where the condition says.
    #[test]
    fn branches_go_where_the_condition_says(that in conditions(), a in 0..=9i32, b in 0..=9i32) {
        let set = |value| Statement::Set(id(2), Expr::Const(value));
        let branch = |lines: usize| Statement::When {
            that: that.clone(),
            then: vec![set(1); lines],
            otherwise: vec![set(2); lines],
        };
        let expected = if holds_by_hand(&that, [a, b]).expect("the values are small") { 1 } else { 2 };
        for lines in [1, 4] {
            let after = third_level(&[branch(lines)], [a, b], &Scripted::default());
            prop_assert_eq!(after, expected, "{} lines", lines);
        }
    }

    /// However the weights of a pick are written, it falls as the dice do on the weights by hand.
    #[test]
    fn picks_fall_as_on_the_weights_by_hand(
        gate in gates(), weights in prop::collection::vec(weights(), 1..=10),
        luck in 0..=u64::MAX, a in 0..=9i32, b in -9..=9i32,
    ) {
        let open = by_hand(&gate, [a, b], 0).expect("it is 0 or 1");
        let plain = weights.iter().map(|weight| by_hand(weight, [a, b], open)).collect::<Option<Vec<i64>>>();
        let plain = plain.expect("the values are small");
        let which = || "which".to_owned();
        let gate = Statement::Let("gate".to_owned(), gate);
        let rules = [gate, Statement::Pick(which(), weights), Statement::Set(id(2), Expr::Local(which()))];
        let dice = RootKey::new(luck, Domain::Adjudication).at(0, 0);
        let expected = dice.pick(rule_site().with("which"), 0, &plain);
        prop_assert_eq!(third_level(&rules, [a, b], &dice), expected as i32);
    }
}
