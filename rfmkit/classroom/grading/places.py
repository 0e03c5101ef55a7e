"""Place a notebook's cells: which question each belongs to, where its answer is taken."""

from dataclasses import dataclass

from rfmkit.classroom.grading.blank import Blank
from rfmkit.classroom.grading.code_reading import look_at
from rfmkit.classroom.grading.raw_cells import RawCell


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    Parameters
    ----------
    code
        Its source.
    question
        The question it belongs to; "" for none.
    role
        "answer", "check", "kit" (another cell of the exercise) or "" (the student's own).
    """

    code: str
    question: str
    role: str = ""


def place(code: list[RawCell], kit: Blank) -> tuple[tuple[Cell, ...], bool]:
    """Say of each code cell which question it belongs to, and whether anything of the kit was left.

    Parameters
    ----------
    code
        The code cells, in the order in which they stand.
    kit
        The exercise.
    """
    known = [_known(cell, kit) for cell in code]
    answered = {number for number, role in known if role == "answer"}
    for at, cell in enumerate(code):
        # Where a question's own cell is gone, go by who assigns its answer.
        found = [kit.variables[name] for name in look_at(cell.text).assigns
                 if kit.variables.get(name, "") not in {"", *answered}]  # fmt: skip
        if known[at][1] == "" and found:
            known[at] = (found[-1], "answer")
    placed = zip(code, _placed(known), strict=True)
    return tuple(Cell(cell.text, *one) for cell, one in placed), bool(answered)


def _known(cell: RawCell, kit: Blank) -> tuple[str, str]:
    """Place a cell by its metadata, its id, or as an unchanged cell of the exercise."""
    if cell.question in kit.questions:
        return cell.question, "answer"
    if known := kit.by_name.get(cell.name) or kit.by_id.get(cell.id) or (
        kit.by_text.get(cell.text.strip())
    ):  # fmt: skip
        role = "answer" if known.answers else "check" if known.checks else "kit"
        return known.question, role
    facts = look_at(cell.text)
    checked = [number for number in facts.checks if number in kit.questions]
    if checked and facts.only_checks:
        return checked[-1], "check"
    return "", ""


def _placed(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the student's own cells to a question: the one before, or once that is checked the next.

    Helper cells stand before the cell they help, and scratch cells after it; the check between two
    questions tells which is which.
    """
    made = []
    for at, (number, role) in enumerate(known):
        if role:
            made.append((number, role))
            continue
        before = next(((made[i], i) for i in range(at - 1, -1, -1) if made[i][1]), None)
        after = next((one[0] for one in known[at + 1 :] if one[1] in ("answer", "check")), "")
        if before is None:
            made.append(("", ""))
        elif before[0][1] == "answer":
            made.append((before[0][0], ""))
        else:
            made.append((after or before[0][0], ""))
    return made


def homes_of(cells: tuple[Cell, ...], kit: Blank) -> tuple[dict, dict]:
    """List, for each question, the first and last cells of the stretches in which it is answered.

    The first dict holds the stretches with a cell to answer in; the other all further cells that
    assign the answer's name.
    """
    homes: dict[str, list[tuple[int, int]]] = {}
    again: dict[str, list[int]] = {}
    at = 0
    while at < len(cells):
        end = at
        while end + 1 < len(cells) and cells[end + 1].question == cells[at].question:
            end += 1
        number = cells[at].question
        if number and any(cell.role == "answer" for cell in cells[at : end + 1]):
            homes.setdefault(number, []).append((at, end))
        at = end + 1
    for at, cell in enumerate(cells):
        for name in look_at(cell.code).assigns:
            number = kit.variables.get(name, "")
            inside = any(start <= at <= end for start, end in homes.get(number, []))
            if number and not inside:
                again.setdefault(number, []).append(at)
    return homes, again


def takes_of(cells: tuple[Cell, ...], homes: dict, again: dict, kit: Blank) -> dict:
    """Say after which cells answers are taken, and which of them count ("home", else "spare")."""
    takes: dict[int, list[tuple[str, str]]] = {}
    for number, stretches in homes.items():
        for _, end in stretches:
            takes.setdefault(end, []).append((number, "home"))
    for number, places in again.items():
        others = [end for other, stretches in homes.items() if other != number
                  for _, end in stretches]  # fmt: skip
        for at in places:
            # A name may be used once more for something else. It is a second answer if its check
            # follows, or if no other question comes after it.
            checked = number in look_at(cells[at].code).checks or (
                at + 1 < len(cells) and cells[at + 1].role == "check"
                and cells[at + 1].question == number
            )  # fmt: skip
            tagged = cells[at].role == "answer"
            counts = checked or (not tagged and at > max(others, default=-1))
            takes.setdefault(at, []).append((number, "home" if counts else "spare"))
    if cells:
        # A name can be bound in ways that nobody sees from outside.
        last = takes.setdefault(len(cells) - 1, [])
        last.extend((number, "spare") for number in kit.questions
                    if not any(one[0] == number for one in last))  # fmt: skip
    return {at: tuple(found) for at, found in takes.items()}


def closes_of(homes: dict, kit: Blank) -> dict:
    """Say after which cell each question is over; one without a cell before the next one starts."""
    closes: dict[int, list[str]] = {}
    numbers = list(kit.questions)
    for place, number in enumerate(numbers):
        if number in homes:
            closes.setdefault(homes[number][0][1], []).append(number)
            continue
        starts = [homes[later][0][0] for later in numbers[place + 1 :] if later in homes]
        if starts:
            closes.setdefault(min(starts) - 1, []).append(number)
    return {at: tuple(found) for at, found in closes.items()}


def notes_of(cells: tuple[Cell, ...], homes: dict, kit: Blank) -> list[tuple[str, str]]:
    """List what is odd about the order and number of the questions' cells."""
    notes = []
    numbers = list(kit.questions)
    furthest = -1
    for number in sorted(homes, key=lambda number: homes[number][0][0]):
        if numbers.index(number) < furthest:
            notes.append(("moved", number))
        furthest = max(furthest, numbers.index(number))
    for number in numbers:
        variable = kit.questions[number].variable
        answers = [cell for cell in cells if cell.question == number and cell.role == "answer"
                   and variable in look_at(cell.code).assigns]  # fmt: skip
        if len(answers) > 1:
            notes.append(("doubled", number))
        if number not in homes:
            notes.append(("no_cell", number))
    return notes
