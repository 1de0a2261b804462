"""Put the tables of facts, which lie beside the package in `data/`, into what is built."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class WithFacts(build_py):
    """Copy the tables into the package; an editable install reads them where they lie."""

    def run(self) -> None:
        """Copy what every build has, then the tables."""
        super().run()
        if not self.editable_mode:
            copytree("data", Path(self.build_lib, "jiebei", "data"), dirs_exist_ok=True)


setup(cmdclass={"build_py": WithFacts})
