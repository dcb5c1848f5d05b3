"""A bot under a service manager and a monitor: what it tells them, what it tells nobody, and the files that it prints for them."""

import json
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.operating.figures import Figures
from bot.operating.files import ROOT
from tests.kills.conftest import bots, remote
from tests.kills.house import House
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true
from tests.support.waiting_port import free_port
from tests.support.zygote import Zygote

__all__ = ["bots", "remote"]


def fetched(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as no:
        return no.code, no.read().decode()


def everything_in(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def test_a_whole_life_tells_its_monitor_how_it_goes_and_nobody_its_secrets(bots: Zygote, remote: Remote, tmp_path: Path) -> None:
    """Run, spoken to, watched, stopped, exported and copied: the token stands in the configuration and nowhere else."""
    port, house = free_port(), House(bots, tmp_path / "house").on_telegram(remote)
    house.sections["operations"] = {"listen": f"127.0.0.1:{port}", "log": "json"}
    anna = remote.person("Anna Secretname")
    group = remote.group(members=[anna])
    life = house.starts_well()
    remote.says(anna, group, "/join")
    await_true(lambda: any("It holds 1 name" in str(message) for message in remote.messages(group)), "the answer")
    code, metrics = fetched(port, "/metrics")
    assert code == 200
    for line in (
        "folkmoot_rooms 1.0",
        'folkmoot_events_total{platform="telegram"} ',
        "folkmoot_well 1.0",
        "process_resident_memory_bytes ",
    ):
        assert line in metrics
    assert fetched(port, "/health") == (200, '{"health": "well", "troubles": []}')
    assert fetched(port, "/")[0] == 404
    assert not re.search(rf"Secretname|{group}|{anna}\b", metrics)
    assert life.terminate() == cli.OK
    assert cli.main(["backup", "--config", str(house.config)]) == cli.OK
    assert cli.main(["export", str(house.folder / "out"), "--config", str(house.config)]) == cli.OK
    house.is_discreet("Secretname")
    told = [json.loads(line) for line in house.told().splitlines() if line.startswith("{")]
    assert all({"at", "level", "logger", "what"} <= line.keys() for line in told)
    token = remote.token.encode()
    assert [file for file in everything_in(tmp_path) if token in file.read_bytes()] == [house.config]
    assert [file for file in everything_in(tmp_path) if file.stat().st_mode & 0o077] == []


def test_an_address_that_is_taken_is_named(bots: Zygote, remote: Remote, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house = House(bots, tmp_path / "house").on_telegram(remote)
        house.sections["operations"] = {"listen": f"127.0.0.1:{taken.getsockname()[1]}"}
        life = house.starts()
        await_true(lambda: life.over, "the end")
    assert "names an address that cannot be had" in house.told()


def test_secrets_that_everybody_may_read_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, token = tmp_path / "config.toml", tmp_path / "token"
    token.write_text("12345:AAAAAAAAAAAAAAAAAAAAAAAA")
    for text, open_one in (('token = "12345:AAAAAAAAAAAAAAAAAAAAAAAA"', config), (f'token_file = "{token}"', token)):
        config.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/new.sqlite"\n[telegram]\n{text}\n')
        open_one.chmod(0o604)
        assert cli.main(["run", "--config", str(config)]) == cli.CONFIG
        said = capsys.readouterr().err
        assert f"chmod 600 '{open_one}'" in said
        assert "12345" not in said
        open_one.chmod(0o600)


def test_a_configuration_without_secrets_may_be_read(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/new.sqlite"\nbackups = "{tmp_path}/kept"\n')
    config.chmod(0o644)
    assert cli.main(["doctor", "--config", str(config)]) != cli.CONFIG


def test_health_names_troubles_in_words_for_machines() -> None:
    calm = {
        "version": "1",
        "rooms": 0,
        "waiting": 0,
        "oldest_waiting": 0.0,
        "dead_letters": 0,
        "turned_away": {},
        "last_backup": None,
    }
    assert list(Figures(**calm, unsettled=0, silence={"matrix": 119.0}).troubles()) == []  # type: ignore[arg-type]
    ill = Figures(**calm, unsettled=1, silence={"matrix": 121.0})  # type: ignore[arg-type]
    assert list(ill.troubles()) == ["matrix not heard", "something due is not done"]


def test_the_service_that_is_printed_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["unit", "--user", "folkmoot", "--config", "/etc/folkmoot/config.toml"]) == cli.OK
    printed = capsys.readouterr().out
    assert f"WorkingDirectory={ROOT}" in printed
    assert "{" not in printed
    for line in ("UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict", "RestartPreventExitStatus=2 3 4"):
        assert line in printed
    if (tool := shutil.which("systemd-analyze")) is not None:
        file = tmp_path / "folkmoot.service"
        file.write_text(printed)
        done = subprocess.run([tool, "verify", str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, [line for line in done.stderr.splitlines() if "folkmoot.service" in line]) == (0, [])


def test_the_container_file_names_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["container"]) == cli.OK
    printed = capsys.readouterr().out
    assert "constraints.txt" in printed
    assert (ROOT / "constraints.txt").is_file()
    assert json.loads(re.findall(r"^CMD (.*)$", printed, re.MULTILINE)[0])[0] == "run"
