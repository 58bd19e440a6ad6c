"""Rule TERM-CLOSED-LIST."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.metadata import Codelist


@rule(
    "TERM-CLOSED-LIST",
    "A list of CDISC that is not extensible is not extended.",
    mend="use a term of the list, or say in explained.yaml why the value is right",
    severity="warning",
    public=("CT2001",),
)
def closed_list(table: Table, folder: Folder) -> Iterator[Broken]:
    """A term that the specs mark as the sponsor's, in a list of CDISC that takes none. What no list
    and no mark has is told by the contract (CONTRACT-TERM)."""
    lists = folder.study.codelists if folder.study else {}
    for variable in table.spec.submitted if table.spec else ():
        codelist = lists.get(variable.codelist)
        if codelist is not None and codelist.code and not codelist.extensible:
            bad = table.is_in(variable.name, _added(codelist))
            yield Broken(variable.name, bad, f"is not in {codelist.code}, which is not extensible")


def _added(codelist: Codelist) -> tuple[str, ...]:
    return tuple(term.term for term in codelist.terms if term.extended)
