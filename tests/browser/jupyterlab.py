"""JupyterLab as a reader meets it: a server of its own, a browser, a notebook on the screen.

Nothing waits for a time, everything for what has to be seen; the limits are only there so that a
test that can no longer succeed ends.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from start import FIRST_PAGES, HERE, READ_AS_TYPED, STARTUP, lab_defaults
from tools.stored import NOTEBOOKS, SETS

LIMIT = 90  # seconds for anything to happen; on a machine of its own it takes one or two
expect.set_options(timeout=LIMIT * 1000)
FIRST = Path(FIRST_PAGES["en"]).stem
FOLDERS = {lang: folder.relative_to(HERE).as_posix() for lang, folder in SETS.items()}
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # the notebook that is in front

SETTINGS = {
    # every cell is in the page, also those far below
    "notebook-extension/tracker": {"windowingMode": "none"},
    # nothing happens by the clock
    "docmanager-extension/plugin": {"autosave": False},
}

# What is called how in the menus; none where it is called as it is in English.
MENUS: dict[str, dict[str, str]] = {
    "en": {},
    "zh": {
        "File": "文件",
        "Edit": "编辑",
        "View": "查看",
        "Run": "运行",
        "Kernel": "内核",
        "Tabs": "标签页",
        "Settings": "设置",
        "Help": "帮助",
        "Clear Outputs of All Cells": "清除所有单元格的输出",
        "Expand All Code": "展开所有代码",
        "Run All Cells": "运行所有单元格",
    },
}

# What is waited for again and again is looked for at short intervals; `expect` would look once a
# second in the end.
IDLE = "() => /\\| (Idle|空闲)/.test(document.querySelector('#jp-main-statusbar')?.innerText)"
# A folded cell has no number in the page: what runs is asked of JupyterLab itself.
CELLS = "jupyterapp.shell.currentWidget.content.widgets.map(each => each.model)"
CODE = f"{CELLS}.filter(each => each.type === 'code')"
NONE_WAITS = f"() => {CODE}.every(each => each.executionState === 'idle')"
# It answers what it is asked in turn. After a mistake JupyterLab takes all cells below as called
# off, but a slow kernel may run them yet.
ANSWERED = """() => jupyterapp.shell.currentWidget.sessionContext.session.kernel
    .requestKernelInfo().then(() => true)"""
ALL_DONE = f"() => {CODE}.every(each => each.executionCount && each.executionState === 'idle')"
HAS_SLIDERS = """panel => [...document.querySelectorAll(`${panel} .jp-CodeCell`)]
    .at(-1).querySelector(".jiebei img")"""
OFTEN = 20  # milliseconds

# How long after a slider is let go the picture is another one, loaded, decoded and on the screen.
STOPWATCH = """chart => {
    window.released = null; window.latencies = [];
    for (const event of ["pointerup", "keydown"])
        document.addEventListener(event, () => { window.released = performance.now(); }, true);
    new MutationObserver(async () => {
        const picture = chart.querySelector("img");
        if (!picture || window.released === null) return;
        const released = window.released;
        window.released = null;
        await picture.decode().catch(() => {});
        requestAnimationFrame(() => window.latencies.push(performance.now() - released));
    }).observe(chart, { childList: true, subtree: true });
}"""


@contextmanager
def server(folder: Path, lang: str) -> Iterator["Server"]:
    """Serve a copy of the notebooks on loopback, with a token, settings and files of its own.

    What `start.py` sets for a language holds here, too.
    """
    shutil.copytree(NOTEBOOKS.parent / "data", folder / "data")  # what a page reads by its path
    shutil.copytree(
        NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "jupyter",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    # not what would change how kernels draw, or make each of them compile all modules again
    without = ("MPLBACKEND", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment |= {name: str(folder / place) for name, place in places.items()}
    environment["PYTHONPATH"] = str(HERE)
    for name, values in SETTINGS.items():
        file = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    defaults = folder / "defaults" / "overrides.d" / "jiebei.json"
    defaults.parent.mkdir(parents=True)
    defaults.write_text(lab_defaults(lang))
    startup = folder / "ipython" / "profile_default" / "startup" / Path(STARTUP).name
    startup.parent.mkdir(parents=True)
    startup.write_text(READ_AS_TYPED)  # as `start.py` prepares the kernels of the environment
    token = secrets.token_hex(16)
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",  # any that is free
        "--expose-app-in-browser",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.app_settings_dir={folder / 'defaults'}",
        f"--IdentityProvider.token={token}",
    ]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            running = Server(folder, lang, _address(process, folder), token)
            with running.aside:
                yield running
        finally:
            process.terminate()  # its kernels have been ended; now and then it hangs
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: "subprocess.Popen[bytes]", folder: Path) -> str:
    """Wait until the server answers, and return where."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until and process.poll() is None:
        for file in (folder / "runtime").glob("jpserver-*.json"):
            try:
                address = f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
                urllib.request.urlopen(f"{address}/api", timeout=LIMIT).close()
                return address
            except (OSError, ValueError):
                pass  # not there yet, or half written
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab does not answer:\n{(folder / 'server.log').read_text()}")


class Server:
    """A running JupyterLab, and the set of pages that is read in it."""

    def __init__(self, folder: Path, lang: str, address: str, token: str) -> None:
        self.lang = lang
        self.notebooks = folder / FOLDERS[lang]
        self.address = address
        self.token = token
        self.aside = ThreadPoolExecutor()

    def is_ready(self, name: str) -> bool:
        """Tell whether the kernel of a notebook is there, at rest, and connected to the page."""
        for session in json.loads(self._call("GET", "api/sessions")):
            if session["path"] == f"{FOLDERS[self.lang]}/{name}.ipynb":
                kernel = session["kernel"]
                return bool(kernel["execution_state"] == "idle" and kernel["connections"])
        return False

    def end_kernels(self) -> None:
        """Begin to end all kernels; the next test need not wait for them."""
        for session in json.loads(self._call("GET", "api/sessions")):
            self.aside.submit(self._call, "DELETE", f"api/sessions/{session['id']}")

    def _call(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(f"{self.address}/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            return bytes(answer.read())


class Desk:
    """JupyterLab in a page, the first notebook open: from there the links lead to the others."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.open()

    def open(self) -> None:
        """Load the page, in a workspace of its own."""
        path = f"lab/workspaces/{secrets.token_hex(8)}/tree/{FIRST_PAGES[self.server.lang]}"
        self.page.goto(f"{self.server.address}/{path}?token={self.server.token}")

    def go_to(self, name: str) -> "Notebook":
        """Go to the first notebook, and from there by its link to another one."""
        self.tab(FIRST).click()
        if name != FIRST:
            self.page.locator(f'{PANEL} .jp-MarkdownCell a[href*="{name}.ipynb"]').first.click()
        return Notebook(self, name)

    def tab(self, name: str) -> Locator:
        """Return the tab of a notebook."""
        return self.page.locator(".lm-TabBar-tab", has_text=name)

    def called(self, name: str) -> str:
        """Return what a menu or an item is called in the language of the pages."""
        return MENUS[self.server.lang].get(name, name)

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of a menu."""
        for kind, name in ((".lm-MenuBar-item", menu), (".lm-Menu-item", item)):
            text = re.compile(f"^{self.called(name)}$")
            self.page.locator(kind, has_text=text).click()


class Notebook:
    """A notebook on the screen."""

    def __init__(self, desk: Desk, name: str) -> None:
        """Wait until it is shown and its kernel is ready."""
        self.desk = desk
        self.page = desk.page
        self.name = name
        expect(desk.tab(name)).to_have_class(re.compile("jp-mod-current"))
        self.panel = self.page.locator(PANEL)
        self.code = self.panel.locator(".jp-CodeCell")
        self.outputs = self.panel.locator(".jp-OutputArea-output")
        self.headlines = self.outputs.locator("p:has(> strong)")
        self.pictures = self.outputs.locator("img")
        self.panels = self.panel.locator(".jiebei")
        self.mistake = self.panel.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
        self._wait_for_kernel()

    def _wait_for_kernel(self) -> None:
        # The mark over the notebook says idle before the kernel is there, and "Run All Cells" is
        # then lost without a word. The server tells the truth.
        until = time.monotonic() + LIMIT
        while not self.desk.server.is_ready(self.name):
            assert time.monotonic() < until, f"{self.name}: its kernel does not come to rest"
            time.sleep(0.05)
        self._until(IDLE)

    def _until(self, condition: str) -> None:
        self.page.wait_for_function(condition, arg=PANEL, polling=OFTEN)

    def clear(self) -> None:
        """Clear all outputs, so that what is shown from now on is new."""
        self.page.evaluate(ANSWERED)
        self._until(NONE_WAITS)
        self._wait_for_kernel()
        self.desk.choose("Edit", "Clear Outputs of All Cells")
        expect(self.outputs).to_have_count(0)

    def start(self) -> None:
        """Run all cells."""
        self._wait_for_kernel()
        self.desk.choose("Run", "Run All Cells")

    def finish(self) -> None:
        """Wait until the last cell is done, and all of them without a mistake."""
        self._until(ALL_DONE)
        self._wait_for_kernel()
        expect(self.mistake).to_have_count(0)

    def assert_says(self, mistake: str) -> None:
        """Wait for a mistake in words."""
        expect(self.mistake.first).to_contain_text(mistake)
        self.mistake.first.scroll_into_view_if_needed()

    def write(self, source: str) -> None:
        """Write a source in place of that of the parameters, as if pasted."""
        editor = self.code.nth(1).locator(".cm-content")  # the first says what the page speaks
        editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        expect(editor.locator(".cm-line")).to_have_text(source.splitlines())

    def seen(self) -> tuple[list[str], str | None]:
        """Return the headlines and the first picture."""
        return self.headlines.all_inner_texts(), self.pictures.first.get_attribute("src")

    def under_the_pointer(self) -> Locator:
        """Point at the first chart that tells of each day, and return what it says."""
        chart = self.outputs.locator(".vega-embed").first
        chart.scroll_into_view_if_needed()
        for share in (0.4, 0.5):  # what a pointer enters it sees with the next move
            chart.hover(position=dict.fromkeys(("x", "y"), share * 400))
        return self.page.locator("#vg-tooltip-element.visible")

    def assert_shows(self, headline: str, cells: list[str]) -> None:
        """Look for the headline, the cells of the table, and a picture."""
        said = self.headlines.filter(has_text=headline).first
        expect(said).to_have_text(headline)
        expect(self.outputs.locator("table").first.locator("td")).to_have_text(cells)
        expect(self.pictures.first).to_be_visible()
        said.scroll_into_view_if_needed()


class Sliders:
    """The sliders under a notebook."""

    def __init__(self, notebook: Notebook) -> None:
        """Wait until they are there."""
        self.page = notebook.page
        self.cell = notebook.code.last
        self.headline = self.cell.locator("p:has(> strong)").first
        self.picture = self.cell.locator("img")
        self.text = self.cell.locator("pre")
        self.button = self.cell.locator("button[onclick]")  # the others are widgets
        self.page.wait_for_function(HAS_SLIDERS, arg=PANEL, polling=OFTEN)
        self.cell.scroll_into_view_if_needed()
        self.page.evaluate("() => new Promise(requestIdleCallback)")  # all of it is drawn
        self.picture.locator("xpath=..").evaluate(STOPWATCH)

    def assert_show(self, text: str, headline: str, alt: str) -> None:
        """Look for the parameters to copy, the headline, and the words of the picture."""
        expect(self.text).to_have_text(text)
        expect(self.headline).to_have_text(headline)
        expect(self.picture).to_have_attribute("alt", alt)

    def copy(self, done: str) -> None:
        """Copy the parameters, and wait until the button says that it is done."""
        self.button.click()
        expect(self.button).to_have_text(done)

    def slider(self, label: str) -> Locator:
        """Return the slider with a label."""
        return self.cell.locator(".widget-hslider", has_text=label)

    def seen(self) -> tuple[str, str | None]:
        """Return the parameters to copy and the picture."""
        return self.text.inner_text(), self.picture.get_attribute("src")

    def press_first(self, key: str) -> None:
        """Press a key on the first slider."""
        self.cell.locator(".noUi-handle").first.press(key)

    def press(self, label: str, key: str) -> str:
        """Press a key on a slider, and return what it then reads."""
        handle = self.slider(label).locator(".noUi-handle")
        handle.focus()
        handle.press(key)
        return self.reading(label)

    def drag(self, label: str, share: float) -> str:
        """Drag a slider to a share of its length and return what it reads; do not let go yet."""
        handle, base = (self.slider(label).locator(f".noUi-{part}") for part in ("handle", "base"))
        handle.scroll_into_view_if_needed()
        box, line = handle.bounding_box(), base.bounding_box()
        assert box
        assert line
        middle = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + box["width"] / 2, middle)
        self.page.mouse.down()
        self.page.mouse.move(line["x"] + share * line["width"], middle, steps=5)
        return self.reading(label)

    def let_go(self) -> None:
        """Let go of the slider."""
        self.page.mouse.up()

    def reading(self, label: str) -> str:
        """Return what a slider reads."""
        return self.slider(label).locator(".widget-readout").inner_text()

    def latencies(self, moves: int) -> list[int]:
        """Return the milliseconds from letting go to the new picture, one a move."""
        self.page.wait_for_function("moves => window.latencies.length === moves", arg=moves)
        return [round(each) for each in self.page.evaluate("window.latencies")]
