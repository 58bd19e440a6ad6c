"""Time and peak memory of ADaM alone, on the example's SDTM multiplied to many subjects.

    python bench/bench_adam.py --times 250             # ADSL, ADRS and ADTTE from loaded frames
    python bench/bench_adam.py --times 250 --whole     # every ADaM dataset, checked and written
    python bench/bench_adam.py --times 25 --profile 30

Each copy of the SDTM has subjects of its own. Processor seconds count from the loaded frames to the
derived ones (with ``--whole``: to the written files); peak memory is that of the process.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
from bench_build import multiplied as raw_of

from cdisc_hai.adam import run_adam, sdtm_tables
from cdisc_hai.build.read_sdtm import read_folder
from cdisc_hai.build.specs import study_of
from cdisc_hai.build.study import build_adam, build_sdtm, cutoff_day
from cdisc_hai.order import adam_needs

ROOT = Path(__file__).parents[1]
THREE = ("ADSL", "ADRS", "ADTTE")


def multiplied(frames: dict[str, pd.DataFrame], times: int) -> dict[str, pd.DataFrame]:
    """Each dataset with a subject ``times`` times over, the copies' subjects told apart."""
    found = {}
    for name, frame in frames.items():
        if "USUBJID" not in frame.columns or times == 1:
            found[name] = frame
            continue
        many = pd.concat([frame] * times, ignore_index=True)
        copy = pd.Series(range(times)).repeat(len(frame)).map("{:04d}".format)
        many["USUBJID"] = many["USUBJID"].to_numpy() + "-" + copy.to_numpy(dtype=object)
        # as files of SDTM are: by subject
        found[name] = many.sort_values("USUBJID", kind="stable", ignore_index=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="copies of the example's 120 subjects")
    parser.add_argument("--whole", action="store_true", help="every dataset, checked and written")
    parser.add_argument("--sdtm", type=Path, help="SDTM to multiply, else the example's")
    parser.add_argument("--profile", type=int, default=0, help="show so many of the slowest calls")
    options = parser.parse_args()
    study = study_of(None)
    with tempfile.TemporaryDirectory() as folder:
        sdtm = options.sdtm or Path(folder) / "sdtm"
        raw = ROOT / "examples" / "hai" / "raw"
        if options.whole:
            raw_of(raw, Path(folder) / "raw", options.times)
            raw = Path(folder) / "raw"
        if not options.sdtm:
            build_sdtm(raw=raw, out=sdtm)
        frames = read_folder(sdtm, study.encoding)
        if options.whole:
            records = sum(len(frame) for frame in frames.values())
            frames.clear()
        else:
            frames = multiplied(frames, options.times)
            records = sum(len(frame) for frame in frames.values())
            needed = frozenset().union(*(adam_needs(study, name) for name in THREE))
            study = replace(study, adam={n: d for n, d in study.adam.items() if n in needed})
        profiler = cProfile.Profile()
        began, used = time.perf_counter(), time.process_time()
        if options.profile:
            profiler.enable()
        if options.whole:
            build_adam(sdtm=sdtm, out=Path(folder) / "adam")
            what = "every dataset, from files to files"
        else:
            run_adam(study, sdtm_tables(frames), cutoff_day(study, frames, None, ""))
            what = f"{', '.join(THREE)}, from frames to frames"
        profiler.disable()
        wall, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{options.times * 120} subjects, {records} SDTM records: {what}")
    print(f"  {wall:.2f} s wall, {cpu:.2f} s cpu, peak of the process {peak:.0f} MB")
    if options.profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(options.profile)


if __name__ == "__main__":
    main()
