"""Components with no domain in them. Each names its arguments and refuses wrong ones."""

from functools import lru_cache
from math import cos, pi, sin

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from careerportal.core import structured

register = template.Library()

NOTICE_TONES = ("info", "success", "warning", "error")

# Drawn on a 24 unit grid with strokes of 2 in the color of the text beside them.
ICONS = {
    "arrow-left": '<path d="M19 12H5m6-6-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4m8-4v4"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "close": '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
    "external": '<path d="M9 5H5v14h14v-4M13 5h6v6m0-6-9 9"/>',
    "mail": '<path d="M3.5 5.5h17v13h-17z"/><path d="m4 6.5 8 6 8-6"/>',
    "pin": '<path d="M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11z"/><circle cx="12" cy="10" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z"/>',
    "save": '<path d="M6.5 4h11v16L12 15.8 6.5 20z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "verified": '<circle cx="12" cy="12" r="9"/><path d="m8 12.2 2.8 2.8L16 9.6"/>',
}

INPUT_CLASSES = (
    (forms.Textarea, "usa-textarea"),
    (forms.Select, "usa-select"),
    (forms.CheckboxInput, "usa-checkbox__input"),
)
OPTION_KINDS = ((forms.CheckboxSelectMultiple, "checkbox"), (forms.RadioSelect, "radio"))
FIELD_SIZES = ("", "short")

# Where the eight dots of the answers wheel sit, clockwise from the top, on a 32 unit square.
_SPOKES = [(sin(turn * pi / 4), -cos(turn * pi / 4)) for turn in range(8)]


@register.simple_tag
def icon(name, *, label=""):
    """One of ICONS as inline SVG. Without `label` it is decoration beside words, and hidden from screen readers."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"icon: unknown name {name!r}")
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" {} focusable="false" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        voice,
        mark_safe(ICONS[name]),
    )


@register.simple_block_tag
def notice(content, *, tone="info", title=""):
    """A boxed message. `tone`: one of NOTICE_TONES. `content` may hold markup; put sentences in <p>."""
    if tone not in NOTICE_TONES:
        raise template.TemplateSyntaxError(f"notice: unknown tone {tone!r}")
    return render_to_string("components/notice.html", {"content": content, "tone": tone, "title": title})


@register.simple_tag
def field(bound, *, size="", hint=None, label=None):
    """One form field with label, hint and errors, all tied together for screen readers.

    What was typed stays; placeholders are dropped, because they vanish while one types. Radio buttons and groups of
    checkboxes become a fieldset. `size` "short" is for ZIP codes and numbers; `hint` and `label` replace the form's
    own words. Raises TemplateSyntaxError if `bound` is no field.
    """
    if not isinstance(bound, forms.BoundField):
        raise template.TemplateSyntaxError(f"field: {bound!r} is not a form field")
    if size not in FIELD_SIZES:
        raise template.TemplateSyntaxError(f"field: unknown size {size!r}")
    if bound.is_hidden:
        return bound.as_hidden()
    hint = bound.help_text if hint is None else hint
    facts = {
        "bound": bound,
        "id": bound.auto_id,
        "label": bound.label if label is None else label,
        "hint": hint,
        "errors": bound.errors,
        "optional": not bound.field.required,
    }
    described_by = " ".join([f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(bound.errors))
    voice = {"aria-describedby": described_by} if described_by else {}
    if bound.errors:
        voice["aria-invalid"] = "true"
    widget = bound.field.widget
    for kind_of_widget, kind in OPTION_KINDS:
        if isinstance(widget, kind_of_widget):
            return render_to_string(
                "components/field_options.html",
                {**facts, "kind": kind, "options": _options(bound, kind), "described_by": described_by},
            )
    css_class = next((name for kind, name in INPUT_CLASSES if isinstance(widget, kind)), "usa-input")
    if size == "short":
        css_class += " usa-input--short"
    if own_class := widget.attrs.get("class"):
        css_class += f" {own_class}"
    facts["control"] = bound.as_widget(attrs={"class": css_class, "placeholder": False, **voice})
    kind = "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"
    return render_to_string(f"components/field_{kind}.html", facts)


def _options(bound, kind):
    """The choices of a group, each with its own input attributes, label and state."""
    attrs = {"id": bound.auto_id, "class": f"usa-{kind}__input"}
    return [
        option
        for option in bound.field.widget.subwidgets(bound.html_name, bound.value(), attrs=attrs)
        if option["value"] or option["label"]
    ]


@register.simple_tag
def error_summary(form):
    """What is wrong with `form`, as links to its fields; nothing when nothing is."""
    if not form.errors:
        return ""
    problems = [{"target": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        is_group = isinstance(bound.field.widget, tuple(kind for kind, _ in OPTION_KINDS))
        target = "" if bound.is_hidden else f"{bound.auto_id}_0" if is_group else bound.auto_id
        label = bound.label if bound.label.endswith("?") else f"{bound.label}:"
        problems += [{"target": target, "text": text, "label": label} for text in bound.errors]
    return render_to_string("components/error_summary.html", {"problems": problems})


@register.simple_tag
def pager(page_obj, querystring=""):
    """Links to the pages around `page_obj`; nothing when there is only one.

    `querystring` is what stays the same from page to page, urlencoded, without "page".
    """
    if not page_obj.has_other_pages():
        return ""
    paginator = page_obj.paginator
    return render_to_string(
        "components/pager.html",
        {
            "page": page_obj,
            "last": paginator.num_pages,
            "numbers": list(paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)),
            "gap": paginator.ELLIPSIS,
            "prefix": f"?{querystring}&page=" if querystring else "?page=",
        },
    )


@register.simple_tag(takes_context=True)
def breadcrumbs(context, *words_and_addresses):
    """The way here: label, address, label, address ... and last the label of this page, without an address.

    On pages about the work, search engines are told the same (schema.org/BreadcrumbList).
    """
    if len(words_and_addresses) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumbs: give pairs of label and address, then the label of this page")
    *pairs, here = words_and_addresses
    trail = [{"label": label, "url": url} for label, url in zip(pairs[::2], pairs[1::2], strict=True)]
    shown = render_to_string("components/breadcrumbs.html", {"trail": trail, "here": here})
    if context.get("section") != "careers":
        return shown
    return shown + structured.block(structured.breadcrumb_list(trail, here, context["request"].path))


@register.simple_tag
def answers_wheel(stated):
    """Eight dots clockwise from the top: filled where `stated` is true, hollow where the ad does not say.

    It is decoration: write the count beside it. Raises TemplateSyntaxError unless there are eight.
    """
    answers = tuple(bool(answer) for answer in stated)
    if len(answers) != len(_SPOKES):
        raise template.TemplateSyntaxError(f"answers_wheel: needs {len(_SPOKES)} answers, got {len(answers)}")
    return _wheel(answers)


@lru_cache(maxsize=256)
def _wheel(answers):
    filled, hollow, bars = [], [], []
    for (x, y), is_stated in zip(_SPOKES, answers, strict=True):
        at = f'cx="{16 + 11.8 * x:.3g}" cy="{16 + 11.8 * y:.3g}"'
        if is_stated:
            filled.append(f'<circle {at} r="3"/>')
            bars.append(f"M{16 + 4 * x:.3g} {16 + 4 * y:.3g}L{16 + 9 * x:.3g} {16 + 9 * y:.3g}")
        else:
            hollow.append(f'<circle {at} r="2.2"/>')
    return mark_safe(
        '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><g fill="#0f4c4a">'
        + "".join(filled)
        + '<circle cx="16" cy="16" r="2.6"/></g>'
        + (f'<path d="{"".join(bars)}" stroke="#0f4c4a" stroke-width="1.6"/>' if bars else "")
        + (f'<g fill="#fff" stroke="#8a4b08" stroke-width="1.5">{"".join(hollow)}</g>' if hollow else "")
        + "</svg>"
    )
