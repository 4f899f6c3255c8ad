"""What a seat received and sent: injects and messages in one list, the newest first."""

from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.records import Message, SentInject
from resilience.exercise.seats import Seat
from resilience.exercise.state import ExerciseState
from resilience.exercise.wording import who
from scenarios.schema import Scenario
from tui.view_models.injects import cells_text, channel_word
from tui.view_models.rows import Block, Sheet, Tone
from tui.view_models.words import moment


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as a seat has it: received, or sent by itself."""

    seq: int
    minute: int
    sender: str
    to: str
    title: str
    text: str
    channel: str
    mine: bool
    unread: bool
    reply_to: tuple[str, ...]
    """The cells to which an answer goes; none for whoever plays the outside world."""
    answers: int | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line of the list of messages."""

    key: str
    mark: str
    word: str
    tone: Tone
    time: str
    who: str
    title: str


def letters(state: ExerciseState, scenario: Scenario, seat: Seat) -> tuple[Letter, ...]:
    """Return what *seat* received and sent, the newest first; *state* holds only what it may see."""
    found = [_inject(sent, state, scenario, seat) for sent in state.sent.values()]
    found += [_message(message, state, scenario, seat) for message in state.messages]
    return tuple(sorted(found, key=lambda letter: -letter.seq))


def letter_rows(listed: tuple[Letter, ...]) -> tuple[LetterRow, ...]:
    """Return the lines of the list."""
    return tuple(_row(letter) for letter in listed)


def letter_sheet(letter: Letter, listed: tuple[Letter, ...]) -> Sheet:
    """Return a whole message, with the answers to it."""
    facts = [(_("From"), letter.sender), (_("To"), letter.to), (_("Time"), moment(letter.minute))]
    if letter.channel:
        facts.append((_("Channel"), letter.channel))
    asked = next((one for one in listed if one.seq == letter.answers), None)
    if asked is not None:
        facts.append((_("Answers"), asked.title))
    blocks = [Block("", (letter.text,))]
    answers = tuple(
        f"{moment(one.minute)} {one.sender}: {one.text}" for one in reversed(listed) if one.answers == letter.seq
    )
    if answers:
        blocks.append(Block(_("Answers"), answers))
    return Sheet(letter.title, facts=tuple(facts), blocks=tuple(blocks))


def letter_card(letter: Letter) -> Sheet:
    """Return the same in few lines: what stands below the list."""
    route = " · ".join(part for part in (f"{letter.sender} → {letter.to}", letter.channel) if part)
    return Sheet(letter.title, lead=route, blocks=(Block("", (letter.text,)),))


def _row(letter: Letter) -> LetterRow:
    if letter.mine:
        mark, word, tone = "»", _("sent"), Tone.MUTED
    elif letter.unread:
        mark, word, tone = "●", _("new"), Tone.STRONG
    else:
        mark, word, tone = "·", _("opened"), Tone.PLAIN
    other = letter.to if letter.mine else letter.sender
    return LetterRow(str(letter.seq), mark, word, tone, moment(letter.minute), other, letter.title)


def _inject(sent: SentInject, state: ExerciseState, scenario: Scenario, seat: Seat) -> Letter:
    return Letter(
        seq=sent.seq,
        minute=sent.minute,
        sender=str(sent.sender),
        to=cells_text(sent.cells, scenario),
        title=str(sent.title),
        text=str(sent.text),
        channel=channel_word(sent.channel),
        mine=False,
        unread=(seat.key, sent.seq) not in state.read,
        reply_to=(),
        decision=sent.decision,
    )


def _message(message: Message, state: ExerciseState, scenario: Scenario, seat: Seat) -> Letter:
    mine = message.actor == seat.key
    role, _slash, name = message.sender.partition("/")
    return Letter(
        seq=message.seq,
        minute=message.minute,
        sender=who(message.sender, scenario),
        to=message.to or cells_text(message.cells, scenario) or _("the facilitator"),
        title=message.text.split("\n")[0],
        text=message.text,
        channel="",
        mine=mine,
        unread=not mine and (seat.key, message.seq) not in state.read,
        reply_to=(name,) if role == "cell" and not mine else (),
        answers=message.answers,
    )
