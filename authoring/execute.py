"""Run a notebook in this Python, and keep of its outputs what is the same on every run."""

import copy
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

import ipykernel.kernelspec
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from authoring.source import BuildError

WIDGET = "application/vnd.jupyter.widget-view+json"
IGNORED = "nbval-ignore-output"
# What a stored notebook shows in place of a slider.
WIDGET_NOTE = {"zh-TW": "▶ 執行這一格，就能移動滑桿。", "en": "▶ Run this cell to move the slider."}
_colour = re.compile(r"\x1b\[[0-9;]*m")
_styler = re.compile(r'<table id="T_([0-9a-f]+)"')
_address = re.compile(r"\b0x[0-9a-fA-F]{6,}")


class _ThisPython(AsyncKernelManager):
    """Start the kernel of the Python that builds, whatever other kernels a person has installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            resource_dir=ipykernel.kernelspec.RESOURCES, **ipykernel.kernelspec.get_kernel_dict()
        )


def execute(nb: NotebookNode, *, folder: Path, name: str, timeout: int = 120) -> NotebookNode:
    """Run every cell of a notebook in `folder` and return a copy with the outputs.

    Raises BuildError, which calls the notebook `name`, if a cell raises (and is not tagged
    raises-exception), takes more than `timeout` seconds, or writes to stderr.
    """
    _build_font_list()
    done = copy.deepcopy(nb)
    at = [0]
    client = NotebookClient(
        done,
        timeout=timeout,
        kernel_name="python3",
        kernel_manager_class=_ThisPython,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=lambda cell, cell_index: at.__setitem__(0, cell_index),
    )
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        (Path(profile) / "kernel.log").open("w+", encoding="utf-8", errors="replace") as log,
    ):
        try:
            client.execute(env=kernel_environment(profile), stderr=log)
        except CellExecutionError as error:
            raise _cell_error(nb, at[0], name, f"raised {_last_frames(error)}") from None
        except CellTimeoutError:
            raise _cell_error(nb, at[0], name, f"ran longer than {timeout} seconds.") from None
        except DeadKernelError:
            log.seek(0)
            problem = "ended its Python process.\n" + log.read()
            raise _cell_error(nb, at[0], name, problem) from None
    return normalize_outputs(done, like=nb, name=name)


def normalize_outputs(done: NotebookNode, *, like: NotebookNode, name: str) -> NotebookNode:
    """Return a copy of a notebook that ran, with what is the same on every run and machine.

    `like` is the notebook before it ran, whose metadata are kept. Raises BuildError if a cell
    wrote to stderr, or shows a slider without the tag that nbval needs.
    """
    done = copy.deepcopy(done)
    done.metadata = copy.deepcopy(like.metadata)  # no kernel version, no state of widgets
    edition = like.metadata.rfmkit.edition
    stylers: dict[str, str] = {}
    for number, (cell, before) in enumerate(zip(done.cells, like.cells, strict=True)):
        cell.metadata = copy.deepcopy(before.metadata)
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            if output.get("name") == "stderr":
                problem = "wrote to stderr, which no reader should see:\n" + output.text.rstrip()
                raise _cell_error(like, number, name, problem)
            if WIDGET in output.get("data", {}) and IGNORED not in cell.metadata.get("tags", []):
                problem = "shows a slider, which nbval cannot compare; tag it with "
                raise _cell_error(like, number, name, f'{problem}tags=["{IGNORED}"].')
        cell.outputs = _merge_streams([_normalize(one, stylers, edition) for one in cell.outputs])
    return done


def without_claims(done: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook that ran, without its claims, its cells counted from 1."""
    done = copy.deepcopy(done)
    done.cells = [cell for cell in done.cells if not cell.metadata.get("rfmkit", {}).get("claims")]
    count = 0
    for cell in done.cells:
        if cell.cell_type == "code" and cell.execution_count is not None:
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    return done


def kernel_environment(profile: str) -> dict[str, str]:
    """Return the kernel's environment variables; `profile` is an empty folder for IPython."""
    # The author's own settings must not reach the notebook, nor the notebook's history the author.
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("MPLBACKEND", "PYTHONSTARTUP", "PYTHONWARNINGS")
    }
    path = [str(Path(__file__).parents[1]), *filter(None, [env.get("PYTHONPATH")])]
    return env | {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8",
        "IPYTHONDIR": profile,
        "RFMKIT_PROGRESS": "off",
        "PYTHONPATH": os.pathsep.join(path),
    }


def _build_font_list() -> None:
    # On a fresh machine matplotlib says on stderr that it lists the fonts: let it do so here.
    with suppress(ImportError):
        import matplotlib.font_manager  # noqa: F401


def _cell_error(nb: NotebookNode, index: int, name: str, problem: str) -> BuildError:
    cell = nb.cells[index]
    known_as = cell.metadata.get("rfmkit", {}).get("name")
    called = f' (name "{known_as}")' if known_as else ""
    code = "\n".join(f"    {line}" for line in cell.source.splitlines())
    source = nb.metadata.rfmkit.source
    return BuildError(
        f"{name}, cell {index + 1}{called}: {problem}\n  The cell:\n{code}\n"
        f"  Mend: change it in {source}, then build again."
    )


def _last_frames(error: CellExecutionError) -> str:
    lines = _colour.sub("", error.traceback).strip().splitlines()
    frames = [f"    {line}" for line in lines[-12:]]
    return "\n".join([f"{error.ename}: {error.evalue}".rstrip(), *frames])


def _normalize(output: NotebookNode, stylers: dict[str, str], edition: str) -> NotebookNode:
    output = copy.deepcopy(output)
    if output.output_type == "error":
        # The frames name folders of this machine; the last line is what a reader needs.
        output.traceback = [f"{output.ename}: {output.evalue}"]
    data = output.get("data", {})
    if WIDGET in data:  # its id is drawn anew on every run, and means nothing in a stored notebook
        del data[WIDGET]
        data["text/plain"] = WIDGET_NOTE[edition]
    if "text/html" in data:
        for drawn in _styler.findall(data["text/html"]):
            stylers.setdefault(drawn, f"{len(stylers):05x}")
            data["text/html"] = data["text/html"].replace(f"T_{drawn}", f"T_{stylers[drawn]}")
    if len(data) > 1 and "text/plain" in data:  # shown only where nothing richer can be
        data["text/plain"] = _address.sub("0x0", data["text/plain"])
    return output


def _merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Merge prints that follow each other, for how many messages one print becomes varies.

    nbclient's coalesce_streams would also move a print from below a picture to above it.
    """
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged
