"""`folkmoot doctor`: looks over everything that a running bot needs, and says in plain words what to mend."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError

from bot import backups, printing, quicknet, running
from bot.accounts import password_of, token_of
from bot.chat.proxies import proxy_for
from bot.chat.refs import ChatRef
from bot.clock import SystemClock
from bot.holding import Held, held, was_there
from bot.relays import Relays
from bot.settings import MatrixSettings, Settings, TelegramSettings, listens_at
from migrations.upgrade import SchemaFault, check_file, head, revision
from models import ChatRow, GroupRow, TurnedAwayRow
from models.database import Database

WELL, ILL = 0, 1
OTHERS_MAY_READ = 0o077
CLOCK_MAY_DIFFER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is empty when it is well."""

    what: str
    mend: str = ""


def examine(config: Path | None) -> int:
    """Prints a line for each thing looked at; 0 if all is well, 1 if something is to be mended, 2 for a bad configuration."""

    def look() -> int:
        path, settings = running.configured(config)
        findings = list(findings_of(path, settings))
        sys.stdout.write("".join(f"{'mend' if f.mend else 'well'}  {f.what}{': ' + f.mend if f.mend else ''}\n" for f in findings))
        return ILL if any(finding.mend for finding in findings) else WELL

    return running.report(look)


def findings_of(path: Path, settings: Settings) -> Iterator[Finding]:
    yield Finding("configuration")
    yield from (file_finding(file) for file in secret_files(path, settings))
    yield from database_findings(settings)
    yield from backup_findings(settings)
    yield from clock_findings(settings)
    yield from beacon_findings(settings)
    yield paper_finding()
    yield from turned_away_findings(settings)
    yield from monitor_findings(settings)
    if not settings.accounts:
        yield Finding("platforms", "none is on; fill in [telegram] or [matrix].")
    for name, told in settings.accounts.items():
        yield from (
            matrix_findings(path, name, told) if isinstance(told, MatrixSettings) else telegram_findings(path, settings, name, told)
        )


def secret_files(path: Path, settings: Settings) -> list[Path]:
    """Files with secrets in them that exist."""
    named = [path]
    for told in settings.accounts.values():
        if isinstance(told, MatrixSettings):
            named += [Path(told.password_file), Path(told.store_dir)]
        else:
            named += [Path(told.token_file), Path(told.webhook_secret_file)]
    if (database := settings.database.file) is not None:
        named.append(database)
    return [file.expanduser() for file in named if str(file) != "." and file.expanduser().exists()]


def file_finding(file: Path) -> Finding:
    if file.stat().st_mode & OTHERS_MAY_READ:
        return Finding(f"permissions of {file}", f"others on this machine may read it; run chmod go-rwx '{file}'.")
    return Finding(f"permissions of {file}")


def database_findings(settings: Settings) -> Iterator[Finding]:
    file = settings.database.file
    if file is not None and not file.exists():
        yield Finding("database", "the file is gone; put a backup in its place." if was_there(settings.database.url) else "")
        return
    try:
        if file is not None:
            check_file(file)
        database = Database(settings.database.url)
        found = revision(database.engine)
        yield Finding(f"database revision {found or 'none yet'} of {head()}")
        yield instance_finding(database)
        database.close()
    except SchemaFault as fault:
        yield Finding("database", running.SCHEMA_FAULTS[fault.why].format(backup=""))
    except DBAPIError:
        yield Finding("database", "it cannot be opened; check [database] url and that the server runs.")


def instance_finding(database: Database) -> Finding:
    try:
        with held(database.engine):
            return Finding("no other instance on this database")
    except Held as taken:
        return Finding(f"running now: {taken.holder}")


def backup_findings(settings: Settings) -> Iterator[Finding]:
    """Once there is anything to lose."""
    kept = backups.newest(settings.database)
    if kept is not None:
        yield Finding(f"last backup {kept[0].name}")
    elif settings.database.file is None or was_there(settings.database.url):
        yield Finding("backup", "there is none yet; run folkmoot backup now and then.")


def rooms_of(settings: Settings, account: str) -> list[ChatRef]:
    """The group chats that this account of the bot serves."""
    rooms = looked_up(settings, select(ChatRow).filter_by(kind="group", state="open", served_by=account))
    return [ChatRef(row.platform, row.ref) for row in rooms]


def looked_up(settings: Settings, query: Select[Any]) -> list[Any]:
    """What the database holds of it; nothing where there is none yet, or it cannot be read."""
    file = settings.database.file
    if file is not None and not file.exists():
        return []
    database = Database(settings.database.url)
    try:
        with database.transaction() as db:
            return list(db.scalars(query))
    except DBAPIError:
        return []
    finally:
        database.close()


def beacon_findings(settings: Settings) -> Iterator[Finding]:
    """Where it is chosen, here or by a group: can its signatures be checked, and does a relay answer?"""
    if settings.draw.chance != "beacon" and not chosen_by_a_group(settings):
        return
    if not quicknet.installed():
        yield Finding("beacon", f"its signatures cannot be checked; run {sys.executable} -m pip install {quicknet.EXTRA}.")
        return
    yield Finding("beacon, signatures can be checked")
    relays = settings.draw.relays
    answering = asyncio.run(Relays(relays).answering(SystemClock().now()))
    yield Finding(
        f"beacon, {len(answering)} of {len(relays)} relays answer",
        "" if answering else "draws will wait until somebody pastes a signature; check the network, and relays under [draw].",
    )


def paper_finding() -> Finding:
    """It is well without: a page then prints from any browser."""
    if printing.installed():
        return Finding("bulletins, as PDF and HTML")
    how = f"{sys.executable} -m pip install {' '.join(printing.PACKAGES)}"
    return Finding(f"bulletins, as HTML; for PDF as well run {how}")


def turned_away_findings(settings: Settings) -> Iterator[Finding]:
    """Counts of the last month by kind; nothing where there was nothing."""
    counts = Counter[str]()
    for row in looked_up(settings, select(TurnedAwayRow)):
        counts[row.kind] += row.n
    if counts:
        yield Finding(f"turned away in a month: {', '.join(f'{kind} {n}' for kind, n in sorted(counts.items()))}")


def monitor_findings(settings: Settings) -> Iterator[Finding]:
    if settings.operations.listen:
        host, _ = listens_at(settings.operations)
        near = host in {"127.0.0.1", "::1", "localhost"}
        mend = "" if near else "others in the network can reach it, and it asks nobody who they are; write 127.0.0.1, or guard it."
        yield Finding(f"monitoring at {settings.operations.listen}", mend)


def chosen_by_a_group(settings: Settings) -> bool:
    return any((choices or {}).get("chance") == "beacon" for choices in looked_up(settings, select(GroupRow.choices)))


def telegram_findings(path: Path, settings: Settings, name: str, told: TelegramSettings) -> Iterator[Finding]:
    from adapters.telegram import examine as telegram

    facts = telegram.examine(token_of(path, name, told), told.base_url, rooms_of(settings, name), told.webhook_url)
    for found in asyncio.run(facts):
        yield worded(f"{label(name)}, {found.name}", found.ok, found.code, TELEGRAM)


def matrix_findings(path: Path, name: str, told: MatrixSettings) -> Iterator[Finding]:
    from adapters.matrix import examine as matrix

    store, password = Path(told.store_dir).expanduser(), password_of(path, name, told) or None
    for found in asyncio.run(
        matrix.examine(told.homeserver, told.user_id, store, password, told.access_token or None, told.device_id or None)
    ):
        yield worded(f"{label(name)}, {found.name}", found.ok, found.code, MATRIX)


def label(account: str) -> str:
    """`telegram.north` -> Telegram north."""
    return account.capitalize().replace(".", " ")


def clock_findings(settings: Settings) -> Iterator[Finding]:
    """This machine's clock against that of a server which the bot speaks to anyway."""
    told_first = next(iter(settings.accounts.values()), None)
    server = told_first.homeserver if isinstance(told_first, MatrixSettings) else told_first.base_url if told_first else ""
    url = server.removesuffix("/bot")
    told = asyncio.run(server_time(url)) if url else None
    if told is not None:
        off = abs(SystemClock().now() - told)
        yield Finding(
            "clock",
            "" if off < CLOCK_MAY_DIFFER else f"it is {int(off.total_seconds())} s off; let the machine set it over the network.",
        )


async def server_time(url: str) -> datetime | None:
    """What the server says that the time is; None if it does not say."""
    import aiohttp

    try:
        patience = aiohttp.ClientTimeout(10)
        async with aiohttp.ClientSession(timeout=patience) as session, session.get(url, proxy=proxy_for(url)) as answer:
            told = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError):
        return None
    return told if told.tzinfo else None


def worded(what: str, ok: bool, code: str, words: dict[str, str]) -> Finding:
    return Finding(what, "" if ok else words.get(code, "look into this."))


TELEGRAM = {
    "token refused": "Telegram does not accept it; ask @BotFather for the token and put it into the configuration.",
    "unreachable": "Telegram cannot be reached; check this machine's network, and base_url if you set it.",
    "webhook set": "Telegram sends this bot's news elsewhere; delete the webhook, or make another bot for Folkmoot.",
    "webhook not set": "Telegram does not call webhook_url; start the bot, which tells it to.",
    "no groups": "it may not be added to groups; tell @BotFather /setjoingroups.",
    "reads all": "it receives all that is written, without need; tell @BotFather /setprivacy, then add it to the group anew.",
    "not in room": "it was removed, or may not write there; add it again if the group wants it.",
}
MATRIX = {
    "unreachable": "it cannot be reached; check homeserver in the configuration, and this machine's network.",
    "not a homeserver": "this address does not answer as a homeserver; check homeserver in the configuration.",
    "readable by others": "others on this machine may read it; run chmod -R go-rwx on store_dir.",
    "login refused": "the homeserver does not accept this login; check user_id and password, or the token with its device.",
    "keys lost": "the keys of this device are gone; start with the password set, so that a new device is made.",
    "not signed": "people's clients may keep their keys from it; start once with the password set, so that it can sign itself.",
}
