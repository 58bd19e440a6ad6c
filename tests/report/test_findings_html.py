"""findings.html: read as a browser reads it, with lxml."""

import re

from lxml import etree, html

from cdisc_hai.findings import Finding
from cdisc_hai.report.findings_html import findings_html
from cdisc_hai.report.lines import DatasetLine

DATASETS = [
    DatasetLine("AE", "Adverse Events", 1203, 32, "sdtm/ae.xpt"),
    DatasetLine("TR", "Tumor/Lesion Results", 41, 22, "sdtm/tr.xpt"),
]
ACCOUNTING = {
    "scan": {
        "read": 1050,
        "mapped": 1041,
        "excluded": {"inactive": 4, "after_cutoff": 3},
        "not_submitted": 0,
        "in_findings": 2,
    },
    "event": {
        "read": 10,
        "mapped": 8,
        "excluded": {"duplicate": 1},
        "not_submitted": 1,
        "in_findings": 0,
    },
}
TERM = Finding(
    "CONTRACT-TERM",
    "error",
    "'肝动脉灌注' is not a term of METHOD",
    "TR",
    "TRMETHOD",
    sources=("scan.csv:57", "scan.csv:58"),
    rows=(3, 7),
    spec="specs/sdtm/tr.yaml:34",
    mend="correct the value, or add the term",
)
INACTIVE = Finding("RAW-INACTIVE", "note", "record is inactive", sources=("scan.csv:4",))


def page(*findings, datasets=DATASETS, accounting=ACCOUNTING, title="A study"):
    return findings_html(title=title, findings=findings, accounting=accounting, datasets=datasets)


def tree(*findings, **rest):
    return html.fromstring(page(*findings, **rest))


def texts(nodes):
    return [" ".join(node.text_content().split()) for node in nodes]


def cells(row):
    return texts(row.xpath("./th | ./td"))


def test_every_tag_that_is_opened_is_closed_in_its_turn():
    text = page(TERM, INACTIVE)
    text = re.sub(r"(?s)<(style|script)>.*?</\1>", "", text).replace("<!doctype html>", "")
    text = re.sub(r"<(meta|input)\b([^>]*)>", r"<\1\2/>", text)
    # XML wants a value for each attribute; HTML does not.
    text = re.sub(r" (hidden|checked)(?=[ />])", r' \1=""', text)
    assert etree.fromstring(text).tag == "html"


def test_an_id_stands_once_and_every_link_leads_to_one():
    root = tree(TERM, INACTIVE, Finding("RAW-INACTIVE", "warning", "the same rule, but worse"))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in root.xpath("//a/@href")} <= set(ids)
    assert set(root.xpath("//@aria-labelledby")) <= set(ids)


def test_markup_in_a_message_a_label_or_a_source_stays_text():
    wicked = "<script>alert('x')</script> & \"quoted\""
    finding = Finding("R", "error", wicked, sources=(wicked,), spec=wicked, mend=wicked)
    lines = [DatasetLine("AE", wicked, 1, 1, wicked)]
    root = tree(finding, title=wicked, datasets=lines)
    assert len(root.xpath("//script")) == 1
    assert texts(root.xpath("//p[@class='message']")) == [wicked]
    assert texts(root.xpath("//h1")) == [wicked]
    assert root.text_content().count(wicked) == 8


def test_chinese_stays_as_it_was():
    assert '<p class="message"><code>TR.TRMETHOD</code> &#39;肝动脉灌注&#39;' in page(TERM)


def test_the_same_input_gives_the_same_bytes():
    assert page(TERM, INACTIVE).encode() == page(TERM, INACTIVE).encode()


def test_nothing_is_fetched_from_elsewhere():
    root = tree(TERM)
    assert root.xpath("//@src | //link | //img | //iframe") == []
    assert "://" not in page(TERM)


def test_the_header_counts_the_findings_of_each_severity():
    assert texts(tree(TERM, TERM, INACTIVE).xpath("//ul[@class='counts']/li")) == [
        "2 errors",
        "0 warnings",
        "1 note",
    ]


def test_the_datasets_have_their_records_variables_findings_and_file():
    table = tree(TERM).xpath("//table[contains(caption, 'datasets')]")[0]
    assert [cells(row) for row in table.xpath(".//tr")] == [
        ["Dataset", "Label", "Records", "Variables", "Findings", "File"],
        ["AE", "Adverse Events", "1,203", "32", "0", "sdtm/ae.xpt"],
        ["TR", "Tumor/Lesion Results", "41", "22", "1", "sdtm/tr.xpt"],
    ]


def test_the_accounting_has_a_line_a_form_a_column_a_reason_and_a_sum():
    table = tree(TERM).xpath("//table[contains(caption, 'Rows by form')]")[0]
    assert [cells(row) for row in table.xpath(".//tr")] == [
        ["Form", "Read", "Mapped", "Excluded", "Not submitted", "In findings"],
        ["after cutoff", "duplicate", "inactive"],
        ["event", "10", "8", "0", "1", "0", "1", "0"],
        ["scan", "1,050", "1,041", "3", "0", "4", "0", "2"],
        ["All forms", "1,060", "1,049", "3", "1", "4", "1", "2"],
    ]


def test_every_table_has_a_caption_and_every_heading_a_scope():
    root = tree(TERM)
    assert len(root.xpath("//table")) == len(root.xpath("//table/caption")) == 3
    assert root.xpath("//th[not(@scope)]") == []


def test_findings_stand_by_severity_and_then_by_rule():
    root = tree(INACTIVE, Finding("B", "error", "b"), Finding("A", "error", "a"))
    assert texts(root.xpath("//section[@data-severity]//h2 | //h3")) == [
        "2 errors",
        "A",
        "B",
        "1 note",
        "RAW-INACTIVE",
    ]


def test_a_finding_tells_where_what_and_how_to_mend():
    item = tree(TERM).xpath("//li[@class='finding']")[0]
    assert texts(item.xpath("./p")) == ["TR.TRMETHOD '肝动脉灌注' is not a term of METHOD"]
    assert dict(zip(texts(item.xpath(".//dt")), texts(item.xpath(".//dd")), strict=True)) == {
        "To mend": "correct the value, or add the term",
        "Raw lines": "scan.csv:57, scan.csv:58",
        "Records": "3, 7",
        "Spec": "specs/sdtm/tr.yaml:34",
    }


def test_the_first_20_lines_are_shown_and_the_rest_can_be_opened():
    finding = Finding("R", "note", "m", sources=tuple(f"a.csv:{n}" for n in range(2, 25)))
    (rest,) = tree(finding).xpath("//dd/details")
    assert texts([rest]) == ["and 3 more lines a.csv:22, a.csv:23, a.csv:24"]


def test_of_a_rule_200_findings_are_listed_and_the_others_counted():
    root = tree(*(Finding("R", "warning", f"message {n}") for n in range(20_000)))
    assert len(root.xpath("//li[@class='finding']")) == 200
    assert texts(root.xpath("//p[@class='more']")) == [
        "The first 200 are listed; 19,800 more are in findings.json."
    ]


def test_without_script_all_is_shown_and_only_the_filter_is_hidden():
    assert [node.tag for node in tree(TERM, INACTIVE).xpath("//*[@hidden]")] == ["form"]


def test_findings_on_an_export_are_told_to_be_had_as_a_list_by_subject():
    finding = Finding(rule="R", severity="error", message="m", sources=("ae.csv:3",))
    told = "cdisc-hai queries --build FOLDER --xlsx queries.xlsx"
    assert texts(tree(finding).xpath("//header//code")) == [told]
    assert tree(finding, accounting={}).xpath("//header//code") == []
    assert tree().xpath("//header//code") == []


def test_a_page_without_findings_says_so():
    root = tree(datasets=[], accounting={})
    assert texts(root.xpath("//main")) == ["Findings No findings: nothing to mend."]
    assert root.xpath("//script | //table | //nav") == []
