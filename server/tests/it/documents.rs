//! Every document against its published standard, by readers that are not ours: the validator of the Open XML SDK
//! (ECMA-376) for DOCX, PPTX and XLSX, qpdf for PDF. `.ci/run` fetches the validator; elsewhere `SOHOA_OOXML` names its program.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::desk::order;
use crate::packs::{ASKED, document, pack};
use crate::program::demo_copy;
use crate::tool::named_by;

/// The validator; `None`, said loudly, where nobody named it, and a failure under CI.
fn validator() -> Option<String> {
    named_by("SOHOA_OOXML", "Office documents against ECMA-376")
}

/// What the validator has to say against a document.
fn complaints(validator: &str, document: &Path) -> Vec<String> {
    let said = Command::new(validator).arg(document).output().unwrap();
    let said: Value = serde_json::from_slice(&said.stdout).unwrap();
    let errors = said["errors"].as_array().unwrap();
    let words = |error: &Value| format!("{}: {error}", document.display());
    errors.iter().map(words).collect()
}

/// Every file in a folder, and in the folders in it, whose name has one of the endings.
fn documents(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().unwrap_or_default().to_str().unwrap();
        if path.is_dir() {
            found.extend(documents(&path, endings));
        } else if endings.contains(&ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Copies a document, with its parts as they are told, and the workbooks in it into files of their own.
fn repacked(from: &Path, to: &Path, told: &dyn Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<PathBuf> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut copy = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    let mut inner = Vec::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".xlsx") {
            let path = to.with_file_name(format!("inner-{place}.xlsx"));
            std::fs::write(&path, &bytes).unwrap();
            inner.push(path);
        }
        let options = zip::write::SimpleFileOptions::default();
        copy.start_file(name.as_str(), options).unwrap();
        copy.write_all(&told(&name, bytes)).unwrap();
    }
    copy.finish().unwrap();
    inner
}

/// Packs, letters, lists of changes and forms in both languages, in a folder.
fn made(database: &str, folder: &Path) {
    let asked = format!("{ASKED} --least-percent 95");
    pack(database, &folder.join("marked"), &asked).ended(0);
    let whole = "--cutoff 2025-Q1 --units 34 --lang en --least-percent 0";
    pack(database, &folder.join("whole"), whole).ended(0);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for language in ["vi", "en"] {
        let out = path(&format!("letters-{language}"));
        let line = "letters --week 2024-W28 --known-on 2024-07-18 --lang";
        order(line, &[language, "--database", database, "--out", &out]).ended(0);
        let out = path(&format!("changes-{language}.xlsx"));
        let line = "changes --from 2024-07-01 --to 2024-07-18 --lang";
        order(line, &[language, "--database", database, "--out", &out]).ended(0);
    }
    for form in ["counts", "reconciliation", "reconciliation-full"] {
        let mut program = crate::program::sohoa();
        program.args(["template", form, "--format", "xlsx"]);
        if form == "counts" {
            program.args(["--province", "24", "--database", database]);
        }
        let bytes = program.output().unwrap().stdout;
        std::fs::write(folder.join(format!("{form}.xlsx")), bytes).unwrap();
    }
}

#[test]
fn every_office_document_keeps_to_the_published_schema() {
    let Some(validator) = validator() else {
        return;
    };
    let (folder, database) = demo_copy();
    made(&database, folder.path());
    let mut all = documents(folder.path(), &["docx", "pptx", "xlsx"]);
    assert!(all.len() >= 6 + 2 * (6 + 2) + 2 + 3, "{}", all.len());
    let slides = document(&folder.path().join("marked"), "pptx");
    let inner = repacked(&slides, &folder.path().join("copy.pptx"), &|_, bytes| bytes);
    assert!(inner.len() > 63, "a workbook behind every chart");
    all.extend(inner.into_iter().step_by(20));
    let found = all.iter().flat_map(|one| complaints(&validator, one));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<String>::new());

    // The validator is awake: a word that the schema does not have is refused.
    let broken = folder.path().join("broken.docx");
    let report = document(&folder.path().join("marked"), "docx");
    repacked(&report, &broken, &|name, bytes| match name {
        "word/document.xml" => {
            let xml = String::from_utf8(bytes).unwrap();
            xml.replacen("w:val=\"center\"", "w:val=\"middle\"", 1)
                .into_bytes()
        }
        _ => bytes,
    });
    assert_eq!(complaints(&validator, &broken).len(), 1);
}

#[test]
fn every_pdf_is_whole() {
    let check = |path: &Path| Command::new("qpdf").arg("--check").arg(path).output();
    let (folder, database) = demo_copy();
    let out = folder.path().join("pack");
    pack(&database, &out, ASKED).ended(0);
    let all = documents(&out, &["pdf"]);
    assert!(all.len() > 10, "the slides and every chart");
    for path in all {
        let Ok(said) = check(&path) else {
            drop(writeln!(
                std::io::stderr(),
                "NOT TESTED: qpdf is not installed"
            ));
            return;
        };
        let words = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success(), "{}: {words}", path.display());
        assert!(
            words.contains("No syntax or stream encoding errors found"),
            "{words}"
        );
    }
}
