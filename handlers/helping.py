"""What the bot tells of itself: what there is to ask, and how, and that it does not know some command."""

from __future__ import annotations

from telegram import Update

from handlers.context import BriefingContext, Role
from handlers.markup import Html, escape
from handlers.questions import held
from handlers.replying import reply

HELP = Html(
    "Ask me in everyday words; I answer with the exact sentence, who said it, its outlet and its date.\n"
    "In a group, use /ask, mention me, or reply to one of my messages.\n\n"
    "/ask how many refugees\n"
    "/ask what's new, or /ask what's new on the strike: the newest that is held\n"
    "/why tells how your last question was read\n"
    "/alias armour = tanks, armoured vehicles: teach another word; /alias armour = forgets it; /alias lists all\n"
    "/story s12 shows a stored story with all its facts; /story alone, those stored last\n"
    "/status says what is held"
)
HELP_EDITOR = Html(
    "You may add stories: paste or forward the text, or send it as a .txt file; /store as a reply takes any message."
)
HELP_ADMIN = Html("/editors lists who may add stories; /editors add 12345 and /editors remove 12345 change it.")


async def start(update: Update, context: BriefingContext) -> None:
    """/start: what there is to ask about, and how."""
    greeting = context.services.greeting
    text = f"{_help_for(context.role)}\n\n{await held(context)}"
    await reply(update, context, Html(f"{escape(greeting)}\n\n{text}" if greeting else text))


async def show_help(update: Update, context: BriefingContext) -> None:
    """/help: what the sender may do here."""
    await reply(update, context, _help_for(context.role))


def _help_for(role: Role) -> Html:
    parts = [HELP]
    parts += [HELP_EDITOR] if role >= Role.EDITOR else []
    parts += [HELP_ADMIN] if role >= Role.ADMIN else []
    return Html("\n\n".join(parts))


async def unknown_command(update: Update, context: BriefingContext) -> None:
    """Any other command: a slip of the finger deserves a word, in private only."""
    await reply(update, context, Html("I do not know that command. /help lists those that I know."))
