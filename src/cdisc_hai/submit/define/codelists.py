"""Codelists of a define: those of the specs, parts of them, pairs of the data, dictionaries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from cdisc_hai.metadata import Codelist
from cdisc_hai.submit.define.draft import Draft
from cdisc_hai.submit.define.model import CodedTerm, CodeListDef

_SHOWN = 3
_DATA_TYPES = {"integer": "integer", "float": "float"}


def codelist(draft: Draft, name: str, data_type: str) -> str:
    """The OID of a codelist of the specs, whole; '' without a name."""
    if not name:
        return ""
    spec = draft.study.codelists[name]
    return _define(draft, f"CL.{name}", spec, data_type, spec.values)


def part_of_codelist(draft: Draft, name: str, data_type: str, values: Collection[str]) -> str:
    """The OID of the terms that occur; of a list that may not be extended it is the whole.

    Values that have the same terms share a part, which is named by its first terms.
    """
    spec = draft.study.codelists[name]
    kept = tuple(term for term in spec.values if term in values)
    if not kept or len(kept) == len(spec.values) or not spec.extensible:
        return codelist(draft, name, data_type)
    number = 1
    while (other := draft.codelists.get(f"CL.{name}.{number}")) and _values(other) != kept:
        number += 1
    some = ", ".join(kept[:_SHOWN]) + (" ..." if len(kept) > _SHOWN else "")
    part = replace(spec, label=f"{spec.label}, part {number} ({some})")
    return _define(draft, f"CL.{name}.{number}", part, data_type, kept)


def _values(codelist: CodeListDef) -> tuple[str, ...]:
    return tuple(term.value for term in codelist.terms)


def dictionary(draft: Draft, name: str, data_type: str) -> str:
    """The OID of an external dictionary of define.yaml, of the version that study.yaml tells."""
    spec = draft.study.define.dictionaries[name]
    kind = _DATA_TYPES.get(data_type, "text")
    oid = f"CL.{name}" if kind == "text" else f"CL.{name}.{kind}"
    version = str(draft.study.standards.get(spec.standard, ""))
    draft.codelists.setdefault(
        oid, CodeListDef(oid, spec.label, kind, dictionary=spec.dictionary, version=version)
    )
    return oid


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
