use super::baseline::*;
use super::exposure::Exposure;
use super::history::*;
use super::law::*;
use super::level::*;
use super::shocks::purpose_of;
use std::collections::BTreeMap;
use store::domain::*;

struct U {
    pts: Vec<(Week, f64)>,
    total: f64,
}

fn read(name: &str) -> BTreeMap<String, U> {
    let mut m: BTreeMap<String, U> = BTreeMap::new();
    let mut r = csv::Reader::from_path(format!("/work/shared/data/forecast/{name}.csv")).unwrap();
    for rec in r.records() {
        let rec = rec.unwrap();
        let w = Week::containing(rec[1].parse().unwrap());
        let c: f64 = rec[2].parse().unwrap();
        let t: f64 = rec[3].parse().unwrap();
        let u = m.entry(rec[0].to_string()).or_insert(U {
            pts: vec![],
            total: t,
        });
        u.total = t;
        u.pts.push((w, c));
    }
    m
}

#[test]
fn scratch_speed() {
    let wl: Vec<Workload> = (0..63u64)
        .map(|i| Workload {
            purpose: i,
            start: 400_000.0,
            silent_weeks: 0,
            total: 1e6,
            goal: 995_000.0,
            levels: [3000.0, 6000.0, 9000.0, 12000.0],
        })
        .collect();
    let mut best = f64::MAX;
    for _ in 0..20 {
        let t = std::time::Instant::now();
        let p = simulate(&wl, &vec![0.95; STEPS as usize], 7);
        assert!(p.len() == 63);
        best = best.min(t.elapsed().as_secs_f64());
    }
    println!("simulate best {best}");
}

#[test]
fn scratch_backtest() {
    let vac = [0.5, 0.6, 0.7, 0.8, 0.9];
    let fed = [0.25, 0.5, 0.7, 0.9];
    let panels: Vec<(&str, i64, i64, i64, &[f64])> = vec![
        ("us", 6, 48, 2, &vac),
        ("tr", 5, 25, 2, &vac),
        ("fed", 40, 140, 4, &fed),
        ("argentina", 6, 0, 4, &vac),
        ("france", 6, 0, 4, &vac),
        ("germany", 6, 0, 4, &vac),
        ("russia", 6, 0, 4, &vac),
        ("spain", 6, 0, 4, &vac),
    ];
    let (mut mc, mut mcov) = (0.0, 0.0);
    for (name, from, to, step, ths) in panels {
        let data = read(name);
        let first = data.values().map(|u| u.pts[0].0).min().unwrap();
        let last = data
            .values()
            .map(|u| u.pts.last().unwrap().0)
            .max()
            .unwrap();
        let to = if to == 0 {
            last.weeks_since(first) + 1 - 3
        } else {
            to
        };
        let cal = Calendar::default();
        let ex = Exposure::new(&cal);
        let (mut crps, mut cov, mut n, mut aes, mut early, mut late, mut isc) =
            (0.0, 0.0, 0.0, vec![], 0.0, 0.0, 0.0);
        let mut o = from;
        while o <= to {
            let origin = first.plus(o);
            // workloads
            let mut hist = vec![];
            let mut meta = vec![];
            for (k, u) in &data {
                let reps: Vec<Report> = u
                    .pts
                    .iter()
                    .filter(|p| p.0 <= origin)
                    .map(|p| Report {
                        week: p.0,
                        as_of: p.0.last_day(),
                        done: Count::from_f64(p.1).unwrap(),
                    })
                    .collect();
                if reps.is_empty() {
                    continue;
                }
                let h = History::of(&reps, &ex);
                if h.standstill().1 >= 6.0 || h.reports < 6 {
                    continue;
                }
                let l = reps.last().unwrap();
                meta.push((
                    k.clone(),
                    l.done.to_f64(),
                    origin.weeks_since(l.week).min(4) as u16,
                    u,
                ));
                hist.push(h);
            }
            let ev: Vec<Evidence> = hist
                .iter()
                .zip(&meta)
                .map(|(h, m)| Evidence {
                    increments: &h.increments,
                    total: m.3.total,
                })
                .collect();
            let by_law: Vec<Vec<f64>> = LAWS.iter().map(|l| levels(&ev, *l)).collect();
            for th in ths {
                let mut wl = vec![];
                let mut truth = vec![];
                for (i, m) in meta.iter().enumerate() {
                    let goal = th * m.3.total;
                    // first week from which never below
                    let pts = &m.3.pts;
                    let mut idx = pts.len();
                    while idx > 0 && pts[idx - 1].1 >= goal {
                        idx -= 1;
                    }
                    let end = pts.last().unwrap().0.weeks_since(origin) as f64;
                    if idx < pts.len() && (idx == 0 || pts[idx].0 <= origin) {
                        continue;
                    }
                    if m.1 >= goal {
                        continue;
                    }
                    let t = if idx == pts.len() {
                        (end).min(104.0)
                    } else {
                        let (a, b) = (pts[idx - 1], pts[idx]);
                        let fr = (goal - a.1) / (b.1 - a.1);
                        let span = b.0.weeks_since(a.0) as f64;
                        ((a.0.weeks_since(origin) as f64) + fr * span).clamp(0.0, 104.0)
                    };
                    let cut = if idx == pts.len() {
                        end.min(104.0)
                    } else {
                        104.0
                    };
                    truth.push((t, cut));
                    wl.push(Workload {
                        purpose: purpose_of(&m.0),
                        start: m.1,
                        silent_weeks: m.2,
                        total: m.3.total,
                        goal,
                        levels: std::array::from_fn(|l| by_law[l][i]),
                    });
                }
                let paths = simulate(&wl, &vec![1.0; STEPS as usize], 7);
                for (p, (t, cut)) in paths.iter().zip(truth) {
                    let mut w: Vec<f64> = p
                        .passages
                        .iter()
                        .map(|d| {
                            if *d == NEVER {
                                cut
                            } else {
                                (((d - 1) / 7) as f64 + ((d - 1) % 7 + 1) as f64 / 5.0).min(cut)
                            }
                        })
                        .collect();
                    w.sort_by(f64::total_cmp);
                    let q = |x: f64| w[((x * w.len() as f64).ceil() as usize).max(1) - 1];
                    let mut s = 0.0;
                    for k in 1..100 {
                        let a = k as f64 / 100.0;
                        let v = q(a);
                        s += if t >= v {
                            a * (t - v)
                        } else {
                            (1.0 - a) * (v - t)
                        };
                    }
                    crps += 2.0 * s / 99.0;
                    n += 1.0;
                    aes.push((q(0.5) - t).abs());
                    let (lo, hi) = (q(0.1), q(0.9));
                    if t < lo {
                        early += 1.0
                    } else if t > hi {
                        late += 1.0
                    } else {
                        cov += 1.0
                    }
                    isc += (hi - lo)
                        + if t < lo {
                            10.0 * (lo - t)
                        } else if t > hi {
                            10.0 * (t - hi)
                        } else {
                            0.0
                        };
                }
            }
            o += step;
        }
        aes.sort_by(f64::total_cmp);
        println!(
            "{name:10} n {n} crps {:.2} cov {:.0}% early {:.0}% late {:.0}% MedAE {:.1} IS {:.0}",
            crps / n,
            100.0 * cov / n,
            100.0 * early / n,
            100.0 * late / n,
            aes[aes.len() / 2],
            isc / n
        );
        mc += crps / n / 8.0;
        mcov += cov / n / 8.0;
    }
    println!("mean crps {mc:.2} coverage {:.0}%", 100.0 * mcov);
}
