"""A day of made-up patients, and what became of their mail.

	day.py list FILE.csv            writes the list: 60 visits, and 4 that get no mail
	day.py arrived FILE.csv MAILDIR  reads back what a mail server delivered, with Python's
	                                own parser: each patient got their own page at their own
	                                addresses, once each, and nobody else got any. The page
	                                opens with the day of birth, and with nothing else.
"""
import csv, email, email.policy, pathlib, subprocess, sys, tempfile, unicodedata
from email.utils import getaddresses

NAMES = ["Ana Ruiz", "Zoë Nuñez-O'Brien", "Đặng Thị Hương", "Łukasz Żółć", "Αθηνά Παππά", "Наталья Орлова",
         'Bo "Quill" Feather', "Bcc: nobody@clinic.example", "x=3D_y (Jo) Smith", "Wolfeschlegelsteinhausenbergerdorff"]
HANDOUTS = ["sciatica", "after-massage", "neck-and-desk"]


def write(file):
    with open(file, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["visit", "date", "time", "name", "email", "email consent", "birth date", "handout", "status"])
        for i in range(64):
            name = NAMES[i % len(NAMES)] if i < 2 * len(NAMES) else f"{NAMES[i % 4]} the {i}th"
            mail = f"patient{i}@clinic.example"
            if i % 7 == 3:
                mail = f'"{name.split()[0].replace(chr(34), "")}" <{mail}>; second{i}@clinic.example'
            consent, status = ("no", "") if i in (20, 41) else ("yes", "cancelled" if i in (30, 50) else "")
            w.writerow([f"V{i}", "2026-11-23", f"{8 + i % 12:02}:{i % 60:02}", name, mail, consent,
                        f"{1930 + i}-{1 + i % 12:02}-{1 + i % 28:02}", HANDOUTS[i % 3], status])


def text(pdf, password):
    """The words of a PDF, or None if it does not open."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
        f.write(pdf)
        f.flush()
        lock = ["-upw", password] if password else []
        said = subprocess.run(["pdftotext", "-enc", "UTF-8", *lock, f.name, "-"], capture_output=True)
        qpdf = subprocess.run(["qpdf", "--check", f"--password={password}", f.name], capture_output=True)
        if (said.returncode == 0) != (qpdf.returncode == 0):
            return "poppler and qpdf do not agree"
        return plain(said.stdout.decode()) if said.returncode == 0 else None


def plain(s):
    """Without spaces: a long name may stand on two lines."""
    return "".join(unicodedata.normalize("NFC", s).split())


def arrived(file, maildir):
    wrong = []
    want = {}
    with open(file, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["email consent"] == "yes" and not row["status"]:
                for _, address in getaddresses([row["email"].replace(";", ",")]):
                    want[address] = row
    came = {}
    days = sorted({row["birth date"].replace("-", "") for row in want.values()})
    for message in sorted(pathlib.Path(maildir).glob("new/*")):
        m = email.message_from_bytes(message.read_bytes(), policy=email.policy.default)
        to = [a for _, a in getaddresses(m.get_all("To"))]
        at = m["Envelope-To"]
        came[at] = came.get(at, 0) + 1
        row = want.get(at)
        if m.defects or m["Bcc"] is not None or m["Cc"] is not None:
            wrong.append(f"{at}: defects or other receivers: {m.defects}")
        if row is None or at not in to or any(want.get(a) is not row for a in to):
            wrong.append(f"{at} got what is to {to}")
            continue
        password = row["birth date"].replace("-", "")
        pdf = next(m.iter_attachments()).get_content()
        words = text(pdf, password)
        if words is None or plain(row["name"]) not in words:
            wrong.append(f"{at}: the page does not open, or is another's")
        for other in "", days[(days.index(password) + 1) % len(days)]:
            if text(pdf, other) is not None:
                wrong.append(f"{at}: the page opens with {other or 'no password'}")
        if password in message.read_bytes().decode("latin-1"):
            wrong.append(f"{at}: the password is in the message")
    for address in want:
        if came.get(address) != 1:
            wrong.append(f"{address} got {came.get(address, 0)} messages")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(want)} addresses, each got its patient's page, once, locked" if not wrong else f"{len(wrong)} complaints")
    return bool(wrong)


if sys.argv[1] == "list":
    write(sys.argv[2])
else:
    sys.exit(arrived(*sys.argv[2:]))
