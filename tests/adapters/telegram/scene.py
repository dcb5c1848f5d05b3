"""A group, a person and a board, and the reading of the raw updates that come of what they do; without any network."""

from typing import Any

from adapters.telegram.incoming import Reading, read_again, readings
from adapters.telegram.origins import Me
from bot.chat import incoming as said
from tests.support.botapi import BotApi
from tests.support.botapi.updates import KINDS


class Scene:
    """A group and a person; `hears` reads what waits for the bot."""

    def __init__(self, **group: Any) -> None:
        self.server = BotApi()
        self.server.world.privacy = False
        self.server.queue.allow(KINDS)
        self.group = self.server.group("Garden", **{"bot": "administrator"} | group)
        self.anna = self.server.person("Anna", last_name="Berg", username="anna")
        self.me = Me(self.server.me.id, self.server.me.username)

    def hears(self) -> list[Reading]:
        updates = self.server.queue.page(0, 100)
        self.server.queue.drop_all()
        found = [reading for update in updates for reading in readings(update, self.me)]
        sound = [reading.received for reading in found if not reading.received.fault]
        assert [read_again(received.raw, received.ids, self.me) for received in sound] == sound
        return found

    def events(self) -> list[said.Incoming | None]:
        readings = self.hears()
        assert not [reading.received.fault for reading in readings if reading.received.fault]
        return [reading.received.event for reading in readings]

    def event(self) -> Any:
        return self.events()[-1]

    def board(self) -> Any:
        """A message of the bot's, with a button."""
        row = [{"text": "🎩 Count me in", "callback_data": "join:1"}]
        content = {"text": "Who is in?", "reply_markup": {"inline_keyboard": [row]}}
        return self.server.world.stands(self.group.chat, content, sender=self.server.me)
