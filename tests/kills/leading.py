"""Of several processes on one PostgreSQL: which of them listens to an account."""

from tests.kills.house import House
from tests.support.waiting import await_true
from tests.support.zygote import Life

LEADER = """
SELECT workers.name FROM pg_locks JOIN workers ON true JOIN pg_locks AS own ON own.pid = pg_locks.pid AND own.objid = workers.id
WHERE pg_locks.classid = 4615500 AND pg_locks.objid = hashtext(:account)::oid AND own.classid = 4615511
AND own.database = pg_locks.database AND own.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def leader(house: House, *lives: Life, account: str = "telegram") -> Life:
    """The one that listens."""
    await_true(lambda: len(house.rows(LEADER, account=account)) == 1, "somebody to listen")
    name = house.one(LEADER, account=account)
    return next(life for life in lives if name.startswith(f"process {life.pid} on "))
