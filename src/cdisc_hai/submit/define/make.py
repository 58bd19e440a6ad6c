"""A define made of specs and of the files that were written by them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping

from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.registry import Operation
from cdisc_hai.sdtm.qualifiers import TEMPLATE
from cdisc_hai.sdtm.specs import SUPP, spec_of
from cdisc_hai.submit.define.draft import Draft, Elsewhere, Pages
from cdisc_hai.submit.define.groups import item_group, place_of
from cdisc_hai.submit.define.model import Define, Leaf, ResultDisplay, Standard
from cdisc_hai.submit.define.results import displays

CRF = Leaf("LF.acrf", "acrf.pdf", "Annotated Case Report Form")
_GUIDES = {"sdtm": ("SDTMIG", "sdtmig"), "adam": ("ADaMIG", "adamig")}


def make_define(
    study: Study,
    standard: str,
    written: Mapping[str, XptDataset],
    *,
    known: Mapping[str, Operation],
    created: datetime.datetime,
    software: str,
    pages: Pages | None = None,
    beside: Collection[str] = (),
    elsewhere: Elsewhere = lambda _: None,
) -> Define:
    """The define of the datasets of one standard (``sdtm`` or ``adam``).

    ``written`` are the transport files by dataset; a dataset of the specs without a file has no
    data. ``pages`` are those of ``acrf.pdf``; without them collected origins name the items.
    ``beside`` are the names of the files that lie in the folder: documents that do not are left
    out. ``elsewhere`` gives the SDTM behind ADaM, by dataset, where the specs do not know it.
    """
    crf = CRF.id if pages and standard == "sdtm" else ""
    documents = tuple(
        Leaf(f"LF.{one.name}", one.file, one.title)
        for one in study.define.documents.values()
        if one.standard in ("", standard) and one.file in beside
    )
    leaves = {leaf.id for leaf in documents}
    draft = Draft(study, standard, known, pages or {}, crf, leaves, elsewhere)
    guide = _guide(draft)
    specs = sorted(datasets_of(study, standard), key=place_of)
    groups = tuple(item_group(draft, spec, written.get(spec.name), guide) for spec in specs)
    shown: tuple[ResultDisplay, ...] = ()
    left_out: tuple[str, ...] = ()
    if standard == "adam":
        shown, left_out = displays(draft, written)
    return Define(
        study=study.id,
        title=study.title or study.id,
        standard=_GUIDES[standard][0],
        version=_version(str(study.standards.get("define", "2.1"))),
        created=created.isoformat(timespec="seconds"),
        software=software,
        standards=tuple(draft.standards.values()),
        crf=crf,
        supplements=tuple(leaf.id for leaf in documents),
        value_lists=tuple(draft.value_lists.values()),
        wheres=tuple(draft.wheres.values()),
        groups=groups,
        items=tuple(draft.items.values()),
        codelists=tuple(sorted(draft.codelists.values(), key=lambda c: c.oid)),
        methods=tuple(draft.methods.values()),
        comments=tuple(draft.comments.values()),
        leaves=(*((CRF,) if crf else ()), *documents),
        displays=shown,
        left_out=left_out,
    )


def datasets_of(study: Study, standard: str) -> Iterator[Dataset]:
    """Every dataset that the specs submit, the SUPP-- datasets of its domains included."""
    specs = study.sdtm if standard == "sdtm" else study.adam
    for name, spec in specs.items():
        if spec.submit and name != TEMPLATE:
            yield spec
            supp = spec_of(study, f"{SUPP}{name}") if standard == "sdtm" else None
            if supp is not None:
                yield supp


def _guide(draft: Draft) -> str:
    name, key = _GUIDES[draft.standard]
    version = str(draft.study.standards.get(key, ""))
    if not version:
        return ""
    oid = f"STD.{name}"
    draft.standards[oid] = Standard(oid, name, "IG", version)
    return oid


def _version(told: str) -> str:
    """A version of Define-XML with its patch: 2.1 is 2.1.0."""
    return told if told.count(".") > 1 else f"{told}.0"
