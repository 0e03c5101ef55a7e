"""How long `check` takes, question by question: a right answer, a first wrong one, a later one.

python benchmarks/wrong_answers.py [CHAPTER ...] [--csv FILE]

The answers are those of `tests/classroom/strangers`. Every time begins with books that were just
opened, as in a new kernel: `right` is the first right answer, its key computed; `first` a wrong
answer before which nothing was checked; `later` a wrong answer after one that a single slip gives,
so that no pair of slips has been computed. For each of them the median and the slowest, in
milliseconds of computing, which on a busy machine are fewer than those on the clock; the goals are
50, 1,000 and 200.

`kernel` is one right answer in a new process that has imported rfmkit, with all that `check`
imports and reads; the goal is 100. Leave it out with --no-kernels.
"""

import argparse
import csv
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable
from pathlib import Path

import matplotlib as mpl

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests/classroom")]

from strangers_list import CHAPTERS, answers_of, strangers_of  # noqa: E402

from rfmkit.classroom import case as cases  # noqa: E402
from rfmkit.classroom.answer_types import Choice, Choices, Open  # noqa: E402
from rfmkit.classroom.question import Question, all_questions, find_question  # noqa: E402
from rfmkit.classroom.verdicts import verdict  # noqa: E402

GOALS = {"right": 50, "first": 1000, "later": 200, "kernel": 100}
IN_A_KERNEL = """
import pickle, sys, time
import rfmkit
from rfmkit.classroom import check
answer = pickle.load(open(sys.argv[2], "rb"))
started = time.process_time()
card = check(sys.argv[1], answer)
print(1000 * (time.process_time() - started), card.status)
"""


def milliseconds(question: Question, answer: object, case: cases.Case) -> float:
    """Time one verdict."""
    started = time.process_time()
    verdict(question, answer, case, "en")
    return 1000 * (time.process_time() - started)


def opened(question: Question) -> cases.Case:
    """Open the books anew, and read those that the question needs."""
    cases._read.cache_clear()
    case = cases.open_case(question.books)
    question.reference(case)
    fresh = cases.Case(case._raw, case._book)
    # The files are read; what is computed of them is not.
    fresh.__dict__ |= {
        name: case.__dict__[name]
        for name in ("raw", "customers", "year", "payments", "contacts", "survey")
        if name in case.__dict__
    }
    return fresh


def of_question(question: Question, answers: dict[str, object]) -> dict[str, dict[str, float]]:
    """Time every stranger's answer of a question: by kind, by the answer's name."""
    case = opened(question)
    taken: dict[str, dict[str, float]] = {"right": {}, "first": {}, "later": {}}
    taken["right"]["right"] = milliseconds(question, question.reference(case), opened(question))
    slips = [one for one in question.slips if one != "as_given"]
    warm = question.answer_with(case, slips[0]) if slips else None
    for name, answer in answers.items():
        taken["first"][name] = milliseconds(question, answer, opened(question))
        later = opened(question)
        milliseconds(question, warm, later)
        taken["later"][name] = milliseconds(question, answer, later)
    return taken


def in_a_kernel(question: Question, folder: str) -> float:
    """Time the first right answer in a new process; not a number for what cannot be passed."""
    file = Path(folder) / "answer.pickle"
    try:
        file.write_bytes(pickle.dumps(question.reference(cases.open_case(question.books))))
    except (pickle.PicklingError, AttributeError):  # a function made inside a function
        return float("nan")
    words = [sys.executable, "-c", IN_A_KERNEL, question.number, str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    took, status = done.stdout.split()
    assert status == "right", (question.number, status)
    return float(took)


def cells(taken: Iterable[float]) -> str:
    """Write the median and the slowest."""
    times = list(taken)
    return f"{statistics.median(times):8.1f} {max(times):8.1f}" if times else f"{'':17}"


def main() -> None:
    """Print a line for each question, what exceeds its goal, and the whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chapters", nargs="*", default=CHAPTERS, help="such as ch05")
    parser.add_argument("--csv", type=Path, help="write every time into this file")
    parser.add_argument("--no-kernels", action="store_true")
    args = parser.parse_args()
    mpl.use("Agg")
    warnings.simplefilter("ignore")
    everything: list[tuple[str, str, str, float]] = []
    kinds = ("right", "first", "later")
    head = " ".join(f"{kind + ' median':>14} {'max':>6}"[-17:] for kind in kinds)
    print(f"{'question':8} {'answers':>7} {head} {'kernel':>8}  (ms)")
    with tempfile.TemporaryDirectory() as folder:
        for chapter in args.chapters:
            given = answers_of(chapter)
            wrong = {one.name: given[one.name] for one in strangers_of(chapter) if one.wrong}
            numbers = {one.number for one in strangers_of(chapter)}
            for number in filter(numbers.__contains__, all_questions()):
                question = find_question(number)
                if isinstance(question.answer_type, Open):
                    continue
                own = {name: one for name, one in wrong.items() if name.split()[0] == number}
                taken = of_question(question, own)
                line = " ".join(cells(taken[kind].values()) for kind in kinds)
                if not args.no_kernels and not isinstance(question.answer_type, Choice | Choices):
                    kernel = in_a_kernel(question, folder)
                    taken["kernel"] = {"right": kernel}
                    line += f" {kernel:8.1f}"
                print(f"{number:8} {len(own):7} {line}", flush=True)
                everything += [
                    (number, kind, name, took)
                    for kind, times in taken.items()
                    for name, took in times.items()
                ]
    for kind, goal in GOALS.items():
        times = [took for _, one, _, took in everything if one == kind and took == took]
        if not times:
            continue
        over = [
            f"{name} {took:.0f}" if name != "right" else f"{number} {took:.0f}"
            for number, one, name, took in everything
            if one == kind and took > goal
        ]
        print(
            f"{kind}: {len(times)}, median {statistics.median(times):.1f}, slowest "
            f"{max(times):.1f}; over {goal:,} ms: {', '.join(over) or 'none'}"
        )
    if args.csv:
        with args.csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [("question", "kind", "answer", "milliseconds"), *everything]
            )


if __name__ == "__main__":
    main()
