"""Inline keyboards as the Bot API takes them."""

import json
from typing import Any

from tests.support.botapi.refusal import bad
from tests.support.botapi.state import Json

MOST_BUTTONS, WIDEST_ROW, LONGEST_DATA = 100, 8, 64


def keyboard(given: str) -> Json | None:
    """`reply_markup` as it will stand there, None for none; Refusal."""
    if not given:
        return None
    try:
        markup = json.loads(given)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('can\'t parse inline keyboard button: Field "inline_keyboard" must be of type Array')
    kept = [row for row in ([button(each) for each in row] for row in rows) if row]
    if sum(map(len, kept)) > MOST_BUTTONS or any(len(row) > WIDEST_ROW for row in kept):
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def button(given: Any) -> Json:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not given["text"].strip():
        raise bad("BUTTON_TEXT_INVALID")
    if "url" in given:
        return {"text": given["text"], "url": str(given["url"])}
    data = given.get("callback_data")
    if not isinstance(data, str):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(data.encode("utf-8", "surrogatepass")) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    return {"text": given["text"], "callback_data": data}
