"""The pages about the work, in the order in which a newcomer asks: nothing under /careers/ is left without a way to it."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# Route, its name on pages, what it answers.
PAGES = (
    ("careers:fit", _("Does it fit you?"), _("Twelve questions, with reasons. Nothing is stored.")),
    ("careers:compare", _("The two roles compared"), _("What they share, and how they differ, line by line.")),
    ("careers:functions", _("What they do"), _("Each task, who leads it, and an example.")),
    ("careers:titles", _("Job titles from A to Z"), _("What a title means, and where it is used.")),
    ("careers:decoder", _("Title decoder"), _("Paste a title or an ad. See what kind of work it is.")),
    ("careers:settings", _("Where the work is done"), _("Hospitals, clinics, plans, schools and more.")),
    ("careers:pathways", _("Ways in and up"), _("First jobs, ladders, and what each step takes.")),
    ("careers:route", _("Route finder"), _("What you have, what is open to you, what comes next.")),
    ("careers:credentials", _("Credentials"), _("Who gives them, who may get them, how to renew.")),
    ("careers:training", _("Training"), _("Programs, what they cost, and those that pay you.")),
    ("careers:pay", _("Pay"), _("Figures with their area and date, and what openings offer.")),
    ("careers:pay_rules", _("Pay rules by state"), _("Where a posting must show the pay.")),
    ("careers:faq", _("Questions and answers"), _("Short answers with their sources.")),
    ("careers:news", _("Career news"), _("What changed in this work.")),
    ("careers:sources", _("Sources"), _("Everything these pages rely on, with dates.")),
)


def pages():
    """Return {"url", "label", "line"} for each page that has an address."""
    found = []
    for route, label, line in PAGES:
        try:
            found.append({"url": reverse(route), "label": label, "line": line})
        except NoReverseMatch:
            continue
    return found
