"""Tokens and passwords that are none, or are none any more: an exit code and a sentence, or the other platform goes on."""

import json
import urllib.request
from typing import Any

import pytest

from tests.kills.house import House
from tests.kills.square import CONFIG, OK, Square, all_counted
from tests.support.botapi.remote import Remote
from tests.support.synapse import Synapse
from tests.support.waiting import await_true

HOOK = "https://elsewhere.example/hook"


def ask(remote: Remote, method: str, **parameters: Any) -> Any:
    """As any other holder of the token could."""
    asked = urllib.request.Request(
        f"{remote.base_url}{remote.token}/{method}", json.dumps(parameters).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)["result"]


def revoke(house: House, synapse: Synapse) -> None:
    """Log the bot's device out."""
    [token] = house.access_tokens()
    synapse.call("POST", "/_matrix/client/v3/logout", {}, token)


def test_a_webhook_is_set(served: House, remote: Remote) -> None:
    """It is somebody's, and stays."""
    ask(remote, "setWebhook", url=HOOK)
    life = served.starts()
    assert life.wait() == CONFIG
    assert "A webhook is set for this token" in life.said()
    assert ask(remote, "getWebhookInfo")["url"] == HOOK


def test_a_webhook_is_set_while_it_runs(served: House, remote: Remote) -> None:
    life = served.starts_well()
    ask(remote, "setWebhook", url=HOOK)
    assert life.wait() == CONFIG
    assert "A webhook is set for this token" in life.said()


@pytest.mark.parametrize("token", ["12345:wrong-but-of-the-right-shape-0123456789", "nonsense", "7000000001:" + "x" * 35])
def test_a_token_that_is_none(moot: House, remote: Remote, token: str) -> None:
    life = moot.on_telegram(remote, token).starts()
    assert life.wait() == CONFIG
    assert "Telegram does not accept this login" in life.said()
    moot.is_discreet()


def test_a_password_that_is_none(moot: House, synapse: Synapse) -> None:
    moot.on_matrix(synapse.register())
    moot.sections["matrix"]["password"] = "mistaken horse"
    life = moot.starts()
    assert life.wait() == CONFIG
    assert "Matrix does not accept this login" in life.said()
    moot.is_discreet("mistaken horse")


def test_the_matrix_login_is_revoked_while_it_runs(moot: House, synapse: Synapse) -> None:
    life = moot.on_matrix(synapse.register()).starts_well()
    revoke(moot, synapse)
    assert life.wait() == CONFIG
    assert "Matrix does not accept this login" in life.said()
    assert moot.starts().wait() == CONFIG, "it does not make a new device by itself"
    moot.is_discreet()


def test_telegram_goes_on_when_the_matrix_login_is_revoked(served: House, remote: Remote, synapse: Synapse) -> None:
    square = Square(remote)
    life = served.on_matrix(synapse.register()).starts_well()
    revoke(served, synapse)
    await_true(lambda: "listening ended" in life.said(), "word of the end")
    square.taps()
    await_true(lambda: all_counted(served), "all presses counted once")
    assert life.terminate() == OK
    served.is_discreet("Sparrow", "square")
