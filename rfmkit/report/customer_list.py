"""Write the list of customers with class, scores and segment: CSV, JSON or Parquet."""

import importlib.util
import uuid
from pathlib import Path

import pandas as pd

from rfmkit.formats import is_formula_like
from rfmkit.labels import explain_os_error, label
from rfmkit.names import column_name
from rfmkit.report.facts import Facts
from rfmkit.rfm import score
from rfmkit.schema import AMOUNT, CLASSES, CUSTOMER, DATE, FREQUENCY, MONETARY, RECENCY, DataError
from rfmkit.segments import segment, segment_table
from rfmkit.strategies import class_name
from rfmkit.transactions.cells import tidy_text
from rfmkit.validation import clock_time

ENDINGS = (".csv", ".json", ".parquet")
CONTACTS = ("name", "email", "phone")
_TEXTS = (CUSTOMER, *CONTACTS, "class", "class_name", "segment", "segment_name")


def contact_columns(facts: Facts) -> dict[str, str]:
    """Return the columns of the ledger that hold name, e-mail and phone, where it has them."""
    marks = (facts.source.get("reading") or {}).get("marks") or {}
    there = facts.clean.columns if facts.clean is not None else []
    found = {}
    for kind in CONTACTS:
        columns = [name for name in marks.get(kind, []) if name in there and name != CUSTOMER]
        if columns:
            found[kind] = columns[0]
    return found


def customer_list(facts: Facts) -> pd.DataFrame:
    """Compute one row a customer, the best class and the highest spend first.

    Name, e-mail and phone are those of the customer's latest row that has them. Where the rows of
    the ledger were added up in parts, they and the first purchase are unknown and left out.
    """
    rfm, lang = facts.rfm, facts.lang
    table = pd.DataFrame(index=rfm.index)
    for kind, column in contact_columns(facts).items():
        table[kind] = _latest(facts.clean, column).reindex(rfm.index)
    table["class"] = facts.classes.astype(object)
    table["class_name"] = class_name(facts.classes, lang=lang)
    table[[RECENCY, FREQUENCY]] = rfm[[RECENCY, FREQUENCY]]
    table[MONETARY] = rfm[MONETARY].round(4) + 0.0
    scores = pd.DataFrame(
        {
            "R": score(rfm[RECENCY], smaller_is_better=True),
            "F": score(rfm[FREQUENCY]),
            "M": score(rfm[MONETARY]),
        }
    )
    for name in scores:
        table[f"{name}_score"] = scores[name].astype("int64")
    segments = segment(scores).astype(object)
    table["segment"] = segments
    table["segment_name"] = segments.map(segment_table(lang=lang)["name"])
    if facts.clean is not None and {CUSTOMER, DATE, AMOUNT} <= set(facts.clean.columns):
        bought = facts.clean[facts.clean[AMOUNT] > 0]
        first = clock_time(bought[DATE]).dt.normalize().groupby(bought[CUSTOMER]).min()
        table["first_purchase"] = first.reindex(rfm.index)
    table["last_purchase"] = facts.day - pd.to_timedelta(rfm[RECENCY].astype("int64"), unit="D")
    table["mean_order"] = (rfm[MONETARY] / rfm[FREQUENCY]).round(4) + 0.0
    place = facts.classes.cat.codes
    order = pd.DataFrame({"class": place, "spend": -rfm[MONETARY]}, index=rfm.index)
    order = order.sort_values(["class", "spend"], kind="stable")
    return table.loc[order.index].rename_axis(CUSTOMER).reset_index()


def write_customer_list(table: pd.DataFrame, path: str | Path, *, lang: str | None = None) -> Path:
    """Write the list by the ending of the name; an older file is replaced at once or not at all.

    A CSV has its headings in the reader's language, and an apostrophe before a text that a
    spreadsheet would run as a formula or turn into a number, such as +886 912 000 000. JSON and
    Parquet are read by programs: they keep the kit's names of columns and every text as it is.
    """
    target = check_list_target(path).resolve()
    beside = target.with_name(f".rfmkit-{uuid.uuid4().hex}.tmp")
    days = [name for name in ("first_purchase", "last_purchase") if name in table]
    dated = table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in days})
    try:
        if target.suffix.lower() == ".csv":
            plain = dated.map(lambda cell: f"'{cell}" if _is_unsafe(cell) else cell)
            plain.columns = [column_name(column, lang) for column in plain.columns]
            plain.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
        elif target.suffix.lower() == ".json":
            text = dated.to_json(orient="records", force_ascii=False, indent=1, double_precision=15)
            beside.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        else:
            # Texts stay texts in a file whose column is blank or that has no row at all.
            texts = [name for name in _TEXTS if name in table]
            typed = table.astype(dict.fromkeys(texts, "string"))
            typed.to_parquet(beside, index=False, engine="pyarrow")
        beside.replace(target)
    except OSError as error:
        error.filename = str(path)  # not the file beside it
        raise DataError(explain_os_error(error, lang)) from error
    finally:
        beside.unlink(missing_ok=True)
    return Path(path)


def write_class_lists(
    table: pd.DataFrame, folder: str | Path, *, ending: str, lang: str | None = None
) -> list[Path]:
    """Write a file for each of the eight classes, named by its code.

    A class without customers gets a file with headings alone, so that no list of an earlier run
    stays behind and is mailed to.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(explain_os_error(error, lang)) from error
    return [
        write_customer_list(
            table[table["class"] == code], Path(folder) / f"{code}{ending}", lang=lang
        )
        for code in CLASSES
    ]


def check_list_target(path: str | Path) -> Path:
    """Return the file to write; raise a DataError if no list can be written there."""
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise DataError(label("customer_list.ending", path=path))
    if path.is_dir() or not path.parent.is_dir():
        raise DataError(label("customer_list.no_folder", path=path, folder=path.parent))
    if path.suffix.lower() == ".parquet" and importlib.util.find_spec("pyarrow") is None:
        raise DataError(label("customer_list.no_pyarrow", path=path))
    return path


def _latest(clean: pd.DataFrame, column: str) -> pd.Series:
    """Return each customer's value in the latest row that has one."""
    # A text stays as it was written; a number, as a phone in Excel may be, becomes one.
    tidy = tidy_text(clean[column]).astype(object)
    text = (
        clean[column]
        .astype(object)
        .map(lambda cell: cell.strip() if isinstance(cell, str) else None)
    )
    text = text.where(text.notna(), tidy)
    rows = pd.DataFrame({"customer": clean[CUSTOMER], "date": clean[DATE], "text": text})
    rows = rows[text.notna() & (text != "")].sort_values("date", kind="stable")
    return rows.groupby("customer")["text"].last()


def _is_unsafe(cell: object) -> bool:
    return isinstance(cell, str) and (is_formula_like(cell) or is_formula_like(cell.lstrip()))
