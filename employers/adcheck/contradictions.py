"""What the words of an ad say against its fields, and fields against each other."""

from django.utils.translation import gettext as _

from careers.vocabulary import EDUCATION_RANKS, Education, License
from employers.adcheck.findings import RuleFinding
from employers.pasting import asked, hours, money, places
from employers.pasting.passages import Ad as Pasted


def of(ad):
    """Yield a RuleFinding ("should") for each contradiction. What neither side says contradicts nothing."""
    text = Pasted(f"{ad.headline}\n{ad.description}")
    said = {}
    for part in (money, hours, places, asked):
        said |= part.find(text)[0]
    yield from _licence(ad, said)
    yield from _schooling(ad, said)
    yield from _pay(ad, said)
    yield from _work(ad, said)
    yield from _fields(ad)


def _should(code, field, text, **words):
    return RuleFinding(code, "should", field, text % words if words else text)


def _licence(ad, said):
    guess = said.get("licences")
    if guess is None or not ad.licences:
        return
    in_text, in_field = set(guess.value), set(ad.licences)
    stance = said["licence_stance"].value if "licence_stance" in said else ""
    phrase = guess.phrase[:60]
    if "none" in in_field and "none" not in in_text and stance == "required":
        text = _("Your text asks for a license (“%(phrase)s”), but you ticked that none is needed. Change one of them.")
        yield _should("licence", "licences", text, phrase=phrase)
    elif "none" in in_text and "none" not in in_field and ad.licence_stance == "required":
        text = _("Your text says “%(phrase)s”, but the license is marked as required. Change one of them.")
        yield _should("licence", "licences", text, phrase=phrase)
    elif not in_text & in_field and "none" not in in_text | in_field and stance == "required":
        named = ", ".join(str(License(one).label) for one in License.values if one in in_field)
        text = _("Your text asks for “%(phrase)s”, but you ticked: %(named)s. Change one of them.")
        yield _should("licence", "licences", text, phrase=phrase, named=named)
    elif in_text & in_field and "none" not in in_field and {stance, ad.licence_stance} == {"required", "preferred"}:
        text = _("Your text and the field differ on how firm the license is (“%(phrase)s”). Change one of them.")
        yield _should("licence-stance", "licence_stance", text, phrase=phrase)


def _schooling(ad, said):
    guess = said.get("education")
    if guess is None or not ad.education or guess.value == ad.education:
        return
    stance = said["education_stance"].value if "education_stance" in said else "required"
    asks_more = EDUCATION_RANKS[guess.value] > EDUCATION_RANKS[ad.education]
    if stance == "required" and (asks_more or guess.value == "none"):
        text = _("Your text says “%(phrase)s”, but the field says: %(level)s. Change one of them.")
        yield _should("schooling", "education", text, phrase=guess.phrase[:60], level=Education(ad.education).label)


def _pay(ad, said):
    if not ad.has_pay or "pay_min_usd" not in said:
        return
    in_text = (said["pay_min_usd"].value, said["pay_max_usd"].value, said["pay_period"].value)
    if in_text[2] == ad.pay_period and in_text[:2] != (ad.pay_min_usd, ad.pay_max_usd):
        text = _("Your text says “%(phrase)s”, but the pay fields say something else. Change one of them.")
        yield _should("pay-in-text", "pay_min_usd", text, phrase=said["pay_min_usd"].phrase[:60])


def _work(ad, said):
    for field, is_clash in (
        ("visits", lambda one, two: (one == "none") != (two == "none")),
        ("needs_car", lambda one, two: one != two),
        ("on_call", lambda one, two: (one == "none") != (two == "none")),
        ("employment", lambda one, two: one != two),
        ("weekly_hours", lambda one, two: one != two),
    ):
        guess, value = said.get(field), getattr(ad, field)
        if guess and guess.is_sure and value not in (None, "") and is_clash(guess.value, value):
            text = _("Your text says “%(phrase)s”, but the field says something else. Change one of them.")
            yield _should("text-and-field", field, text, phrase=guess.phrase[:60])


def _fields(ad):
    """Fields that cannot both be meant."""
    if ad.visits == "none" and ad.visits_percent:
        yield _should("visits", "visits_percent", _("You say that there are no home visits, and give a share of them."))
    if ad.visits in ("some", "most") and ad.visits_percent == 0:
        yield _should(
            "visits", "visits_percent", _("You say that there are home visits, and that their share is zero.")
        )
    if ad.visits == "most" and ad.visits_percent is not None and 0 < ad.visits_percent < 50:
        yield _should("visits", "visits_percent", _("Mostly home visits, but less than half of the time? Check both."))
    if ad.mode == "remote" and ad.visits == "most":
        yield _should(
            "visits", "mode", _("Remote work that is mostly home visits? Choose “In the field” if people drive.")
        )
    if ad.mode == "remote" and ad.needs_car:
        yield _should("car", "needs_car", _("Remote work that needs a car? Say in the text what people drive to."))
    if ad.counties and ad.visits == "none" and ad.mode in ("remote", "on-site"):
        text = _(
            "You name counties to cover, but no visits and no field work. Seekers will wonder how much they travel."
        )
        yield _should("counties", "counties", text)
    elsewhere = sorted({county for county in ad.counties if county[:2] not in ad.states} if ad.states - {"US"} else ())
    if elsewhere and "US" not in ad.states:
        text = _("%(county)s is in another state than your sites. Check the counties.")
        yield _should("counties", "counties", text, county=elsewhere[0].partition(":")[2])
