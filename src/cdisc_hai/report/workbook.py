"""Excel workbooks whose bytes depend on what stands in them alone."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

FIXED = datetime.datetime(2000, 1, 1)
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
WIDEST = 60


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Sheets of texts, the first row a header that stays in sight and can be filtered.

    No text becomes a formula.
    """
    import openpyxl  # noqa: PLC0415 - only when a workbook is written
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row, 1):
                cell = sheet.cell(number, place)
                cell.value = _clean(text)
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for place, cells in enumerate(zip(*rows, strict=True), 1):
            width = min(WIDEST, max(len(str(cell)) for cell in cells) + 2)
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
    book.properties.created = book.properties.modified = FIXED
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(_timeless(written.getvalue()))


def _clean(text: str) -> str:
    """A text without the characters that a workbook cannot hold, at most as long as a cell."""
    return "".join(c if c >= " " or c in "\n\t" else " " for c in str(text))[:32_000]


def _timeless(data: bytes) -> bytes:
    """The same workbook with fixed times inside: of the zip's members, and of the last change."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _fixed_change(content)
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _fixed_change(content: bytes) -> bytes:
    """openpyxl writes the time of saving as the last change, whatever it was told."""
    import re  # noqa: PLC0415 - here alone

    pattern = rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)"
    return re.sub(pattern, rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
