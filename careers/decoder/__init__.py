"""The title decoder: what a job title, or a whole ad, means."""

from careers.decoder.decoded import OF_THE_FIELD, VERDICTS, Decoded, Phrase
from careers.decoder.reading import LONGEST_READ, decode

__all__ = ["LONGEST_READ", "OF_THE_FIELD", "VERDICTS", "Decoded", "Phrase", "decode"]
