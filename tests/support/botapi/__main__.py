"""`python -m tests.support.botapi --port N`: the server in a process of its own, until it is told to end."""

import argparse
import asyncio
import json
import signal

from tests.support.botapi import BotApi


async def serve(port: int, checks: bool) -> None:
    ended = asyncio.Event()
    for stop in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stop, ended.set)
    async with BotApi(checks=checks, port=port) as server:
        print(json.dumps({"port": server.port, "token": server.token}), flush=True)
        await ended.wait()


def main() -> None:
    told = argparse.ArgumentParser(prog="tests.support.botapi")
    told.add_argument("--port", type=int, default=0)
    told.add_argument("--checks", action="store_true", help="prove every object against aiogram's and PTB's types")
    asked = told.parse_args()
    asyncio.run(serve(asked.port, asked.checks))


if __name__ == "__main__":
    main()
