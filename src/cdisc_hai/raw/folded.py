"""Texts for comparing: small and capital letters and blanks count alike."""

from __future__ import annotations

import numpy as np
import pandas as pd


def fold(text: str) -> str:
    """One text, folded."""
    return " ".join(text.casefold().split())


def folded(values: pd.Series) -> pd.Series:
    """A column of texts, each distinct one folded once."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    words = np.array([*(fold(str(text)) for text in distinct), ""], dtype=object)
    return pd.Series(words[codes], index=values.index, dtype=object)
