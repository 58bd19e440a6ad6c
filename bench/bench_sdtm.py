"""Time and peak memory of ``sdtm build``, by stage, on the example multiplied to many subjects.

    python bench/bench_sdtm.py --subjects 1000

Copies of a subject have subject numbers and record ids of their own, so that nothing is a
duplicate.
Wall and processor seconds and peak resident memory are those of a process that does nothing else.
"""

from __future__ import annotations

import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORD_STEP = 10_000_000


def copies(source: Path, subjects: int) -> dict[tuple[str, str], int]:
    """How often each subject of the export stands in an export of so many subjects."""
    with (source / "dm.csv").open(encoding="utf-8-sig", newline="") as file:
        keys = list(dict.fromkeys((r["siteid"], r["subjid"]) for r in csv.DictReader(file)))
    whole, rest = divmod(subjects, len(keys))
    return {key: whole + (place < rest) for place, key in enumerate(keys)}


def multiplied(source: Path, target: Path, subjects: int) -> None:
    """Write the export with so many subjects; other files are copied as they are."""
    target.mkdir()
    often = copies(source, subjects)
    for path in sorted(source.iterdir()):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file)) if path.suffix == ".csv" else []
        if not rows or "subjid" not in rows[0]:
            shutil.copy(path, target)
            continue
        with (target / path.name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0])
            writer.writerows(_many(rows, often))


def _many(rows: list[list[str]], often: dict[tuple[str, str], int]) -> Iterator[list[str]]:
    site, subject, record = (rows[0].index(n) for n in ("siteid", "subjid", "recordid"))
    for copy in range(max(often.values(), default=0)):
        for row in rows[1:]:
            if copy < often.get((row[site], row[subject]), 0):
                new = list(row)
                new[subject] = f"{copy:03d}{row[subject]}"
                new[record] = str(int(row[record]) + copy * RECORD_STEP)
                yield new


def measure(raw: Path, subjects: int) -> None:
    """Build once and tell what it took."""
    began, used = time.perf_counter(), time.process_time()
    from cdisc_hai.build import build_sdtm  # noqa: PLC0415 - its import is measured too

    with tempfile.TemporaryDirectory() as folder:
        result = build_sdtm(raw=raw, out=Path(folder) / "out")
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    records = sum(dataset.records for dataset in result.datasets)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{subjects} subjects, {records} records, exit code {result.exit_code}")
    for stage, seconds in result.seconds.items():
        print(f"  {stage:<12} {seconds:8.2f} s")
    checked = result.seconds.get("check sdtm", 0.0)
    if checked:
        print(f"  contracts and rules: {records / checked:,.0f} records a second")
    print(f"  whole process {wall:7.2f} s wall, {cpu:.2f} s cpu, peak {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=10_000)
    parser.add_argument("--raw", type=Path, default=ROOT / "examples" / "hai" / "raw")
    parser.add_argument("--measure", action="store_true", help="build --raw as it is")
    options = parser.parse_args()
    if options.measure:
        measure(options.raw, options.subjects)
        return
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        multiplied(options.raw, raw, options.subjects)
        own = [sys.executable, __file__, "--measure", "--raw", str(raw)]
        subprocess.run([*own, "--subjects", str(options.subjects)], check=True)


if __name__ == "__main__":
    main()
