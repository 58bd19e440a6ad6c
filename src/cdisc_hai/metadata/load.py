"""A folder of specs in, one frozen study out; or every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cdisc_hai.errors import Fault, SpecError
from cdisc_hai.metadata.check import check_study
from cdisc_hai.metadata.dataset_file import DatasetReader
from cdisc_hai.metadata.define_file import read_define
from cdisc_hai.metadata.define_model import DefineSpec
from cdisc_hai.metadata.functions import function_faults
from cdisc_hai.metadata.ledger_file import read_ledger
from cdisc_hai.metadata.model import (
    Codelist,
    Dataset,
    RawSpec,
    Recode,
    Step,
    Study,
    Variable,
)
from cdisc_hai.metadata.plain_parts import plain_faults
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.metadata.spots import MISSING, NOT_UTF8, NOT_YAML, Spot, read_spots, spots_of
from cdisc_hai.metadata.strange_files import strange_files
from cdisc_hai.metadata.study_file import read_codelists, read_raw, read_study
from cdisc_hai.registry import Operation

UNREAD = (MISSING, NOT_UTF8, NOT_YAML)


def load_study(folder: Path, known: Mapping[str, Operation]) -> Study:
    """Read and cross-check ``folder``; raises SpecError with every fault.

    ``known`` are the operations that specs may name (``registry.operations()``).
    """
    study, faults = read_folder(folder, known)
    if faults:
        raise SpecError(faults)
    return replace(
        study,
        sdtm={name: _plain(dataset) for name, dataset in study.sdtm.items()},
        adam={name: _plain(dataset) for name, dataset in study.adam.items()},
    )


def read_folder(folder: Path, known: Mapping[str, Operation]) -> tuple[Study, list[Fault]]:
    """What can be read of a folder, and every fault of it.

    The parameters of its operations still know their places. SpecError where there is no folder.
    """
    faults: list[Fault] = []
    if not folder.is_dir():
        raise SpecError([Fault(str(folder), 1, "no such folder of specs")])
    label = folder.name or folder.resolve().name
    study_spot = read_spots(folder / "study.yaml", f"{label}/study.yaml", faults)
    head = read_study(study_spot, faults)
    constants = _Constants(head["constants"], faults)
    raw_spot = _raw_spot(folder, label, constants, faults)
    raw = read_raw(raw_spot, faults) if raw_spot else RawSpec.none(f"{label}/study.yaml:1")
    for file, spot in (("study", study_spot), ("raw", raw_spot)):
        if spot is not None:
            faults.extend(plain_faults(file, spot))
    codelists, recodes = _codelists(folder, label, faults)
    sdtm, adam = (
        _datasets(folder, label, standard, known, constants, faults)
        for standard in ("sdtm", "adam")
    )
    study = Study(
        **head,
        raw=raw,
        codelists=codelists,
        recodes=recodes,
        define=_define(folder, label, constants, faults),
        sdtm=sdtm,
        adam=adam,
        at=f"{label}/study.yaml:1",
        folder=str(folder),
        explained=read_ledger(folder, faults),
    )
    faults.extend(strange_files(folder, label))
    unread = {fault.file for fault in faults if fault.message.startswith(UNREAD)}
    if unread:  # most of what could be said of the others would follow from these
        return study, [f for f in faults if f.file not in unread or f.message.startswith(UNREAD)]
    faults.extend(check_study(study, known))
    faults.extend(function_faults(str(folder), study.sdtm, known))
    return study, faults


def _analysis_only(folder: Path, name: str) -> bool:
    """Whether specs that only read SDTM of others do without a file."""
    return not (folder / name).exists() and not (folder / "sdtm").exists()


def _raw_spot(folder: Path, label: str, constants: _Constants, faults: list[Fault]) -> Spot | None:
    if _analysis_only(folder, "raw.yaml"):
        return None
    return constants.fill(read_spots(folder / "raw.yaml", f"{label}/raw.yaml", faults))


def _codelists(
    folder: Path, label: str, faults: list[Fault]
) -> tuple[dict[str, Codelist], dict[str, Recode]]:
    if _analysis_only(folder, "codelists.yaml"):
        return {}, {}
    return read_codelists(
        read_spots(folder / "codelists.yaml", f"{label}/codelists.yaml", faults), faults
    )


class _Constants:
    """Puts the study's constants where a spec says ``$NAME``."""

    def __init__(self, constants: Mapping[str, Any], faults: list[Fault]) -> None:
        self.constants, self.faults = constants, faults

    def fill(self, spot: Spot) -> Spot:
        """The same spot with its constants filled in."""
        for scalar in list(spot.scalars()):
            if isinstance(scalar.value, str) and scalar.value.startswith("$"):
                name = scalar.value[1:]
                if name in self.constants:
                    scalar.value = spots_of(self.constants[name], scalar).value
                else:
                    hint = did_you_mean(name, self.constants)
                    self.faults.append(scalar.fault(f"no constant '{name}' in study.yaml{hint}"))
        return spot


def _define(folder: Path, label: str, constants: _Constants, faults: list[Fault]) -> DefineSpec:
    path = folder / "define.yaml"
    if not path.is_file():
        return DefineSpec()
    return read_define(constants.fill(read_spots(path, f"{label}/define.yaml", faults)), faults)


def _datasets(
    folder: Path,
    label: str,
    standard: str,
    known: Mapping[str, Operation],
    constants: _Constants,
    faults: list[Fault],
) -> dict[str, Dataset]:
    common: dict[str, Spot] = {}
    files = sorted((folder / standard).glob("*.yaml"))
    found: dict[str, Dataset] = {}
    for path in sorted(files, key=lambda p: (p.name != "common.yaml", p.name)):
        spot = constants.fill(read_spots(path, f"{label}/{standard}/{path.name}", faults))
        if path.name == "common.yaml":
            common = dict(spot.value) if isinstance(spot.value, dict) else {}
            continue
        dataset = DatasetReader(standard, common, known, faults).read(spot)
        if not dataset.name:  # told above; the file's own name stands in for it
            dataset = replace(dataset, name=path.stem.upper())
        if dataset.name in found:
            faults.append(spot.fault(f"dataset '{dataset.name}' stands in two files"))
        found[dataset.name] = dataset
    return found


def _plain(dataset: Dataset) -> Dataset:
    """The dataset with parameters as plain values, now that places are checked."""
    return replace(
        dataset,
        variables=tuple(_plain_variable(v) for v in dataset.variables),
        qualifiers=tuple(_plain_variable(v) for v in dataset.qualifiers),
        parameters=tuple(replace(p, step=_plain_step(p.step)) for p in dataset.parameters),
        rows=tuple(replace(p, step=_plain_step(p.step)) for p in dataset.rows),
        checks=tuple(replace(c, step=_plain_step(c.step)) for c in dataset.checks),
    )


def _plain_variable(variable: Variable) -> Variable:
    return replace(variable, steps=tuple(_plain_step(step) for step in variable.steps))


def _plain_step(step: Step) -> Step:
    return replace(step, params={name: spot.plain() for name, spot in step.params.items()})
