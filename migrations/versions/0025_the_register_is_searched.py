"""Entries are found by their words and by what they are about, and it is known when each room was told of them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_A_TIME = 1_000
LISTED = frozenset(
    {
        "circle",
        "council convened",
        "council ends",
        "decision",
        "draw",
        "election",
        "poll",
        "recall ends",
        "report",
        "review",
        "role",
        "settings",
    }
)
SUBJECTS = ("change", "decision", "poll", "draw", "recall", "election", "report", "council", "review", "note")
TOLD = ("text", "question", "options", "role", "issue", "result", "reason", "circle", "purpose", "sunset")
INSIDE = {"stances": (1,), "objections": (1, 3), "nominations": (3,)}
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def upgrade() -> None:
    op.create_table(
        "entry_marks",
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_entry_marks_group_id_groups"),
        sa.PrimaryKeyConstraint("group_id", "place", name="pk_entry_marks"),
    )
    op.create_index("ix_entry_marks_group_id_number", "entry_marks", ["group_id", "number"])
    op.create_index("ix_entry_marks_group_id_about", "entry_marks", ["group_id", "about"])
    op.create_index("ix_entry_marks_group_id_listed_place", "entry_marks", ["group_id", "listed", "place"])
    op.create_table(
        "publications",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_publications_group_id_groups"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_publications_chat_id_chats"),
        sa.PrimaryKeyConstraint("key", name="pk_publications"),
    )
    op.create_index("ix_publications_group_id_place", "publications", ["group_id", "place"])
    op.create_index("ix_publications_group_id_made_at", "publications", ["group_id", "made_at"])
    op.create_index("ix_entries_group_id_entered_at", "entries", ["group_id", "entered_at"])
    create_words()
    fill()


def create_words() -> None:
    if op.get_bind().dialect.name == "sqlite":
        how = "tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '3 4 5 6 7 8'"  # beginnings are looked up as words are
        op.execute(f"CREATE VIRTUAL TABLE entry_words USING fts5(words, {how})")
        return
    op.execute(
        "CREATE TABLE entry_words (group_id BIGINT NOT NULL, place INTEGER NOT NULL, words TSVECTOR NOT NULL, "
        "CONSTRAINT pk_entry_words PRIMARY KEY (group_id, place), "
        "CONSTRAINT fk_entry_words_group_id FOREIGN KEY (group_id) REFERENCES groups (id))"
    )
    op.execute("CREATE INDEX ix_entry_words_words ON entry_words USING gin (words)")


def fill() -> None:
    """For the entries that there are, which stay as they are."""
    connection = op.get_bind()
    marks = sa.table("entry_marks", *map(sa.column, ("group_id", "place", "number", "about", "listed")))
    if connection.dialect.name == "sqlite":
        words = sa.text("INSERT INTO entry_words (rowid, words) VALUES ((:group_id << 32) | :place, :words)")
    else:
        words = sa.text("INSERT INTO entry_words (group_id, place, words) VALUES (:group_id, :place, array_to_tsvector(:words))")
    for rows in connection.execute(sa.text("SELECT group_id, place, public, personal FROM entries")).partitions(AT_A_TIME):
        read = [(row.group_id, row.place, json.loads(row.public), json.loads(row.personal or "{}")) for row in rows]
        connection.execute(marks.insert(), [mark(group_id, place, public) for group_id, place, public, _ in read])
        for group_id, place, public, personal in read:
            found = found_by(public["facts"], together(personal))
            said = " ".join(found) if connection.dialect.name == "sqlite" else [f"/{group_id}", *found]
            connection.execute(words, {"group_id": group_id, "place": place, "words": said})


def mark(group_id: int, place: int, public: dict[str, Any]) -> dict[str, Any]:
    facts, kind = public["facts"], public["kind"]
    named = (re.fullmatch(r"D-(\d+)", str(facts[subject])) for subject in SUBJECTS if facts.get(subject))
    number = next((int(found[1]) for found in named if found), None)
    about = re.fullmatch(r"D-(\d+)", str(facts.get("ends") or facts.get("corrects") or ""))
    return {
        "group_id": group_id,
        "place": place,
        "number": number,
        "about": int(about[1]) if about else None,
        "listed": kind in LISTED,
    }


def together(personal: Any) -> dict[str, Any]:
    """As commons/sealing puts pieces together; the first form was one object."""
    if isinstance(personal, dict):
        return personal
    whole: dict[str, Any] = {}
    for name, *rest in personal:
        key = re.split(r"[\[{]", name)[0]
        if len(rest) == 2 and "[" in name:
            whole.setdefault(key, []).append(rest[1])
        elif len(rest) == 2 and "{" in name:
            whole.setdefault(key, {}).update([rest[1]])
        elif len(rest) == 2:
            whole[key] = rest[1]
    return whole


def found_by(facts: dict[str, Any], personal: dict[str, Any]) -> list[str]:
    told = (word for text in texts(facts, personal) if isinstance(text, str) for word in words_of(text))
    return list(dict.fromkeys(told))[:3_000]


def texts(facts: dict[str, Any], personal: dict[str, Any]) -> Iterator[Any]:
    yield facts.get("setting")
    yield from (facts.get(key) for key in ("text", "question", "issue"))  # hashed with the rest in the first form
    for key in TOLD:
        found = personal.get(key)
        yield from found if isinstance(found, list) else [found]
    for key, places in INSIDE.items():
        found = personal.get(key) or []
        for row in found.values() if isinstance(found, dict) else found:
            yield from (row[place] for place in places)


def words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn").translate(BARE)
    return [word[:40] for word in re.findall(r"[^\W_]+", UNSPACED.sub(r" \g<0> ", bare))]
