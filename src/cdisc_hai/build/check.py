"""Validation of a folder of transport files by the specs' contracts."""

from __future__ import annotations

from pathlib import Path

from cdisc_hai.build.define import check_defined, sdtm_beside
from cdisc_hai.build.derived_again import derived_again
from cdisc_hai.build.specs import study_of
from cdisc_hai.conform import dataset_schema, validate_folder, without_specs
from cdisc_hai.conform.ledger import explain
from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding, merged


def validate(
    folder: Path | str,
    *,
    specs: Path | str | None = None,
    sdtm: Path | str | None = None,
    derive: bool = False,
) -> tuple[Finding, ...]:
    """Every breach of the specs by the transport files of a folder, and by its define.xml.

    ``sdtm`` is the folder with the records and variables that ADaM's come from; without it the
    folder ``sdtm`` beside is taken, or that of the regulatory tree. With ``derive`` the analysis
    datasets are derived anew from it by the specs, and every value that differs is told; RawError
    without that folder.
    """
    study, place = study_of(specs), Path(folder)
    notes: tuple[Finding, ...] = ()
    if specs is None:  # the shipped study's specs say nothing of another study
        study, notes = without_specs(study, place)
    near = Path(sdtm) if sdtm else sdtm_beside(place)
    found = [*notes, *validate_folder(study, place, sdtm=near if near != place else None)]
    defined = check_defined(study, place, sdtm=Path(sdtm) if sdtm else None, before=found)
    if derive:
        if near is None or not (study.adam and study.sdtm):
            raise RawError(f"{place}: no SDTM to derive from; name its folder with --sdtm")
        found += derived_again(study, place, near)
    datasets = {path.stem.upper() for path in place.glob("*.xpt")}
    return merged(explain([*found, *defined], study.explained, judged=datasets))


def schema(name: str, *, specs: Path | str | None = None) -> object:
    """The pandera schema of a dataset, for a user's own code; KeyError for one not in the specs."""
    study = study_of(specs)
    dataset = study.sdtm.get(name) or study.adam.get(name)
    if dataset is None or not dataset.submit:
        known = ", ".join(sorted({*study.sdtm, *study.adam}))
        raise KeyError(f"no dataset {name!r} in the specs; they have {known}")
    return dataset_schema(study, dataset)
