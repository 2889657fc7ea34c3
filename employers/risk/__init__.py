"""What makes an organization or an opening risky: codes, their words for moderators, and the phrases that show them."""

from employers.risk.codes import RISK_WORDS, URGENT, Risk, holds
from employers.risk.listing import of_listing
from employers.risk.text import Finding, in_text

__all__ = ["RISK_WORDS", "URGENT", "Finding", "Risk", "holds", "in_text", "of_listing"]
