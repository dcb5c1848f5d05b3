"""How often one board is edited while 500 and 5,000 presses come in."""

import time

import psutil

from tests.bench.lives import bot
from tests.bench.taps import Crowd
from tests.support.botapi.remote import running

PRESSES, PEOPLE = (500, 5_000), 100
LAST_EDIT = 6.0  # seconds after which the last change is shown


def main() -> None:
    with running() as remote:
        crowd = Crowd(remote, psutil.Process(remote.pid))
        with bot("folkmoot", remote, prepared=[(crowd.chat, crowd.people)]):
            crowd.open_board()
            for presses in PRESSES:
                before, took = crowd.edits, crowd.press(PEOPLE, presses)["seconds"]
                time.sleep(LAST_EDIT)
                print(f"{presses:,} presses on one board in {took:.1f} s: {crowd.edits - before} edits")


if __name__ == "__main__":
    main()
