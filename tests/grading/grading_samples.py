"""A class made by hand: results of every kind, for the tests of the books."""

from rfmgrade.config import Student
from rfmgrade.gradebook.gradebook import Gradebook
from rfmgrade.intake import SkippedFile
from rfmgrade.marking.results import Flag, Mark, Result, chapter_items, graded_item

EVIL = '=HYPERLINK("http://evil.example","x")'
STUDENTS = (
    Student("B1090001", "林小華", "lin@example.edu", "zh-TW", "甲班", "", "4501", "b1090001", 2),
    Student("B1090002", "Ann Lee", "ann@example.edu", "en", "甲班", "", "4502", "b1090002", 3),
    Student("B1090003", "王大明", "", "zh-TW", "乙班", row=4),
    Student("B1090004", "陳怡君", "chen@example.edu", "zh-TW", "乙班", row=5),
    Student("B1090005", "張志豪", "", "zh-TW", "乙班", row=6),
)
ANSWERS = (
    "我建議先查原因：賠錢的 37 家裡有 12 家毛利是正的，是服務成本把它吃掉了。"
    "先改成每月一次合併出貨，三個月後再看。學校客戶沒有別的供應商，漲價會讓它們沒得選，所以要有人看過名單，也要讓客戶問得到理由。",
    "Look for causes first. Twelve of the 37 lose money because of our own late deliveries.\n\n"
    "Offer a monthly delivery before raising prices, and let somebody read the list.",
    EVIL + "\n<script>alert(1)</script>",
)


def right(number, lang="zh-TW", **more):
    points = points_of(number)
    return Mark(number, "right", points, points, text_of(number, "right", lang), **more)


def points_of(number):
    return graded_item(number).points


def text_of(number, kind, lang):
    texts = graded_item(number).texts
    return texts[kind][lang] if kind == "right" else texts["mistakes"][kind][lang]


def known(number, mistake, lang="zh-TW"):
    told = text_of(number, mistake, lang)
    return Mark(number, "known_mistake", 0, points_of(number), told, mistake, digest="d" * 16)


def marks(student, *special, lang="zh-TW", answer=ANSWERS[0]):
    """Make a chapter 7's marks: right but for those given, and the open one."""
    given = {mark.number: mark for mark in special}
    made = []
    for one in chapter_items("07"):
        if one.number == "7.8":
            text = Mark("7.8", "open", None, 4, answer=answer)
            made.append(given.get("7.8", text))
        else:
            made.append(given.get(one.number, right(one.number, lang)))
    return tuple(made)


def result(student, chapter_marks, **more):
    one = next(one for one in STUDENTS if one.id == student)
    facts = {
        "file": f"{student}/07_management.ipynb",
        "sha256": "ab" * 32,
        "lang": one.lang,
        "handed_in": "2021-04-08T21:10:00",
        "chapter": "07",
    } | more
    return Result(student=student, marks=chapter_marks, **facts)


def sample_results():
    cell = "NameError: name 'clean' is not defined"
    return [
        result("B1090001", marks("B1090001", known("7.3", first_mistake("7.3")))),
        result(
            "B1090002",
            marks(
                "B1090002",
                known("7.3", first_mistake("7.3"), "en"),
                Mark("7.6", "follow_through", 1, 1, text_of("7.6", "right", "en")),
                Mark("7.7", "held", None, 1, digest="c0ffee"),
                lang="en",
                answer=ANSWERS[1],
            ),
            late=True,
            handed_in="2021-04-09T00:20:00",
            flags=(Flag("typed_in", "7.7"),),
        ),
        result(
            "B1090003",
            marks(
                "B1090003",
                Mark("7.2", "missing", 0, 2),
                Mark("7.4", "failed", 0, 2, cell),
                Mark("7.5", "wrong", 0, 2, "數字太大了。"),
                Mark("7.6", "person", None, 1),
                answer=ANSWERS[2],
            ),
            flags=(Flag("same_code", "7.5", {"students": "B1090001"}),),
        ),
        result("B1090004", marks("B1090004", known("7.5", first_mistake("7.5")))),
    ]


def first_mistake(number):
    return next(iter(graded_item(number).texts["mistakes"]))


def sample_book(lang="zh-TW", **more):
    facts = {
        "notes": {("B1090001", "07"): ("earlier:B1090001/07_management (1).ipynb",)},
        "left_out": (
            SkippedFile("誰的.ipynb", "unmatched"),
            SkippedFile("B1090001/報告.pdf", "not_notebook"),
        ),
    } | more
    results = {(one.student, one.chapter): one for one in sample_results()}
    return Gradebook(STUDENTS, ("07",), results, lang=lang, **facts)
