"""What the sender itself adds to a message: why it does not stand where it belongs."""

from bot.chat.message import Block, Text, paragraph
from bot.language import Voice


def topic_gone(v: Voice) -> Block:
    return paragraph(Text(v._("The topic in which this belongs is closed or deleted, so I say it here."), "italic"))
