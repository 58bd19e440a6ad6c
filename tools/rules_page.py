"""The list of rules in docs/rules.md, written from the rules themselves.

python tools/rules_page.py          write the list
python tools/rules_page.py --check  exit 1 where it is not up to date
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from cdisc_hai.conform.rule import Rule
from cdisc_hai.conform.rules import every_rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
_HEAD = "| rule | what must be true | where | severity | public ids |\n|---|---|---|---|---|"


def table(rules: Iterable[Rule]) -> str:
    """The rules as a table of Markdown, one a line."""
    return "\n".join([_HEAD, *(_line(rule) for rule in rules)])


def _line(rule: Rule) -> str:
    scope = ", ".join(rule.kinds + rule.datasets) or "all"
    cells = (rule.id, rule.sentence, f"{rule.standard}: {scope}", rule.severity)
    return f"| {' | '.join(cells)} | {', '.join(rule.public)} |"


def updated(page: str) -> str:
    """The page with the list of today between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{PAGE.name}: no '{BEGIN}' and '{END}'")
    return f"{before}{BEGIN}\n\n{table(every_rule().values())}\n\n{END}{after}"


def main() -> int:
    """The exit code."""
    page = PAGE.read_text(encoding="utf-8")
    new = updated(page)
    if "--check" in sys.argv[1:]:
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
