"""A function of the study's own, for what no operation says."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cdisc_hai.errors import MappingError
from cdisc_hai.mapping.result import Mapped
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.functions import function_of
from cdisc_hai.registry import Param, operation


@operation(
    "python",
    stage="row",
    sentence="The study's function {function} of {columns}: {says}.",
    function=Param("function"),
    columns=Param("[column]"),
    says=Param("text"),
    folder=Param("study:folder", required=False),
)
def python(
    rows: pd.DataFrame, *, function: str, columns: Sequence[str], says: str, folder: str = ""
) -> Mapped:
    """What a function of the study's folder makes of some columns.

    It is called with the columns in order, each a pandas Series of texts, and gives a Series
    (or a list) of as many values. MappingError names the function where it fails or gives
    anything else.
    """
    made = function_of(folder, function)
    try:
        given = made(*(texts(rows[column]) for column in columns))
    except Exception as error:
        raise MappingError(f"function '{function}': {type(error).__name__}: {error}") from error
    values = given if isinstance(given, pd.Series) else pd.Series(list(given), dtype=object)
    if len(values) != len(rows):
        raise MappingError(
            f"function '{function}' gave {len(values)} values for {len(rows)} rows; "
            "it is to give one a row"
        )
    return Mapped(values.set_axis(rows.index))
