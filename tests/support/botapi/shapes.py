"""What the Bot API shows of each thing: state in, JSON out."""

from tests.support.botapi.state import Chat, File, Json, Member, Post, User

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
)
SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def of_user(user: User) -> Json:
    shown: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    return shown | {key: value for key in ("last_name", "username") if (value := getattr(user, key))}


def of_me(user: User, privacy: bool, joins_groups: bool) -> Json:
    return of_user(user) | {
        "can_join_groups": joins_groups,
        "can_read_all_group_messages": not privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def of_chat(chat: Chat) -> Json:
    if chat.kind == "private" and chat.owner is not None:
        named = {key: value for key in ("first_name", "last_name", "username") if (value := getattr(chat.owner, key))}
        return {"id": chat.id, **named, "type": "private"}
    shown: Json = {"id": chat.id, "title": chat.title, "type": chat.kind}
    return shown | ({"is_forum": True} if chat.forum else {})


def of_whole_chat(chat: Chat) -> Json:
    return of_chat(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
        "permissions": {"can_send_messages": True},
    }


def of_member(member: Member) -> Json:
    shown: Json = {"user": of_user(member.user), "status": member.status}
    match member.status:
        case "creator":
            return shown | {"is_anonymous": False}
        case "administrator":
            return shown | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
        case "restricted":
            others = ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics")
            sending = dict.fromkeys(SENDING, member.may_send)
            return shown | {"is_member": True, "until_date": 0} | sending | dict.fromkeys(others, False)
        case "kicked":
            return shown | {"until_date": 0}
    return shown


def of_post(post: Post, with_reply: bool = True) -> Json:
    shown: Json = {"message_id": post.id}
    if post.sender is not None:
        shown["from"] = of_user(post.sender)
    if post.sender_chat is not None:
        shown["sender_chat"] = of_chat(post.sender_chat)
    shown |= {"chat": of_chat(post.chat), "date": post.date}
    if post.edited_at is not None:
        shown["edit_date"] = post.edited_at
    if post.thread is not None:
        shown |= {"message_thread_id": post.thread, "is_topic_message": True}
    if with_reply and (replied := replied_to(post)) is not None:
        shown["reply_to_message"] = of_post(replied, with_reply=False)
    return shown | post.content


def replied_to(post: Post) -> Post | None:
    """In a topic, what answers nothing else is shown as an answer to the message that opened it."""
    if post.reply_to is not None and not post.reply_to.deleted:
        return post.reply_to
    opening = post.chat.posts.get(post.thread) if post.thread is not None else None
    return None if opening is post else opening


def of_tapped(post: Post) -> Json:
    """The message under a pressed button, or what is left of it."""
    if post.deleted:
        return {"chat": of_chat(post.chat), "message_id": post.id, "date": 0}
    return of_post(post)


def of_file(file: File) -> Json:
    return {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.content)}


def of_document(file: File) -> Json:
    return {"file_name": file.name, "mime_type": file.media_type} | of_file(file)
