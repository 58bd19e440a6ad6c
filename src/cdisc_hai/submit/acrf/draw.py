"""Draws an annotated CRF as PDF: fonts embedded, bookmarks by form and by visit."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cdisc_hai.submit.acrf.font import NAME, embedded
from cdisc_hai.submit.acrf.sheets import Crf, Line, Note, Sheet

WIDTH, HEIGHT = 595.0, 842.0  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 40.0, 555.0, 760.0, 48.0
LABELS, ANSWERS, NOTES = LEFT, 205.0, 352.0  # where the columns begin
SIZE, SMALL, LEAD = 8.5, 7.0, 11.5
PALE = ((0.75, 1.0, 1.0), (1.0, 1.0, 0.59), (0.59, 1.0, 0.59), (1.0, 0.75, 0.61), (0.86, 0.8, 1.0))
GREY, LINE, INK = (0.9, 0.9, 0.9), (0.72, 0.72, 0.72), (0.1, 0.1, 0.1)
PENCIL = (0.4, 0.4, 0.4)

Pages = Mapping[tuple[str, str], tuple[int, ...]]
"""The pages of each item, by form and item."""


def acrf_pdf(crf: Crf) -> tuple[bytes, Pages]:
    """The document, and on which of its pages each item stands (from 1)."""
    first = _drawn(crf, {sheet.form: 0 for sheet in crf.sheets}).first  # to learn the pages
    pen = _drawn(crf, first)
    pen.canvas.addOutlineEntry("Contents", "contents", 0)
    for mark in pen.bookmarks:
        pen.canvas.addOutlineEntry(mark.title, mark.place, mark.level, closed=mark.level > 0)
    return pen.bytes(), pen.pages


def _drawn(crf: Crf, first: Mapping[str, int]) -> _Pen:
    """Contents and forms; ``first`` has the page that the contents tell of each form."""
    pen = _Pen.of(crf)
    _contents(pen, crf, first)
    for sheet in crf.sheets:
        _draw_sheet(pen, sheet)
    return pen


@dataclass
class _Pen:
    """A canvas that knows where it is."""

    canvas: Any
    into: io.BytesIO
    study: str
    bookmarks: tuple[_Bookmark, ...] = ()
    number: int = 0
    y: float = TOP
    first: dict[str, int] = field(default_factory=dict)
    pages: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, crf: Crf) -> _Pen:
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - slow to import
        from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - slow to import
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - slow to import

        pdfmetrics.registerFont(TTFont(NAME, io.BytesIO(embedded(_text(crf)))))
        into = io.BytesIO()
        canvas = Canvas(into, (WIDTH, HEIGHT), invariant=1, initialFontName=NAME)
        canvas.setTitle(f"{crf.study}: annotated case report form")
        canvas.setAuthor("")
        canvas.setSubject(crf.title)
        canvas.showOutline()
        return cls(canvas, into, crf.study, tuple(_bookmarks(crf)))

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.into.getvalue()

    def page(self, title: str, code: str = "") -> None:
        """A new page with its heading."""
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.text(LEFT, 800, title, 14)
        if code:
            self.text(LEFT, 786, code, SMALL, PENCIL)
        self.right(RIGHT, 800, self.study, SIZE)
        self.right(RIGHT, 30, f"Page {self.number}", SMALL)
        self.rule(778)
        self.y = TOP

    def text(self, x: float, y: float, text: str, size: float, ink: Any = INK) -> None:
        self.canvas.setFillColorRGB(*ink)
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(x, y, text)

    def right(self, x: float, y: float, text: str, size: float) -> None:
        self.text(x - self.width(text, size), y, text, size)

    def width(self, text: str, size: float) -> float:
        return float(self.canvas.stringWidth(text, NAME, size))

    def rule(self, y: float) -> None:
        self.canvas.setStrokeColorRGB(*LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(LEFT, y, RIGHT, y)

    def box(self, x: float, y: float, width: float, fill: Any) -> None:
        self.canvas.setFillColorRGB(*fill)
        self.canvas.setStrokeColorRGB(*INK)
        self.canvas.setLineWidth(0.4)
        self.canvas.rect(x, y, width, LEAD - 1.5, stroke=1, fill=1)

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        """Text in lines of a width; words that are longer, and Chinese, break where they must."""
        lines, line = [], ""
        for word in _words(text):
            while self.width(line + word, size) > width and (line or len(word) > 1):
                if line:
                    lines.append(line.rstrip())
                    line = ""
                    continue
                fits = next(
                    n
                    for n in range(len(word), 0, -1)
                    if n == 1 or self.width(word[:n], size) <= width
                )
                lines.append(word[:fits])
                word = word[fits:]  # noqa: PLW2901 - the rest of the same word
            line += word if line else word.lstrip()
        return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str) -> list[str]:
    """Words with the blank behind each; a character beyond Latin is a word of its own."""
    words: list[str] = []
    word = ""
    for character in text:
        if ord(character) > 0x2E7F:
            words.extend(filter(None, (word, character)))
            word = ""
        else:
            word += character
            if character == " ":
                words.append(word)
                word = ""
    return [*words, word] if word else words


def _text(crf: Crf) -> str:
    parts = [crf.study, crf.title, "".join(map(chr, range(32, 127)))]
    for sheet in crf.sheets:
        parts.extend([sheet.form, sheet.title, *(n.text for n in sheet.datasets)])
        for line in sheet.lines:
            parts.extend([line.item, line.label, line.answer, *line.choices])
            parts.extend(note.text for note in line.notes)
    return "".join(parts)


def _colours(sheet: Sheet) -> dict[str, tuple[float, float, float]]:
    names = [note.dataset for note in sheet.datasets]
    return {name: PALE[at % len(PALE)] for at, name in enumerate(names)}


def _draw_sheet(pen: _Pen, sheet: Sheet) -> None:
    colours = _colours(sheet)
    pen.page(sheet.title, f"Form {sheet.form}")
    pen.first[sheet.form] = pen.number
    pen.canvas.bookmarkPage(sheet.form)
    for mark in pen.bookmarks:
        if mark.form == sheet.form:
            pen.canvas.bookmarkPage(mark.place)
    for note in sheet.datasets:
        _note(pen, note, LEFT, colours)
        pen.y -= LEAD
    pen.y -= LEAD / 2
    for line in sheet.lines:
        _draw_line(pen, sheet, line, colours)


def _draw_line(pen: _Pen, sheet: Sheet, line: Line, colours: Mapping[str, Any]) -> None:
    """An item with its answer and its annotations; it stays on one page if one page can hold it."""
    width = (NOTES if line.compact else ANSWERS) - LABELS - 10
    label = [(part, SIZE, INK) for part in pen.wrapped(line.label, width, SIZE)]
    label.append((line.item, SMALL, PENCIL))
    if line.compact:
        label = [(part, SMALL, PENCIL) for part in _compact(pen, line, width)]
    answer = [] if line.compact else _answer(pen, line)
    notes = [part for note in line.notes for part in _note_parts(pen, note)]
    rows = max(len(label), len(answer), len(notes))
    if pen.y - rows * LEAD < BOTTOM and rows * LEAD <= TOP - BOTTOM:
        pen.page(f"{sheet.title} (continued)", f"Form {sheet.form}")
    pen.rule(pen.y + LEAD - 2.5)
    key, start = (sheet.form, line.item), pen.number
    for row in range(rows):
        if pen.y < BOTTOM:
            pen.page(f"{sheet.title} (continued)", f"Form {sheet.form}")
        if row < len(label):
            text, size, ink = label[row]
            pen.text(LABELS, pen.y, text, size, ink)
        if row < len(answer):
            _answer_row(pen, answer[row])
        if row < len(notes):
            _note(pen, notes[row], NOTES, colours)
        pen.y -= LEAD
    pen.y -= 3
    pen.pages[key] = tuple(range(start, pen.number + 1))


def _compact(pen: _Pen, line: Line, width: float) -> list[str]:
    return pen.wrapped(f"{line.label} ({line.item})", width, SMALL)


def _answer(pen: _Pen, line: Line) -> list[tuple[str, str]]:
    """The rows of an answer: (what is drawn before, text)."""
    width = NOTES - ANSWERS - 20
    if line.choices:
        return [
            ("choice" if at == 0 else "", part)
            for choice in line.choices
            for at, part in enumerate(pen.wrapped(choice, width, SIZE))
        ]
    hint = pen.wrapped(line.answer, width, SMALL) if line.answer else []
    return [("field", ""), *(("hint", part) for part in hint)]


def _answer_row(pen: _Pen, row: tuple[str, str]) -> None:
    kind, text = row
    pen.canvas.setStrokeColorRGB(*LINE)
    pen.canvas.setLineWidth(0.7)
    if kind == "field":
        pen.canvas.line(ANSWERS, pen.y - 2, NOTES - 20, pen.y - 2)
    elif kind == "hint":
        pen.text(ANSWERS, pen.y, text, SMALL, PENCIL)
    else:
        if kind == "choice":
            pen.canvas.circle(ANSWERS + 3.5, pen.y + 2.8, 3, stroke=1, fill=0)
        pen.text(ANSWERS + 12, pen.y, text, SIZE)


def _note_parts(pen: _Pen, note: Note) -> Sequence[Note]:
    parts = pen.wrapped(note.text, RIGHT - NOTES - 8, SMALL)
    return [Note(part, note.dataset) for part in parts]


def _note(pen: _Pen, note: Note, x: float, colours: Mapping[str, Any]) -> None:
    width = pen.width(note.text, SMALL) + 6
    pen.box(x, pen.y - 2.8, width, colours.get(note.dataset, GREY))
    pen.text(x + 3, pen.y, note.text, SMALL)


def _contents(pen: _Pen, crf: Crf, first: Mapping[str, int]) -> None:
    """Which form stands where."""
    pen.page("Annotated case report form")
    pen.canvas.bookmarkPage("contents")
    for part in pen.wrapped(crf.title, RIGHT - LEFT, SIZE):
        pen.text(LEFT, pen.y, part, SIZE)
        pen.y -= LEAD
    pen.y -= LEAD
    for sheet in crf.sheets:
        if pen.y < BOTTOM:
            pen.page("Annotated case report form (continued)")
        pen.text(LEFT, pen.y, sheet.title, SIZE)
        pen.text(NOTES - 60, pen.y, sheet.form, SMALL, PENCIL)
        number = str(first[sheet.form])
        pen.right(RIGHT, pen.y, number, SIZE)
        pen.canvas.linkRect("", sheet.form, (LEFT, pen.y - 3, RIGHT, pen.y + 9), thickness=0)
        pen.y -= LEAD * 1.5


@dataclass(frozen=True)
class _Bookmark:
    """An entry of the outline; the name of its place is its own (a place has but one title)."""

    title: str
    place: str
    level: int
    form: str


def _bookmarks(crf: Crf) -> list[_Bookmark]:
    """By form, and by visit with the forms that each has."""
    titles = {sheet.form: sheet.title for sheet in crf.sheets}
    shown = [(visit, [f for f in forms if f in titles]) for visit, forms in crf.visits]
    entries = [("Forms", 0, form) for form in list(titles)[:1]]
    entries += [(title, 1, form) for form, title in titles.items()]
    entries += [("Visits", 0, forms[0]) for _, forms in shown if forms][:1]
    for visit, forms in shown:
        entries += [(visit, 1, form) for form in forms[:1]]
        entries += [(titles[form], 2, form) for form in forms]
    return [_Bookmark(t, f"place{at}", level, form) for at, (t, level, form) in enumerate(entries)]
