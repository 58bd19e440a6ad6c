"""An origin as Define-XML 2.1 knows it, and how a spec writes one."""

from __future__ import annotations

import re
from dataclasses import dataclass

COLLECTED = "Collected"
SOURCES: dict[str, tuple[str, ...]] = {
    COLLECTED: ("Investigator", "Subject", "Vendor"),
    "Derived": ("Sponsor", "Vendor"),
    "Assigned": ("Sponsor", "Vendor"),
    "Protocol": ("Sponsor",),
    "Predecessor": ("Sponsor",),
    "Not Available": ("",),
}
"""The sources that an origin of each type may have; the first is meant where none is said."""

# what SDTM's QORIG calls them
_OTHER_NAMES = {"CRF": (COLLECTED, "Investigator"), "eDT": (COLLECTED, "Vendor")}
_WRITTEN = re.compile(r"([A-Za-z ]+?)(?: by ([A-Za-z]+))?(?:: (.+))?")


@dataclass(frozen=True, order=True)
class Origin:
    """Type and source; ``predecessor`` names the variable that was copied, ``items`` the items of
    forms (form, item) that were collected."""

    type: str
    source: str = ""
    predecessor: str = ""
    items: tuple[tuple[str, str], ...] = ()


def read_origin(text: str) -> Origin | None:
    """A spec's ``origin``: ``Collected by Subject``, ``Derived``, ``Predecessor: DM.AGE``, or as
    QORIG has it (``CRF``, ``eDT``); None where it says nothing, or what is no origin."""
    if text in _OTHER_NAMES:
        return Origin(*_OTHER_NAMES[text])
    found = _WRITTEN.fullmatch(text)
    if not found or found[1] not in SOURCES:
        return None
    kind, source = found[1], found[2] or SOURCES[found[1]][0]
    if source not in SOURCES[kind] or (found[3] is not None) != (kind == "Predecessor"):
        return None
    return Origin(kind, source, found[3] or "")
