"""How chats, people and messages are named across platforms."""

from dataclasses import dataclass
from urllib.parse import quote

SHORT_NAMES = {"telegram": "tg", "matrix": "mx", "terminal": "tt"}
FULL_NAMES = {"telegram": "Telegram", "matrix": "Matrix", "terminal": "Terminal"}


@dataclass(frozen=True, slots=True)
class ChatRef:
    """One room on one platform; `id` is the platform's own name for it, never taken apart."""

    platform: str
    id: str

    @property
    def label(self) -> str:
        return label(self.platform, self.id)


@dataclass(frozen=True, slots=True)
class PersonRef:
    """One account on one platform."""

    platform: str
    id: str

    @property
    def label(self) -> str:
        return label(self.platform, self.id)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message that stands in a chat."""

    chat: ChatRef
    id: str


def platform_name(platform: str) -> str:
    """As people call it, in any language."""
    return FULL_NAMES.get(platform, platform)


def label(platform: str, platform_id: str) -> str:
    """The stable ASCII name that documents use: `tg:1001`, `mx:@dana:example.org`; never has a space or a line end."""
    return f"{SHORT_NAMES.get(platform, platform)}:{quote(platform_id, safe='@:!#$&()*+,;=/~')}"
