"""Tables of the mail ledger. It knows recipients, streams and item keys, never openings or alerts."""

from ..addresses import BadAddress, normalize_address
from .control import Heartbeat, OutboxSwitch, Pace
from .deliveries import Attempt, Delivery, DeliveryEvent, Item
from .recipients import Recipient, StreamStop, Suppression

__all__ = [
    "Attempt",
    "BadAddress",
    "Delivery",
    "DeliveryEvent",
    "Heartbeat",
    "Item",
    "OutboxSwitch",
    "Pace",
    "Recipient",
    "StreamStop",
    "Suppression",
    "normalize_address",
]
