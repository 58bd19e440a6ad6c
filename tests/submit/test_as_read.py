"""What a build says of the files that it wrote is what reading them gives."""

import datetime
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from cdisc_hai.build.specs import study_of
from cdisc_hai.raw.xpt_file import read_xpt
from cdisc_hai.submit.transport import as_read, prepare, write_datasets

CREATED = datetime.datetime(2025, 12, 31)


def test_datasets_are_told_as_their_files_read(tmp_path: Path) -> None:
    study = study_of(None)
    spec = study.sdtm["VS"]
    rows = {v.name: ["x", "y"] if v.is_text else [1.5, np.nan] for v in spec.submitted}
    text = next(v.name for v in reversed(spec.submitted) if v.is_text)
    frame = pd.DataFrame(
        {
            n: pd.Series(values, dtype=object if values[0] == "x" else float)
            for n, values in rows.items()
        }
    ).assign(**{"VSORRES": ["blanks at the end  ", " in front é"], text: ["", None], "@src": ""})
    transport = prepare(study, {"VS": spec}, {"VS": frame})
    write_datasets(study, {"VS": spec}, transport, tmp_path, created=CREATED)

    told = as_read({"VS": spec}, transport, created=CREATED)["VS"]
    read = read_xpt(tmp_path / "vs.xpt", study.encoding)

    pd.testing.assert_frame_equal(told.frame, read.frame)
    assert replace(told, frame=read.frame) == read


def test_columns_that_a_file_does_not_change_are_shared() -> None:
    study = study_of(None)
    spec = study.sdtm["VS"]
    frame = pd.DataFrame(
        {
            v.name: pd.Series(["x"], dtype=object) if v.is_text else pd.Series([1.0])
            for v in spec.submitted
        }
    ).assign(**{"@src": ""})
    transport = prepare(study, {"VS": spec}, {"VS": frame})
    told = as_read({"VS": spec}, transport, created=CREATED)["VS"].frame
    assert np.shares_memory(np.asarray(told["VSORRES"]), np.asarray(frame["VSORRES"]))
