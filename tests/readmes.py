"""The commands that the documents show in their blocks, for the tests that hold them."""

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-TW.md")


def make_targets() -> set[str]:
    """List what can be made, the environments one by one."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    environments = runpy.run_path(str(ROOT / "tools/environments.py"))["ENVIRONMENTS"]
    named = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    return named | {f"env-{name}" for name in environments}


def shown(document: str) -> list[str]:
    """List the lines of a document's blocks of commands, without their comments."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
