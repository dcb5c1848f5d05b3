"""Faults that a test orders: the next calls of a method go wrong in a chosen way, before or after they are done."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["late", "cut", "bad gateway", "hang", "flood", "garbage", "refuse"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`done`: the method is carried out, and only its answer suffers."""

    kind: Kind
    method: str
    times: int = 1
    done: bool = False
    seconds: float = 0.0
    chat: str = ""
    body: bytes = b""
    code: int = 400

    def hits(self, method: str, chat: str) -> bool:
        return self.method in ("*", method) and self.chat in ("", chat)


class Faults:
    """What is ordered and has not happened yet, and what has."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []
        self.happened: list[Fault] = []

    def late(self, method: str, seconds: float, times: int = 1) -> None:
        """Done at once, answered after so many seconds."""
        self.order(Fault("late", method, times, done=True, seconds=seconds))

    def cut(self, method: str, done: bool, times: int = 1) -> None:
        """The connection drops instead of an answer."""
        self.order(Fault("cut", method, times, done=done))

    def bad_gateway(self, method: str = "*", times: int = 1, done: bool = False) -> None:
        self.order(Fault("bad gateway", method, times, done=done))

    def hang(self, method: str, times: int = 1, done: bool = False) -> None:
        """No answer ever comes."""
        self.order(Fault("hang", method, times, done=done))

    def flood(self, method: str, retry_after: float, times: int = 1, chat: int | str = "") -> None:
        self.order(Fault("flood", method, times, seconds=retry_after, chat=str(chat)))

    def garbage(self, method: str, body: bytes, times: int = 1, code: int = 200) -> None:
        """Answered with these bytes; not done."""
        self.order(Fault("garbage", method, times, body=body, code=code))

    def refuse(self, method: str, code: int, description: str, times: int = 1, chat: int | str = "") -> None:
        """Refused in these words."""
        self.order(Fault("refuse", method, times, code=code, body=description.encode(), chat=str(chat)))

    def order(self, fault: Fault) -> None:
        self.ordered.append(fault)

    def clear(self) -> None:
        self.ordered.clear()

    def next(self, method: str, chat: str) -> Fault | None:
        """The fault that this call meets, taken off the list."""
        for place, fault in enumerate(self.ordered):
            if fault.hits(method, chat):
                left = replace(fault, times=fault.times - 1)
                self.ordered[place : place + 1] = [left] if left.times else []
                self.happened.append(fault)
                return fault
        return None
