"""Every table carries its group, or says by which other one it reaches it, so that a database can be parted by groups."""

from models import Base

REACH = {  # by a key of theirs into a table that carries the group
    "claims": "chats",
    "link_codes": "chats",
    "promises": "chats",
    "room_links": "chats",
    "unheard": "chats",
}
NO_GROUPS = {  # small, or short-lived, and the same for all: on each part of a parted database
    "accounts": "a person's name on a platform, in whatever groups",
    "arrivals": "what was heard and is gone once it is worked off",
    "dead_letters": "what could not be handled, for a week",
    "earlier_names": "of an account",
    "erasures": "when somebody was forgotten",
    "intakes": "one row for each account of the bot",
    "lanes": "a few hundred rows for each account of the bot",
    "link_tries": "of an account",
    "people": "in whatever groups",
    "person_links": "which accounts are one person",
    "seen": "events of a platform, for a fortnight",
    "turned_away": "how much was turned away each day",
    "waiting": "events whose key has not come, for a fortnight",
    "wishes": "of an account",
    "workers": "one row for each process",
}


def test_every_table_carries_its_group_or_is_spoken_of() -> None:
    bare = {table.name for table in Base.metadata.sorted_tables if "group_id" not in table.c} - {"groups"}
    assert bare == REACH.keys() | NO_GROUPS.keys()
    assert not REACH.keys() & NO_GROUPS.keys()


def test_those_who_reach_it_do_so_by_a_key() -> None:
    tables = Base.metadata.tables
    for name, way in REACH.items():
        assert way in {key.column.table.name for key in tables[name].foreign_keys}, name
        assert "group_id" in tables[way].c, name
