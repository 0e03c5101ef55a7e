"""A question of every form, on the practice books, for tests of the machinery itself."""

from rfmkit.classroom.answer_types import (
    Classes,
    Customers,
    Figure,
    Function,
    Number,
    Numbers,
    Table,
    Values,
    drawn,
)
from rfmkit.classroom.question import Question
from rfmkit.classroom.question_kinds import choice, choices, open_question

BOTH = {"zh-TW": "文字", "en": "text"}


def scheme_tiers(case):
    codes = ["abc4:premium", "abc4:important", "abc4:ordinary", "abc4:small"]
    ranks = case.rfm["monetary"].rank(method="first").astype(int)
    return ranks.map(lambda rank: codes[rank % 4])


def by_tier(case):
    rfm = case.rfm.assign(tier=scheme_tiers(case))
    table = rfm.groupby("tier").agg(customers=("monetary", "size"), revenue=("monetary", "sum"))
    return table.assign(service=[f"abc4:{name}" for name in ("small",) * len(table)])


def bars(case):
    spend = case.rfm["monetary"].nlargest(4)
    return drawn("bar", spend.to_numpy(), labels=spend.index)


def top_share(rfm, count):
    return rfm["monetary"].nlargest(count).sum() / rfm["monetary"].sum()


def shares(case):
    return {"top": top_share(case.rfm, 3), "rest": 1 - top_share(case.rfm, 3)}


CALLS = (lambda case: (case.rfm, 3), lambda case: (case.rfm, 9))
SAMPLES = {
    one.number: one
    for one in (
        Question(
            "s.number",
            "n",
            Number(),
            lambda case: len(case.rfm),
            {"one_more": lambda case: len(case.rfm) + 1},
        ),
        Question(
            "s.numbers",
            "two",
            Numbers(("top", "rest")),
            shares,
            {"swapped": lambda case: tuple(shares(case).values())[::-1]},
        ),
        Question(
            "s.values",
            "spend",
            Values(),
            lambda case: case.rfm["monetary"],
            {"days": lambda case: case.rfm["recency_days"]},
        ),
        Question(
            "s.column",
            "spend",
            Values(column="monetary"),
            lambda case: case.rfm,
            {"half": lambda case: case.rfm / 2},
        ),
        Question(
            "s.table",
            "rfm",
            Table(("frequency", "monetary")),
            lambda case: case.rfm,
            {"half": lambda case: case.rfm / 2},
        ),
        Question(
            "s.tiers",
            "table",
            Table(
                ("customers", "revenue", "service"), rows="tier", text=("service",), scheme="abc4"
            ),
            by_tier,
            {"half": lambda case: by_tier(case).assign(revenue=1)},
        ),
        Question(
            "s.classes",
            "tier",
            Classes("abc4"),
            scheme_tiers,
            {"all_small": lambda case: scheme_tiers(case).map(lambda _: "abc4:small")},
        ),
        Question(
            "s.customers",
            "who",
            Customers(),
            lambda case: case.rfm.index[:4],
            {"others": lambda case: case.rfm.index[4:8]},
        ),
        Question(
            "s.list",
            "who",
            Customers(ordered=True),
            lambda case: case.rfm.index[:4],
            {"others": lambda case: case.rfm.index[4:8]},
        ),
        choice("s.choice", "a", "abc", right="b", mistakes={"first": "a", "last": "c"}),
        choices("s.choices", "a", "abcd", right="ac", mistakes={"all": "abcd"}),
        Question(
            "s.figure",
            "ax",
            Figure("bar"),
            bars,
            {
                "no_title": lambda case: {**bars(case), "title": False},
                "unsorted": lambda case: drawn(
                    "bar", bars(case)["values"][0][::-1], labels=bars(case)["labels"][::-1]
                ),
            },
        ),
        Question(
            "s.function",
            "f",
            Function(CALLS),
            lambda case: top_share,
            {"count": lambda case: lambda rfm, count: count},
        ),
        open_question("s.open", "words"),
    )
}
for _one in SAMPLES.values():
    _one.texts.update(
        title=BOTH,
        objective=BOTH,
        right=BOTH,
        stars=1,
        minutes=1,
        points=3,
        hints={lang: ["1", "2", "3"] for lang in BOTH},
        ask={"zh-TW": "題幹", "en": "the stem"},
        mistakes={name: {lang: f"{name} {lang}" for lang in BOTH} for name in _one.mistakes},
    )
SAMPLES["s.choice"].texts["options"] = {
    letter: {lang: f"option {letter} {lang}" for lang in BOTH} for letter in "abc"
}
SAMPLES["s.open"].texts["rubric"] = {
    "evidence": {"points": 2, "zh-TW": "有證據", "en": "gives evidence"},
    "advice": {"points": 1, "zh-TW": "有建議", "en": "gives advice"},
}
