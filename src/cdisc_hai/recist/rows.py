"""The lesions of whole studies as flat arrays: what goes into the array form of ``assess``.

Columns of one class have one length and may be given as anything that numpy reads. Subjects,
visits and lesions are numbered from 0, as ``pandas.factorize`` numbers them; a lesion number of
-1 (not chosen at baseline) leaves the row out. Sizes are whole numbers of 0.01 mm, -1 where there
is none (``hundredths`` makes them); days may be NaN only where said.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import NonTargetState, TargetState
from cdisc_hai.recist.terms import Bools, Floats, Ints

TARGET_STATES: tuple[TargetState, ...] = (
    "measured",
    "too small",
    "absent",
    "not evaluable",
    "split",
    "merged",
)
NONTARGET_STATES: tuple[NonTargetState, ...] = ("present", "absent", "progressed", "not evaluable")


class TargetCode(IntEnum):
    """Codes of the states of a target lesion: positions in ``TARGET_STATES``."""

    MEASURED = 0
    TOO_SMALL = 1
    ABSENT = 2
    NOT_EVALUABLE = 3
    SPLIT = 4
    MERGED = 5


class NonTargetCode(IntEnum):
    """Codes of the states of a non-target lesion: positions in ``NONTARGET_STATES``."""

    PRESENT = 0
    ABSENT = 1
    PROGRESSED = 2
    NOT_EVALUABLE = 3


_DTYPES = {"Ints": np.int64, "Floats": np.float64, "Bools": np.bool_}


class _Columns:
    """Makes the columns arrays of their type and checks that they have one length."""

    def __post_init__(self) -> None:
        lengths = set()
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            dtype = _DTYPES[str(field.type)]
            column: npt.NDArray[Any] = np.asarray(getattr(self, field.name), dtype=dtype)
            object.__setattr__(self, field.name, column)
            lengths.add(len(column))
        if len(lengths) > 1:
            raise DerivationError(f"columns of {type(self).__name__} differ in length")


@dataclass(frozen=True)
class Lesions(_Columns):
    """The lesions chosen at baseline, one an entry: whose, and whether a lymph node."""

    subject: Ints
    nodal: Bools


@dataclass(frozen=True)
class Visits(_Columns):
    """The visits after baseline, sorted by subject and day.

    ``sum_day``: that of the target lesions, by which sums are before one another.
    """

    subject: Ints
    day: Floats
    sum_day: Floats


@dataclass(frozen=True)
class TargetRows(_Columns):
    """Target lesions as seen; ``at`` is the visit's number, for baseline rows the subject's.

    A split lesion has a row a fragment. ``host``: the lesion that a merged one went into, or -1.
    """

    at: Ints
    lesion: Ints
    state: Ints
    size: Ints
    host: Ints


@dataclass(frozen=True)
class NonTargetRows(_Columns):
    """Non-target lesions as seen; ``size`` is a node's short axis, or -1."""

    visit: Ints
    lesion: Ints
    state: Ints
    size: Ints


@dataclass(frozen=True)
class NewRows(_Columns):
    """Sightings of new lesions, numbered over the study; a NaN day stands for the visit's."""

    visit: Ints
    lesion: Ints
    equivocal: Bools
    day: Floats


def hundredths(millimetres: npt.ArrayLike) -> Ints:
    """Millimetres as whole numbers of 0.01 mm; missing and negative sizes are -1.

    A third decimal is rounded: no scan is measured to it, and up to two decimals are kept exactly.
    """
    sizes = np.asarray(millimetres, dtype=np.float64)
    return np.where(sizes >= 0, np.rint(np.nan_to_num(sizes) * 100), -1).astype(np.int64)


def pairs(at: Ints, lesion: Ints, lesions: Lesions, at_subject: Ints) -> Ints:
    """One number for each pair of visit and lesion; raises where they are of two subjects."""
    if (lesions.subject[lesion] != at_subject[at]).any():
        raise DerivationError("a lesion has a row at a visit of another subject")
    return at * len(lesions.subject) + lesion


def check_once(keys: Ints, what: str) -> None:
    """Raises where a pair of visit and lesion comes twice."""
    ordered = np.sort(keys)
    if (ordered[1:] == ordered[:-1]).any():
        raise DerivationError(f"{what} at one visit")
