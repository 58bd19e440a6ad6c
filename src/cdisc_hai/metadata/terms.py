"""The specs' codelists against a terminology: terms and C-codes that differ."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.guide.terminology import NciCodelist, Terminology
from cdisc_hai.metadata.model import Codelist, Study, Term
from cdisc_hai.metadata.shapes import did_you_mean

MULTIPLE = "MULTIPLE"
"""Stands in a qualifier for several values, whatever its codelist is (SDTMIG 4.2.8.3)."""


def term_differences(study: Study, terminology: Terminology) -> list[Fault]:
    """Each codelist with a C-code, and each of its terms, that the terminology has otherwise.

    Lists without a code are the sponsor's own and are not compared.
    """
    found = list(_versions(study, terminology))
    for codelist in study.codelists.values():
        if codelist.code:
            found.extend(_codelist(codelist, terminology))
    return found


def _versions(study: Study, terminology: Terminology) -> Iterator[Fault]:
    """The version that study.yaml names is the one that was given."""
    wanted = {
        v for k, v in study.standards.items() if k in ("sdtm_terminology", "adam_terminology")
    }
    for date in terminology.dates if wanted else ():
        if date not in wanted:
            yield _at(
                study.at,
                f"the specs name terminology {', '.join(sorted(wanted))}, the file is of {date}",
                "give the file of that version, or change 'standards'",
            )


def _at(place: str, message: str, mend: str) -> Fault:
    file, line = place.rsplit(":", 1)
    return Fault(file, int(line), message, mend)


def _codelist(codelist: Codelist, terminology: Terminology) -> Iterator[Fault]:
    nci = terminology.codelists.get(codelist.code)
    if nci is None:
        yield _at(
            codelist.at,
            f"codelist '{codelist.name}': the terminology has no list {codelist.code}",
            "correct the code, or give the file of its standard as well (--ct may be repeated)",
        )
        return
    if codelist.extensible != nci.extensible:
        word = "true" if nci.extensible else "false"
        yield _at(
            codelist.at,
            f"codelist '{codelist.name}': {codelist.code} is "
            f"{'' if nci.extensible else 'not '}extensible",
            f"write extensible: {word}",
        )
    for term in codelist.terms:
        yield from _term(codelist, term, nci)


def _term(codelist: Codelist, term: Term, nci: NciCodelist) -> Iterator[Fault]:
    own, at = nci.terms.get(term.term), term.at or codelist.at
    what = f"'{term.term}' of codelist '{codelist.name}'"
    if own is None and not term.extended:
        hint = did_you_mean(term.term, nci.terms)
        extend = ", or mark the term 'extended: true'" if nci.extensible else ""
        yield _at(
            at, f"{what} is no term of {nci.code} ({nci.name}){hint}", f"take a term of it{extend}"
        )
    elif own is None and not nci.extensible and term.term != MULTIPLE:
        yield _at(at, f"{what} extends {nci.code}, which is not extensible", "take a term of it")
    elif own is None and term.code:
        yield _at(at, f"{what} is the sponsor's, and has the code {term.code}", "take the code out")
    elif own is not None and term.extended:
        yield _at(
            at,
            f"{what} is marked as extended, but {nci.code} has it",
            f"write code: {own.code} in place of extended: true",
        )
    elif own is not None and own.code != term.code:
        has = f"has the code {term.code}" if term.code else "has no code"
        yield _at(at, f"{what} {has}, in the terminology {own.code}", f"write code: {own.code}")
