"""Write a pandas frame as a SAS transport file (XPORT, version 5), column by column.

Source: SAS TS-140, "Record Layout of a SAS Version 5 or 6 Data Set in SAS Transport (XPORT)
Format". The same frame, columns and `created` give the same bytes; nothing is cut or rounded.
"""

from __future__ import annotations

import datetime
import os
import struct
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cdisc_hai.submit.ibm import ieee_to_ibm
from cdisc_hai.submit.xpt_checks import (
    SasFormat,
    XptColumn,
    XptError,
    XptProblem,
    as_doubles,
    as_objects,
    byte_lengths,
    check_xpt,
    parse_format,
    survey_xpt,
)

__all__ = ["XptColumn", "XptError", "XptProblem", "byte_lengths", "check_xpt", "write_xpt"]

RECORD_BYTES = 80
BLOCK_BYTES = 2 * 2**20  # of the file, held in memory at a time
_SAS_VERSION = b"9.4"  # the SAS whose dialect this is; fixed, as the next is
_SYSTEM = b"CDISCHAI"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# ntype, nhfun, nlng, nvar0, nname, nlabel, nform, nfl, nfd, nfj, nfill, niform, nifl, nifd, npos,
# rest: 140 bytes, big-endian. Informats are left blank, as reading back is not our trade.
_NAMESTR = struct.Struct(">hhhh8s40s8shhh2x8shhl52x")


def write_xpt(
    frame: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    dataset: str,
    label: str,
    columns: Sequence[XptColumn],
    created: datetime.datetime,
    encoding: str = "utf-8",
    block_rows: int | None = None,
) -> None:
    """Write `columns` of the frame, in their order, to a transport file at `path`.

    Texts: str, with None, NaN or NA for empty; numbers: integers or floats, with NaN or NA for the
    SAS missing value. Lengths are bytes in `encoding`, which the file itself does not tell. The
    header's times are those of `created`, as its clock shows them, to the second. `block_rows` rows
    are held in memory at a time (None: about 2 MiB). Raises XptError, with all that `check_xpt`
    tells, before the first byte; on any error no file is left behind and an older one stays.
    Source: SAS TS-140.
    """
    survey = survey_xpt(frame, dataset, label, columns, encoding)
    if survey.problems:
        raise XptError(survey.problems)
    rows = max(1, BLOCK_BYTES // sum(survey.widths)) if block_rows is None else block_rows
    if rows < 1:
        raise ValueError(f"block_rows is {rows}, at least 1 row must be held in memory")
    target = Path(path)
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            file.write(_library_header(created))
            file.write(_member_header(dataset, label.encode(encoding), created))
            file.write(_namestrs(columns, survey.widths, encoding))
            file.write(_header("OBS"))
            for block in _blocks(frame, columns, survey.widths, encoding, rows):
                file.write(block.view(np.uint8).data)
            file.write(_filling(len(frame) * sum(survey.widths)))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _library_header(created: datetime.datetime) -> bytes:
    stamp = _stamp(created)
    first = b"SAS     SAS     SASLIB  %-8b%-8b%24b%16b" % (_SAS_VERSION, _SYSTEM, b"", stamp)
    return _header("LIBRARY") + first + stamp.ljust(RECORD_BYTES)


def _member_header(dataset: str, label: bytes, created: datetime.datetime) -> bytes:
    name, stamp = dataset.encode("ascii"), _stamp(created)
    first = b"SAS     %-8bSASDATA %-8b%-8b%24b%16b" % (name, _SAS_VERSION, _SYSTEM, b"", stamp)
    second = b"%16b%16b%-40b%8b" % (stamp, b"", label, b"")
    numbers = "000000000000000001600000000140"  # 140: the bytes of one namestr
    return _header("MEMBER", numbers) + _header("DSCRPTR") + first + second


def _namestrs(columns: Sequence[XptColumn], widths: Sequence[int], encoding: str) -> bytes:
    header = _header("NAMESTR", f"000000{len(columns):04d}00000000000000000000")
    starts = [sum(widths[:place]) for place in range(len(widths))]
    described = b"".join(
        _namestr(column, number, width, start, encoding)
        for number, (column, width, start) in enumerate(
            zip(columns, widths, starts, strict=True), start=1
        )
    )
    return header + described + _filling(len(described))


def _namestr(column: XptColumn, number: int, width: int, start: int, encoding: str) -> bytes:
    form = parse_format(column.format) or SasFormat("", 0, 0)
    return _NAMESTR.pack(
        1 if column.kind == "num" else 2,
        0,
        width,
        number,
        column.name.encode("ascii").ljust(8),
        column.label.encode(encoding).ljust(40),
        form.name.encode("ascii").ljust(8),
        form.width,
        form.decimals,
        0,
        b" " * 8,
        0,
        0,
        start,
    )


def _blocks(
    frame: pd.DataFrame,
    columns: Sequence[XptColumn],
    widths: Sequence[int],
    encoding: str,
    block_rows: int,
) -> Iterator[NDArray[np.void]]:
    """Give the rows as the file has them, block by block; each block is overwritten by the next."""
    fields = [
        (f"f{place}", ">u8" if column.kind == "num" else f"S{width}")
        for place, (column, width) in enumerate(zip(columns, widths, strict=True))
    ]
    series = [frame[column.name] for column in columns]
    buffer: NDArray[np.void] = np.empty(min(block_rows, len(frame)), dtype=np.dtype(fields))
    for start in range(0, len(frame), block_rows):
        block = buffer[: len(frame) - start]
        for (field, form), width, values in zip(fields, widths, series, strict=True):
            part = values.iloc[start : start + block_rows]
            block[field] = (
                ieee_to_ibm(as_doubles(part)) if form == ">u8" else _texts(part, width, encoding)
            )
        yield block


def _texts(values: pd.Series[Any], width: int, encoding: str) -> NDArray[np.bytes_]:
    """Give texts as `width` bytes each, filled with blanks; each distinct one is encoded once."""
    codes, distinct = pd.factorize(as_objects(values))
    texts = [*distinct.tolist(), ""]  # a missing value has the code -1, which is the last place
    padded = "".join([text.ljust(width) for text in texts])
    if padded.isascii():
        encoded = padded.encode("ascii")
    else:
        encoded = b"".join([text.encode(encoding).ljust(width) for text in texts])
    table = np.frombuffer(encoded, dtype=f"S{width}")
    return np.asarray(table[codes])


def _header(name: str, numbers: str = "0" * 30) -> bytes:
    return f"HEADER RECORD*******{name:<8}HEADER RECORD!!!!!!!{numbers}  ".encode("ascii")


def _stamp(moment: datetime.datetime) -> bytes:
    """Give ddMMMyy:hh:mm:ss; strftime would take the month's name from the locale."""
    day = f"{moment.day:02d}{_MONTHS[moment.month - 1]}{moment.year % 100:02d}"
    return f"{day}:{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}".encode("ascii")


def _filling(written: int) -> bytes:
    """Give the blanks that fill what was written up to whole records of 80 bytes."""
    return b" " * (-written % RECORD_BYTES)
