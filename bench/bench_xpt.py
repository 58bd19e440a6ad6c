"""Time and memory of our transport file writer and pyreadstat's, on the same made-up frame.

`python bench/bench_xpt.py --rows 1000000` prints, for each writer: seconds by the wall clock
(median of 3 runs), MB of file a second, and the peak of resident memory in a fresh process, as a
whole and above what the process held with the frame before it wrote. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import ctypes
import datetime
import gc
import json
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat  # type: ignore[import-untyped, unused-ignore]  # the library has no types, or the test is of a wrong one

from cdisc_hai.submit.xpt import XptColumn, write_xpt

CREATED = datetime.datetime(2024, 1, 2, 3, 4, 5)
SHORT_TEXTS = ("", "MG", "PARTIAL RESPONSE", "STABLE DISEASE", "NOT EVALUABLE", "Y", "N")


def made_up_frame(rows: int) -> pd.DataFrame:
    """Give 10 numeric and 10 text columns; 2 texts differ in every row, 1 is Chinese."""
    random = np.random.default_rng(1)
    columns: dict[str, object] = {}
    for place in range(10):
        numbers = random.normal(50.0, 20.0, rows) if place % 2 else np.arange(rows) % (place + 90.0)
        columns[f"NUM{place}"] = np.where(random.random(rows) < 0.05, np.nan, numbers)
    columns["USUBJID"] = [f"HAI-01-{row:08d}" for row in range(rows)]
    columns["SPID"] = [f"lesion {row}, segment {row % 8}" for row in range(rows)]
    columns["TERM"] = np.array(["恶心", "呕吐", "肝动脉灌注化疗后腹痛"], object)[
        random.integers(0, 3, rows)
    ]
    for place in range(7):
        columns[f"TEXT{place}"] = np.array(SHORT_TEXTS, object)[
            random.integers(0, len(SHORT_TEXTS), rows)
        ]
    return pd.DataFrame(columns)


def write_ours(frame: pd.DataFrame, path: Path) -> None:
    """Write with `write_xpt`, checks and all."""
    columns = [
        XptColumn(name, f"label of {name}", "num" if name.startswith("NUM") else "char")
        for name in frame.columns
    ]
    write_xpt(frame, path, dataset="BENCH", label="bench", columns=columns, created=CREATED)


def write_pyreadstat(frame: pd.DataFrame, path: Path) -> None:
    """Write with pyreadstat, which checks nothing."""
    labels: dict[str, str | None] = {name: f"label of {name}" for name in frame.columns}
    pyreadstat.write_xport(
        frame,
        str(path),
        file_label="bench",
        column_labels=labels,
        table_name="BENCH",
        file_format_version=5,
    )


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "cdisc_hai": write_ours,
    "pyreadstat": write_pyreadstat,
}


def resident(field: str) -> float:
    """Give a line of /proc/self/status in MB: VmRSS is memory now, VmHWM its peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(writer: str, rows: int, answer: str) -> None:
    """Write 3 times; leave seconds, bytes and MB of memory as JSON in the file `answer`."""
    frame = made_up_frame(rows)
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)  # memory that the making left free would hide what a writer takes
    before = resident("VmRSS")
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew, without the making
    except OSError:
        before = float("nan")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.xpt"
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            WRITERS[writer](frame, path)
            seconds.append(time.perf_counter() - start)
        result = {
            "seconds": statistics.median(seconds),
            "bytes": path.stat().st_size,
            "peak": resident("VmHWM"),
            "before": before,
        }
    Path(answer).write_text(json.dumps(result))


def main() -> None:
    """Measure each writer in a process of its own and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    print(f"{rows:,} rows x 20 columns (10 numbers, 10 texts), median of 3")
    for writer in WRITERS:
        with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
            process = multiprocessing.get_context("spawn").Process(
                target=measure, args=(writer, rows, answer.name)
            )
            process.start()
            process.join()
            result = json.loads(Path(answer.name).read_text())
        megabytes = result["bytes"] / 1e6
        print(
            f"{writer:<11} {result['seconds']:8.2f} s {megabytes / result['seconds']:8.1f} MB/s"
            f" {megabytes:8.1f} MB file {result['peak']:8.0f} MB peak RSS"
            f" {result['peak'] - result['before']:8.0f} MB above the frame"
        )


if __name__ == "__main__":
    main()
