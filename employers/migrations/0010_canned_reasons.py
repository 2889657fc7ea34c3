from django.db import migrations

# code, title for moderators, text for the employer, kinds of case it is offered for
REASONS = [
    (
        "no-proof",
        "The proof does not fit",
        "What you sent does not show that you act for this organization. Please send one of the proofs on our list: a "
        "mail address at its website, a code on its website, or a call back on the phone number the register holds.",
        ["organization"],
    ),
    (
        "no-answer",
        "Nobody could be reached",
        "We called the phone number the register holds on more than one day and reached nobody. Please tell us when "
        "someone can take our call, or send another proof from our list.",
        ["organization"],
    ),
    (
        "not-them",
        "They say it is not them",
        "We called the organization on the number the register holds. They do not know of this request.",
        ["organization"],
    ),
    (
        "name-differs",
        "Name differs from the register",
        "The name is not the one the register holds for this address. Use the registered name, or send a paper that "
        "shows both names.",
        ["organization", "edit"],
    ),
    (
        "already-here",
        "The organization is here already",
        "This organization is on the portal already. Ask one of its owners to invite you to the team.",
        ["organization"],
    ),
    (
        "not-hiring",
        "No employer of this work",
        "This portal is for employers of care coordinators, care managers and people in closely related work. Yours does "
        "not seem to be one. Write to us if we are wrong.",
        ["organization"],
    ),
    (
        "fee-asked",
        "Asks applicants for money",
        "The opening asks the person for money, or to buy something. No opening here may do that, whatever it is called.",
        ["opening", "edit", "report"],
    ),
    (
        "messenger",
        "Contact by private messenger",
        "The opening asks people to write to a private messenger or a free mail address. Give a page of your own or "
        "your organization's mail address instead.",
        ["opening", "edit", "report"],
    ),
    (
        "personal-data",
        "Asks for private data too early",
        "The opening asks for bank details, a Social Security number or copies of papers before a job is offered. Take "
        "that out. It belongs after an offer.",
        ["opening", "edit", "report"],
    ),
    (
        "pay-unclear",
        "Pay not believable or unclear",
        "The pay is far from what this work pays, or the text says something else than the pay fields. Please check both.",
        ["opening", "edit", "report"],
    ),
    (
        "not-this-work",
        "Not this kind of work",
        "The work is not care coordination, care management or closely related. Our posting rules say what fits.",
        ["opening", "edit", "report"],
    ),
    (
        "says-too-little",
        "Says too little about the work",
        "The text says too little for someone to decide. Say what the person does in a week, for whom, and where.",
        ["opening", "edit"],
    ),
    (
        "unfair",
        "Leaves people out unfairly",
        "The text leaves people out for what they are, not for what the work needs. Please take that part out.",
        ["opening", "edit", "report"],
    ),
    (
        "copied",
        "Copied from another organization",
        "The text is that of another organization. Please write your own.",
        ["opening", "edit", "report"],
    ),
    (
        "gone",
        "The job is filled or does not exist",
        "Readers told us, and we could confirm, that this job is filled or does not exist.",
        ["report", "opening"],
    ),
    (
        "pretends",
        "Pretends to be someone else",
        "The organization is not who it says it is.",
        ["report", "organization"],
    ),
    (
        "checked-fine",
        "Checked: nothing wrong",
        "We checked it and found nothing wrong. It is shown again as before.",
        ["report"],
    ),
    (
        "entry-mended",
        "Entry was corrected",
        "The entry was checked against the register and corrected.",
        ["correction"],
    ),
    (
        "register-decides",
        "The register says otherwise",
        "The register still says what the entry says. Once the register changes, the entry will follow.",
        ["correction"],
    ),
    (
        "group-unproven",
        "Not shown to be one group",
        "We found no public source that says these organizations belong together. Send us one, and we look again.",
        ["group"],
    ),
]


def add_reasons(apps, schema_editor):
    reasons = apps.get_model("employers", "CannedReason")
    for position, (code, title, text, kinds) in enumerate(REASONS, start=1):
        defaults = {"title": title, "text": text, "kinds": kinds, "position": position * 10}
        reasons.objects.get_or_create(code=code, defaults=defaults)


def remove_reasons(apps, schema_editor):
    codes = [code for code, *_rest in REASONS]
    apps.get_model("employers", "CannedReason").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("employers", "0009_independent_reports")]

    operations = [migrations.RunPython(add_reasons, remove_reasons)]
