import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from rfmgrade import assign
from rfmgrade.config import exercise_files, parse_chapters, personal_seed
from rfmkit import cli
from rfmkit.schema import DataError

SECRET = b"not a secret, for it stands here"
ROSTER = "學號,姓名,語言\nB1,林小華,\nB2,Ann Lee,en\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A hand-out of two students, made once."""
    folder = tmp_path_factory.mktemp("class 課")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "course.secret").write_bytes(SECRET)
    assert cli.main(words(folder, "hand-out")) == 0
    return folder


def words(folder, output, *more):
    return [
        "assign",
        "--roster",
        str(folder / "roster.csv"),
        "--secret-file",
        str(folder / "course.secret"),
        "-o",
        str(folder / output),
        "--chapter",
        "6",
        "--jobs",
        "1",
        *more,
    ]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_student_gets_exercise_books_and_a_note_in_their_language(made):
    files = tree(made / "hand-out")
    assert {
        "B1/06_practicum.ipynb",
        "B1/README.txt",
        "B1/case/交易記錄.xlsx",
        "B1.zip",
        "MANIFEST.csv",
    } <= set(files)
    assert not [name for name in files if Path(name).name.startswith(".")]
    assert "怎麼繳交" in files["B1/README.txt"].decode("utf-8-sig")
    assert "How to hand it in" in files["B2/README.txt"].decode("utf-8-sig")
    for name, edition in (("B1", "zh-TW"), ("B2", "en")):
        own = json.loads(files[f"{name}/06_practicum.ipynb"])["metadata"]["rfmkit"]
        assert (own["student"], own["edition"]) == (name, edition)
    assert files["B1/case/交易記錄.xlsx"] != files["B2/case/交易記錄.xlsx"]


def test_nothing_of_seed_secret_or_key_is_handed_out(made):
    for name, data in tree(made / "hand-out").items():
        if name.endswith(".zip"):
            continue
        for secret in (SECRET, *(str(personal_seed(SECRET, one)).encode() for one in ("B1", "B2"))):
            assert secret not in data, name
        if name.endswith(".json"):
            assert "seed" not in json.loads(data)
    kit = exercise_files()["zh-TW"]["06"]
    given = json.loads((made / "hand-out/B1/06_practicum.ipynb").read_bytes())
    assert given["cells"] == json.loads(kit.read_bytes())["cells"]


def test_the_zip_holds_the_folder_and_chinese_names_are_marked_as_utf_8(made):
    with zipfile.ZipFile(made / "hand-out/B1.zip") as archive:
        inside = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        for entry in archive.infolist():
            assert entry.filename.isascii() or entry.flag_bits & 0x800
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o644
    assert inside == {f"B1/{name}": data for name, data in tree(made / "hand-out/B1").items()}
    rows = (made / "hand-out/MANIFEST.csv").read_text(encoding="utf-8-sig").splitlines()
    digest = hashlib.sha256((made / "hand-out/B1.zip").read_bytes()).hexdigest()
    assert rows[:2] == ["id,name,folder,sha256", f"B1,林小華,B1,{digest}"]


def test_the_same_input_gives_the_same_bytes_and_a_stopped_run_goes_on(made, monkeypatch, capsys):
    first = tree(made / "hand-out")
    made_now, real = [], assign.make_handout

    def stop(job):
        if job.student.id == "B2":
            raise KeyboardInterrupt
        made_now.append(job.student.id)
        return real(job)

    monkeypatch.setattr(assign, "make_handout", stop)
    assert cli.main(words(made, "again")) == 130
    assert not (made / "again").exists()
    (made / "again.unfinished/.B2.part").mkdir()
    monkeypatch.setattr(assign, "make_handout", lambda job: made_now.append(job) or real(job))
    assert cli.main(words(made, "again", "--lang", "zh-TW")) == 0
    assert "接續" in capsys.readouterr().err
    first_run, *second_run = made_now
    assert (first_run, [job.student.id for job in second_run]) == ("B1", ["B2"])
    assert tree(made / "again") == first
    assert not (made / "again.unfinished").exists()


def test_a_hand_out_that_is_there_is_kept_unless_forced_and_leftovers_are_told(
    made, monkeypatch, capsys
):
    assert cli.main(words(made, "hand-out", "--lang", "en")) == 2
    assert "--force" in capsys.readouterr().err
    old, stub = made / "old", lambda job: _stub(job)
    monkeypatch.setattr(assign, "make_handout", stub)
    assert cli.main(words(made, "old")) == 0
    (old / "my notes.txt").write_text("mine", encoding="utf-8")
    less = made / "less.csv"
    less.write_text("id\nB1\n", encoding="utf-8")
    again = [*words(made, "old", "--force", "--lang", "en"), "--roster", str(less)]
    assert cli.main(again) == 0
    assert "not on this one; they were left alone: B2" in capsys.readouterr().out
    assert {path.name for path in old.iterdir()} == {
        "B1",
        "B1.zip",
        "B2",
        "B2.zip",
        "MANIFEST.csv",
        "my notes.txt",
    }


def _stub(job):
    """Stand in for the books, which take a second a student."""
    (job.folder / job.student.id).mkdir(exist_ok=True)
    (job.folder / f"{job.student.id}.zip").write_bytes(b"zip")
    return "0" * 64


def test_a_folder_of_somebody_else_is_not_written_over_even_if_forced(made, capsys):
    (made / "thesis").mkdir()
    (made / "thesis/B1").write_text("mine", encoding="utf-8")
    assert cli.main(words(made, "thesis", "--force")) == 2
    assert (made / "thesis/B1").read_text(encoding="utf-8") == "mine"
    (made / "plain.unfinished").mkdir()
    (made / "plain.unfinished/mine").touch()
    assert cli.main(words(made, "plain")) == 2
    assert (made / "plain.unfinished/mine").exists()
    (made / "file").touch()
    assert cli.main(words(made, "file")) == 2
    assert "MANIFEST" in capsys.readouterr().err


def test_what_cannot_be_used_is_told_and_nothing_is_written(made, capsys):
    for more, said in (
        (("--chapter", "42"), "42"),
        (("--jobs", "0"), "--jobs"),
        (("--roster", str(made / "none.csv")), "none.csv"),
        (("--secret-file", str(made / "none")), "token_hex"),
    ):
        assert cli.main([*words(made, "never"), *more]) == 2
        assert said in capsys.readouterr().err
    assert not (made / "never").exists()


def test_chapters_are_read_as_people_write_them():
    there = ["05", "06", "07"]
    assert parse_chapters(["7", "06,5", "06"], there) == there
    assert parse_chapters([], there) == there
    with pytest.raises(DataError, match="05 06 07"):
        parse_chapters(["9"], there)


def test_several_at_once_make_the_same(made, tmp_path, monkeypatch):
    monkeypatch.setattr(assign, "MIN_PARALLEL", 2)
    (tmp_path / "roster.csv").write_text(ROSTER + "B3,王大明,\n", encoding="utf-8")
    (tmp_path / "course.secret").write_bytes(SECRET)
    assert cli.main([*words(tmp_path, "hand-out"), "--jobs", "2"]) == 0
    both = tree(tmp_path / "hand-out")
    assert all(
        both[name] == data
        for name, data in tree(made / "hand-out").items()
        if name != "MANIFEST.csv"
    )
