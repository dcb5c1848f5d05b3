"""What the rehearsal room says of itself, to whoever plays in it."""

from bot.language import Voice


def tour(v: Voice) -> str:
    return "\n".join(
        (
            v._("A rehearsal room. You play everyone; nothing leaves this machine. Try these, one after another:"),
            "",
            "  anna: /join",
            "  ben: /join",
            "  cleo: /join",
            "  anna: /draw facilitator",
            v._("  ben: 1                 (Ben shakes the hat)"),
            v._("  +30s                   (half a minute passes, and the lots are drawn)"),
            v._("  drawn: 2               (whoever was drawn declines)"),
            v._("  drawn: 1               (the next in order accepts)"),
            v._("  anna: /verify          (how anyone can check it)"),
            "",
            v._("? shows all keys, Ctrl-D ends."),
        )
    )


def time_is(v: Voice, moment: str) -> str:
    return v._("  (it is now {moment})", moment=moment)
