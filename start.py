#!/usr/bin/env python3
"""Set the suite up and use it, with nothing but Python 3.11 or newer (on Windows: py start.py).

    python3 start.py             open the notebooks in JupyterLab
    python3 start.py test        check layout, lint and types, then run every test
    python3 start.py lint        check layout, lint and types only
    python3 start.py truth       hold what pages say against plain sums, at thousands of numbers
    python3 start.py browser     use notebooks and pages in a real JupyterLab and Chromium only
    python3 start.py html        make web pages of the notebooks, in the folder site
    python3 start.py refresh     run the notebooks again and store what they show
    python3 start.py bench       measure the speed, side by side with peers

Whatever follows is handed on: to JupyterLab, to pytest, to tools/notebooks.py.
All packages go into the folder .venv beside this file (the peers of `bench` into .venv-bench);
deleting it undoes the set-up.
"""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN, DEVELOP, PEERS = "requirements.txt", "requirements-dev.txt", "benchmarks/peers.txt"
OLDEST_PYTHON = (3, 11)
FIRST_PAGE = "notebooks/00_start_here.ipynb"

# What the kernels of the environment begin with. It lies in .venv: nothing of the reader's is
# touched.
STARTUP = "etc/ipython/startup/10-as-typed.py"
READ_AS_TYPED = 'get_ipython().extension_manager.load_extension("jiebei.notebook.as_typed")\n'

CHECKS = {
    "layout": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
}
# The cells of a notebook belong together, so a worker gets whole files. They are taken in turn: the
# browser's take longest and come early. What is left out is named, with the reason.
TESTS = ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-rs"]


def say(words):
    """Print at once, also into a pipe."""
    print(words, flush=True)


def module(name, *options):
    """Run a module in the environment and return its exit code."""
    return subprocess.call([str(PYTHON), "-m", name, *options], cwd=HERE)


# ---- setting up ----------------------------------------------------------------------------------


def stamp(listing):
    """Return the file that says that the packages of a listing are installed."""
    return ENVIRONMENT / f"{Path(listing).name}.installed"


def fingerprint(listing):
    """Return a digest of all that the installed packages depend on."""
    parts = sys.version, str(HERE), (HERE / listing).read_text(encoding="utf-8")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def installed(listing):
    """Tell whether the packages of a listing are installed as it now stands."""
    mark = stamp(listing)
    return PYTHON.exists() and mark.exists() and mark.read_text() == fingerprint(listing)


def install(listing):
    """Install the packages of a listing."""
    say(f"Installing the packages of {listing} (up to a minute, only now) ...")
    pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement", listing]
    if module("pip", *pip):
        sys.exit(f"The packages of {listing} could not be installed: pip says why above.")
    stamp(listing).write_text(fingerprint(listing))


def make_environment():
    """Make an empty environment, in place of an earlier one."""
    if Path(sys.prefix).resolve() == ENVIRONMENT:
        sys.exit(".venv has to be made anew: type 'deactivate', then start again.")
    say("Making the environment .venv ...")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]):
        sys.exit("Python could not make .venv. On Debian or Ubuntu: sudo apt install python3-venv")


def prepare_kernels():
    """Let kernels read the grey cell of a notebook as people type it."""
    file = ENVIRONMENT / STARTUP
    if not file.exists() or file.read_text(encoding="utf-8") != READ_AS_TYPED:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(READ_AS_TYPED, encoding="utf-8")


def set_up(*more):
    """Install what is missing; a second time this takes no time."""
    if not installed(RUN):
        make_environment()
        install(RUN)
        say("Letting matplotlib look for fonts (only now) ...")
        subprocess.call([str(PYTHON), "-c", "import matplotlib.font_manager"], cwd=HERE)
    prepare_kernels()
    for listing in more:
        if not installed(listing):
            install(listing)


# ---- the commands --------------------------------------------------------------------------------


def lab(*options):
    """Open JupyterLab on the first page."""
    set_up()
    say("Opening JupyterLab; Ctrl-C here ends it ...")
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [str(PYTHON), "-m", "jupyterlab", *as_root, *options, FIRST_PAGE]
    server = subprocess.Popen(command, cwd=HERE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server: it ends its kernels
    return server.wait()


def lint():
    """Check layout, lint and types, all three, and return 1 if one of them fails."""
    set_up(DEVELOP)
    failed = []
    for name, command in CHECKS.items():
        say(f"Checking the {name}: {' '.join(command)}")
        if module(*command):
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "Layout, lint and types are right.")
    return 1 if failed else 0


def test(*options):
    """Run every check and every test; the tests come last, even where a check has failed."""
    failed = lint()
    command = [*TESTS, *options]
    say(f"Testing: {' '.join(command)}")
    return module(*command) or failed


def truth(*options):
    """Hold what the pages say against plain calculations of their own, at thousands of numbers."""
    set_up(DEVELOP)
    return module("pytest", "-q", "-s", "tests/truth", "--truth", "3000", *options)


def browser(*options):
    """Run only the tests in a browser, one at a time, and say how fast the sliders answer."""
    set_up(DEVELOP)
    return module("pytest", "-rs", "tests/browser", *options)


def html(*options):
    """Make web pages of the notebooks."""
    set_up()
    return module("tools.site", *options)


def refresh(*options):
    """Run the notebooks again and store what they show."""
    set_up()
    written = [["tools.twins"], ["tools.parameters"], ["tools.navigation"]]
    shown = [["tools.notebooks", *options], ["tools.readme"]]
    return max([module(*step) for step in written + shown])


def bench():
    """Measure the speed in an environment that also holds the peers."""
    global ENVIRONMENT, PYTHON
    PYTHON = HERE / ".venv-bench" / PYTHON.relative_to(ENVIRONMENT)
    ENVIRONMENT = HERE / ".venv-bench"
    set_up(PEERS)
    return module("benchmarks.run")


COMMANDS = {
    "lab": lab,
    "test": test,
    "lint": lint,
    "truth": truth,
    "browser": browser,
    "html": html,
    "refresh": refresh,
    "bench": bench,
}


def main(words):
    """Do what the command line asks for."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    name, *options = words or ["lab"]
    if name not in COMMANDS:
        sys.exit(__doc__)
    try:
        return COMMANDS[name](*options)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
