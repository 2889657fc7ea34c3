"""Rules on ads, with their source beside them: pay by state, pay without an end, and what contradicts itself.

`must` keeps an opening from being published: a pay range that a state's rule surely asks for, pay without an end where
it does, an amount that cannot be meant for its period, a range too wide to be meant. All else is `should`.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from careers.vocabulary import PayPeriod
from employers import pay
from employers.adcheck import contradictions, local
from employers.adcheck.ad import Ad
from employers.adcheck.findings import RuleFinding
from employers.pasting import money
from employers.pasting.passages import Ad as Pasted

# The highest pay as a multiple of the lowest. States ask for what an employer honestly expects to pay; one opening
# seldom pays double, and hardly ever three times as much. Our own bars, not a law's.
WIDE, ABSURD = Decimal(2), Decimal(3)
MOST_NAMED = 3  # states named one by one; work that may be done anywhere meets them all


def of(what, *, on: date, employer=None, employer_size: int | None = None):
    """Return a RuleFinding for each thing to mend in an opening, `content` of drafts, or Ad: those that must be first.

    `on` is a date in the portal's time zone, `employer_size` how many people work for the employer, None if unknown.
    """
    ad = Ad.of(what, employer=employer)
    duties = pay.duties(ad.states, on=on, reports_to=_reports_to(ad), employer_size=employer_size)
    firm = next((duty for duty in duties if duty.is_firm), None)
    found = [
        *_pay_range(ad, duties),
        *_benefits(ad, duties),
        *(local.of(ad, on=on) if not ad.has_pay else ()),
        *_without_an_end(ad, firm),
        *_amounts(ad, firm),
        *contradictions.of(ad),
    ]
    return sorted(found, key=lambda finding: not finding.is_must)


def range_missing(what, *, on: date, employer=None):
    """Return in words, with its source, the rule that keeps an ad without a pay range from being published; "" for none.

    `what`, `on` and `employer` as in `of`. An ad that gives its pay, or may leave it out, keeps every rule.
    """
    ad = Ad.of(what, employer=employer)
    if ad.has_pay:
        return ""
    duties = pay.duties(ad.states, on=on, reports_to=_reports_to(ad))
    missing = next((finding for finding in _pay_range(ad, duties) if finding.is_must), None)
    if missing is None or not missing.source_url:
        return missing.text if missing else ""
    source = {"name": missing.source_name, "url": missing.source_url}
    return f"{missing.text} " + _("Source: %(name)s, %(url)s") % source


def _reports_to(ad):
    """Where remote work may report to: the employer's own states. Work at a site reports there."""
    return ad.home_states if ad.remote_states else ()


def _finding(code, severity, field, text, duty=None):
    return RuleFinding(code, severity, field, text, duty.source_name if duty else "", duty.source_url if duty else "")


def _pay_range(ad, duties):
    """The pay range that states ask for and that is not given."""
    if ad.has_pay:
        return
    is_by_commission = money.is_by_commission(ad.words)
    named = duties[:MOST_NAMED]
    for duty in named:
        if is_by_commission and duty.lets_commission_stand:
            text = _("%(state)s lets an ad for work paid by commission say that instead of a range.") % {
                "state": duty.name
            }
            yield _finding("commission", "should", "pay_min_usd", text, duty)
        else:
            code = "pay-range-later" if duty.starts_later else "pay-range"
            yield _finding(code, "must" if duty.is_firm else "should", "pay_min_usd", _words(duty), duty)
    if more := [duty.name for duty in duties[MOST_NAMED:]]:
        text = _("Work that can be done in these states meets their rules on pay, too: %(states)s.") % {
            "states": ", ".join(more)
        }
        yield _finding("pay-range-more", "should", "pay_min_usd", text, duties[MOST_NAMED])


def _words(duty):
    if duty.is_firm or duty.starts_later:
        return duty.words
    return _("%(words)s If your organization is smaller, this rule leaves you free.") % {"words": duty.words}


def _benefits(ad, duties):
    """Benefits, which some states want described beside the pay."""
    if ad.benefits or ad.benefit_kinds:
        return
    asking = [duty for duty in duties if duty.asks_for_benefits and not duty.starts_later]
    if asking:
        text = _("%(states)s asks for a word on benefits in the ad, beside the pay.") % {
            "states": ", ".join(duty.name for duty in asking[:MOST_NAMED])
        }
        yield _finding("benefits", "should", "benefits", text, asking[0])


def _without_an_end(ad, firm):
    """ "Up to $35 an hour" or "$25 and up" in the words of the ad."""
    for field in ("headline", "description", "benefits"):
        for span in money.without_an_end(Pasted(getattr(ad, field)))[:1]:
            text = _(
                "“%(phrase)s” has no lower or no upper end. Give both, or leave it out here: the pay fields say it."
            ) % {"phrase": span.phrase[:60]}
            yield _finding("open-pay", "must" if firm else "should", field, text, firm)


def _amounts(ad, firm):
    """Amounts against their period, and the width of the range."""
    if not ad.has_pay or ad.pay_period not in PayPeriod.values or ad.pay_min_usd <= 0:
        return
    for field, amount in (("pay_min_usd", ad.pay_min_usd), ("pay_max_usd", ad.pay_max_usd)):
        if not pay.is_believed(amount, ad.pay_period):
            least, most = pay.BELIEVED_USD[ad.pay_period]
            text = _(
                "Is %(amount)s dollars %(period)s right? We expect %(least)s to %(most)s. Check the amount and its period."
            ) % {
                "amount": f"{amount:,.2f}".removesuffix(".00"),
                "period": PayPeriod(ad.pay_period).label,
                "least": f"{least:,}",
                "most": f"{most:,}",
            }
            yield _finding("pay-period", "must", field, text)
            return
    ratio = ad.pay_max_usd / ad.pay_min_usd
    if ratio > WIDE:
        text = _(
            "The highest pay is more than %(times)s times the lowest. Give the range you honestly expect for this opening, "
            "or write an opening for each level."
        ) % {"times": ABSURD if ratio > ABSURD else _("two")}
        yield _finding("wide-range", "must" if ratio > ABSURD and firm else "should", "pay_max_usd", text, firm)
    if ad.pay_period == PayPeriod.YEAR and ad.employment in ("part-time", "per-diem") and ad.weekly_hours is None:
        text = _("Pay by the year says little for part-time work. Give the hours a week, or pay by the hour.")
        yield _finding("year-without-hours", "should", "weekly_hours", text)
