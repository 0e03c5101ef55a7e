"""Drive a JupyterLab or JupyterLite page from within: open, run, read, not click and hope."""

import html
import re
from pathlib import Path

from conftest import PATIENCE

OPEN = """async ([path, seconds]) => {
  const app = window.jupyterapp;
  await app.restored;
  const panel = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await panel.context.ready;
  await panel.revealed;
  const late = new Promise((_, no) => setTimeout(() => no(new Error(
    'the kernel of ' + path + ' is not ready')), seconds * 1000));
  await Promise.race([panel.sessionContext.ready, late]);
  if (!panel.sessionContext.session) throw new Error('no kernel was started for ' + path);
  await Promise.race([panel.sessionContext.session.kernel.info, late]);
  window.panel = panel;
}"""

RUN_ALL = """async (seconds) => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error('cells still run')),
    seconds * 1000));
  window.jupyterapp.shell.activateById(window.panel.id);
  await Promise.race([window.jupyterapp.commands.execute('notebook:run-all-cells'), late]);
}"""

RUN_CELL = """async ([index, source, seconds]) => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error('a cell still runs')),
    seconds * 1000));
  const book = window.panel.content;
  window.jupyterapp.shell.activateById(window.panel.id);
  book.activeCellIndex = index;
  book.deselectAll();
  if (source !== null) book.activeCell.model.sharedModel.setSource(source);
  await Promise.race([window.jupyterapp.commands.execute('notebook:run-cell'), late]);
}"""

CELLS = """() => window.panel.content.model.sharedModel.cells.map(cell => cell.toJSON())"""

SHOW = """async ([index, at]) => {
  const book = window.panel.content;
  window.jupyterapp.shell.activateById(window.panel.id);
  book.activeCellIndex = index;
  await book.scrollToItem(index, at);
}"""

SAVE = """async () => { await window.panel.context.save(); }"""

# As Shift and Enter do it: below the last cell it adds an empty one.
RUN_LAST = """async () => {
  const book = window.panel.content;
  window.jupyterapp.shell.activateById(window.panel.id);
  book.activeCellIndex = book.widgets.length - 1;
  book.deselectAll();
  await window.jupyterapp.commands.execute('runmenu:run');
}"""

# The kernel goes with the notebook; nothing is saved and nothing asked.
CLOSE = """async () => {
  const panel = window.panel;
  await panel.sessionContext.shutdown();
  panel.context.model.dirty = false;
  panel.dispose();
}"""

# Asks the kernel itself, beside the notebook's cells.
EXECUTE = """async ([code, seconds]) => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error('the kernel still works at ' +
    code.slice(0, 60))), seconds * 1000));
  const future = window.panel.sessionContext.session.kernel.requestExecute({code});
  const said = {stdout: '', stderr: '', html: '', text: '', error: ''};
  future.onIOPub = message => {
    const content = message.content;
    if (message.header.msg_type === 'stream') said[content.name] += content.text;
    if (content.data) {
      said.html += content.data['text/html'] || '';
      said.text += content.data['text/plain'] || '';
    }
    if (message.header.msg_type === 'error')
      said.error = content.ename + ': ' + content.evalue + '\\n' + content.traceback.join('\\n');
  };
  await Promise.race([future.done, late]);
  return said;
}"""


# The notebook that is open already, before a test opens one.
FIRST_CELLS = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  return panel.content.model.sharedModel.cells.map(cell => cell.toJSON());
}"""

# What JupyterLab says in a corner of the page; each stays until it is answered.
NOTIFICATIONS = """() => [...document.querySelectorAll('.Toastify__toast')]
  .map(toast => toast.innerText)"""

SET_SETTING = """async ([id, raw]) => {
  await window.jupyterapp.serviceManager.settings.save(id, raw);
}"""


class LabPage:
    """A page with JupyterLab in it, the notebook opened last, and the folder that is served."""

    def __init__(self, page: object, folder: Path | None = None) -> None:
        self.page = page
        self.folder = folder

    def wait(self) -> "LabPage":
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        return self

    def open(self, path: str, seconds: float = PATIENCE) -> None:
        self.page.evaluate(OPEN, [path, seconds])

    def run_all(self, seconds: float = PATIENCE) -> None:
        self.page.evaluate(RUN_ALL, seconds)

    def run_cell(self, index: int, source: str | None = None, seconds: float = PATIENCE) -> dict:
        """Run one cell, with another source if one is given; give the cell as it is then."""
        self.page.evaluate(RUN_CELL, [index, source, seconds])
        return self.cells()[index]

    def cells(self) -> list[dict]:
        return self.page.evaluate(CELLS)

    def save(self) -> None:
        """Save the notebook as it is."""
        self.page.evaluate(SAVE)

    def run_last(self) -> None:
        """Press Shift and Enter in the last cell."""
        self.page.evaluate(RUN_LAST)

    def first_cells(self) -> list[dict]:
        """Read the notebook that JupyterLab opened by itself."""
        return self.page.evaluate(FIRST_CELLS)

    def notifications(self) -> list[str]:
        return self.page.evaluate(NOTIFICATIONS)

    def set_setting(self, plugin: str, raw: str) -> None:
        """Save a user's settings of a plugin; they count when the page is loaded anew."""
        self.page.evaluate(SET_SETTING, [plugin, raw])

    def show(self, index: int, at: str = "start") -> None:
        """Make a cell the active one and bring it into sight."""
        self.page.evaluate(SHOW, [index, at])

    def close(self) -> None:
        """Close the notebook and end its kernel."""
        self.page.evaluate(CLOSE)

    def find(self, start: str) -> int:
        """Give the place of the first code cell whose source begins so."""
        for place, cell in enumerate(self.cells()):
            if cell["cell_type"] == "code" and cell["source"].startswith(start):
                return place
        raise AssertionError(f"no code cell begins with {start!r}")

    def execute(self, code: str, seconds: float = PATIENCE) -> dict:
        """Have the kernel run code; what it said. An error there is one here."""
        said = self.page.evaluate(EXECUTE, [code, seconds])
        assert not said["error"], said["error"]
        return said


def card_of(cell: dict) -> str:
    """Give the words of the card that is a cell's only output."""
    kinds = [one["output_type"] for one in cell["outputs"]]
    assert kinds == ["execute_result"], errors_of([cell]) or kinds
    held = cell["outputs"][0]["data"]["text/html"]
    assert 'role="status"' in "".join(held)
    return words("".join(held))


def words(page: str) -> str:
    """Take the words out of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def plain(text: str) -> str:
    """Take the marks for code and weight out of a text of the kit."""
    return text.replace("`", "").replace("**", "")


def errors_of(cells: list[dict]) -> list[str]:
    """List the errors that stand under cells."""
    return [
        f"{output['ename']}: {output['evalue']}"
        for cell in cells
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if output["output_type"] == "error"
    ]
