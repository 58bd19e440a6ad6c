"""Python functions in a study's folder of specs, by dotted path; nothing else is imported."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cdisc_hai.errors import Fault, MappingError
from cdisc_hai.metadata.model import Dataset
from cdisc_hai.registry import Operation

KIND = "function"


def function_file(folder: str, dotted: str) -> Path:
    """``functions.doses.sum_up`` as the file functions/doses.py of the folder.

    Raises ValueError, saying why, where the path is none, or leads out of the folder.
    """
    *modules, name = dotted.split(".")
    if not modules or not all(part.isidentifier() for part in (*modules, name)):
        raise ValueError(f"'{dotted}' is to be a dotted path as functions.name")
    home = Path(folder).resolve()
    path = home.joinpath(*modules).with_suffix(".py")
    if not path.is_file():
        raise ValueError(f"no file {'/'.join(modules)}.py in the folder of specs")
    if not path.resolve().is_relative_to(home):
        raise ValueError(f"{'/'.join(modules)}.py leads out of the folder of specs")
    return path


def function_of(folder: str, dotted: str) -> Callable[..., Any]:
    """The function; raises MappingError where there is none."""
    try:
        path = function_file(folder, dotted)
    except ValueError as error:
        raise MappingError(f"function '{dotted}': {error}") from error
    module = _module(str(path), path.stat().st_mtime_ns)
    found = getattr(module, dotted.rpartition(".")[2], None)
    if not callable(found):
        raise MappingError(f"function '{dotted}': {path.name} has no such function")
    called: Callable[..., Any] = found
    return called


@functools.lru_cache(maxsize=64)
def _module(path: str, _changed: int) -> Any:
    """A file as a module that no other import sees."""
    spec = importlib.util.spec_from_file_location(f"_study_{Path(path).stem}", path)
    if spec is None or spec.loader is None:
        raise MappingError(f"{path}: cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        name = Path(path).name
        raise MappingError(f"{name}: {type(error).__name__}: {error}") from error
    return module


def function_faults(
    folder: str, datasets: Mapping[str, Dataset], known: Mapping[str, Operation]
) -> Iterator[Fault]:
    """Functions that specs name and the folder does not have; no code is run."""
    for dataset in datasets.values():
        for variable in (*dataset.variables, *dataset.qualifiers):
            for step in variable.steps:
                operation = known.get(step.op)
                for name, param in (operation.params if operation else {}).items():
                    spot = step.params.get(name)
                    if param.kind == KIND and spot is not None:
                        try:
                            function_file(folder, str(spot.value))
                        except ValueError as error:
                            yield spot.fault(str(error))
