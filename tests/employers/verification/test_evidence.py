"""Each kind of evidence: how it is offered, what passes, what is refused. Nothing here decides."""

import stat
import zlib
from datetime import timedelta

import pytest

from careerportal.core import safefetch
from employers import evidence, letters, verification, webcodes
from employers.evidence import EvidenceRefused
from employers.letters import LetterRefused
from employers.models import Case, Evidence, Verification
from tests.clock import NOW
from tests.employers.directory.entries import entry_for
from tests.employers.verification.conftest import PHONE, PHONE_KEY, person
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def chunk(kind, body):
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0") + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
)
JPG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x04cd" + b"picture" + b"\xff\xd9"


@pytest.fixture
def claimed(agency):
    return verification.claim(employer=agency, user=person("hhrecruiting@gmail.com"), now=NOW)


# --- Call back ----------------------------------------------------------------------------------------


def test_only_the_registers_numbers_are_called(agency, claimed):
    agency.phone = "(212) 555-0199"
    agency.save()

    assert [phone.number for phone in evidence.phones_of(agency)] == [PHONE]
    with pytest.raises(EvidenceRefused, match="official register holds"):
        evidence.ask_call(verification=claimed, phone="2125550199", when="now", user=claimed.user, now=NOW)


def test_asking_for_a_call_puts_the_best_time_before_moderators(claimed):
    evidence.ask_call(verification=claimed, phone=PHONE_KEY, when="9 to 11, ask for Dana", user=claimed.user, now=NOW)

    assert "9 to 11, ask for Dana" in Case.objects.get().note
    assert Evidence.objects.get().passed_at is None


def test_a_call_needs_a_note_and_a_moderator_from_elsewhere(claimed):
    call = {"verification": claimed, "phone": PHONE_KEY, "is_confirmed": True, "now": NOW}

    with pytest.raises(EvidenceRefused, match="Write down"):
        evidence.record_call(**call, by=UserFactory(), note=" ")
    with pytest.raises(EvidenceRefused, match="someone else must call"):
        evidence.record_call(**call, by=claimed.user, note="Me.")


def test_a_stranger_gives_no_evidence(claimed):
    with pytest.raises(EvidenceRefused, match="Only an owner"):
        evidence.ask_call(verification=claimed, phone=PHONE_KEY, when="now", user=UserFactory(), now=NOW)


# --- Codes --------------------------------------------------------------------------------------------


def code_for(claimed, method):
    return evidence.offer_code(verification=claimed, method=method, user=claimed.user)


def test_a_code_is_made_once_for_the_registers_website(claimed):
    code = code_for(claimed, "website-code")

    assert (code.domain, len(code.code)) == ("www.hudsoncare.org", 32)
    assert code_for(claimed, "website-code") == code
    assert code_for(claimed, "dns-code").domain == "hudsoncare.org"


def test_a_page_on_a_shared_host_gets_no_code():
    employer = EmployerFactory(unapproved=True, website="https://facebook.com/hudson")
    asked = Verification.objects.create(employer=employer, user=person(), reason="new")

    with pytest.raises(EvidenceRefused, match="yours alone"):
        code_for(asked, "website-code")


def page(body, *, status=200):
    return safefetch.Page(status=status, url="https://www.hudsoncare.org/", body=body)


@pytest.mark.parametrize(
    ("body", "is_there"),
    [
        ("{code}", True),
        ("  {code}\n", True),
        ("x{code}", False),
        ("<meta name='careers-portal-code' content='{code}'>", False),  # in the file it stands alone
        ("", False),
    ],
)
def test_the_code_in_the_file_counts_when_it_stands_alone(claimed, monkeypatch, body, is_there):
    code = code_for(claimed, "website-code")
    answers = {f"https://www.hudsoncare.org{webcodes.FILE}": page(body.format(code=code.code).encode())}
    monkeypatch.setattr(webcodes, "fetch", lambda url, may_follow: answers.get(url, page(b"", status=404)))

    found = evidence.check_code(evidence=code, now=NOW)

    assert (found.passed_at, found.failed_at) == ((NOW, None) if is_there else (None, NOW))
    assert ("Passed: a code on the website." in Case.objects.get().note) == is_there


@pytest.mark.parametrize(
    ("html", "is_there"),
    [
        ('<head><meta name="careers-portal-code" content="{code}"></head>', True),
        ('<META NAME="Careers-Portal-Code" CONTENT=" {code} ">', True),
        ('<meta name="other" content="{code}">', False),
        ("<!-- <meta name='careers-portal-code' content='{code}'> -->", False),
        ("<p>careers-portal-code {code}</p>", False),
    ],
)
def test_the_code_in_a_meta_tag_counts(claimed, monkeypatch, html, is_there):
    code = code_for(claimed, "website-code")
    first = page(html.format(code=code.code).encode())
    monkeypatch.setattr(
        webcodes, "fetch", lambda url, may_follow: first if url.endswith("org/") else page(b"", status=404)
    )

    assert (evidence.check_code(evidence=code, now=NOW).passed_at is not None) == is_there


def test_the_site_may_lead_on_within_its_own_domain_only(claimed, monkeypatch):
    asked = []
    monkeypatch.setattr(webcodes, "fetch", lambda url, may_follow: asked.append(may_follow) or page(b"", status=404))

    evidence.check_code(evidence=code_for(claimed, "website-code"), now=NOW)

    assert asked[0]("hudsoncare.org")
    assert not asked[0]("evil.org")
    assert not asked[0]("hudsoncare.org.evil.org")


@pytest.mark.parametrize("name", ["_careers-portal.hudsoncare.org", "hudsoncare.org"])
def test_the_code_in_dns_counts_at_both_names(claimed, monkeypatch, name):
    code = code_for(claimed, "dns-code")
    records = {name: ["v=spf1 -all", f"careers-portal-code={code.code}"]}
    monkeypatch.setattr(webcodes, "txt_records", lambda asked: records.get(asked, []))

    assert evidence.check_code(evidence=code, now=NOW).passed_at == NOW
    assert Evidence.objects.get().note == f"Found at {name}"


def test_a_missing_code_says_where_we_looked_and_may_be_looked_for_a_minute_later(claimed, monkeypatch):
    monkeypatch.setattr(webcodes, "txt_records", lambda asked: [])
    code = evidence.check_code(evidence=code_for(claimed, "dns-code"), now=NOW)

    assert "_careers-portal.hudsoncare.org" in code.note
    assert not evidence.may_look_now(code, now=NOW + timedelta(seconds=59))
    assert evidence.may_look_now(code, now=NOW + timedelta(seconds=60))


# --- Letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPG, "jpg")])
def test_letters_are_known_by_what_is_in_them(content, kind):
    assert letters.kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a",
        b"PK\x03\x04 a packed file",
        b" " + PDF,
        PDF[:-8],
        PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/#4aavaScript>>"),
        PDF.replace(b"/Type/Catalog", b"/AA<</O<</S/Launch/F(cmd.exe)>>>>"),
        PDF.replace(b"/Type/Catalog", b"/Names<</EmbeddedFiles 2 0 R>>"),
        PDF.replace(b"trailer<<", b"trailer<</Encrypt 3 0 R"),
        PDF.replace(
            b"trailer", b"2 0 obj<</Type/ObjStm>>stream\n" + zlib.compress(b"<</S/JavaScript>>") + b"endstream\ntrailer"
        ),
        PNG + b"<script>alert(1)</script>",
        PNG[:-4],
        PNG.replace(b"IDATx", b"IDATy"),
        JPG + b"<?php system('x');",
        JPG[:-2],
        b"\xff\xd8\xff",
        b"%PDF-" + b"0" * letters.MOST_BYTES,
    ],
)
def test_everything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(LetterRefused):
        letters.kind_of(content)


def test_a_letter_is_kept_under_a_random_name_that_only_we_can_read(claimed, letters_dir):
    kept = evidence.add_letter(verification=claimed, content=PDF, user=claimed.user, now=NOW)

    file = letters_dir / kept.letter
    assert file.read_bytes() == PDF
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(letters_dir.stat().st_mode) == 0o700
    assert "letter on letterhead" in Case.objects.get().note


def test_a_second_letter_replaces_the_first(claimed, letters_dir, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        evidence.add_letter(verification=claimed, content=PDF, user=claimed.user, now=NOW)
        kept = evidence.add_letter(verification=claimed, content=PNG, user=claimed.user, now=NOW)

    assert [file.name for file in letters_dir.iterdir()] == [kept.letter]


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd", "x.pdf", "0" * 32 + ".exe", ""])
def test_only_names_that_we_gave_are_read(letters_dir, name):
    with pytest.raises(FileNotFoundError):
        letters.read(name)


# --- Vouching -----------------------------------------------------------------------------------------


@pytest.fixture
def lead(db):
    return MembershipFactory(employer=EmployerFactory(name="Capital Lead Agency", slug="lead"))


def asked_to_vouch(claimed, lead):
    return evidence.ask_vouching(verification=claimed, agency=lead.employer, user=claimed.user, now=NOW)


def test_a_verified_lead_agency_vouches_and_moderators_hear(claimed, lead):
    asked = asked_to_vouch(claimed, lead)
    assert list(evidence.asked_of(lead.employer)) == [asked]

    done = evidence.vouch(evidence=asked, by=lead.user, is_yes=True, note="In our network since 2019.", now=NOW)

    assert (done.passed_at, done.checked_by, done.vouched_by) == (NOW, lead.user, lead.employer)
    assert not evidence.asked_of(lead.employer).exists()
    assert "Passed: a verified lead agency vouches." in Case.objects.get().note
    claimed.refresh_from_db()
    assert claimed.status == "open"  # a person decides


def test_a_no_is_kept_too(claimed, lead):
    done = evidence.vouch(evidence=asked_to_vouch(claimed, lead), by=lead.user, is_yes=False, note="", now=NOW)

    assert done.failed_at == NOW


def test_nobody_vouches_for_themselves(claimed, lead):
    MembershipFactory(employer=claimed.employer, user=lead.user)

    with pytest.raises(EvidenceRefused, match="cannot vouch for it"):
        evidence.vouch(evidence=asked_to_vouch(claimed, lead), by=lead.user, is_yes=True, note="Me.", now=NOW)


def test_ones_own_agency_is_not_asked(claimed):
    own = MembershipFactory(user=claimed.user)

    with pytest.raises(EvidenceRefused, match="act for that agency yourself"):
        asked_to_vouch(claimed, own)


@pytest.mark.parametrize("trait", ["unapproved", "suspended"])
def test_only_verified_agencies_are_asked(claimed, trait):
    with pytest.raises(EvidenceRefused, match="verified here"):
        asked_to_vouch(claimed, MembershipFactory(employer=EmployerFactory(**{trait: True})))


def test_only_an_owner_vouches_once_with_a_reason(claimed, lead):
    asked = asked_to_vouch(claimed, lead)
    recruiter = MembershipFactory(employer=lead.employer, access="recruiter")

    with pytest.raises(EvidenceRefused, match="Only an owner"):
        evidence.vouch(evidence=asked, by=recruiter.user, is_yes=True, note="x", now=NOW)
    with pytest.raises(EvidenceRefused, match="how you know them"):
        evidence.vouch(evidence=asked, by=lead.user, is_yes=True, note="", now=NOW)
    evidence.vouch(evidence=asked, by=lead.user, is_yes=True, note="x", now=NOW)
    with pytest.raises(EvidenceRefused, match="answered already"):
        evidence.vouch(evidence=asked, by=lead.user, is_yes=False, note="x", now=NOW)


def test_a_number_in_two_registers_is_shown_once(agency):
    entry_for(agency, None, source="hifld", phone="518-262-3474")

    assert len(evidence.phones_of(agency)) == 1
