"""Pages as PDF, set by Typst in a process of its own: what that loads does not stay in a bot that runs for months."""

import asyncio
import contextlib
import os
from importlib.util import find_spec

from bot import apart

PACKAGES = ("typst", "manimgx-fonts", "noto-cjk-sans-jp-regular")  # the extra `paper`
NEEDED = ("typst", "manimgx_fonts", "noto_cjk_sans_jp_regular")
PATIENCE = 20.0  # seconds


def installed() -> bool:
    return all(find_spec(name) for name in NEEDED)


class Press:
    """Prints one page after the other."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience, self.turn = patience, asyncio.Semaphore()

    async def printed(self, page: str) -> bytes | None:
        """The page, as JSON, as PDF; None if it did not come out in time. What people wrote travels as data, never as markup."""
        async with self.turn:
            with contextlib.suppress(OSError, TimeoutError):
                return await self.set(page)
            return None

    async def set(self, page: str) -> bytes | None:
        pipe, surroundings = asyncio.subprocess.PIPE, {"PYTHONPATH": apart.path(), "PATH": os.environ.get("PATH", os.defpath)}
        quiet = asyncio.subprocess.DEVNULL
        command = apart.command("bot.printing.press")
        child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=quiet, env=surroundings)
        try:
            async with asyncio.timeout(self.patience):
                pdf, _ = await child.communicate(page.encode())
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        return pdf if child.returncode == 0 and pdf.startswith(b"%PDF") else None
