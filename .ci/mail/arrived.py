"""Reads what a mail server delivered, with Python's own parser, and compares it with
the pages that were sent: arrived.py MAILDIR FOLDER. Each page went to patientN, N its
place in the folder by name; it must have come to that address, once, byte for byte.
"""
import email, email.policy, pathlib, sys
from email.utils import getaddresses

maildir, folder = map(pathlib.Path, sys.argv[1:])
pages = sorted(folder.glob("*.pdf"))
came, wrong = {}, 0


def complain(*what):
    global wrong
    wrong += 1
    print(*what)


for file in sorted(maildir.glob("new/*")):
    m = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    if m.defects:
        complain(file.name, "defects:", m.defects)
    to = [a for _, a in getaddresses(m.get_all("To"))]
    if len(to) != 1 or m["Envelope-To"] != to[0]:
        complain(file.name, "is to", to, "and was delivered to", m["Envelope-To"])
    for h in "Bcc", "Cc":
        if m[h] is not None:
            complain(file.name, "has a", h)
    for h in "From", "Subject", "Date", "Message-ID", "Auto-Submitted":
        if len(m.get_all(h, [])) != 1:
            complain(file.name, "has not one", h)
    kinds = [p.get_content_type() for p in m.walk()]
    want = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    if kinds != want:
        complain(file.name, "is made of", kinds)
    pdf = next(m.iter_attachments())
    if pdf.get_filename() != "handout.pdf":
        complain(file.name, "attaches", pdf.get_filename())
    if "\n.\n..\nFrom here on.\n" not in m.get_body(("plain",)).get_content().replace("\r\n", "\n"):
        complain(file.name, "lost a dot")
    came.setdefault(to[0], []).append(pdf.get_content())

for n, page in enumerate(pages, 1):
    got = came.pop(f"patient{n}@clinic.example", [])
    if got != [page.read_bytes()]:
        complain(f"patient{n} got {len(got)} messages, or another page")
if came:
    complain("nobody's:", sorted(came))
print(f"{len(pages)} pages, each at its patient's, once" if not wrong else f"{wrong} complaints")
sys.exit(wrong > 0)
