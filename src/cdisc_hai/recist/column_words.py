"""Sentences of whole columns: each value is worded once, and the parts are put together after."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from cdisc_hai.recist.terms import Ints

Texts = npt.NDArray[np.object_]


def written(values: Ints, word: Callable[[int], str] = str) -> Texts:
    """The words of whole numbers, one call of ``word`` for each that differs."""
    distinct, place = np.unique(values, return_inverse=True)
    return np.array([*map(word, distinct.tolist()), ""], dtype=object)[place]


def joined(*parts: Texts | str) -> Texts:
    """Texts and columns of texts one behind the other; the first part is a column or a text."""
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return np.asarray(found, dtype=object)
