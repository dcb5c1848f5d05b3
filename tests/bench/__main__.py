"""`./folkmoot bench [section …]`: figures, printed; all sections, or those that are named."""

import importlib
import sys
import time

SECTIONS = ("taps", "flat", "boards", "memory", "reminders", "digest", "search", "weight", "inputs", "processes", "partition")


def main() -> None:
    wanted = sys.argv[1:] or list(SECTIONS)
    if unknown := set(wanted) - set(SECTIONS):
        sys.exit(f"No such section: {', '.join(sorted(unknown))}. There are: {', '.join(SECTIONS)}.")
    for name in wanted:
        section, began = importlib.import_module(f"tests.bench.{name}"), time.monotonic()
        print(f"== {name}: {(section.__doc__ or '').splitlines()[0]}", flush=True)
        section.main()
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
