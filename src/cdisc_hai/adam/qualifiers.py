"""Supplemental qualifiers as columns of the records that they qualify (SDTMIG 8.4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from cdisc_hai.derive.merged import one_row
from cdisc_hai.derive.subjects import Subjects, taken
from cdisc_hai.metadata.numbers import as_numbers

SUBJECT = "USUBJID"
EXACT = 2.0**53  # whole numbers below it are told apart as doubles

Keys = npt.NDArray[np.int64]


def with_qualifiers(
    parent: pd.DataFrame, supp: pd.DataFrame, own: pd.DataFrame, subjects: Subjects
) -> pd.DataFrame:
    """SUPP-- values as columns of the parent: matched by IDVAR, or by the subject.

    ``own`` has the parent's rows with every variable that it was delivered with; none of them is
    overwritten. Of several values of one qualifier the first counts.
    """
    for rows, theirs, mine in _matched(parent, supp, own, subjects):
        named = rows["QNAM"].to_numpy(dtype=object)
        for name in sorted(set(pd.unique(named)) - set(own.columns)):
            those = named == name
            values = _beside(theirs[those], rows["QVAL"][those], mine)
            if name in parent.columns:  # told before, by another identifying variable
                values = np.where(parent[name].ne(""), parent[name], values)
            parent = parent.assign(**{name: pd.Series(values, index=parent.index, dtype=object)})
    return parent


def _matched(
    parent: pd.DataFrame, supp: pd.DataFrame, own: pd.DataFrame, subjects: Subjects
) -> Iterator[tuple[pd.DataFrame, Keys, Keys]]:
    """For each identifying variable its qualifiers, their keys, and those of the parent's rows."""
    idvars = supp["IDVAR"].to_numpy(dtype=object)
    for idvar in sorted(one for one in pd.unique(idvars) if isinstance(one, str)):
        if idvar and idvar not in own.columns:
            continue
        rows = supp[(idvars == idvar) & supp["QVAL"].notna().to_numpy()]
        theirs = subjects.coded(rows[SUBJECT]).codes.astype(np.int64)
        mine = subjects.coded(parent[SUBJECT]).codes.astype(np.int64)
        if idvar:
            ids, own_ids, count = _identifiers(rows["IDVARVAL"], own[idvar])
            theirs, mine = theirs * count + ids, mine * count + own_ids
        yield rows, theirs, mine


def _beside(keys: Keys, values: pd.Series, mine: Keys) -> npt.NDArray[np.object_]:
    """For each own key the first value with it, "" where there is none."""
    return np.asarray(taken(values, one_row(mine, keys, "first")), dtype=object)


def _identifiers(one: pd.Series, other: pd.Series) -> tuple[Keys, Keys, int]:
    """Identifying values of two columns by number, alike where they are written alike."""
    codes, words = zip(*map(_identifier, (one, other)), strict=True)
    number, distinct = pd.factorize(np.concatenate(words))
    split = len(words[0])
    return number[:split][codes[0]], number[split:][codes[1]], len(distinct)


def _identifier(values: pd.Series) -> tuple[Keys, npt.NDArray[np.object_]]:
    """The number of each value's text, and the texts, with numbers written alike."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    every = pd.Series(distinct)
    numbers = as_numbers(every)
    words = every.astype(object).map(str).str.strip()
    whole = (numbers == numbers.round()) & (numbers.abs() < EXACT)
    words = words.where(~whole, numbers.where(whole, 0).astype("int64").astype(str))
    return codes, words.to_numpy(dtype=object)
