"""Who has one machine and SQLite does not carry what only others need."""

import subprocess
import sys

FOR_OTHERS = {"psycopg", "aiohttp.web", "PIL", "typst"}


def test_a_bot_on_sqlite_that_asks_telegram_loads_no_other_driver_and_no_web_server() -> None:
    code = f"import sys, bot.running, adapters.telegram, adapters.matrix; print(*{FOR_OTHERS} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout.strip()) == (0, "")
