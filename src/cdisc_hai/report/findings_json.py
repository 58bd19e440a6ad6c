"""findings.json: every finding and the accounting of raw rows, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from cdisc_hai.findings import Finding


def findings_json(
    findings: Iterable[Finding], accounting: Mapping[str, Mapping[str, object]] | None
) -> str:
    """The text of findings.json; the same findings give the same bytes.

    ``accounting`` is the table of ``Accounting.as_json``, None where no export was read (the
    file then has an empty table). Findings keep their order, forms are sorted by name.
    """
    content = {
        "findings": [finding.as_json() for finding in findings],
        "accounting": dict(sorted((accounting or {}).items())),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
