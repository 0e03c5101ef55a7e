"""Find the exercises and the model solutions, in a checkout or in the installed package."""

from pathlib import Path

import rfmkit
from rfmkit.labels import LANGUAGES

PACKED_EXERCISES = Path(rfmkit.__file__).parent / "_notebooks" / "exercises"
PACKED_SOLUTIONS = Path(__file__).parent / "_solutions"


def exercise_files(start: Path | None = None) -> dict[str, dict[str, Path]]:
    """Find the kit's exercises: by language and chapter.

    Parameters
    ----------
    start
        Where to begin to look upward for a checkout; None for the working folder, then this
        package's own. Where there is none, the exercises packed in the installed package count.

    Returns
    -------
    dict
        Such as `{"en": {"06": Path(…/06_practicum.ipynb)}}`; empty if the package was installed
        without them.

    Examples
    --------
    >>> exercise_files(Path(__file__))["en"]["06"].name
    '06_practicum.ipynb'
    """
    begin = (start or Path.cwd()).resolve()
    here = Path(__file__).resolve()
    for folder in (begin, *begin.parents, *here.parents):
        if (folder / "rfmkit").is_dir() and (folder / "exercises" / LANGUAGES[0]).is_dir():
            return _by_chapter(folder / "exercises")
    return _by_chapter(PACKED_EXERCISES) if PACKED_EXERCISES.is_dir() else {}


def solution_file(exercise: Path) -> Path:
    """Name the model solution of an English exercise: beside `exercises/`, or packed.

    Examples
    --------
    >>> solution_file(exercise_files()["en"]["06"]).is_file()
    True
    """
    if exercise.is_relative_to(PACKED_EXERCISES):
        return PACKED_SOLUTIONS / exercise.name
    return exercise.parents[2] / "solutions" / "en" / exercise.name


def _by_chapter(folder: Path) -> dict[str, dict[str, Path]]:
    return {
        lang: {path.name[:2]: path for path in sorted((folder / lang).glob("[0-9][0-9]_*.ipynb"))}
        for lang in LANGUAGES
    }
