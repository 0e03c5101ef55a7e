"""Write the Excel workbook that a manager gets (textbook section 5.4)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from rfmkit.dates import as_day
from rfmkit.labels import label
from rfmkit.report.facts import Facts, check_input, gather
from rfmkit.report.sheets import (
    class_table,
    cover,
    left_out_tables,
    reading_sheet,
    summary,
    table_53,
    thresholds,
)
from rfmkit.report.style import SheetStyle
from rfmkit.schema import DataError
from rfmkit.validation import require_columns
from rfmkit.workbook import check_target, save_workbook

# Up to about this many cells the file stays below ten megabytes without compression, and its bytes
# do not depend on the zlib at hand.
SMALL = 100_000


def write_report(
    rfm: pd.DataFrame,
    path: str | Path,
    *,
    cuts: Mapping[str, float] | pd.Series,
    today: object,
    clean: pd.DataFrame | None = None,
    rejected: pd.DataFrame | None = None,
    lang: str | None = None,
) -> Path:
    """Write the customer tiers of a firm as a formatted Excel workbook.

    The sheets are: cover; table 5-3; thresholds; the class of each customer; a summary of the eight
    classes with a chart; and, given `rejected`, the rows left out. The same input gives the same
    bytes.

    Parameters
    ----------
    rfm
        A customer table with `recency_days` (days), `frequency` (purchases), `monetary` (money),
        as `rfm_table` returns it.
    path
        Where to write; the name ends in .xlsx. A file that is there is replaced.
    cuts
        The thresholds of `rfm_cuts`, told as means or medians, or a mapping with one's own.
    today
        The day that recency was counted from.
    clean, rejected
        The two halves that `clean_transactions` returned. With them the cover tells what was read,
        kept and left out, the period and the returns; `rejected` also gets a sheet of its own.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    DataError
        If the customer table is empty, lacks a column or holds a customer twice, a cut is missing,
        `clean` is not what `clean_transactions` returned or contradicts `today`, the language is
        not one of the kit's, or the file cannot be written (e.g. because it is open in Excel).

    Notes
    -----
    Source: textbook section 5.4 (table 5-3) and table 5-2; the workbook's layout is the kit's own.

    Examples
    --------
    >>> import tempfile
    >>> rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350., 80.]},
    ...                    index=["A", "B"])
    >>> cuts = {"recency_days": 10, "frequency": 2, "monetary": 200}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_report(rfm, Path(folder) / "report.xlsx", cuts=cuts, today="2021-04-01").name
    'report.xlsx'
    """
    day = as_day(today, name="today")
    check_target(path)
    check_input(rfm, day, clean, lang)
    if rejected is not None:
        require_columns(rejected, ["reason"], name="rejected")
    if rejected is not None and clean is None:
        raise DataError(
            "write_report got `rejected` without `clean`, so it cannot tell what was read.\n"
            "Give both: clean, rejected = clean_transactions(tx)."
        )
    facts = gather(rfm, cuts=cuts, day=day, clean=clean, rejected=rejected, lang=lang)
    return write_facts(facts, path)


def write_facts(facts: Facts, path: str | Path, *, reading: Sequence[tuple[str, str]] = ()) -> Path:
    """Write the workbook from computed facts; see `write_report`.

    With `reading`, the lines of `reading_lines`, a last sheet says how the file was read.
    """
    rejected = facts.rejected
    style = SheetStyle(facts.lang)
    wb = Workbook()
    wb.remove(wb.active)
    wb.properties.title = label("report.title", facts.lang)
    wb.properties.creator = "rfmkit"
    cover(wb, facts, style)
    rows = table_53(wb, facts, style)
    thresholds(wb, facts, style)
    rows |= class_table(wb, facts, style)
    summary(wb, facts, style)
    if rejected is not None:
        rows |= left_out_tables(wb, facts, style)
    if reading:
        reading_sheet(wb, reading, facts, style)
    cells = len(facts.rfm) * 11 + (0 if rejected is None else rejected.size)
    return save_workbook(
        wb, path, rows=rows, compress=cells > SMALL, stamp=facts.day, quiet_text=True
    )
