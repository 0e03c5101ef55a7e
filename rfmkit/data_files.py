"""Find the data files of the firm from wherever a notebook runs, and read them."""

import contextlib
import datetime as dt
import os
import re
from pathlib import Path

import pandas as pd

from rfmkit.book_names import LEDGER, PACKED_NAMES
from rfmkit.dates import parse_date
from rfmkit.formats import is_formula_like
from rfmkit.labels import explain_os_error
from rfmkit.names import column_name, names_of, plain_codes
from rfmkit.schema import CUSTOMER, DataError

DATES = ("date", "opened", "due_date", "paid_date", "tier_date", "tier_since")
_iso_day = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_PACKAGED = Path(__file__).parent / "_data"


def data_file(name: str = LEDGER, *, books: str = "lesson") -> Path:
    """Return the path of one of the firm's files, from a notebook in any folder of the kit.

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
    # A clone spells names in UTF-8 whatever the locale.
    spellings = dict.fromkeys((name, os.fsdecode(name.encode("utf-8"))))
    for folder in folders:
        for start in (here, *here.parents):
            for spelling in spellings:
                found = start / folder / spelling
                if found.is_file() and (start / folder / "MANIFEST.json").is_file():
                    return found
    packaged = _PACKAGED / ("practice" if books == "practice" else "")
    found = packaged / PACKED_NAMES.get(name, name)
    if found.is_file():
        return found
    raise FileNotFoundError(
        f"{name} was found neither in a folder {' or '.join(folders)} at or above {here}, "
        "nor in the installed kit.\n"
        "Start the notebook from the kit's folder, or make the books: "
        "rfmkit case --seed 2021 -o data"
    )


def load_table(path: str | Path, *, index: str | None = None) -> pd.DataFrame:
    """Read one of the firm's tables (other than a ledger) under the kit's column names.

    Parameters
    ----------
    path
        A CSV in UTF-8 or the first sheet of a workbook. Headers may be Chinese or English.
    index
        The column that tells the rows apart, such as "customer"; None numbers the rows.

    Returns
    -------
    pandas.DataFrame
        The table: names of regions, industries and the like as codes, dates as dates; headers and
        values the kit does not know stay as they are.

    Raises
    ------
    DataError
        If the file cannot be read, a date is no date, or `index` is missing, blank or repeated.

    Examples
    --------
    >>> customers = load_table(data_file("客戶年報.csv"), index="customer")
    >>> len(customers), customers["region"].iloc[0] in ("north", "central", "south", "east")
    (320, True)
    """
    path = Path(path)
    try:
        table = (
            pd.read_excel(path, engine="openpyxl")
            if path.suffix.lower() in (".xlsx", ".xlsm")
            else pd.read_csv(
                path, encoding="utf-8-sig", dtype=dict.fromkeys(names_of(CUSTOMER), str)
            )
        )
    except FileNotFoundError:
        raise DataError(f"cannot find the file {path.name}.\nCheck its name and folder.") from None
    except (ValueError, OSError) as problem:
        raise DataError(
            f"cannot read {path.name} as a table: {problem}.\n"
            "Save it as .xlsx, or as CSV in UTF-8, and try again."
        ) from None
    table = plain_codes(table)
    for name in table.columns.intersection(DATES):
        written = {cell: _as_date(cell) for cell in table[name].dropna().unique()}
        days = pd.to_datetime(table[name].map(written))
        if (unreadable := days.isna() & table[name].notna()).any():
            raise DataError(
                f"{path.name}: column {name!r} has {unreadable.sum()} cells that are no date, "
                f"such as {table.loc[unreadable, name].iloc[0]!r}.\n"
                "Mend them in the file and read it again."
            )
        table[name] = days.dt.as_unit("us")  # pandas 2 and 3 alike
    return table if index is None else _by(index, table, path.name)


def save_table(table: pd.DataFrame, path: str | Path, *, lang: str | None = None) -> Path:
    r"""Write a table as a CSV that Excel and `load_table` read; an older file is replaced.

    Parameters
    ----------
    table
        A table with the kit's column names; a named index becomes the first columns.
    path
        The file to write.
    lang
        The language of the headings: "zh-TW", "en", or None for the language in use. Codes stay
        codes, so that next month's file can be compared with this one.

    Returns
    -------
    pathlib.Path
        The file. A text that a spreadsheet would run as a formula begins with an apostrophe.

    Raises
    ------
    DataError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> file = save_table(pd.DataFrame({"tier": ["abc3:a"]}), tempfile.mktemp(), lang="en")
    >>> file.read_text(encoding="utf-8-sig")
    'Tier\nabc3:a\n'
    """
    path = Path(path)
    flat = table.reset_index() if any(name is not None for name in table.index.names) else table
    plain = flat.map(lambda cell: f"'{cell}" if is_formula_like(cell) else cell)
    plain.columns = [column_name(column, lang) for column in flat.columns]
    try:
        plain.to_csv(
            path, index=False, encoding="utf-8-sig", date_format="%Y-%m-%d", lineterminator="\n"
        )
    except OSError as error:
        raise DataError(explain_os_error(error, lang)) from None
    return path


def _as_date(cell: object) -> pd.Timestamp:
    """Read a cell of a column of dates; blank where it is none."""
    if isinstance(cell, dt.date):
        return pd.Timestamp(cell)
    if isinstance(cell, str) and _iso_day.fullmatch(cell):  # the kit's own files, in a fifth
        with contextlib.suppress(ValueError):  # 2021-02-30
            return pd.Timestamp(dt.date.fromisoformat(cell))
    found = parse_date(str(cell).removesuffix(".0"))  # pandas' own, beside blanks
    if found is None:
        return pd.NaT
    return pd.Timestamp.combine(found[0], found[1] or dt.time())


def _by(index: str, table: pd.DataFrame, file: str) -> pd.DataFrame:
    if index not in table.columns:
        raise DataError(f"{file} lacks column {index!r}; it has {table.columns.tolist()}.")
    if (blank := table[index].isna()).any():
        raise DataError(
            f"{file}: {blank.sum()} rows have no {index}.\nFill them in or take them out."
        )
    if not table[index].is_unique:
        first = table.loc[table[index].duplicated(), index].iloc[0]
        raise DataError(
            f"{file} has several rows for {index} {first!r}, so {index!r} cannot be its index.\n"
            f"Read it without index and group the rows: table.groupby({index!r})."
        )
    return table.set_index(index)
