"""Threads and files of resumes in every situation, for tests."""

import io
import secrets
import zipfile
import zlib
from datetime import timedelta

import factory

from accounts.models import Inquiry, InquiryMessage
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, UserFactory


class InquiryFactory(factory.django.DjangoModelFactory):
    """A question to an employer, about no opening unless `listing` is given, that waits since `opened_at` (NOW).

    Traits: answered (a day later), closed (by its seeker). It has one message of the seeker.
    """

    class Meta:
        model = Inquiry
        skip_postgeneration_save = True

    class Params:
        answered = factory.Trait(
            state=Inquiry.State.ANSWERED,
            waiting_since=None,
            answered_at=factory.LazyAttribute(lambda one: one.opened_at + timedelta(days=1)),
        )
        closed = factory.Trait(
            state=Inquiry.State.CLOSED,
            waiting_since=None,
            closed_by=Inquiry.ClosedBy.SEEKER,
            closed_at=factory.LazyAttribute(lambda one: one.opened_at + timedelta(days=2)),
        )

    seeker = factory.SubFactory(UserFactory)
    listing = None
    employer = factory.LazyAttribute(lambda one: one.listing.employer if one.listing else EmployerFactory())
    about = factory.LazyAttribute(lambda one: one.listing.headline if one.listing else "")
    kind = Inquiry.Kind.QUESTION
    called = ""
    opened_at = NOW
    last_at = factory.SelfAttribute("opened_at")
    waiting_since = factory.SelfAttribute("opened_at")

    @factory.post_generation
    def text(self, create, given, **kwargs):
        InquiryMessage.objects.create(
            inquiry=self, from_seeker=True, author=self.seeker, text=given or "Do you train people?", at=self.opened_at,
            token=secrets.token_hex(16),
        )  # fmt: skip


def pdf(*, objects=(), streams=(), head=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", tail=b""):
    """A small PDF of one empty page. `objects`: more dictionaries; `streams`: pairs of a dictionary and bytes."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R>>"]
    parts += list(objects)
    parts += [words + b"\nstream\n" + held + b"\nendstream" for words, held in streams]
    made, offsets = head, []
    for number, part in enumerate(parts, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, at)
    return made + tail


def packed(content):
    """A stream for `pdf`: content packed by Flate, with its dictionary."""
    held = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d>>" % len(held), held


TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"{mode}/></Relationships>'
)
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>Care coordinator, five years.</w:t></w:r></w:p></w:body></w:document>"
)


def docx(parts=None, *, without=(), types=TYPES, document=DOCUMENT, links=None):
    """A small Word file; `parts`: more parts by name, or ones instead of those every file has."""
    links = links or LINKS.format(kind="officeDocument", target="word/document.xml", mode="")
    every = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": document, **(parts or {})}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in every.items():
            if name not in without:
                file.writestr(name, content)
    return made.getvalue()
