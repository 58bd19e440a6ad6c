"""What is told of lesions that were badly chosen, and of results that differ."""

import random
from typing import Any

import pandas as pd

from cdisc_hai.recist.baseline import baseline_remarks
from cdisc_hai.recist.lesions import Baseline, Lesion, TargetValue
from tests.derive.calls import run
from tests.derive.drawn_dates import frame

LESIONS: dict[str, Any] = {
    "dataset": "TU",
    "link": "TULNKID",
    "target": {"TUSTRESC": "TARGET"},
    "nontarget": {"TUSTRESC": "NON-TARGET"},
    "node": {"TULOC": "LYMPH NODE"},
    "organ": "TULOC",
    "slice": "SLICE",
}
ASKED: dict[str, Any] = {
    "dataset": "TR",
    "link": "TRLNKID",
    "visit": "VISIT",
    "date": "ADT",
    "size": "TRSTRESN",
    "baseline": {"VISIT": "BASE"},
    "present": {"TRSTRESC": "PRESENT"},
    "absent": {"TRSTRESC": "ABSENT"},
}


def told(tu: pd.DataFrame, tr: pd.DataFrame, **more: Any) -> list[tuple[str, str, str]]:
    """Rule, message and record of every doubt."""
    who = sorted(set(tu["USUBJID"]))
    subjects = pd.DataFrame({"USUBJID": who, "@ref": [f"ADSL:{n + 1}" for n in range(len(who))]})
    found = run(
        "lesion_responses",
        subjects,
        {"TU": tu, "TR": tr},
        lesions=LESIONS,
        results=ASKED,
        **more,
    )
    return [
        (doubt.rule, message, ref)
        for doubt in found.doubts
        for message, ref in zip(doubt.messages, doubt.refs, strict=True)
    ]


TU = frame(
    """
    | USUBJID | TULNKID | TUSTRESC   | TULOC      | SLICE# |
    | A       | T01     | TARGET     | LIVER      | 8      |
    | A       | T02     | TARGET     | LIVER      |        |
    | A       | T03     | TARGET     | LIVER      |        |
    | A       | T04     | TARGET     | LYMPH NODE |        |
    | A       | NT01    | NON-TARGET | LIVER      |        |
    | B       | T01     | TARGET     | LUNG       |        |
    """,
    "TU",
)
TR = frame(
    """
    | USUBJID | TRLNKID | TRSTRESC | TRSTRESN# | VISIT | ADT@       |
    | A       | T01     | 15       | 15        | BASE  | 2024-01-01 |
    | A       | T02     | 10       | 10        | BASE  | 2024-01-01 |
    | A       | T04     | 14.9     | 14.9      | BASE  | 2024-01-01 |
    | A       | NT01    | PRESENT  |           | BASE  | 2024-01-01 |
    | B       | T01     | 9.5      | 9.5       | BASE  | 2024-01-01 |
    """,
    "TR",
)


def test_targets_too_small_without_value_or_too_many_in_an_organ_are_told_with_their_record() -> (
    None
):
    assert told(TU, TR) == [
        (
            "ADAM-TARGET-CHOICE",
            "target T01: longest diameter 15 mm at baseline is below 16 mm: not measurable",
            "TU:1",
        ),
        (
            "ADAM-TARGET-CHOICE",
            "target T04: short axis 14.9 mm at baseline is below 15 mm: not measurable",
            "TU:4",
        ),
        (
            "ADAM-TARGET-CHOICE",
            "target T01: longest diameter 9.5 mm at baseline is below 10 mm: not measurable",
            "TU:6",
        ),
        (
            "ADAM-TARGET-CHOICE",
            "target T03 has no value at baseline: the subject has no sum",
            "TU:3",
        ),
        ("ADAM-TARGET-CHOICE", "3 target lesions in LIVER, at most 2", "TU:1"),
    ]


def test_the_figures_by_which_targets_are_chosen_are_settings() -> None:
    criteria = {"measurable_longest": 9, "measurable_node": 14, "max_targets": 3}
    rows = TR.assign(TRSTRESN=TR["TRSTRESN"] + 1)
    assert [message for _, message, _ in told(TU, rows, criteria=criteria)] == [
        "target T03 has no value at baseline: the subject has no sum",
        "4 target lesions, at most 3",
        "3 target lesions in LIVER, at most 2",
    ]


def test_results_of_one_lesion_and_visit_that_differ_are_told_and_equal_ones_are_not() -> None:
    more = frame(
        """
        | USUBJID | TRLNKID | TRSTRESC | TRSTRESN# | VISIT | ADT@       |
        | B       | T01     | 20       | 20        | BASE  | 2024-01-01 |
        | B       | T01     | 20       | 20        | BASE  | 2024-01-02 |
        | B       | T01     | 18       | 18        | W6    | 2024-02-10 |
        | B       | T01     | 30       | 30        | W6    | 2024-05-10 |
        | B       | T01     |          |           | W12   | 2024-06-10 |
        | B       | T01     | 31       | 31        | W12   | 2024-06-10 |
        """,
        "TR",
    )
    assert told(TU[TU["USUBJID"] == "B"], more) == [
        (
            "ADAM-LESION-TWICE",
            "lesion T01 has results at visit W6 that differ; the first is taken",
            "TR:4",
        )
    ]


def test_for_whole_studies_as_for_one_subject() -> None:
    chance = random.Random(11)
    places = ("LIVER", "LUNG", "LYMPH NODE")
    chosen = [
        (f"S{n:03d}", f"T{m:02d}", chance.choice(places), chance.choice([None, 4.0, 8.0]),
         chance.choice([None, 8.0, 9.99, 10.0, 14.99, 15.0, 16.0, 30.0]))
        for n in range(200) for m in range(1, chance.randint(1, 7) + 1)
    ]  # fmt: skip
    tu = pd.DataFrame(chosen, columns=["USUBJID", "TULNKID", "TULOC", "SLICE", "mm"])
    tu = tu.assign(TUSTRESC="TARGET", **{"@ref": [f"TU:{n + 1}" for n in range(len(tu))]})
    tr = tu.dropna(subset="mm").rename(columns={"TULNKID": "TRLNKID", "mm": "TRSTRESN"})
    tr = tr.assign(VISIT="BASE", ADT=23376.0, TRSTRESC="", TRTESTCD="LDIAM")
    found = told(tu.drop(columns="mm"), tr.reset_index(drop=True))
    wanted = 0
    for _, mine in tu.groupby("USUBJID"):
        rows = mine.to_dict("records")
        targets = tuple(
            Lesion(
                row["TULNKID"],
                row["TULOC"],
                nodal=row["TULOC"] == "LYMPH NODE",
                slice=None if pd.isna(row["SLICE"]) else round(100 * row["SLICE"]),
            )
            for row in rows
        )
        values = tuple(
            TargetValue(row["TULNKID"], "measured", round(100 * row["mm"]))
            for row in rows
            if not pd.isna(row["mm"])
        )
        wanted += len(baseline_remarks(Baseline(targets, values)))
    assert len(found) == wanted > 500


def test_a_visit_without_a_day_and_without_a_response_is_told_and_not_assessed() -> None:
    undated = frame(
        """
        | USUBJID | TRLNKID | TRSTRESC | TRSTRESN# | VISIT  | ADT@       |
        | A       | T01     | 15       | 15        | BASE   | 2024-01-01 |
        | A       | T01     | 9        | 9         | WEEK 8 |            |
        """,
        "TR",
    )
    doubts = told(TU[:1], undated)
    assert (
        "ADAM-VISIT-UNDATED",
        "neither scans nor a response give visit WEEK 8 its date; the visit is not assessed",
        "TR:2",
    ) in doubts
    assert not any(rule == "ADAM-VISIT-UNDATED" for rule, _, _ in told(TU[:1], undated[:1]))
