"""The environment of Colab's versions, with the kit installed by the cell of the READMEs."""

import os
import shutil
import sys

import pytest


@pytest.fixture(scope="session")
def before(tmp_path_factory):
    """Make the environment, without the kit, and list what is in it."""
    from colab_like import BASE, Colab

    if not BASE.is_file():
        missing = f"no environment of Colab's versions at {BASE}: make test-colab"
        assert "RFMKIT_COLAB" not in os.environ, missing
        pytest.skip(missing)
    front = Colab.make(tmp_path_factory.mktemp("colab"))
    return front, front.libraries()


@pytest.fixture(scope="session")
def wheel(before, tmp_path_factory):
    """Build the wheel with no network."""
    from colab_like import ROOT, run

    folder = tmp_path_factory.mktemp("dist")
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--outdir",
        folder,
        ROOT,
        cwd=folder,
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def front(before, wheel, tmp_path_factory):
    """Upload the wheel and run the cell that the README shows."""
    from colab_like import told_cell

    front, _ = before
    content = tmp_path_factory.mktemp("content")
    shutil.copy(wheel, content)
    cell = told_cell("README.md", "%pip install -q rfmkit")
    # Matplotlib lists the machine's fonts when it is first imported, and says so.
    front.cells(cell, "import rfmkit", "import matplotlib.font_manager", folder=content)
    return front
