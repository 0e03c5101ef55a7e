"""Report what is wrong with the set-up of this machine, and how to fix it: `rfmkit doctor`."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from rfmkit.commands import checkup, checkup_grading
from rfmkit.commands.checkup import Finding
from rfmkit.commands.terminal import checkout, terminal_language


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `doctor` and its options to the command line."""
    from rfmkit.labels import LANGUAGES, label, language_option

    parser = subparsers.add_parser(
        "doctor", help=label("command.doctor"), description=label("command.doctor.about")
    )
    parser.add_argument("--lang", type=language_option, choices=LANGUAGES, help=label("cli.lang"))


def run(args: argparse.Namespace) -> int:
    """Print a line for each check; return 0 if nothing is broken, else 1."""
    kit = checkout()
    findings = list(run_checks(kit))
    for line in report_lines(findings, terminal_language(args.lang)):
        print(line)
    return int(any(finding.level == "broken" for finding in findings))


def run_checks(kit: Path | None) -> Iterator[Finding]:
    """Run every check.

    Examples
    --------
    >>> {finding.level for finding in run_checks(None)} <= {"ok", "look", "broken"}
    True
    """
    yield from checkup.check_python()
    yield from checkup.check_packages()
    yield from checkup.check_pandas()
    yield from checkup.check_writing()
    yield from checkup.check_font()
    yield from checkup.check_encoding()
    yield from checkup.check_locale()
    yield from checkup.check_data(kit)
    yield from checkup.check_kernel()
    yield from checkup.check_folder(kit or Path.cwd())
    yield from checkup_grading.check_grading()


def report_lines(findings: Iterable[Finding], lang: str) -> Iterator[str]:
    """Write the findings in the reader's language, each fault with its remedy.

    Examples
    --------
    >>> for line in report_lines([Finding("look", "no_jupyter", {"python": "python"})], "en"):
    ...     print(line)
    look    JupyterLab is not installed for this Python.
            To fix: run python -m pip install jupyterlab ipykernel ipywidgets
    All that the kit needs to work is here.
    """
    from rfmkit.labels import label

    counts = {"ok": 0, "look": 0, "broken": 0}
    for level, topic, values in findings:
        counts[level] += 1
        # Chinese words are two columns a character, so both languages' words fill eight.
        word = label(f"doctor.{level}", lang)
        width = sum(1 + (character > "\u2e80") for character in word)
        sort = "ok" if level == "ok" else "bad"
        text = label(f"doctor.{topic}.{sort}", lang, **values)
        yield f"{word}{' ' * (8 - width)}{text}"
        if level != "ok":
            yield f"{' ' * 8}{label(f'doctor.{topic}.mend', lang, **values)}"
    yield label(
        "doctor.summary.broken" if counts["broken"] else "doctor.summary.ok", lang, **counts
    )
