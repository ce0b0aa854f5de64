//! Parquet tables hold what the CSV tables hold, under the same names and with their types.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::{self, File};
use std::process::Command;

#[test]
fn every_cell_of_a_parquet_table_is_that_of_the_csv_table() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| home.path().join(name);
    // The second seed needs all 64 bits; a budget of 12 engine steps leaves runs without measurements.
    let experiment =
        "(format: 1, name: \"p\", scenario: \"august-2015\", replications: 3, seed: 18446744073709551615,
         budget: 12, factors: [(name: \"parameters.percept_bias.value\"),
         (name: \"channels.mil_west.regime\", over: Words([\"AsRecorded\", \"ForcedCut\"]))])";
    fs::write(path("p.ron"), experiment).unwrap();
    fs::write(path("q.ron"), experiment.replace("budget: 12", "budget: 5000")).unwrap();
    for name in ["p", "q"] {
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
            let output = command.args(arguments).current_dir(home.path()).output().expect("it starts");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        run(&["sweep", &format!("{name}.ron"), "--steps", "--out", name]);
        run(&["parquet", name]);
        for table in ["runs", "steps"] {
            let file = File::open(path(name).join(format!("{table}.parquet"))).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            let mut rows = csv::Reader::from_path(path(name).join(format!("{table}.csv"))).unwrap();
            let names = rows.headers().unwrap().clone();
            let mut count = 0;
            for (row, line) in reader.get_row_iter(None).unwrap().zip(rows.records()) {
                let (row, line) = (row.unwrap(), line.unwrap());
                assert!(row.get_column_iter().map(|(name, _)| name.as_str()).eq(names.iter()));
                for ((name, field), text) in row.get_column_iter().zip(&line) {
                    let same = match field {
                        Field::Null => text.is_empty(),
                        Field::Long(number) => number.to_string() == text,
                        Field::ULong(number) => number.to_string() == text && name == "seed",
                        Field::Double(number) => {
                            text.parse() == Ok(*number) && name.starts_with("parameters.")
                        }
                        Field::Str(word) => word == text,
                        _ => false,
                    };
                    assert!(same, "{name}: {field} is not {text}");
                }
                count += 1;
            }
            assert_eq!(
                count,
                fs::read_to_string(path(name).join(format!("{table}.csv"))).unwrap().lines().count() - 1
            );
        }
    }
}
