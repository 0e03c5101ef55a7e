"""Pack the books of data/ and the built notebooks into the package under ASCII names.

A wheel whose file names are Chinese fails to install under an ASCII locale, so the wheel and the
sdist hold rfmkit/_data/ledger.xlsx, and only the checkout has data/交易記錄.xlsx. The lessons and
exercises, and the pages that they lead to, are in rfmkit/_notebooks/, from where `rfmkit lab` lays
them out. The model solutions,
which grading runs, are in rfmgrade/_solutions/, which no command lays out.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KNOWN = runpy.run_path(str(Path(__file__).parent / "rfmkit" / "book_names.py"))
NAMES = {**KNOWN["PACKED_NAMES"], "MANIFEST.json": "MANIFEST.json", "README.md": "README.md"}
BOOKS = {
    f"data{folder}/{name}": f"rfmkit/_data{folder}/{ascii_name}"
    for folder in ("", "/practice")
    for name, ascii_name in NAMES.items()
}
LAID_OUT = ("notebooks/zh-TW", "notebooks/en", "exercises/zh-TW", "exercises/en")
FOLDERS = {folder: f"rfmkit/_notebooks/{folder}" for folder in LAID_OUT}
FOLDERS["solutions/en"] = "rfmgrade/_solutions"
PAGES = [f"{page}.{edition}.md" for page in KNOWN["PAGES"] for edition in ("zh-TW", "en")]


class PackTheBooks(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install reads data/ where it is; the sdist has all packed already.
        if version == "editable" or Path(self.root, "rfmkit", "_data").is_dir():
            return
        for book, packed in BOOKS.items():
            build_data["force_include"][str(Path(self.root, book))] = packed
        for page in PAGES:
            packed = f"rfmkit/_notebooks/docs/{page}"
            build_data["force_include"][str(Path(self.root, "docs", page))] = packed
        for folder, packed in FOLDERS.items():
            for notebook in sorted(Path(self.root, folder).glob("[0-9][0-9]_*.ipynb")):
                build_data["force_include"][str(notebook)] = f"{packed}/{notebook.name}"
