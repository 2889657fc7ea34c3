"""What is no resume is refused, within two seconds and 100 MB; what is one is taken."""

import io
import json
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib

import pytest

from accounts.resumefiles import FileRefused, check
from accounts.resumefiles.refusal import EICAR
from tests.inquiry_factories import DOCUMENT, LINKS, TYPES, docx, packed, pdf

MB = 1024 * 1024


def png(width, height):
    """The beginning of a picture that says it has this many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def zip_of(*entries, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as file:
        for name, content in entries:
            file.writestr(name, content)
    return made.getvalue()


def object_stream(words):
    dictionary, held = packed(words)
    return dictionary[:-2] + b"/Type/ObjStm/N 1/First 4>>", held


def lying_docx():
    """A Word file whose table of contents says that the document is small, while it unpacks to 40 MB."""
    made = bytearray(docx({"word/more.xml": b" " * (40 * MB)}))
    at = made.rfind(b"PK\x01\x02", 0, made.rfind(b"word/more.xml"))
    made[at + 24 : at + 28] = struct.pack("<I", 1000)
    local = made.find(b"word/more.xml") - 30
    made[local + 22 : local + 26] = struct.pack("<I", 1000)
    return bytes(made)


def overlapping_docx():
    """A Word file whose parts all lead to the same packed bytes (D. Fifield, "A better zip bomb", 2019)."""
    made = bytearray(docx({f"word/p{number:03}.xml": b"0" * 100_000 for number in range(50)}))
    first = made.find(b"PK\x01\x02")
    target = None
    at = first
    while made[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack("<HHH", made[at + 28 : at + 34])
        if made[at + 46 : at + 46 + name].startswith(b"word/p"):
            target = target or made[at + 42 : at + 46]
            made[at + 42 : at + 46] = target
        at += 46 + name + extra + comment
    return bytes(made)


def renamed(content, old, new):
    """The same container with a part's name overwritten by one of the same length."""
    assert len(old) == len(new)
    return content.replace(old, new)


PLAIN, MACROS = (
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
    "vnd.ms-word.document.macroEnabled.main",
)
OUTSIDE = LINKS.format(kind="attachedTemplate", target="https://evil.example/x.dotm", mode=' TargetMode="External"')
PICTURE = LINKS.format(kind="image", target="https://track.example/1.png", mode=' TargetMode="External"')

# name -> how it is made, and the name it comes with
HOSTILE = {
    "nothing": (lambda: b"", "resume.pdf"),
    "EICAR as a text": (lambda: EICAR, "resume.pdf"),
    "EICAR in a PDF": (lambda: pdf(objects=[b"(" + EICAR + b")"]), "resume.pdf"),
    "EICAR packed in a PDF": (lambda: pdf(streams=[packed(b"x" * 70_000 + EICAR)]), "resume.pdf"),
    "EICAR packed in a Word file": (lambda: docx({"word/media/note.xml": b"y" * 262_100 + EICAR}), "resume.docx"),
    "PDF and ZIP": (lambda: pdf(tail=zip_of(("a.txt", "a"))), "resume.pdf"),
    "PDF and ZIP, the end in the comment": (
        lambda: pdf()[:-6] + zip_of(("a.txt", "a"))[:-2] + b"\x06\0" + b"%%EOF\n",
        "resume.pdf",
    ),
    "ZIP and PDF": (lambda: docx({"word/a.xml": "a"}).replace(b"word/a.xml", b"%PDF-1.7\n\n"), "resume.docx"),
    "page before a PDF": (lambda: b"<html><script>alert(1)</script>" + pdf(), "resume.pdf"),
    "page in the head of a PDF": (lambda: pdf(head=b"%PDF-1.7\n%<script>alert(1)</script>\n"), "resume.pdf"),
    "program before a Word file": (lambda: b"MZ" + docx(), "resume.docx"),
    "PDF with a script": (lambda: pdf(objects=[b"<</S/JavaScript/JS(app.alert(1))>>"]), "resume.pdf"),
    "PDF with a spelled script": (lambda: pdf(objects=[b"<</S/J#61vaScr#69pt/JS(a)>>"]), "resume.pdf"),
    "PDF with a packed script": (lambda: pdf(streams=[object_stream(b"4 0 <</S/JavaScript/JS(a)>>")]), "resume.pdf"),
    "PDF with a script in a claimed stream": (
        lambda: pdf(objects=[b"(>>\nstream\n) <</S/JavaScript/JS(a)>>"]),
        "resume.pdf",
    ),
    "PDF with a file": (lambda: pdf(objects=[b"<</EmbeddedFiles 9 0 R>>"]), "resume.pdf"),
    "PDF that starts a program": (lambda: pdf(objects=[b"<</S/Launch/F(cmd.exe)>>"]), "resume.pdf"),
    "locked PDF": (lambda: pdf(objects=[b"<</Encrypt 9 0 R>>"]), "resume.pdf"),
    "half a PDF": (lambda: pdf()[:-20], "resume.pdf"),
    "PDF with a tail": (lambda: pdf(tail=b"more"), "resume.pdf"),
    "PDF that says a picture is huge": (
        lambda: pdf(streams=[(b"<</Subtype/Image/Width 50000/Height 50000/Length 1>>", b"x")]),
        "resume.pdf",
    ),
    "PDF bomb": (lambda: pdf(streams=[packed(b"\0" * (400 * MB))]), "resume.pdf"),
    "PDF bomb packed twice": (
        lambda: pdf(
            streams=[(b"<</Filter[/FlateDecode/FlateDecode]/Length 9>>", zlib.compress(packed(b"\0" * MB)[1]))]
        ),
        "resume.pdf",
    ),
    "PDF of streams without end": (
        lambda: pdf(
            streams=[(b"<</Filter/FlateDecode>>", b"x\x01" + b"\0\0\0\xff\xff" * 20 + b"\nstream\n" * 8)] * 12_000
        )[: 5 * MB - 200]
        + b"\nstartxref\n9\n%%EOF\n",
        "resume.pdf",
    ),
    "PDF of spelled signs": (lambda: pdf(objects=[b"#41" * (MB + MB // 2)], tail=b"x"), "resume.pdf"),
    "Word file with macros": (lambda: docx({"word/vbaProject.bin": b"x"}), "resume.docx"),
    "Word file that says it has macros": (
        lambda: docx(types=TYPES.replace(PLAIN, MACROS)),
        "resume.docx",
    ),
    "Word file with an object": (lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "resume.docx"),
    "Word file with a program": (lambda: docx({"word/media/run.exe": b"MZ"}), "resume.docx"),
    "Word file that fetches a template": (lambda: docx({"word/_rels/settings.xml.rels": OUTSIDE}), "resume.docx"),
    "Word file that fetches a picture": (lambda: docx({"word/_rels/document.xml.rels": PICTURE}), "resume.docx"),
    "Word file with DDE": (
        lambda: docx(document=DOCUMENT.replace("Care", 'DDEAUTO c:\\\\windows "cmd"')),
        "resume.docx",
    ),
    "Word file of laughs": (
        lambda: docx(document='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "resume.docx",
    ),
    "Word file without a document": (lambda: docx(without=["word/document.xml"]), "resume.docx"),
    "Word file without types": (lambda: docx(without=["[Content_Types].xml"]), "resume.docx"),
    "a ZIP file": (lambda: zip_of(("a.txt", "a")), "resume.docx"),
    "Word file with a way up": (
        lambda: renamed(docx({"word/aa/bb/x.xml": "a"}), b"word/aa/bb/x.xml", b"../../../etc/xml"), "resume.docx",
    ),
    "Word file with a whole path": (
        lambda: renamed(docx({"word/x.xml": "a"}), b"word/x.xml", b"/etc/x.xml"), "resume.docx",
    ),
    "Word file with a Windows path": (
        lambda: renamed(docx({"word/aa.xml": "a"}), b"word/aa.xml", b"C:\\word.xml"), "resume.docx",
    ),
    "Word file with one name twice": (
        lambda: renamed(docx({"word/documenz.xml": "a"}), b"word/documenz.xml", b"word/document.xml"), "resume.docx",
    ),
    "ZIP bomb": (lambda: docx({"word/media/a.xml": b"\0" * (400 * MB)}), "resume.docx"),
    "ZIP bomb that lies": (lying_docx, "resume.docx"),
    "ZIP bomb of shared bytes": (overlapping_docx, "resume.docx"),
    "Word file of 60,000 parts": (
        lambda: zip_of(*((f"{number}", "") for number in range(30_000)), compression=zipfile.ZIP_STORED), "resume.docx",
    ),
    "Word file with a huge picture": (lambda: docx({"word/media/image1.png": png(50_000, 50_000)}), "resume.docx"),
    "a picture of 50,000 pixels": (lambda: png(50_000, 50_000), "resume.pdf"),
    "half a Word file": (lambda: docx()[:-30], "resume.docx"),
    "Word file with a tail": (lambda: docx() + b"more", "resume.docx"),
    "too large": (lambda: pdf(objects=[b"%" + b"x" * (5 * MB)]), "resume.pdf"),
    "Word file called PDF": (docx, "resume.pdf"),
    "PDF called Word file": (pdf, "resume.docx"),
    "PDF called page": (pdf, "resume.pdf.html"),
    "PDF without an ending": (pdf, "resume"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_resume_is_refused(name):
    make, called = HOSTILE[name]

    with pytest.raises(FileRefused):
        check(make(), called)


def test_every_refusal_takes_two_seconds_and_100_mb_at_most(tmp_path):
    """Each file is checked in a process of its own: processor time and memory are those of the check alone."""
    script = textwrap.dedent("""
        import json, resource, sys, time
        from django.conf import settings
        settings.configure(USE_I18N=False)
        from accounts.resumefiles import FileRefused, check
        content = open(sys.argv[1], "rb").read()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        resource.setrlimit(resource.RLIMIT_AS, (1024 * 1024 * 1024, -1))
        start = time.process_time()
        try:
            said = "taken: " + check(content, sys.argv[2])
        except FileRefused:
            said = "refused"
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(json.dumps([said, time.process_time() - start, used / 1024]))
    """)
    slow = ["PDF bomb", "PDF of streams without end", "PDF of spelled signs", "ZIP bomb", "ZIP bomb that lies",
            "ZIP bomb of shared bytes", "Word file of 60,000 parts", "EICAR packed in a PDF"]  # fmt: skip
    found = {}
    for name in slow:
        make, called = HOSTILE[name]
        path = tmp_path / "file"
        path.write_bytes(make())
        run = subprocess.run(
            [sys.executable, "-c", script, str(path), called], capture_output=True, text=True, check=True, timeout=60
        )
        found[name] = json.loads(run.stdout)

    assert {name: said for name, (said, _s, _mb) in found.items()} == dict.fromkeys(slow, "refused")
    assert max(seconds for _said, seconds, _mb in found.values()) <= 2, found
    assert max(mb for _said, _seconds, mb in found.values()) <= 100, found


GOOD = {
    "a PDF": (pdf, "My resume.pdf"),
    "a PDF with packed text": (lambda: pdf(streams=[packed(b"BT (Care coordinator) Tj ET")]), "RESUME.PDF"),
    "a PDF with packed objects": (lambda: pdf(streams=[object_stream(b"4 0 <</Type/Font>>")]), "resume.pdf"),
    "a PDF with a link and a photo": (
        lambda: pdf(
            objects=[b"<</S/URI/URI(https://example.org/)>>"],
            streams=[(b"<</Subtype/Image/Width 600/Height 800/Filter/DCTDecode/Length 3>>", b"\xff\xd8/JS \xff\xd9")],
        ),
        "resume.pdf",
    ),
    "a Word file": (docx, "resume.docx"),
    "a Word file with a photo and a link": (
        lambda: docx(
            {
                "word/media/image1.png": png(600, 800),
                "word/_rels/document.xml.rels": LINKS.format(
                    kind="hyperlink", target="https://example.org/", mode=' TargetMode="External"'
                ),
            }
        ),
        "resume.docx",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_a_resume_is_taken(name):
    make, called = GOOD[name]

    assert check(make(), called) == called.lower().rpartition(".")[2]


def test_a_photo_of_any_bytes_makes_no_script():
    """Names of things that act are looked for everywhere, so none may turn up by chance: five megabytes of noise."""
    import random

    noise = random.Random(7).randbytes(4 * MB)

    assert (
        check(pdf(streams=[(b"<</Subtype/Image/Width 2000/Height 2000/Filter/DCTDecode>>", noise)]), "a.pdf") == "pdf"
    )
