"""Read a cell's code without running it: what it assigns, reads and checks."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

MAX_CODE_LENGTH = 200_000
_MAGIC = re.compile(r"^(\s*)([%!?].*|[\w.%]+\?{1,2}\s*)$")
_ASSIGNED_MAGIC = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$")


@dataclass(frozen=True)
class CodeFacts:
    """What a cell's code does with names."""

    # Names it binds at the top level, in the order of their first binding.
    assigns: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()  # names it looks up anywhere
    checks: tuple[str, ...] = ()  # questions that it calls `check` about
    only_checks: bool = False  # whether it does nothing else
    shape: str = ""  # the code without comments, spaces and docstrings; "" where it is no Python


@lru_cache(maxsize=4096)
def code_facts(code: str) -> CodeFacts:
    r"""Find what one cell's code does with names.

    Examples
    --------
    >>> facts = code_facts("%matplotlib inline\nrfm = rk.rfm_table(clean)\ncheck('6.2', rfm)")
    >>> facts.assigns, sorted(facts.reads), facts.checks, facts.only_checks
    (('rfm',), ['check', 'clean', 'rfm', 'rk'], ('6.2',), False)
    >>> code_facts("if so:").assigns
    ()
    """
    tree = parse_code(code)
    if tree is None:
        return CodeFacts()
    try:
        assigns = [name for statement in tree.body for name in _bound(statement)]
        nodes = list(ast.walk(tree))
        reads = {
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        checks = [number for node in nodes if (number := _checked(node))]
        only = bool(tree.body) and all(
            isinstance(one, ast.Expr) and _checked(one.value) for one in tree.body
        )
        shape = _shape(tree)
    except (RecursionError, MemoryError):
        return CodeFacts()
    return CodeFacts(tuple(dict.fromkeys(assigns)), frozenset(reads), tuple(checks), only, shape)


def parse_code(code: str) -> ast.Module | None:
    r"""Parse a cell's code; None where it is no Python even without its magics.

    Examples
    --------
    >>> len(parse_code("!ls\nx = 1").body), parse_code("x =")
    (2, None)
    """
    if len(code) > MAX_CODE_LENGTH:
        return None
    for text in (code, _without_magics(code)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _without_magics(code: str) -> str:
    lines = code.splitlines()
    if lines and lines[0].startswith("%%"):
        lines[0] = ""
    made = []
    for line in lines:
        if found := _MAGIC.match(line):
            line = f"{found[1]}pass"
        made.append(_ASSIGNED_MAGIC.sub(r"\1None", line))
    return "\n".join(made)


def _bound(statement: ast.stmt) -> list[str]:
    """List the names that a statement binds in the notebook's own namespace."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    names = []
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop(0)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.alias):
            names.append((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
            continue
        inner = isinstance(
            node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        )
        todo.extend([] if inner else ast.iter_child_nodes(node))
    return names


def _checked(node: ast.AST) -> str:
    """Return the question that a call of `check` is about, "" for anything else."""
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    first = node.args[0]
    if name == "check" and isinstance(first, ast.Constant) and type(first.value) is str:
        return first.value.strip()
    return ""


def _shape(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        documented = isinstance(
            node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        )
        first = body[0] if documented and body else None
        if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
            node.body = body[1:]
    return "\n".join(ast.dump(one) for one in tree.body)
