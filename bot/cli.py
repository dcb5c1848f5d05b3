"""`folkmoot run`, `try`, `verify`, `backup` and all the others: the command line."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot import __version__

OK, FAULT, CONFIG, SECOND, DATABASE = 0, 1, 2, 3, 4  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 well, 1 a fault, 2 the configuration, 3 another instance runs, 4 the database needs attention."""
    asked = parser().parse_args(arguments)
    code: int = asked.command(asked)
    return code


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="folkmoot", description="Lots, mandates and a memory for groups that govern themselves.")
    top.add_argument("--version", action="version", version=f"folkmoot {__version__}")
    top.set_defaults(command=rehearse, seed=None, db=None, fresh=False)
    commands = top.add_subparsers(title="commands", metavar="")
    add_run(commands)
    add_try(commands)
    add_verify(commands)
    add_publish(commands)
    for name, command, words in (
        ("doctor", doctor, "look over configuration, database and platforms, and say what to mend"),
        ("panic", panic, "wipe all that this machine keeps of people, groups and keys, after asking once"),
    ):
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--config", type=Path, metavar="FILE", help="default: config.toml")
        made.set_defaults(command=command)
    add_carrying(commands)
    add_port(commands)
    add_partition(commands)
    add_keeping(commands)
    add_operating(commands)
    test = commands.add_parser("test", help="run all checks (in a checkout)", add_help=False)
    test.add_argument("rest", nargs=argparse.REMAINDER)
    test.set_defaults(command=check)
    return top


def add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = commands.add_parser("run", help="serve the rooms that the configuration names")
    made.add_argument("--config", type=Path, metavar="FILE", help="default: config.toml")
    made.add_argument("--init", action="store_true", help="begin with an empty database although there was one before")
    made.set_defaults(command=run)


def add_try(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = commands.add_parser("try", help="a rehearsal room in this terminal, or played from a pipe")
    made.add_argument("--seed", metavar="WORD", help="the same chance each time, so that a rehearsal can be repeated")
    made.add_argument("--db", type=Path, metavar="FILE", help="remember the rehearsal in this file")
    made.add_argument("--fresh", action="store_true", help="forget earlier rehearsals first")
    made.set_defaults(command=rehearse)


def add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = commands.add_parser("verify", help="check a document without the bot")
    words = "an exported register; or the word draw, and the receipt that /verify attached"
    made.add_argument("what", nargs="+", metavar="FILE", help=words)
    made.add_argument("--head", metavar="HASH", help="of a register: a head that was published, as each digest has one")
    made.set_defaults(command=verify)


def add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "write the open archive of a group as a site of plain files"
    made = commands.add_parser("publish", help=words, description=words)
    made.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or one that was published before")
    made.add_argument("--group", metavar="NAME", help="whose, where several groups have opened theirs: its title or number")
    made.add_argument("--config", type=Path, metavar="FILE", help="default: config.toml")
    made.set_defaults(command=publish)


def add_carrying(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, command, what, words in (
        ("export", export, "DIR", "write each group with all that it has into a file of this folder"),
        ("import", bring_in, "FILE", "found a group again from the file that an export has made"),
    ):
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("path", type=Path, metavar=what)
        made.add_argument("--config", type=Path, metavar="FILE", help="default: config.toml")
        made.set_defaults(command=command)


def add_port(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "copy all that a SQLite database holds into an empty PostgreSQL database"
    made = commands.add_parser("port", help=words, description=words)
    made.add_argument("source", metavar="SQLITE_URL", help="sqlite:////home/you/folkmoot.sqlite")
    made.add_argument("target", metavar="POSTGRES_URL", help="postgresql://user@host/name")
    made.set_defaults(command=port)


def add_partition(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "keep the largest tables of a PostgreSQL database in parts, by group"
    made = commands.add_parser("partition", help=words, description=words)
    made.add_argument("url", metavar="POSTGRES_URL", help="postgresql://user@host/name")
    made.add_argument(
        "--parts",
        type=int,
        default=16,
        metavar="N",
        help="into how many; default: 16. 1: the tables stay whole, but their keys take the group in",
    )
    made.set_defaults(command=partition)


def add_keeping(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "write a copy of the database that can be put in its place, while the bot runs"
    made = commands.add_parser("backup", help=words, description=words)
    made.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: named by its time, in the folder of backups")
    made.add_argument("--encrypt", action="store_true", help="seal it with a passphrase")
    made.set_defaults(command=back_up)
    words = "put a copy in the place of the database, after looking it through"
    back = commands.add_parser("restore", help=words, description=words)
    back.add_argument("file", type=Path, metavar="FILE", help="a copy that backup has made")
    back.add_argument("--replace", action="store_true", help="although there is a database; that one is kept aside")
    back.set_defaults(command=restore)
    for each in (made, back):
        each.add_argument("--passphrase-file", type=Path, metavar="FILE", help="instead of being asked for the passphrase")
        each.add_argument("--config", type=Path, metavar="FILE", help="default: config.toml")


def add_operating(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "print a systemd service for this place"
    made = commands.add_parser("unit", help=words, description=words)
    made.add_argument("--config", type=Path, metavar="FILE", help="default: /etc/folkmoot/config.toml")
    made.add_argument("--user", default="folkmoot", help="as whom it runs; default: folkmoot")
    made.set_defaults(command=unit)
    words = "print a file from which podman or docker build an image"
    commands.add_parser("container", help=words, description=words).set_defaults(command=container)


def run(asked: argparse.Namespace) -> int:
    from bot import running

    return running.run(asked.config, begin_anew=asked.init)


def rehearse(asked: argparse.Namespace) -> int:
    from bot import running

    return running.report(lambda: rehearse_in_room(asked))


def rehearse_in_room(asked: argparse.Namespace) -> int:
    from bot import logs
    from bot.rehearsal import room

    logs.set_up()
    if not sys.stdin.isatty():
        from bot.rehearsal import piped

        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        with tempfile.TemporaryDirectory(prefix="folkmoot-") as folder:
            piped.play(asked.db or Path(folder) / "rehearsal.sqlite", sys.stdin, asked.seed)
        return OK
    from bot.rehearsal import typed

    file = asked.db or room.usual_file()
    if asked.fresh:
        room.forget(file)
    typed.play(file, asked.seed)
    return OK


def verify(asked: argparse.Namespace) -> int:
    from bot import quicknet
    from bot.verifying import report

    kind, file = asked.what if len(asked.what) == 2 else ("register", asked.what[0])
    if len(asked.what) > 2 or kind not in {"draw", "register"}:
        return report.tell(report.UNREADABLE, "Say folkmoot verify FILE for a register, folkmoot verify draw FILE for a receipt.")
    if kind == "register":
        return report.register(Path(file), asked.head)
    return report.draw(Path(file), quicknet.is_signed if quicknet.installed() else None)


def publish(asked: argparse.Namespace) -> int:
    from bot.archive import publish

    return publish.publish(asked.folder, asked.config, asked.group)


def export(asked: argparse.Namespace) -> int:
    from bot import carrying

    return carrying.export(asked.config, asked.path)


def bring_in(asked: argparse.Namespace) -> int:
    from bot import carrying

    return carrying.bring_in(asked.config, asked.path)


def port(asked: argparse.Namespace) -> int:
    from bot import porting

    return porting.port(asked.source, asked.target)


def partition(asked: argparse.Namespace) -> int:
    from bot import parting

    return parting.partition(asked.url, asked.parts)


def doctor(asked: argparse.Namespace) -> int:
    from bot import doctor

    return doctor.examine(asked.config)


def back_up(asked: argparse.Namespace) -> int:
    from bot import keeping

    return keeping.back_up(asked.config, asked.file, asked.encrypt, asked.passphrase_file)


def restore(asked: argparse.Namespace) -> int:
    from bot import keeping

    return keeping.restore(asked.config, asked.file, asked.replace, asked.passphrase_file)


def unit(asked: argparse.Namespace) -> int:
    from bot.operating import files

    sys.stdout.write(files.unit(asked.config, asked.user))
    return OK


def container(asked: argparse.Namespace) -> int:
    from bot.operating import files

    sys.stdout.write(files.container())
    return OK


def panic(asked: argparse.Namespace) -> int:
    from bot import panic

    return panic.panic(asked.config)


def check(asked: argparse.Namespace) -> int:
    root = Path(__file__).parent.parent
    if not (root / "tests" / "check.py").exists():
        sys.stderr.write("The checks come with the source: run ./folkmoot test in a checkout.\n")
        return FAULT
    done = subprocess.run([sys.executable, "-m", "tests.check", *asked.rest], cwd=root, check=False)  # noqa: S603 (our own words)
    return done.returncode
