"""Define the colours of the eight classes for every figure, report and page.

Hue tells the pattern of R and F; dark is important (M high), light is general. Chosen to stay apart
for the colour-blind; labels, edges and marker shapes carry the same in grey.
"""

from rfmkit.schema import CLASSES

DARK = {"value": "#0269B3", "develop": "#2E4D30", "keep": "#8B6902", "win_back": "#BC416A"}
LIGHT = {"value": "#54A5FB", "develop": "#ADD7B4", "keep": "#DF9447", "win_back": "#E9CAF2"}
PATTERN = {code: code.partition("_")[2] for code in CLASSES}
CLASS_EDGES = {code: DARK[PATTERN[code]] for code in CLASSES}
CLASS_FILLS = {
    code: (DARK if code.startswith("important") else LIGHT)[PATTERN[code]] for code in CLASSES
}
