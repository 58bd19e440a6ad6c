"""The words of a response, and the small integers that stand for them in arrays."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cdisc_hai.errors import DerivationError

CR, PR, SD, NON_CR_NON_PD, PD, NE = "CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE"
MISSING, NED, NA = "MISSING", "NED", "NA"
RESPONDERS = (CR, PR)

# The position of a term is its code; 0 stands for no term at all.
TERMS = ("", CR, PR, SD, NON_CR_NON_PD, PD, NE, MISSING, NED, NA)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Code(IntEnum):
    """Codes of the terms; from CR to MISSING a smaller code is a better best response."""

    NONE = 0
    CR = 1
    PR = 2
    SD = 3
    NON_CR_NON_PD = 4
    PD = 5
    NE = 6
    MISSING = 7
    NED = 8
    NA = 9


def encode(terms: Iterable[object]) -> Ints:
    """The code of each term; raises for a word that is no response."""
    codes = {term: code for code, term in enumerate(TERMS)}
    words = list(terms)
    unknown = sorted({str(word) for word in words if word not in codes})
    if unknown:
        raise DerivationError(f"no response: {', '.join(unknown)}; known: {', '.join(TERMS[1:])}")
    return np.array([codes[str(word)] for word in words], dtype=np.int64)


def decode(codes: Ints) -> npt.NDArray[np.object_]:
    """The term of each code, as an array of text."""
    return np.array(TERMS, dtype=object)[codes]


def severity(term: str) -> int:
    """Rank of a response among those of one day: NE < CR = NED < PR < SD < non-CR/non-PD < PD.

    Any other word has -1.
    """
    return SEVERITY[TERMS.index(term)] if term in TERMS else -1


# By code. NED says that nothing is left, as CR does; terms that are no assessment come first.
SEVERITY = (-1, 1, 2, 3, 4, 5, 0, -1, 1, -1)
