"""Whose addresses are whose: the recipient of an account, when its address is confirmed or changes, or two become one."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts import personal
from accounts.addresses import verified_address
from careerportal.outbox import moving
from careerportal.outbox.models import Recipient, normalize_address


@transaction.atomic
def settle(user, *, now: datetime) -> Recipient | None:
    """Make the account's confirmed main address the address we mail it at; return its recipient, None without one.

    The only place that says which user a recipient belongs to. A new address takes along alerts, what was told and what
    was stopped; when it has a recipient already, the two become one without doubles. Repeats change nothing.
    """
    confirmed = verified_address(user)
    if not confirmed:
        return None
    address = normalize_address(confirmed)
    mine = Recipient.objects.filter(user=user).first()
    if mine is not None and mine.address == address:
        return mine
    get_user_model().objects.select_for_update().get(pk=user.pk)
    mine = Recipient.objects.filter(user=user).first()
    there = Recipient.objects.filter(address=address).first()
    if mine is None:
        mine = there or Recipient.objects.for_address(address)
        (mine,) = moving.lock(mine)
        mine.user = user
        mine.save(update_fields=["user"])
        return mine
    if there is not None and there.pk != mine.pk:
        mine = take_over(mine, there, now=now)
    return moving.change_address(mine, address)


@transaction.atomic
def take_over(kept: Recipient, gone: Recipient, *, now: datetime) -> Recipient:
    """Let `kept` have all that hangs on `gone`: alerts, news, the ledger."""
    kept, gone = moving.lock(kept, gone)
    personal.merge_mail(kept, gone, now)
    return moving.merge(kept, gone, now=now)
