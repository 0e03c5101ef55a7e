"""Pack the books of data/ into the package under ASCII names.

A wheel whose file names are Chinese fails to install under an ASCII locale, so the wheel and the
sdist hold rfmkit/_data/ledger.xlsx, and only the checkout has data/交易記錄.xlsx.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BOOKS = {
    "data/交易記錄.xlsx": "rfmkit/_data/ledger.xlsx",
    "data/MANIFEST.json": "rfmkit/_data/MANIFEST.json",
    "data/practice/交易記錄.xlsx": "rfmkit/_data/practice/ledger.xlsx",
    "data/practice/MANIFEST.json": "rfmkit/_data/practice/MANIFEST.json",
}


class PackTheBooks(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install reads data/ where it is; the sdist has them packed already.
        if version == "editable" or Path(self.root, "rfmkit", "_data").is_dir():
            return
        for book, packed in BOOKS.items():
            build_data["force_include"][str(Path(self.root, book))] = packed
