#!/usr/bin/env python3
"""Set the suite up and use it, with nothing but Python 3.11 or newer (on Windows: py start.py).

    python3 start.py             open the notebooks in JupyterLab, in the language of the system
    python3 start.py lab zh      open the Chinese ones, menus and all (lab en: the English ones)
    python3 start.py help        say what else there is; every command is in COMMANDS below

Whatever follows a command is handed on: to JupyterLab, to pytest, to the tool.
All packages go into the folder .venv beside this file (the peers of `bench` into .venv-bench);
deleting it undoes the set-up. What it prints stands in jiebei/language/words/start.csv.
"""

import csv
import hashlib
import json
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
FIRST_PAGES = {
    "en": "notebooks/00_start_here.ipynb",
    "zh": "notebooks/zh/00_start_here.ipynb",
}
WORDS = "jiebei/language/words/start.csv"

# JupyterLab's own words, and no question in the corner whether to fetch news. These are defaults
# of the environment: what readers have chosen in JupyterLab's settings goes before.
LAB_DEFAULTS = "share/jupyter/lab/settings/overrides.d/jiebei.json"
LOCALES = {"en": "en", "zh": "zh_CN"}

# What the kernels of the environment begin with. It lies in .venv: nothing of the reader's is
# touched.
STARTUP = "etc/ipython/startup/10-as-typed.py"
READ_AS_TYPED = 'get_ipython().extension_manager.load_extension("jiebei.notebook.as_typed")\n'
KERNEL = "etc/ipython/ipython_kernel_config.json"  # no English warnings in the reader's terminal
QUIET = '{"IPKernelApp": {"log_level": 40}}\n'

CHECKS = {
    "layout": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
}
# The cells of a notebook belong together, so a worker gets whole files. They are taken in turn: the
# browser's take longest and come early. What is left out is named, with the reason.
TESTS = ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-rs"]


# ---- in the reader's language --------------------------------------------------------------------


def system_language():
    """Return "zh" where the system speaks Chinese, else "en"."""
    if os.name == "nt":
        import ctypes

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "zh" if primary == 0x04 else "en"  # as Windows counts languages
    named = [os.environ.get(each, "") for each in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next((each for each in named if each.split(".")[0] not in ("", "C", "POSIX")), "")
    if not chosen and sys.platform == "darwin":
        asked = ["defaults", "read", "-g", "AppleLanguages"]  # the first of a list in brackets
        chosen = subprocess.run(asked, capture_output=True, text=True).stdout.strip('( \n"')
    return "zh" if chosen.startswith("zh") else "en"


def words(key, **fields):
    """Return words in the reader's language."""
    with (HERE / WORDS).open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    return rows[f"start.{key}"][language].format(**fields)


def say(key, **fields):
    """Print words at once, also into a pipe."""
    print(words(key, **fields), flush=True)


language = system_language()  # what `lab zh` and `lab en` change


def after_language(options):
    """Speak the language that is asked for first, if one is, and return the other options."""
    global language
    if options and options[0] in FIRST_PAGES:
        language, *options = options
    return options


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
    say("install", listing=listing)
    pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement", listing]
    if module("pip", *pip):
        sys.exit(words("not_installed", listing=listing))
    stamp(listing).write_text(fingerprint(listing))


def make_environment():
    """Make an empty environment, in place of an earlier one."""
    if Path(sys.prefix).resolve() == ENVIRONMENT:
        sys.exit(words("deactivate"))
    say("environment")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]):
        sys.exit(words("no_environment"))


def keep(name, text):
    """Write a file of the environment, unless it says so already."""
    file = ENVIRONMENT / name
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def prepare_kernels():
    """Let kernels read the grey cell of a notebook as people type it, and warn of nothing."""
    keep(STARTUP, READ_AS_TYPED)
    keep(KERNEL, QUIET)


def lab_defaults(lang):
    """Return the settings that JupyterLab begins with."""
    settings = {
        "translation-extension:plugin": {"locale": LOCALES[lang]},
        "apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    return json.dumps({f"@jupyterlab/{name}": each for name, each in settings.items()}, indent=1)


def set_up(*more):
    """Install what is missing; a second time this takes no time."""
    if not installed(RUN):
        make_environment()
        install(RUN)
        say("fonts")
        subprocess.call([str(PYTHON), "-c", "import matplotlib.font_manager"], cwd=HERE)
    prepare_kernels()
    for listing in more:
        if not installed(listing):
            install(listing)


# ---- the commands --------------------------------------------------------------------------------


def lab(*options):
    """Open JupyterLab on the first page, in the language that is asked for or the system's."""
    options = after_language(options)
    set_up()
    keep(LAB_DEFAULTS, lab_defaults(language))
    say("lab")
    command = [str(PYTHON), "-m", "jupyterlab", *lab_options(language), *options]
    server = subprocess.Popen(command, cwd=HERE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server: it ends its kernels
    return server.wait()


def lab_options(lang):
    """Return how JupyterLab starts: on which page, with which files and tabs, and few words."""
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    tabs = ENVIRONMENT / "share" / "jupyter" / "lab" / "workspaces" / lang
    page = f"--LabApp.default_url=/lab/tree/{FIRST_PAGES[lang]}"
    folders = [f"--ServerApp.root_dir={HERE}", f"--LabApp.workspaces_dir={tabs}"]
    few_words = ["-y", "--log-level=ERROR", "--LabApp.log_level=ERROR"]
    return [*as_root, page, *folders, *few_words]


def mine(*options):
    """Fill a copy of the pages with the reader's own numbers; make the file for them first."""
    options = after_language(options)
    set_up()
    return module("tools.mine", language, *options)


def lint():
    """Check layout, lint and types, all three, and return 1 if one of them fails."""
    set_up(DEVELOP)
    failed = []
    for name, command in CHECKS.items():
        say(f"check_{name}", command=" ".join(command))
        if module(*command):
            failed.append(words(name))
    say("failed" if failed else "right", failed=", ".join(failed))
    return 1 if failed else 0


def test(*options):
    """Run every check and every test; the tests come last, even where a check has failed."""
    failed = lint()
    command = [*TESTS, *options]
    say("test", command=" ".join(command))
    return module(*command) or failed


def truth(*options):
    """Hold what the pages say against plain calculations of their own, at hundreds of numbers."""
    set_up(DEVELOP)
    return module("pytest", "-q", "-n", "auto", "tests/truth", "--truth", "200", *options)


def mutants(*options):
    """Make small faults in copies, one at a time, and see which ones the tests notice."""
    set_up(DEVELOP)
    return module("tools.mutants", *options)


def browser(*options):
    """Run only the tests in a browser, one at a time, and say how fast the sliders answer."""
    set_up(DEVELOP)
    return module("pytest", "-rs", "tests/browser", *options)


def html(*options):
    """Make web pages of the notebooks."""
    set_up()
    return module("tools.site", *options)


def sheets(*options):
    """Draw every chart at ordinary and extreme numbers, side by side."""
    set_up(DEVELOP)
    return module("tools.sheets", *options)


def refresh(*options):
    """Run the notebooks again and store what they show, and what they say at other numbers."""
    set_up()
    written = [["tools.twins"], ["tools.parameters"], ["tools.navigation"]]
    named = [each for each in options if each.endswith(".ipynb")]
    shown = [["tools.notebooks", *options], ["tools.readme"], ["tools.said", *named]]
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
    "mine": mine,
    "test": test,
    "lint": lint,
    "truth": truth,
    "mutants": mutants,
    "browser": browser,
    "html": html,
    "sheets": sheets,
    "refresh": refresh,
    "bench": bench,
}


def main(asked):
    """Do what the command line asks for."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(words("python", version=sys.version.split()[0]))
    name, *options = asked or ["lab"]
    if name not in COMMANDS:
        sys.exit(words("usage"))
    try:
        return COMMANDS[name](*options)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a console without Chinese letters shows a mark
    sys.exit(main(sys.argv[1:]))
