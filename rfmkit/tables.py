"""Format a table for reading: the reader's language, thousands marked, shares in per cent."""

import hashlib
import re

import pandas as pd
from pandas.io.formats.style import Styler

from rfmkit.labels import label, language
from rfmkit.names import localize

MONEY = (
    *("amount", "monetary", "revenue", "unit_price", "quantity", "order_amount", "spend"),
    *("cost_of_goods", "service_cost", "profit", "profit_last_year", "yearly_need"),
    *("forecast_amount", "invoice_amount", "registered_capital", "largest_order", "mean_order"),
    *("clv", "margin", "return_amount", "largest_receipt", "mean_receipt"),
)
# Mark each heading as one of a row or a column; an empty corner is neither.
_blank = re.compile(r'<th(?= )([^>]*class="[^"]*\bblank\b[^>]*)>(.*?)</th>', re.DOTALL)
_head = re.compile(r'<th(?= )(?=[^>]*class="(?:col_heading|index_name)\b)')
_row_head = re.compile(r'<th(?= )(?=[^>]*class="row_heading\b)')
_shares = ("retention", "churn", "support", "confidence_ab", "confidence_ba", "gross_margin")


class Readable(Styler):
    """A Styler whose HTML marks row and column headings for a screen reader."""

    def to_html(self, *args: object, **kwargs: object) -> str | None:
        """Write the table as HTML, as Styler does."""
        page = super().to_html(*args, **kwargs)
        if page is None:  # it went into a file
            return None
        page = _blank.sub(r"<td\1>\2</td>", page)
        return _row_head.sub('<th scope="row"', _head.sub('<th scope="col"', page))


def pretty(frame: pd.DataFrame, *, lang: str | None = None) -> Styler:
    """Format a table for reading; for computing, keep the table itself.

    Parameters
    ----------
    frame
        A table with the kit's column names. Money is shown with thousands marked and decimals only
        where there are any, shares (0 to 1) in per cent, dates as 2021-03-05, True and False of
        R, F, M as high and low. Cells that are not what their column says are shown as they are.
    lang
        "zh-TW", "en", or None for the language in use.

    Returns
    -------
    pandas.io.formats.style.Styler
        Shown by the notebook when it is a cell's last line.

    Examples
    --------
    >>> pretty(pd.DataFrame({"revenue_share": [0.317]}), lang="en").to_string().split()
    ['Share', 'of', 'revenue', '0', '32%']
    """
    lang = language(lang)
    if not frame.index.is_unique:
        frame = frame.reset_index()
    displayed = localize(frame, lang)
    kinds = [_kind(frame, place) for place in range(frame.shape[1])]
    formats = {
        new: lambda cell, kind=kind: _cell(cell, kind, lang)
        for new, kind in zip(displayed.columns, kinds, strict=True)
    }
    # Equal tables get equal ids, so that a notebook built twice is the same.
    digest = hashlib.sha256(displayed.to_csv().encode("utf-8")).hexdigest()[:10]
    styler = Readable(displayed, uuid=digest, cell_ids=False).format(
        formats, na_rep="", escape="html"
    )
    # Align numbers right and words left, each under its heading.
    sides = ["right" if _is_numbers(displayed[name]) else "left" for name in displayed.columns]
    return styler.set_table_styles(
        [
            {"selector": f".col{place}", "props": f"text-align: {side}"}
            for place, side in enumerate(sides)
        ]
        + [{"selector": ".row_heading, .index_name", "props": "text-align: left"}]
    )


def _is_numbers(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _kind(frame: pd.DataFrame, place: int) -> str:
    """Recognise money and shares by column names; points under such a name are no shares."""
    name, column = str(frame.columns[place]), frame.iloc[:, place]
    if name in MONEY:
        return "money"
    of_cohorts = frame.index.name == "cohort" and name.isdigit()
    if of_cohorts or name in _shares or name.endswith(("_share", "_rate")):
        within = pd.to_numeric(column, errors="coerce").dropna().abs().le(1).all()
        return "share" if within else ""
    return ""


def _cell(cell: object, kind: str, lang: str) -> str:
    if isinstance(cell, bool) or type(cell).__name__ == "bool_":
        return label("level.high" if cell else "level.low", lang)
    if isinstance(cell, pd.Timestamp) or hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, (int, float)) and kind == "share":
        return f"{cell:.0%}"
    if isinstance(cell, (int, float)) and kind == "money":
        return f"{cell:,.0f}" if float(cell).is_integer() else f"{cell:,.2f}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else f"{cell:,.2f}"
    return str(cell)
