"""What is told of a link, gathered from its rows."""

from bot.chat.refs import platform_name
from bot.features.links import texts
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import AccountRow, ChatRow, RoomLinkRow


def facts_of(link: RoomLinkRow, platform: str) -> texts.LinkFacts:
    """As it is told on this platform."""
    return texts.LinkFacts(
        link_id=link.id,
        joining=room_name(link.chat),
        host=room_name(link.host),
        by=isolated(link.account.name),
        state=link.state,
        holds_at=link.holds_at,
        waits_for=link.waits_for,
        objector=isolated(link.objector.name) if link.objector else "",
        prefix=prefix_on(platform),
    )


def room_name(chat: ChatRow) -> str:
    platform = platform_name(chat.platform)
    return f"{isolated(chat.title)} ({platform})" if chat.title else platform


def account_name(account: AccountRow) -> str:
    return f"{isolated(account.name)} ({platform_name(account.platform)})"
