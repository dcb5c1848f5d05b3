"""The server in a process of its own, and a client for its control side: for tests that kill the bot while people tap."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


class Remote:
    """`remote.call("says", person=1, chat=-100, text="/join")`: any verb of `Control`. Not to be shared by threads."""

    def __init__(self, port: int, token: str, pid: int = 0) -> None:
        self.port, self.token, self.pid = port, token, pid
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    def close(self) -> None:
        self.connection.close()

    def call(self, verb: str, **body: Any) -> Any:
        self.connection.request("POST", f"/control/{verb}", json.dumps(body))
        answer = self.connection.getresponse()
        said = json.loads(answer.read())
        if answer.status != 200:
            raise LookupError(said["error"])
        return said

    def person(self, name: str, username: str = "") -> int:
        return int(self.call("person", name=name, username=username)["id"])

    def group(self, title: str = "Moot", **more: Any) -> int:
        return int(self.call("group", title=title, **more)["id"])

    def says(self, person: int, chat: int, text: str) -> int:
        return int(self.call("says", person=person, chat=chat, text=text)["message_id"])

    def taps(self, people: list[int], chat: int, message_id: int, label: str) -> list[str]:
        """All of them press the button, in one call; the ids of their presses."""
        return list(self.call("taps", people=people, chat=chat, message_id=message_id, label=label)["ids"])

    def messages(self, chat: int) -> list[dict[str, Any]]:
        return list(self.call("messages", chat=chat))


@contextmanager
def running(port: int = 0, lasting: bool = False) -> Iterator[Remote]:
    """A server process that ends with the block. `lasting`: it keeps whatever is not fetched, for ever."""
    command = [sys.executable, "-m", "tests.support.botapi", "--port", str(port), *(["--lasting"] if lasting else [])]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            with closing(Remote(told["port"], told["token"], process.pid)) as remote:
                yield remote
        finally:
            process.terminate()
