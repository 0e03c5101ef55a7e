"""What Codespaces and VS Code are told to make exists, and is made by the commands of the house."""

import json
import re
import shlex
from pathlib import Path

import pytest

from rfmkit import cli
from rfmkit.commands.lab import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TOLD = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
STEPS = [shlex.split(step) for step in TOLD["postCreateCommand"].split("&&")]
WORKSPACE = "${containerWorkspaceFolder}/"


def test_the_image_has_a_python_that_the_kit_allows():
    version = re.fullmatch(r"[\w./-]+/python:(3\.\d+)", TOLD["image"])[1]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"Programming Language :: Python :: {version}",' in project


def test_the_environment_is_made_by_the_tool_of_the_house():
    python, tool, *words = STEPS[0]
    assert python == "python"
    assert words == ["student"]
    assert (ROOT / tool).is_file()


def test_the_notebooks_are_laid_out_by_a_command_of_the_kit():
    program, *words = STEPS[1]
    assert program == ".venv/bin/rfmkit"
    args = cli.build_parser("lab").parse_args(words)
    assert args.lay_out_only
    assert len(STEPS) == 2


def test_the_editor_uses_that_environment():
    vscode = TOLD["customizations"]["vscode"]
    python = vscode["settings"]["python.defaultInterpreterPath"]
    assert python == f"{WORKSPACE}{STEPS[1][0].rpartition('/')[0]}/python"
    assert {"ms-python.python", "ms-toolsai.jupyter"} <= set(vscode["extensions"])


def test_what_is_opened_is_there():
    opened = TOLD["customizations"]["codespaces"]["openFiles"]
    assert opened
    assert all((ROOT / name).is_file() for name in opened)


@pytest.mark.parametrize("document", ["README.md", "README.zh-TW.md"])
def test_the_readme_names_what_is_made(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    (start,) = re.findall(rf"`({FOLDER}/[^`]+\.ipynb)`", text)
    assert (ROOT / start.removeprefix(f"{FOLDER}/")).is_file()
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{FOLDER}/" in ignored
