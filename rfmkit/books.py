"""Find the firm's books from wherever a notebook runs."""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "_data"
_ascii_names = {"交易記錄.xlsx": "ledger.xlsx"}  # a wheel holds ASCII names only


def data_file(name: str = "交易記錄.xlsx", *, books: str = "lesson") -> Path:
    """Find one of the firm's files, from a notebook in any folder of the kit.

    Parameters
    ----------
    name
        The file's name.
    books
        "lesson" for the books the lessons use; "practice" for those the exercises use: a personal
        case in a folder `case` beside the notebook (or above it) if there is one, else the kit's.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message says where it was looked for.

    Examples
    --------
    >>> data_file().name in ("交易記錄.xlsx", "ledger.xlsx")
    True
    """
    if books not in ("lesson", "practice"):
        raise ValueError(f"books must be 'lesson' or 'practice', not {books!r}.")
    folders = ["data"] if books == "lesson" else ["case", "data/practice"]
    here = Path.cwd()
    for folder in folders:
        for start in (here, *here.parents):
            found = start / folder / name
            if found.is_file() and (start / folder / "MANIFEST.json").is_file():
                return found
    packaged = _PACKAGED / ("practice" if books == "practice" else "")
    found = packaged / _ascii_names.get(name, name)
    if found.is_file():
        return found
    raise FileNotFoundError(
        f"{name} was found neither in a folder {' or '.join(folders)} at or above {here}, "
        "nor in the installed kit.\n"
        "Start the notebook from the kit's folder, or make the books: "
        "rfmkit case --seed 2021 -o data"
    )
