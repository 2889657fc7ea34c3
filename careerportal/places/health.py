"""Are the places there."""

from careerportal.core.doctor import check, fail, ok
from careerportal.places.models import ZipCode

FEWEST_ZIP_CODES = 40_000


@check("zip-codes")
def zip_codes():
    count = ZipCode.objects.count()
    if count < FEWEST_ZIP_CODES:
        return fail(f"{count:,} ZIP codes are loaded; search by place fails.", "Run manage.py load_zip_codes.")
    return ok(f"{count:,} ZIP codes.")
