"""Hints: an idea, a method, almost the code; no name that the student lacks, and code that runs.

`FILLED` holds what to put for each `...` of a third hint, in order; `INSIDE` the function that a
hint's lines belong into, `{1}` its first line. So filled in, the hint must be judged right.
"""

import ast
import builtins
import contextlib
import io
import keyword
import re
import textwrap

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from notebook_code import EXERCISES, LESSONS, asked

from rfmkit.classroom import check
from rfmkit.classroom.answer_types import Choice, Choices, Open
from rfmkit.classroom.question import all_questions

QUESTIONS = all_questions()
LANGS = ("zh-TW", "en")
CODED = [number for number, one in QUESTIONS.items() if not isinstance(one.answer_type, Open)]
SPAN = re.compile(r"`([^`]+)`")
SYMBOL = re.compile(r"[&|~=!<>+*/-]+|\w+=")  # an operator, or a parameter such as `today=`
CODE = re.compile(r"[a-z0-9_]+:[a-z_]+")  # a tier, such as abc3:a

FILLED = {
    "0.1": ("ledger",),
    # The quizzes.
    "1.q": ("b",),
    "1.r": ("b",),
    "1.s": ("a",),
    "2.q": ("b",),
    "2.r": ("a",),
    "2.s": ("c",),
    "3.q": ("b",),
    "3.r": ("a",),
    "3.s": ("b",),
    "4.q": ("c",),
    "4.r": ("b",),
    "5.q": ("b",),
    "5.r": ("c",),
    "6.q": ("b",),
    "7.q": ("c",),
    "7.r": ("c",),
    "8.q": ("c",),
    "8.r": ("d",),
    "0.a": ("amount",),
    "0.b": ("profit", "5"),
    "0.c": ("industry",),
    "0.d": ("opened", "365"),
    "1.a": ("order_count", "revenue", "revenue"),
    "1.b": ("64",),
    "1.c": ("overdue",),
    "1.d": ("10_000", "50_000"),
    "1.1": ("c",),
    "1.2": ("abd",),
    "1.3": ("count",),
    "1.4": ("profit", "64", "profit"),
    "1.5": ("revenue", "profit", "Title", "customer", "NT$"),
    "1.6": ("abe",),
    "1.7": ("8_000", "70"),
    "1.8": ("amount", "0.25", "False"),
    "2.a": ("0.90",),
    "2.b": ("0.80", "0.95"),
    "2.c": ('"abc3:a"',),
    "2.d": ('"abc3:a"',),
    "2.1": ("c",),
    "2.2": ("0.75", "32"),
    "2.3": ("0.60",),
    "2.4": ("layers", "Title", "tier", "NT$"),
    "2.5": ("0.95", "0.80", "0.50"),
    "2.6": ("profit[~lead].sum()", "lead"),
    "2.7": ('customers["order_count"]',),
    "2.9": ("a",),
    "2.10": ("ac",),
    "3.a": ("due_date", "still_owing.sum()"),
    "3.b": ("True",),
    "3.c": ("by_score",),
    "3.1": ("ad",),
    "3.2": ("b",),
    "3.3": ("past_due", "goods_in_dispute", "our_invoice_wrong", "customer"),
    "3.4": ("0", "True"),
    "3.5": ("forecast_amount", "0.50", "0.50", "new"),
    "3.6": ("profit", "Title", "NT$", "layer"),
    "3.7": ("0.35", "service_cost", "price"),
    "3.9": ("mgc", "growth", "False"),
    "3.10": ("profit", "mean"),
    "3.11": ("mvc", "region", "everybody.sum()"),
    "3.12": ("12", "credit_score", "2", "invoice_amount"),
    "3.13": ("bd",),
    "3.14": ("4", "visit"),
    "3.15": ("value4:mgc", "60", "best"),
    "3.16": ("ad",),
    "4.a": ("profit",),
    "4.b": ("came_back",),
    "4.c": ("9", "6", "promoters", "detractors"),
    "4.d": ("60",),
    "4.1": ("bd",),
    "4.2": ("2020-10-01", "late", "industry", "2"),
    "4.3": ("2", "yearly"),
    "4.4": ("industry", "Title", "industry", "ACSI"),
    "4.5": ("clv.median()", "clv.mean()", "70"),
    "4.6": ("clv.mean()", "70"),
    "4.7": ("0.05", "4000", "70"),
    "4.8": ("suggestion", "said_so", "six"),
    "5.a": ("recency_days", "120"),
    "5.b": ("5",),
    "5.c": ("12", "30_000", "own"),
    "5.1": ("c",),
    "5.2": ("2021-01-01", "2021-01-01", "order"),
    "5.3": ("True", 'rk.score(rfm["frequency"])', 'rk.score(rfm["monetary"])', "4"),
    "5.4": ("min", '(name != "R")', "rfm"),
    "5.5": (
        "frequency",
        '(rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median"))) != tier).sum()',
        "(rk.rfm_class(rk.high_low(by_line, cuts=rk.rfm_cuts(by_line))) != tier).sum()",
    ),
    "5.6": ("order", "school", "Title", "month", "orders"),
    "5.7": ("60", "2020-10-01", "waiting"),
    "5.8": ("important_value", "0", "buyers", "spent.sum()"),
    "6.1": ("2021-03-01", "2021-03-31", "TODAY", "amount"),
    "6.2": ("TODAY", "order"),
    "6.3": ("mean",),
    "6.4": ("levels",),
    "6.5": ("groups.sum()", 'table["customers"].sum()', 'table["revenue"].sum()', "tier"),
    "6.6": ("median", "other"),
    "6.7": ("important_keep", "important_win_back", "False", "5"),
    "6.8": ("revenue_share", "Title", "class", "%"),
    "6.9": ("M", "levels", "interval.high"),
    "6.a": ("outside_period",),
    "6.b": ("monetary",),
    "6.c": ("R",),
    "7.a": ('counts["abc3:b"]', 'counts["abc3:c"]', 'counts["abc3:a"]'),
    "7.b": ("profit", "False"),
    "7.c": ("lost",),
    "7.d": ("abc3:a",),
    "7.1": ("bde",),
    "7.2": ("2", "5", 'counts["abc3:a"]', 'counts["abc3:b"]', 'counts["abc3:c"]'),
    "7.3": ("usual**0.5", "limit"),
    "7.4": ("abc3:a", "Title", "phase", "customers"),
    "7.5": ("abc3:b", "cut_b", "demoted"),
    "7.6": ("yearly_need", "0.5", "10_000", "False"),
    "7.7": ("abc3:a", "原子筆（盒）", "toner", "len(pens & paper) / len(pens) / anyhow"),
    "7.9": ("abc3:a", "0.25"),
    "7.10": ("revenue", "lifecycle:hold"),
    "7.11": ("acf",),
    "7.12": ("c",),
    "8.a": ("rfm_list",),
    "8.b": ("4",),
    "8.c": ("recency_days",),
    "8.d": ("c",),
    "8.e": ('"abc3:a"', '"up"'),
    "8.f": ("ad",),
    "8.1": ("ac",),
    "8.2": ("gross / 2",),
    "8.3": ('customers["profit"].sum()', "False", "Title", "lists", "%"),
    "8.4": ("both", "n", "n"),
    "8.5": ("60", "True", "False"),
    "8.7": ("acd",),
    "8.8": ("HALF", "HALF"),
    "8.9": ("HALF", '"abc3:a"'),
    "8.10": ('"A"', '"C"', "3"),
    "9.a": ("400_000",),
    "9.b": ("ag",),
    "9.c": ("gap",),
    "9.d": ("rfm",),
    "9.e": ("from_rows",),
    "9.1": ("c",),
    "9.2": ("max", "sum", "sum"),
    "9.3": ("right", "added", "right"),
    "9.4": ("4", "3", "60"),
    "9.5": ("seen", "max", "monetary", "frequency"),
    "9.6": ("low", "high"),
}
INSIDE = {
    "2.5": """
        def tier_by_value(profit):
            ordered = profit.sort_values(ascending=False)
            tiers = pd.Series("abc4:small", index=ordered.index)
            {1}
            {2}
            {3}
            {4}
            return tiers
        """,
    "3.4": """
        counts = contacts.groupby(["customer", "kind"]).size().unstack()
        table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
        {1}
        points = pd.DataFrame(
            {
                "profit": rk.to_points(table["profit"]),
                "forecast_amount": rk.to_points(table["forecast_amount"]),
                "complaint": rk.to_points(table["complaint"]),
            }
        )
        {2}
        {3}
        """,
    "4.3": """
        def customer_value(profit, half_rate, discount):
            {1}
            {2}

        {3}
        """,
    "5.4": """
        def five_points(rfm):
            table = pd.DataFrame(index=rfm.index)
            for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
                {1}
                {2}
            return table
        """,
    "6.5": """
        def summarise(rfm, tier):
            groups = rfm.groupby(tier, observed=False)["monetary"]
            {1}
            {2}
            {3}
            return table

        {4}
        """,
    "7.5": """
        def demoted(before, after):
            tier_before = rk.abc_tier(before, cuts=(0.20, 0.50))
            both = before.index.intersection(after.index)
            {1}
            {2}
            {3}
            {4}
            {5}

        {6}
        """,
    "8.4": """
        def agreement(score_a, score_b):
            {1}
            {2}
            {3}
            {4}
            {5}

        {6}
        """,
    "9.5": """
        def update(table, seen, rows):
            buys = rows[rows["amount"] > 0]
            batch = pd.DataFrame(
                {
                    "last_purchase": buys.groupby("customer")["date"].max(),
                    "frequency": buys.groupby("customer")["order"].nunique(),
                    "monetary": rows.groupby("customer")["amount"].sum(),
                }
            )
            {1}
            {2}
            {3}
            merged = pd.concat([table, batch]).groupby("customer").agg(ways)
            {4}
            merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
            return merged

        {5}
        """,
}


def at(number):
    """Return what a student has at a question."""
    in_lesson = QUESTIONS[number].books == "lesson"
    folder, stems = ("lessons", LESSONS) if in_lesson else ("exercises", EXERCISES)
    chapter = int(number.partition(".")[0])
    near = [stem for stem in stems if int(stem[:2]) == chapter or stem.endswith("_quiz")]
    there = [asked(folder, stem) for stem in near]
    return next(one[number] for one in there if number in one)


def code_lines(hint):
    """Return the lines of a hint that are code and nothing else."""
    return [line[1:-1] for line in hint.splitlines() if re.fullmatch(r"`[^`]+`", line)]


def parse_span(span):
    """Parse a span, which may begin with a method or a bracket; None for what is no code."""
    for text in (span, f"_{span}"):
        with contextlib.suppress(SyntaxError):
            return ast.parse(text)
    return None


def words_of(values):
    """List the names of columns and rows that a student sees, and codes that stand in them."""
    words = set()
    for value in values.values():
        if isinstance(value, pd.Series):
            value = value.to_frame()
        if not isinstance(value, pd.DataFrame):
            continue
        words |= {str(name) for name in [*value.columns, value.index.name]}
        for _, column in value.items():
            if not pd.api.types.is_numeric_dtype(column):
                with contextlib.suppress(TypeError):
                    words |= {str(code) for code in column.dropna().unique()[:60]}
            if isinstance(column.dtype, pd.CategoricalDtype):
                words |= {str(code) for code in column.cat.categories}
    return words


def unknown_names(hint, known, words):
    """List the names in a hint's code that the student has not got."""
    spans = SPAN.findall(hint)
    trees = [parse_span(span) for span in spans]
    made = {
        node.id
        for tree in filter(None, trees)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    unknown = []
    for span, tree in zip(spans, trees, strict=True):
        if SYMBOL.fullmatch(span) or keyword.iskeyword(span) or (CODE.fullmatch(span) in words):
            continue
        if CODE.fullmatch(span):
            unknown += [] if span in words else [span]
            continue
        if tree is None:
            unknown.append(span)
            continue
        nodes = list(ast.walk(tree))
        # Only a plain word, or a sum of such, may be the name of a column.
        plain = not any(isinstance(one, ast.Call | ast.Subscript | ast.Attribute) for one in nodes)
        there = known | made | {"_", "rk", "pd", "np"} | set(dir(builtins))
        unknown += [
            node.id
            for node in nodes
            if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)
            and node.id not in there
            and not (plain and node.id in words)
        ]
    return unknown


@pytest.mark.parametrize("number", QUESTIONS)
def test_a_hint_uses_no_name_that_the_student_lacks(number):
    here = at(number)
    words = words_of(here.values)
    for lang in LANGS:
        for hint in QUESTIONS[number].texts["hints"][lang]:
            assert not unknown_names(hint, here.names, words), f"{number}, {lang}: {hint}"


@pytest.mark.parametrize("number", CODED)
def test_the_idea_comes_first_and_almost_the_code_last(number):
    for lang in LANGS:
        first, second, third = QUESTIONS[number].texts["hints"][lang]
        assert not code_lines(first)
        assert not code_lines(second), "code in lines of its own is the third's part"
        assert any("..." in line for line in code_lines(third)), third
        assert QUESTIONS[number].variable in third or number in INSIDE


@pytest.mark.parametrize("number", CODED)
def test_a_third_hint_filled_in_runs_and_is_right(number):
    one, here = QUESTIONS[number], at(number)
    lines, english = (code_lines(one.texts["hints"][lang][2]) for lang in LANGS)
    assert lines == english
    code, blanks = "\n".join(lines), iter(FILLED[number])
    assert code.count("...") == len(FILLED[number])
    lines = re.sub(r"\.\.\.", lambda _: next(blanks), code).splitlines()
    if number in INSIDE:
        frame = textwrap.dedent(INSIDE[number])
        code = re.sub(r"\{(\d)\}", lambda found: lines[int(found[1]) - 1], frame)
    else:
        code = "\n".join(lines)
    values = dict(here.values)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, f"the third hint of {number}", "exec"), values)
    said = check(number, values[one.variable])
    plt.close("all")
    assert said.status == "right", f"{code}\n{said}"


def test_the_tables_name_no_question_that_is_gone():
    assert set(FILLED) == set(CODED)
    assert set(INSIDE) <= set(CODED)
    assert {type(QUESTIONS[number].answer_type) for number in ("1.1", "1.2")} == {Choice, Choices}


def test_a_name_that_is_missing_is_found():
    known, words = {"rfm"}, {"monetary"}
    assert unknown_names('`rfm["x"]` and `monetary` and `.head(3)`', known, words) == []
    assert unknown_names("`quiet.difference(rfm)`, `autumn`", known, words) == ["quiet", "autumn"]
    assert unknown_names("`quiet = rfm.index`, `quiet.size`, `today=`, `&`", known, words) == []
    assert unknown_names("`monetary[3]`", known, words) == ["monetary"]
