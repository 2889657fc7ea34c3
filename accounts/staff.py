"""The two groups of staff and what each may touch in the admin."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS = "editors"
MODERATORS = "moderators"

# Content and its translations; of the history and of what the files last said, only a look.
_CONTENT = Q(content_type__app_label="careers")
_LOOK = Q(codename__startswith="view_")
_EDITORS_MAY = (_CONTENT & (_LOOK | ~Q(codename__contains="historical") & ~Q(codename__endswith="_contentload"))) | Q(
    content_type__app_label="core", content_type__model="translation"
)

# Employers and openings are looked at and changed, never made or deleted by hand; cases are decided at /moderation/;
# the mail ledger is looked at.
_MODERATORS_MAY = (
    Q(content_type__app_label="employers", content_type__model__in=["employer", "listing", "site"])
    & (_LOOK | Q(codename__startswith="change_"))
    | Q(content_type__app_label="employers", codename="view_membership")
    | Q(content_type__app_label="employers", codename__in=["view_verification", "view_evidence"])
    | Q(content_type__app_label="employers", codename__in=["view_correctionrequest", "change_correctionrequest"])
    | Q(content_type__app_label="employers", content_type__model__in=["registerkind", "registerrun", "registerentry"])
    & _LOOK
    | Q(content_type__app_label="employers", content_type__model__in=["merge", "doubtfulpair"])
    & (_LOOK | Q(codename__startswith="change_"))
    | Q(content_type__app_label="employers", content_type__model="employergroup")
    | Q(content_type__app_label="employers", codename__in=["view_case", "change_case"])
    | Q(content_type__app_label="employers", content_type__model__in=["blockeddomain", "cannedreason"])
    | Q(content_type__app_label="accounts", codename="view_wishedemployer")
    | Q(content_type__app_label="outbox") & _LOOK
)


def write_groups():
    """Make the groups and give them exactly their permissions; return them by name. Needs migrated tables."""
    groups = {}
    for name, may in ((EDITORS, _EDITORS_MAY), (MODERATORS, _MODERATORS_MAY)):
        groups[name], _is_new = Group.objects.get_or_create(name=name)
        groups[name].permissions.set(Permission.objects.filter(may))
    return groups
