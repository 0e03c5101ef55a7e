"""A whole class: kept results, faults of ours, flags over the class, the same whatever the jobs."""

import json
import os
import signal
from concurrent.futures import Executor, Future
from dataclasses import replace

import pytest
from inner_sandbox import InnerSandbox
from notebooks_made import SECRET, answered, exercise, stripped, submission

from rfmgrade.config import GradingConfig, Student, personal_seed
from rfmgrade.marking import grader
from rfmgrade.marking.grader import SubmissionGrader
from rfmgrade.marking.marks import class_flags
from rfmgrade.marking.notebook import code_facts, exercise_template
from rfmgrade.marking.results import Flag, Mark, Result, ResultStore, key_of
from rfmgrade.marking.runs import CaseCache
from rfmgrade.sandbox.runtime.attempts import ATTEMPTS
from rfmgrade.workers import ended_after
from rfmkit.labels import label, texts
from rfmkit.schema import DataError

ROSTER = [Student(f"S{n}", lang="en" if n % 2 else "zh-TW") for n in range(1, 6)]
BAD = b"no notebook"


@pytest.fixture(scope="module")
def cases():
    with CaseCache() as made:
        yield made


@pytest.fixture
def sandbox(monkeypatch, cases):
    """Let the graders use the sandbox that is none, and one cache of cases."""
    made = InnerSandbox()

    def worker(mode):
        own = SubmissionGrader(mode, made)
        own.cases = cases
        return own

    monkeypatch.setattr(grader, "SubmissionGrader", worker)
    monkeypatch.setattr(cases, "close", lambda: None)
    return made


def grade(submissions, folder, **more):
    calls = {name: more.pop(name) for name in ("progress", "executor") if name in more}
    config = GradingConfig(tuple(ROSTER), SECRET, mode="trusted", results=folder, **more)
    return grader.grade_all(submissions, config, **calls)


def small(book_changes=None, student="S1"):
    return submission(answered("06", book_changes, only=("q6_1",)), student)


def test_results_come_in_the_order_of_the_submissions_and_are_kept(sandbox, tmp_path):
    handed = [small(student="S2"), submission(BAD, "S1"), small(student="S3")]
    seen = []
    first = grade(handed, tmp_path, progress=seen.append)
    assert [one.student for one in first] == ["S2", "S1", "S3"]
    assert len(seen) == 3
    ran = sandbox.sessions
    again = grade(handed, tmp_path, progress=seen.append)
    assert again == first
    assert sandbox.sessions == ran  # nothing was run again
    assert len(seen) == 6
    assert (first[0].lang, first[2].lang) == ("zh-TW", "en")


def test_what_decides_makes_a_new_result_and_what_does_not_is_carried(sandbox, tmp_path):
    handed = small()
    grade([handed], tmp_path)
    ran = sandbox.sessions
    (late,) = grade(
        [replace(handed, late=True, handed_in="2021-04-09T00:00:00", file="x")], tmp_path
    )
    assert (late.late, late.handed_in, late.file) == (True, "2021-04-09T00:00:00", "x")
    assert sandbox.sessions == ran
    grade([replace(handed, content=handed.content + b" ")], tmp_path)
    assert sandbox.sessions > ran


def test_a_damaged_result_is_made_again(sandbox, tmp_path):
    handed = small()
    first = grade([handed], tmp_path)
    (file,) = tmp_path.glob("*.json")
    good = file.read_bytes()
    told = json.loads(good)
    told["body"]["result"]["marks"][0]["points"] = 99
    for bad in (b"", good[:100], b"[]", b"{}", b"null", json.dumps(told).encode()):
        file.write_bytes(bad)
        assert grade([handed], tmp_path) == first
    assert file.read_bytes() == good
    assert not list(tmp_path.glob("*.part"))


def test_a_fault_of_ours_is_no_zero_is_told_and_not_kept(sandbox, tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(grader, "marks_of", broken)
    (result,) = grade([small()], tmp_path)
    assert {mark.status for mark in result.marks} == {"person"}
    assert all(mark.points is None for mark in result.marks)
    assert result.trouble
    assert "ZeroDivisionError" in (tmp_path / "faults.log").read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.json"))
    monkeypatch.undo()


def test_a_sandbox_that_fails_once_is_renewed(tmp_path, cases):
    class Failing(InnerSandbox):
        def session(self, files):
            if not self.sessions:
                self.sessions += 1
                raise OSError("no more processes")
            return super().session(files)

    worker = SubmissionGrader("trusted", Failing())
    worker.cases = cases
    config = GradingConfig(tuple(ROSTER), SECRET, mode="trusted")
    made = worker.grade(grader._jobs([small()], config)[0])
    assert not made.fault
    assert made.result.marks[0].status == "right"


def test_an_interruption_gets_out_and_what_is_done_is_kept(sandbox, tmp_path):
    def stop(result):
        raise KeyboardInterrupt

    handed = [submission(BAD, "S1"), submission(BAD + b"!", "S2")]
    with pytest.raises(KeyboardInterrupt):
        grade(handed, tmp_path, progress=stop)
    assert len(list(tmp_path.glob("*.json"))) == 1
    assert len(grade(handed, tmp_path)) == 2


def test_somebody_not_on_the_roster_is_told(tmp_path):
    with pytest.raises(DataError, match="S77"):
        grade([submission(BAD, "S77")], tmp_path)


def test_only_the_chapters_asked_for_are_graded(sandbox, tmp_path):
    handed = [submission(BAD, "S1"), submission(BAD, "S1", "05")]
    assert [one.chapter for one in grade(handed, tmp_path, chapters=["05"])] == ["05"]


def test_processes_give_what_one_process_gives(sandbox, tmp_path):
    handed = [submission(BAD + bytes([n]), f"S{n}") for n in range(1, 6)]
    alone = grade(handed, tmp_path / "one")
    assert grade(handed, tmp_path / "two", jobs=2) == alone
    assert all(one.trouble for one in alone)


class Dying(Executor):
    """Breaks at the first job, as a pool does whose process was killed."""

    def submit(self, task, /, *arguments, **more):
        future = Future()
        future.set_exception(grader.BrokenExecutor("killed"))
        return future


class Straight(Executor):
    def submit(self, task, /, *arguments, **more):
        future = Future()
        future.set_result(task(*arguments))
        return future


def test_any_executor_does(sandbox, tmp_path):
    handed = [submission(BAD + bytes([n]), f"S{n}") for n in range(1, 6)]
    assert grade(handed, tmp_path / "a", executor=Straight()) == grade(handed, tmp_path / "b")


def test_a_broken_executor_leaves_its_notebooks_to_a_person(tmp_path):
    handed = [submission(BAD, f"S{n}") for n in range(1, 4)]
    results = grade(handed, tmp_path, executor=Dying())
    assert len(results) == 3
    assert {mark.status for one in results for mark in one.marks} == {"person"}
    assert not list(tmp_path.glob("*.json"))


def kill_one(job):
    if job.student == "S2":
        os.kill(os.getpid(), signal.SIGKILL)
    return grader.leave_to_person(job, "judge.empty")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_process_costs_its_own_notebook_only(tmp_path, monkeypatch):
    monkeypatch.setattr(grader, "grade_job", kill_one)
    handed = [submission(BAD, f"S{n}") for n in range(1, 4)]
    results = grade(handed, tmp_path, jobs=2)
    fault = label("judge.fault", "zh-TW")
    assert [one.trouble == fault for one in results] == [False, True, False]


def loop_in_c(job):
    if job.student == "S2":
        with ended_after(0.5):
            sum(range(10**13))
    return grader.leave_to_person(job, "judge.empty")


def test_a_step_of_ours_without_end_costs_its_own_notebook_only(tmp_path, monkeypatch):
    monkeypatch.setattr(grader, "grade_job", loop_in_c)
    handed = [submission(BAD, f"S{n}") for n in range(1, 4)]
    results = grade(handed, tmp_path, jobs=1)
    fault = label("judge.fault", "zh-TW")
    assert [one.trouble == fault for one in results] == [False, True, False]


def test_one_student_is_graded_anew_and_all_others_are_kept(sandbox, tmp_path):
    handed = [small(student="S1"), small(student="S2")]
    first = grade(handed, tmp_path)
    sandbox.ran.clear()
    done = []
    again = grade(handed, tmp_path, regrade=frozenset({"S2"}), progress=done.append)
    assert again == first
    assert sandbox.ran
    assert [one.student for one in done] == ["S1", "S2"]


def test_what_ran_without_a_sandbox_is_never_taken_for_what_ran_in_one(tmp_path):
    def key(mode):
        config = GradingConfig(tuple(ROSTER), SECRET, mode=mode, results=tmp_path)
        return grader._jobs([small()], config)[0].key

    assert key("bubblewrap") == key("landlock") != key("trusted")


SAME = {
    "q6_2": "\n".join(
        [
            "# my own way",
            "bought = clean[clean['amount'] > 0]",
            "rfm = pd.DataFrame({",
            "    'recency_days': (TODAY - bought.groupby('customer')['date'].max()).dt.days,",
            "    'frequency': bought.groupby('customer')['order'].nunique(),",
            "    'monetary': clean.groupby('customer')['amount'].sum()})",
        ]
    )
}


def test_the_same_code_on_different_cases_is_flagged_for_both(sandbox, tmp_path):
    plain = answered("06", SAME, only=("q6_1",))
    disguised = stripped(
        answered("06", {"q6_2": SAME["q6_2"].replace("# my own way", "# mine\n")}, only=("q6_1",))
    )
    renamed = answered("06", {"q6_2": SAME["q6_2"].replace("bought", "sold")}, only=("q6_1",))
    other_way = SAME["q6_2"].replace("> 0", ">= 1")
    honest = answered("06", {"q6_2": other_way}, only=("q6_1",))
    results = grade(
        [
            submission(plain, "S1"),
            submission(disguised, "S2"),
            submission(renamed, "S3"),
            submission(honest, "S4"),
            submission(exercise("06"), "S5"),
        ],
        tmp_path,
    )
    told = {
        one.student: [flag.values for flag in one.flags if flag.kind == "same_code"]
        for one in results
    }
    assert told == {
        "S1": [{"students": "S2, S3"}],
        "S2": [{"students": "S1, S3"}],
        "S3": [{"students": "S1, S2"}],
        "S4": [],
        "S5": [],
    }
    assert results[0].points == results[1].points > 0  # a flag alters no mark


TEXT = (
    "Look for causes first: twelve of the 37 lose money through our own late deliveries. "
    "Offer one delivery a month before any price goes up, and let somebody read the list."
)


def test_texts_that_are_mostly_the_same_are_flagged_and_the_words_of_the_task_are_not():
    def one(student, answer):
        return Result(student, "06", "", "", "en", (Mark("6.7w", "open", None, 2, answer=answer),))

    task = "The cut is the mean. The median would move many. "
    own = [
        f"{task} {n} customers of shop {n * 7} buy {n * n} crates; I would call number {n}."
        for n in range(10, 30)
    ]
    copies = [
        TEXT,
        TEXT.replace("twelve", "eleven").upper(),
        "First of all. " + TEXT + " That is all.",
    ]
    results = [one(f"S{n:02}", answer) for n, answer in enumerate([*copies, *own, "", "..."])]
    flagged = class_flags(results, {})
    alike = {
        result.student: flag.values["students"]
        for result in flagged
        for flag in result.flags
        if flag.kind == "same_text"
    }
    assert alike == {"S00": "S01, S02", "S01": "S00, S02", "S02": "S00, S01"}
    assert [result.marks for result in flagged] == [result.marks for result in results]


def test_the_answer_of_another_students_case_is_flagged(sandbox, tmp_path, cases):
    other = cases.get(personal_seed(SECRET, "S2")).case
    revenue = exercise_template("06").questions["6.1"].reference(other)
    results = grade(
        [
            small({"q6_1": f"march_revenue = {float(revenue)!r}"}),
            small(student="S2"),
            small({"q6_1": "march_revenue = 1"}, "S3"),
        ],
        tmp_path,
    )
    told = [
        [(flag.number, flag.values) for flag in one.flags if flag.kind == "other_case"]
        for one in results
    ]
    assert told == [[("6.1", {"students": "S2"})], [], []]


def test_an_answer_that_many_have_points_to_nobody():
    mark = Mark("6.1", "wrong", 0, 2, digest="d")
    results = [Result(f"S{n}", "06", "", "", "en", (mark,)) for n in range(20)]
    keys = {(f"S{n}", "06"): {"6.1": "d" if 10 <= n < 15 else str(n)} for n in range(20)}
    assert not any(one.flags for one in class_flags(results, keys))
    keys = {(f"S{n}", "06"): {"6.1": "d" if n == 10 else str(n)} for n in range(20)}
    flagged = class_flags(results, keys)
    assert flagged[0].flags == (Flag("other_case", "6.1", {"students": "S10"}),)
    assert flagged[10].flags == ()


def test_the_store_keeps_and_finds(tmp_path):
    store = ResultStore(tmp_path / "new")
    result = Result("S1", "06", "a.ipynb", "0", "zh-TW", (Mark("6.1", "right", 2, 2, "對 \ud83d"),))
    key = key_of(b"x", "S1")
    assert store.find(key) is None
    store.keep(key, result, {"6.1": "abc"})
    assert store.find(key) == (result, {"6.1": "abc"})
    assert store.find(key_of(b"y", "S1")) is None
    other = tmp_path / "new" / f"{key_of(b'y', 'S1')}.json"
    other.write_bytes((tmp_path / "new" / f"{key}.json").read_bytes())
    assert store.find(key_of(b"y", "S1")) is None  # a renamed file is not believed


def test_every_flag_note_and_trouble_has_its_words():
    known = texts()
    kinds = "typed_in same_code model_code other_case other_student hostile died hung garbled"
    odd = "too_long moved doubled no_cell stripped odd_cells converted setup_missing setup_failed"
    notes = "lost garbled mended same_key second_lost second_wrong no_cell cut no_text"
    cells = "cell_error cell_timeout cell_died"
    assert {f"flag.{kind}" for kind in f"{kinds} {odd}".split()} <= set(known)
    assert {f"flag.tried_{what}" for what in ATTEMPTS} <= set(known)
    assert {f"judge.note.{note}" for note in f"{notes} {cells}".split()} <= set(known)


NASTY = [
    "(" * 50_000,
    "-" * 50_000 + "1",
    "x" + "[0]" * 30_000,
    "not " * 30_000 + "x",
    "f(" * 20_000 + ")" * 20_000,
    "lambda: " * 5_000 + "1",
    "x = " + "1+" * 40_000 + "1",
]


def test_code_that_is_nested_without_end_is_looked_at():
    for code in NASTY:
        code_facts(code)


def test_the_models_own_code_is_flagged(sandbox, tmp_path):
    (result,) = grade([submission(answered("06"), "S1")], tmp_path)
    assert [flag.kind for flag in result.flags] == ["model_code"]
    assert result.points == 18
