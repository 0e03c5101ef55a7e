"""Count on which drawn cases a slip cannot be told from the right answer, for docs/slip_seeds.csv.

`python -m authoring.slip_seeds 200` draws the cases of seeds 0 to 199 and writes the table anew; it
takes some fifteen minutes of computing. A slip without an answer leaves nothing to list, and is
refused as such. `python -m authoring.slip_seeds 20 --only 6.6 7.2` prints what the slips of these
questions do on the seeds 0 to 19, and writes nothing; `--seeds 39 105` draws those.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from rfmkit.classroom.answer_types import Open
from rfmkit.classroom.case import Case
from rfmkit.classroom.keys import Keys
from rfmkit.classroom.question import Question, all_questions

FILE = Path(__file__).resolve().parent.parent / "docs/slip_seeds.csv"
COLUMNS = ("question", "slip", "seeds", "told_apart", "equal_on", "without_an_answer")


def judged_questions(only: Sequence[str] = ()) -> list[Question]:
    """List the questions that drawn cases are judged by, or those of some numbers."""
    return [
        one
        for one in all_questions().values()
        if one.books == "practice" and not isinstance(one.answer_type, Open)
        if not only or one.number in only
    ]


def judge_seed(
    seed: int, only: Sequence[str] = ()
) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return a seed, the slips that equal the right answer on it, and those without an answer."""
    case = Case.of_seed(seed)
    equal, without = [], []
    for one in judged_questions(only):
        keys = Keys(one, case)
        for slip in one.slips:
            variant = keys.variant(slip)
            if variant is None:
                without.append((one.number, slip))
            elif keys.answer_type.same(variant, keys.right):
                equal.append((one.number, slip))
    return seed, equal, without


def judge(seeds: Sequence[int], only: Sequence[str] = ()) -> list[tuple]:
    """Judge the seeds in two processes; return the rows of the table."""
    equal: dict[tuple[str, str], list[int]] = {}
    without: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(2) as pool:
        judged = pool.map(partial(judge_seed, only=only), seeds)
        for done, (seed, same, empty) in enumerate(judged, 1):
            for slip in same:
                equal.setdefault(slip, []).append(seed)
            without.update(empty)
            print(f"{done} / {len(seeds)}", end="\r", file=sys.stderr, flush=True)
    rows = []
    for one in judged_questions(only):
        for slip in one.slips:
            key = (one.number, slip)
            same, empty = equal.get(key, []), without[key]
            apart = len(seeds) - len(same) - empty
            rows.append((*key, len(seeds), apart, " ".join(map(str, same)), empty))
    return rows


def main() -> None:
    """Judge the seeds; write the table, or print what a part of it would hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--only", nargs="+", default=(), help="numbers of questions")
    parser.add_argument("--seeds", nargs="+", type=int, help="these seeds alone")
    args = parser.parse_args()
    rows = judge(args.seeds or range(args.count), args.only)
    if args.only or args.seeds:
        print(*COLUMNS, sep=",")
        for row in rows:
            print(*row, sep=",")
        return
    with FILE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(rows)


if __name__ == "__main__":
    main()
