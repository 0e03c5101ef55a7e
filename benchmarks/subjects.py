"""Hold what `bench.py` times: every subject gets ready and returns what to time."""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "source" / "lessons").glob("*.py"))
TODAY = "2021-04-01"
SQL = """
select customer, max(case when amount > 0 then date end) as last,
       count(case when amount > 0 then 1 end) as n, sum(amount) as net
from {} group by customer
"""
Ready = Callable[[int, Path], Callable[[], object]]


def ledger(size: int, folder: Path) -> object:
    """Make a ledger once, ten rows a customer, and read it anew for each subject."""
    import numpy as np
    import pandas as pd

    path = folder / f"ledger{size}.parquet"
    if not path.exists():
        chance = np.random.default_rng(1)
        ids = np.char.add("C", np.char.zfill(np.arange(size // 10).astype(str), 7))
        rows = chance.integers(0, len(ids), size)
        days = pd.to_timedelta(chance.integers(0, 730, size), unit="D")
        pd.DataFrame(
            {
                "customer": pd.Series(ids).take(rows).reset_index(drop=True),
                "date": pd.Timestamp("2019-04-01") + days,
                "amount": chance.lognormal(5, 1, size).round(2),
            }
        ).to_parquet(path, index=False)
    return pd.read_parquet(path)


def rfmkit_table(size: int, folder: Path) -> Callable:
    """Call rfm_table with the pandas frame."""
    import rfmkit as rk

    tx = ledger(size, folder)
    return lambda: rk.rfm_table(tx, today=TODAY)


def rfmkit_alone(size: int, folder: Path) -> Callable:
    """Call rfm_table with no engine to hand the frame to."""
    from rfmkit import engines

    engines.find_spec = lambda name: None
    return rfmkit_table(size, folder)


def pandas_agg(size: int, folder: Path, **how: bool) -> Callable:
    """Aggregate in the usual way."""
    tx = ledger(size, folder)
    return lambda: tx.groupby("customer", **how).agg(
        last=("date", "max"), n=("date", "size"), net=("amount", "sum")
    )


def pymc_marketing(size: int, folder: Path) -> Callable:
    """Call pymc-marketing's summary."""
    from pymc_marketing.clv.utils import rfm_summary

    tx = ledger(size, folder)
    return lambda: rfm_summary(tx, "customer", "date", "amount", observation_period_end=TODAY)


def lifetimes(size: int, folder: Path) -> Callable:
    """Lifetimes' summary."""
    from lifetimes.utils import summary_data_from_transaction_data

    tx = ledger(size, folder)
    return lambda: summary_data_from_transaction_data(
        tx, "customer", "date", "amount", observation_period_end=TODAY
    )


def _polars_query(frame: object) -> object:
    import polars as pl

    bought = pl.col("amount") > 0
    return (
        frame.lazy()
        .with_columns(bought=pl.when(bought).then(pl.col("date")))
        .group_by("customer")
        .agg(last=pl.col("bought").max(), n=pl.col("bought").count(), net=pl.col("amount").sum())
        .collect(engine="streaming")
        .to_pandas()
    )


def polars_on_pandas(size: int, folder: Path) -> Callable:
    """Give Polars the same pandas frame; sorted, as groupby and rfm_table sort theirs."""
    import polars as pl

    tx = ledger(size, folder)
    return lambda: _polars_query(pl.from_pandas(tx)).sort_values("customer")


def duckdb_on_pandas(size: int, folder: Path) -> Callable:
    """Give DuckDB the same pandas frame; sorted, as groupby and rfm_table sort theirs."""
    import duckdb

    tx = ledger(size, folder)
    con = duckdb.connect()
    con.register("tx", tx)
    return lambda: con.sql(SQL.format("tx") + " order by customer").df()


def hash_once(size: int, folder: Path) -> Callable:
    """Give every id a number, and do nothing else."""
    import pandas as pd

    tx = ledger(size, folder)
    return lambda: pd.factorize(tx["customer"])


def coded(make: Ready, kind: str = "category") -> Ready:
    """Do the same with ids that are a dictionary already, or whole numbers."""

    def ready(size: int, folder: Path) -> Callable:
        global ledger
        plain = ledger

        def ledger(*words: object) -> object:
            tx = plain(*words).astype({"customer": "category"})
            return tx if kind == "category" else tx.assign(customer=tx["customer"].cat.codes)

        return make(size, folder)

    return ready


def bincount(size: int, folder: Path) -> Callable:
    """Count with NumPy on the codes."""
    import numpy as np

    tx = ledger(size, folder).astype({"customer": "category"})

    def work() -> object:
        codes = tx["customer"].cat.codes.to_numpy()
        last = np.zeros(len(tx["customer"].cat.categories), dtype="int64")
        np.maximum.at(last, codes, tx["date"].to_numpy().view("int64"))
        return last, np.bincount(codes), np.bincount(codes, weights=tx["amount"].to_numpy())

    return work


def rfmkit_polars(size: int, folder: Path) -> Callable:
    """Call rfm_table with a Polars frame."""
    import polars as pl

    import rfmkit as rk

    tx = pl.from_pandas(ledger(size, folder))
    return lambda: rk.rfm_table(tx, today=TODAY)


def hand_polars(size: int, folder: Path) -> Callable:
    """Write the query by hand, sorted as rfm_table's table is."""
    import polars as pl

    tx = pl.from_pandas(ledger(size, folder))
    return lambda: _polars_query(tx).sort_values("customer")


def _relation(size: int, folder: Path) -> object:
    import duckdb

    ledger(size, folder)
    con = duckdb.connect()
    return con, con.read_parquet(str(folder / f"ledger{size}.parquet"))


def rfmkit_duckdb(size: int, folder: Path) -> Callable:
    """Call rfm_table with a DuckDB relation over parquet."""
    import rfmkit as rk

    con, tx = _relation(size, folder)
    return lambda: (con, rk.rfm_table(tx, today=TODAY))


def hand_duckdb(size: int, folder: Path) -> Callable:
    """Write the query by hand, sorted as rfm_table's table is."""
    _, tx = _relation(size, folder)
    return lambda: tx.query("tx", SQL.format("tx") + " order by customer").df()


def _workbook(size: int, folder: Path) -> str:
    from openpyxl import Workbook

    path = folder / f"ledger{size}.xlsx"
    if not path.exists():
        book = Workbook(write_only=True)
        sheet = book.create_sheet("ledger")
        sheet.append(["customer", "date", "amount", "order", "product", "quantity"])
        for at, row in enumerate(ledger(size, folder).itertuples(index=False)):
            sheet.append([row[0], row[1].to_pydatetime(), row[2], f"S{at:07}", "茶", at % 9 + 1])
        book.save(path)
    return str(path)


def excel(read: str, **words: str) -> Ready:
    """Call a reader of pandas."""

    def ready(size: int, folder: Path) -> Callable:
        import pandas as pd

        path = _workbook(size, folder)
        return lambda: getattr(pd, read)(path, **words)

    return ready


def excel_arrow(size: int, folder: Path) -> Callable:
    """Fastexcel through Arrow: a type a column, so mixed columns become text."""
    import fastexcel

    path = _workbook(size, folder)
    return lambda: fastexcel.read_excel(path).load_sheet(0).to_pandas()


def excel_rfmkit(size: int, folder: Path, fast: bool = True) -> Callable:
    """Call load_transactions."""
    import rfmkit as rk
    from rfmkit.transactions import workbooks

    path = _workbook(size, folder)
    if fast:
        import python_calamine  # noqa: F401
    else:
        workbooks.read_with_calamine = lambda *words: None
    return lambda: rk.load_transactions(path)


def _parquet_folder(size: int, folder: Path) -> Path:
    """Write a ledger of three lines an order and a hundred a customer, in ten files."""
    import duckdb

    path = folder / f"folder{size}"
    if not path.exists():
        path.mkdir()
        for part in range(10):
            first, end = part * size // 10, (part + 1) * size // 10
            duckdb.sql(
                f"copy (select 'C' || lpad((hash(i // 3) % {size // 100})::text, 7, '0') customer, "
                f"'S' || i // 3 \"order\", date '2019-04-01' + (i // 3 * 7919 % 730)::int date, "
                f"(hash(i) % 100000 + 1) / 100.0 amount from range({first}, {end}) rows(i)) "
                f"to '{path / f'{part}.parquet'}'"
            )
    return path


def tier_folder(size: int, folder: Path) -> Callable:
    """Run the command on a folder, memory and all."""
    from rfmkit.cli import main as rfmkit

    path = _parquet_folder(size, folder)
    return lambda: rfmkit(["tier", str(path), "--today", TODAY])


def hand_folder(size: int, folder: Path) -> Callable:
    """Count orders and money of each customer by hand; no row is looked at for its faults."""
    import duckdb

    path = _parquet_folder(size, folder)
    return lambda: duckdb.sql(
        'select customer, max(date), count(distinct "order"), sum(amount) '
        f"from '{path}/*.parquet' group by customer order by customer"
    ).df()


def scoring(what: str) -> Ready:
    """Score and class a table of customers."""

    def ready(size: int, folder: Path) -> Callable:
        import numpy as np
        import pandas as pd

        import rfmkit as rk

        chance = np.random.default_rng(1)
        values = pd.Series(chance.lognormal(5, 1.65, size).round(2))
        levels = pd.DataFrame(chance.random((size, 3)) < 0.5, columns=list("RFM"))
        return {
            "score": lambda: rk.score(values),
            "qcut": lambda: pd.qcut(values, 5, labels=False),
            "rank": lambda: values.rank(method="min"),
            "class": lambda: rk.rfm_class(levels),
            "abc customers": lambda: rk.abc_tier(values, cuts=rk.ABC3),
            "abc value": lambda: rk.abc_tier(values, by="value", cuts=(0.8, 0.95)),
            "sort": lambda: values.sort_values(),
        }[what]

    return ready


def importing(words: str) -> Ready:
    """Start a new interpreter that imports."""
    return lambda size, folder: lambda: subprocess.run([sys.executable, "-c", words], check=True)


def make_case(size: int, folder: Path) -> Callable:
    """Make one firm's books."""
    from rfmkit.cases import make_case as make

    return lambda: make(7, folder / f"case{time.perf_counter_ns()}")


def building(stem: str | None) -> Ready:
    """Make a lesson's notebook of its source and run it; None for one that holds no cell."""

    def ready(size: int, folder: Path) -> Callable:
        import nbformat

        from authoring.context import BuildContext
        from authoring.execute import execute

        # Beside calamine, pandas warns at each workbook, and no lesson ships with a warning.
        os.environ["PYTHONPATH"] = str(ROOT)
        if stem is None:
            empty = nbformat.v4.new_notebook(metadata={"rfmkit": {"edition": "en"}})
            return lambda: execute(empty, folder=folder, name="empty")
        context = BuildContext(ROOT)
        path = next(
            one.path
            for one in context.targets
            if one.stem == stem and one.path.startswith("notebooks/en/")
        )
        nb = context.unexecuted(context.target(path))
        return lambda: execute(nb, folder=context.root / "notebooks" / "en", name=path)

    return ready


def checking(size: int, folder: Path) -> Callable:
    """Check the right answer of a question over a table."""
    from rfmkit.classroom import check
    from rfmkit.classroom.case import open_case
    from rfmkit.classroom.question import all_questions

    asked = all_questions()["5.2"]
    right = asked.reference(open_case(asked.books))
    return lambda: check("5.2", right)


SUBJECTS: dict[str, dict[str, Ready]] = {
    "text ids": {
        "rfmkit rfm_table": rfmkit_table,
        "rfmkit rfm_table, no engine beside pandas": rfmkit_alone,
        "pandas groupby.agg": pandas_agg,
        "pandas groupby.agg, unsorted": lambda n, f: pandas_agg(n, f, sort=False),
        "Polars on the pandas frame": polars_on_pandas,
        "DuckDB on the pandas frame": duckdb_on_pandas,
        "pymc-marketing rfm_summary": pymc_marketing,
        "lifetimes summary_data_from_transaction_data": lifetimes,
        "floor: number the ids once (pd.factorize)": hash_once,
    },
    "dictionary ids": {
        "rfmkit rfm_table": coded(rfmkit_table),
        "rfmkit rfm_table, ids as whole numbers": coded(rfmkit_table, "numbers"),
        "pandas groupby.agg": coded(lambda n, f: pandas_agg(n, f, observed=True)),
        "pandas groupby.agg, ids as whole numbers": coded(pandas_agg, "numbers"),
        "floor: NumPy on the codes": bincount,
    },
    "Polars frame": {"rfmkit rfm_table": rfmkit_polars, "hand-written": hand_polars},
    "DuckDB frame": {"rfmkit rfm_table": rfmkit_duckdb, "hand-written": hand_duckdb},
    "Excel": {
        "rfmkit load_transactions": excel_rfmkit,
        "rfmkit load_transactions, openpyxl": lambda n, f: excel_rfmkit(n, f, fast=False),
        "pandas read_excel (openpyxl)": excel("read_excel", engine="openpyxl"),
        "pandas read_excel (calamine)": excel("read_excel", engine="calamine"),
        "fastexcel through Arrow (types by column)": excel_arrow,
    },
    "rfmkit tier, a folder of parquet": {
        "rfmkit tier": tier_folder,
        "DuckDB by hand, nothing left out": hand_folder,
    },
    "5 million customers": {
        "rfmkit score": scoring("score"),
        "pd.qcut": scoring("qcut"),
        "Series.rank": scoring("rank"),
        "rfmkit rfm_class": scoring("class"),
        "rfmkit abc_tier by customers": scoring("abc customers"),
        "rfmkit abc_tier by value": scoring("abc value"),
        "one sort_values": scoring("sort"),
    },
    "import": {
        "import rfmkit": importing("import rfmkit"),
        "import rfmkit; rfmkit.rfm_table": importing("import rfmkit; rfmkit.rfm_table"),
        "import pandas": importing("import pandas"),
    },
    "classroom": {"check('5.2', right)": checking, "make_case": make_case},
    "build, a notebook at a time": {
        "an empty notebook": building(None),
        **{path.stem: building(path.stem) for path in LESSONS},
    },
}


def main() -> None:
    """Time one subject, and print seconds and memory as JSON."""
    group, name, size, folder = sys.argv[1:]
    work = SUBJECTS[group][name](int(size), Path(folder))
    best = cpu = float("inf")
    spent = 0.0
    for _ in range(7):
        gc.collect()
        begun, busy = time.perf_counter(), sum(os.times()[:4])
        work()
        taken = time.perf_counter() - begun
        best, spent = min(best, taken), spent + taken
        cpu = min(cpu, sum(os.times()[:4]) - busy)
        if spent > 20:  # enough of the slow ones
            break
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    except ImportError:  # Windows
        peak = float("nan")
    print()  # what the subject said stands above
    print(json.dumps({"seconds": best, "cpu": cpu, "megabytes": peak}))


if __name__ == "__main__":
    main()
