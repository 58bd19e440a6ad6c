"""The second study's export with faults planted: one edit a fault, made on a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

Edit = tuple[str, str, str, str]
"""A file, how the one line begins, a part of it, and what stands there instead."""

EDITS: tuple[Edit, ...] = (
    ("adverse_events.csv", "RA201-1014,Logs,Castelvia,Adverse events,1,", "Severe", "Sever"),
    ("adverse_events.csv", "RA201-1020,Logs,Nordhaven,Adverse events,2,", "18-MAR", "08-MAR"),
    ("adverse_events.csv", "RA201-1021,Logs,Castelvia,Adverse events,1,", "05-APR", "13-APR"),
    ("disease_score.csv", "RA201-1008,Week 8,", "Week 8", "Wk 8"),
    ("disease_score.csv", "RA201-1013,Week 4,", "01/02/2024", "2024.02.01"),
    ("vital_signs.csv", "RA201-1002,Screening,", "60.9,kg", "9.6,st"),
    ("vital_signs.csv", "RA201-1005,Week 8,", ",66,", ",n.d.,"),
    ("vital_signs.csv", "RA201-1017,Week 4,", "29/02/2024", "31/02/2024"),
)
ADDED: tuple[tuple[str, str], ...] = (
    (
        "demography_and_consent.csv",
        "RA201-1007,Screening,Elmford,13/11/2023,13/11/2023,1.0,56,Female,Other,Not reported,2019,"
        "Positive,Unverified",
    ),
    (
        "adverse_events.csv",
        "RA201-1023,Logs,Elmford,Adverse events,5,,,,,,,,,,,,,,,,Incomplete",
    ),
    (
        "vital_signs.csv",
        "RA201-9999,Screening,Elmford,12/03/2024 08:20,121,78,70,36.5,71.2,kg,165,Complete",
    ),
)
TWICE = ("adverse_events.csv", "RA201-1013,Logs,Nordhaven,Adverse events,1,")


def plant(clean: Path, target: Path) -> dict[str, str]:
    """A copy with every fault; gives the ``file:line`` of each by the edited or added line's start.

    A line of the export that does not hold what is to be edited stops the test.
    """
    shutil.copytree(clean, target)
    places: dict[str, str] = {}
    for file, start, old, new in EDITS:
        lines = (target / file).read_text("utf-8").splitlines()
        (at,) = [n for n, line in enumerate(lines) if line.startswith(start)]
        assert lines[at].count(old) == 1, f"{file}: {lines[at]}"
        lines[at] = lines[at].replace(old, new)
        (target / file).write_text("\n".join(lines) + "\n", "utf-8")
        places[start] = f"{file}:{at + 1}"
    file, start = TWICE
    (copied,) = [
        ln for ln in (target / file).read_text("utf-8").splitlines() if ln.startswith(start)
    ]
    for name, line in ((file, copied), *ADDED):
        lines = [*(target / name).read_text("utf-8").splitlines(), line]
        (target / name).write_text("\n".join(lines) + "\n", "utf-8")
        places["again " + start if line == copied else line.split(",")[0]] = f"{name}:{len(lines)}"
    return places
