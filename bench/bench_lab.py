"""Time and peak memory of an SDTM build with very many laboratory rows.

    python bench/bench_lab.py --rows 1000000

The example's subjects are taken over and over with numbers of their own: demographics, consent,
the first dose and all laboratory rows of each; the other forms have no rows. The build runs in a
process of its own, and its stages and peak resident memory are told.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "hai" / "raw"
KEPT = ("dm", "ic", "chemo", "lb")
RECORD_STEP = 10_000_000


def rows_of(path: Path) -> list[list[str]]:
    """A file of the example, its header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def first_of_each(rows: list[list[str]], *columns: int) -> list[list[str]]:
    """The first row of each subject."""
    return list({tuple(row[c] for c in columns): row for row in reversed(rows)}.values())


def enlarged(target: Path, wanted: int) -> int:
    """Write an export with at least so many laboratory rows; gives how many there are."""
    target.mkdir()
    for path in sorted(EXAMPLE.iterdir()):
        if path.suffix != ".csv" or path.stem in ("crf", "codelists"):
            (target / path.name).write_bytes(path.read_bytes())
            continue
        header, *rows = rows_of(path)
        if path.stem not in KEPT:
            rows = []
        elif path.stem == "chemo":
            rows = first_of_each(rows, header.index("siteid"), header.index("subjid"))
        write(target / path.name, header, rows, copies_of(wanted))
    return copies_of(wanted) * len(rows_of(EXAMPLE / "lb.csv")[1:])


def copies_of(wanted: int) -> int:
    """How often the example is taken."""
    return -(-wanted // len(rows_of(EXAMPLE / "lb.csv")[1:]))


def write(path: Path, header: list[str], rows: list[list[str]], copies: int) -> None:
    """The rows so many times, each time with other subjects and record numbers."""
    subject, record = header.index("subjid"), header.index("recordid")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for copy in range(copies):
            for row in rows:
                changed = list(row)
                changed[subject] = f"{copy:04d}{row[subject]}"
                changed[record] = str(int(row[record]) + copy * RECORD_STEP)
                writer.writerow(changed)


BUILD = """
import json, resource, sys, time
from cdisc_hai.build import build_sdtm
began, seen = time.perf_counter(), []
def tell(stage, done, whole):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    seen.append((stage, round(time.perf_counter() - began, 1), round(peak, 2)))
    print(*seen[-1], flush=True)
result = build_sdtm(raw=sys.argv[1], out=sys.argv[2], progress=tell)
tell("end", 1, 1)
print({line.name: line.records for line in result.datasets}, result.exit_code)
"""


def main() -> None:
    """Write the export, build it, tell stages as (name, seconds since the start, peak GiB)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--where", type=Path, help="Folder for the files, if not a temporary one.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.where) as name:
        began = time.perf_counter()
        rows = enlarged(Path(name) / "raw", options.rows)
        size = (Path(name) / "raw" / "lb.csv").stat().st_size / 1024**2
        print(f"{rows:,} rows, {size:,.0f} MiB, written in {time.perf_counter() - began:.0f} s")
        command = [sys.executable, "-c", BUILD, f"{name}/raw", f"{name}/out"]
        code = subprocess.run(command, check=False).returncode
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        print(f"ended with {code}, peak {peak:.2f} GiB")


if __name__ == "__main__":
    main()
