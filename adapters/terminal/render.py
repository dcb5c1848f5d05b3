"""A message as lines of a terminal. Pure."""

from bot.chat.message import Attachment, Message, plain_lines


def message_lines(message: Message, before: Message | None = None, to: str = "") -> list[str]:
    """The words, then the buttons as numbers: `[1] Shake the hat`. Of a message that stood there `before`, only what is new.

    `to`: whose private chat it stands in.
    """
    speaker = f"folkmoot (to {to})" if to else "folkmoot"
    if before is not None:
        known = set(plain_lines(before))
        news = [f"  {line}" for line in plain_lines(message) if line not in known]
        return [f"{speaker} (changed):", *news] if news else []
    words = [f"  {line}" for line in plain_lines(message)]
    return [f"{speaker}:", *words, *button_line(message)] if words or message.rows else []


def button_line(message: Message) -> list[str]:
    buttons = [f"[{place}] {button.label}" for place, button in enumerate(message.buttons, start=1)]
    return ["  " + "   ".join(buttons)] if buttons else []


def file_lines(file: Attachment, place: str) -> list[str]:
    if not file.media_type.startswith("text/") or file.media_type == "text/html":
        return [f"folkmoot: {file.name} ({len(file.content)} bytes)", f"  ({place})"]
    content = [f"  | {line}" for line in file.content.decode("utf-8", "replace").splitlines()]
    return [f"folkmoot: {file.name}", *content, f"  ({place})"]
