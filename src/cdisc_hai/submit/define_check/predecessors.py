"""A variable with a predecessor holds its values: nothing else, and nothing changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.submit.define.items import is_filled
from cdisc_hai.submit.define_check.case import Case, numbered
from cdisc_hai.submit.define_check.document import GROUP, ORIGIN, words

_NAMED = re.compile(r"(\w+)\.(\w+)(?: where (?:\w+\.)?(\w+) ?= ?[\"']([^\"']*)[\"'])?")
SUBJECT = "USUBJID"


def predecessors(case: Case) -> Iterator[Finding]:
    """Each value of a copied variable is that of the record that it was copied from.

    The record is found by the subject alone where the source has one record a subject, else by
    the sequence number too (the source's own --SEQ, or SRCSEQ where SRCDOM names the source);
    where there is neither, the value is to be one of the subject's.
    """
    unseen: dict[str, list[str]] = defaultdict(list)
    for group in case.document.each(GROUP):
        name = group.get("Name", "")
        for _, item in case.document.variables(group):
            origins = item.findall(ORIGIN)
            if [o.get("Type") for o in origins] == ["Predecessor"] and name in case.data:
                yield from _item(case, name, item, words(origins[0]), unseen)
    for source, variables in unseen.items():
        yield case.tell(
            "PREDECESSOR", case.document.root,
            f"{source} is not at hand: {len(variables)} variables that were copied from it were "
            f"not compared, such as {variables[0]}",
            severity="note", mend="name the folder of the SDTM with --sdtm",
        )  # fmt: skip


def _item(
    case: Case, dataset: str, item: etree._Element, named: str, unseen: dict[str, list[str]]
) -> Iterator[Finding]:
    variable = item.get("Name", "")
    frame = case.data[dataset].frame
    if variable not in frame.columns or not named:
        return
    found = _NAMED.fullmatch(named)
    source = case.frame(found[1]) if found else None

    def tell(message: str, bad: pd.Series | None = None) -> Finding:
        return case.tell(
            "PREDECESSOR", item, message, dataset=dataset, variable=variable,
            rows=() if bad is None else numbered(bad),
        )  # fmt: skip

    if not found:
        message = f"names its predecessor as '{named}', to be DATASET.VARIABLE; not compared"
        yield replace(tell(message), severity="warning")
    elif source is None:
        unseen[found[1]].append(f"{dataset}.{variable}")
    elif found[2] not in source.columns or (found[3] and found[3] not in source.columns):
        yield tell(f"there is no {named}")
    else:
        owner = found[1]
        if found[3]:
            owner, source = _of_parent(owner, source[source[found[3]].eq(found[4])])
        bad = differing(frame, variable, source, owner, found[2])
        if bad.any():
            yield tell(f"holds other values than {named}", bad)


def _of_parent(dataset: str, source: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Qualifiers as variables of their parent: IDVARVAL under the name that IDVAR tells."""
    if not {"RDOMAIN", "IDVAR", "IDVARVAL"} <= set(source.columns):
        return dataset, source
    names = source[["RDOMAIN", "IDVAR"]].drop_duplicates()
    if len(names) != 1 or not names["IDVAR"].iloc[0]:
        return dataset, source
    numbers = pd.to_numeric(source["IDVARVAL"], errors="coerce")
    return names["RDOMAIN"].iloc[0], source.assign(**{names["IDVAR"].iloc[0]: numbers})


def differing(
    frame: pd.DataFrame, variable: str, source: pd.DataFrame, dataset: str, name: str
) -> pd.Series:
    """The records whose value is not that of their record in the source."""
    by = _joined_by(frame, source, dataset)
    values = _plain(frame[variable])
    if by is None:
        theirs = pd.DataFrame({SUBJECT: source[SUBJECT], variable: _plain(source[name])})
        mine = pd.DataFrame({SUBJECT: frame[SUBJECT], variable: values})
        found = mine.merge(theirs.drop_duplicates(), how="left", indicator="@in")["@in"]
        known = found.eq("both").set_axis(frame.index)
        return is_filled(frame[variable]) & ~known
    left, right = by
    if not left:
        return is_filled(frame[variable]) & ~values.isin(set(_plain(source[name])))
    held = source[right].assign(**{"@held": _plain(source[name])}).drop_duplicates(right)
    wanted = frame[left].merge(held, how="left", left_on=left, right_on=right)["@held"]
    return values.ne(wanted.fillna("").set_axis(frame.index))


def _joined_by(
    frame: pd.DataFrame, source: pd.DataFrame, dataset: str
) -> tuple[list[str], list[str]] | None:
    """The keys of a record in the frame and in the source; none where only the subject is known."""
    if SUBJECT not in source.columns or SUBJECT not in frame.columns:
        return [], []
    if not source[SUBJECT].duplicated().any():
        return [SUBJECT], [SUBJECT]
    sequence = "ASEQ" if dataset.startswith("AD") else f"{dataset}SEQ"
    if sequence not in source.columns:
        return None
    if sequence in frame.columns and sequence != "ASEQ":
        return [SUBJECT, sequence], [SUBJECT, sequence]
    named = {"SRCDOM", "SRCSEQ"} <= set(frame.columns)
    if named and frame["SRCDOM"].eq(dataset).all() and frame["SRCSEQ"].notna().all():
        return [SUBJECT, "SRCSEQ"], [SUBJECT, sequence]
    return None


def _plain(values: pd.Series) -> pd.Series:
    """Numbers and texts that can be compared; the missing are ''."""
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(object).where(values.notna(), "")
    return values
