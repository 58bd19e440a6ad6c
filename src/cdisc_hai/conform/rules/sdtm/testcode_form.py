"""Rule TEST-NAME."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_CODE = re.compile(r"[A-Z_][A-Z0-9_]{0,7}")
_LONGEST = 40
_CODES = ("--TESTCD", "QNAM", "--PARMCD", "IETESTCD", "TSPARMCD")
_NAMES = ("--TEST", "QLABEL", "--PARM", "TSPARM")


@rule(
    "TEST-NAME",
    "A test code can be a variable's name, and a test's name its label.",
    mend="shorten the code to 8 and the name to 40 characters; begin the code with a letter",
    public=(
        "CORE-000220",
        "CORE-000541",
        "CORE-000221",
        "CORE-000222",
        "CORE-000147",
        "CORE-000148",
        "CORE-000199",
        "CG0372",
        "CG0406",
        "CG0416",
        "CG0417",
    ),
)
def testcode_form(table: Table, folder: Folder) -> Iterator[Broken]:
    """--TESTCD, --PARMCD and QNAM have at most 8 capitals, digits and underscores and begin with
    no digit; --TEST, --PARM and QLABEL have at most 40 characters (SDTMIG 4.2.1). The criterion of
    an inclusion or exclusion (IETEST) may be longer."""
    for code in _CODES:
        bad = table.filled(code) & ~table.each(code, lambda text: bool(_CODE.fullmatch(text)))
        yield Broken(code, bad, "cannot be the name of a variable")
    for name in () if table.prefix in ("IE", "TI") else _NAMES:
        bad = table.each(name, lambda text: len(text) > _LONGEST)
        yield Broken(name, bad, f"is longer than {_LONGEST} characters")
