//! `sohoa demo`: writes three years of synthetic files into a folder, loads them through the intake that a province uses,
//! prints the national table and serves the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use loader::{
    Answers, Arrival, DEFAULT_SIZE_LIMIT, LoadOptions, LoadOutcome, RULES_VERSION, Sender,
    Vocabulary, load_files, output,
};
use rayon::prelude::*;
use reports::forecast::{METHOD, PATHS};
use reports::render::forecast_text;
use store::Store;
use store::domain::{Deadline, Digest, Language, Reference, Role, Text};

use super::outcome::{Outcome, WrongUse, print, say};
use super::{progress, serve};
use crate::args::Demo;
use crate::demo::{
    DEMO_PASSWORD, DEMO_SENDER, DemoFile, demo_deadlines, demo_files, demo_issue_days,
    demo_rule_sets, make_demo_accounts, record_lots,
};
use crate::issuing::compose;
use crate::operations::Settings;
use crate::snapshots::{Shown, Snapshot};
use crate::state::{Clock, State, local_day};

/// The published figures, loaded like any other file.
const PUBLISHED: &str = include_str!("../../../data/published/figures.csv");

/// The file that says which demonstration a folder holds. A folder without it is never cleared.
const STAMP: &str = "sohoa-demo.txt";

/// How many refused files are shown before giving up: the files are our own, so there should be none.
const SHOWN_REFUSALS: usize = 3;

/// Makes or reuses the demonstration, prints its table and serves it.
pub(super) fn run(options: &Demo, clock: &Clock) -> anyhow::Result<Outcome> {
    let language = options.lang.language;
    let files = demo_files(Reference::embedded());
    let stamp = stamp(&files);
    let database = options.dir.join("sohoa.sqlite");
    let reusable = is_made_of(&options.dir, &stamp) && database.is_file() && !options.renew;
    let place = options.dir.display();
    if reusable {
        let word = language.pick(
            "dùng lại cơ sở dữ liệu trình diễn trong",
            "reusing the demonstration in",
        );
        say(&format!("{word} {place}"));
    } else {
        let word = language.pick(
            "tạo cơ sở dữ liệu trình diễn trong",
            "making the demonstration in",
        );
        say(&format!("{word} {place}"));
        clear(&options.dir)?;
        make(&options.dir, &database, files, (clock, language))?;
        fs::write(options.dir.join(STAMP), &stamp)?;
    }
    let store = Store::open(&database.display().to_string())?;
    let state = State::new(store, clock.clone());
    let known_on = state.latest_moment()?;
    let snapshot = Snapshot::build(&state, (None, known_on), Shown::default(), None)?;
    let note = language.pick(
        "SỐ LIỆU MÔ PHỎNG – không phải số liệu thật của địa phương nào",
        "SYNTHETIC FIGURES – not the real figures of any province",
    );
    print(format!("{note}\n\n{}", forecast_text(&snapshot.report, language)).as_bytes())?;
    let accounts = make_demo_accounts(&state)?;
    if options.no_serve {
        return Ok(Outcome::Done);
    }
    let word = language.pick(
        "tài khoản trình diễn, mật khẩu",
        "demonstration accounts, password",
    );
    print(format!("\n{word} {DEMO_PASSWORD}\n"))?;
    for (login, role) in accounts {
        let name = Role::name(role.key());
        print(format!("  {login}  {}\n", name.in_language(language)))?;
    }
    serve::serve(&state, &Settings::plain(options.listen), language)
}

/// What the demonstration is made of: the files, the lists they are judged by, and the rules.
fn stamp(files: &[DemoFile]) -> String {
    let line = |file: &DemoFile| {
        format!(
            "{} {} {}",
            file.path,
            file.received_at,
            Digest::of(&file.bytes)
        )
    };
    let mut lines = vec![
        Reference::embedded().digest.to_string(),
        RULES_VERSION.to_owned(),
        METHOD.to_owned(),
    ];
    lines.extend(files.iter().map(line));
    lines.push(PUBLISHED.to_owned());
    let digest = Digest::of(lines.join("\n").as_bytes());
    // What an entry of the log seals has changed since the first demonstrations.
    format!(
        "sohoa demo {} seal 2\n{digest}\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn is_made_of(folder: &Path, stamp: &str) -> bool {
    fs::read_to_string(folder.join(STAMP)).is_ok_and(|found| found == stamp)
}

/// Removes what an earlier demonstration left, and nothing from a folder that is not one.
fn clear(folder: &Path) -> anyhow::Result<()> {
    let cannot = || format!("cannot use the folder {}", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let is_demo = folder.join(STAMP).is_file();
    if !is_demo && fs::read_dir(folder).with_context(cannot)?.next().is_some() {
        let folder = folder.display();
        bail!(WrongUse(Text::new(
            format!(
                "{folder} không trống và không phải bản trình diễn; chọn thư mục khác bằng --dir"
            ),
            format!("{folder} is not empty and holds no demonstration; choose another with --dir"),
        )));
    }
    // Until the demonstration is whole the folder is marked as one that may be cleared again.
    fs::write(folder.join(STAMP), "unfinished\n").with_context(cannot)?;
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == "files" {
            fs::remove_dir_all(entry.path())?;
        } else if name.starts_with("sohoa.sqlite") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn make(
    folder: &Path,
    database: &Path,
    files: Vec<DemoFile>,
    (clock, language): (&Clock, Language),
) -> anyhow::Result<()> {
    let store = Store::open(&database.display().to_string())?;
    let mut waiting = write_files(&folder.join("files"), files, language)?;
    let steps = u64::try_from(waiting.len()).unwrap_or(u64::MAX);
    let bar = progress::bar(
        steps,
        language.pick("nạp qua cửa nhận tệp", "loading through the intake"),
    );
    for rule_set in demo_rule_sets() {
        store.record_rule_set(&rule_set, DEMO_SENDER, DateTime::UNIX_EPOCH)?;
    }
    let state = State::new(store.clone(), clock.clone());
    for (at, event) in events() {
        let later = waiting.split_off(&split_at(folder, at));
        load(&store, &waiting, &bar)?;
        match event {
            Event::Deadline(deadline) => {
                store.record_deadline(&deadline, DEMO_SENDER, at)?;
            }
            Event::Forecast => {
                let composed = compose(&state, (None, at), (Shown::default(), PATHS), DEMO_SENDER)?;
                store.issue_forecast(&composed, at)?;
            }
        }
        waiting = later;
    }
    load(&store, &waiting, &bar)?;
    record_lots(&store, DateTime::UNIX_EPOCH)?;
    let published = folder.join("files").join("published-figures.csv");
    fs::write(&published, PUBLISHED)?;
    let file = DemoFile {
        path: String::new(),
        bytes: Vec::new(),
        received_at: clock(),
        explanation: None,
    };
    load_as(&store, &BTreeMap::from([(published, file)]), false, &bar)?;
    bar.finish_and_clear();
    Ok(())
}

/// What happens besides files.
enum Event {
    /// A deadline is announced.
    Deadline(Deadline),
    /// A forecast is issued, on the paths of a page: its document says how many.
    Forecast,
}

/// The deadlines and the forecasts, each at noon of its day.
fn events() -> BTreeMap<DateTime<Utc>, Event> {
    const NOON_IN_VIET_NAM: NaiveTime = match NaiveTime::from_hms_opt(5, 0, 0) {
        Some(noon) => noon,
        None => NaiveTime::MIN,
    };
    let noon = |day: NaiveDate| day.and_time(NOON_IN_VIET_NAM).and_utc();
    let deadlines = demo_deadlines().into_iter().map(|each| each.deadline);
    let deadlines = deadlines.map(|one| (noon(one.announced_on), Event::Deadline(one)));
    let forecasts = demo_issue_days()
        .into_iter()
        .map(|day| (noon(day), Event::Forecast));
    deadlines.chain(forecasts).collect()
}

/// The first path that files arriving on the day after a moment can have.
fn split_at(folder: &Path, moment: DateTime<Utc>) -> PathBuf {
    let next = local_day(moment)
        .checked_add_days(Days::new(1))
        .unwrap_or(local_day(moment));
    folder.join("files").join(next.to_string())
}

type Waiting = BTreeMap<PathBuf, DemoFile>;

/// Writes the files into a folder for each day they arrive, so that the order of paths is the order of arrival.
fn write_files(folder: &Path, files: Vec<DemoFile>, language: Language) -> anyhow::Result<Waiting> {
    let steps = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let bar = progress::bar(
        steps,
        language.pick("ghi tệp của các tỉnh", "writing the provinces' files"),
    );
    let place = |file: DemoFile| {
        let day = folder.join(local_day(file.received_at).to_string());
        (day.join(file.path.replace('/', "-")), file)
    };
    let waiting: Waiting = files.into_iter().map(place).collect();
    let days: BTreeSet<&Path> = waiting.keys().filter_map(|path| path.parent()).collect();
    days.into_iter().try_for_each(fs::create_dir_all)?;
    waiting.par_iter().try_for_each(|(path, file)| {
        fs::write(path, &file.bytes).with_context(|| format!("writing {}", path.display()))?;
        bar.inc(1);
        anyhow::Ok(())
    })?;
    bar.finish_and_clear();
    Ok(waiting)
}

fn load(store: &Store, files: &Waiting, bar: &indicatif::ProgressBar) -> anyhow::Result<()> {
    load_as(store, files, true, bar)
}

fn load_as(
    store: &Store,
    files: &Waiting,
    synthetic: bool,
    bar: &indicatif::ProgressBar,
) -> anyhow::Result<()> {
    let paths: Vec<PathBuf> = files.keys().cloned().collect();
    let arrival = |path: &Path| {
        let file = files.get(path);
        Arrival {
            at: file.map_or_else(DateTime::default, |file| file.received_at),
            sender: Sender {
                submitted_by: DEMO_SENDER.to_owned(),
                synthetic,
                answers: Answers::to_all(file.and_then(|file| file.explanation.clone())),
            },
        }
    };
    let report = load_files(
        store,
        &paths,
        &LoadOptions {
            vocabulary: Vocabulary::embedded(),
            size_limit: DEFAULT_SIZE_LIMIT,
            arrival: &arrival,
        },
        &mut |_| bar.inc(1),
    )?;
    let refused = report
        .files
        .iter()
        .filter(|file| file.outcome == LoadOutcome::NotRecorded);
    let receipts: Vec<String> = refused
        .map(|file| output::receipt_text(&file.receipt, Language::En))
        .collect();
    if !receipts.is_empty() {
        let shown: String = receipts
            .iter()
            .take(SHOWN_REFUSALS)
            .map(String::as_str)
            .collect();
        bail!(
            "{} files of the demonstration were not accepted:\n{shown}",
            receipts.len()
        );
    }
    Ok(())
}
