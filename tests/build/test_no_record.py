"""A row of which the specs make nothing is told with its line, never lost in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from cdisc_hai.build import build_sdtm
from tests.conftest import TINY_SPECS


def test_a_row_that_fits_no_condition_of_the_specs_is_an_error_and_counted(
    tiny_specs: Callable[..., Path], tiny_export: Callable[..., Path], tmp_path: Path
) -> None:
    text = str(TINY_SPECS["sdtm/vs.yaml"])
    narrow = text.replace("{form: vs}", "{form: vs, where: {taken: 01 MAR 2024}}")
    assert narrow != text
    out = tmp_path / "out"
    result = build_sdtm(raw=tiny_export(), specs=tiny_specs({"sdtm/vs.yaml": narrow}), out=out)
    (told,) = [f for f in result.findings if f.rule == "MAP-NO-RECORD"]
    assert (told.severity, told.sources) == ("error", ("vs.csv:3",))
    assert "not_submitted" in told.mend
    assert result.exit_code == 14
    counted = json.loads((out / "findings.json").read_text("utf-8"))["accounting"]["vs"]
    assert (counted["read"], counted["mapped"], counted["in_findings"]) == (2, 1, 1)
