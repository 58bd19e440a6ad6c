"""What the standard asks of a define by itself: standards, origins, methods, codelists, keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.metadata.origin import SOURCES
from cdisc_hai.submit.define.groups import CLASSES
from cdisc_hai.submit.define_check.case import Case
from cdisc_hai.submit.define_check.document import (
    CODELIST,
    COMMENT,
    DEF,
    GROUP,
    ITEM,
    ITEM_REF,
    METHOD,
    ODM,
    ORIGIN,
    STANDARD,
    VALUE_LIST,
    words,
)


def standards(case: Case) -> Iterator[Finding]:
    """Each publishing set has one version; each dataset and CDISC codelist names its standard."""
    versions: dict[str, set[str]] = defaultdict(set)
    for one in case.document.each(STANDARD):
        versions[one.get("PublishingSet", "")].add(one.get("Version", ""))
        if one.get("Type") == "CT" and not one.get("PublishingSet"):
            yield case.tell("STANDARD", one, "terminology without its publishing set")
        elif one.get("Type") == "CT" and len(versions[one.get("PublishingSet", "")]) > 1:
            name = one.get("PublishingSet")
            yield case.tell("STANDARD", one, f"a second version of {name} terminology")
    for element in (*case.document.each(GROUP), *case.document.each(CODELIST)):
        own = element.get(f"{DEF}StandardOID")
        external = element.find(f"{ODM}ExternalCodeList") is not None
        if not own and element.get(f"{DEF}IsNonStandard") != "Yes" and not external:
            yield case.tell(
                "STANDARD", element,
                f"'{element.get('Name')}' names no standard and is not marked as non-standard",
                dataset=element.get("Name", "") if element.tag == GROUP else "",
            )  # fmt: skip


def classes(case: Case) -> Iterator[Finding]:
    """Each dataset is of a class that the terminology of Define-XML has."""
    for group in case.document.each(GROUP):
        found = group.find(f"{DEF}Class")
        name = found.get("Name", "") if found is not None else ""
        if name not in CLASSES:
            yield case.tell("CLASS", group, f"is of no known class: '{name}'", dataset=_name(group))


def _name(group: etree._Element) -> str:
    return group.get("Name", "")


def codelists(case: Case) -> Iterator[Finding]:
    """A CDISC codelist has its C-code; each term has one too, or is marked as extended."""
    for codelist in case.document.each(CODELIST):
        name = codelist.get("Name", "")
        coded = codelist.find(f"{ODM}Alias") is not None
        standard = codelist.get(f"{DEF}StandardOID") is not None
        if coded != standard:
            yield case.tell(
                "TERM", codelist, f"codelist '{name}' is to have both a standard and a C-code",
                severity="warning", mend="name the terminology's version in study.yaml",
            )  # fmt: skip
        terms = [t for t in codelist if t.tag in (f"{ODM}CodeListItem", f"{ODM}EnumeratedItem")]
        if not terms and codelist.find(f"{ODM}ExternalCodeList") is None:
            yield case.tell("TERM", codelist, f"codelist '{name}' has no term")
        seen: set[str] = set()
        for term in terms:
            value = term.get("CodedValue", "")
            extended = term.get(f"{DEF}ExtendedValue") == "Yes"
            own = term.find(f"{ODM}Alias") is not None
            if value in seen:
                yield case.tell("TERM", term, f"'{value}' stands twice in codelist '{name}'")
            if standard and own == extended:
                yield case.tell(
                    "TERM", term,
                    f"'{value}' of codelist '{name}' has to have a C-code or be marked as "
                    "extended, and not both",
                )  # fmt: skip
            seen.add(value)


def origins(case: Case) -> Iterator[Finding]:
    """Every item tells its origin in a valid pair; derived ones a method, copies their source."""
    refs = _refs(case)
    for item in case.document.each(ITEM):
        dataset, variable = case.document.variable_of(item.get("OID"))
        found = item.findall(ORIGIN)
        if not found and item.find(f"{DEF}ValueListRef") is None:
            yield case.tell("ORIGIN", item, "tells no origin", dataset=dataset, variable=variable)
        for origin in found:
            kind, source = origin.get("Type", ""), origin.get("Source", "")
            if source not in SOURCES.get(kind, ()):
                yield case.tell(
                    "ORIGIN", origin, f"origin '{kind}' cannot have the source '{source}'",
                    dataset=dataset, variable=variable,
                )  # fmt: skip
            if kind == "Predecessor" and not words(origin):
                yield case.tell(
                    "ORIGIN", origin, "does not name its predecessor",
                    dataset=dataset, variable=variable,
                )  # fmt: skip
        if any(o.get("Type") == "Derived" for o in found):
            for ref in refs.get(item.get("OID", ""), ()):
                if not ref.get("MethodOID"):
                    yield case.tell(
                        "METHOD", ref, "is derived, and no method tells how",
                        dataset=dataset, variable=variable,
                    )  # fmt: skip


def texts(case: Case) -> Iterator[Finding]:
    """Methods and comments say something, and so do datasets and variables."""
    for tag in (METHOD, COMMENT, GROUP):
        for element in case.document.each(tag):
            if not words(element).strip():
                yield case.tell("TEXT", element, f"'{element.get('OID')}' has no text")


def places(case: Case) -> Iterator[Finding]:
    """Order numbers and key sequences count from 1 without a gap."""
    for group in (*case.document.each(GROUP), *case.document.each(VALUE_LIST)):
        refs = group.findall(ITEM_REF)
        name = group.get("Name", "") or group.get("OID", "")
        orders = [ref.get("OrderNumber", "") for ref in refs]
        if orders != [str(n) for n in range(1, len(refs) + 1)]:
            yield case.tell(
                "ORDER", group, f"the order numbers of '{name}' do not count from 1 in their order"
            )
        keys = sorted(int(k) for ref in refs if (k := ref.get("KeySequence", "")).isdigit())
        if group.tag == GROUP and (not keys or keys != list(range(1, len(keys) + 1))):
            yield case.tell(
                "KEY", group, "its key variables do not count from 1", dataset=group.get("Name", "")
            )


def _refs(case: Case) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = defaultdict(list)
    for ref in case.document.each(ITEM_REF):
        found[ref.get("ItemOID", "")].append(ref)
    return found
