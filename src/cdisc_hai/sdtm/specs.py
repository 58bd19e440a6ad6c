"""The spec of a dataset by its name, SUPP-- datasets included."""

from __future__ import annotations

from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.sdtm.qualifiers import TEMPLATE, qualifier_spec

SUPP = TEMPLATE.removesuffix("--")


def spec_of(study: Study, name: str) -> Dataset | None:
    """What the specs say of a dataset that is written; None for one that they do not have."""
    dataset = study.sdtm.get(name) or study.adam.get(name)
    if dataset is not None:
        return dataset if dataset.submit and name != TEMPLATE else None
    template, parent = study.sdtm.get(TEMPLATE), study.sdtm.get(name.removeprefix(SUPP))
    if not name.startswith(SUPP) or template is None or parent is None or not parent.qualifiers:
        return None
    return qualifier_spec(parent, template)
