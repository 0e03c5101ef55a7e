"""Take in what a class handed in: find each student's notebooks, lose nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rfmkit.classroom.grading.intake_files import Found, LeftOut, shown
from rfmkit.classroom.grading.intake_match import Matcher, read_metadata
from rfmkit.classroom.grading.intake_names import Claim, read_names
from rfmkit.classroom.grading.intake_walk import find_notebooks
from rfmkit.classroom.grading.roster import Student
from rfmkit.classroom.grading.student_ids import folded_id
from rfmkit.labels import label
from rfmkit.schema import DataError

MOST_EARLIER = 5  # earlier copies named; more are counted


@dataclass(frozen=True)
class Submission:
    """One notebook that one student handed in.

    Parameters
    ----------
    student
        The student's id on the roster.
    chapter
        Such as "06".
    file
        Its name as it was handed in, with the folders, for tracing.
    content
        The notebook's bytes; hostile.
    handed_in
        When, such as "2021-04-08T23:10:00"; "" if the layout does not tell.
    late
        Whether it came after the due time.
    notes
        What the instructor should know of how it was found: the end of a key `intake.note.…` of
        `rfmkit/texts/grading_book.csv`, and what follows a colon: "other_student:B2" (the
        notebook's metadata names another student), "earlier:06_practicum.ipynb" (an earlier copy),
        "by_metadata", "same_name".
    """

    student: str
    chapter: str
    file: str
    content: bytes
    handed_in: str = ""
    late: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """All that was handed in.

    Parameters
    ----------
    submissions
        In the order of the roster, then of the chapters.
    left_out
        Every file that is not graded, and why.
    moodle
        Moodle's own folder name of each student, for feedback files.
    """

    submissions: tuple[Submission, ...]
    left_out: tuple[LeftOut, ...]
    moodle: dict[str, str]


def take_in(
    path: str | Path,
    roster: Iterable[Student],
    *,
    chapters: Sequence[str],
    due: str = "",
    ours: Iterable[Path] = (),
    lang: str | None = None,
) -> Intake:
    """Find each student's notebooks in a folder or zip of submissions.

    Parameters
    ----------
    path
        A plain folder (one folder, file or zip a student), or a download of Moodle or Canvas.
    roster
        The class.
    chapters
        The chapters to grade, such as "06".
    due
        When the assignment was due, such as "2021-04-08T23:59:00"; "" for no date.
    ours
        Files of the grading itself, which are no submissions wherever they stand.
    lang
        The language of the error.

    Returns
    -------
    Intake
        One submission for each student and chapter, the latest; and all other files with the
        reason why they are left out.

    Raises
    ------
    DataError
        If there is no such folder or zip.
    """
    path = Path(path)
    if not (path.is_dir() or (path.is_file() and path.suffix.lower() == ".zip")):
        raise DataError(label("intake.no_folder", lang, path=path))
    students = list(roster)
    matcher = Matcher(students)
    search = find_notebooks(path, lambda parts: matcher.owner(read_names(parts)), ours)
    left_out = list(search.left_out)
    copies: dict[tuple[str, str], list] = defaultdict(list)
    moodle = {}
    for one in search.found:
        claim = read_names(one.parts)
        told = read_metadata(one.content)
        chapter = _chapter(told, claim.file, chapters)
        student, notes, sure = _whose(matcher, claim, told)
        reason = _not_graded(student, chapter, told, chapters)
        if reason:
            detail = notes[0] if not student and notes else chapter
            left_out.append(LeftOut("/".join(one.parts), reason, detail, student))
            continue
        if claim.folder:
            moodle[student] = claim.folder
        copies[student, chapter].append((sure, claim, one, notes))
    order = {one.id: place for place, one in enumerate(students)}
    made = []
    for key in sorted(copies, key=lambda key: (order[key[0]], key[1])):
        made.append(_latest(key, copies[key], due, left_out))
    left_out.sort(key=lambda one: (one.file, one.reason))
    return Intake(tuple(made), tuple(left_out), moodle)


def _whose(matcher: Matcher, claim: Claim, told: dict) -> tuple[str, tuple[str, ...], bool]:
    """Give the student ("" if nobody knows), what to note, and whether the path itself said so."""
    there = matcher.candidates(claim)
    named = told.get("student", "")
    inside = matcher.ids.get(folded_id(named), "") if named else ""
    if len(there) == 1:
        (student,) = there
        if named and inside != student:
            return student, (f"other_student:{inside or shown(named)[:60]}",), True
        return student, (), True
    if there:
        if inside in there:
            return inside, ("same_name",), True
        return "", ("/".join(sorted(there)),), False
    return inside, ("by_metadata",) if inside else (), False


def _chapter(told: dict, file: str, chapters: Sequence[str]) -> str:
    """Tell which chapter a notebook is of: by its metadata, its cells, its name."""
    if found := re.fullmatch(r"source/exercises/(\d\d)_\w+\.py", told.get("source", "")):
        return found[1]
    if "source/lessons/" in told.get("source", ""):
        return "lesson"
    numbers = Counter(
        one.partition(".")[0].zfill(2) for one in told.get("questions", ())
        if re.fullmatch(r"\d{1,2}\.\d{1,2}", one)
    )  # fmt: skip
    if numbers:
        return numbers.most_common(1)[0][0]
    if found := re.search(r"(?<!\d)(0[0-9])(?!\d)", file):
        return found[1]
    return chapters[0] if len(chapters) == 1 else ""


def _not_graded(student: str, chapter: str, told: dict, chapters: Sequence[str]) -> str:
    if not student:
        return "unmatched"
    if chapter == "lesson":
        return "lesson"
    if not chapter:
        return "no_chapter"
    return "" if chapter in chapters else "other_chapter"


def _latest(
    key: tuple[str, str], copies: list[tuple[bool, Claim, Found, tuple[str, ...]]], due: str,
    left_out: list[LeftOut],
) -> Submission:  # fmt: skip
    """Choose the latest copy; what a path ascribes to a student goes before what only metadata do.

    Metadata can be written by anybody, so they must not push aside what the platform says.
    """
    student, chapter = key
    sure = any(one[0] for one in copies)
    for known, _, found, _ in copies:
        if sure and not known:
            left_out.append(LeftOut("/".join(found.parts), "claimed", student, student))
    rest = sorted((one for one in copies if one[0] == sure), key=_age)
    *earlier, (_, claim, found, notes) = rest
    older = ["/".join(one[2].parts) for one in earlier if one[2].content != found.content]
    notes += tuple(f"earlier:{file}" for file in older[-MOST_EARLIER:])
    if len(older) > MOST_EARLIER:
        notes += (f"earlier_more:{len(older) - MOST_EARLIER}",)
    late = claim.late or bool(due and found.when and found.when > due)
    return Submission(
        student, chapter, "/".join(found.parts), found.content, found.when, late, notes
    )


def _age(copy: tuple[bool, Claim, Found, tuple[str, ...]]) -> tuple:
    """Sort copies by age. Canvas numbers them; elsewhere the file's own time tells more."""
    _, claim, found, _ = copy
    if claim.layout == "canvas":
        return (claim.again, found.when, found.parts)
    return (found.when, claim.again, found.parts)
