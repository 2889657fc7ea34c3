"""The erase log: which addresses were erased, so that a restored backup can be told."""

from django.db import models


class ErasedAddress(models.Model):
    """One erased address: its keyed hash and the time, nothing else. The database refuses to change or delete a row."""

    address_hash = models.CharField(max_length=64)
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "erased_at"], name="accounts_erasedaddress_once"),
            models.CheckConstraint(
                name="accounts_erasedaddress_is_a_hash", condition=models.Q(address_hash__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return f"erased address {self.pk}"
