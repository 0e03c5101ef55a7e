"""Cut the kit's font down to the characters of one document, so that it travels inside it."""

import base64
import io
import re
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parents[2]
SANS, MONO = "RFMKit Sans TC", "RFMKit Mono"
SANS_FILE = ROOT / "rfmkit" / "fonts" / "RFMKitSansTC-Regular.otf"
TAGS = re.compile(r'<style.*?</style>|<script.*?</script>|src="data:[^"]*"|<[^>]+>', re.DOTALL)


def font_faces(document: str) -> str:
    """Write the @font-face rules for a document: its text in the kit's font, its code in DejaVu."""
    import matplotlib as mpl

    have = set(document) | set(map(chr, range(32, 127))) | set("…—–’‘“”×÷−≤≥→·•▪0123456789")
    mono = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSansMono.ttf")
    latin = {one for one in have if ord(one) < 0x2E80}
    return _face(SANS, SANS_FILE, frozenset(have)) + _face(MONO, mono, frozenset(latin))


@cache
def _face(family: str, file: Path, characters: frozenset[str]) -> str:
    options = subset.Options(hinting=False, notdef_outline=True, drop_tables=["FFTM", "DSIG"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, characters)))
    packed = io.BytesIO()
    with TTFont(file, recalcTimestamp=False) as font:
        cutter.subset(font)
        if "CFF " in font:
            _make_truetype(font)
        font.flavor = "woff"
        font.save(packed, reorderTables=False)
    data = base64.b64encode(packed.getvalue()).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";src:url(data:font/woff;base64,{data}) '
        f'format("woff")}}\n'
    )


def _make_truetype(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones: browsers print the former as bare drawings."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = outlines = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, made
    for glyph in made.values():
        glyph.recalcBounds(outlines)
    # The left bearing must be where the outline begins, or the browser moves it there.
    font["hmtx"].metrics = {
        name: (wide, getattr(made[name], "xMin", 0))
        for name, (wide, _) in font["hmtx"].metrics.items()
    }
    size = font["maxp"] = newTable("maxp")
    size.tableVersion, size.numGlyphs = 0x00010000, len(order)
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentDepth",
    ):
        setattr(size, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\000\001\000\000"


@cache
def _known() -> frozenset[int]:
    with TTFont(SANS_FILE, lazy=True) as font:
        return frozenset(font.getBestCmap())


def lacking(document: str) -> set[str]:
    """List the characters of a document that the kit's font cannot draw."""
    visible = set(TAGS.sub("", document))
    return {one for one in visible if ord(one) >= 0x2E80 and ord(one) not in _known()}
