"""A port of this machine that nobody uses at the moment."""

import socket
from contextlib import closing


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
