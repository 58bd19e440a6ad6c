"""The data cut-off of one record block, where a form has records of several days in a row."""

from __future__ import annotations

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Block
from cdisc_hai.metadata.dates import day_bounds, day_of_iso, read_dates
from cdisc_hai.metadata.frames import rows_where
from cdisc_hai.metadata.model import RawSpec
from cdisc_hai.raw import RawExport
from cdisc_hai.raw.sift import AFTER_CUTOFF


def to_cutoff(
    block: Block, rows: pd.DataFrame, raw: RawSpec, export: RawExport, findings: list[Finding]
) -> pd.DataFrame:
    """The rows of a block that do not lie after the cut-off by the block's ``dates``.

    As for a form: a partial date counts as its earliest day, a row without a date stays. A row that
    is left out here may give records in other blocks, and then counts as mapped.
    """
    named = block.params.get("dates") or []
    columns: list[str] = named if isinstance(named, list) else [named]
    if not columns or not export.cutoff or rows.empty:
        return rows
    late = pd.Series(False, index=rows.index)
    for column in columns:
        iso, _ = read_dates(rows[column], formats=raw.date_formats, unknown=raw.unknown_parts)
        late |= day_bounds(iso)[0] > day_of_iso(export.cutoff)
    own = [source.partition(";")[0] for source in rows.loc[late, "@src"]]
    export.accounting.exclude(block.source, own, AFTER_CUTOFF)
    findings.extend(
        Finding(
            rule="RAW-AFTER-CUTOFF",
            severity="note",
            message=f"records '{block.name}' start after the cut-off {export.cutoff}",
            sources=(source,),
            spec=block.at,
            mend="nothing to mend",
        )
        for source in own
    )
    return rows_where(rows, ~late).reset_index(drop=True)
