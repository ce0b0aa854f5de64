//! Tables as Parquet: the same columns and rows as the CSV file, with their types.
//!
//! The CSV file stays the one that counts: its bytes are promised, those of a Parquet file are not.

use super::folder::SweepError;
use super::rows::{Column, Kind};
use crate::storage::{Draft, Faults, StorageError, open};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// Rows that are held in memory at once, a group of the file.
const GROUP: u64 = 16_384;

/// A file as the writer wants it, which remembers what the disk said.
struct Sink {
    draft: Draft,
    trouble: Option<StorageError>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.draft.push(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.trouble = Some(error);
                Err(io::Error::other("the disk takes no more"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The cells of a column in the group in hand; those that say nothing are not among the values.
enum Cells {
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Word(Vec<ByteArray>),
}

impl Cells {
    fn of(kind: Kind) -> Cells {
        match kind {
            Kind::Whole => Cells::Whole(Vec::new()),
            Kind::Number => Cells::Number(Vec::new()),
            Kind::Word => Cells::Word(Vec::new()),
        }
    }

    /// Adds a cell; false if it is not of the column's kind.
    fn push(&mut self, text: &str) -> bool {
        match self {
            // A seed may need all 64 bits; the schema says that they have no sign.
            Cells::Whole(values) => {
                let value = text.parse::<i64>().ok().or_else(|| text.parse().ok().map(u64::cast_signed));
                values.extend(value);
                value.is_some()
            }
            Cells::Number(values) => {
                let value = text.parse::<f64>().ok();
                values.extend(value);
                value.is_some()
            }
            Cells::Word(values) => {
                values.push(text.into());
                true
            }
        }
    }

    fn clear(&mut self) {
        match self {
            Cells::Whole(values) => values.clear(),
            Cells::Number(values) => values.clear(),
            Cells::Word(values) => values.clear(),
        }
    }
}

/// The seed is the one number that may be above what a sign leaves room for.
const SEED: &str = "seed";

fn schema(columns: &[Column]) -> Result<Type, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Whole => (Physical::INT64, Some(LogicalType::integer(64, column.name != SEED))),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Word => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(&column.name, physical);
        field.with_logical_type(logical).with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("table").with_fields(fields).build()
}

/// A table on its way.
struct Table<'a> {
    columns: &'a [Column],
    cells: Vec<Cells>,
    /// For every column, whether a row says something.
    said: Vec<Vec<i16>>,
    writer: SerializedFileWriter<&'a mut Sink>,
}

impl<'a> Table<'a> {
    fn new(columns: &'a [Column], writer: SerializedFileWriter<&'a mut Sink>) -> Table<'a> {
        let cells = columns.iter().map(|column| Cells::of(column.kind)).collect();
        Table { columns, cells, said: vec![Vec::new(); columns.len()], writer }
    }

    /// Copies all rows, and says how many they are.
    fn fill(mut self, mut reader: csv::Reader<impl Read>) -> Result<u64, String> {
        let mut row = csv::StringRecord::new();
        let mut rows = 0;
        while reader.read_record(&mut row).map_err(|error| error.to_string())? {
            self.row(&row)?;
            rows += 1;
            if rows % GROUP == 0 {
                self.end_group().map_err(|error| error.to_string())?;
            }
        }
        self.end_group().map_err(|error| error.to_string())?;
        self.writer.close().map_err(|error| error.to_string())?;
        Ok(rows)
    }

    fn row(&mut self, row: &csv::StringRecord) -> Result<(), String> {
        if row.len() != self.columns.len() {
            return Err(format!("a row has {} cells of {}", row.len(), self.columns.len()));
        }
        for (((text, column), cells), said) in
            row.iter().zip(self.columns).zip(&mut self.cells).zip(&mut self.said)
        {
            said.push(i16::from(!text.is_empty()));
            if !text.is_empty() && !cells.push(text) {
                return Err(format!("`{text}` in the column {} is not of its kind", column.name));
            }
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        if self.said.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (cells, said) in self.cells.iter_mut().zip(&mut self.said) {
            let mut column = group.next_column()?.expect("the schema has a column for each");
            match &*cells {
                Cells::Whole(values) => write::<Int64Type>(&mut column, values, said)?,
                Cells::Number(values) => write::<DoubleType>(&mut column, values, said)?,
                Cells::Word(values) => write::<ByteArrayType>(&mut column, values, said)?,
            }
            column.close()?;
            cells.clear();
            said.clear();
        }
        group.close().map(|_| ())
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    said: &[i16],
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, Some(said), None).map(|_| ())
}

/// Writes a table of a sweep as Parquet, with these columns. Gives its rows.
///
/// # Errors
/// If the table does not have the columns, or the file cannot be written.
pub fn to_parquet(columns: &[Column], table: &Path, out: &Path) -> Result<u64, SweepError> {
    let damaged = |why: String| SweepError::Damaged(format!("'{}': {why}", table.display()));
    let rows = csv::Reader::from_reader(open(table)?);
    let schema = schema(columns).map_err(|error| damaged(error.to_string()))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut sink = Sink { draft: Draft::begin(out, Faults::none())?, trouble: None };
    let written = SerializedFileWriter::new(&mut sink, Arc::new(schema), Arc::new(properties))
        .map_err(|error| error.to_string())
        .and_then(|writer| Table::new(columns, writer).fill(rows));
    if let Some(trouble) = sink.trouble {
        return Err(trouble.into());
    }
    let rows = written.map_err(damaged)?;
    sink.draft.finish()?;
    Ok(rows)
}
