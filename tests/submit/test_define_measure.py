"""What a column is in fact: type, length, decimals, as Define-XML 2.1 wants them."""

from __future__ import annotations

import pandas as pd
import pytest

from cdisc_hai.submit.define.measure import Measured, date_type, fits_type, measured, plain_number


@pytest.mark.parametrize(
    ("values", "declared", "expected"),
    [
        ([1.0, 250.0, None], "integer", Measured("integer", 3, None, "")),
        ([-12.0, 3.0], "integer", Measured("integer", 2, None, "")),
        ([12.5, 3.25], "float", Measured("float", 5, 2, "5.2")),
        ([12.0, 3.0], "float", Measured("integer", 2, None, "")),
        ([None, None], "float", Measured("float", 8, 0, "")),
        ([0.001, 1234.0], "float", Measured("float", 8, 3, "8.3")),
        ([100 / 3], "float", Measured("float", 18, 15, "")),
    ],
)
def test_numbers_are_as_long_and_as_exact_as_the_longest_of_them(
    values: list[float | None], declared: str, expected: Measured
) -> None:
    column = pd.Series(values, dtype=float)
    assert measured(column, declared, "utf-8", width=8) == expected


def test_a_sas_date_is_an_integer_with_the_format_of_its_spec() -> None:
    days = pd.Series([22000.0])
    assert measured(days, "sas_date", "utf-8", width=8, form="DATE9.") == Measured(
        "integer", 5, None, "DATE9."
    )


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["2024-03-01", "2024-02-29"], "date"),
        (["2024-03-01", "2024-03"], "partialDate"),
        (["2024"], "partialDate"),
        (["2024-03-01T10:00:00"], "datetime"),
        (["2024-03-01T10:00:00", "2024-03-01"], "partialDatetime"),
        (["2024-03-01T10:00"], "partialDatetime"),
        (["2024-03-01T10:00", "2024-03", "2024"], "partialDatetime"),
        (["2024---15"], "incompleteDatetime"),
        (["2024-03-01", "01MAR2024"], "text"),
        (["2024-13-01"], "text"),
    ],
)
def test_a_date_is_of_the_narrowest_type_that_holds_all_values(
    values: list[str], kind: str
) -> None:
    assert date_type(values) == kind


def test_a_wider_date_type_takes_what_the_narrower_one_takes() -> None:
    assert fits_type("2024-03-01", "partialDate")
    assert fits_type("2024-03-01", "partialDatetime")
    assert not fits_type("2024-03", "date")
    assert not fits_type("2024-03-01T10:00", "partialDate")


@pytest.mark.parametrize(("encoding", "length"), [("utf-8", 6), ("gb18030", 4)])
def test_a_text_is_as_long_as_its_bytes_in_the_studys_encoding(encoding: str, length: int) -> None:
    column = pd.Series(["肝脏", "", "x"], dtype=object)
    assert measured(column, "text", encoding, width=None) == Measured("text", length, None, "")


def test_a_text_of_a_file_is_as_long_as_the_file_says() -> None:
    column = pd.Series(["x"], dtype=object)
    assert measured(column, "text", "utf-8", width=20).length == 20


@pytest.mark.parametrize(
    ("number", "text"), [(1e-7, "0.0000001"), (3.10, "3.1"), (12.0, "12"), (-0.5, "-0.5")]
)
def test_a_number_is_written_without_exponent(number: float, text: str) -> None:
    assert plain_number(number) == text
