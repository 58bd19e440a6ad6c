"""Whose records the findings are about, kept beside the lineage for the query list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.raw.places import places_of


def write_places(
    frames: Mapping[str, pd.DataFrame], findings: Iterable[Finding], path: Path
) -> None:
    """Form, site, subject, visit, repeat and record of each line that a finding names."""
    found = places_of(frames, (source for finding in findings for source in finding.sources))
    told = {
        source: [{k: v for k, v in asdict(place).items() if v} for place in places]
        for source, places in found.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
