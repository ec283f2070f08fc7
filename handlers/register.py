"""Every handler, in order."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import access, admin, chats, helping, inline, intake, questions, showing, surroundings, undoing
from handlers.context import BriefingApplication
from handlers.failures import report
from handlers.sorting import cannot_read, sort_message

BOOKKEEPING, GATE, WORK = -2, -1, 0

# The list that Telegram shows while somebody types; kept by `setMyCommands`.
COMMANDS = {
    "ask": "ask a question",
    "why": "how your last question was read",
    "alias": "teach another word for the same",
    "story": "a stored story with its facts",
    "store": "store a story (editors)",
    "status": "what is held",
    "help": "what you can do here",
}

# An edited message runs no command again, but for /ask, whose answer is edited.
_NEW = filters.UpdateType.MESSAGE
_NEW_OR_EDITED = filters.UpdateType.MESSAGES
_CONTENT = filters.TEXT | filters.CAPTION | filters.Document.ALL | filters.FORWARDED


def register(application: BriefingApplication) -> None:
    """Add all handlers; of one group, the first that fits takes the update."""
    add = application.add_handler
    add(ChatMemberHandler(chats.note_own_place, ChatMemberHandler.MY_CHAT_MEMBER), BOOKKEEPING)
    add(ChatMemberHandler(chats.note_member, ChatMemberHandler.CHAT_MEMBER), BOOKKEEPING)
    add(MessageHandler(filters.StatusUpdate.MIGRATE, chats.note_migration), BOOKKEEPING)
    add(MessageHandler(filters.StatusUpdate.LEFT_CHAT_MEMBER, chats.note_departure), BOOKKEEPING)

    add(TypeHandler(Update, access.gate), GATE)

    add(CommandHandler("start", helping.start, _NEW), WORK)
    add(CommandHandler("help", helping.show_help, _NEW), WORK)
    add(CommandHandler("status", admin.status, _NEW), WORK)
    add(CommandHandler("editors", admin.editors, _NEW), WORK)
    add(CommandHandler("ask", questions.ask, _NEW_OR_EDITED), WORK)
    add(CommandHandler("why", questions.why, _NEW), WORK)
    add(CommandHandler("alias", questions.alias, _NEW), WORK)
    add(CommandHandler("store", intake.store_command, _NEW), WORK)
    add(CommandHandler("story", showing.show_story, _NEW), WORK)
    add(MessageHandler(_NEW & filters.COMMAND & filters.ChatType.PRIVATE, helping.unknown_command), WORK)
    add(MessageHandler(_NEW_OR_EDITED & _CONTENT & ~filters.COMMAND, sort_message), WORK)
    add(MessageHandler(_NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, cannot_read), WORK)
    add(CallbackQueryHandler(surroundings.show_surroundings, surroundings.PATTERN), WORK)
    add(CallbackQueryHandler(showing.show_facts, showing.FACTS_PATTERN), WORK)
    add(CallbackQueryHandler(showing.turn_page, showing.PAGE_PATTERN), WORK)
    add(CallbackQueryHandler(undoing.undo, undoing.PATTERN), WORK)
    if application.bot_data.services.inline:
        add(InlineQueryHandler(inline.answer_inline), WORK)

    application.add_error_handler(report)
