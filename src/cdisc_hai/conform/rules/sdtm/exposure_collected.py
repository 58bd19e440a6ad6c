"""Rule EXPOSURE-COLLECTED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.conform.twins import differences

_SAME = ("DOSE", "DOSU", "DOSFRM", "ROUTE", "LOC", "STDTC", "ENDTC", "TRT", "ADJ", "GRPID", "SPID")


@rule(
    "EXPOSURE-COLLECTED",
    "Exposure agrees with what was collected of it.",
    mend="derive EX anew from EC",
    datasets=("EX", "EC"),
    needs=("USUBJID", "--LNKID", "EX.EXLNKID", "EC.ECLNKID"),
)
def exposure_collected(table: Table, folder: Folder) -> Iterator[Broken]:
    """EX and EC records that one link joins (SDTMIG 6.1.3) have one treatment, dose, unit, form,
    route, location and time, as far as nearly all of them do: where doses were converted or
    treatments unmasked the two differ throughout, which is not told. EC records of what was not
    given have no exposure, the others have."""
    ex, ec = folder.get("EX"), folder.get("EC")
    other = ec if table.prefix == "EX" else ex
    yield from differences(table, other, _SAME, ("--LNKID",))
    given = ~ec.is_in("ECOCCUR", ("N",)) & ~ec.is_in("ECSTAT", ("NOT DONE",))
    if table.prefix == "EX":
        bad = table.filled("--LNKID") & ~among(
            table, ("USUBJID", "EXLNKID"), ec, ("USUBJID", "ECLNKID"), where=given
        )
        says = "is exposure that EC does not have as given"
        yield Broken("--LNKID", bad, says, ("USUBJID", "--LNKID"))
    else:
        missed = given & table.number("ECDOSE").gt(0)
        bad = missed & ~among(table, ("USUBJID", "ECLNKID"), ex, ("USUBJID", "EXLNKID"))
        yield Broken("--LNKID", bad, "was given, and is not in EX", ("USUBJID", "--LNKID"))
