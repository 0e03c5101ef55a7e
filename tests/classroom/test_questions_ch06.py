"""Chapter 6's questions: a second solution in plain loops, and every mistake told from every other.

200 seeds are shared out over the test's parameters, so that processes can take turns.
"""

import itertools
import re
import statistics
from datetime import date, datetime

import pytest

from rfmkit.cases import HEADERS, LESSON_SEED, draw_ledger
from rfmkit.classroom.case import Case
from rfmkit.classroom.question import all_questions

PLAIN = [
    *("order", "line", "date", "customer", "product"),
    *("quantity", "unit_price", "amount", "status"),
]
NAMES = dict(zip(HEADERS, PLAIN, strict=True))
QUESTIONS = {number: one for number, one in all_questions().items() if number.startswith("6.")}
LESSON = {number: one for number, one in all_questions().items() if one.books == "lesson"}
MARKED = {number: one for number, one in QUESTIONS.items() if one.books == "practice"}
BATCHES = [range(start, start + 20) for start in range(0, 200, 20)]
HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｃ", "0123456789C")


def case_of(seed):
    return Case(draw_ledger(seed).rename(columns=NAMES))


def tidy(cell):
    return cell.translate(HALF_WIDTH).replace("　", " ").strip() if isinstance(cell, str) else cell


def day_of(cell):
    if isinstance(cell, datetime):
        return cell.date()
    parts = re.findall(r"\d+", tidy(cell))
    return date(*map(int, parts)) if len(parts) == 3 else None


def money_of(cell):
    if isinstance(cell, str):
        digits = re.sub(r"[NT$,元]", "", cell)
        return int(digits) if digits.isdigit() else None
    return cell


def plain_solution(raw):
    """Answer every question from the rows with loops and no pandas."""
    rows, seen = [], set()
    for row in raw.to_numpy().tolist():
        order, line, when, customer, product, *_, amount, status = map(tidy, row)
        when, amount = day_of(when), money_of(amount)
        known = customer and customer != "TEST" and status != "已取消" and when and amount
        if not known or (when.year, when.month) != (2021, 3):
            continue
        if (order, line, customer, product) not in seen:
            seen.add((order, line, customer, product))
            rows.append((order, when, customer, amount))
    rfm = {}
    for customer in sorted({row[2] for row in rows}):
        own = [row for row in rows if row[2] == customer]
        bought = [row for row in own if row[3] > 0]
        rfm[customer] = (
            (date(2021, 4, 1) - max(row[1] for row in bought)).days,
            len({row[0] for row in bought}),
            sum(row[3] for row in own),
        )

    def tiers(centre):
        days, times, spend = (centre(column) for column in zip(*rfm.values(), strict=True))
        return {c: (r <= days, f >= times, m >= spend) for c, (r, f, m) in rfm.items()}

    levels, other = tiers(statistics.fmean), tiers(statistics.median)
    quiet = [c for c in rfm if levels[c][2] and not levels[c][0]]
    return {
        "6.1": sum(row[3] for row in rows),
        "6.2": rfm,
        "6.3": levels,
        "6.4": levels,
        "6.5": levels,
        "6.6": sorted(c for c in rfm if levels[c] != other[c]),
        "6.7": sorted(quiet, key=lambda c: -rfm[c][2])[:5],
    }


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_keys_agree_with_plain_loops_and_mistakes_are_all_different(seeds):
    for seed in seeds:
        case = case_of(seed)
        plain = plain_solution(draw_ledger(seed))
        keys = {number: one.form.read(one.reference(case)) for number, one in MARKED.items()}
        assert keys["6.1"] == plain["6.1"]
        table = dict(zip(keys["6.2"].index, keys["6.2"].to_numpy().tolist(), strict=True))
        assert table == {customer: list(values) for customer, values in plain["6.2"].items()}
        levels = {c: tuple(map(bool, row)) for c, row in keys["6.3"].T.to_dict("list").items()}
        assert levels == plain["6.3"]
        for customer, (r, f, m) in plain["6.4"].items():
            word = {(1, 1): "value", (1, 0): "develop", (0, 1): "keep", (0, 0): "win_back"}[r, f]
            assert keys["6.4"][customer] == ("important_" if m else "general_") + word
        for code, row in keys["6.5"].iterrows():
            members = [c for c, tier in keys["6.4"].items() if tier == code]
            spend = sum(plain["6.2"][c][2] for c in members)
            assert row["customers"] == len(members)
            assert row["revenue"] == spend
            assert row["customer_share"] == pytest.approx(len(members) / len(plain["6.2"]))
            assert row["revenue_share"] == pytest.approx(spend / plain["6.1"])
        assert list(keys["6.6"]) == plain["6.6"]
        assert list(keys["6.7"]) == plain["6.7"]

        for one in MARKED.values():
            assert_all_different(one, case, f"seed {seed}")


@pytest.mark.parametrize("number", [n for n, one in LESSON.items()])
def test_try_it_questions_tell_their_mistakes_apart_on_the_lessons_books(number):
    assert_all_different(LESSON[number], case_of(LESSON_SEED), "the lesson's books")


def assert_all_different(one, case, where):
    answers = {"the key": one.form.read(one.reference(case))} | {
        name: one.form.read(make(case)) for name, make in one.mistakes.items()
    }
    for name, other in itertools.combinations(answers, 2):
        assert not one.form.same(answers[name], answers[other]), (
            f"{where}, {one.number}: {name} and {other} give the same answer"
        )


def test_the_chapter_has_at_least_twelve_named_mistakes():
    assert len({name for one in MARKED.values() for name in one.mistakes}) >= 12
    assert len(MARKED) == 7


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_text_is_there_in_both_languages(number):
    texts = QUESTIONS[number].texts
    for lang in ("zh-TW", "en"):
        assert len(texts["hints"][lang]) == 3
        told = [texts["title"][lang], texts["objective"][lang], texts["right"][lang]]
        told += [mistake[lang] for mistake in texts["mistakes"].values()]
        assert all(told)
        assert len(set(told)) == len(told)
    assert texts["points"] >= 0
    assert texts["minutes"] > 0


def test_no_text_gives_an_answer_away():
    case = case_of(403)
    answers = [f"{QUESTIONS['6.1'].reference(case):.0f}", *QUESTIONS["6.7"].reference(case)]
    for one in QUESTIONS.values():
        for mistake in [*one.texts["mistakes"].values(), *one.texts["hints"].values()]:
            assert not any(answer in str(mistake) for answer in answers)
