"""Every column that names a person or can hold somebody's words is spoken of by a feature, so that none is overlooked."""

from sqlalchemy import JSON, Column, LargeBinary, String

from bot.features import FEATURES
from models import Base

PEOPLE = {"accounts", "members", "people"}
OURS = {  # what columns of these names hold is worded by us, or names a message, a room or a thing
    *(
        "account",
        "action",
        "awaits",
        "beacon",
        "cursor",
        "depth",
        "digest",
        "ended_why",
        "fingerprint",
        "hash",
        "kind",
        "language",
        "method",
    ),
    *(
        "message_id",
        "outcome",
        "outlook",
        "phase",
        "platform",
        "reply_to",
        "result",
        "review_state",
        "secret",
        "signature",
        "stance",
    ),
    *("state", "thread", "vacancy", "visibility", "way", "zone", "purpose", "answer", "fault"),
}
KEPT = {"recalls.answer", "roles.purpose", "councils.result"}  # columns of such names that hold words of people


def may_tell_of_people(column: "Column[object]") -> bool:
    if {key.column.table.name for key in column.foreign_keys} & PEOPLE:
        return True
    worded = isinstance(column.type, String | JSON | LargeBinary)
    return worded and (str(column) in KEPT or column.name not in OURS)


def spoken_of() -> list[str]:
    forgets = [feature.forget for feature in FEATURES if feature.forget]
    return [f"{column.class_.__tablename__}.{column.key}" for forget in forgets for column in forget.columns]


def test_every_column_that_tells_of_people_is_spoken_of() -> None:
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    missing = sorted({str(column) for column in columns if may_tell_of_people(column)} - set(spoken_of()))
    assert missing == [], "name these in their feature's Forget (bot/routing/forgetting.py): emptied, dropped, or why they stay"


def test_what_is_spoken_of_is_there() -> None:
    columns = {str(column) for table in Base.metadata.sorted_tables for column in table.columns}
    assert sorted(set(spoken_of()) - columns) == []
