"""Codes of the export against its dictionary, and against the decodes that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Form
from cdisc_hai.raw.dictionary import Dictionary
from cdisc_hai.raw.folded import fold, folded


def code_findings(frame: pd.DataFrame, form: Form, dictionary: Dictionary) -> Iterator[Finding]:
    """Codes that the dictionary does not know, and decodes that say otherwise than their code."""
    for column, codes in dictionary.codes_of(form.known_as).items():
        if column not in frame.columns:
            continue
        yield from _unknown(frame, form, column, codes, dictionary)
        beside = dictionary.decode_column(column)
        meanings = dictionary.meanings_of(form.known_as, column)
        if beside in frame.columns and beside != column and meanings:
            yield from _contradicted(frame, form, (column, beside), meanings)


def _unknown(
    frame: pd.DataFrame, form: Form, item: str, codes: frozenset[str], dictionary: Dictionary
) -> Iterator[Finding]:
    folded = {code.casefold() for code in codes}
    values = frame[item]
    bad = values.ne("") & ~values.str.casefold().isin(folded)
    for value, source in zip(values[bad], frame.loc[bad, "@src"], strict=True):
        yield Finding(
            rule="RAW-UNKNOWN-CODE",
            severity="error",
            message=f"'{value}' is not a code of {dictionary.list_of(form.known_as, item)}",
            variable=item,
            sources=(source,),
            spec=form.at,
            mend="correct the code in the EDC system, or add it to the code list",
        )


def _contradicted(
    frame: pd.DataFrame, form: Form, columns: tuple[str, str], meanings: Mapping[str, str]
) -> Iterator[Finding]:
    """Codes whose decode is another's; small and capital letters and blanks count alike."""
    column, beside = columns
    code, decode = folded(frame[column]), folded(frame[beside])
    right = code.map({fold(c): d for c, d in meanings.items()})
    bad = decode.ne("") & (code.eq("") | right.notna()) & decode.ne(folded(right.fillna("")))
    rows = frame[bad]
    for value, told, wanted, source in zip(
        rows[column], rows[beside], right[bad].fillna(""), rows["@src"], strict=True
    ):
        means = f"'{value}' means '{wanted}'" if value else "there is no code"
        yield Finding(
            rule="RAW-DECODE-DIFFERS",
            severity="error",
            message=f"{means}, but {beside} beside it says '{told}'; the code is used",
            variable=column,
            sources=(source,),
            spec=form.at,
            mend="correct the code or its decode in the EDC system, and export again",
        )
