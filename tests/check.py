"""The whole check, `./folkmoot test`: style, types, imports and tests; nothing stops it, and any failure fails it.

`--all` adds the long suites. Whatever else is given goes to pytest. `--pin` writes constraints.txt anew from what .venv
holds; to move to newer versions, first: .venv/bin/python -m pip install -U --upgrade-strategy eager -e . --group dev
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
OWN, TOOLS = "folkmoot", {"pip", "uv"}  # what .venv holds besides what it was asked for
STATIC = {
    "style": ("ruff", "check", "--quiet", "."),
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "imports": ("lint-imports", "--no-logo"),
    "types": ("mypy",),
}


@dataclass(frozen=True)
class Verdict:
    """How one static check went; `told` is what it had to say."""

    name: str
    passed: bool
    seconds: float
    told: str

    @property
    def line(self) -> str:
        return f"{self.name:8} {'passed' if self.passed else 'FAILED'} in {self.seconds:.1f}s"


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    tidy_environment()
    if arguments == ["--pin"]:
        return pin()
    failed = [verdict for verdict in verdicts() if not verdict.passed]
    outcome = pytest.main(options(arguments), plugins=[Reminder(failed)])
    return 1 if failed or outcome else 0


def tidy_environment() -> None:
    """The checks see neither the settings of a bot that runs here, nor colours where nobody looks."""
    for name in list(os.environ):
        if name.startswith("FOLKMOOT_") or name == "PYTHONDONTWRITEBYTECODE":
            del os.environ[name]
    if not sys.stdout.isatty():
        os.environ.pop("FORCE_COLOR", None)
        os.environ |= {"NO_COLOR": "1", "PY_COLORS": "0"}


def verdicts() -> list[Verdict]:
    """The static checks side by side, each announced as it ends."""
    with ThreadPoolExecutor() as side_by_side:
        running = [side_by_side.submit(verdict, name, *command) for name, command in STATIC.items()]
        return [announced(future.result()) for future in running]


def verdict(name: str, tool: str, *arguments: str) -> Verdict:
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return Verdict(name, done.returncode == 0, time.monotonic() - began, (done.stdout + done.stderr).strip())


def announced(verdict: Verdict) -> Verdict:
    print(verdict.line if verdict.passed else f"{verdict.line}\n{verdict.told}\n", flush=True)
    return verdict


def options(arguments: list[str]) -> list[str]:
    rest = [argument for argument in arguments if argument != "--all"]
    return (["-m", ""] if "--all" in arguments else []) + rest


@dataclass(frozen=True)
class Reminder:
    """Says before pytest's last line what failed before pytest began."""

    failed: list[Verdict]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for verdict in self.failed:
            terminalreporter.write_line(verdict.line)


def pin() -> int:
    CONSTRAINTS.write_text("\n".join(pins()) + "\n")
    return 0


def pins() -> list[str]:
    found = {canonical(each.name): each.version for each in distributions()}
    return [f"{name}=={version}" for name, version in sorted(found.items()) if name not in {OWN, *TOOLS}]


def canonical(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
