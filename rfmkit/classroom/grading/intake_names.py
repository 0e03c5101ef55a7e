"""Read what a learning platform wrote into the names of folders and files."""

import re
import unicodedata
from dataclasses import dataclass

_moodle = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?(?P<rest>.*)"
)
_canvas = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<rest>.+)")
# "-1" by Canvas, "(1)" by browsers, "-Copy1" by Jupyter.
_again = re.compile(r"(?:-(?:Copy)?([1-9]\d?)|\s*\(([1-9]\d?)\))$")


@dataclass(frozen=True)
class Claim:
    """What a path says of who handed it in.

    Parameters
    ----------
    layout
        "moodle", "canvas" or "plain".
    texts
        What may hold an id or a name, the surest first.
    number
        The platform's own number of the student; "" for a plain layout.
    file
        The file's own name, without what the platform put before it.
    folder
        Moodle's name for the submission, which it wants back with a feedback file.
    late
        Whether the platform says so.
    again
        How often it was handed in before, as the name tells.
    """

    layout: str
    texts: tuple[str, ...]
    number: str
    file: str
    folder: str = ""
    late: bool = False
    again: int = 0


def read_names(parts: tuple[str, ...]) -> Claim:
    """Read a path from the outside in; the outermost name that a platform made counts.

    Parameters
    ----------
    parts
        Folders and file.

    Examples
    --------
    >>> one = read_names(("linann_LATE_4567_89012_06_practicum-1.ipynb",))
    >>> one.layout, one.texts, one.number, one.file, one.late, one.again
    ('canvas', ('linann',), '4567', '06_practicum-1.ipynb', True, 1)
    >>> two = read_names(("林小華_12345_assignsubmission_file_", "06_practicum (1).ipynb"))
    >>> two.layout, two.texts, two.number, two.again
    ('moodle', ('林小華',), '12345', 1)
    """
    file = parts[-1]
    for place, part in enumerate(parts):
        if found := _moodle.fullmatch(part):
            inside = found["rest"] if place == len(parts) - 1 and found["rest"] else file
            folder = part[: found.start("rest")]
            return Claim("moodle", (found["name"],), found["number"], inside, folder,
                         again=_times(inside))  # fmt: skip
        if place == len(parts) - 1 or part.lower().endswith(".zip"):
            found = _canvas.fullmatch(part)
            if found and not re.fullmatch(r"\d\d", found["name"]):
                inside = found["rest"] if place == len(parts) - 1 else file
                return Claim("canvas", (found["name"],), found["number"], inside,
                             late=bool(found["late"]), again=_times(found["rest"]))  # fmt: skip
    texts = (*parts[:-1], file.rpartition(".")[0])
    return Claim("plain", texts, "", file, again=_times(file))


def name_key(name: str) -> str:
    """Write a name so that two spellings of it are equal: letters and digits alone, in one case.

    Examples
    --------
    >>> name_key("Lee, Ann-Marie") == name_key("lee annmarie")
    True
    """
    bare = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in unicodedata.normalize("NFKC", bare) if one.isalnum())


def name_keys(name: str) -> set[str]:
    """Write a name in the orders that platforms use: as it is, and family name first or last.

    Examples
    --------
    >>> sorted(name_keys("Ann Lee"))
    ['annlee', 'leeann']
    """
    words = name.replace(",", " ").split()
    turned = [words, words[-1:] + words[:-1], words[1:] + words[:1]]
    return {name_key("".join(one)) for one in turned} - {""}


def _times(file: str) -> int:
    """Tell the number that a platform or a browser puts behind a name handed in again."""
    found = _again.search(file.rpartition(".")[0])
    return int(found[1] or found[2]) if found else 0
