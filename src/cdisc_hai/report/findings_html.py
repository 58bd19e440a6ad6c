"""findings.html: the findings and the accounting as one page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files

from cdisc_hai.findings import Finding, count_by_severity
from cdisc_hai.report.lines import (
    DatasetLine,
    counted,
    form_lines,
    place,
    rule_groups,
    total_line,
)

MOST_PER_RULE = 200  # a page of 20,000 findings should still open at once
FIRST_LINES = 20
MOST_LINES = 2_000


def findings_html(
    *,
    title: str,
    findings: tuple[Finding, ...],
    accounting: Mapping[str, Mapping[str, object]],
    datasets: Sequence[DatasetLine],
) -> str:
    """The text of findings.html; the same input gives the same bytes.

    ``title`` heads the page, which lists the first 200 findings of each rule and the first
    2,000 lines of each finding, and says how many more findings.json has.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only when a page is made

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(counted=counted, place=place)
    environment.filters["figure"] = "{:,}".format
    template = files("cdisc_hai.report").joinpath("findings.html.j2").read_text("utf-8")
    groups = rule_groups(findings)
    reasons, forms = form_lines(accounting)
    return environment.from_string(template).render(
        title=title,
        total=len(findings),
        listed=sum(min(len(group.findings), MOST_PER_RULE) for group in groups),
        counts=count_by_severity(findings),
        groups=tuple(enumerate(groups, 1)),
        datasets=datasets,
        found_in=Counter(finding.dataset for finding in findings),
        reasons=reasons,
        forms=forms,
        all_forms=total_line(forms),
        most_per_rule=MOST_PER_RULE,
        first_lines=FIRST_LINES,
        most_lines=MOST_LINES,
    )
