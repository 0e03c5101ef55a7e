"""The Spark code that chapter 9 shows and does not run: here it runs, where Java is found."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("jupytext")
from authoring.source import read_source

ROOT = Path(__file__).resolve().parent.parent
LESSON = ROOT / "source/lessons/09_scale.py"
# What the lesson has run when the block comes: its ledger, the folder, and the answers so far.
BEFORE = ("guess", "setup", "chain", "same_method", "same_answer", "write_folder", "sql")
AFTER = """
import pandas as pd
assert rfm_there.index.tolist() == rfm.index.tolist()
assert (rfm_there[rfm.columns] == rfm).all(axis=None)
assert (tier_there == tier).all()
by_hand = answer_there.set_index("customer").sort_index()
by_hand["recency_days"] = (TODAY - pd.to_datetime(by_hand["last_purchase"])).dt.days
assert (by_hand[rfm.columns] == rfm).all(axis=None)
assert len(rfm) == 640
spark.stop()
print("the same in Spark")
"""


def cells():
    return read_source(LESSON.read_text(encoding="utf-8"), file=LESSON.name, exercise=False)


def shown_block(lang):
    """Find the one fence of Python in the prose of an edition."""
    prose = "\n".join(cell.text for cell in cells() if cell.meta.get("lang") == lang)
    (block,) = re.findall(r"^```python\n(.+?)^```", prose, re.MULTILINE | re.DOTALL)
    return block


def test_both_editions_show_the_same_spark_code():
    assert shown_block("zh-TW") == shown_block("en")


def test_the_spark_code_shown_gives_the_same_classes(tmp_path):
    pytest.importorskip("duckdb")
    if find_spec("pyspark") is None or not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("no pyspark or no Java on this machine")
    code = {cell.meta.get("name"): cell.text for cell in cells() if cell.kind == "code"}
    before = "\n".join(code[name] for name in BEFORE)
    before = before.replace("SHOPS = 20", "SHOPS = 2")  # as good a test, and sooner done
    # The lesson's own figures are of twenty shops; here they are not asked.
    before = re.sub(r"^assert len\(.+$", "", before, flags=re.MULTILINE)
    before = re.sub(r"^rk\.(show|pretty)\(.+$", "", before, flags=re.MULTILINE)
    script = tmp_path / "spark_block.py"
    script.write_text(f"{before}\n{shown_block('en')}\n{AFTER}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=900,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "MPLBACKEND": "agg",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_SUBMIT_ARGS": "--master local[1] --conf spark.ui.enabled=false "
            "--conf spark.sql.shuffle.partitions=2 "
            f"--conf spark.sql.warehouse.dir={tmp_path.as_uri()} pyspark-shell",
        },
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "the same in Spark" in done.stdout
