"""How long `check` takes, question by question, beside pandas' own comparison of two frames.

python benchmarks/check_speed.py

The first call works out the key and is not counted. `ratio` is the slowest of the three verdicts
over `pandas.testing.assert_frame_equal` on the right answer as a sorted frame and a copy of it.
"""

import statistics
import time
from collections.abc import Callable

import pandas as pd

from rfmkit.classroom import check
from rfmkit.classroom.case import open_case
from rfmkit.classroom.question import Question, all_questions

TIMES = 15


def milliseconds(call: Callable[[], object]) -> float:
    """Take the median of several calls."""
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def as_frame(plain: object) -> pd.DataFrame:
    """Put a plain answer of any form into a frame, for pandas to compare."""
    if isinstance(plain, pd.DataFrame):
        return plain
    if isinstance(plain, pd.Series):
        return plain.to_frame("value")
    return pd.DataFrame({"value": list(plain) if isinstance(plain, (tuple, dict)) else [plain]})


def measure(asked: Question) -> tuple[float, float, float, float]:
    """Time a right answer, a known mistake, one that is neither, and pandas."""
    case = open_case(asked.books)
    right = asked.reference(case)
    mistakes = [asked.answer_with(case, name) for name in asked.slips]
    strange = object()
    check(asked.number, right)  # the first call: the key
    for wrong in mistakes:
        check(asked.number, wrong)  # and the mistakes
    frame = as_frame(asked.answer_type.bind(case).parse(right))
    other = frame.sample(frac=1, random_state=1)
    return (
        milliseconds(lambda: check(asked.number, right)),
        milliseconds(lambda: check(asked.number, mistakes[-1])) if mistakes else 0.0,
        milliseconds(lambda: check(asked.number, strange)),
        milliseconds(lambda: pd.testing.assert_frame_equal(frame.sort_index(), other.sort_index())),
    )


def main() -> None:
    """Print a line for each question, and the slowest."""
    slowest = 0.0
    print(f"{'question':8} {'right':>8} {'mistake':>8} {'odd':>8} {'pandas':>8} {'ratio':>7}  (ms)")
    for number, asked in all_questions().items():
        *taken, peer = measure(asked)
        slowest = max(slowest, *taken)
        cells = " ".join(f"{one:8.2f}" for one in (*taken, peer))
        print(f"{number:8} {cells} {max(taken) / peer:7.1f}")
    print(f"slowest: {slowest:.1f} ms")


if __name__ == "__main__":
    main()
