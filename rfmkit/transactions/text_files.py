"""Read a text ledger: find its encoding and its separator, and take its cells."""

import csv
import gzip
import io
import itertools
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from rfmkit.labels import label
from rfmkit.schema import DataError
from rfmkit.transactions.headers import SEARCHED, find_header
from rfmkit.transactions.workbooks import MOST_BYTES

# What a codec writes for its everyday characters: first byte from, to, second byte from (Big5 and
# GB level 1). A text read in the wrong code has rare characters, or ones of private use.
_EVERYDAY = {
    "cp950": (0xA4, 0xC6, 0x40),
    "big5hkscs": (0xA4, 0xC6, 0x40),
    "gb18030": (0xB0, 0xD7, 0xA1),
}
_PRIVATE = re.compile("[\ue000-\uf8ff]")


_PIECE = 1 << 22


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Read on until the file ends or is too large; asking for 2 GB at once reserves them."""
    size = 0
    while size <= MOST_BYTES and (piece := file.read(_PIECE)):
        size += len(piece)
        yield piece


def text_cells(path: Path, sheet: None, chosen: dict[str, str]) -> tuple[pd.DataFrame, None]:
    """Find encoding and separator: the pair under which a header is recognised."""
    try:
        with (gzip.open if path.name.lower().endswith(".gz") else open)(path, "rb") as file:
            data = b"".join(_pieces(file))
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(label("ledger.damaged", name=path.name, error=error)) from error
    if len(data) > MOST_BYTES:
        raise DataError(label("ledger.too_large", name=path.name))
    best = None
    for text, everyday in _readings(data, path.name):
        for separator in (",", ";", "\t", "|", r"\s+"):
            head = _text_head(text, separator)
            widest = max(map(len, head), default=0) if separator != r"\s+" else 1
            fit = (find_header(head, chosen) is not None, everyday, widest)
            if best is None or fit > best[0]:
                best = (fit, text, separator, max(map(len, head), default=1))
    (_, everyday, _), text, separator, width = best
    if everyday < 0:
        raise DataError(label("ledger.no_encoding", name=path.name))
    try:
        cells = pd.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), index_col=False,
            dtype=str, keep_default_na=False, na_values=[""], skip_blank_lines=False,
        )  # fmt: skip
    except pd.errors.ParserError as error:
        what = _misfit(str(error))
        raise DataError(label("ledger.misfit", name=path.name, what=what)) from error
    return cells, None


def _misfit(error: str) -> str:
    """Say in plain words which line pandas could not part into cells."""
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", error):
        return label("ledger.misfit_cells", line=found[2], cells=found[3], header=found[1])
    if found := re.search(r"EOF inside string starting at row (\d+)", error):
        return label("ledger.misfit_quote", line=int(found[1]) + 1)
    return label("ledger.misfit_other", error=error.strip())


def _readings(data: bytes, name: str) -> list[tuple[str, float]]:
    """Decode in each way that fits; tell the share of everyday characters.

    The share is below 0 for a guess that gives characters of private use: no ledger holds them, so
    the code is another.
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    readings = []
    for codec in ("utf-16",) if utf16 else ("utf-8-sig", *_EVERYDAY):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec.startswith("utf"):
            readings = [(text, 1.0)]
            break
        # Text in ASCII alone is UTF-8, so here there is at least one other letter, if far down.
        letters = "".join(re.findall(r"[^\x00-\x7f]+", text))[:100_000]
        low, high, trail = _EVERYDAY[codec]
        codes = [letter.encode(codec) for letter in letters]
        level_1 = sum(low <= code[0] <= high and code[1:] >= bytes([trail]) for code in codes)
        private = len(_PRIVATE.findall(text))
        readings.append((text, -private if private else level_1 / len(codes)))
    if not readings or "\0" in readings[0][0]:
        raise DataError(label("ledger.no_encoding", name=name))
    return readings


def _text_head(text: str, separator: str) -> list[list[str]]:
    lines = io.StringIO(text[:65_536], newline="")
    if separator == r"\s+":
        return [line.split() for line in itertools.islice(lines, SEARCHED)]
    return list(itertools.islice(csv.reader(lines, delimiter=separator), SEARCHED))
