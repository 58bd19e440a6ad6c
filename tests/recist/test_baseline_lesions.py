"""Remarks on the target lesions chosen at baseline."""

import pytest

from cdisc_hai.recist.assess import baseline_sum
from cdisc_hai.recist.baseline import baseline_remarks, least_measurable
from cdisc_hai.recist.lesions import Baseline, Lesion, TargetValue


def baseline(*lesions: tuple[Lesion, int | None]) -> Baseline:
    values = (TargetValue(one.name, "measured", size) for one, size in lesions if size is not None)
    return Baseline(tuple(one for one, _ in lesions), tuple(values))


def liver(number: int, **more: object) -> Lesion:
    return Lesion(f"T{number}", "liver", **more)


def test_two_lesions_an_organ_of_measurable_size_raise_no_remark() -> None:
    node = Lesion("T3", "neck", nodal=True)
    assert baseline_remarks(baseline((liver(1), 1000), (liver(2), 4000), (node, 1500))) == ()


def test_lesions_below_their_measurable_size_are_told() -> None:
    node = Lesion("T2", "neck", nodal=True)
    assert baseline_remarks(baseline((liver(1), 999), (node, 1490))) == (
        "T1: longest diameter 9.99 mm is below 10 mm: not measurable",
        "T2: short axis 14.9 mm is below 15 mm: not measurable",
    )


@pytest.mark.parametrize(
    ("lesion", "least"),
    [
        (liver(1), 1000),
        (liver(1, slice=500), 1000),
        (liver(1, slice=501), 1002),
        (liver(1, slice=800), 1600),
        (liver(1, method="caliper", slice=800), 1000),
        (liver(1, method="x-ray"), 2000),
        (Lesion("T1", nodal=True, slice=1000), 1500),
    ],
)
def test_the_measurable_size_depends_on_the_method(lesion: Lesion, least: int) -> None:
    assert least_measurable(lesion) == least


def test_more_than_two_lesions_in_one_organ_are_told() -> None:
    three = baseline((liver(1), 2000), (liver(2), 2000), (liver(3), 2000))
    assert baseline_remarks(three) == ("3 target lesions in liver, at most 2",)


def test_all_lymph_nodes_are_one_organ() -> None:
    nodes = [
        Lesion(f"T{n}", organ, nodal=True) for n, organ in enumerate(("neck", "hilum", "groin"))
    ]
    remarks = baseline_remarks(baseline(*((node, 2000) for node in nodes)))
    assert remarks == ("3 target lesions in lymph nodes, at most 2",)


def test_more_than_five_lesions_are_told() -> None:
    organs = ("liver", "liver", "lung", "lung", "skin", "skin")
    six = baseline(*((Lesion(f"T{n}", organ), 2000) for n, organ in enumerate(organs)))
    assert baseline_remarks(six) == ("6 target lesions, at most 5",)


def test_a_target_without_a_value_at_baseline_is_told_and_there_is_no_sum() -> None:
    partial = baseline((liver(1), 2000), (liver(2), None))
    assert baseline_remarks(partial) == ("T2: no value at baseline, so no sum",)
    assert baseline_sum(partial) is None


def test_the_sum_adds_longest_diameters_and_short_axes() -> None:
    assert baseline_sum(baseline((liver(1), 2050), (Lesion("T2", nodal=True), 1500))) == 3550
