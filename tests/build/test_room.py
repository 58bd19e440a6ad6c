"""The room of use cases, as a user imports it."""

from __future__ import annotations

from importlib import import_module

import pytest

import cdisc_hai.build as room


@pytest.mark.parametrize("name", room.__all__)
def test_a_use_case_is_the_same_whatever_was_imported_before(name):
    for module in ("check", "result", "study", "tracing"):
        import_module(f"cdisc_hai.build.{module}")
    assert callable(getattr(room, name))


@pytest.mark.parametrize("name", room.__all__)
def test_no_file_of_the_room_has_the_name_of_a_use_case(name):
    # the import of a file sets an attribute of its name, and would hide the use case
    with pytest.raises(ModuleNotFoundError):
        import_module(f"cdisc_hai.build.{name}")
