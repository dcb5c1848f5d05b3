"""config.toml: what is written there is what holds; each mistake names file, key and what is expected, and no secret."""

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import quicknet
from bot.settings import ConfigFault, DrawSettings, GroupSettings, MatrixSettings, Settings, TelegramSettings, load, secret, section

TOKEN, PASSWORD = "1234567890:AAtelegram-token-that-nobody-may-see", "correct horse battery staple"


def loaded(folder: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    file = folder / "config.toml"
    file.write_text(text)
    return load(file, environment or {})


def fault(folder: Path, text: str, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigFault) as caught:
        loaded(folder, text, environment)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def test_nothing_written_means_the_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Settings()
    assert (Settings().telegram, Settings().matrix) == (None, None)


def test_everything_written(tmp_path: Path) -> None:
    text = f"""
    [database]
    url = "postgresql://folkmoot:{PASSWORD.replace(" ", "")}@host/name"
    [telegram]
    token = "{TOKEN}"
    base_url = "http://127.0.0.1:8081/bot"
    [matrix]
    homeserver = "https://example.org"
    user_id = "@folkmoot:example.org"
    password = "{PASSWORD}"
    allow_invites_from = ["@anna:example.org", "*:example.org"]
    [draw]
    window = "2m"
    [group]
    language = "es"
    zone = "Europe/Madrid"
    digest = "weekly 9"
    wait_for_platform = "2h"
    """
    settings = loaded(tmp_path, text)
    assert settings.telegram == TelegramSettings(TOKEN, base_url="http://127.0.0.1:8081/bot")
    assert settings.matrix is not None
    assert settings.matrix.allow_invites_from == ("@anna:example.org", "*:example.org")
    assert settings.draw == DrawSettings(timedelta(minutes=2))
    assert settings.group == GroupSettings("es", "Europe/Madrid", "weekly 9", timedelta(hours=2))
    assert not any(hidden in repr(settings) for hidden in (TOKEN, PASSWORD, PASSWORD.replace(" ", "")))


MISTAKES = {
    "not toml": ("[telegram\n", "this is not TOML, at line 1."),
    "twice the same": ('[draw]\nwindow = "5s"\nwindow = "6s"\n', "this is not TOML, at line 3."),
    "unknown section": (
        "[telegramm]",
        "there is no section [telegramm]; the sections are database, telegram, matrix, draw, group, commands, operations.",
    ),
    "unknown key": ('[telegram]\ntokn = "x"', "[telegram] has no key 'tokn'; it has token, token_file, "),
    "not a section": ('telegram = "x"', "telegram is a section, so write [telegram] on a line of its own."),
    "no token": ("[telegram]", "[telegram] needs a token or a token_file"),
    "a number for a text": ("[telegram]\ntoken = 5", "[telegram] token is text, so put it in quotes."),
    "a list for a text": ('[telegram]\ntoken = ["x"]', "[telegram] token is text, so put it in quotes."),
    "a line end": (f'[telegram]\ntoken = "{TOKEN}\\n"', "[telegram] token holds a line end or another invisible character"),
    "a nul": (f'[telegram]\ntoken = "{TOKEN}\\u0000"', "[telegram] token holds a line end or another invisible character"),
    "a shared file": ("[database]\nshared = true", "[database] shared = true needs PostgreSQL"),
    "shared by half": ('[database]\nshared = "half"', "[database] shared is true or false."),
    "a webhook in clear": (
        f'[telegram]\ntoken = "{TOKEN}"\nwebhook_url = "http://a.example/hook"',
        "[telegram] webhook_url is an address with https and a path",
    ),
    "a webhook for all paths": (
        f'[telegram]\ntoken = "{TOKEN}"\nwebhook_url = "https://a.example"',
        "[telegram] webhook_url is an address with https and a path",
    ),
    "a webhook without a port": (
        f'[telegram]\ntoken = "{TOKEN}"\nwebhook_url = "https://a.example/hook"\nwebhook_listen = "localhost"',
        "[telegram] webhook_listen is an address and a port",
    ),
    "two webhooks on one port": (
        "".join(f'[telegram.{name}]\ntoken = "{TOKEN}"\nwebhook_url = "https://a.example/{name}"\n' for name in ("a", "b")),
        "two bots have the same webhook_listen",
    ),
    "a named bot without a token": ("[telegram.north]", "[telegram.north] needs a token or a token_file"),
    "a named bot's unknown key": ("[telegram.north]\ntokn = 1", "[telegram.north] has no key 'tokn'"),
    "a name with a space": (f'[telegram."the north"]\ntoken = "{TOKEN}"', "[telegram.the north] is named with small letters"),
    "no homeserver": ('[matrix]\nuser_id = "@a:b"', "[matrix] needs homeserver and user_id."),
    "no way in": (
        '[matrix]\nhomeserver = "https://b"\nuser_id = "@a:b"',
        "[matrix] needs a password, a password_file, or an access_token",
    ),
    "token without device": (
        '[matrix]\nhomeserver = "https://b"\nuser_id = "@a:b"\naccess_token = "syt_x"',
        "[matrix] needs a password, a password_file, or an access_token with its device_id.",
    ),
    "invites": ("[matrix]\nallow_invites_from = 5", "[matrix] allow_invites_from is a list of words in quotes"),
    "numbers in invites": ("[matrix]\nallow_invites_from = [5]", "[matrix] allow_invites_from is a list of words in quotes"),
    "window": ('[draw]\nwindow = "soon"', '[draw] window is a time such as "30s", "5m" or "1h".'),
    "window in seconds": ("[draw]\nwindow = 30", '[draw] window is a time such as "30s", "5m" or "1h".'),
    "window below": ('[draw]\nwindow = "4s"', "[draw] window is between 5s and 1d."),
    "window above": ('[draw]\nwindow = "999999d"', "[draw] window is between 5s and 1d."),
    "chance": ('[draw]\nchance = "dice"', '[draw] chance is "hat" or "beacon".'),
    "relays": (
        '[draw]\nrelays = ["http://api.drand.sh"]',
        "[draw] relays are addresses such as https://api.drand.sh",
    ),
    "language": ('[group]\nlanguage = "tlh"', "[group] language is one of en, es."),
    "zone": ('[group]\nzone = "Mars/Olympus"', "[group] zone is the name of a time zone such as Europe/Berlin."),
    "zone in another spelling": (
        '[group]\nzone = "europe/berlin"',
        "[group] zone is the name of a time zone such as Europe/Berlin.",
    ),
    "no wait at all": ('[group]\nwait_for_platform = "59s"', "[group] wait_for_platform is between 1m and 7d."),
    "a wait without end": ('[group]\nwait_for_platform = "8d"', "[group] wait_for_platform is between 1m and 7d."),
    "deep": ("x = " + "[" * 100_000, "this is not TOML."),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_each_mistake_is_told_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    said = fault(tmp_path, text)
    assert said.startswith(f"{tmp_path / 'config.toml'}: {words}")
    assert said.endswith(".")
    assert TOKEN not in said


tables = st.dictionaries(
    st.sampled_from(["token", "token_file", "password", "x"]), st.text() | st.integers() | st.none(), max_size=3
)


@given(tables)
def test_whatever_stands_there_the_message_never_quotes_a_value(table: dict[str, object]) -> None:
    marked = {key: f"{value}{TOKEN}" if isinstance(value, str) else value for key, value in table.items()}
    for name in ("telegram", "matrix"):
        assert TOKEN not in said_of(name, marked)


def said_of(name: str, table: dict[str, object]) -> str:
    try:
        section(Path("config.toml"), name, table)
    except ConfigFault as mistake:
        return str(mistake)
    return ""


def test_the_beacon_without_its_library_is_refused_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(tmp_path, '[draw]\nchance = "beacon"').draw.chance == "beacon"
    monkeypatch.setitem(sys.modules, quicknet.LIBRARY, None)
    assert "-m pip install py-arkworks-bls12381, or choose" in fault(tmp_path, '[draw]\nchance = "beacon"')
    assert loaded(tmp_path, '[draw]\nchance = "hat"').draw.chance == "hat"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.toml", "does not exist"), (tmp_path, "cannot be read")):
        with pytest.raises(ConfigFault, match=re.escape(str(path)) + f" {words}"):
            load(path, {})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe" + TOKEN.encode())
    with pytest.raises(ConfigFault, match="cannot be read") as caught:
        load(tmp_path / "bytes.toml", {})
    assert TOKEN not in str(caught.value)


# the environment


def test_every_key_can_come_from_the_environment(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        '[telegram]\ntoken = "from the file"\nbase_url = "http://127.0.0.1/bot"',
        {
            "FOLKMOOT_TELEGRAM__TOKEN": TOKEN,
            "FOLKMOOT_DRAW__WINDOW": "1h",
            "FOLKMOOT_MATRIX__HOMESERVER": "https://b",
            "FOLKMOOT_MATRIX__USER_ID": "@a:b",
            "FOLKMOOT_MATRIX__PASSWORD": PASSWORD,
            "FOLKMOOT_MATRIX__ALLOW_INVITES_FROM": "@anna:b, *:c ,",
            "PATH": "/bin",
            "FOLKMOOT": "x",
            "FOLKMOOT_HOME": "y",
        },
    )
    assert settings.telegram == TelegramSettings(TOKEN, base_url="http://127.0.0.1/bot")
    assert settings.draw.window == timedelta(hours=1)
    assert settings.matrix is not None
    assert settings.matrix.allow_invites_from == ("@anna:b", "*:c")


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    """As compose files hand them on."""
    settings = loaded(tmp_path, "", {"FOLKMOOT_TELEGRAM__TOKEN": "", "FOLKMOOT_DRAW__WINDOW": ""})
    assert settings == Settings()


def test_mistakes_in_the_environment_are_told_as_well(tmp_path: Path) -> None:
    assert "[telegram] has no key 'tokn'" in fault(tmp_path, "", {"FOLKMOOT_TELEGRAM__TOKN": TOKEN})
    assert "there is no section [telegramm]" in fault(tmp_path, "", {"FOLKMOOT_TELEGRAMM__TOKEN": TOKEN})
    assert "[draw] window is a time such as" in fault(tmp_path, "", {"FOLKMOOT_DRAW__WINDOW": "soon"})


def test_the_environment_alone(tmp_path: Path) -> None:
    environment = {"FOLKMOOT_TELEGRAM__TOKEN": TOKEN}
    assert load(tmp_path / "none.toml", environment, may_lack=True).telegram == TelegramSettings(TOKEN)


# secrets in files


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"  {TOKEN}\n")
    assert secret(Path("c"), "[telegram] token_file", "", str(file)) == TOKEN
    assert secret(Path("c"), "[telegram] token_file", "given", str(file)) == "given"
    assert secret(Path("c"), "[telegram] token_file", "", "") == ""


@pytest.mark.parametrize("content", [b"", b"\n", f"{TOKEN}\n{TOKEN}".encode(), f"{TOKEN}\0".encode(), b"\xff", None], ids=repr)
def test_a_file_that_holds_no_secret(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigFault, match=r"^c.toml: .*\[telegram\] token_file.*\.$") as caught:
        secret(Path("c.toml"), "[telegram] token_file", "", str(file))
    assert TOKEN not in str(caught.value)


def test_several_accounts_each_under_its_name(tmp_path: Path) -> None:
    told = f"""
[telegram]
token = "{TOKEN}"
[telegram.north]
token_file = "north"
[matrix.south]
homeserver = "https://b"
user_id = "@a:b"
password_file = "south"
"""
    file = tmp_path / "config.toml"
    file.write_text(told)
    settings = load(file, {"FOLKMOOT_TELEGRAM__WEST__TOKEN": TOKEN, "FOLKMOOT_DATABASE__SHARED": "false"})
    assert sorted(settings.accounts) == ["matrix.south", "telegram", "telegram.north", "telegram.west"]
    assert settings.matrix is None
    south = settings.accounts["matrix.south"]
    assert isinstance(south, MatrixSettings)
    assert south.store_dir.endswith("matrix-south")
