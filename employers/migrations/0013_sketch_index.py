import hashlib
import re

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


def sketch(text):  # frozen: how openings were sketched when this index was made
    words = re.findall(r"[a-z]+", text.lower())
    if len(words) < 40:
        return []
    runs = {" ".join(words[start : start + 5]) for start in range(len(words) - 4)}
    return sorted(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") >> 1 for run in runs)[
        :32
    ]


def sketch_openings(apps, schema_editor):
    listings = apps.get_model("employers", "Listing")
    for listing in listings.objects.filter(sketch=[]).only("pk", "description").iterator(chunk_size=500):
        if drawn := sketch(listing.description):
            listings.objects.filter(pk=listing.pk).update(sketch=drawn)


class Migration(migrations.Migration):
    atomic = False  # an index made beside the traffic needs no transaction around it
    dependencies = [("employers", "0012_sketch")]
    operations = [
        AddIndexConcurrently(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(fields=["sketch"], name="employers_listing_by_sketch"),
        ),
        migrations.RunPython(sketch_openings, migrations.RunPython.noop),
    ]
