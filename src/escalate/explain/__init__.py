"""Every record as a sentence, in the language that is asked for; ids, never names."""

from ..wording import Wording
from .sentences import evidence_of, sentence
from .story import Entry, Known, follow, standing, whose

__all__ = ["Entry", "Known", "Wording", "evidence_of", "follow", "sentence", "standing", "whose"]
