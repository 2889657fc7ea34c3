"""Is the content there."""

from careerportal.core.doctor import check, fail, ok
from careers.models import CareRole, JobTitle


@check("content")
def content():
    if not (CareRole.objects.exists() and JobTitle.objects.exists()):
        return fail("Roles or job titles are missing; pages are empty.", "Run manage.py load_content.")
    return ok(f"{CareRole.objects.count()} roles, {JobTitle.objects.count()} job titles.")
