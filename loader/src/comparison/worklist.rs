//! The worklist that stays at the province: where to look and what kind of difference is there, never what is written.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Write};

use store::domain::{Digest, DigestWriter};

use super::class::{Class, Field};
use super::row::Judged;
use super::tally::BatchKey;

/// The header row.
const HEADER: &str = "pointer,line,kind,differences\n";

/// Where the worklist goes, and the digest of the rows of each batch.
pub(super) struct Worklist<'w> {
    into: &'w mut dyn Write,
    digests: BTreeMap<BatchKey, DigestWriter>,
}

impl<'w> Worklist<'w> {
    /// Begins the list.
    pub(super) fn begin(into: &'w mut dyn Write) -> io::Result<Self> {
        into.write_all(HEADER.as_bytes())?;
        Ok(Self {
            into,
            digests: BTreeMap::new(),
        })
    }

    /// Writes one row of a batch.
    pub(super) fn write_row(
        &mut self,
        batch: BatchKey,
        (pointer, line): (&str, u64),
        kind: &str,
        differences: &str,
    ) -> io::Result<()> {
        // A pointer begins with a letter or a digit and has no control characters: quoting is all it needs.
        let pointer = pointer.replace('"', "\"\"");
        let row = format!("\"{pointer}\",{line},{kind},{differences}\n");
        self.into.write_all(row.as_bytes())?;
        self.own(batch)?.write_all(row.as_bytes())
    }

    /// The digest of the header and the rows of a batch.
    pub(super) fn digest(&mut self, batch: BatchKey) -> io::Result<Digest> {
        Ok(self.own(batch)?.digest())
    }

    fn own(&mut self, batch: BatchKey) -> io::Result<&mut DigestWriter> {
        match self.digests.entry(batch) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let mut digest = DigestWriter::default();
                digest.write_all(HEADER.as_bytes())?;
                Ok(new.insert(digest))
            }
        }
    }
}

/// The fields that are not equal, such as `name=marks;birth_date=precision`.
pub(super) fn differences(judged: &Judged) -> String {
    let fields = Field::ALL.into_iter().zip(judged.differences);
    let open = fields.filter_map(|(field, difference)| {
        let difference = difference?;
        let silent = matches!(difference.class(), Class::Equal | Class::None);
        (!silent).then(|| format!("{}={}", field.key(), difference.key()))
    });
    let contradiction = judged
        .inconsistent
        .then(|| "number_contradicts_sex_or_year".to_owned());
    open.chain(contradiction).collect::<Vec<_>>().join(";")
}
