"""The items of the forms as the export's dictionary tells them."""

from __future__ import annotations

import pandas as pd

from cdisc_hai.raw.catalogue import Choice, Item, catalogue_of, choices_of, of_columns

ITEMS = pd.DataFrame(
    [
        ("vs", "Vital signs", "pulse", "Pulse", "number", "/min", ""),
        ("vs", "Vital signs", "position", "Position of the body", "code", "", "POS"),
    ],
    columns=["form", "formlabel", "item", "label", "type", "unit", "codelist"],
)
CODES = pd.DataFrame(
    [("POS", "1", "Sitting"), ("POS", "2", "Supine"), ("NY", "Y", "Yes")],
    columns=["codelist", "code", "decode"],
)
NAMED = {
    "form": "form",
    "form_label": "formlabel",
    "item": "item",
    "label": "label",
    "type": "type",
    "unit": "unit",
    "codelist": "codelist",
}


def test_items_keep_the_dictionary_s_order_and_have_the_choices_of_their_codelist() -> None:
    choices = choices_of(CODES, {"codelist": "codelist", "code": "code", "decode": "decode"})

    assert catalogue_of(ITEMS, NAMED, choices) == (
        Item("vs", "pulse", "Pulse", "Vital signs", "number", unit="/min"),
        Item(
            "vs",
            "position",
            "Position of the body",
            "Vital signs",
            "code",
            choices=(Choice("1", "Sitting"), Choice("2", "Supine")),
        ),
    )


def test_what_the_specs_do_not_name_is_empty() -> None:
    bare = catalogue_of(ITEMS, {"form": "form", "item": "item"}, {})

    assert bare == (Item("vs", "pulse"), Item("vs", "position"))


def test_codes_without_a_column_of_decodes_mean_nothing() -> None:
    choices = choices_of(CODES, {"codelist": "codelist", "code": "code"})

    assert choices["NY"] == (Choice("Y", ""),)


def test_an_export_without_a_dictionary_has_its_columns_for_items() -> None:
    assert of_columns({"vs": ["subject", "pulse", "@src"]}) == (
        Item("vs", "subject"),
        Item("vs", "pulse"),
    )
