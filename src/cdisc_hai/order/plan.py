"""Which dataset and which variable is made when."""

from __future__ import annotations

from cdisc_hai.metadata import Block, Dataset, Study
from cdisc_hai.metadata.reads import Reads, ordered
from cdisc_hai.registry import operations


def sdtm_order(study: Study) -> tuple[str, ...]:
    """Nodes ``DM`` (the records of a dataset) and ``DM.RFSTDTC`` (a variable made later)."""
    return ordered(Reads(study, "sdtm", operations()).graph())


def forms_read(study: Study) -> dict[str, set[str]]:
    """The forms that the records of each SDTM dataset come from."""
    return {
        name: {form for block in dataset.blocks for form in _forms_of(block)}
        for name, dataset in study.sdtm.items()
    }


def _forms_of(block: Block) -> list[str]:
    if block.kind == "form":
        beside = block.params.get("with") or []
        return [block.source, *(str(entry["form"]) for entry in beside)]
    if block.kind == "gather":
        return [str(entry["form"]) for entry in block.params["entries"]]
    return []


def row_order(study: Study, dataset: Dataset) -> tuple[str, ...]:
    """The variables that are mapped row by row, each behind those that it reads."""
    return ordered(Reads(study, dataset.standard, operations()).row_graph(dataset))


def adam_order(study: Study) -> tuple[str, ...]:
    """Nodes of the ADaM datasets and their variables."""
    return ordered(Reads(study, "adam", operations()).graph())


def adam_needs(study: Study, name: str) -> frozenset[str]:
    """An ADaM dataset and all others that it reads, directly or through others."""
    reads: dict[str, set[str]] = {}
    for node, waits in Reads(study, "adam", operations()).graph().items():
        own = reads.setdefault(node.partition(".")[0], set())
        own.update(wait.partition(".")[0] for wait in waits)
    found: set[str] = set()
    asked = [name]
    while asked:
        one = asked.pop()
        if one not in found:
            found.add(one)
            asked.extend(reads.get(one, ()))
    return frozenset(found & study.adam.keys())
