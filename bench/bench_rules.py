"""Records a second that the rules judge, on the example's SDTM multiplied to many subjects.

    python bench/bench_rules.py --times 10

Each copy has subjects of its own. The time is that of the rules alone, on datasets in memory, by
rule and in all; twice the subjects are to take about twice the time, which ``--twice`` measures.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import pandas as pd

from cdisc_hai.build.specs import study_of
from cdisc_hai.conform.judging import judge
from cdisc_hai.conform.rules import every_rule
from cdisc_hai.conform.table import Folder
from cdisc_hai.metadata import Study
from cdisc_hai.raw import read_export
from cdisc_hai.sdtm import run_sdtm
from cdisc_hai.submit.transport import prepare

ROOT = Path(__file__).parents[1]
_OF_SUBJECTS = ("USUBJID", "SUBJID")


def multiplied(frames: dict[str, pd.DataFrame], times: int) -> dict[str, pd.DataFrame]:
    """Every dataset of subjects so many times over; the trial's design once."""
    return {
        name: frame
        if "USUBJID" not in frame.columns or name == "RELREC"
        else pd.concat([_copy(frame, number) for number in range(times)], ignore_index=True)
        for name, frame in frames.items()
    }


def _copy(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    own = [name for name in _OF_SUBJECTS if name in frame.columns]
    return frame.assign(**{name: frame[name].astype(object) + f"{number:03d}" for name in own})


def judged(study: Study, frames: dict[str, pd.DataFrame]) -> tuple[dict[str, float], int]:
    """Seconds by rule, and how many findings there are."""
    folder = Folder.of(frames, study)
    seconds, findings = {}, 0
    for rule in every_rule().values():
        began = time.perf_counter()
        findings += len(judge(folder, standards=("sdtm",), rules=[rule]))
        seconds[rule.id] = time.perf_counter() - began
    return seconds, findings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="copies of the example's 120 subjects")
    parser.add_argument("--twice", action="store_true", help="measure twice as many as well")
    parser.add_argument("--raw", type=Path, default=ROOT / "examples" / "hai" / "raw")
    options = parser.parse_args()
    study = study_of(ROOT / "specs")
    mapped = run_sdtm(study, read_export(options.raw, study))
    written = dict(prepare(study, mapped.specs, mapped.frames).frames)
    for times in (options.times, 2 * options.times) if options.twice else (options.times,):
        frames = multiplied(written, times)
        records = sum(map(len, frames.values()))
        used = time.process_time()
        seconds, findings = judged(study, frames)
        used, wall = time.process_time() - used, sum(seconds.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{times * 120} subjects, {records} records, {len(seconds)} rules, {findings} findings"
        )
        print(
            f"  {wall:.2f} s wall, {used:.2f} s cpu, {records / used:,.0f} records a second of cpu"
        )
        print(f"  peak {peak:.0f} MB")
        for rule in sorted(seconds, key=lambda name: -seconds[name])[:10]:
            print(f"  {rule:<22} {seconds[rule]:7.2f} s")


if __name__ == "__main__":
    main()
