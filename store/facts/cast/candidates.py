"""A possible mention of somebody or something, which gathers the signs for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from store.facts.cast.names import Token
from store.facts.model import Kind
from store.facts.rules import Reason, Rule

# How much each sign weighs when the mentions of one name disagree. A word of the name itself settles it.
SURE, STRONG, FAIR, WEAK = 10.0, 3.0, 2.0, 1.0


@dataclass(slots=True)
class Candidate:
    """A possible mention of somebody or something, with the signs for each kind."""

    words: tuple[str, ...]  # the name's words, as printed
    start: int
    end: int
    votes: dict[Kind, float] = field(default_factory=dict)
    signs: list[tuple[float, Kind, Rule, str]] = field(default_factory=list)  # what the votes for a kind went by
    role: str | None = None
    of: str | None = None
    gender: str | None = None
    honorific: bool = False  # "Mr Okello": a person, perhaps by surname alone
    owns: bool = False
    rules_itself: bool = False  # "Ruritania's army": has what only a country has
    opens: bool = False  # the first word begins a sentence
    has_word: bool = False  # beside a quotation: "..." Ruiz said
    has_age: bool = False  # "Ruiz, 71,"
    trade_told: bool = False  # "the singer Zalika": a person, perhaps by that name alone
    kind_told: bool = False  # "the charity Clean Wells": the text says that it is a body
    stands_for: Rule | None = None  # why what is printed means the name, where it is none of its words: "KC"
    tells_nothing: bool = False  # a single word whose capital begins a sentence

    def vote(self, kind: Kind, weight: float, rule: Rule, words: str = "") -> None:
        """Count a sign for *kind*; *words* are the printed ones that it is."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight
        self.signs.append((weight, kind, rule, words))

    def vote_against(self, kind: Kind, weight: float) -> None:
        """Count a sign that this is no *kind*."""
        self.votes[kind] = self.votes.get(kind, 0.0) - weight

    def vote_for_body(self, noun: str, weight: float) -> None:
        """Count the *noun* of a kind of body that stands before the name."""
        self.vote(Kind.ORG, weight, Rule.WORD_BEFORE, noun)
        self.kind_told = self.kind_told or weight >= SURE

    @property
    def is_person_told(self) -> bool:
        """Tell whether the words around it make a person of a name that may be a surname alone."""
        return self.has_word or self.has_age or self.trade_told or self.honorific

    @property
    def stands_as_place(self) -> bool:
        """Tell whether anything but a verb of speech makes it a place."""
        return any(kind is Kind.PLACE and rule is not Rule.PLACE_SPEAKS for _, kind, rule, _ in self.signs)

    @property
    def title(self) -> str:
        """Return the last word of the title before it: "Mrs"; empty where there is none."""
        words = next((words for _, _, rule, words in self.signs if rule is Rule.TITLE_BEFORE), "")
        return words.rpartition(" ")[2]

    def sign_for(self, kind: Kind) -> tuple[float, Reason] | None:
        """Return the weight and the rule of the strongest sign for *kind*, the first of equals."""
        weight, rule, words = 0.0, None, ""
        for heavy, voted, by, printed in self.signs:
            if voted is kind and heavy > weight:
                weight, rule, words = heavy, by, printed
        return None if rule is None else (weight, Reason(rule, words))

    @property
    def name(self) -> str:
        return " ".join(self.words).replace(" .", ".").replace(" ,", ",")


def candidate_of(
    tokens: Sequence[Token], settled: tuple[Kind, Rule] | None = None, weight: float = SURE, *, words: str = ""
) -> Candidate:
    """Return the candidate that *tokens* make; *settled* where their own words settle what it is, by which rule."""
    name = (*(printed(token) for token in tokens[:-1]), tokens[-1].text)
    found = Candidate(name, tokens[0].start, tokens[-1].end, owns=tokens[-1].owns)
    found.opens = tokens[0].opens
    found.tells_nothing = tokens[0].opens and len(tokens) == 1
    if settled:
        kind, rule = settled
        found.vote(kind, weight, rule, words)
    return found


def printed(token: Token) -> str:
    """Return a word of a name with its possessive, as in "Teachers' Federation" and "Women's Institute"."""
    if not token.owns:
        return token.text
    return token.text + ("'" if token.low.endswith("s") else "'s")
