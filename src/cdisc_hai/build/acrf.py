"""The annotated CRF of an export."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.targets import targets
from cdisc_hai.raw import RawExport
from cdisc_hai.registry import operations
from cdisc_hai.submit.acrf import Crf, Pages, acrf_pdf, sheets

LOG = "Not bound to a visit"
DOCUMENT, PAGES = "acrf.pdf", "crf_pages.json"


def write_acrf(study: Study, export: RawExport, folder: Path, lineage: Path) -> Pages:
    """The document into ``folder``, and the pages of each item into ``lineage`` for define.xml."""
    document, pages = acrf_pdf(crf_of(study, export))
    (folder / DOCUMENT).write_bytes(document)
    table: dict[str, dict[str, list[int]]] = {}
    for (form, item), on in pages.items():
        table.setdefault(form, {})[item] = list(on)
    (lineage / PAGES).write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", "utf-8")
    return pages


def crf_of(study: Study, export: RawExport) -> Crf:
    """Every form of the export's dictionary that the specs know, annotated."""
    known = [item for item in export.catalogue if item.form in study.raw.forms]
    system = {name: frozenset(form.roles.values()) for name, form in study.raw.forms.items()}
    labels = {name: dataset.label for name, dataset in study.sdtm.items()}
    drawn = sheets(known, targets(study, operations()), labels=labels, system=system)
    return Crf(study.id, study.title, drawn, _visits(export))


def _visits(export: RawExport) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The folders of the export in the order of their numbers, and the forms that each has."""
    parts = [
        pd.DataFrame(
            {
                "folder": frame["@folder"],
                "number": pd.to_numeric(
                    frame.get("@folder_number", pd.Series(index=frame.index, dtype=float)),
                    errors="coerce",
                ),
                "form": form,
                "at": at,
            }
        )
        for at, (form, frame) in enumerate(export.visits.items())
    ]
    if not parts:
        return ()
    table = pd.concat(parts).drop_duplicates(["folder", "form"])
    first = table.groupby("folder")["number"].transform("min")
    table = table.assign(first=first).sort_values(["first", "folder", "at"], kind="stable")
    named = table.groupby("folder", sort=False)["form"].agg(tuple).to_dict()
    bound = [(str(name), forms) for name, forms in named.items() if name]
    free = [(LOG, forms) for name, forms in named.items() if not name]
    return (*bound, *free)
