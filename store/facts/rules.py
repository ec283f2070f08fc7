"""Every rule that gives a field of a fact, with its wording: what `bot.py facts --explain` tells an editor.

A finder names its rule where it decides: the rule is the `Rule` it puts into what it returns, so that the two cannot
drift apart. A rule's value is its wording, a clause that says why; "{}" stands for the printed words that set it off.
The rules of who speaks and in what standing are plain words, "name" or "name: what it found"; see `spoken`.
Nothing of this is stored: a story read again gives the same fields by the same rules.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Rule(StrEnum):
    """The rules of figures, dates and names."""

    # ---- figures: the number
    DIGITS = "number in digits"
    DIGITS_APART = "number of several digits, in groups"
    DECIMAL = "number with a decimal point"
    DIGITS_FRACTION = "digits with a fraction behind them"
    DIGITS_LETTER = "digits with a letter for thousand, million or billion: “{}”"
    DIGITS_SCALED = "digits times the number word after them"
    WORDS = "number in words"
    OPENED = "number in words: “{}”"
    DOZENS = "vague amount “{}”: from two of them to just below a hundred"
    VAGUE = "vague amount “{}”: from two of them to just below ten of them"
    SEVERAL = "vague amount “{}”: from two to just below ten of the word of scale"
    TIMES = "so many times: “{}”"
    SHARE = "share of a whole, in words"
    SHARE_SIGN = "share of a whole, as a sign"
    SHARE_PRINTED = "share of a whole, over a stroke"
    SHARE_ONE_IN = "share of a whole: so many in so many"
    NEGATIVE = "below nought: “{}” before it"
    POINT = "a point before it, its nought left out"
    # ---- figures: two that belong together
    RANGE = "range: from the first figure to the second, joined by “{}”"
    CHANGED_TO = "new figure of a change"
    CHANGED_FROM = "earlier figure of a change: “from … to” after a word of change"
    PAIR = "one of a pair, as in a score or a vote"
    # ---- figures: bounds
    ABOUT = "approximate: “{}”"
    UNDER = "approximate, a little less: “{}”"
    OVER = "approximate, a little more: “{}”"
    AT_LEAST = "a least: “{}”"
    AT_MOST = "a most: “{}”"
    EXACT = "exact: “{}”"
    EARLIER = "earlier figure of a change: “{}” before it"
    TAKEN_BACK = "earlier figure, which the outlet takes back: “{}”"
    # ---- figures: the unit, and of what
    CURRENCY_BEFORE = "unit from the currency before it: “{}”"
    CURRENCY_AFTER = "unit from the currency after it: “{}”"
    MEASURE = "unit from the measure after it: “{}”"
    PART_OF_WHOLE = "unit is a share, since it is a part of a whole"
    NOUN_AFTER = "unit from the noun after it: “{}”"
    NOUN_AFTER_OF = "unit from the noun after “of”: “{}”"
    COMPOUND = "unit from the noun behind the hyphen: “{}”"
    PEOPLE_WHO = "unit is people, since “who” follows"
    PEOPLE_FATE = "unit is people, since “{}” says what became of them"
    GROUP = "unit from what “{}” before it is made up of"
    VOTES = "unit is votes, since voting is told of"
    MEASURED = "of what: “{}”, the thing measured"
    MEASURED_BEFORE = "of what: “{}”, named before the figure"
    MEASURED_SUBJECT = "of what: “{}”, the subject of the verb before the figure"
    EACH = "of what: “{}”, each at this price"
    WHAT = "of what: “{}”"
    FATE = "what became of them: “{}”"
    ANNOUNCED = "unit from the words that announce the figure: “{}”"
    HANDED_ON = "unit taken over from the figure before: “{}”"
    UNIT_OF_NEW = "unit taken over from the new figure: “{}”"
    # ---- figures: ages
    AGE_UNIT = "unit is years, as of all ages"
    AGE_OLD = "age: “{}” follows"
    AGE_ANNOUNCED = "age: “{}” stands before it"
    AGE_APPOSED = "age: a number alone between marks after somebody"
    AGE_TOLD = "age: “{}” before a number alone"
    AGE_BOUND = "age: people “{}” a number alone"
    AGE_LISTED = "age: joined to the age before it"
    AGE_RANGE = "ages: people from the first number to the second"

    # ---- dates: which day is meant
    PRINTED_NUMERIC = "printed in digits, with its year"
    PRINTED_YEAR = "printed with its year"
    DAY_BESIDE = "no year printed: that of the date before it"
    DAY_NEAREST = "no year printed: the nearest to the story's own day"
    DAY_BY_TENSE = "no year printed: the nearest that the tense allows"
    DAY_BY_WEEKDAY = "no year printed: the one in which the weekday fits"
    DAY_OF_MONTH = "no month printed: that of “{}”"
    WEEKDAY_JOINED = "the first day of that name after the date that it is joined to"
    WEEKDAY_BUT_ONE = "“{}”: the day of that name a week further off"
    WEEKDAY_DATED = "the date that stands with the weekday"
    WEEKDAY_IN_WEEK = "the day of that name in “{}”"
    WEEKDAY_LAST = "“{}”: the day of that name before the story's own"
    WEEKDAY_NEXT = "“next”: the day of that name in the week after the story's"
    WEEKDAY_TODAY = "the story's own day has that name"
    WEEKDAY_AHEAD = "the first day of that name after the story's own"
    WEEKDAY_BEHIND = "the last day of that name before the story's own"
    DAY_WORD = "counted from the story's own day"
    NIGHT_GONE = "the night that ended on the story's own day"
    NIGHT_AHEAD = "the night that begins on the story's own day"
    AGO = "counted back from the story's own day"
    FROM_NOW = "counted ahead from the story's own day"
    FROM_DATE = "counted from the date before it"
    PERIOD = "by the calendar, counted from the story's own day"
    SO_FAR = "from its first day to the story's own"
    STILL_AHEAD = "from the story's own day to its last"
    WINDOW = "from that long ago to the story's own day"
    WINDOW_AHEAD = "from the story's own day to that far ahead"
    WEEKEND_GONE = "the weekend before the story's own day"
    WEEKEND_NOW = "the weekend of the story's own week"
    YEAR_TOLD = "of the year that “{}” tells, counted from the story's own"
    MONTH_NOW = "the story's own month"
    MONTH_BEHIND = "the last month of that name before the story's own"
    MONTH_AHEAD = "the first month of that name after the story's own"
    MONTH_NEAREST = "the month of that name nearest to the story's own"
    QUARTER_AHEAD = "the first one that is not over"
    QUARTER_BEHIND = "the last one that has begun"
    SEASON_BY_TENSE = "the nearest season of that name that the tense allows"
    SEASON = "the season that “{}” tells, counted from the story's own day"
    HOLIDAY = "a holiday of the list, the nearest to the story's own day that the tense allows"
    HOLIDAY_DATED = "a holiday of the list, printed with its year"
    YEAR = "a year"
    YEARS = "years, from the first to the second"
    DECADE = "a decade"
    CENTURY = "a century"
    # ---- dates: what the verbs around it say
    TENSE_PAST = "over, by “{}”"
    TENSE_AHEAD = "still to come, by “{}”"
    TENSE_OPEN = "no word tells whether it is over"
    # ---- dates: parts, ranges and clock times
    WEEK_OF = "the week, Monday to Sunday, that holds that day"
    EDGE = "its edge: “{}”"
    NUMBERED = "counted within it: “{}”"
    PART = "a part of it: “{}”"
    UP_TO = "range: from the first date to the second, joined by “{}”"
    LENGTH_TO = "range: the length of time that ends with it: “{}”"
    LENGTH_FROM = "range: the length of time that begins with it: “{}”"
    OF_DATE_BEFORE = "no day printed: that of the date before it"
    OF_STORY_DAY = "no day printed: the story's own"
    DAY_GONE = "no day printed, and the story is from before that time of day: a day before"
    MIDNIGHT_AHEAD = "midnight still to come ends that day"
    CLOCK_ZONE = "clock time in the zone printed with it: “{}”"
    CLOCK_STORY_ZONE = "clock time in the story's own zone"
    CLOCK_LEFT_OUT = "clock time left out, since no zone is known"

    # ---- names: what kind of thing it is, by its own words
    TITLE_BEFORE = "a title before the name: “{}”"
    COUNTRY = "a country of the list"
    KNOWN_PLACE = "in the list of places"
    KNOWN_BODY = "in the list of bodies"
    BODY_WORD = "a word of its name is one for bodies"
    BODY_CALLS = "its name calls for something, as those of charities and campaigns do"
    ACRONYM = "an abbreviation in capitals"
    PLACE_WORD = "a word of its name is one for places: “{}”"
    SMALL_BODY = "told apart in small letters by what stands before its noun: “{}”"
    BAND = "a phrase that the story introduces as one or lets speak"
    # ---- names: what kind of thing it is, by the words around it
    WORD_BEFORE = "“{}” before it"
    WORD_AFTER = "“{}” after it"
    PLACE_APPOSED = "called a place after the comma: “{}”"
    PLACE_OWNS = "owns what a country or a region has: “{}”"
    PLACE_SPEAKS = "speaks, as a government does by its country's name: “{}”"
    PLACE_OPENING = "its first word opens names of places: “{}”"
    PLACE_OF_OFFICE = "an office is held in it: “{}”"
    PERSON_BEFORE = "“{}” before the name"
    OFFICE_BEFORE = "an office and its “of” before the name"
    TURN_LABEL = "labels what is said in an interview or a transcript"
    PERSON_QUOTED = "a quotation before the name, a verb of speech after it"
    PERSON_SPEAKS = "speaks: “{}”"
    NICKNAMED = "the story gives another name with it: “{}”"
    PERSON_WORDS = "two to five words that make a name"
    PERSON_APPOSED = "what stands after the comma is said of people: “{}”"
    PERSON_OWNS = "has what people have: “{}”"
    BODY_OWNS = "owns what a company has: “{}”"
    BODY_SPEAKS = "“the” before it, and it speaks"
    BODY_CARES = "does what an aid body does for people: “{}”"
    BODY_APPOSED = "called one after the comma: “{}”"
    BODY_OF_COUNTRY = "its last word is a country's name: “{}”"
    BODY_JOINED = "capitals inside the word"
    IN_DATELINE = "stands in the dateline"
    HAS_PEOPLE = "its people are named in the story"
    LISTED_WITH_PLACE = "listed together with one"
    SHORT_COMPANY = "short for the company of that name"
    # ---- names: how the printed form stands for the name
    FULLER = "the fullest form of the name in the story"
    PART_OF_NAME = "part of one person's name alone"
    NICKNAME = "another name that the story gives for the person"
    PART_BEFORE = "of several people of that name, the one named before or whom the title fits"
    COUNTRY_CALLED = "the country's name in the list"
    SHARED_SURNAME = "shares the surname of the relative behind “and”"
    LETTERS = "letters of office or honour behind the name"
    IN_BRACKETS = "abbreviation and full name stand together in brackets"
    BODY_CALLED = "the body's name in the list"
    COMPANY_CALLED = "short for the company in the story"
    ENDING = "the only body of the story whose name ends so"
    # ---- names: the office of a person, and whose it is; where a place is
    ROLE_TITLE = "office from the title before the name: “{}”"
    ROLE_BESIDE = "office from the words beside the name: “{}”"
    OF_BEFORE = "whose, from the words before the office: “{}”"
    OF_POSSESSIVE = "whose, from the possessive before it"
    OF_AFTER = "whose, from “of” after the name"
    OF_BESIDE = "whose, from the words beside the name: “{}”"
    OF_OPENING = "whose, from the country with which the story opens"
    OF_ITS_NAME = "whose, from the country that its name begins with"
    CAPITAL_OF = "capital of its country"
    IN_AFTER_COMMA = "where, from the place after the comma"
    IN_OF_DATELINE = "where, from the country in the dateline"


class Reason(NamedTuple):
    """A rule that held, and the printed words that set it off where there are any."""

    rule: Rule
    words: str = ""

    def __str__(self) -> str:
        return self.rule.replace("{}", " ".join(self.words.split()))


Reasons = tuple[Reason, ...]


# ---- who speaks, how, and in what standing: the names that `store.facts.speech` gives its rules

_SPEAKER = {
    "lead": "the subject of “{cue}”, before what is said",
    "tag": "the subject of “{cue}”, which closes or interrupts what is said",
    "inverted": "the name behind “{cue}”, after what is said",
    "joined": "goes on from the verb before: “{cue}”",
    "added": "adds to what was said before: “{cue}”",
    "acting": "the subject of the act before “{cue}”",
    "quoted": "given as quoted: “{cue}”",
    "by": "the name behind “by”, with “{cue}”",
    "impersonal": "nobody is named: “{cue}”",
    "source": "named as the source: “{cue}”",
    "colon": "named before a colon and a quotation",
    "words": "the quotation is called their words",
    "to": "named as the one to whom the quotation holds",
    "hangs": "the subject of “{cue}”, in a clause that hangs on what the outlet says",
    "label": "the label of the turn in an interview or a transcript",
    "issuer": "the body that issues the release, for what it denies or corrects there",
    "continued": "nothing but a quotation: goes on where the speaker before left off",
    "after": "nothing but a quotation: of the only person in the sentence before",
    "told after": "nothing but a quotation: the next sentence says whose it is",
    "outlet": "nobody else is given as the source, so the outlet speaks itself",
}
_STATUS = {
    "comes as a denial": "“a denial” is what came from the source",
    "withdraws": "the verb withdraws or corrects: “{cue}”",
    "admits what its side denied": "admits what its own side denied",
    "admits after a denial": "admits or is reversed after saying otherwise",
    "tells what it had ruled out": "tells what it had ruled out before, as the sentence reminds",
    "corrects a figure": "says what a figure should have read",
    "corrects its own report": "the outlet corrects what it said before",
    "withholds after a retreat": "withholds what its side offered before: “{}”",
    "words": "words of what is said, as the list has them: “{}”",
    "denies": "the verb denies or rejects: “{cue}”",
    "own side, accused before": "a negative about its own side, which has been accused",
    "own side, not any": "says that its own side did nothing of the kind",
    "denies for a client": "says for somebody as their lawyer that they did nothing of the kind",
    "denies the deed": "denies what the story holds against the speaker's side: “{}”",
    "denies flatly": "says that nothing of the kind was done",
    "denies again": "repeats that there is nothing of the kind: “{cue}”",
    "expects": "the verb looks ahead to what nobody decides: “{cue}”",
    "vows": "the verb commits its subject: “{cue}”",
    "quotation": "most of what is said stands in quotation marks",
    "attributed": "somebody is given as the source",
    "outlet": "the outlet says it itself",
}
_MODE = {
    "assertion": "nobody else is given as the source",
    "paraphrase": "what is said stands outside quotation marks, but for a word at most",
    "quote": "what is said stands in quotation marks, nearly all of it",
    "mixed": "what is said stands partly in quotation marks",
}
_BACKGROUND = {
    "cue": "words that remind of earlier events, as the list has them: “{}”",
    "event retold with its date": "late in the story, an event retold with its date, and nobody speaks",
}
SPOKEN = {"speaker": _SPEAKER, "status": _STATUS, "mode": _MODE, "background": _BACKGROUND}
HEDGE = "a hedge that the list holds"
CLAIM_OF_VOICE = "somebody else, or a further verb, has the word there: “{}”"
CLAIM_JOINED = "joined by “and” or “but”, and looks ahead"
UNRESOLVED = "left empty: a source is given, but nothing tells surely who it is"

RELATIONS = {
    "denies": "what it denies stands there; evidence: {}",
    "walks_back": "withdraws or changes what its own side said there; evidence: {}",
    "updates": "the newer figure, date or position for the same thing; evidence: {}",
    "disputes": "another party says otherwise of the same thing; evidence: {}",
    "also_reports": "carries what stands there too; evidence: {}",
    "continues_quote": "goes on with the quotation: {}",
    "replaces": "a correction note marks that figure as wrong: “{}”",
}


def spoken(field: str, rule: str, *, cue: str | None = None) -> str:
    """Return the wording of a *rule* of speech, such as "withdraws: retract"; *cue* is the verb that was printed."""
    name, _, found = rule.partition(": ")
    return SPOKEN[field][name].replace("{cue}", cue or _legible(found)).replace("{}", _legible(found))


def _legible(pattern: str) -> str:
    """Return a pattern of the lexicons as an editor reads it: "is/are expected to" of "is|are expected to -by"."""
    words = (word.removeprefix("~") for word in pattern.split() if not word.startswith("-"))
    return " ".join(words).replace("|", "/")
