"""Explain an error in a notebook whose cause is known: a cell not run, a name given away.

IPython shows the error as ever; the card comes below it, and for these errors only:
a name that a cell of this notebook makes but that has not been made since the kernel started, and
a function of the kit, of pandas or of Python whose name a cell has given to something else.
"""

import ast
import builtins
import contextlib
import json
import linecache
import os
import re
import sys
from pathlib import Path
from types import ModuleType, TracebackType

from rfmkit.classroom.card import Card
from rfmkit.classroom.question import all_questions
from rfmkit.labels import label

FUNCTIONS = ("check", "ask", "hint", "progress", "reset")
MODULES = {"rk": "rfmkit", "pd": "pandas", "np": "numpy"}
MAX_NOTEBOOK = 20_000_000  # bytes


def explain_errors() -> None:
    """Register the explanation with IPython, if it runs and has no such handler yet."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc((NameError, TypeError, AttributeError), _show)


def explanation(error: BaseException, names: dict[str, object], line: str) -> Card | None:
    """Return the card for an error that a line of a notebook raised; None where nothing is sure.

    `names` are the notebook's own names and their values.
    """
    if isinstance(error, UnboundLocalError) or not line:
        return None
    if isinstance(error, NameError):
        name = error.name or ""
        known = name in FUNCTIONS or name in MODULES or _is_made_here(name, names)
        return _card("not_run", name) if known and name not in names else None
    for name in re.findall(r"(?<![\w.])([A-Za-z_]\w*)\s*[(.]", line):
        if name not in names:
            continue
        if name in FUNCTIONS or name in MODULES:
            if _is_other(name, names[name]):
                return _card("overwritten", name)
        elif hasattr(builtins, name) and names[name] is not getattr(builtins, name):
            return _card("overwritten_builtin", name)
    return None


def _show(shell, etype: type, error: BaseException, tb: TracebackType, tb_offset=None) -> None:
    shell.showtraceback((etype, error, tb), tb_offset=tb_offset)
    with contextlib.suppress(Exception):  # the error itself has been shown
        hidden = shell.user_ns_hidden  # IPython's own names, such as an `open` that warns
        names = {name: one for name, one in shell.user_ns.items() if hidden.get(name) is not one}
        if card := explanation(error, names, _own_line(tb, shell.user_ns)):
            from IPython.display import display

            display(card)


def _own_line(tb: TracebackType | None, names: dict[str, object]) -> str:
    """Return the line of the notebook where an error was raised; "" where it lies deeper."""
    while tb is not None:
        frame, number, tb = tb.tb_frame, tb.tb_lineno, tb.tb_next
        # IPython's own frames come first, those of functions that were called last.
        if frame.f_globals is names:
            if tb is not None and tb.tb_frame.f_globals is not names:
                return ""
            line = linecache.getline(frame.f_code.co_filename, number)
            if tb is None:
                return line
    return ""


def _is_other(name: str, value: object) -> bool:
    if name in MODULES:
        return not isinstance(value, ModuleType)
    return getattr(value, "__module__", "").partition(".")[0] != "rfmkit" or not callable(value)


def _is_made_here(name: str, names: dict[str, object]) -> bool:
    """Return whether a cell of this notebook makes a name; whether an exercise does, if unknown."""
    session = names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    file = Path.cwd() / Path(str(session)).name
    if file.suffix == ".ipynb" and file.is_file():
        return name in _names_made(file)
    return any(one.variable == name for one in all_questions().values())


def _names_made(file: Path) -> set[str]:
    """List the names that a saved notebook's cells make at their top level."""
    made: set[str] = set()
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        if file.stat().st_size > MAX_NOTEBOOK:
            return made
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            with contextlib.suppress(SyntaxError, ValueError):
                made |= _assigned("".join(cell["source"]))
    return made


def _assigned(code: str) -> set[str]:
    names = set()
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {(one.asname or one.name).partition(".")[0] for one in statement.names}
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.For | ast.With):
            names |= {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return names


def _card(key: str, name: str) -> Card:
    heading = "overwritten" if key.startswith("overwritten") else key
    return Card(
        "call", label(f"call.{heading}_heading", name=name), label(f"call.{key}", name=name)
    )
