"""A TrueType font with just the characters that a document needs, to embed in it.

Noto Sans CJK (SIL Open Font License) has outlines of the PostScript kind, which PDF writers
seldom embed; those that are needed are converted to quadratic curves.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

NAME = "Acrf"
_SIMPLIFIED_CHINESE = 2  # its place in the collection, for the shapes of shared characters
_FURTHEST = 1.0  # units of 1000 an em by which a converted curve may stray


def embedded(text: str) -> bytes:
    """A font file with the glyphs of every character of ``text`` that Noto Sans CJK has."""
    return _of_characters("".join(sorted({*text, " "})))


@lru_cache(maxsize=4)
def _of_characters(text: str) -> bytes:
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415 - slow to import
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

    source = TTFont(_file(), fontNumber=_SIMPLIFIED_CHINESE, lazy=True)
    known = source.getBestCmap()
    wanted = {ord(c): known[ord(c)] for c in text if ord(c) in known}
    names = [".notdef", *dict.fromkeys(wanted.values())]
    shapes = source.getGlyphSet()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(wanted)
    builder.setupGlyf({name: _outline(shapes, name) for name in names})
    table = builder.font["glyf"]
    metrics = {n: (round(shapes[n].width), getattr(table[n], "xMin", 0) or 0) for n in names}
    builder.setupHorizontalMetrics(metrics)
    edges = {"ascent": source["hhea"].ascent, "descent": source["hhea"].descent}
    builder.setupHorizontalHeader(**edges)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=edges["ascent"], sTypoDescender=edges["descent"])
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0  # no clock in any output
    builder.font.recalcTimestamp = False
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def _file() -> Path:
    import noto_cjk_sans_otc  # noqa: PLC0415 - needed here alone

    return Path(str(noto_cjk_sans_otc.__file__)).parent / "NotoSansCJK-Regular.ttc"


def _outline(shapes: Any, name: str) -> Any:
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415 - slow to import
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415 - slow to import

    source = name if name in shapes else ".notdef"
    pen = TTGlyphPen(None)
    shapes[source].draw(Cu2QuPen(pen, _FURTHEST, reverse_direction=True))
    return pen.glyph()
