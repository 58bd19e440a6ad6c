"""What the guide says of a dataset's variables."""

from __future__ import annotations

from collections.abc import Mapping

from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.conform.trial import parameter
from cdisc_hai.guide import GuideDataset, GuideVariable, SdtmGuide, sdtm_guide

_NEWEST = "3.4"


def guide_of(folder: Folder) -> SdtmGuide | None:
    """The guide that the trial summary names (SDTIGVER), else the newest; None for one that is
    not known here."""
    return sdtm_guide(parameter(folder, "SDTIGVER") or _NEWEST)


def dataset_of(table: Table, folder: Folder) -> GuideDataset | None:
    """The guide's dataset; the parts of a split domain have the domain's."""
    guide = guide_of(folder)
    if guide is None:
        return None
    return guide.dataset(table.name) or guide.dataset(table.prefix)


def facts_of(table: Table, folder: Folder) -> Mapping[str, GuideVariable | None]:
    """Each variable with what the guide or its model says of it; None for one they do not have.

    A domain that the guide does not have is judged by its class; nothing is said of a dataset
    that has none.
    """
    guide, dataset = guide_of(folder), dataset_of(table, folder)
    if guide is None or (dataset is None and not table.kind):
        return {}
    name = dataset.name if dataset else table.prefix
    kind = "" if dataset else table.kind
    return {column: guide.variable(name, column, kind) for column in table.columns}
