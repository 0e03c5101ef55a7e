"""Read a ledger of any size part by part, in bounded memory."""

import gzip
import io
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from rfmkit.engines import SIZE
from rfmkit.labels import label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, FREQUENCY, MONETARY, ORDER, DataError
from rfmkit.transactions.ambiguity import LedgerQuestion
from rfmkit.transactions.cells import tidy_text, to_date, to_number
from rfmkit.transactions.cleaning import is_placeholder, row_reasons, set_reason
from rfmkit.transactions.encodings import decode
from rfmkit.transactions.files import (
    check_file,
    csv_options,
    known_words,
    ledger_of_cells,
    parser_message,
    separator_of,
)
from rfmkit.transactions.headers import header_row, mark_columns
from rfmkit.transactions.mapping import LedgerMapping, find_preset
from rfmkit.transactions.parquet import Tally, is_large_parquet, parquet_files, tally_of

# A text ledger that unpacks to more than this is read in parts; as a whole it would need some ten
# times as much memory.
LARGE_TEXT = 60 * 1024**2
ROWS = 100_000  # rows of a part
_SAMPLE = 4 * 1024**2
_MAX_HELD = 5_000  # lines of one order that may wait for the next part
_BOMB = 300  # a text that is packed to less than a three-hundredth of its size holds no ledger
_KEYS = [CUSTOMER, "reason", ORDER]
_SUMS = {"rows": "sum", "first": "min", "latest": "max", "last": "max"} | dict.fromkeys(
    ("bought", "returned", "net", SIZE), "sum"
)


def is_large_text(path: Path) -> bool:
    """Return True for a text ledger that is too large to be read as a whole.

    Raises
    ------
    DataError
        If it is packed to less than a three-hundredth of its size, as no ledger is.
    """
    name = path.name.lower()
    if not path.is_file() or not name.removesuffix(".gz").endswith((".csv", ".txt", ".tsv")):
        return False
    if not name.endswith(".gz"):
        return path.stat().st_size > LARGE_TEXT
    length = 0
    try:
        with path.open("rb") as raw, gzip.open(raw) as file:
            while length <= LARGE_TEXT and (chunk := file.read(1 << 20)):
                length += len(chunk)
            packed = raw.tell()
    except (OSError, EOFError, zlib.error):
        return False  # reading it as a whole says what is wrong
    if length > LARGE_TEXT and length > _BOMB * packed:
        sizes = {"size": f"> {length / 1024**2:,.0f}", "packed": f"{packed / 1024**2:,.1f}"}
        raise DataError(label("ledger.bomb", name=path.name, **sizes))
    return length > LARGE_TEXT


class _Guarded(io.RawIOBase):
    """A stream that refuses to unpack to hundreds of times the size of its file."""

    def __init__(self, file: Any, path: Path) -> None:
        self.file, self.path, self.length = file, path, 0
        self.limit = max(64 * 1024**2, _BOMB * path.stat().st_size)

    def readable(self) -> bool:
        """Return True, as a stream to read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; return the number of bytes."""
        try:
            data = self.file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(label("ledger.damaged", name=self.path.name, error=error)) from error
        self.length += len(data)
        if self.length > self.limit:
            size, packed = self.length / 1024**2, self.path.stat().st_size / 1024**2
            sizes = {"size": f"> {size:,.0f}", "packed": f"{packed:,.1f}"}
            raise DataError(label("ledger.bomb", name=self.path.name, **sizes))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _bytes_of(path: Path) -> Iterator[io.BufferedReader]:
    packed = path.name.lower().endswith(".gz")
    with gzip.open(path) if packed else path.open("rb") as file:
        yield io.BufferedReader(_Guarded(file, path), 1 << 20)


def tally_parts(
    path: Path,
    *,
    mapping: LedgerMapping,
    today: pd.Timestamp,
    start: pd.Timestamp | None = None,
    end: pd.Timestamp | None = None,
    returns: str = "net",
) -> Tally:
    """Add up a large ledger part by part, by the rules of an export.

    Parameters
    ----------
    path
        A .csv, .txt or .tsv file, also with .gz; a .parquet file, or a folder of them.
    mapping
        How it is read; what is left open, the first part decides.
    today, start, end, returns
        As for `clean_transactions`.

    Returns
    -------
    Tally
        The totals of each customer, and the rows left out. Rows of different parts are not
        compared: repeated rows are not looked for.

    Raises
    ------
    DataError
        If the file cannot be read, or no row can be used.
    LedgerQuestion
        If it can be read in two ways.
    """
    from rfmkit.transactions import apply_to_source

    parquet = is_large_parquet(path) or path.suffix.lower() == ".parquet"
    if not parquet:
        path, _ = check_file(path)
    with _Store() as store:
        reading: dict[str, Any] = {}
        source: dict[str, Any] = {}
        rows_read = 0
        for tx in (_parquet_parts if parquet else _text_parts)(path, mapping):
            own = tx.attrs["source"]
            own["reading"]["in_parts"] = True
            tx = apply_to_source(tx, own, mapping)
            mapping = _with_decisions(mapping, own["reading"])
            source = source or {**own, "reading": reading}
            _merge_reading(reading, own["reading"])
            rows_read += len(tx)
            store.add(_totals_of(tx, today, start, end, returns))
        _check_currencies(reading, mapping)
        return tally_of(store.table(), {**source, "rows_read": rows_read})


def _text_parts(path: Path, mapping: LedgerMapping) -> Iterator[pd.DataFrame]:
    """Read the parts of a file, each under the same header; an order's lines stay together."""
    with _bytes_of(path) as file:
        sample = file.read(_SAMPLE)
    cut = sample.rfind(b"\n") + 1 or len(sample)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = sample.decode("utf-16", errors="ignore"), "utf-16"
    else:
        wanted = mapping.encoding
        text, encoding = decode(sample[:cut], path.name, encoding=wanted, header_words=known_words)
    separator, width = separator_of(text, mapping)
    form = {"encoding": encoding, "separator": separator}
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    bar = tqdm(total=None, desc=path.name, unit=label("reading.rows"), disable=None, leave=False)
    with _bytes_of(path) as file, bar:
        reader = io.TextIOWrapper(file, encoding=codec, newline="")
        header, held, number = None, None, 0
        try:
            chunks = pd.read_csv(reader, chunksize=ROWS, **csv_options(separator, width))
            for cells in chunks:
                bar.update(len(cells))
                if header is None:
                    tx = ledger_of_cells(cells, path, "text", mapping, form)
                    at = tx.attrs["source"]["reading"]["header_row"]
                    header = cells.iloc[at - 1 : at]
                    mapping = mapping.with_options(header_row=1)
                    body, number = cells.iloc[at:], at
                else:
                    body = cells if held is None else pd.concat([held, cells])
                last = len(cells) < ROWS
                body, held = (body, None) if last else _hold_back(body, header, tx)
                if body.notna().to_numpy().any():
                    part = ledger_of_cells(pd.concat([header, body]), path, "text", mapping, form)
                    part.index = part.index + (number - 1)
                    part.attrs["source"]["reading"]["header_row"] = at
                    yield part
                number += len(body)
        except pd.errors.ParserError as error:
            what = parser_message(str(error))
            raise DataError(label("ledger.misfit", name=path.name, what=what)) from error
        except UnicodeDecodeError as error:
            values: dict[str, Any] = {"name": path.name, "encoding": encoding}
            raise DataError(label("encoding.misfit", line=f"> {number}", **values)) from error
        if held is not None and held.notna().to_numpy().any():
            part = ledger_of_cells(pd.concat([header, held]), path, "text", mapping, form)
            part.index = part.index + (number - 1)
            part.attrs["source"]["reading"]["header_row"] = at
            yield part


def has_export_columns(path: Path, columns: Mapping[str, str]) -> bool:
    """Return True if a parquet ledger has columns that only the rules of an export look at."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        header = [*pq.read_schema(parquet_files(path)[0]).names]
    except pa.ArrowInvalid:
        return False  # the reader of parquet says what is wrong
    mapping = LedgerMapping(columns=columns)
    if find_preset(header) is not None:
        return True
    try:
        _, roles = header_row([header], dict(columns), path.name)
    except DataError:
        return False
    marks = mark_columns(header, roles, dict(mapping.columns))
    return bool(marks.keys() - {"name", "email", "phone", "id", "delivery_status", "reference"})


def _parquet_parts(path: Path, mapping: LedgerMapping) -> Iterator[pd.DataFrame]:
    """Read the parts of a parquet ledger; an order's lines stay together."""
    import pyarrow.parquet as pq

    form = {"encoding": None, "separator": None}
    number = 0
    for file in parquet_files(path):
        with pq.ParquetFile(file) as opened:
            total = opened.metadata.num_rows
            held = None
            with tqdm(total=total, desc=file.name, disable=None, leave=False) as bar:
                for batch in opened.iter_batches(ROWS):
                    bar.update(len(batch))
                    cells = batch.to_pandas()
                    body = cells if held is None else pd.concat([held, cells])
                    part = ledger_of_cells(body, path, "parquet", mapping, form)
                    names = {role: own for own, role in part.attrs["source"]["columns"].items()}
                    body, held = _split_last_order(body, body.get(names.get(ORDER)))
                    if len(body):
                        part = ledger_of_cells(body, path, "parquet", mapping, form)
                        part.index = part.index + number
                        number += len(body)
                        yield part
            if held is not None and len(held):
                part = ledger_of_cells(held, path, "parquet", mapping, form)
                part.index = part.index + number
                number += len(held)
                yield part


def _hold_back(
    body: pd.DataFrame, header: pd.DataFrame, tx: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Split off the last order, whose lines may continue in the next part."""
    headers = {role: own for own, role in tx.attrs["source"]["columns"].items()}
    names = [str(cell).strip() for cell in header.iloc[0]]
    if ORDER not in headers or headers[ORDER] not in names:
        return body, None
    return _split_last_order(body, body[names.index(headers[ORDER])])


def _split_last_order(
    body: pd.DataFrame, order: pd.Series | None
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    if order is None:
        return body, None
    known = order.dropna()
    if known.empty:
        return body, None
    differs = np.flatnonzero((order.notna() & (order != known.iloc[-1])).to_numpy())
    first = differs[-1] + 1 if len(differs) else 0
    # Blank cells above the last number belong to the order before it.
    while first < len(body) and pd.isna(order.iloc[first]):
        first += 1
    if first == 0 or len(body) - first > _MAX_HELD:
        return body, None
    return body.iloc[:first], body.iloc[first:]


def _with_decisions(mapping: LedgerMapping, reading: dict[str, Any]) -> LedgerMapping:
    """Keep for all parts what the first part has shown."""
    options = {
        name: reading[name]
        for name in ("decimal", "date_order", "totals")
        if getattr(mapping, name) is None and reading.get(name)
    }
    return mapping.with_options(**options)


def _merge_reading(all_parts: dict[str, Any], part: dict[str, Any]) -> None:
    """Add the counts of a part's statuses, types and currencies to those of the others."""
    for name, fact in part.items():
        if name in ("statuses", "kinds"):
            rows = {(one[0], one[1]): one for one in all_parts.setdefault(name, [])}
            for column, value, count, done in fact:
                if (column, value) in rows:
                    rows[column, value][2] += count
                else:
                    all_parts[name].append([column, value, count, done])
        elif name == "currencies":
            sums = {one[0]: one for one in all_parts.setdefault(name, [])}
            for code, count, total in fact:
                if code in sums:
                    sums[code][1] += count
                    sums[code][2] += total
                else:
                    all_parts[name].append([code, count, total])
        elif name == "notes":
            notes = all_parts.setdefault(name, [])
            notes += [note for note in fact if note not in notes][: max(0, 30 - len(notes))]
        elif name == "negative_rows":
            all_parts[name] = all_parts.get(name, 0) + fact
        elif name == "refunds" and name in all_parts:
            column, count, total = all_parts[name]
            all_parts[name] = [column, count + fact[1], total + fact[2]]
        else:
            all_parts.setdefault(name, fact)


def _check_currencies(reading: dict[str, Any], mapping: LedgerMapping) -> None:
    codes = reading.get("currencies", [])
    if len(codes) > 1 and mapping.currency is None and "rate" not in mapping.columns:
        answers = [
            (f"{code}: {total:,.2f} ({rows})", {"currency": code}) for code, rows, total in codes
        ]
        raise LedgerQuestion(label("reading.ask.currency"), answers)


def _totals_of(
    tx: pd.DataFrame,
    today: pd.Timestamp,
    start: pd.Timestamp | None,
    end: pd.Timestamp | None,
    returns: str,
) -> pd.DataFrame:
    """Add up a part by customer, reason and order."""
    tidy = tx.reset_index(drop=True)
    tidy[CUSTOMER], tidy[AMOUNT] = tidy_text(tidy[CUSTOMER]), to_number(tidy[AMOUNT])
    tidy[DATE], ambiguous = to_date(tidy[DATE])
    if ORDER in tidy:
        tidy[ORDER] = tidy_text(tidy[ORDER])
        tidy[ORDER] = tidy[ORDER].mask(is_placeholder(tidy[ORDER]))
    else:
        tidy[ORDER] = None
    reason = row_reasons(tidy, ambiguous, start, end, today)
    if returns == "drop":
        set_reason(reason, tidy[AMOUNT] < 0, "return")
    amount = tidy[AMOUNT].fillna(0.0)
    lines = pd.DataFrame(
        {
            CUSTOMER: tidy[CUSTOMER].astype(object).where(tidy[CUSTOMER].notna(), None),
            "reason": reason.where(reason.notna(), None),
            # Rows left out are counted, whatever their order.
            ORDER: tidy[ORDER].astype(object).where(tidy[ORDER].notna() & reason.isna(), None),
            "rows": 1,
            "first": tidy[DATE],
            "latest": tidy[DATE],
            "last": tidy[DATE].where(amount > 0),
            "bought": (amount > 0).astype("int64"),
            "returned": (amount < 0).astype("int64"),
            "net": amount.where(np.isfinite(amount), 0.0),
            SIZE: amount.abs().where(np.isfinite(amount), 0.0),
        }
    )
    return lines.groupby(_KEYS, dropna=False, sort=False, as_index=False).agg(_SUMS)


class _Store:
    """Keep the sums of the parts: in DuckDB, on disk if need be; without it in pandas."""

    def __init__(self) -> None:
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.frames: list[pd.DataFrame] = []
        self.con: Any = None
        try:
            import duckdb
        except ImportError:
            return
        self.folder = tempfile.TemporaryDirectory(prefix="rfmkit-")
        self.con = duckdb.connect(str(Path(self.folder.name) / "sums.duckdb"))
        self.con.execute("set memory_limit = '300MB'")
        self.con.execute("set threads = 2")

    def __enter__(self) -> "_Store":
        return self

    def __exit__(self, *_: object) -> None:
        if self.con is not None:
            self.con.close()
        if self.folder is not None:
            self.folder.cleanup()

    def add(self, part: pd.DataFrame) -> None:
        """Add the sums of a part."""
        if self.con is None:
            self.frames.append(part)
            if len(self.frames) > 20:
                self.frames = [self._joined()]
            return
        text = {name: part[name].astype(object) for name in _KEYS}
        frame = part.assign(**text)
        self.con.register("part", frame)
        columns = ", ".join(
            f'"{name}"::varchar as "{name}"' if name in _KEYS else f'"{name}"' for name in frame
        )
        there = self.con.execute("select count(*) from duckdb_tables()").fetchone()[0]
        verb = "insert into sums" if there else "create table sums as"
        self.con.execute(f"{verb} select {columns} from part")
        self.con.unregister("part")

    def _joined(self) -> pd.DataFrame:
        frames = pd.concat(self.frames, ignore_index=True)
        return frames.groupby(_KEYS, dropna=False, sort=False, as_index=False).agg(_SUMS)

    def table(self) -> pd.DataFrame:
        """Return the sums by customer and reason, in the columns of a tally."""
        if self.con is not None:
            return self.con.execute(_SQL).df()
        orders = self._joined()
        counted = orders["bought"].where(orders[ORDER].isna(), orders["bought"].clip(upper=1))
        orders = orders.assign(**{FREQUENCY: counted, "last_purchase": orders["last"]})
        sums = {
            **{"rows": "sum", "first": "min", "latest": "max", "last_purchase": "max"},
            **dict.fromkeys((FREQUENCY, "returned", "net", SIZE), "sum"),
        }
        keys = [CUSTOMER, "reason"]
        table = orders.groupby(keys, dropna=False, sort=False, as_index=False).agg(sums)
        return table.rename(columns={"net": MONETARY})


_SQL = f"""
with orders as (
    select customer, reason, "order", sum(rows) as rows, min(first) as first, max(latest) as latest,
           max(last) as last, sum(bought) as bought, sum(returned) as returned, sum(net) as net,
           sum({SIZE}) as {SIZE}
    from sums group by all
)
select customer, reason, sum(rows)::bigint as rows, min(first) as first, max(latest) as latest,
       max(last) as last_purchase,
       sum(case when "order" is null then bought else least(bought, 1) end)::bigint as frequency,
       sum(returned)::bigint as returned, sum(net) as monetary, sum({SIZE}) as {SIZE}
from orders group by customer, reason
"""
