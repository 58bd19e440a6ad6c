"""No derivation without a case."""

import re
from pathlib import Path

from cdisc_hai.registry import operations

CALL = re.compile(r"\b(?:run|values)\(\s*\"(\w+)\"|operations\(\)\[\"(\w+)\"\]")


def test_every_registered_derivation_has_a_case_in_this_folder() -> None:
    text = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    called = {name for pair in CALL.findall(text) for name in pair if name}
    registered = {o.name for o in operations().values() if o.stage in ("column", "records")}
    assert registered - called == set()
