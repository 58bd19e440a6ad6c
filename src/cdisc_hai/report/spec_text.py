"""What ``spec check`` tells people."""

from __future__ import annotations

from collections.abc import Sequence

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.remedies import remedy
from cdisc_hai.report.lines import counted


def report_text(faults: Sequence[Fault], differences: Sequence[Fault], notes: Sequence[str]) -> str:
    """Each fault with its file, line and remedy, in the order of the files; then their number."""
    lines: list[str] = []
    for fault in (*faults, *differences):
        lines.append(str(fault))
        mend = remedy(fault)
        if mend:
            lines.append(f"    mend: {mend}")
    lines.extend(f"note: {note}" for note in notes)
    told = [counted(len(faults), "fault")]
    if differences:
        told.append(f"{counted(len(differences), 'difference')} from the terminology")
    lines.append(", ".join(told))
    return "\n".join(lines)
