"""Count on which drawn cases a slip cannot be told from the right answer, for docs/slip_seeds.csv.

`python -m authoring.slip_seeds 200` draws the cases of seeds 0 to 199 and writes the table anew; it
takes some fifteen minutes of computing. A slip without an answer leaves nothing to list, and is
refused as such.
"""

import csv
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import Case
from rfmkit.classroom.keys import Keys
from rfmkit.classroom.question import Question, all_questions

FILE = Path(__file__).resolve().parent.parent / "docs/slip_seeds.csv"
COLUMNS = ("question", "slip", "seeds", "told_apart", "equal_on", "without_an_answer")


def judged_questions() -> list[Question]:
    """List the questions that drawn cases are judged by."""
    return [
        one
        for one in all_questions().values()
        if one.books == "practice" and not isinstance(one.answer_type, Open)
    ]


def judge_seed(seed: int) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return a seed, the slips that equal the right answer on it, and those without an answer."""
    case = Case.of_seed(seed)
    equal, without = [], []
    for one in judged_questions():
        keys = Keys(one, case)
        for slip in one.slips:
            variant = keys.variant(slip)
            if variant is None:
                without.append((one.number, slip))
            elif keys.answer_type.same(variant, keys.right):
                equal.append((one.number, slip))
    return seed, equal, without


def main(count: int) -> None:
    """Judge the seeds 0 to count - 1 in two processes, and write the table."""
    equal: dict[tuple[str, str], list[int]] = {}
    without: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(2) as pool:
        for seed, same, empty in pool.map(judge_seed, range(count)):
            for slip in same:
                equal.setdefault(slip, []).append(seed)
            without.update(empty)
            print(f"{seed + 1} / {count}", end="\r", file=sys.stderr, flush=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for one in judged_questions():
            for slip in one.slips:
                key = (one.number, slip)
                same, empty = equal.get(key, []), without[key]
                apart = count - len(same) - empty
                table.writerow([*key, count, apart, " ".join(map(str, same)), empty])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
