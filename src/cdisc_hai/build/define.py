"""The define of a folder of datasets: define.xml, its stylesheet, and the page that people read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

import cdisc_hai
from cdisc_hai.build.acrf import DOCUMENT, PAGES
from cdisc_hai.build.place import OutputError, written
from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Study
from cdisc_hai.raw.xpt_file import XptDataset, read_xpt, xpt_paths
from cdisc_hai.registry import operations
from cdisc_hai.sdtm.specs import spec_of
from cdisc_hai.submit.define.draft import Pages
from cdisc_hai.submit.define.html import define_html, stylesheet
from cdisc_hai.submit.define.make import make_define
from cdisc_hai.submit.define.model import Define
from cdisc_hai.submit.define.render import STYLESHEET, render_define
from cdisc_hai.submit.define_check import check_define, not_told
from cdisc_hai.submit.define_check.stale import is_ours, stale

FILE = "define.xml"
PAGE = ".html"
_BEGINNING = datetime.datetime(1960, 1, 1)  # SAS's own, where a file's header tells no time


def default_templates() -> Path:
    """The templates that are shipped inside the package (in a checkout: its ``define/``)."""
    package = Path(cdisc_hai.__file__).resolve().parent
    shipped = package / "_study" / "define"
    return shipped if shipped.is_dir() else package.parents[1] / "define"


def build_define(
    *,
    data: Path | str,
    out: Path | str,
    specs: Path | str | None = None,
    pages: Pages | None = None,
) -> Path:
    """Write the define of the transport files in ``data`` to the file ``out``.

    Beside it lie the page that browsers show (``.html``) and the stylesheet. ``pages`` are those
    of ``acrf.pdf`` by form and item, without which those of the folder's build are taken. Raises
    SpecError, OutputError, and RawError where the folder's files cannot be described together;
    then nothing is written.
    """
    study, target = study_of(specs), Path(out)
    if target.suffix.lower() != ".xml":
        raise OutputError(f"{target}: a define is an XML file; name it as {FILE}")
    known = pages_beside(Path(data)) if pages is None else pages
    define = define_of(_place(study, Path(data), None), known)
    text = render_define(define, default_templates())
    write_define(text, target)
    return target


def pages_beside(folder: Path) -> Pages:
    """The pages of the annotated CRF that a build left with its lineage; none without the CRF."""
    if not (folder / DOCUMENT).is_file():
        return {}
    for lineage in (folder / "lineage", folder.parent / "lineage"):
        try:
            table = json.loads((lineage / PAGES).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return {
            (form, item): tuple(map(int, on))
            for form, items in table.items()
            for item, on in items.items()
        }
    return {}


def write_define(text: bytes, target: Path) -> None:
    """The document, the page that browsers show, and the stylesheet that it names."""
    files = {
        target: text,
        target.with_suffix(PAGE): define_html(text),
        target.with_name(STYLESHEET): stylesheet(),
    }
    for path, content in files.items():
        with written(path) as part:
            part.write_bytes(content)


def describe(
    study: Study,
    folder: Path,
    pages: Pages,
    *,
    written: Mapping[str, XptDataset],
    sdtm: Mapping[str, pd.DataFrame] | None = None,
    before: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """Write the define of a folder into it, and hold it against the datasets just written there.

    ``written`` is what their files hold, and ``sdtm`` the datasets that ADaM was copied from, so
    that no file is read again; what ``before`` tells is not told again.
    """
    place = _Place(study, folder, written, dict(sdtm or {}).get, bool(sdtm))
    define = define_of(place, pages)
    text = render_define(define, default_templates())
    write_define(text, folder / FILE)
    return (*_left_out(define), *_checked(place, text, before))


def check_defined(
    study: Study, folder: Path, *, sdtm: Path | None = None, before: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Hold the define that lies in a folder, if one does, against the folder's files."""
    path = folder / FILE
    if not path.is_file():
        return ()
    place, text = _place(study, folder, sdtm), path.read_bytes()
    return (*_checked(place, text, before), *_stale(place, text))


def _stale(place: _Place, text: bytes) -> Iterator[Finding]:
    """Where a define of ours is not the one that would be built now."""
    pages = pages_beside(place.folder)
    if not (place.study.sdtm or place.has_sdtm):
        return  # whether a predecessor is a qualifier is seen in the SDTM alone
    if (place.folder / DOCUMENT).is_file() and not pages:
        return  # a package holds the CRF without the pages of its items
    try:
        expected = render_define(define_of(place, pages), default_templates())
    except RawError:  # datasets that the specs do not know, which has been told
        return
    if is_ours(text, expected):
        yield from stale(text, expected)


@dataclass(frozen=True)
class _Place:
    """A folder with its transport files, and the SDTM that lies elsewhere, by dataset."""

    study: Study
    folder: Path
    written: Mapping[str, XptDataset]
    elsewhere: Callable[[str], pd.DataFrame | None]
    has_sdtm: bool


def _place(study: Study, folder: Path, sdtm: Path | None) -> _Place:
    near = sdtm or sdtm_beside(folder)
    paths = {path.stem.upper(): path for path in xpt_paths(near)} if near else {}

    @cache
    def elsewhere(name: str) -> pd.DataFrame | None:
        return read_xpt(paths[name], study.encoding).frame if name in paths else None

    return _Place(study, folder, _written(study, folder), elsewhere, bool(paths))


def sdtm_beside(folder: Path) -> Path | None:
    """The folder of the SDTM behind an ADaM folder, if one is there."""
    return next((place for place in _near(folder) if place.is_dir()), None)


def _near(folder: Path) -> Iterator[Path]:
    """Where the SDTM of an ADaM folder lies: beside it, or as the regulatory tree has it."""
    yield folder.parent / "sdtm"
    if len(folder.parents) > 2:
        yield folder.parents[2] / "tabulations" / "sdtm"


def _checked(place: _Place, text: bytes, before: Iterable[Finding]) -> tuple[Finding, ...]:
    found = check_define(
        text,
        place.written,
        place.folder,
        elsewhere=place.elsewhere,
        encoding=place.study.encoding,
    )
    return not_told(found, before)


def define_of(place: _Place, pages: Pages) -> Define:
    """The define of a folder's transport files; its time is the latest of the files' headers."""
    study, folder, written = place.study, place.folder, place.written
    times = [data.created for data in written.values() if data.created]
    return make_define(
        study,
        _standard(study, folder, written),
        written,
        known=operations(),
        created=max(times, default=_BEGINNING),
        software=cdisc_hai.__version__,
        pages=pages,
        elsewhere=place.elsewhere,
        beside={path.name for path in folder.iterdir()},
    )


def _left_out(define: Define) -> Iterator[Finding]:
    for title in define.left_out:
        yield Finding(
            rule="DEFINE-RESULT-WITHOUT-DATA",
            severity="note",
            message=f"the define does not tell of '{title}': the data have no record for it",
            mend="nothing, if there is none to date; else correct define.yaml",
        )


def _written(study: Study, folder: Path) -> dict[str, XptDataset]:
    if not folder.is_dir():
        raise RawError(f"{folder}: no such folder; name the folder that holds the XPT files")
    read = [read_xpt(path, study.encoding) for path in xpt_paths(folder)]
    if not read:
        raise RawError(f"{folder}: holds no transport file (*.xpt); name another folder")
    found = {data.name: data for data in read}
    if len(found) < len(read):
        names = [data.name for data in read]
        double = next(name for name in names if names.count(name) > 1)
        raise RawError(f"{folder}: dataset {double} stands in two files; keep one")
    return found


def _standard(study: Study, folder: Path, written: Mapping[str, XptDataset]) -> str:
    """The standard that all datasets of a folder are of."""
    of = {name: spec.standard for name in written if (spec := spec_of(study, name))}
    found = sorted(set(of.values()))
    if len(found) == 1:
        return found[0]
    if not found:
        raise RawError(f"{folder}: the specs have none of its datasets; give their --specs")
    names = ", ".join(f"{name} ({standard.upper()})" for name, standard in sorted(of.items()))
    raise RawError(f"{folder}: a define is of SDTM or of ADaM, here are both: {names}; part them")
