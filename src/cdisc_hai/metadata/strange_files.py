"""Files in a folder of specs that look like specs and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.shapes import did_you_mean

AT_THE_TOP = ("study.yaml", "raw.yaml", "codelists.yaml", "define.yaml", "explained.yaml")
DATASETS = ("sdtm", "adam")


def strange_files(folder: Path, label: str) -> Iterator[Fault]:
    """A fault for each YAML file that is passed over for its name or its place."""
    for path in _yaml_files(folder):
        if path.name not in AT_THE_TOP:
            stems = [name.removesuffix(".yaml") for name in AT_THE_TOP]
            hint = did_you_mean(path.stem.lower(), stems).replace("'?", ".yaml'?")
            yield Fault(f"{label}/{path.name}", 1, f"no spec of this name is read from here{hint}")
    for standard in DATASETS:
        for path in _yaml_files(folder / standard):
            if path.suffix != ".yaml":
                told = f"only *.yaml is read from here, not *{path.suffix}"
                yield Fault(f"{label}/{standard}/{path.name}", 1, told)


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [path for path in files if path.suffix.lower() in (".yaml", ".yml")]
