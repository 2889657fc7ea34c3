"""What the decoder answers with."""

from dataclasses import asdict, dataclass, field

VERDICTS = ("coordination", "management", "mixed", "related", "not_this_field", "not_enough")
OF_THE_FIELD = frozenset({"coordination", "management", "mixed"})


@dataclass(frozen=True)
class Phrase:
    """A phrase of the input that decided, text[start:end] in characters, and what it says in a plain sentence."""

    phrase: str
    start: int
    end: int
    says: str


@dataclass(frozen=True)
class Decoded:
    """The reading of one title or ad.

    `verdict` is one of VERDICTS. `confidence` is a number from 0 to 1: 0.85 or more is clear, from 0.65 likely, less a
    leaning. `evidence` holds the deciding phrases in the order of the text; it may be empty for a text that says nothing.
    `title_slug` is a title of careers/content/titles.yaml that the text names or comes nearest to, or None.
    """

    text: str
    verdict: str
    confidence: float
    evidence: tuple
    title_slug: str | None

    def as_dict(self):
        """The same as plain values, fit for JSON."""
        return asdict(self) | {"evidence": [asdict(phrase) for phrase in self.evidence]}

    @property
    def is_of_the_field(self):
        """True for coordination, management, or a mix of both."""
        return self.verdict in OF_THE_FIELD


@dataclass
class Reading:
    """What a line says. `marks` are (start, end, says); `cores` the pairs of words that name the work."""

    verdict: str
    confidence: float
    marks: list = field(default_factory=list)
    slug: str | None = None
    cores: tuple = ()
