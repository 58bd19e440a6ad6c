"""Findings and results for people: the console, findings.html and findings.json."""

from cdisc_hai.report.console import fault_text, findings_lines, summary
from cdisc_hai.report.findings_html import findings_html
from cdisc_hai.report.findings_json import findings_json
from cdisc_hai.report.lines import DatasetLine

__all__ = [
    "DatasetLine",
    "fault_text",
    "findings_html",
    "findings_json",
    "findings_lines",
    "summary",
]
