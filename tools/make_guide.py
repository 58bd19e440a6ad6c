"""Writes src/cdisc_hai/guide/*.csv: the facts of SDTM 2.0, SDTMIG 3.4 and ADaMIG 1.3.

    python tools/make_guide.py FOLDER

FOLDER holds the standards as CDISC Library gives them (sdtm-2-0.json, sdtmig-3-4.json,
adamig-1-3.json, variable-codelists.json; each may be gzipped). Names, labels, types, roles, cores
and codelists are taken; sentences are not.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src" / "cdisc_hai" / "guide"
HEADER = ("class", "dataset", "name", "label", "type", "role", "core", "codelists")


def load(folder: Path, name: str) -> Any:
    """One JSON file, gzipped or not."""
    packed = folder / f"{name}.json.gz"
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def ordered(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """In the standard's order."""
    return sorted(items, key=lambda item: int(item["ordinal"]))


def row(
    klass: str, dataset: str, found: Mapping[str, Any], codelists: Mapping[str, list[str]]
) -> tuple[str, ...]:
    """One variable."""
    name = found["name"]
    lists = " ".join(dict.fromkeys(codelists.get(name, [])))
    return (
        klass, dataset, name, found["label"].strip(), found["simpleDatatype"],
        found.get("role", ""), found.get("core", ""), lists,
    )  # fmt: skip


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """One CSV file with Unix line ends."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder: Path) -> None:
    """All files."""
    codelists = load(folder, "variable-codelists")
    model, guide, adam = (load(folder, n) for n in ("sdtm-2-0", "sdtmig-3-4", "adamig-1-3"))
    classes = [
        (c["name"], v) for c in model["classes"] for v in ordered(c.get("classVariables", []))
    ]
    of_dataset = {
        dataset["name"]: klass["name"]
        for klass in guide["classes"]
        for dataset in klass.get("datasets", [])
    }
    general = [
        row(of_dataset[d["name"]], d["name"], v, {})
        for d in ordered(model["datasets"])
        if d["name"] in of_dataset
        for v in ordered(d["datasetVariables"])
    ]
    write("sdtm_2_0.csv", HEADER, [*(row(c, "", v, {}) for c, v in classes), *general])
    datasets = [(c["name"], d) for c in guide["classes"] for d in ordered(c.get("datasets", []))]
    write(
        "sdtmig_3_4_datasets.csv",
        ("class", "dataset", "label"),
        [(c, d["name"], d["label"]) for c, d in datasets],
    )
    own = codelists["sdtmig-3-4-codelists"]
    rows = [row(c, d["name"], v, own) for c, d in datasets for v in ordered(d["datasetVariables"])]
    write("sdtmig_3_4.csv", HEADER, rows)
    own = codelists["adam-adamig-1-3-codelists"]
    write(
        "adamig_1_3.csv",
        HEADER,
        [
            row(structure["name"], "", variable, own)
            for structure in adam["dataStructures"]
            for part in ordered(structure["analysisVariableSets"])
            for variable in ordered(part["analysisVariables"])
        ],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
