"""Commands speak the reader's language: help, errors of the command line, errors of the system."""

import ctypes
import errno
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from rfmkit import cli
from rfmkit.commands.parser import CommandParser, explain, wrap
from rfmkit.labels import (
    explain_os_error,
    install_command,
    language,
    reader_language,
    terminal_language,
    use_language,
)

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = ("EDITION", "LC_ALL", "LC_MESSAGES", "LANG")
ENGLISH = [{"EDITION": "en"}, {"LANG": "en_US.UTF-8"}, {"LANG": "de_DE.UTF-8"}]
CHINESE = [{"EDITION": "zh"}, {"LANG": "zh_TW.UTF-8"}, {"LANG": "C"}, {}]
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# What stays as it is in a Chinese text: names of programs and formats, and words that are typed.
NAMES = {
    *("Canvas", "Ctrl", "Excel", "Jupyter", "JupyterLab", "Moodle", "Python", "rfmkit"),
    *("drop", "en", "keep", "mean", "median", "net", "zip"),
    *cli.COMMANDS,
}
TYPED = (
    r"--?[a-z][\w-]*|\b[A-Z]+\b|\{[^}]*\}|[\w.~-]*[/\\.][\w./\\~-]+|[a-z]+/"
    r"|「[^」]*」|zh-TW|hand-out|^  python .*$"
)

SITUATIONS = {
    "help": ["--help"],
    "unknown option": ["--bogus"],
    "unknown option abbreviated": ["--bo=3", "extra words"],
}
OTHERS = {
    "tier": (
        ["a.xlsx", "--lang"],
        ["none.xlsx"],
        ["none.xlsx", "--today", "2021-04-01"],
        ["--returns", "x"],
        ["a", "--c", "x"],
        ["none.csv", "--today", "now"],
        ["none.csv", "--today", "2021-04-01", "-o", "no.csv"],
        ["none.csv", "--today", "2021-04-01", "-o", "nowhere/no.xlsx"],
        ["none.csv", "--today", "2021-04-01", "--cuts", "x"],
        [],
    ),
    "case": (
        [],
        ["--seed", "x"],
        ["--seed", "-1"],
        ["--seed"],
        ["--seed", "1", "-o", "a.txt"],
        ["--seed", "1", "-o", "a.txt/x"],
        ["--seed", "1", "-o", "."],
    ),
    "assign": (
        [],
        ["--chapter"],
        ["--jobs", "x"],
        ["--roster", "none.csv", "--secret-file", "none.secret", "-o", "x"],
    ),
    "grade": (
        [],
        ["--jobs", "many"],
        ["none.zip", "--roster", "none.csv", "--secret-file", "none.secret", "-o", "x.xlsx"],
    ),
    "lab": (["--port"], ["--port", "x"], ["--edition", "fr"], ["--no-browser=yes"]),
    "doctor": (["--lang", "fr"], ["--lang"]),
    "build": (["--jobs", "x"], ["--only"]),
}
CALLS = [
    [],
    *SITUATIONS.values(),
    ["teir"],
    *([name, *words] for name in cli.COMMANDS for words in SITUATIONS.values()),
    *([name, *words] for name, calls in OTHERS.items() for words in calls),
]


def english_words(text):
    """List the English words of a text but for names and what is typed."""
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(TYPED, " ", text, flags=re.MULTILINE))) - NAMES


def columns(line):
    return sum(1 + bool(HAN.match(character)) for character in line)


def say(words, environ, monkeypatch, capsys):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    try:
        code = cli.main(words)
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    assert code in ((0,) if not words or words[-1] == "--help" else (1, 2))
    return told.out + told.err


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").touch()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_every_command_speaks_the_readers_language(words, monkeypatch, capsys):
    if words[:1] == ["build"]:
        pytest.importorskip("jupytext", reason="only authors have it")
    for environ in CHINESE:
        told = say(words, environ, monkeypatch, capsys)
        assert HAN.search(told), environ
        assert not english_words(told), told
    for environ in ENGLISH:
        told = say(words, environ, monkeypatch, capsys)
        assert english_words(told)
        assert not HAN.search(told), told


def test_the_check_for_english_sees_english():
    assert english_words("找不到 a.csv：No such file or directory") >= {"No", "such", "directory"}
    assert not english_words("例如：rfmkit tier a/b.xlsx --today 2021-04-01，{net,drop}，LEDGER")


@pytest.mark.parametrize("name", ["tier", "case", "doctor", "assign", "grade"])
def test_the_option_wins_in_help_and_errors_too(name, monkeypatch, capsys):
    for spoken, environ in (("en", {"EDITION": "zh"}), ("zh-TW", {"LANG": "en_US.UTF-8"})):
        for words in (
            ["--lang", spoken, "--bogus"],
            ["--bogus", f"--lang={spoken}"],
            ["--lang", spoken, "--help"],
        ):
            told = say([name, *words], environ, monkeypatch, capsys)
            assert bool(HAN.search(told)) == (spoken == "zh-TW")


@pytest.mark.usefixtures("here")
def test_an_option_may_be_abbreviated(monkeypatch, capsys):
    words = ["tier", "none.csv", "--today", "2021-04-01", "--la", "en"]
    assert not HAN.search(say(words, {"EDITION": "zh"}, monkeypatch, capsys))


@pytest.mark.parametrize(("typed", "read"), [("zh", "zh-TW"), ("zh_TW", "zh-TW"), ("en-GB", "en")])
def test_an_option_takes_the_usual_names_of_a_language(typed, read, monkeypatch, capsys):
    assert cli.build_parser("lab").parse_args(["lab", "--edition", typed]).edition == read
    for name in ("tier", "doctor", "assign"):
        told = say([name, "--lang", typed, "--help"], {}, monkeypatch, capsys)
        assert bool(HAN.search(told)) == (read == "zh-TW")


def test_a_command_leaves_the_language_of_a_notebook_alone(monkeypatch, capsys):
    for before in ("zh-TW", "en"):
        use_language(before)
        for environ in ({"EDITION": "en"}, {"EDITION": "zh"}):
            say(["case", "--help"], environ, monkeypatch, capsys)
            assert language() == before


def test_the_edition_asked_for_is_spoken(monkeypatch, capsys):
    told = say(["lab", "--edition", "zh-TW", "--bogus"], {"EDITION": "en"}, monkeypatch, capsys)
    assert HAN.search(told)
    told = say(["lab", "--edition=en", "--bogus"], {}, monkeypatch, capsys)
    assert not HAN.search(told)


def test_lab_opens_the_edition_of_the_reader(monkeypatch):
    monkeypatch.setenv("EDITION", "en-GB")
    assert cli.build_parser("lab").parse_args(["lab"]).edition == "en"
    monkeypatch.delenv("EDITION")
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert cli.build_parser("lab").parse_args(["lab"]).edition == "zh-TW"
    assert cli.build_parser("lab").parse_args(["lab", "--edition", "en"]).edition == "en"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        *(({"EDITION": edition}, "zh-TW") for edition in ("zh", "zh-TW", "zh_TW", "ZH-tw", " zh ")),
        *(({"EDITION": edition}, "en") for edition in ("en", "en-GB", "EN", "en_US")),
        ({"EDITION": "en", "LC_ALL": "zh_TW.UTF-8"}, "en"),
        ({"EDITION": "zh", "LC_ALL": "en_US.UTF-8"}, "zh-TW"),
        ({"EDITION": "", "LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_TW.Big5", "LANG": "en_US.UTF-8"}, "zh-TW"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_TW.UTF-8"}, "en"),
        *(({"LANG": lang}, "zh-TW") for lang in ("zh_CN.UTF-8", "zh_HK", "Chinese_Taiwan.950")),
        *(({"LANG": lang}, "en") for lang in ("de_DE.UTF-8", "ja_JP.eucJP", "fr")),
        *(({"LANG": lang}, "zh-TW") for lang in ("", "C", "POSIX", "C.UTF-8", "C.utf8")),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "zh-TW"),
        ({}, "zh-TW"),
    ],
)
def test_the_language_follows_edition_then_the_locale(environ, language, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert reader_language(environ=environ) == language


def test_what_was_asked_for_comes_first():
    assert reader_language("zh-TW", environ={"EDITION": "en"}) == "zh-TW"
    assert reader_language("en", environ={"EDITION": "zh"}) == "en"


@pytest.mark.parametrize(
    ("code", "language"),
    [(0x0404, "zh-TW"), (0x0C04, "zh-TW"), (0x0409, "en"), (0x0407, "en"), (0, "zh-TW")],
)
def test_windows_is_asked_for_the_language_of_its_menus(code, language, monkeypatch):
    class Windows:
        class kernel32:  # noqa: N801
            GetUserDefaultUILanguage = staticmethod(lambda: code)

    monkeypatch.setattr(ctypes, "windll", Windows, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert reader_language(environ={}) == language
    assert reader_language(environ={"EDITION": "en"}) == "en"
    assert reader_language(environ={"LANG": "zh_TW.UTF-8"}) == "zh-TW"


@pytest.mark.parametrize(
    ("printed", "language"),
    [
        ('(\n    "zh-Hant-TW",\n    "en-TW"\n)\n', "zh-TW"),
        ('(\n    "en-GB",\n    "zh-Hant"\n)\n', "en"),
        ("(\n    fr\n)\n", "en"),
        ("()\n", "zh-TW"),
        (None, "zh-TW"),
    ],
)
def test_macos_is_asked_for_the_language_of_its_menus(printed, language, monkeypatch):
    def run(command, **options):
        if printed is None:
            raise FileNotFoundError(command[0])
        return subprocess.CompletedProcess(command, 0, stdout=printed)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert reader_language(environ={}) == language
    assert reader_language(environ={"LANG": "en_US.UTF-8"}) == "en"


def test_a_terminal_without_chinese_gets_english(monkeypatch, run_python):
    done = run_python("-m", "rfmkit", PYTHONIOENCODING="ascii", EDITION="zh-TW")
    assert done.stdout.startswith(b"usage: rfmkit")
    done = run_python("-m", "rfmkit", "case", PYTHONIOENCODING="ascii", LC_ALL="zh_TW.UTF-8")
    assert b"still needed: --seed, -o/--output" in done.stderr
    monkeypatch.setattr(sys, "stdout", None)
    assert terminal_language() == "zh-TW"


@pytest.mark.parametrize("environ", [*ENGLISH, *CHINESE[:3]], ids=str)
def test_a_process_of_its_own_speaks_so_too(environ, run_python):
    unset = dict.fromkeys(VARIABLES, "")
    done = run_python("-m", "rfmkit", PYTHONUTF8="1", **{**unset, **environ})
    assert done.returncode == 0
    assert bool(HAN.search(done.stdout.decode())) == (environ in CHINESE)


# As Python 3.11, 3.13, 3.14 and 3.15 word them.
@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("unrecognized arguments: --bogus 3", "did not understand: --bogus 3"),
        (
            "the following arguments are required: --seed, -o/--output",
            "still needed: --seed, -o/--output",
        ),
        (
            "argument COMMAND: invalid choice: 'teir' (choose from 'lab', 'tier')",
            "there is no command 'teir'; the commands are: lab, tier",
        ),
        (
            "argument COMMAND: invalid choice: 'teir', maybe you meant 'tier'?"
            " (choose from lab, tier)",
            "there is no command 'teir'; the commands are: lab, tier",
        ),
        (
            "argument --lang: invalid choice: \"it's\" (choose from 'zh-TW', 'en')",
            '--lang cannot be "it\'s"; choose from: zh-TW, en',
        ),
        (
            "argument --returns: invalid choice: 'dorp', maybe you meant 'drop'?"
            " (choose from net, drop)",
            "--returns cannot be 'dorp'; choose from: net, drop",
        ),
        ("argument -o/--output: expected one argument", "-o/--output needs a value after it."),
        (
            "argument --chapter: expected at least one argument",
            "--chapter needs at least one value after it.",
        ),
        (
            "argument --force: ignored explicit argument 'yes'",
            "--force takes no value; remove 'yes'.",
        ),
        (
            "ambiguous option: --c could match --customer, --cuts",
            "--c is not clear; write it in full: --customer, --cuts",
        ),
        ("argument --jobs: invalid int value: 'x'", "--jobs must be a whole number, not 'x'."),
        ("argument --seed: must be 0", "--seed: must be 0"),
        ("something new", "something new"),
    ],
)
@pytest.mark.usefixtures("english")
def test_errors_of_every_python_are_understood(message, told):
    assert explain(message) == told
    use_language("zh-TW")
    if message != "something new":
        assert HAN.search(explain(message))


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("name", ["tier", "lab", "grade"])
def test_help_fits_the_terminal(name, lang, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "70")
    use_language(lang)
    with pytest.raises(SystemExit):
        cli.build_parser(name).parse_args([name, "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 10
    assert max(map(columns, lines)) <= 70


def test_broken_lines_lose_nothing():
    text = "在沙箱裡執行每本筆記本，寫出 Moodle、Canvas 的匯入檔（共 3 個）。" * 3
    for width in range(12, 90, 7):
        lines = wrap(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert max(map(columns, lines)) <= width
        assert not any(line[0] in "，。、）" or line[-1] == "（" for line in lines)
    assert wrap("a plain English line", 8) == ["a plain", "English", "line"]
    assert wrap("", 8) == []


def test_help_in_colour_says_the_same(monkeypatch, capsys):
    use_language("zh-TW")
    plain = cli.build_parser("tier").format_help()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = cli.build_parser("tier").format_help()
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def test_words_that_are_left_over_show_the_usage_of_their_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["case", "--seed", "1", "-o", "x", "extra"])
    told = capsys.readouterr().err
    assert told.startswith("用法： rfmkit case")
    assert "rfmkit case: 看不懂「extra」。\n說明請看：rfmkit case --help\n" in told
    with pytest.raises(SystemExit):
        CommandParser("x").parse_args(["y"])


NUMBERS = (
    "ENOENT",
    "EACCES",
    "EPERM",
    "EROFS",
    "ENOSPC",
    "EISDIR",
    "ENOTDIR",
    "EEXIST",
    "ENAMETOOLONG",
    "EINVAL",
    "EBUSY",
    "EIO",
    "ELOOP",
)


@pytest.mark.parametrize("code", NUMBERS)
@pytest.mark.parametrize("path", ["帳冊.xlsx", None])
def test_what_the_system_refuses_is_told_with_its_mend(code, path):
    number = getattr(errno, code)
    error = OSError(number, os.strerror(number), path)
    chinese, english = explain_os_error(error, "zh-TW"), explain_os_error(error, "en")
    assert not english_words(chinese.replace(code, "")), chinese
    assert not HAN.search(english.replace("帳冊", ""))
    for told in (chinese, english):
        assert str(path or "") in told
        assert told.count("。") + told.count(". ") + told.endswith(".") >= 2  # the fault, the mend


def test_an_error_of_a_library_is_passed_on():
    assert explain_os_error(OSError("the archive ends early"), "zh-TW") == "the archive ends early"


@pytest.mark.usefixtures("english")
def test_a_command_that_installs_names_this_python(monkeypatch, capsys):
    assert install_command("scipy", "pyarrow") == f"{sys.executable} -m pip install scipy pyarrow"
    monkeypatch.setattr(sys, "executable", "/opt/my python/bin/python")
    assert install_command("scipy") == '"/opt/my python/bin/python" -m pip install scipy'

    def run(args):
        raise ModuleNotFoundError("No module named 'sklearn'", name="sklearn.cluster")

    monkeypatch.setattr("rfmkit.commands.case.run", run)
    assert cli.main(["case", "--seed", "1", "-o", "x"]) == 2
    assert "pip install scikit-learn\n" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["rfmkit", "source", "docs"])
def test_no_text_names_a_project_that_no_index_has(folder):
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".csv", ".md"}]
    assert files
    for path in files:
        assert "rfmkit[" not in path.read_text(encoding="utf-8"), path


ROW = "C01,2021-03-05,{}\n"
LEDGERS = {
    "no header": ("a.csv", "x,y\n1,2\n", []),
    "one column missing": ("a.csv", "客戶,日期,備註\nC01,2021-03-05,好\n", []),
    "two amounts": ("a.csv", "客戶,日期,金額,金額\nC01,2021-03-05,1,2\n", []),
    "two names of an amount": ("a.csv", "客戶,日期,amount,Amount\n1,2021-03-05,1,2\n", []),
    "header not there": ("a.csv", "客戶,日期,金額\n", ["--customer", "客人"]),
    "one header for two": ("a.csv", "客戶,日期,金額\nC01,2021-03-05,1\n",
                           ["--customer", "客戶", "--order", "客戶"]),
    "no rows": ("a.csv", "客戶,日期,金額\n", []),
    "long row": ("a.csv", "客戶,日期,金額\nC01,2021-03-05,1,200\n", []),
    "open quotation mark": ("a.csv", '客戶,日期,金額\nC01,2021-03-05,"1\n', []),
    "empty": ("a.csv", "", []),
    "a page": ("a.xlsx", "<html></html>", []),
    "text": ("a.xlsx", "客戶,日期,金額\n", []),
    "cut short": ("a.xlsx", "PK\x03\x04...", []),
    "old": ("a.xls", "x", []),
    "damaged": ("a.csv.gz", "x", []),
    "a sheet of a text": ("a.csv", "客戶,日期,金額\n" + ROW.format(5), ["--sheet", "一月"]),
    "amounts of 0": ("a.csv", "客戶,日期,金額\n" + ROW.format(0), []),
    "no amounts": ("a.csv", "客戶,日期,金額\n" + ROW.format("好"), []),
    "day numbers": ("a.csv", "客戶,日期,金額\nC01,44260,5\n", []),
    "after today": ("a.csv", "客戶,日期,金額\n" + ROW.format(5), ["--today", "2021-01-01"]),
    "before start": ("a.csv", "客戶,日期,金額\n" + ROW.format(5), ["--start", "2021-03-20"]),
    "start after end": ("a.csv", "客戶,日期,金額\n" + ROW.format(5),
                        ["--start", "2021-03-20", "--end", "2021-03-01"]),
    "start after today": ("a.csv", "客戶,日期,金額\n" + ROW.format(5), ["--start", "2021-05-20"]),
    "cuts below 0": ("a.csv", "客戶,日期,金額\n" + ROW.format(5), ["--cuts", "1,-2,3"]),
    "lookalikes": ("a.csv", "客戶,日期,金額\n007,2021-03-05,5\n7,2021-03-05,5\n", []),
    "repeats": ("a.csv", "客戶,日期,金額\n" + ROW.format(5) * 2, []),
    "no such encoding": ("a.csv", "客戶,\0日期\n", []),
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", LEDGERS)
def test_what_is_wrong_with_a_ledger_is_told_in_the_readers_language(name, capsys):
    file, text, words = LEDGERS[name]
    Path(file).write_text(text, encoding="utf-8")
    told = {}
    for lang in ("zh-TW", "en"):
        days = [] if "--today" in words else ["--today", "2021-04-01"]
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            cli.main(["tier", file, *days, *words, "--lang", lang])
        told[lang] = capsys.readouterr().err
        assert told[lang].startswith("rfmkit: ")
    # Names of columns and pieces of Python may stand in a Chinese sentence; English words in a
    # row are a sentence that was not translated.
    assert HAN.search(told["zh-TW"])
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", told["zh-TW"]), told["zh-TW"]
    assert re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", told["en"])
    # In English only what the ledger itself holds is Chinese.
    own = text + "".join(words)
    assert set(HAN.findall(told["en"])) <= set(own), told["en"]
