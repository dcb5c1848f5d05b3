"""The bot's accounts as the configuration names them: their adapters, their secrets, and the locks that keep each to one bot."""

import contextlib
import hmac
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from bot.chat.adapter import Adapter
from bot.features import FEATURES
from bot.holding import held_account
from bot.language import LANGUAGES, Voice
from bot.settings import ConfigFault, MatrixSettings, Settings, TelegramSettings, data_dir, secret

if TYPE_CHECKING:
    from adapters.telegram.webhook import Hook

SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


@contextlib.contextmanager
def accounts_held(path: Path, settings: Settings) -> Iterator[None]:
    """All of them, for as long as the block lasts. Raises Held."""
    folder, shared_on = data_dir() / "accounts", settings.database.url if settings.database.shared else ""
    with contextlib.ExitStack() as stack:
        for name, told in settings.accounts.items():
            stack.enter_context(held_account(folder, name.partition(".")[0], identity(path, name, told), shared_on))
        yield


def identity(path: Path, name: str, told: TelegramSettings | MatrixSettings) -> str:
    """The same account has the same, however it logs in."""
    if isinstance(told, MatrixSettings):
        return f"{told.homeserver} {told.user_id}"
    return f"{told.base_url}{token_of(path, name, told).partition(':')[0]}"


def token_of(path: Path, name: str, told: TelegramSettings) -> str:
    return secret(path, f"[{name}] token_file", told.token, told.token_file)


def password_of(path: Path, name: str, told: MatrixSettings) -> str:
    return secret(path, f"[{name}] password_file", told.password, told.password_file)


def secrets_of(path: Path, settings: Settings) -> list[str]:
    """Everything that no log may ever show."""
    kept = [make_url(settings.database.url).password or ""]
    for name, told in settings.accounts.items():
        if isinstance(told, MatrixSettings):
            kept += [told.access_token, password_of(path, name, told)]
        else:
            token = token_of(path, name, told)
            kept += [token, webhook_secret(path, name, told, token)]
    return kept


def adapters_of(path: Path, settings: Settings) -> list[Adapter]:
    """Each library is loaded only if it is needed."""
    return [
        on_matrix(path, name, told) if isinstance(told, MatrixSettings) else on_telegram(path, name, told)
        for name, told in settings.accounts.items()
    ]


def on_telegram(path: Path, name: str, told: TelegramSettings) -> Adapter:
    from adapters.telegram import TelegramAdapter

    token = token_of(path, name, told)
    hook = hook_of(path, name, told, token) if told.webhook_url else None
    return TelegramAdapter(token, told.base_url, told.base_file_url, menu=menu(), account=name, hook=hook)


def on_matrix(path: Path, name: str, told: MatrixSettings) -> Adapter:
    from adapters.matrix import MatrixAdapter

    return MatrixAdapter(
        told.homeserver,
        told.user_id,
        Path(told.store_dir).expanduser(),
        password=password_of(path, name, told) or None,
        access_token=told.access_token or None,
        device_id=told.device_id or None,
        allow_invites_from=told.allow_invites_from,
        account=name,
    )


def hook_of(path: Path, name: str, told: TelegramSettings, token: str) -> "Hook":
    from adapters.telegram.webhook import Hook

    host, _, port = told.webhook_listen.rpartition(":")
    return Hook(told.webhook_url, host.strip("[]"), int(port), webhook_secret(path, name, told, token))


def webhook_secret(path: Path, name: str, told: TelegramSettings, token: str) -> str:
    """The same in every process; who knows it does not know the token."""
    key = f"[{name}] webhook_secret_file"
    kept = secret(path, key, "", told.webhook_secret_file)
    if kept and not SECRET.fullmatch(kept):
        raise ConfigFault(f"{path}: the file that {key} names must hold 16 to 256 letters, digits, - and _.")
    return kept or hmac.digest(token.encode(), b"folkmoot webhook", "sha256").hex()


def menu() -> dict[str, list[tuple[str, str]]]:
    """Telegram's command menu, in each language; English is the default."""
    menus = {}
    for language in LANGUAGES:
        voice = Voice(language)
        entries = [(command.name, command.manual(voice).summary) for feature in FEATURES for command in feature.commands]
        menus["" if language == "en" else language] = entries
    return menus
