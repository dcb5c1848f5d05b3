"""What is installed beside the bot: pinned by name and version, free to use with an MIT project, and from no named place."""

import ipaddress
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.habits.tree import files, text

PROJECT = tomllib.loads(text(Path("pyproject.toml")))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME = [*PROJECT["project"]["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]
FREE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|LGPL|MPL|OFL|Mozilla|Lesser|Python Software Foundation|Internet Systems Consortium)")
STRICT = re.compile(r"(?<!L)GPL|SSPL|BUSL|Commons Clause|Proprietary")
DEEDS = {"Permission is hereby granted, free of charge": "MIT", "Apache License": "Apache-2.0"}  # how a licence's text begins
INDEX = re.compile("|".join([r"pypi\.or" + "g", r"pythonhosted\.or" + "g", r"artifac" + "tory", r"https?://\S+/simple"]))
ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


def installed(requirements: list[str]) -> Iterator[Distribution]:
    """These and all that they need, here and now."""
    waiting, seen = [Requirement(each) for each in requirements], set()
    while waiting:
        asked = waiting.pop()
        key = (canonicalize_name(asked.name), frozenset(asked.extras))
        if key not in seen:
            seen.add(key)
            found = distribution(asked.name)
            waiting += needed(found, asked.extras)
            yield found


def needed(found: Distribution, extras: set[str]) -> list[Requirement]:
    every = [Requirement(line) for line in found.requires or []]
    return [each for each in every if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in {"", *extras})]


def licence(found: Distribution) -> str:
    """What the package says of itself, else what its licence file is."""
    about = found.metadata
    said = [*about.get_all("License-Expression", []), *about.get_all("License", []), *about.get_all("Classifier", [])]
    words = " ".join(part[:80] for part in said if "::" not in part or part.startswith("License"))
    return words.strip() or " ".join(name for deed, name in DEEDS.items() if deed in licence_file(found))


def licence_file(found: Distribution) -> str:
    return "".join(file.read_text() for file in found.files or [] if file.name.startswith(("LICENSE", "LICENCE", "COPYING")))


def test_every_licence_goes_with_ours() -> None:
    said = {found.name: licence(found) for found in installed(RUNTIME)}
    assert {name: words for name, words in said.items() if not FREE.search(words) or STRICT.search(words)} == {}


def test_constraints_are_names_and_versions() -> None:
    lines = text(Path("constraints.txt")).splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.!+]+", line)] == []
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(names)


def test_everything_that_is_asked_for_is_pinned() -> None:
    pinned = {line.partition("==")[0] for line in text(Path("constraints.txt")).splitlines()}
    assert {canonicalize_name(found.name) for found in installed(RUNTIME + DEVELOPMENT)} - pinned == set()


def test_no_file_names_a_package_index_or_a_machine() -> None:
    found = {}
    for path in files():
        words = written(path)
        machines = [] if path.name == "constraints.txt" else [each for each in ADDRESS.findall(words) if is_a_machine(each)]
        if INDEX.search(words) or machines:
            found[str(path)] = machines
    assert found == {}


def written(path: Path) -> str:
    try:
        return text(path)
    except UnicodeDecodeError:
        return ""


def is_a_machine(address: str) -> bool:
    """Whether somebody could be reached there: not this machine, and not an address set aside for examples."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    examples = [ipaddress.ip_network(network) for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
    return not (place.is_loopback or place.is_unspecified or any(place in network for network in examples))
