//! A plain table in text, aligned by characters.

/// Which side of a column its cells stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Writes rows under a heading, columns two spaces apart, a rule between heading and rows.
///
/// All text is in Unicode NFC, where a Vietnamese letter is one character of width one, so counting characters aligns.
/// The last column is not padded, so that no line ends in spaces.
pub(crate) fn aligned(heading: &[&str], align: &[Align], rows: &[Vec<String>]) -> String {
    let width_of = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        let title = heading.get(column).map_or(0, |title| title.chars().count());
        cells.chain([title]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heading.len()).map(width_of).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells
            .zip(&widths)
            .zip(align)
            .map(|((cell, width), align)| match align {
                Align::Left => format!("{cell:<width$}"),
                Align::Right => format!("{cell:>width$}"),
            });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let mut lines = vec![line(&mut heading.iter().copied()), rule.join("  ")];
    lines.extend(
        rows.iter()
            .map(|row| line(&mut row.iter().map(String::as_str))),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_letters_take_one_column_each() {
        let rows = [("Đắk Lắk", "1.234"), ("Thừa Thiên Huế", "5")];
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|(name, count)| vec![(*name).to_owned(), (*count).to_owned()])
            .collect();
        let table = aligned(&["Đơn vị", "Đã xong"], &[Align::Left, Align::Right], &rows);
        let expected = "Đơn vị          Đã xong\n\
                        ──────────────  ───────\n\
                        Đắk Lắk           1.234\n\
                        Thừa Thiên Huế        5";
        assert_eq!(table, expected);
    }
}
