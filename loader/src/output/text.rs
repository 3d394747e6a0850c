//! A receipt as text: the verdict first, then each distinct problem with how often it occurs and why it is one, then
//! every place.

use std::fmt::Write;

use store::domain::{Count, Language, Question};

use super::problem::{Problem, problems};
use crate::finding::{Finding, PLACES_KEPT, Places, Severity};
use crate::receipt::{FileFacts, Receipt, Verdict};
use crate::rule::Rule;

/// The receipt as lines of text in a language, ended by a line break. The same on every machine.
#[must_use]
pub fn receipt_text(receipt: &Receipt, language: Language) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    let _ = write_receipt(&mut text, receipt, language);
    text
}

fn write_receipt(text: &mut String, receipt: &Receipt, language: Language) -> std::fmt::Result {
    let title = receipt.verdict.title(language);
    writeln!(text, "{title}: {}", receipt.file.name)?;
    writeln!(text, "{}", consequence(receipt, language))?;
    writeln!(text, "{}", facts(&receipt.file, language))?;
    if let Some(explanation) = &receipt.explanation {
        let word = language.pick("Giải trình", "Explanation");
        writeln!(text, "{word}: {explanation}")?;
    }
    write_distinct(text, receipt, language)?;
    for finding in &receipt.findings {
        text.push('\n');
        write_finding(text, finding, language)?;
    }
    write_unlisted(text, &receipt.unlisted(), language)?;
    write_questions(text, receipt, language)?;
    if !receipt.not_checked.is_empty() {
        writeln!(text, "\n{}:", language.pick("Chưa kiểm tra", "Not checked"))?;
        for not_checked in &receipt.not_checked {
            let reason = not_checked.reason.in_language(language);
            writeln!(text, "  {reason}{}", in_brackets(&not_checked.rules))?;
        }
    }
    Ok(())
}

/// A few rules by name; of many the reason says enough, and JSON has them all.
fn in_brackets(rules: &[Rule]) -> String {
    let keys: Vec<&str> = rules.iter().map(|rule| rule.key()).collect();
    match keys.len() {
        0..=10 => format!(" ({})", keys.join(", ")),
        _ => String::new(),
    }
}

pub(crate) fn consequence(receipt: &Receipt, language: Language) -> &'static str {
    match (receipt.verdict, receipt.count(Severity::Query)) {
        (Verdict::Accepted, 0) => language.pick("Tệp hợp lệ.", "The file is valid."),
        (Verdict::Accepted, _) => language.pick(
            "Các câu hỏi đã được giải trình.",
            "The queries have been explained.",
        ),
        (Verdict::Queries, _) => language.pick(
            "Chưa ghi gì. Sửa tệp hoặc giải trình các câu hỏi bên dưới rồi gửi lại.",
            "Nothing was recorded. Correct the file or explain the queries below and send it \
             again.",
        ),
        (Verdict::Rejected, _) => language.pick(
            "Chưa ghi gì. Sửa các lỗi bên dưới rồi gửi lại cả tệp.",
            "Nothing was recorded. Correct the errors below and send the whole file again.",
        ),
    }
}

pub(crate) fn facts(file: &FileFacts, language: Language) -> String {
    let mut facts = Vec::new();
    if let Some(form) = file.form {
        let word = language.pick("biểu mẫu", "form");
        facts.push(format!("{word} {}", form.name().in_language(language)));
        let rows = Count::from_u64(file.rows).unwrap_or_default();
        let word = language.pick("dòng", "rows");
        facts.push(format!("{} {word}", language.count(rows)));
    }
    if let Some(encoding) = &file.encoding {
        facts.push(encoding.clone());
    }
    if let Some(delimiter) = file.delimiter {
        facts.push(delimiter.name(language).to_owned());
    }
    if let Some(sheet) = &file.sheet {
        let word = language.pick("trang tính", "sheet");
        facts.push(format!("{word} “{}”", one_line(sheet)));
    }
    let size = Count::from_u64(file.size).unwrap_or_default();
    facts.push(format!("{} byte", language.count(size)));
    if let Some(sha256) = file.sha256 {
        facts.push(format!("SHA-256 {sha256}"));
    }
    let word = language.pick("quy tắc phiên bản", "rules version");
    facts.push(format!("{word} {}", file.rules_version));
    facts.join(" · ")
}

/// Each distinct problem, the gravest first, with the number of places, the reason of the rule and the fix.
fn write_distinct(text: &mut String, receipt: &Receipt, language: Language) -> std::fmt::Result {
    let problems = problems(receipt);
    if problems.is_empty() {
        return Ok(());
    }
    let word = language.pick("Vấn đề khác nhau", "Distinct problems");
    writeln!(text, "\n{word}: {}", problems.len())?;
    for problem in problems {
        write_problem(text, &problem, language)?;
    }
    let word = language.pick("Từng chỗ", "Every occurrence");
    let all = Count::from_u64(receipt.places.values().sum()).unwrap_or_default();
    let all = language.count(all);
    writeln!(text, "\n{word}: {all}")
}

fn write_problem(text: &mut String, problem: &Problem<'_>, language: Language) -> std::fmt::Result {
    write!(
        text,
        "  {}[{}] {}",
        problem.severity.word(language),
        problem.rule.key(),
        problem.rule.title().in_language(language),
    )?;
    if let Some(header) = problem.header {
        let word = language.pick("cột", "column");
        write!(text, ", {word} `{}`", one_line(header))?;
    }
    writeln!(text, ": {}", problem.count_and_lines(language))?;
    let reason = problem.rule.reason();
    let (why, fix) = (
        language.pick("vì sao", "why"),
        language.pick("cách sửa", "fix"),
    );
    writeln!(text, "    {why}: {}", reason.in_language(language))?;
    writeln!(text, "    {fix}: {}", problem.fix.in_language(language))
}

/// What was found more often than is listed.
fn write_unlisted(text: &mut String, unlisted: &Places, language: Language) -> std::fmt::Result {
    for ((severity, rule), places) in unlisted {
        let number = |places: u64| language.count(Count::from_u64(places).unwrap_or_default());
        let (listed, beyond) = (number(PLACES_KEPT), number(*places));
        let word = severity.word(language);
        let said = match language {
            Language::Vi => {
                format!("chỉ liệt kê {listed} chỗ đầu tiên; còn {beyond} chỗ cùng loại đã được đếm")
            }
            Language::En => {
                format!(
                    "the first {listed} places are listed; {beyond} more of the kind were counted"
                )
            }
        };
        writeln!(text, "\n{word}[{}]: {said}", rule.key())?;
    }
    Ok(())
}

fn write_finding(text: &mut String, finding: &Finding, language: Language) -> std::fmt::Result {
    writeln!(
        text,
        "{}[{}]: {}",
        finding.severity.word(language),
        finding.rule.key(),
        finding.message.in_language(language),
    )?;
    write!(text, "  {} {}", language.pick("tại", "at"), finding.file)?;
    if let Some(sheet) = &finding.sheet {
        let word = language.pick("trang tính", "sheet");
        write!(text, ", {word} “{}”", one_line(sheet))?;
    }
    if let Some(line) = finding.line {
        let en = if finding.sheet.is_some() {
            "row"
        } else {
            "line"
        };
        write!(text, ", {} {line}", language.pick("dòng", en))?;
    }
    if let Some(column) = finding.column {
        write!(text, ", {} {column}", language.pick("cột", "column"))?;
        if finding.sheet.is_some() {
            write!(text, " ({})", column_letters(column))?;
        }
    }
    if let Some(header) = &finding.header {
        write!(text, " `{}`", one_line(header))?;
    }
    if let Some(value) = &finding.value {
        write!(
            text,
            ", {} `{}`",
            language.pick("giá trị", "value"),
            one_line(value)
        )?;
    }
    let fix = finding.fix.in_language(language);
    writeln!(text, "\n  {}: {fix}", language.pick("cách sửa", "fix"))
}

/// Each question by its name, with its answer or the one of an earlier week that can be given again.
fn write_questions(text: &mut String, receipt: &Receipt, language: Language) -> std::fmt::Result {
    // Errors come first; a corrected file is asked about anew.
    if receipt.questions.is_empty() || receipt.verdict == Verdict::Rejected {
        return Ok(());
    }
    writeln!(text, "\n{}:", language.pick("Câu hỏi", "Questions"))?;
    for asked in &receipt.questions {
        let Question {
            id,
            about,
            asked: words,
            ..
        } = &asked.question;
        let about = about.in_language(language);
        let gap = if about.is_empty() { "" } else { ": " };
        let words = words.in_language(language);
        writeln!(text, "  {id}  {}{gap}{words}", one_line(about))?;
        if let Some(answer) = &asked.answer {
            let word = language.pick("trả lời", "answer");
            writeln!(text, "    {word}: {}", one_line(answer))?;
        } else if let Some(earlier) = &asked.earlier {
            let word = language.pick("đã trả lời trước đây", "answered before");
            writeln!(text, "    {word}: {}", one_line(&earlier.answer.text))?;
        }
    }
    Ok(())
}

/// The letters of a column as spreadsheets show them: 1 is A, 27 is AA.
pub(crate) fn column_letters(column: u64) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The value as typed, with line breaks and control characters made visible, so that it cannot imitate a receipt or move
/// the cursor of a terminal.
fn one_line(value: &str) -> String {
    let mut shown = String::with_capacity(value.len());
    for letter in value.chars() {
        if letter.is_control() || crate::value::is_direction_mark(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, letters) in [
            (1, "A"),
            (26, "Z"),
            (27, "AA"),
            (702, "ZZ"),
            (16_384, "XFD"),
        ] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
