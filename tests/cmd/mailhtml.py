"""The HTML of every letter, as mail programs read it, for mailhtml.t.

mailhtml.py PROGRAM FOLDER [NPM]: lines "good NAME", "bad NAME: why" and "skip
NAME: why". NPM: where caniemail and html-validate are, when they are anywhere.
FOLDER is scratch.
"""
import html
import html.parser
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, "tests/cmd")
import render as known  # noqa: E402

FOLDER = sys.argv[2]
NPM = sys.argv[3] if len(sys.argv) > 3 else ""
say = known.say

CLIENTS = [("apple-mail", None), ("gmail", None), ("outlook", None),
           ("yahoo", None), ("thunderbird", None), ("gmx", None),
           ("web-de", None), ("t-online-de", None), ("samsung-email", None)]

# What some programs do not know, and why the letter is still in order there.
GRACEFUL = {
    "css-at-media": "the narrow form only: the wide one can be read, too",
    "css-at-media-prefers-color-scheme": "the page stays light",
    "css-color-scheme": "the page stays light",
    "html-meta-color-scheme": "the page stays light",
    "css-border-radius": "the button has corners",
    "css-max-width": "the table for Outlook in front has a fixed width",
    "css-max-height": "of the preheader, which display:none hides",
    "css-overflow": "of the preheader, which display:none hides",
    "css-display": "Outlook: the button's padding is mso-padding-alt",
    "css-display-none": "Outlook has mso-hide",
    "css-important": "of the rules for dark and narrow screens alone",
    "css-selector-class": "in the head alone, for dark and narrow screens",
    "css-selector-descendant": "in the head alone",
    "css-selector-type": "in the head alone",
    "css-padding": "Outlook: on cells it works, on the link of the button "
                   "mso-padding-alt does it",
    "css-margin": "paragraphs keep their own distance where it is dropped",
    "css-width": "tables have the attribute, too, where it matters",
    "css-text-decoration": "the link of the button is underlined",
    "css-line-height": "lines are as high as the program has them",
    "html-style": "what matters stands in the elements",
    "html-role": "tables are read as tables",
    "html-lang": "read in the program's own language",
    "html-dir": "letters are written from left to right in each language",
    "html-body": "colours of the page are on a table, too",
    "html-doctype": "nothing here needs the standards mode",
    "html-comments": "only Outlook is to read them",
    "css-background-color": "text is readable on white as well",
    "css-border": "Outlook: of cells it is known",
    "css-border-collapse": "GMX: cellspacing is 0 anyway",
    "css-font-size": "in pixels it is known",
    "css-font-weight": "bold is known, and <b> stands beside it",
    "css-text-align": "left and right are known; cells have align, too",
    "html-align": "cells have text-align, too",
    "html-cellpadding": "GMX: cells have padding, too",
    "html-cellspacing": "GMX: borders are collapsed, too",
    "html-width": "in pixels and percent it is known",
    "css-white-space": "amounts have blanks that do not break",
}

# How what stands in a page is called there.
PROPERTIES = {
    "font-family": "css-font", "border-bottom": "css-border",
    "border-bottom-color": "css-border", "color": None,
    "supported-color-schemes": None, "mso-hide": None,
    "mso-padding-alt": None}
ELEMENTS = {
    "a": None, "b": "html-strong", "body": "html-body", "br": None,
    "div": "html-div", "h1": "html-h1-h6", "h2": "html-h1-h6", "head": None,
    "html": None, "img": "html-img", "li": "html-lists", "meta": None,
    "p": "html-p", "span": "html-span", "style": "html-style",
    "table": "html-table", "td": "html-table", "th": "html-table",
    "title": None, "tr": "html-table", "ul": "html-lists"}
ATTRIBUTES = {
    "align": "html-align", "width": "html-width", "role": "html-role",
    "cellpadding": "html-cellpadding", "cellspacing": "html-cellspacing",
    "lang": "html-lang", "dir": "html-dir", "class": None, "style": None,
    "scope": None, "href": None, "border": None, "charset": None,
    "name": None, "content": None, "valign": "html-valign", "alt": None,
    "colspan": None}


# ---- a page, read ------------------------------------------------------------------

class Page(html.parser.HTMLParser):
    """Elements with their attributes and inline style, texts with the
    elements around them, and the blocks of style."""
    VOID = ("meta", "br", "img", "hr")

    def __init__(self, source):
        super().__init__()
        self.elements, self.texts, self.styles, self.open = [], [], [], []
        self.comments = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "style": declarations(
            dict(attrs).get("style") or ""), "path": list(self.open)}
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1]["tag"] == "style":
            self.styles.append(data)
        elif data.strip() and self.open:
            self.texts.append((data.strip(), list(self.open)))

    def handle_comment(self, data):
        self.comments.append(data)


def declarations(text):
    pairs = [part.split(":", 1) for part in text.split(";") if ":" in part]
    return {name.strip(): value.strip() for name, value in pairs}


def blocks(css):
    """(condition or "", selectors, declarations) of a block of style."""
    found, rest = [], css
    media = re.compile(r"@media\s*([^{]+)\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
    for condition, inner in media.findall(rest):
        found += [(condition.strip(), selector, declarations(text)) for
                  selector, text in re.findall(r"([^{}]+)\{([^{}]*)\}", inner)]
    rest = media.sub("", rest)
    found += [("", selector, declarations(text)) for selector, text in
              re.findall(r"([^{}]+)\{([^{}]*)\}", rest)]
    return [(condition, [one.strip() for one in selector.split(",")], text)
            for condition, selector, text in found]


# ---- caniemail ------------------------------------------------------------------------

def features(page):
    """The slugs of all that a page uses; unknown things begin with "?"."""
    found = {"html-doctype", "html-comments"} if page.comments else {
        "html-doctype"}
    for element in page.elements:
        found.add(ELEMENTS.get(element["tag"], "?<%s>" % element["tag"]))
        for name in element["attrs"]:
            found.add(ATTRIBUTES.get(name, "html-" + name if name.startswith(
                "aria-") else "?%s=" % name))
        for name, value in element["style"].items():
            found |= of_declaration(name, value)
    for condition, selectors, text in (
            rule for css in page.styles for rule in blocks(css)):
        if condition:
            found.add("css-at-media")
        if "prefers-color-scheme" in condition:
            found.add("css-at-media-prefers-color-scheme")
        for selector in selectors:
            found |= of_selector(selector)
        for name, value in text.items():
            found |= of_declaration(name, value)
            if "!important" in value:
                found.add("css-important")
    for element in page.elements:
        if element["tag"] == "meta" and "color-scheme" in (
                element["attrs"].get("name") or ""):
            found.add("html-meta-color-scheme")
    return found - {None}


def of_declaration(name, value):
    found = {PROPERTIES.get(name, "css-" + re.sub(
        "-(top|right|bottom|left)$", "", name))}
    if name == "display":
        found.add("css-display-" + value.split()[0] if value.split()[0] in (
            "none", "flex", "grid") else "css-display")
    for unit in re.findall(r"\d(px|%|em|rem|vw|vh|pt|ch)\b", value):
        found.add("css-unit-" + ("percent" if unit == "%" else unit))
    if re.search(r"\bcalc\(", value):
        found.add("css-unit-calc")
    if re.search(r"\brgba?\(", value):
        found.add("css-rgb")
    if re.search(r"\bvar\(", value):
        found.add("css-variables")
    return found


def of_selector(selector):
    found = set()
    if selector == ":root":
        return found
    if re.search(r"\.\w", selector):
        found.add("css-selector-class")
    if re.search(r"\w \S", selector):
        found.add("css-selector-descendant")
    if re.search(r"(^|\s)[a-z]", selector):
        found.add("css-selector-type")
    for sign, slug in ((">", "child"), ("+", "adjacent-sibling"),
                       ("~", "general-sibling"), ("#", "id"), ("[",
                       "attribute"), ("*", "universal")):
        if sign in selector:
            found.add("css-selector-" + slug)
    for name in re.findall(r":([a-z-]+)", selector):
        found.add("css-pseudo-class-" + name)
    return found


class CanIEmail:
    def __init__(self, path):
        with open(path, encoding="utf-8") as source:
            self.data = {each["slug"]: each["stats"] for each in
                         json.load(source)["data"]}

    def lacking(self, slug):
        """Programs that do not know a feature, or only in part."""
        found = []
        for client, _ in CLIENTS:
            for platform, versions in self.data[slug].get(
                    client, {}).items():
                newest = versions[max(versions, key=version_of)]
                if newest[0] != "y":
                    found.append("%s %s" % (client, platform))
        return found

    def problem(self, page, used):
        for slug in sorted(features(page)):
            if slug.startswith("?"):
                return "nobody knows %s" % slug[1:]
            if slug not in self.data:
                return "%s is not in the data" % slug
            lacking = self.lacking(slug)
            if not lacking:
                continue
            if slug not in GRACEFUL:
                return "%s: not in %s" % (slug, ", ".join(lacking))
            used.add(slug)
        return ""


def version_of(text):
    return [int(number) for number in re.findall(r"\d+", text)] or [0]


# ---- contrast, sizes, and what a screen reader needs ---------------------------------------

def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else
             ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def step_fits(step, element):
    name, *classes = step.split(".")
    return (not name or name == element["tag"]) and set(classes) <= set(
        (element["attrs"].get("class") or "").split())


def fits(selector, element):
    """Steps of names and classes, each somewhere inside of the one before."""
    *outer, last = selector.split()
    if not step_fits(last, element):
        return False
    path = list(element["path"])
    while outer:
        step = outer.pop()
        while path and not step_fits(step, path[-1]):
            path.pop()
        if not path:
            return False
        path.pop()
    return True


def weight(selector):
    return (selector.count("."), len(re.findall(r"(^|\s)[a-z]", selector)))


def dark_style(page, element):
    """The inline style with the rules for dark screens over it."""
    style, rules = dict(element["style"]), []
    for css in page.styles:
        for number, (condition, selectors, text) in enumerate(blocks(css)):
            if "prefers-color-scheme: dark" not in condition:
                continue
            rules += [(weight(selector), number, text) for selector in
                      selectors if fits(selector, element)]
    for _, _, text in sorted(rules, key=lambda rule: rule[:2]):
        style.update({name: value.replace(" !important", "") for
                      name, value in text.items()})
    return style


def look_problem(page, dark):
    seen = 0
    for text, path in page.texts:
        styles = [dark_style(page, element) if dark else element["style"]
                  for element in path]
        if any(style.get("display") == "none" for style in styles) or \
                path[0]["tag"] != "html" or "body" not in [
                    element["tag"] for element in path]:
            continue
        if not text.replace("\u00a0", ""):
            continue
        last = {}
        for style in styles:
            last.update({name: style[name] for name in (
                "color", "background-color", "font-size") if name in style})
        seen += 1
        found = contrast(last.get("color", "#000000"),
                         last.get("background-color", "#ffffff"))
        if found < 4.5:
            return "%s: contrast %.2f of %s" % (text, found, last)
        if int(last["font-size"].rstrip("px")) < 14:
            return "%s: too small, %s" % (text, last["font-size"])
    return "" if seen > 5 else "only %d texts" % seen


def access_problem(page):
    first = page.elements[0]
    if first["tag"] != "html" or not first["attrs"].get("lang") or \
            first["attrs"].get("dir") not in ("ltr", "rtl"):
        return "no language or direction"
    names = [element["attrs"].get("name") for element in page.elements
             if element["tag"] == "meta"]
    if "color-scheme" not in names or "viewport" not in names:
        return "a <meta> is missing"
    for element in page.elements:
        problem = element_problem(page, element)
        if problem:
            return problem
    return ""


def element_problem(page, element):
    attrs = element["attrs"]
    if element["tag"] == "img" and "alt" not in attrs:
        return "an image without alt"
    if element["tag"] == "a" and not any(element in path for _, path in
                                         page.texts):
        return "a link without words"
    if element["tag"] == "table":
        heads = [each for each in page.elements if each["tag"] == "th" and
                 [up for up in each["path"] if up["tag"] == "table"][-1:] ==
                 [element]]
        if (attrs.get("role") == "presentation") == bool(heads) and \
                attrs.get("class") != "list":
            return "a table with role %s and %d heads" % (
                attrs.get("role"), len(heads))
        if any(not each["attrs"].get("scope") for each in heads):
            return "a head without scope"
    for name in ("src", "background", "srcset"):
        if name in attrs and not attrs[name].startswith("cid:"):
            return "%s=%s comes from elsewhere" % (name, attrs[name])
    if "url(" in (attrs.get("style") or ""):
        return "a style comes from elsewhere"
    return ""


def same_styles_problem(page):
    """What is in the elements does not need the head."""
    for element in page.elements:
        if element["tag"] in ("p", "td", "th", "a", "span") and \
                not element["style"]:
            return "<%s class=%s> has no style" % (
                element["tag"], element["attrs"].get("class"))
    return ""


CHECKS = [("contrast and sizes on a light page",
           lambda page: look_problem(page, False)),
          ("contrast and sizes on a dark page",
           lambda page: look_problem(page, True)),
          ("what a screen reader needs", access_problem),
          ("styles are in the elements", same_styles_problem)]

# ---- all letters -------------------------------------------------------------------------------

COLOURS = ["#000000", "#ffffff", "#ffdd00", "#d10a6f", "#7fbf3f", "#808080",
           "#0057ff", "blue", "#12"]


def letters():
    for kind, tone in known.FILES:
        for language in known.SAMPLE["customers"]:
            letter = known.sample(kind, tone, language)
            letter["form"] = "html"
            yield "%s.%s%s" % (language, kind, tone), letter


def in_colour(colour):
    letter = known.sample("invoice", "", "en")
    letter.update(form="html")
    letter["values"]["look"] = {"colour": colour}
    return letter


def pages():
    found = {}
    for name, letter in letters():
        result = known.run(letter)
        if result.returncode or result.stderr:
            say(result.stderr.decode(), name)
        found[name] = result.stdout.decode()
    return found


# Each makes a page that a check has to find fault with.
SPOILT = {
    "contrast and sizes on a light page": [
        ("color:#57606a", "color:#aaaaaa"),
        ("font-size:14px", "font-size:11px"),
        ("background-color:#f3f6f9", "background-color:#667788")],
    "contrast and sizes on a dark page": [
        (".letter, .list td", ".lettre, .list td"),
        ("background-color: #22262c", "background-color: #aaaaaa")],
    "what a screen reader needs": [
        (" dir=\"ltr\"", ""), (" scope=\"row\"", ""),
        ("role=\"presentation\" cellpadding", "cellpadding"),
        ("<p ", "<img src=\"cid:1\"><p "),
        ("<p ", "<img alt=\"\" src=\"https://x.example/1.png\"><p "),
        (">Pay online<", "><"), ("color-scheme\"", "colour\"")],
    "styles are in the elements": [
        ("<p style=\"margin:0 0 16px 0\"", "<p")],
    "caniemail": [
        ("display:inline-block", "display:flex"), ("<p ", "<video><p "),
        ("margin:0 0 16px 0", "margin:0;position:absolute"),
        ("<p ", "<p onclick=\"x\" "), ("line-height:24px",
        "line-height:calc(1px + 2px)"), (".small, ", ".small > b, ")],
}


def check_own(all_pages):
    for name, check in CHECKS:
        problem, seen = "", 0
        for letter, source in all_pages.items():
            seen += 1
            what = check(Page(source))
            problem = problem or (what and "%s: %s" % (letter, what))
        say(problem if seen > 90 else "only %d letters" % seen, name)
        check_spoilt(name, check, all_pages["en.invoice"])
    for colour in COLOURS:
        page = Page(known.run(in_colour(colour)).stdout.decode())
        say(look_problem(page, False) or look_problem(page, True),
            "readable with the owner's colour %s" % colour)


def check_spoilt(name, check, source):
    missed = [pair for pair in SPOILT[name] if pair[0] not in source or
              not check(Page(source.replace(*pair)))]
    say(missed and "not found: %s" % missed, "%s: faults are found" % name)


def check_caniemail(all_pages):
    path = os.path.join(NPM, "node_modules/caniemail/data/caniemail.json")
    if not NPM or not os.path.exists(path):
        print("skip what mail programs know: no caniemail from npm")
        return
    data, used, problem = CanIEmail(path), set(), ""
    for letter, source in all_pages.items():
        what = data.problem(Page(source), used)
        problem = problem or (what and "%s: %s" % (letter, what))
    say(problem, "mail programs know all that is used, or do without")
    say("of no use: %s" % sorted(set(GRACEFUL) - used)
        if set(GRACEFUL) - used else "", "each exception is needed")
    check_spoilt("caniemail", lambda page: data.problem(page, set()),
                 all_pages["en.invoice"])


RULES = {"extends": ["html-validate:recommended"], "rules": {
    "no-inline-style": "off",            # Gmail, Outlook
    "no-conditional-comment": "off",     # Outlook
    "no-deprecated-attr": "off",         # Outlook: align, cellpadding …
    "attribute-boolean-style": "off", "no-trailing-whitespace": "off",
    "long-title": "off",                 # it is the subject
    "tel-non-breaking": "off", "prefer-tbody": "off",
    "no-unused-disable": "error",
    "wcag/h37": "error", "wcag/h63": "error"}}


def validate(paths):
    """What it says; a file takes its answer, which a pipe would cut."""
    answer = os.path.join(FOLDER, "answer.json")
    with open(answer, "w", encoding="utf-8") as target:
        result = subprocess.run(
            ["node", os.path.join(NPM, "node_modules/html-validate/bin/"
                                  "html-validate.mjs"), "--config",
             os.path.join(FOLDER, "rules.json"), "--formatter", "json",
             *paths], stdout=target, stderr=subprocess.PIPE, text=True,
            check=False)
    try:
        with open(answer, encoding="utf-8") as source:
            said = json.load(source)
    except ValueError:
        return [result.stderr[:300] or "no answer"]
    return ["%s: %s" % (os.path.basename(each["filePath"]),
                        message["message"] + " at %d" % message["line"])
            for each in said for message in each["messages"]]


def check_valid(all_pages):
    if not NPM or not os.path.isdir(os.path.join(
            NPM, "node_modules/html-validate")):
        print("skip valid HTML: no html-validate from npm")
        return
    with open(os.path.join(FOLDER, "rules.json"), "w") as rules:
        json.dump(dict(RULES, root=True), rules)
    paths = []
    spoilt = {"spoilt1": all_pages["en.invoice"].replace("</p>", "", 1)
              .replace("</table>", "", 1),
              "spoilt2": all_pages["en.invoice"].replace("<title>", "<titel>"),
              "spoilt3": all_pages["en.invoice"].replace("scope=\"row\"",
                                                         "scope=\"rows\"")}
    for name, source in {**all_pages, **spoilt}.items():
        path = os.path.join(FOLDER, name + ".html")
        with open(path, "w", encoding="utf-8") as target:
            target.write(source)
        paths.append(path)
    found = validate(paths)
    real = [line for line in found if not line.startswith("spoilt")]
    say("; ".join(real[:3]), "valid HTML")
    say("" if all(any(line.startswith(name) for line in found)
                  for name in spoilt) else "%s" % found[:5],
        "valid HTML: faults are found")


MEASURE = """<body><script>
const pages = %s, found = [];
let left = pages.length;
for (const [name, text] of pages) {
  const frame = document.createElement('iframe');
  frame.style = 'width:360px;height:900px;border:0';
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    found.push(name + ' ' + root.scrollWidth);
    if (--left == 0) { document.body.textContent = found.join('\\n') + '\\nEND'; }
  };
  frame.srcdoc = text;
  document.body.append(frame);
}
</script></body>"""


def check_narrow(all_pages):
    """No letter is wider than a telephone."""
    wide = all_pages["en.invoice"].replace(
        "Dear Anna", "<b style=\"white-space:nowrap\">%s</b>" % ("x" * 80))
    all_pages = {name: page for name, page in all_pages.items()
                 if name[:2] in ("de", "es", "fr", "ru")}
    jobs = list(all_pages.items()) + [("spoilt", wide)]
    path = os.path.join(FOLDER, "measure.html")
    with open(path, "w", encoding="utf-8") as target:
        target.write(MEASURE % json.dumps(jobs).replace("</", "<\\/"))
    try:
        result = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
             "--user-data-dir=" + os.path.join(FOLDER, "profile"),
             "--virtual-time-budget=20000", "--dump-dom", "file://" + path],
            capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        print("skip narrow screens: no chromium")
        return
    widths = dict(re.findall(r"^(?:<body>|.*>)?(\S+) (\d+)$",
                             html.unescape(result.stdout), re.M))
    if "END" not in result.stdout:
        print("skip narrow screens: chromium does not start")
        return
    spoilt = int(widths.pop("spoilt", 0))
    over = [name for name, width in widths.items() if int(width) > 360]
    say("wider: %s" % over[:5] if over else
        "" if len(widths) == len(all_pages) else "only %d" % len(widths),
        "no letter is wider than 360 pixels")
    say("" if spoilt > 360 else "%d" % spoilt, "a wide one is found")


if __name__ == "__main__":
    ALL = pages()
    check_own(ALL)
    check_caniemail(ALL)
    check_valid(ALL)
    check_narrow(ALL)
