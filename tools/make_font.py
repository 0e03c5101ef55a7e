"""Cut the kit's font out of Noto Sans CJK TC: `python tools/make_font.py NotoSansCJK-Regular.ttc`.

A bare machine draws boxes for Chinese. The kit therefore ships a subset of an open font, made
here. The same source file and the same fontTools give the same bytes. Needs `fonttools`.
"""

import argparse
import hashlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "RFMKit Sans TC"
POSTSCRIPT_NAME = "RFMKitSansTC-Regular"
SOURCE_FAMILY = "Noto Sans CJK TC"
# NotoSansCJK-Regular.ttc of Noto Sans CJK 2.004; another file makes another font.
SOURCE_SHA256 = "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"
OUTPUT = Path(__file__).resolve().parents[1] / "rfmkit" / "fonts" / f"{POSTSCRIPT_NAME}.otf"

# Blocks that are wanted whole, as far as the source has them.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0391, 0x03C9),  # Greek: sigma, delta and friends in statistics
    (0x2010, 0x2027),  # dashes, quotes, ellipsis
    (0x2030, 0x203B),  # per mille, primes, reference mark
    (0x20A0, 0x20BF),  # currency
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22BF),  # mathematics, with the true minus sign
    (0x2460, 0x2473),  # circled numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # blocks
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),  # stars of the exercises
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3105, 0x312F),  # bopomofo
    (0xFE30, 0xFE4F),  # vertical forms, as Big5 has them
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width currency
)
# Single characters: tick, cross, and the characters of 旭東's trade outside the two standards.
EXTRA = "✓✗・堃喆裡綫峯羣啓牀粧銹恒鷄菓麪衞"


def wanted() -> set[int]:
    """List the code points: the everyday characters of both scripts, and the symbols."""
    codes = {code for first, last in BLOCKS for code in range(first, last + 1)}
    codes.update(map(ord, EXTRA))
    codes.update(_decoded("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
    codes.update(_decoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)))
    return codes


def _decoded(encoding: str, leads: range, trails: range | list[int]) -> set[int]:
    # The tail of the last row holds no level-1 character; "ignore" passes over such gaps.
    pairs = (bytes([lead, trail]) for lead in leads for trail in trails)
    return {ord(text) for pair in pairs if len(text := pair.decode(encoding, "ignore")) == 1}


def build(source: Path, output: Path) -> None:
    """Write the subset of `source` to `output`."""
    with TTCollection(source, lazy=True) as fonts:
        font = next(f for f in fonts if f["name"].getDebugName(1) == SOURCE_FAMILY)
        options = subset.Options(
            hinting=False,  # at the sizes of a figure hints only add weight
            layout_features=["kern"],
            name_IDs=[0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 14],
            name_languages=[0x409],
            notdef_outline=True,
            drop_tables=["vhea", "vmtx", "VORG", "BASE", "GSUB"],
            recalc_timestamp=False,
        )
        _narrow_quotes(font)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted())
        subsetter.subset(font)
        _rename(font)
        # Not drawing 7,600 glyphs to measure them again halves the time; the source's bounds hold.
        font.recalcBBoxes = False
        font.recalcTimestamp = False
        output.parent.mkdir(parents=True, exist_ok=True)
        font.save(output, reorderTables=True)


def _narrow_quotes(font: TTFont) -> None:
    # Chinese writes 「」; curly quotes serve English here, where full-width ones tear words apart.
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    narrow: dict[str, str] = {}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            narrow.update(getattr(part, "ExtSubTable", part).mapping)
    for cmap in font["cmap"].tables:
        for code in map(ord, "‘’“”"):
            if hasattr(cmap, "cmap") and code in cmap.cmap:
                cmap.cmap[code] = narrow.get(cmap.cmap[code], cmap.cmap[code])


def _rename(font: TTFont) -> None:
    # The Open Font License asks a modified font to go by another name than the original.
    names = {
        1: FAMILY,
        3: f"2.004;RFMKIT;{POSTSCRIPT_NAME}",
        4: f"{FAMILY} Regular",
        6: POSTSCRIPT_NAME,
        10: f"A subset of {SOURCE_FAMILY} 2.004 for the figures of rfmkit.",
    }
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT_NAME]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, f"{FAMILY} Regular"
    for private in top.FDArray:
        private.FontName = f"{POSTSCRIPT_NAME}-{private.FontName.rpartition('-')[2]}"


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="NotoSansCJK-Regular.ttc")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    digest = hashlib.sha256(arguments.source.read_bytes()).hexdigest()
    if digest != SOURCE_SHA256:
        print("Note: this is not the source file the kit's font was made from.")
    build(arguments.source, arguments.output)
    print(f"{arguments.output.name}: {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
