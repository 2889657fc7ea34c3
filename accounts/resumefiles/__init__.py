"""What may be a resume, judged by what is in the file; where files are kept; the virus scanner.

    kind = check(content, name)     # "pdf" or "docx", or FileRefused with words for people

Nothing here knows the database. Every file is refused or taken within two seconds and 100 MB (tests measure it).
"""

from django.utils.translation import gettext as _

from accounts.resumefiles import docx, pdf
from accounts.resumefiles.refusal import FileRefused

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "FileRefused", "check"]

MOST_BYTES = 5 * 1024 * 1024
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def check(content: bytes, name: str) -> str:
    """Return "pdf" or "docx" for the bytes of a file that its owner calls `name`.

    Raises FileRefused for anything else, for a file that acts, hides another one or grows without measure, and for a
    name that says something else than the file is.
    """
    if not content:
        raise FileRefused(_("This file is empty. Choose it once more."))
    if len(content) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 5 MB. Save it with smaller pictures, or without any."))
    ending = name.rpartition(".")[2].lower()
    if content.startswith(b"%PDF-"):
        kind = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        kind = "docx"
    else:
        raise FileRefused(_("This is no PDF and no Word file (DOCX). Save your resume as a PDF and choose that."))
    if ending != kind:
        raise FileRefused(
            _("The name does not fit the file: this file is a %(kind)s. Save it once more under its right name.")
            % {"kind": kind.upper()}
        )
    (pdf if kind == "pdf" else docx).check(content)
    return kind
