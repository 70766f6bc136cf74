"""Every kind of page, for tests/cmd/pdf.t.

pdf.py PROGRAM FOLDER: lines "good NAME" and "bad NAME: why". FOLDER is
scratch; the PDFs stay there. GOLDEN_WRITE=1 writes tests/pages/NAME.txt.
"""
import concurrent.futures
import json
import os
import re
import struct
import subprocess
import sys
import zlib

sys.path.insert(0, "tests/cmd")
import pagelib  # noqa: E402

PROGRAM, SCRATCH = sys.argv[1:3]
WRITE = os.environ.get("GOLDEN_WRITE")


def say(good, name, why=""):
    print("good %s" % name if good else "bad %s: %s" % (
        name, str(why).replace("\n", "; ")[:400]))


def run(*words, **more):
    return subprocess.run(words, capture_output=True, check=False, **more)


def render(letter, env=None):
    result = run(PROGRAM, input=json.dumps(letter).encode(), env=env)
    return result.returncode, result.stdout, result.stderr.decode()


def path_of(name):
    return os.path.join(SCRATCH, name + ".pdf")


def text_of(name, *options):
    return run("pdftotext", *options, path_of(name), "-").stdout.decode()


# ---- what every page is ------------------------------------------------------------

def words_of(name):
    """(page, left, top, right, bottom, word)"""
    out, page = [], 0
    for line in text_of(name, "-bbox").splitlines():
        page += line.strip().startswith("<page")
        found = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" '
                          r'yMax="([\d.]+)">(.*)</word>', line)
        if found:
            out.append((page, *map(float, found.groups()[:4]), found[5]))
    return out


def overlap(words):
    """Two words of which one hides a part of the other."""
    for i, (page, left, top, right, bottom, word) in enumerate(words):
        for other in words[i + 1:]:
            if other[0] != page:
                break
            wide = min(right, other[3]) - max(left, other[1])
            high = min(bottom, other[4]) - max(top, other[2])
            if wide > 1 and high > 0.45 * min(bottom - top,
                                              other[4] - other[2]):
                return "page %d: %s, %s" % (page, word, other[5])
    return ""


def outside(words, letter):
    width, height = (612, 792) if "us" in letter else (596, 842)
    for page, left, top, right, bottom, word in words:
        if left < 10 or right > width - 10 or top < 10 or bottom > height:
            return "page %d: %s" % (page, word)
    return ""


def same_as_golden(name):
    """The text, without what only places it."""
    got = "\n".join(line.rstrip() for line in
                    text_of(name, "-layout").splitlines()) + "\n"
    path = "tests/pages/%s.txt" % name
    if WRITE:
        with open(path, "w", encoding="utf-8") as target:
            target.write(got)
    with open(path, encoding="utf-8") as source:
        return squeeze(source.read()) == squeeze(got), got


def squeeze(text):
    return [re.sub(" +", " ", line).strip()
            for line in text.splitlines() if line.strip()]


def codes_in(name):
    """What the codes of the first and the last page hold."""
    base = os.path.join(SCRATCH, name + ".code")
    run("pdftoppm", "-r", "130", "-gray", "-png", path_of(name), base)
    pages = sorted(one for one in os.listdir(SCRATCH)
                   if one.startswith(name + ".code"))
    said = []
    for page in pages[:1] + pages[1:][-1:]:
        found = run("zbarimg", "-q", "--raw", "--oneshot", "-Sbinary",
                    os.path.join(SCRATCH, page))
        if not found.returncode:
            said.append(found.stdout.decode())
    return said


def check_case(case):
    name, letter, pages = case
    out = []
    code, pdf, err = render(letter)
    out.append((code == 0 and not err, name + ": written, no warning", err))
    with open(path_of(name), "wb") as target:
        target.write(pdf)
    again = render(letter, {"TZ": "Asia/Tokyo", "LC_ALL": "ru_RU.UTF-8"})[1]
    out.append((again == pdf, name + ": the same bytes again", ""))
    result = run("qpdf", "--check", path_of(name))
    out.append((result.returncode == 0, name + ": qpdf finds nothing",
                result.stdout))
    fonts = run("pdffonts", path_of(name)).stdout.decode().splitlines()[2:]
    bad = [line for line in fonts if line.split()[-5:-3] != ["yes", "yes"]]
    out.append((fonts and not bad, name + ": fonts embedded", bad))
    info = run("pdfinfo", path_of(name)).stdout.decode()
    out.append((re.search(r"Pages: +%d\n" % pages, info),
                name + ": %d pages" % pages, info))
    words = words_of(name)
    out.append((len(words) > 30 and not overlap(words),
                name + ": nothing covers anything", overlap(words)))
    out.append((not outside(words, name), name + ": nothing is cut off",
                outside(words, name)))
    good, got = same_as_golden(name)
    out.append((good, name + ": the text as it must be", got))
    for way in letter["values"].get("pay", {}).get("ways", []):
        if letter.get("document", {}).get("type") != "credit-note":
            out.append((codes_in(name) == [way["payload"]],
                        name + ": the code holds the payment", ""))
    return out


# ---- what else --------------------------------------------------------------------------

def check_embedded():
    letter = pagelib.letter(pagelib.document(pagelib.ITEMS))
    letter["form"] = "pdf:factur-x"
    code, pdf, err = render(letter)
    with open(path_of("factur-x"), "wb") as target:
        target.write(pdf)
    letter["form"] = "xml:factur-x"
    xml = render(letter)[1]
    saved = os.path.join(SCRATCH, "inside.xml")
    run("pdfdetach", "-save", "1", "-o", saved, path_of("factur-x"))
    with open(saved, "rb") as source:
        say(code == 0 and xml and source.read() == xml,
            "the XML inside is the XML alone", err)
    plain = run("qpdf", "--qdf", "--object-streams=disable",
                path_of("factur-x"), "-").stdout
    for wanted in (b"/AFRelationship /Alternative", b"/Subtype /text#2fxml",
                   b"<fx:ConformanceLevel>EN 16931<",
                   b"<pdfaid:part>3<", b"/GTS_PDFA1", b"/Lang"):
        say(wanted in plain, "PDF/A-3 says %s" % wanted.decode(), "")
    letter["form"] = "pdf:other"
    say(render(letter)[0] == 65, "a PDF with something else is refused")
    del letter["document"]
    letter["form"] = "pdf:factur-x"
    say("document: missing" in render(letter)[2], "no document is named")


def check_metadata():
    info = run("pdfinfo", path_of("de")).stdout.decode()
    for wanted in ("Title: +Rechnung 2026-0112", "Author: +Vogt Design",
                   "PDF version: +1.7"):
        say(re.search(wanted, info), "pdfinfo: " + wanted, info)


def mine(files):
    """A user's own folder with these files."""
    folder = os.path.join(SCRATCH, "mine")
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
    for name, text in files.items():
        with open(os.path.join(folder, name), "w",
                  encoding="utf-8") as target:
            target.write(text)
    letter = pagelib.letter(pagelib.document(pagelib.ITEMS), "de")
    letter["dirs"] = [folder, "templates"]
    return letter


STYLE = '<style name="text" size="9"/>\n'
BROKEN = [
    ("an unknown element", "<page>\n" + STYLE + "<blink/>\n</page>",
     "invoice.page:3: no such element: blink"),
    ("an unknown attribute", '<page>\n' + STYLE + '<p colour="red">x</p>'
     "</page>", "invoice.page:3: no such attribute: colour"),
    ("a bad length", "<page>\n" + STYLE + '\n<space height="wide"/></page>',
     'invoice.page:4: space: height: "wide" is no length'),
    ("a bad colour", '<page>\n<style name="a" colour="red"/></page>',
     'invoice.page:2: style: colour: "red" is no colour'),
    ("an unknown style", "<page>\n" + STYLE + '<p style="no">x</p></page>',
     'invoice.page:3: p: there is no style "no"'),
    ("an unknown paper", '<page paper="b5">\n' + STYLE + "</page>",
     'invoice.page:1: page: paper: "b5" is none of'),
    ("what is not closed", "<page>\n" + STYLE + "<p>x</page>",
     "invoice.page:3: near here"),
    ("text nowhere", "<page>\n" + STYLE + "<columns>x</columns></page>",
     "invoice.page:3: no place for text"),
    ("a cell too much", "<page>\n" + STYLE + '<table columns="*">\n<row>'
     "<cell>a</cell>\n<cell>b</cell></row></table></page>",
     "invoice.page:5: cell: this is a cell too much"),
    ("bad columns", "<page>\n" + STYLE + '<table columns="x"></table></page>',
     'invoice.page:3: table: columns: "x" is no width'),
    ("no style", "<page>\n<p>x</p></page>", "there is no style"),
    ("a broken tag", "<page>{{#a}}</page>", "section is not closed"),
]


def check_own():
    ours = render(mine({}))[1]
    for name, page, wanted in BROKEN:
        code, pdf, err = render(mine({"invoice.page": page}))
        say(code == 0 and pdf == ours and wanted in err,
            name + ": is named, and our page taken", err)
    page = ('<page paper="{{page.paper}}">\n' + STYLE +
            "<p>Mine: {{document.number}}</p>{{> pay.page}}</page>")
    with open("templates/style.page", encoding="utf-8") as source:
        page = page.replace(STYLE, source.read())
    code, pdf, err = render(mine({"invoice.page": page}))
    with open(path_of("mine"), "wb") as target:
        target.write(pdf)
    text = text_of("mine")
    say(code == 0 and not err and text.startswith("Mine: 2026-0112") and
        "DE74 7009" in text and "Layout" not in text,
        "a page of one's own", err + text)


HOSTILE = "</p><b>{{owner.name}} & \"x\" ]]> <qr/> &amp; %n"


def check_hostile():
    doc = pagelib.document([dict(pagelib.ITEMS[0], text=HOSTILE,
                                 unit_text="<i>")])
    doc["buyer"] = dict(doc["buyer"], name=HOSTILE)
    code, pdf, err = render(pagelib.letter(doc, "fr"))
    with open(path_of("hostile"), "wb") as target:
        target.write(pdf)
    say(code == 0 and not err and
        squeeze(text_of("hostile", "-raw")).count(HOSTILE) >= 1,
        "values are only ever text", err + text_of("hostile"))


def png(width, height):
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data +
                struct.pack(">I", zlib.crc32(name + data)))
    rows = b"".join(b"\0" + b"\x20\x60\xa0\x80" * width
                    for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", width, height, 8, 6, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def check_logo():
    logo = os.path.join(SCRATCH, "logo.png")
    with open(logo, "wb") as target:
        target.write(png(300, 80))
    letter = pagelib.letter(pagelib.document(pagelib.ITEMS),
                            page={"paper": "a4", "logo": logo})
    code, pdf, err = render(letter)
    with open(path_of("logo"), "wb") as target:
        target.write(pdf)
    images = run("pdfimages", "-list", path_of("logo")).stdout.decode()
    say(code == 0 and not err and len(images.splitlines()) == 3 and
        "smask" not in images, "a logo, not transparent", err + images)
    for name, data in (("gone", None), ("text", b"no picture at all"),
                       ("cut", png(300, 80)[:60])):
        os.remove(logo)
        if data is not None:
            with open(logo, "wb") as target:
                target.write(data)
        else:
            with open(logo + ".other", "wb"):
                pass
        code, pdf, err = render(letter)
        say(code == 0 and pdf and "the picture is left out" in err,
            "logo: %s: a warning" % name, err)
        if data is None:
            os.rename(logo + ".other", logo)


def main():
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for results in pool.map(check_case, pagelib.cases()):
            for result in results:
                say(*result)
    check_embedded()
    check_metadata()
    check_own()
    check_hostile()
    check_logo()


main()
