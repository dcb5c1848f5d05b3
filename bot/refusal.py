"""The one way in which a rule says no to a person."""

from typing import Any


class Refused(Exception):
    """A rule's no. `why` names a sentence in the feature's texts.py; `facts` fill it. The event changes nothing."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts
