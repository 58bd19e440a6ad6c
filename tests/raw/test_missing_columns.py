"""A column that the specs read and the export lacks."""

from __future__ import annotations

from cdisc_hai.build.specs import study_of
from cdisc_hai.raw import read_export
from tests.build import exports


def test_a_column_that_the_specs_read_and_the_export_lacks_is_told_and_taken_as_empty(tmp_path):
    def without(form: str, rows: list[exports.Row]) -> list[exports.Row]:
        return (
            [{k: v for k, v in r.items() if k != "tldiam"} for r in rows] if form == "tl" else rows
        )

    export = read_export(exports.copy(tmp_path / "raw", without), study_of(None))
    (told,) = [f for f in export.findings if f.rule == "RAW-MISSING-COLUMN"]
    assert (told.severity, told.sources) == ("error", ("tl.csv:1",))
    assert told.spec.startswith("specs/sdtm/tr.yaml:")
    assert set(export.frames["tl"]["tldiam"]) == {""}
