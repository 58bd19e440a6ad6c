"""Write docs/operations.md: every operation of SDTM with its parameters, sentence and examples.

The examples are the cases of the tests, so each has been run.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.mapping.manual import manual  # noqa: E402 - the tests are found by the line above


def main() -> None:
    """Write the page."""
    (ROOT / "docs" / "operations.md").write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    main()
