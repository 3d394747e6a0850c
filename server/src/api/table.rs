//! An answer as a table: CSV for spreadsheets, and SDMX-CSV for statistical offices.

use serde_json::Value;
use store::domain::spreadsheet_safe;

use super::problem::Problem;
use crate::error::ServerError;

/// The media type of CSV.
pub(crate) const CSV: &str = "text/csv";

/// The media type of SDMX-CSV 1.0.0, as sdmx-csv's field guide of the SDMX technical working group has it.
pub(crate) const SDMX_CSV: &str = "application/vnd.sdmx.data+csv;version=1.0.0";

/// How the rows of an answer stand in a table.
pub(crate) struct Table {
    /// The media type.
    pub(crate) media: &'static str,
    /// The list of rows in the answer, as a JSON pointer.
    pub(crate) rows: &'static str,
    /// The first column and what stands in it on every row: of SDMX-CSV the data flow; `None` for others.
    pub(crate) flow: Option<&'static str>,
    /// The head of each column and the member of a row in it, as a JSON pointer.
    pub(crate) columns: &'static [(&'static str, &'static str)],
}

impl Table {
    /// A list of rows as CSV.
    pub(crate) const fn csv(columns: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            media: CSV,
            rows: "/items",
            flow: None,
            columns,
        }
    }

    /// A list of rows as SDMX-CSV.
    pub(crate) const fn sdmx(
        flow: &'static str,
        columns: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            media: SDMX_CSV,
            rows: "/items",
            flow: Some(flow),
            columns,
        }
    }

    /// Writes the rows of an answer in UTF-8.
    pub(crate) fn write(&self, answer: &[u8]) -> Result<Vec<u8>, Problem> {
        let failed = |error: &dyn std::error::Error| {
            Problem::from(ServerError::Internal(format!("a table: {error}")))
        };
        let answer: Value = serde_json::from_slice(answer).map_err(|error| failed(&error))?;
        let rows = answer.pointer(self.rows).and_then(Value::as_array);
        let mut writer = csv::Writer::from_writer(Vec::new());
        let flow = self.flow.map(|_| "DATAFLOW");
        let heads = flow
            .into_iter()
            .chain(self.columns.iter().map(|column| column.0));
        writer.write_record(heads).map_err(|error| failed(&error))?;
        for row in rows.into_iter().flatten() {
            let cells = self
                .columns
                .iter()
                .map(|(_, member)| cell(row.pointer(member)));
            let flow = self.flow.map(str::to_owned);
            let cells = flow.into_iter().chain(cells);
            writer.write_record(cells).map_err(|error| failed(&error))?;
        }
        writer.into_inner().map_err(|error| failed(&error))
    }
}

/// Numbers as they are, texts so that no spreadsheet runs them, lists with blanks between.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => spreadsheet_safe(text).into_owned(),
        Some(Value::Array(parts)) => {
            let parts: Vec<String> = parts.iter().map(|part| cell(Some(part))).collect();
            parts.join(" ")
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_safe_and_absent_members_are_empty() {
        let table = Table::csv(&[
            ("name", "/name/vi"),
            ("count", "/count"),
            ("units", "/units"),
        ]);
        let answer = br#"{"items":[{"name":{"vi":"=1+1"},"count":-2,"units":["p01","p02"]},{"count":null}]}"#;
        let text = String::from_utf8(table.write(answer).unwrap()).unwrap();
        assert_eq!(text, "name,count,units\n'=1+1,-2,p01 p02\n,,\n");
        let flow = Table::sdmx("SOHOA:X(1.0)", &[("OBS_VALUE", "/count")]);
        let text = String::from_utf8(flow.write(answer).unwrap()).unwrap();
        assert_eq!(text, "DATAFLOW,OBS_VALUE\nSOHOA:X(1.0),-2\nSOHOA:X(1.0),\n");
    }
}
