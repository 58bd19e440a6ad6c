"""Codelists of a define: those of the specs, parts of them, pairs of the data, dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cdisc_hai.metadata import Codelist
from cdisc_hai.submit.define.draft import Draft
from cdisc_hai.submit.define.model import CodedTerm, CodeListDef

_DATA_TYPES = {"integer": "integer", "float": "float"}


def codelist(draft: Draft, name: str, data_type: str) -> str:
    """The OID of a codelist of the specs, whole; '' without a name."""
    if not name:
        return ""
    spec = draft.study.codelists[name]
    return _define(draft, f"CL.{name}", spec, data_type, spec.values)


def part_of_codelist(
    draft: Draft, name: str, data_type: str, values: Iterable[str], owner: str
) -> str:
    """The OID of the terms that occur, under ``owner``; the whole list where all of them do."""
    spec = draft.study.codelists[name]
    wanted = set(values)
    kept = tuple(term for term in spec.values if term in wanted)
    if not kept or len(kept) == len(spec.values):
        return codelist(draft, name, data_type)
    return _define(draft, f"CL.{name}.{owner}", spec, data_type, kept)


def pairs(draft: Draft, owner: str, name: str, terms: Mapping[str, str]) -> str:
    """The OID of a list of the sponsor's: codes and decodes as they stand in the data."""
    oid = f"CL.{owner}"
    coded = tuple(
        CodedTerm(code, decode, "", False, order)
        for order, (code, decode) in enumerate(terms.items(), start=1)
    )
    draft.codelists.setdefault(oid, CodeListDef(oid, name, "text", terms=coded))
    return oid


def _define(draft: Draft, oid: str, spec: Codelist, data_type: str, values: tuple[str, ...]) -> str:
    kind = _DATA_TYPES.get(data_type, "text")
    oid = oid if kind == "text" else f"{oid}.{kind}"
    if oid in draft.codelists:
        return oid
    kept = [term for term in spec.terms if term.term in set(values)]
    terms = tuple(
        CodedTerm(term.term, term.decode, term.code, term.extended, order)
        for order, term in enumerate(kept, start=1)
    )
    draft.codelists[oid] = CodeListDef(
        oid,
        spec.label,
        kind,
        code=spec.code,
        standard=draft.terminology(spec.publishing_set) if spec.code else "",
        enumerated=all(term.decode == term.value for term in terms),
        terms=terms,
    )
    return oid
