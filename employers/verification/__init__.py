"""Whether an organization is who it says: people register or claim it, and a rule or a moderator decides.

At once only when a confirmed address is at a website domain that a register already holds for the employer
(employers.domains.automatic). Everything else waits in the moderators' queue, with what speaks for and against it.
"""

from employers.verification.asking import (
    ASKED_AT_MOST,
    OPEN_AT_MOST,
    Suspicion,
    ask_again,
    change,
    claim,
    register,
    still_here,
    suspicion,
)
from employers.verification.deciding import (
    KEEPS_OUT,
    VerificationRefused,
    approve,
    approve_employer,
    check_mail,
    confirmed_addresses,
    reject,
    withdraw,
)

__all__ = [
    "ASKED_AT_MOST", "KEEPS_OUT", "OPEN_AT_MOST", "Suspicion", "VerificationRefused", "approve", "approve_employer",
    "ask_again", "change", "check_mail", "claim", "confirmed_addresses", "register", "reject", "still_here", "suspicion",
    "withdraw",
]  # fmt: skip
