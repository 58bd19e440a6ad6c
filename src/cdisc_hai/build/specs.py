"""The specs that a use case works by."""

from __future__ import annotations

from pathlib import Path

import cdisc_hai
import cdisc_hai.derive
import cdisc_hai.mapping
from cdisc_hai.metadata import Study, load_study
from cdisc_hai.registry import operations


def default_specs() -> Path:
    """The study that is shipped inside the package (in a checkout: its ``specs/``)."""
    package = Path(cdisc_hai.__file__).resolve().parent
    shipped = package / "_study" / "specs"
    return shipped if shipped.is_dir() else package.parents[1] / "specs"


def study_of(specs: Path | str | None) -> Study:
    """The study in a folder of specs, or the one that is shipped."""
    return load_study(Path(specs) if specs else default_specs(), operations())
