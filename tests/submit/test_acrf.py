"""The annotated CRF: what stands on it, and the document."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from fontTools.ttLib import TTFont

from cdisc_hai.metadata.targets import Target
from cdisc_hai.raw.catalogue import Choice, Item
from cdisc_hai.submit.acrf import Crf, Sheet, acrf_pdf, sheets
from cdisc_hai.submit.acrf.font import embedded

ITEMS = (
    Item("vs", "subject", "Subject", "Vital signs"),
    Item("vs", "pulse", "Pulse", "Vital signs", "number", unit="/min"),
    Item("vs", "position", "体位", "Vital signs", choices=(Choice("1", "Sitting"),)),
    Item("ae", "term", "Adverse event", "Adverse events", "text"),
)
TARGETS = {
    ("vs", "subject"): (Target("VS", "USUBJID"), Target("VS", "VISIT")),
    ("vs", "pulse"): (Target("VS", "VSORRES", when=("PULSE",), topic="VSTESTCD"),),
    ("ae", "term"): (Target("AE", "AETERM"),),
}
LABELS = {"VS": "Vital Signs", "AE": "Adverse Events"}


@pytest.fixture(scope="module")
def drawn() -> tuple[Sheet, ...]:
    return sheets(ITEMS, TARGETS, labels=LABELS, system={"vs": frozenset({"subject"})})


@pytest.fixture(scope="module")
def crf(drawn: tuple[Sheet, ...]) -> Crf:
    visits = (("SCREENING", ("vs",)), ("Not bound to a visit", ("ae",)))
    return Crf("AB-1", "A study", drawn, visits)


def _notes(drawn: tuple[Sheet, ...], form: str, item: str) -> list[str]:
    lines = [line for sheet in drawn if sheet.form == form for line in sheet.lines]
    return [note.text for line in lines if line.item == item for note in line.notes]


def test_an_item_stands_beside_its_target(drawn: tuple[Sheet, ...]) -> None:
    assert _notes(drawn, "vs", "pulse") == ["VS.VSORRES when VSTESTCD = PULSE"]


def test_an_item_without_a_target_says_not_submitted(drawn: tuple[Sheet, ...]) -> None:
    assert _notes(drawn, "vs", "position") == ["[NOT SUBMITTED]"]


def test_columns_of_the_edc_system_name_all_their_variables_in_one_annotation(
    drawn: tuple[Sheet, ...],
) -> None:
    assert _notes(drawn, "vs", "subject") == ["VS.USUBJID, VS.VISIT"]


def test_a_form_names_the_datasets_that_it_feeds(drawn: tuple[Sheet, ...]) -> None:
    assert [note.text for note in drawn[0].datasets] == ["VS (Vital Signs)"]


def test_choices_show_what_they_mean_with_their_code(drawn: tuple[Sheet, ...]) -> None:
    assert drawn[0].lines[2].choices == ("Sitting (1)",)


def test_the_same_forms_give_the_same_bytes(crf: Crf) -> None:
    assert acrf_pdf(crf)[0] == acrf_pdf(crf)[0]


def test_every_item_has_its_pages_behind_the_contents(crf: Crf) -> None:
    _, pages = acrf_pdf(crf)

    assert pages == {
        ("vs", "subject"): (2,),
        ("vs", "pulse"): (2,),
        ("vs", "position"): (2,),
        ("ae", "term"): (3,),
    }


def test_a_form_longer_than_a_page_goes_on_with_the_right_page_numbers() -> None:
    many = tuple(Item("lb", f"item{n}", f"Item {n}") for n in range(60))
    document, pages = acrf_pdf(Crf("AB-1", "", sheets(many, {}, labels={}, system={}), ()))

    last = len(re.findall(rb"/Type /Page\b", document))
    assert last > 2
    assert pages["lb", "item0"] == (2,)
    assert pages["lb", "item59"] == (last,)


def test_an_item_with_more_choices_than_a_page_holds_stands_on_several() -> None:
    choices = tuple(Choice(str(n), f"Choice {n}") for n in range(90))
    item = Item("lb", "long", "Long list", choices=choices)
    _, pages = acrf_pdf(Crf("AB-1", "", sheets((item,), {}, labels={}, system={}), ()))

    assert pages["lb", "long"] == (2, 3)


def test_bookmarks_go_by_form_and_by_visit(crf: Crf) -> None:
    titles = re.findall(rb"/Title \(([^)]*)\)", acrf_pdf(crf)[0])

    assert Counter(title.decode("latin-1") for title in titles if b"case" not in title) == {
        "Contents": 1,
        "Forms": 1,
        "Visits": 1,
        "SCREENING": 1,
        "Not bound to a visit": 1,
        "Vital signs": 2,
        "Adverse events": 2,
    }


def test_every_font_of_the_document_is_embedded(crf: Crf) -> None:
    document, _ = acrf_pdf(crf)

    fonts = set(re.findall(rb"/BaseFont /(\S+)", document))
    assert {name.split(b"+")[-1] for name in fonts} == {b"Acrf"}
    assert len(re.findall(rb"/FontFile2 ", document)) == len(fonts)


def test_the_font_has_latin_and_chinese_characters() -> None:
    font = TTFont(io.BytesIO(embedded("Pulse 体位")))

    assert {ord(c) for c in "Pulse体位"} <= font.getBestCmap().keys()
    assert font["glyf"][font.getBestCmap()[ord("体")]].numberOfContours > 1


def test_what_the_font_lacks_does_not_stop_the_document() -> None:
    item = Item("x", "y", "Label \N{RUNIC LETTER FEHU FEOH FE F}")

    document, _ = acrf_pdf(Crf("AB-1", "", sheets((item,), {}, labels={}, system={}), ()))

    assert document.startswith(b"%PDF-")


@pytest.mark.parametrize("forms", [1, 30, 40, 41, 90])
def test_pages_are_counted_as_the_document_has_them_however_long_the_contents(forms: int) -> None:
    items = tuple(Item(f"form{n}", "item") for n in range(forms))
    document, pages = acrf_pdf(Crf("AB-1", "A study", sheets(items, {}, labels={}, system={}), ()))

    last = len(re.findall(rb"/Type /Page\b", document))
    assert [pages[f"form{n}", "item"] for n in range(forms)] == [
        (last - forms + 1 + n,) for n in range(forms)
    ]
