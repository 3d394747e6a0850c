//! The committed samples in `data/demo/` are what the generator makes.

use super::FILES;

/// The path of a made file, the name of its committed copy and the copy's bytes.
macro_rules! sample {
    ($path:literal, $name:literal) => {
        (
            $path,
            $name,
            include_bytes!(concat!("../../../../data/demo/", $name)).as_slice(),
        )
    };
}

const SAMPLES: [(&str, &str, &[u8]); 10] = [
    sample!(
        "counts/2023-W28/79-ho-chi-minh-city.csv",
        "2023-W28-79-ho-chi-minh-city.csv"
    ),
    sample!(
        "counts/2024-W10/04-cao-bang.csv",
        "2024-W10-04-cao-bang.csv"
    ),
    sample!(
        "counts/2024-W10/14-son-la-dinh-chinh.csv",
        "2024-W10-14-son-la-dinh-chinh.csv"
    ),
    sample!(
        "counts/2024-W10/24-bac-giang.csv",
        "2024-W10-24-bac-giang.csv"
    ),
    sample!(
        "counts/2024-W10/31-hai-phong.csv",
        "2024-W10-31-hai-phong.csv"
    ),
    sample!("counts/2024-W26/25-phu-tho.csv", "2024-W26-25-phu-tho.csv"),
    sample!("counts/2025-W08/40-nghe-an.csv", "2025-W08-40-nghe-an.csv"),
    sample!(
        "counts/2025-W08/49-quang-nam-2025-02-18.csv",
        "2025-W08-49-quang-nam-2025-02-18.csv"
    ),
    sample!(
        "counts/2025-W09/45-quang-tri.csv",
        "2025-W09-45-quang-tri.csv"
    ),
    sample!(
        "reconciliation/2025-W09/22-quang-ninh.csv",
        "doi-chieu-2025-W09-22-quang-ninh.csv"
    ),
];

#[test]
fn the_generator_still_makes_the_committed_samples() {
    for (path, name, committed) in SAMPLES {
        let made = FILES.iter().find(|file| file.path == path);
        let made = made.unwrap_or_else(|| panic!("{path} is not made any more"));
        if made.bytes != committed {
            let copy = std::env::temp_dir().join(name);
            std::fs::write(&copy, &made.bytes).unwrap();
            panic!(
                "data/demo/{name} is not what is made now; see {}",
                copy.display()
            );
        }
    }
}
