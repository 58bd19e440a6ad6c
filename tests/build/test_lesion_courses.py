"""What the commands on lesions read of the dataset that derives them."""

from cdisc_hai.build.lesion_courses import as_derived
from tests.drawn import frame, plain


def test_visits_stand_under_the_names_of_the_derivation_whatever_the_dataset_makes_of_them() -> (
    None
):
    made = frame("""
        | USUBJID | RESP | AVALC | ~AVALC | ~TRGRESP | ~SUM# | ~USUBJID |
        | A       | CR   | 1     | CR     | CR       | 12.5  | A        |
        | A       |      |       |        |          |       | A        |
    """)
    made.loc[1, "~TRGRESP"] = float("nan")  # a visit of the baseline has none
    found = as_derived(made)[["USUBJID", "AVALC", "TRGRESP", "SUM"]]
    assert plain(found) == [
        ("USUBJID", ["A", "A"]),
        ("AVALC", ["CR", ""]),
        ("TRGRESP", ["CR", ""]),
        ("SUM", [12.5, None]),
    ]
