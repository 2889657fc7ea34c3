"""What pages about the work tell search engines: questions with answers, and occupations with honest pay."""

from django import template
from django.conf import settings

from careerportal.core import structured

register = template.Library()

_UNITS = {"hour": "HOUR", "year": "YEAR"}


@register.simple_tag
def faq_data(questions):
    """Questions (with `answer_html`) as schema.org/FAQPage."""
    return structured.block(
        {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": one.question,
                    "acceptedAnswer": {"@type": "Answer", "text": str(one.answer_html)},
                }
                for one in questions
            ],
        }
    )


@register.simple_tag
def occupation_data(role):
    """A role as schema.org/Occupation. Pay only where source, area and time are known, each under its own occupation."""
    data = {
        "@type": "Occupation",
        "name": role.name,
        "description": role.summary,
        "url": f"{settings.PORTAL_URL}{role.get_absolute_url()}",
        "mainEntityOfPage": f"{settings.PORTAL_URL}{role.get_absolute_url()}",
        "occupationLocation": {"@type": "Country", "name": "United States"},
    }
    if role.typical_day:
        data["responsibilities"] = list(role.typical_day)
    if role.skills:
        data["skills"] = list(role.skills)
    if role.typical_education:
        data["qualifications"] = role.typical_education
    salaries = [_salary(figure) for figure in role.pay_figures.all() if figure.source and figure.area and figure.period]
    if salaries:
        data["estimatedSalary"] = salaries
    return structured.block(data)


def _salary(figure):
    """One published figure: of a whole occupation, named so, with its area, time and source in the name."""
    found = {
        "@type": "MonetaryAmountDistribution",
        "name": f"{figure.occupation}, {figure.measure}, {figure.area}, {figure.period} ({figure.source.name})",
        "currency": "USD",
        "unitText": _UNITS[figure.unit],
        "median": float(figure.amount_usd),
    }
    if figure.p10_usd is not None:
        found["percentile10"] = float(figure.p10_usd)
    if figure.p90_usd is not None:
        found["percentile90"] = float(figure.p90_usd)
    return found
