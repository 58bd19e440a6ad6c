"""The part of raw.yaml that says how tables are written in their files."""

from __future__ import annotations

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.model import Layout, OdmLayout
from cdisc_hai.metadata.shapes import Reader
from cdisc_hai.metadata.spots import Spot

ISO_FORMATS = ("YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SS", "YYYY-MM-DDTHH:MM")
"""Read besides what raw.yaml says: cells of Excel and SAS that are dates are told so."""
TIME_FORMATS = ("HH:MM", "HH:MM:SS")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


def with_iso(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The study's date formats, and behind them those that Excel and SAS dates are told in."""
    return (*formats, *(form for form in ISO_FORMATS if form not in formats))


def read_layout(item: Reader, general: Layout) -> Layout:
    """Encoding, delimiter and header row of a form, or of all forms."""
    delimiter = item.text("delimiter", general.delimiter)
    delimiter = DELIMITERS.get(delimiter, delimiter)
    if len(delimiter) > 1:
        item.faults.append(
            item.spot.fault(f"'delimiter' is to be one character or {', '.join(DELIMITERS)}")
        )
    row = item.plain("header_row", general.header_row, "number")
    if not isinstance(row, int) or row < 1:
        item.faults.append(item.spot.fault("'header_row' is a whole number from 1 on"))
        row = 1
    return Layout(item.text("encoding", general.encoding), delimiter, row)


def read_odm_layout(spot: Spot | None, decode_suffix: str, faults: list[Fault]) -> OdmLayout:
    """How ODM files become tables."""
    if spot is None:
        return OdmLayout(decode_suffix=decode_suffix)
    top = Reader(spot, "'odm'", faults)
    rows = top.text("rows", "group")
    if rows not in ("group", "form"):
        faults.append(spot.fault("'rows' of 'odm' is 'group' or 'form'"))
    columns = {}
    for name, at in top.items("columns"):
        one = Reader(at, f"column '{name}' of 'odm'", faults)
        columns[name] = {
            "key": one.text("key", required=True),
            "after": one.text("after"),
            "before": one.text("before"),
            "values": dict(one.plain("values", {}, "map")),
        }
        if columns[name]["key"] not in (*ODM_KEYS, ""):
            hint = ", ".join(ODM_KEYS)
            faults.append(at.fault(f"'key' is one of {hint}"))
        one.done()
    top.done()
    return OdmLayout(rows == "form", columns, decode_suffix)


ODM_KEYS = (
    "StudyOID",
    "StudyName",
    "SiteOID",
    "SiteName",
    "SubjectKey",
    "SubjectName",
    "EventOID",
    "EventName",
    "EventRepeat",
    "FormOID",
    "FormName",
    "FormRepeat",
    "GroupOID",
    "GroupRepeat",
)
"""The keys of an ODM record, each a column of its table."""
