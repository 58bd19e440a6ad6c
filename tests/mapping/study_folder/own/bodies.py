"""Functions of a study's own, as a study's folder has them."""

from __future__ import annotations

import pandas as pd


def index(weight: pd.Series, height: pd.Series) -> pd.Series:
    """Body mass index of kilograms and centimetres."""
    metres = pd.to_numeric(height, errors="coerce") / 100
    return pd.to_numeric(weight, errors="coerce") / metres**2


def too_few(weight: pd.Series) -> list[str]:
    """One value whatever comes in."""
    return ["x"]


def broken(weight: pd.Series) -> pd.Series:
    """Fails."""
    raise KeyError("nothing")
