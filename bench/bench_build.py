"""Time and peak memory of a whole build, by stage, on the example multiplied to many subjects.

    python bench/bench_build.py --times 10

Each copy of the export has subject numbers and record ids of its own, so that nothing is a
duplicate. Wall and processor seconds and the peak resident memory are those of one process.
"""

from __future__ import annotations

import argparse
import csv
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORD_STEP = 10_000_000


def multiplied(source: Path, target: Path, times: int) -> None:
    """Write the export ``times`` times over into one folder."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file)) if path.suffix == ".csv" else []
        if not rows or "subjid" not in rows[0]:
            shutil.copy(path, target)
            continue
        subject, record = rows[0].index("subjid"), rows[0].index("recordid")
        with (target / path.name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0])
            for copy in range(times):
                for row in rows[1:]:
                    row = list(row)
                    row[subject] = f"{copy:03d}{row[subject]}"
                    row[record] = str(int(row[record]) + copy * RECORD_STEP)
                    writer.writerow(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="copies of the example's 120 subjects")
    parser.add_argument("--raw", type=Path, default=ROOT / "examples" / "hai" / "raw")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        multiplied(options.raw, raw, options.times)
        began, used = time.perf_counter(), time.process_time()
        from cdisc_hai.build.study import build_study  # noqa: PLC0415 - its import is measured too

        result = build_study(raw=raw, out=Path(folder) / "out")
        wall, cpu = time.perf_counter() - began, time.process_time() - used
    records = sum(d.records for d in result.datasets)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{options.times * 120} subjects, {records} records, exit code {result.exit_code}")
    for stage, seconds in result.seconds.items():
        print(f"  {stage:<12} {seconds:8.2f} s")
    print(f"  whole process {wall:7.2f} s wall, {cpu:.2f} s cpu, peak {peak:.0f} MB")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
