"""A checkout in miniature around the real launcher: a project that builds itself with nothing but the standard library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

LAUNCHER = Path(__file__).parents[2] / "folkmoot"

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "folkmoot"
version = "0"
requires-python = ">=3.11"

[dependency-groups]
dev = ["helping-hand @ {helper}"]
"""

BACKEND = '''
"""Notes that it was asked, waits while it is told to be slow, fails when told to, and builds a wheel that points here."""
import pathlib, time, zipfile
HERE = pathlib.Path(__file__).parent

def build_editable(folder, config_settings=None, metadata_directory=None):
    with (HERE / "built").open("a") as built:
        built.write("once\\n")
    while (HERE / "slow").exists():
        time.sleep(0.01)
    if (HERE / "broken").exists():
        raise RuntimeError("the backend is out of order")
    return build_wheel(folder)

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = (HERE / "name").read_text()
    with zipfile.ZipFile(pathlib.Path(folder, f"{name}-0-py3-none-any.whl"), "w") as wheel:
        about = f"{name}-0.dist-info"
        wheel.writestr(f"{name}.pth", str(HERE))
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 0\\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nGenerator: here\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{about}/RECORD", "")
    return f"{name}-0-py3-none-any.whl"
'''

ECHO = "import sys; print({name!r}, *sys.argv[1:], sys.stdin.read(), sep='|')"
UV = """#!{python}
import subprocess, sys
open(__file__ + ".asked", "a").write(" ".join(sys.argv[1:3]) + "\\n")
match sys.argv[1:]:
    case ["venv", "--python", python, venv]:
        command = [python, "-I", "-m", "venv", "--without-pip", venv]
    case ["pip", "install", "--python", python, *what]:
        command = [sys.executable, "-I", "-m", "pip", "--python", python, "install", *what]
sys.exit(subprocess.run(command).returncode if {works} else 2)
"""


class Checkout:
    """A folder with the launcher and a project whose `bot` and `tests.check` say what they were given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "LC_ALL": "C.UTF-8"}
        helper = folder / "helper"
        for place, name in ((folder, "folkmoot"), (helper, "helping_hand")):
            write(place / "name", name)
            write(place / "backend.py", BACKEND)
            write(place / "pyproject.toml", PROJECT.format(helper=helper.as_uri()))
        write(helper / "pyproject.toml", PROJECT.format(helper="").replace('"folkmoot"', '"helping-hand"').partition("[dep")[0])
        write(folder / "constraints.txt", "")
        write(folder / "bot" / "__main__.py", ECHO.format(name="bot"))
        write(folder / "tests" / "check.py", ECHO.format(name="check"))
        shutil.copy(LAUNCHER, folder)

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def packages(self) -> Path:
        return next(self.venv.glob("lib/python*/site-packages"))

    @property
    def builds(self) -> int:
        built = self.folder / "built"
        return len(built.read_text().splitlines()) if built.exists() else 0

    def without(self, *modules: str) -> "Checkout":
        """As on a Python that lacks these modules."""
        lacking = "".join(f"sys.modules[{name!r}] = None\n" for name in modules)
        write(self.folder.parent / "lacking" / "sitecustomize.py", f"import sys\n{lacking}")
        self.environment["PYTHONPATH"] = str(self.folder.parent / "lacking")
        return self

    def with_uv(self, works: bool = True) -> Path:
        """A uv that does with venv and pip what it is asked for, and notes it; the path of its notes."""
        uv = self.folder.parent / "programs" / "uv"
        write(uv, UV.format(python=sys.executable, works=works))
        uv.chmod(0o755)
        self.environment["PATH"] = f"{uv.parent}:/usr/bin:/bin"
        return uv.with_name("uv.asked")

    def popen(self, *arguments: str, launcher: Path | None = None, **options: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, str(launcher or self.folder / "folkmoot"), *arguments]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(command, env=self.environment, text=True, **{"cwd": "/", **pipes, **options})

    def start(self, *arguments: str, typed: str = "", launcher: Path | None = None, **options: Any) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        process = self.popen(*arguments, launcher=launcher, **options)
        said, complained = process.communicate(typed, timeout=60)
        return process.returncode, said.strip(), complained.strip()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
