"""A function of the study's own: from the study's folder alone, and told by name when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cdisc_hai.errors import MappingError
from cdisc_hai.mapping.own_function import python
from tests.conftest import TINY_SPECS
from tests.drawn import frame
from tests.mapping.text_cases import FOLDER

ROWS = frame("| x |\n| 1 |\n| 2 |")


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("own.bodies.too_few", r"'own\.bodies\.too_few' gave 1 values for 2 rows"),
        ("own.bodies.broken", r"function 'own\.bodies\.broken': KeyError: 'nothing'"),
        ("own.bodies.nobody", r"bodies\.py has no such function"),
        ("own.nowhere.index", r"no file own/nowhere\.py in the folder of specs"),
        ("os.system", r"no file os\.py in the folder of specs"),
        ("index", r"'index' is to be a dotted path"),
        ("..bodies.index", r"is to be a dotted path"),
    ],
)
def test_what_is_no_function_of_the_folder_stops(function: str, message: str) -> None:
    with pytest.raises(MappingError, match=message):
        python(ROWS, function=function, columns=["x"], says="", folder=FOLDER)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text("def f(x):\n    return x\n")
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "inside.py").symlink_to(tmp_path / "outside.py")
    with pytest.raises(MappingError, match="leads out of the folder of specs"):
        python(ROWS, function="inside.f", columns=["x"], says="", folder=str(folder))


def test_a_function_that_is_not_there_is_a_fault_of_the_specs(
    faults: Callable[..., list[str]],
) -> None:
    spec = TINY_SPECS["sdtm/vs.yaml"].replace(
        "map: {op: assign, column: result}",
        "map: {op: python, function: own.f, columns: [result], says: nothing}",
    )
    assert faults({"sdtm/vs.yaml": spec}) == [
        "specs/sdtm/vs.yaml:13: no file own.py in the folder of specs"
    ]
