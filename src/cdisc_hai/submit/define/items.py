"""Items: what a variable holds, where its values come from, and how they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cdisc_hai.metadata import Dataset, Variable
from cdisc_hai.metadata.origin import COLLECTED, Origin
from cdisc_hai.registry import parts_of
from cdisc_hai.sdtm.specs import SUPP
from cdisc_hai.submit.define.draft import Draft
from cdisc_hai.submit.define.model import DocumentRef, ItemOrigin

DERIVED, ASSIGNED, NOT_AVAILABLE = "Derived", "Assigned", "Not Available"
NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Told:
    """Origins of values, and the text that says how they are made."""

    origins: tuple[ItemOrigin, ...]
    text: str
    imputes: bool = False

    @property
    def derived(self) -> bool:
        """Whether a method is to be told."""
        return any(origin.type == DERIVED for origin in self.origins)

    @property
    def assigned(self) -> bool:
        """Whether the sponsor set the values, which a comment tells."""
        return not self.derived and any(origin.type == ASSIGNED for origin in self.origins)


def told(
    draft: Draft, dataset: Dataset, variable: Variable, given: Mapping[str, str] = NONE
) -> Told:
    """Origins and text of a variable, or of its values where others have the values ``given``."""
    found = draft.origins.variable(dataset, variable, given)
    origins = tuple(item_origin(draft, origin) for origin in found)
    return Told(
        origins or (ItemOrigin(NOT_AVAILABLE, ""),),
        draft.teller.variable(dataset, variable, given),
        any(_imputes(draft, step.op, step.params) for step in variable.steps),
    )


def told_of_parameter(draft: Draft, dataset: Dataset, code: str, name: str) -> Told | None:
    """The same for a value that the derivation of a parameter gives; None for no such one."""
    makers = [p for p in dataset.parameters if p.paramcd == code] or list(dataset.rows)
    if not makers:
        return None
    constant = name in ("PARAMCD", "PARAM") or all(name in p.attributes for p in makers)
    origin = ItemOrigin(ASSIGNED if constant else DERIVED, "Sponsor")
    texts = dict.fromkeys(draft.teller.parameter(dataset, p, name) for p in makers)
    imputes = any(_imputes(draft, p.step.op, p.step.params) for p in makers)
    return Told((origin,), "\n".join(texts), imputes)


def is_given(draft: Draft, variable: Variable) -> bool:
    """Whether the parameters' derivations give the variable."""
    return any(draft.known[step.op].origin == "given" for step in variable.steps)


def item_origin(draft: Draft, origin: Origin) -> ItemOrigin:
    """An origin with the pages of the CRF, or else with the names of the items."""
    documents: tuple[DocumentRef, ...] = ()
    text = _named(draft, origin.predecessor)
    if origin.type == COLLECTED:
        pages = {page for item in origin.items for page in draft.pages.get(item, ())}
        if pages and draft.crf:
            documents = (DocumentRef(draft.crf, tuple(sorted(pages))),)
        else:
            text = "; ".join(f"form {form}: {column}" for form, column in origin.items)
    return ItemOrigin(origin.type, origin.source, text, documents)


def _named(draft: Draft, predecessor: str) -> str:
    """A predecessor in data of others may be a qualifier, which ADaM reads like a variable."""
    dataset, point, name = predecessor.partition(".")
    known = {**draft.study.sdtm, **draft.study.adam}
    if not point or dataset in known or dataset.startswith(SUPP):
        return predecessor
    parent, supp = draft.elsewhere(dataset), draft.elsewhere(f"{SUPP}{dataset}")
    if parent is None or name in parent.columns or supp is None or "QNAM" not in supp.columns:
        return predecessor
    qualified = bool(supp["QNAM"].eq(name).any())
    return f'{SUPP}{dataset}.QVAL where QNAM = "{name}"' if qualified else predecessor


def is_filled(values: pd.Series) -> pd.Series:
    """Records that have a value, in a column as a transport file gives it."""
    if pd.api.types.is_numeric_dtype(values):
        return values.notna()
    return values.ne("")


def _imputes(draft: Draft, op: str, params: Mapping[str, object]) -> bool:
    kinds = draft.known[op].params
    return any(
        kind == "imputation" and value
        for name, param in kinds.items()
        for kind, value, _ in parts_of(param.kind, params.get(name))
    )
