"""A front like Google Colab: its versions, a plain kernel, neither checkout nor JupyterLab."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"
BASE = Path(os.environ.get("RFMKIT_COLAB") or ROOT / ".venv-colab" / BIN / "python")
TIMEOUT = 180


def run(*words: str | Path, **options) -> str:
    """Run a program, and fail with what it said if it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=TIMEOUT,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Colab:
    """An environment over that of Colab's versions: what is installed here leaves that as it is."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Colab":
        """Make the environment in a folder; libraries, pip among them, come from the base."""
        run(BASE, "-m", "venv", "--without-pip", folder / "env")
        libraries = run(BASE, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        own = run(
            folder / "env" / BIN / "python",
            "-c",
            "import sysconfig; print(sysconfig.get_path('purelib'))",
        )
        Path(own.strip(), "colab.pth").write_text(libraries, encoding="utf-8")
        (folder / "home").mkdir()
        return cls(folder)

    @property
    def python(self) -> Path:
        """The Python of the environment."""
        return self.folder / "env" / BIN / "python"

    @property
    def environ(self) -> dict[str, str]:
        """What a kernel of Colab's finds in its environment, with no setting of the tests' own."""
        kept = {key: os.environ[key] for key in ("SYSTEMROOT", "TMPDIR") if key in os.environ}
        home = str(self.folder / "home")
        return kept | {
            "HOME": home,
            "IPYTHONDIR": f"{home}/.ipython",
            "LANG": "en_US.UTF-8",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "PATH": os.pathsep.join([str(self.python.parent), os.environ["PATH"]]),
            # Whatever a cell installs is in the folder or on this machine.
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INDEX": "1",
            "PYTHONUTF8": "1",
        }

    def libraries(self) -> dict[str, str]:
        """List the libraries that the environment sees, each with its version."""
        told = run(self.python, "-m", "pip", "list", "--format=freeze", env=self.environ)
        return dict(line.split("==") for line in told.splitlines())

    def execute(
        self, nb: nbformat.NotebookNode, folder: Path, *, allowed: tuple[str, ...] = ()
    ) -> nbformat.NotebookNode:
        """Run every cell with this environment's kernel; an error raises unless it is allowed."""
        python = str(self.python)

        class Kernel(AsyncKernelManager):
            @property
            def kernel_spec(self) -> KernelSpec:
                argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
                return KernelSpec(argv=argv, display_name="Colab", language="python")

        client = NotebookClient(
            nb,
            timeout=TIMEOUT,
            kernel_name="python3",
            kernel_manager_class=Kernel,
            allow_error_names=list(allowed),
            startup_timeout=TIMEOUT,
            resources={"metadata": {"path": str(folder)}},
        )
        return client.execute(env=self.environ)

    def cells(self, *sources: str, folder: Path) -> str:
        """Run cells in one kernel, and give back what they printed."""
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in sources])
        return printed(self.execute(nb, folder))


def printed(nb: nbformat.NotebookNode) -> str:
    """Join what the cells of a notebook printed."""
    streams = (out for cell in nb.cells for out in cell.get("outputs", []) if "text" in out)
    return "".join(out.text for out in streams)


def told_cell(document: str, start: str) -> str:
    """Find the one cell of a document that starts so, in a code span or a block."""
    text = (ROOT / document).read_text(encoding="utf-8")
    spans = re.findall(r"`([%!][^`\n]+)`|^([%!].+)$", text, re.MULTILINE)
    (cell,) = {a or b for a, b in spans if (a or b).startswith(start)}
    return cell
