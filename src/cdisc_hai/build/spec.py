"""Specs looked at without data: their faults, their tables, how a variable comes about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cdisc_hai.build.place import written
from cdisc_hai.build.specs import default_specs, study_of
from cdisc_hai.errors import CdiscHaiError, Fault, SpecError
from cdisc_hai.guide.terminology import read_terminology
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.guided import guide_faults
from cdisc_hai.metadata.json_schema import schemas
from cdisc_hai.metadata.load import read_folder
from cdisc_hai.metadata.remedies import remedy
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.metadata.terms import term_differences
from cdisc_hai.metadata.words import Account, Accounts, Table
from cdisc_hai.metadata.words.flow import entry
from cdisc_hai.registry import operations

EXIT_CLEAN, EXIT_FAULTS, EXIT_DIFFERENCES = 0, SpecError.exit_code, 16


@dataclass(frozen=True)
class SpecReport:
    """What is wrong with the specs, what differs from a terminology, what was not compared."""

    faults: tuple[Fault, ...]
    differences: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """10 with faults, 16 with differences from the terminology alone, else 0."""
        if self.faults:
            return EXIT_FAULTS
        return EXIT_DIFFERENCES if self.differences else EXIT_CLEAN

    def as_json(self) -> Mapping[str, object]:
        """For a machine."""
        return {
            "exit_code": self.exit_code,
            "faults": [_as_json(fault) for fault in self.faults],
            "differences": [_as_json(fault) for fault in self.differences],
            "notes": list(self.notes),
        }


def _as_json(fault: Fault) -> Mapping[str, object]:
    return {
        "file": fault.file,
        "line": fault.line,
        "message": fault.message,
        "mend": remedy(fault),
    }


def spec_check(specs: Path | str | None = None, *, ct: Iterable[Path | str] = ()) -> SpecReport:
    """Every fault of a folder of specs at once, without any data.

    ``ct`` are files of terminology as NCI distributes them (tab-delimited text or ODM-XML).
    SpecError where there is no such folder; TerminologyError for a file that cannot be used.
    """
    files = [Path(file) for file in ct]
    terminology = read_terminology(files) if files else None
    study, faults = read_folder(Path(specs) if specs else default_specs(), operations())
    guided, notes = guide_faults(study)
    differences = term_differences(study, terminology) if terminology else []
    return SpecReport(
        tuple(sorted({*faults, *guided})), tuple(sorted(set(differences))), tuple(notes)
    )


class NoSuchName(CdiscHaiError):
    """The specs have no dataset or variable of that name."""

    exit_code = 2


def spec_table(dataset: str, *, specs: Path | str | None = None) -> Table:
    """One dataset's spec as a table; NoSuchName for one that the specs do not have."""
    study = study_of(specs)
    return Accounts(study, operations()).table(_dataset(study, dataset))


def spec_account(name: str, *, specs: Path | str | None = None) -> Account:
    """How a variable (``TR.TRSTRESN``; of SUPP--: ``DM.ETHGRP``) comes about, in words.

    NoSuchName where the specs do not have it.
    """
    study = study_of(specs)
    owner, _, wanted = name.partition(".")
    dataset = _dataset(study, owner)
    variable = entry(dataset, wanted.upper() if wanted else wanted)
    if variable is None:
        every = [v.name for v in (*dataset.variables, *dataset.qualifiers)]
        if not wanted:
            raise NoSuchName(f"name one of its variables too, as {dataset.name}.{every[-1]}")
        hint = did_you_mean(wanted.upper(), every)
        raise NoSuchName(f"{dataset.name} has no variable '{wanted}'{hint}; it has {_list(every)}")
    return Accounts(study, operations()).account(dataset, variable)


def _dataset(study: Study, name: str) -> Dataset:
    every = {**study.sdtm, **study.adam}
    plain = name.upper()
    plain = plain.removeprefix("SUPP") if plain not in every else plain
    if plain not in every:
        hint = did_you_mean(plain, every)
        raise NoSuchName(f"the specs have no dataset '{name}'{hint}; they have {_list(every)}")
    return every[plain]


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def schema_texts() -> dict[str, str]:
    """The JSON Schema of each kind of spec file, by the name of its file."""
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas(operations()).items()
    }


def write_schemas(out: Path | str) -> list[Path]:
    """Write them to a folder, and tell their paths."""
    folder = Path(out)
    paths = []
    for name, text in schema_texts().items():
        paths.append(folder / name)
        with written(paths[-1]) as part:
            part.write_text(text, "utf-8", newline="\n")
    return paths
