"""Text and its entities as the Bot API takes them: cleaned, measured in UTF-16 units, refused in its own words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.support.botapi.refusal import bad
from tests.support.botapi.shapes import of_user
from tests.support.botapi.state import Json, User

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
CONTROL = re.compile(r"[\x00-\x08\x09\x0b\x0c\x0e-\x1f]")
REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
SIMPLE = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "expandable_blockquote")
FOUND_BY_ITSELF = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number")
COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")
MENTION = re.compile(r"(?<![\w@])@\w{4,32}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sendable(text: str, entities: Any, users: Mapping[int, User], dates: bool = True) -> tuple[str, list[Json]]:
    """The text of a message as it will stand there; Refusal."""
    if text == "":
        raise bad("message text is empty")
    fixed = formatted(text, entities, users, dates)
    if not fixed[0]:
        raise bad("text must be non-empty")
    if units(fixed[0]) > LONGEST_TEXT:
        raise bad("message is too long")
    return fixed


def captionable(text: str, entities: Any, users: Mapping[int, User], dates: bool = True) -> tuple[str, list[Json]]:
    fixed = formatted(text, entities, users, dates)
    if units(fixed[0]) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return fixed


def formatted(text: str, entities: Any, users: Mapping[int, User], dates: bool) -> tuple[str, list[Json]]:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    wanted = [entity for given in listed(entities) if (entity := parsed(given, dates)) is not None]
    check_borders(text, wanted)
    named = [known for entity in wanted if (known := named_by(entity, users)) is not None]
    return trimmed(*cleaned(text, named))


def named_by(entity: Json, users: Mapping[int, User]) -> Json | None:
    """A mention names the whole account; one that the bot cannot know is dropped."""
    if entity["type"] != "text_mention":
        return entity
    user = users.get(entity["user"]["id"])
    return entity | {"user": of_user(user)} if user is not None else None


def listed(entities: Any) -> list[Any]:
    return entities if isinstance(entities, list) else []


def parsed(given: Any, dates: bool) -> Json | None:
    """One entity; None if the Bot API ignores its kind and finds such things itself."""
    if not isinstance(given, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    for key in ("offset", "length"):
        if not isinstance(given.get(key), int):
            raise bad(f'can\'t parse MessageEntity: Field "{key}" must be of type Number')
    place = {"offset": given["offset"], "length": given["length"]}
    kind = given.get("type")
    if kind in FOUND_BY_ITSELF:
        return None
    if kind == "text_mention" and isinstance(given.get("user"), dict) and isinstance(given["user"].get("id"), int):
        return place | {"type": kind, "user": given["user"]}
    if kind == "text_link" and isinstance(given.get("url"), str):
        return place | {"type": kind, "url": given["url"]}
    if kind == "date_time" and dates and isinstance(given.get("unix_time"), int):
        return place | {"type": kind, "unix_time": given["unix_time"], "date_time_format": given.get("date_time_format", "")}
    if kind in SIMPLE:
        return place | {"type": kind}
    raise bad("can't parse MessageEntity: Unsupported type specified")


def check_borders(text: str, entities: Iterable[Json]) -> None:
    """Outside of the text, or inside of a surrogate pair, nothing can begin or end."""
    starts = borders(text)
    total = units(text)
    for entity in sorted(entities, key=lambda each: each["offset"]):
        offset, length = entity["offset"], entity["length"]
        end = offset + length
        if offset < 0:
            raise bad(f"receive an entity with incorrect offset {offset}")
        if length < 0:
            raise bad(f"receive an entity with incorrect length {length}")
        if offset > total:
            raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if offset not in starts:
            raise bad(f"entity begins in a middle of a UTF-16 symbol at byte offset {starts_before(starts, offset)}")
        if end > total:
            raise bad(f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}")
        if end not in starts:
            at = starts_before(starts, end)
            raise bad(f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol at byte offset {at}")


def borders(text: str) -> dict[int, int]:
    """UTF-16 offset -> byte offset, of every place between two characters."""
    found, wide, octets = {0: 0}, 0, 0
    for character in text:
        wide += 1 + (character > "\uffff")
        octets += len(character.encode())
        found[wide] = octets
    return found


def starts_before(starts: dict[int, int], offset: int) -> int:
    return starts[offset + 1]


def cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without what Telegram takes out; entities move along."""
    text = CONTROL.sub(" ", text)
    for found in reversed(list(REMOVED.finditer(text))):
        at = units(text[: found.start()])
        text = text[: found.start()] + text[found.end() :]
        entities = [without(entity, at, 1) for entity in entities]
    return text, entities


def without(entity: Json, at: int, length: int) -> Json:
    """The entity after `length` units at `at` were taken out of the text."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    start, end = (place - max(0, min(length, place - at)) for place in (start, end))
    return entity | {"offset": start, "length": end - start}


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    lead = len(text) - len(text.lstrip())
    entities = [without(entity, 0, lead) for entity in entities]
    text = text.strip()
    total = units(text)
    cut = [entity | {"length": min(entity["length"], total - entity["offset"])} for entity in entities]
    return text, sorted(
        (entity for entity in cut if entity["length"] > 0), key=lambda entity: (entity["offset"], -entity["length"])
    )


def entities_of(text: str, given: Iterable[Json] = ()) -> list[Json]:
    """What Telegram itself finds in what a person typed, apart from what stands in code, with what their client marked."""
    marked = list(given)
    code = [entity for entity in marked if entity["type"] in ("code", "pre")]
    found = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for kind, pattern in (("bot_command", COMMAND), ("mention", MENTION))
        for match in pattern.finditer(text)
    ]
    free = [entity for entity in found if not any(overlaps(entity, other) for other in code)]
    return sorted(marked + free, key=lambda entity: (entity["offset"], -entity["length"]))


def overlaps(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def slice_of(text: str, entity: Json) -> str:
    """The words that an entity stands for."""
    wide = text.encode("utf-16-le", "surrogatepass")
    return wide[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le", "replace")
