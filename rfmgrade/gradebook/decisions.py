"""Read the teacher's decisions back from a gradebook: open answers by rubric, and held ones."""

import math
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from rfmgrade.assign.roster import folded_id
from rfmgrade.errors import InputError
from rfmgrade.gradebook.gradebook import Decision, Gradebook, Key, fingerprint, plain
from rfmgrade.marking.exercise import graded_item
from rfmgrade.marking.results import Mark
from rfmkit.labels import LANGUAGES, label
from rfmkit.schema import DataError

PARTS = 9  # criteria columns that a sheet may have
_roles = ("id", "question", "points", "decision", "print")
YES = {"yes", "y", "true", "是", "採計", "ok", "v", "✓", "對"}
NO = {"no", "n", "false", "否", "不採計", "x", "✗", "錯"}


def decision_rows(path: Path) -> list[tuple[str, int, dict[str, object]]]:
    """Read every row of both sheets; the header may be in either language, columns in any order."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that openpyxl leaves out
            wb = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except FileNotFoundError:
        raise InputError("grading.table.missing", path=path) from None
    except Exception as error:  # a broken workbook breaks openpyxl in a dozen ways
        raise InputError("grading.table.broken", file=path.name) from error
    names = {label(f"book.head_{role}", one): role for role in _roles for one in LANGUAGES}
    for place in range(1, PARTS + 1):
        names |= {label("book.head_part", one, place=place): f"part{place}" for one in LANGUAGES}
    titles = {label(f"book.sheet_{name}", one) for name in ("open", "held") for one in LANGUAGES}
    found, rows = False, []
    for ws in wb.worksheets:
        if ws.title not in titles:
            continue
        ws.reset_dimensions()  # some programs write a wrong one
        roles: dict[int, str] = {}
        for number, row in enumerate(ws.iter_rows(values_only=True), start=1):
            heads = {
                place: names[cell_text(cell)]
                for place, cell in enumerate(row)
                if cell_text(cell) in names
            }
            if {"id", "question"} <= set(heads.values()):
                roles, found = heads, True
            elif roles:
                cells = {role: row[p] if p < len(row) else None for p, role in roles.items()}
                rows += [(ws.title, number, cells)] if cell_text(cells["id"]) else []
    wb.close()
    if not found:
        raise InputError("marks.no_sheet", file=path.name)
    return rows


def cell_text(value: object) -> str:
    """Write a cell's value as text.

    Examples
    --------
    >>> cell_text(None), cell_text(" B1 "), cell_text(2)
    ('', 'B1', '2')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def read_decisions(
    path: str | Path, gradebook: Gradebook
) -> tuple[dict[Key, Decision], dict[Key, str]]:
    """Read what was filled in on the sheets for open and for held answers.

    Parameters
    ----------
    path
        A gradebook of `rfmkit grade`, or a copy of it.
    gradebook
        The class as it is graded now, without decisions.

    Returns
    -------
    decisions, notes
        By student and question; and, by the same, what was filled in but no longer fits, such as
        an answer that has changed since.

    Raises
    ------
    DataError
        If the file is no such workbook, or any cell cannot be a mark; every one is listed.
    """
    path, lang = Path(path), gradebook.lang
    waiting = {(one.id, mark.number): mark for one, _, mark in gradebook.undecided()}
    known = {folded_id(one.id): one.id for one in gradebook.students}
    numbers = {one.number for one in gradebook.questions}
    decisions: dict[Key, Decision] = {}
    mistakes, notes = [], {}
    for sheet, number, cells in decision_rows(path):
        where = label("marks.where", lang, sheet=sheet, row=number)
        student = known.get(folded_id(cell_text(cells.get("id"))))
        question = cell_text(cells.get("question"))
        if not any(cell_text(cells.get(name)) for name in _filled(cells)):
            continue
        if student is None:
            who = cell_text(cells.get("id"))[:40]
            mistakes.append(where + label("marks.no_student", lang, id=who))
        elif question not in numbers:
            mistakes.append(where + label("marks.no_question", lang, number=question[:20]))
        elif (mark := waiting.get((student, question))) is None:
            typed = _typed(cells)
            notes[student, question] = where + label(
                "marks.not_waiting", lang, id=student, number=question, typed=typed
            )
        elif (student, question) in decisions:
            mistakes.append(where + label("marks.twice", lang, id=student, number=question))
        elif cell_text(cells.get("print")) not in ("", fingerprint(mark)):
            typed = _typed(cells)
            notes[student, question] = where + label(
                "marks.changed", lang, id=student, number=question, typed=typed
            )
        else:
            found = _decide(cells, mark, graded_item(question).rubric, lang)
            if isinstance(found, str):
                mistakes.append(where + found)
            else:
                decisions[student, question] = found
    if mistakes:
        head = label("marks.mistakes", lang, file=path.name, count=len(mistakes))
        raise DataError("\n  ".join([head, *mistakes]))
    return decisions, notes


def lost_decisions(
    path: Path, gradebook: Gradebook, kept: Mapping[Key, Decision], noted: Iterable[Key] = ()
) -> list[str] | None:
    """List the decisions in a gradebook that would be lost if it were written anew."""
    known = {folded_id(one.id): one.id for one in gradebook.students}
    lost = []
    try:
        rows = list(decision_rows(path))
    except DataError:
        return None
    for _, _, cells in rows:
        if not any(cell_text(cells.get(name)) for name in _filled(cells)):
            continue
        who, number = cell_text(cells.get("id")), cell_text(cells.get("question"))
        key = (known.get(folded_id(who), who), number)
        decision = kept.get(key)
        if key not in noted and (decision is None or not _same(cells, decision)):
            lost.append(f"{who} {number}")
    return lost


def _decide(cells: dict, mark: Mark, rubric: list, lang: str) -> Decision | str:
    """Read the decision in a row, or return what is wrong with it."""
    typed = [cells.get(f"part{place}") for place in range(1, PARTS + 1)]
    limits = [points for points, _ in rubric] if mark.status == "open" else []
    parts: list[float | None] = []
    for place, value in enumerate(typed):
        limit = limits[place] if place < len(limits) else None
        number = _number(value, limit) if cell_text(value) else None
        if cell_text(value) and (limit is None or number is None):
            most = "–" if limit is None else plain(limit)
            text = cell_text(value)[:20]
            return label("marks.no_part", lang, place=place + 1, text=text, most=most)
        if limit is not None:
            parts.append(number)
    given = cells.get("decision") if mark.status != "open" else cells.get("points")
    word = unicodedata.normalize("NFKC", cell_text(given)).casefold()
    meaning = "yes" if word in YES else "no" if word in NO else ""
    points = {"yes": float(mark.out_of), "no": 0.0}.get(meaning)
    if cell_text(given) and not meaning and (points := _number(given, mark.out_of)) is None:
        return label("marks.no_points", lang, text=cell_text(given)[:20], most=plain(mark.out_of))
    if any(one is not None for one in parts):
        total = None if None in parts else plain(sum(one for one in parts if one is not None))
        if points is not None and total is not None and abs(points - total) > 1e-9:
            return label("marks.sum", lang, points=plain(points), total=total)
        points = total
    got = None if points is None else plain(points)
    filled = tuple(parts) if any(one is not None for one in parts) else ()
    return Decision(got, filled, meaning, fingerprint(mark))


def _same(cells: dict, decision: Decision) -> bool:
    """Return whether a row of an old gradebook says what is kept."""
    parts = [cells.get(f"part{place}") for place in range(1, PARTS + 1)]
    there = [_number(value, None) for value in parts if cell_text(value)]
    if there:
        return there == [one for one in decision.parts if one is not None]
    given = cell_text(cells.get("points")) or cell_text(cells.get("decision"))
    word = given.casefold()
    if word in YES | NO:
        return decision.word == ("yes" if word in YES else "no")
    return _number(given, None) == decision.points


def _number(value: object, most: float | None) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(unicodedata.normalize("NFKC", str(value)).strip().replace(",", "."))
    except ValueError:
        return None
    fits = math.isfinite(number) and number >= 0 and (most is None or number <= most)
    return plain(number) if fits else None


def _typed(cells: dict) -> str:
    return " ".join(text for name in _filled(cells) if (text := cell_text(cells[name])[:20]))


def _filled(cells: dict) -> list[str]:
    """List the cells of a row that are for the teacher to fill in."""
    return [name for name in cells if name in ("points", "decision") or name.startswith("part")]
