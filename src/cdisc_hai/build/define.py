"""The define of a folder of datasets: define.xml, its stylesheet, and the page that people read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import cdisc_hai
from cdisc_hai.build.acrf import DOCUMENT, PAGES
from cdisc_hai.build.place import OutputError
from cdisc_hai.build.specs import study_of
from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Study
from cdisc_hai.raw.xpt_file import XptDataset, read_xpt, xpt_paths
from cdisc_hai.registry import operations
from cdisc_hai.sdtm.specs import spec_of
from cdisc_hai.submit.define.draft import Pages
from cdisc_hai.submit.define.html import define_html, stylesheet
from cdisc_hai.submit.define.make import make_define
from cdisc_hai.submit.define.render import STYLESHEET, render_define

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
    folder = Path(data)
    text = define_of(study, folder, pages_beside(folder) if pages is None else pages)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_define(text, target)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror}; name another file") from error
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
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)


def define_of(study: Study, folder: Path, pages: Pages | None = None) -> bytes:
    """The define of a folder's transport files; its time is the latest of the files' headers."""
    written = _written(study, folder)
    times = [data.created for data in written.values() if data.created]
    define = make_define(
        study,
        _standard(study, folder, written),
        written,
        known=operations(),
        created=max(times, default=_BEGINNING),
        software=cdisc_hai.__version__,
        pages=pages,
    )
    return render_define(define, default_templates())


def _written(study: Study, folder: Path) -> dict[str, XptDataset]:
    if not folder.is_dir():
        raise RawError(f"{folder}: no such folder; name the folder that holds the XPT files")
    read = [read_xpt(path, study.encoding) for path in xpt_paths(folder)]
    if not read:
        raise RawError(f"{folder}: holds no transport file (*.xpt); name another folder")
    return {data.name: data for data in read}


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
