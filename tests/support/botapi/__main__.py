"""`python -m tests.support.botapi --port N`: the server in a process of its own, until it is told to end."""

import argparse
import asyncio
import json
import signal

from tests.support.botapi import BotApi


async def serve(port: int, checks: bool, lasting: bool) -> None:
    ended = asyncio.Event()
    for stop in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stop, ended.set)
    async with BotApi(checks=checks, port=port, lasting=lasting) as server:
        print(json.dumps({"port": server.port, "token": server.token}), flush=True)
        await ended.wait()


def main() -> None:
    told = argparse.ArgumentParser(prog="tests.support.botapi")
    told.add_argument("--port", type=int, default=0)
    told.add_argument("--checks", action="store_true", help="prove every object against aiogram's and PTB's types")
    told.add_argument("--lasting", action="store_true", help="keep whatever is not fetched, for ever")
    asked = told.parse_args()
    asyncio.run(serve(asked.port, asked.checks, asked.lasting))


if __name__ == "__main__":
    main()
