"""The contracts of one variable, each made from its entry in the spec alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.contract import Contract, all_texts, each, is_text, texts
from cdisc_hai.conform.iso8601 import (
    is_complete_date,
    is_duration,
    is_moment,
    is_partial_date,
)
from cdisc_hai.metadata import Dataset, Study, Variable
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.numbers import as_numbers

TEXT_BYTES = 200  # SAS transport files, version 5
_MOST_BYTES = 4  # that a character takes in UTF-8 or GB 18030
_TERMS_TOLD = 8
_CORRECT = "correct the value where it was collected or derived"
_DATES: dict[str, tuple[Callable[[str], bool], str]] = {
    "date": (is_complete_date, "is no day of the calendar as ISO 8601 (YYYY-MM-DD)"),
    "partialDate": (is_partial_date, "is no date, complete or partial, as ISO 8601"),
    "datetime": (is_moment, "is no date, with or without a time, as ISO 8601"),
    "duration": (is_duration, "is no duration as ISO 8601"),
}


def column_contracts(study: Study, dataset: Dataset, variable: Variable) -> tuple[Contract, ...]:
    """Everything that the spec asks of one variable."""
    return tuple(contract for maker in _MAKERS for contract in maker(study, dataset, variable))


def _type(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    fine, says = (_is_text, "text") if variable.is_text else (_is_number, "a number")
    yield Contract(
        "CONTRACT-TYPE",
        variable.name,
        fine,
        f"is not {says}, which the spec asks for",
        "write texts as text (empty when missing) and numbers as numbers, or mend the spec's type",
        (variable.name,),
    )


def _is_text(values: pd.Series) -> pd.Series | bool:
    if isinstance(values.dtype, pd.StringDtype):
        return values.notna()
    if not pd.api.types.is_object_dtype(values):
        return False
    return all_texts(values) or is_text(values)


def _is_number(values: pd.Series) -> pd.Series | bool:
    if pd.api.types.is_object_dtype(values):
        # a text that looks like a number is none
        return values.isna() | (~is_text(values) & as_numbers(values).notna())
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _required(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if variable.core == "Req":
        yield Contract(
            "CONTRACT-REQUIRED",
            variable.name,
            present,
            f"no {variable.name}, which every record needs",
            "complete the record where it was collected or derived",
        )


def _blank(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if variable.is_text:
        yield Contract(
            "CONTRACT-BLANK",
            variable.name,
            each(lambda text: text[:1] != " ", surely=_no_blank),
            "begins with a blank",
            "take leading blanks off",
            (variable.name,),
        )


def _no_blank(texts: list[str]) -> bool:
    return "\n " not in "\n" + "\n".join(texts)


def _length(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if not variable.is_text:
        return

    def short(text: str) -> bool:
        if len(text) <= TEXT_BYTES and text.isascii():
            return True
        # what the encoding does not have is told when the file is written
        return len(text.encode(study.encoding, "replace")) <= TEXT_BYTES

    yield Contract(
        "CONTRACT-LENGTH",
        variable.name,
        each(short, surely=_all_short),
        f"takes more than {TEXT_BYTES} bytes in {study.encoding}",
        "shorten the text, or put the rest into a supplemental qualifier",
        (variable.name,),
    )


def _all_short(texts: list[str]) -> bool:
    return max(map(len, texts), default=0) <= TEXT_BYTES // _MOST_BYTES


def _term(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    codelist = study.codelists.get(variable.codelist)
    if codelist is None:
        return
    known = codelist.values
    terms = {"", *known}
    told = ", ".join(known[:_TERMS_TOLD]) + (", ..." if len(known) > _TERMS_TOLD else "")
    allowed = [float(term) for term in known if _reads(term)]
    yield Contract(
        "CONTRACT-TERM",
        variable.name,
        each(lambda text: text in terms)
        if variable.is_text
        else lambda values: as_numbers(values).isna() | as_numbers(values).isin(allowed),
        f"is no term of codelist {codelist.name} ({told})",
        f"use one of its terms, or add the term at {codelist.at}",
        (variable.name,),
    )


def _reads(term: str) -> bool:
    return term.lstrip("-").replace(".", "", 1).isdigit()


def _date(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if variable.type in _DATES:
        fine, says = _DATES[variable.type]
        yield Contract(
            "CONTRACT-DATE",
            variable.name,
            each(lambda text: not text or fine(text)),
            says,
            f"{_CORRECT}; leave unknown parts out as in 2023-03 or 2023---15",
            (variable.name,),
        )


def _whole(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if variable.type in ("integer", "sas_date"):
        yield Contract(
            "CONTRACT-WHOLE",
            variable.name,
            _is_whole,
            "is no whole number",
            f"{_CORRECT}, or mend the spec's type",
            (variable.name,),
        )


def _is_whole(values: pd.Series) -> pd.Series:
    found = as_numbers(values)
    return found.isna() | found.eq(np.floor(found))


def _day_zero(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    if variable.name.endswith("DY") and not variable.is_text:
        yield Contract(
            "CONTRACT-DAY-ZERO",
            variable.name,
            lambda values: as_numbers(values).ne(0),
            "is no study day: day 1 is the reference day, and the day before it is -1",
            "count study days without a day 0 (SDTMIG 4.4.4)",
            (variable.name,),
        )


def _domain(study: Study, dataset: Dataset, variable: Variable) -> Iterator[Contract]:
    names = {"DOMAIN": dataset.name}
    if dataset.name.startswith("SUPP"):  # comments and relationships name the domains of others
        names["RDOMAIN"] = dataset.name.removeprefix("SUPP")
    if dataset.standard == "sdtm" and variable.name in names:
        name = names[variable.name]
        yield Contract(
            "CONTRACT-DOMAIN",
            variable.name,
            lambda values: texts(values).isin(("", name)),
            f"stands in the dataset of {name}",
            f"write {name} in every record, or move the record to its own dataset",
            (variable.name,),
        )


_MAKERS = (_type, _required, _blank, _length, _term, _date, _whole, _day_zero, _domain)
