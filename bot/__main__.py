"""`python -m bot` is `folkmoot`."""

from bot.cli import main

raise SystemExit(main())
