"""mailfilter-render --serve against the same program asked once a letter.

serve.py PROGRAM: lines "good NAME" and "bad NAME: why" for serve.t.
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, "tests/cmd")
import render as known  # noqa: E402

say = known.say


class Server:
    """One --serve: write(letter) gives (is it good, bytes, warnings)."""

    def __init__(self, *before):
        self.process = subprocess.Popen(
            [*before, known.PROGRAM, "--serve"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send(self, text):
        self.process.stdin.write(b"%d\n" % len(text) + text)
        self.process.stdin.flush()
        word, length, more = self.process.stdout.readline().split()
        body = self.process.stdout.read(int(length))
        return word == b"ok", body, self.process.stdout.read(int(more))

    def write(self, letter):
        return self.send(json.dumps(letter).encode())

    def kilobytes(self):
        with open("/proc/%d/status" % self.process.pid) as lines:
            for line in lines:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])

    def cpu_limit(self):
        with open("/proc/%d/limits" % self.process.pid) as lines:
            for line in lines:
                if line.startswith("Max cpu time"):
                    return line.split()[3:5]

    def end(self):
        self.process.stdin.close()
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.wait(), errors


def letters():
    for number, (kind, tone) in enumerate(known.FILES):
        for language in list(known.SAMPLE["customers"])[number % 2::2]:
            yield known.sample(kind, tone, language)


def check_same():
    server, seen, problem = Server(), 0, ""
    for turn in range(2):
        for letter in letters():
            single = known.run(letter)
            good, body, words = server.write(letter)
            seen += 1
            if not good or body != single.stdout or words:
                problem = problem or "%s in %s, turn %d: %s" % (
                    letter["kind"], letter["language"], turn, words)
        if turn == 0:
            # what cannot be written disturbs nobody
            bad = known.sample("invoice", "", "en")
            bad["values"]["invoices"] = []
            good, body, _ = server.write(bad)
            say("it was written" if good or b"missing" not in body else "",
                "a letter that lacks something is refused")
            good, body, _ = server.send(b"{\"kind\":")
            say("it was written" if good or b"line 1" not in body else "",
                "so is what is no JSON")
    code, errors = server.end()
    say("only %d" % seen if seen < 90 else problem,
        "each letter is as when it is asked for alone")
    say("exit %d %s" % (code, errors) if code or errors else "",
        "the end of input is a good end")


def check_frames():
    for name, text in (("no number", b"hello\n{}"), ("too long", b"99999999"
                       b"99\n{}"), ("cut", b"100\n{}"), ("negative",
                       b"-5\n{}"), ("no line", b"2{}")):
        result = subprocess.run([known.PROGRAM, "--serve"], input=text,
                                capture_output=True, check=False)
        say("" if result.returncode == 65 and b"no frame" in result.stderr
            and not result.stdout else "exit %d, %s" % (
                result.returncode, result.stderr), "a frame: %s" % name)


def check_memory(count):
    """Flat: what the second half of many letters needs on top."""
    jobs, server, start = list(letters()), Server(), 0
    for number in range(count):
        if number == count // 4:
            start = server.kilobytes()
        good, body, _ = server.write(jobs[number % len(jobs)])
        if not good:
            say("letter %d: %s" % (number, body), "memory")
    end = server.kilobytes()
    server.end()
    say("" if start and end - start < 1500 else "%d kB, then %d kB" % (
        start, end), "memory is flat over %d letters" % count)


def check_read_once(trace):
    """trace: where strace writes."""
    server = Server("strace", "-f", "-e", "trace=openat", "-o", trace)
    letter = known.sample("reminder", "firm", "nl")
    for _ in range(12):
        server.write(letter)
    server.end()
    with open(trace, encoding="utf-8", errors="replace") as lines:
        opened = [line.split('"')[1] for line in lines if
                  '"templates/' in line and "ENOENT" not in line]
    often = {path for path in opened if opened.count(path) > 4}
    say("only %d files" % len(opened) if len(opened) < 8 else
        "%s" % sorted(often) if often else "",
        "templates are read once for all letters")


def check_limits():
    """Time is counted for each letter: the limit moves, none is for all."""
    server = Server()
    server.write(known.sample("receipt", "", "en"))
    soft, hard = server.cpu_limit()
    say("" if 10 <= int(soft) <= 12 and hard == "unlimited" else "%s %s" % (
        soft, hard), "a letter has some ten seconds")
    server.end()


if __name__ == "__main__":
    check_same()
    check_frames()
    check_memory(2000)
    check_read_once(os.path.join(sys.argv[2], "trace"))
    check_limits()
