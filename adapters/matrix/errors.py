"""What can go wrong between us and a homeserver, and which fault of a delivery each is."""

from typing import Any

import aiohttp

from bot.chat.adapter import DeliveryFault, OutcomeUnknown, TryLater, Undeliverable

TOKEN_GONE = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_USER_LOCKED")
CLOSED = ("M_FORBIDDEN", "M_NOT_FOUND", "M_GUEST_ACCESS_FORBIDDEN", "M_UNSUPPORTED_ROOM_VERSION")
UNSENT = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
LONGEST_PAUSE = 3600.0
WITHOUT_TOKEN = 60.0
UNREACHABLE = 2.0


class Refusal(Exception):
    """The homeserver answered with an error. Holds nothing that may not be logged."""

    def __init__(self, status: int, code: str, retry_after: float = 0.0, told: Any = None) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.retry_after, self.told = status, code, retry_after, told

    @property
    def token_gone(self) -> bool:
        return self.code in TOKEN_GONE

    @property
    def busy(self) -> bool:
        """Nothing was done; asking again later may help."""
        return self.status == 429 or self.code == "M_LIMIT_EXCEEDED"

    @property
    def broken(self) -> bool:
        """The server or something before it failed: it may have been done or not."""
        return self.status >= 500


class Silence(Exception):
    """No answer came. `unsent`: the request surely never reached the homeserver."""

    def __init__(self, unsent: bool) -> None:
        super().__init__()
        self.unsent = unsent


Trouble = Refusal | Silence
TROUBLE = (Refusal, Silence)


def silence(fault: Exception) -> Silence:
    """What an exception of aiohttp means."""
    return Silence(unsent=isinstance(fault, UNSENT))


def before_sending(trouble: Trouble) -> DeliveryFault:
    """While something that has to come first was being done: surely nothing was sent."""
    if isinstance(trouble, Refusal) and not trouble.broken:
        return while_sending(trouble)
    return TryLater(UNREACHABLE, everywhere=True)


def while_sending(trouble: Trouble) -> DeliveryFault:
    match trouble:
        case Silence(unsent=unsent):
            return TryLater(UNREACHABLE, everywhere=True) if unsent else OutcomeUnknown(repeatable=True)
        case Refusal(busy=True):
            return TryLater(min(max(trouble.retry_after, 0.5), LONGEST_PAUSE))
        case Refusal(token_gone=True):
            return TryLater(WITHOUT_TOKEN, everywhere=True)
        case Refusal(broken=True):
            return OutcomeUnknown(repeatable=True)
    return Undeliverable("closed" if trouble.code in CLOSED else "refused")
