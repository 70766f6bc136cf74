#!/usr/bin/python3
"""An IMAP server on loopback that behaves, or misbehaves as it is told.

usage: imap.py DIR

For each connection it reads DIR/args, one word a line:
  [--mode MODE] [--tls starttls|implicit|none] [--cert FILE --key FILE]
  [--max-tls 1.1] [--auth WORDS] [--secret WORD] [--validity N]
Its one folder has the messages DIR/mail/UID.eml. DIR gets `port` (written
when it listens) and `log`: each command (a login without its secret), and
whether inside TLS. It ends with its parent. It never keeps a change.

MODE: plain; hang, drip, hugeline, notimap, bye misbehave in the greeting;
preauth greets so; strip offers no STARTTLS; inject adds a line after its OK;
login-no, login-loop refuse; no-select, no-validity spoil SELECT.
order, twice, star answer SEARCH in a strange order, with repetitions, with
lower numbers; many lists messages without end; search-junk is no list.
bigliteral, longline, chatter, nul, long-literal, short-literal, wrong-tag,
plus, stall, close, bye-fetch, junk, other, double, wrong-offset, nouid,
crumbs, overlong misbehave in FETCH; each with ":UID" does it for one message
only. no:UID refuses one, empty:UID gives nothing, gone:UID lists it and has
lost it, quoted:UID and nil:UID give it in other forms, swapped:UID names it
behind its text, noise:UID adds what nobody asked for.
"""
import argparse, base64, ctypes, os, re, signal, socket, ssl, sys, threading, time

ctypes.CDLL(None).prctl(1, signal.SIGKILL)
parser = argparse.ArgumentParser()
parser.add_argument("--mode", default="plain")
parser.add_argument("--tls", default="none")
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--max-tls")
parser.add_argument("--auth", default="SASL-IR AUTH=PLAIN")
parser.add_argument("--secret", default="correct horse")
parser.add_argument("--validity", default="7")
folder = sys.argv[1]
lock = threading.Lock()
FOREVER = b"* OK " + b"A" * 65536


def log(*words):
    with lock, open(folder + "/log", "a") as f:
        print(*words, file=f, flush=True)


class Session:
    def __init__(self, sock, args):
        self.sock, self.args, self.tls = sock, args, False
        self.mode, _, self.only = args.mode.partition(":")
        self.mail = {int(n[:-4]): open(f"{folder}/mail/{n}", "rb").read()
                     for n in os.listdir(folder + "/mail")}

    def send(self, data):
        self.sock.sendall(data if isinstance(data, bytes) else data.encode())

    def say(self, text):
        self.send(text + "\r\n")

    def wrap(self):
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.args.max_tls:
            c.set_ciphers("ALL:@SECLEVEL=0")
            c.minimum_version = ssl.TLSVersion.TLSv1
            c.maximum_version = ssl.TLSVersion.TLSv1_1
        c.load_cert_chain(self.args.cert, self.args.key)
        self.sock = c.wrap_socket(self.sock, server_side=True)
        self.tls = True
        self.file = self.sock.makefile("rb")

    def capability(self):
        words = ["IMAP4rev1", "IDLE", "UIDPLUS", "MOVE", self.args.auth]
        if self.args.tls == "starttls" and not self.tls and self.mode != "strip":
            words.append("STARTTLS")
        return "CAPABILITY " + " ".join(words)

    def greeting(self):
        if self.mode == "hang":
            time.sleep(3600)
        if self.mode == "drip":
            for byte in b"* OK this will take long " * 100:
                self.send(bytes([byte]))
                time.sleep(0.5)
        while self.mode == "hugeline":
            self.send(FOREVER)
        self.say({"notimap": "220 mail.example ESMTP", "bye": "* BYE busy",
                  "preauth": "* PREAUTH welcome back"}.get(self.mode, "* OK hello"))

    def literal(self, size):
        self.say("+ go on")
        return self.file.read(size).decode()

    def login(self, tag, words):
        log("LOGIN", words[0].upper(), "tls" if self.tls else "clear")
        if words[0].upper() == "LOGIN":
            user = self.literal(int(words[1].strip("{}")))
            rest = self.file.readline().decode().split()
            secret = self.literal(int(rest[0].strip("{}")))
            self.file.readline()
        else:
            text = words[2] if len(words) > 2 else None
            if text is None:
                self.say("+ ")
                text = self.file.readline().decode()
            text = base64.b64decode(text).decode()
            if words[1].upper() == "XOAUTH2":
                user, secret = re.match("user=(.*)\1auth=Bearer (.*)\1\1$", text).groups()
            else:
                _, user, secret = text.split("\0")
        if self.mode == "login-loop":
            while True:
                self.say("+ more")
                self.file.readline()
        good = user == "anna" and secret == self.args.secret and self.mode != "login-no"
        if not good and words[1:2] == ["XOAUTH2"]:
            self.say("+ eyJzdGF0dXMiOiI0MDAifQ==")
            self.file.readline()
        self.say(f"{tag} OK in" if good else f"{tag} NO [AUTHENTICATIONFAILED] wrong")

    def select(self, tag):
        if self.mode == "no-select":
            return self.say(f"{tag} NO there is no such folder")
        self.say(f"* {len(self.mail)} EXISTS")
        self.say("* FLAGS (\\Seen \\Deleted)")
        if self.mode != "no-validity":
            self.say(f"* OK [UIDVALIDITY {self.args.validity}] numbers hold")
        self.say(f"{tag} OK [READ-ONLY] open")

    def search(self, tag, words):
        match = re.match(r"(\d+)(:\*)?", words[words.index("UID", 2) + 1])
        first = int(match[1])
        uids = [u for u in sorted(self.mail) if u >= first and (match[2] or u == first)]
        if self.mode in ("star", "twice", "order") and self.mail:
            uids = {"star": [max(self.mail)] + uids, "twice": uids * 3,
                    "order": uids[::-1]}[self.mode]
        if self.mode == "search-junk":
            return self.say(f"* SEARCH one two\r\n{tag} OK")
        if self.mode == "many":
            self.send("* SEARCH")
            while True:
                self.send(" 4294967295" * 8192)
        self.say("* SEARCH" + "".join(f" {u}" for u in uids))
        self.say(f"{tag} OK found")

    def part(self, uid, offset, size, text=None):
        data = self.mail[uid] if text is None else text
        return data[offset:offset + size]

    def answer(self, uid, data, offset, number=1):
        return (f"* {number} FETCH (UID {uid} RFC822.SIZE {len(self.mail[uid])} "
                f"BODY[]<{offset}> {{{len(data)}}}\r\n").encode() + data + b")\r\n"

    def fetch(self, tag, words):
        uid = int(words[2])
        offset, size = map(int, re.search(r"<(\d+)\.(\d+)>", " ".join(words)).groups())
        if uid not in self.mail:
            return self.say(f"{tag} OK nothing")
        data = self.part(uid, offset, size)
        mode = self.mode if self.only in ("", str(uid)) else "plain"
        good = self.answer(uid, data, offset)
        done = f"{tag} OK done\r\n".encode()
        head = f"* 1 FETCH (UID {uid} BODY[]<{offset}> ".encode()
        if mode == "bigliteral":
            self.send(head + b"{4000000000}\r\n")
            while True:
                self.send(b"A" * 100000)
        while mode == "longline":
            self.send(FOREVER)
        while mode == "chatter":
            self.send(b"* OK still here\r\n" * 1000)
        if mode == "stall":
            self.send(good[:100])
            time.sleep(3600)
        if mode == "close":
            self.send(good[:100])
            raise EOFError("closed")
        if mode == "bye-fetch":
            self.send(good + b"* BYE enough\r\n")
            raise EOFError("said bye")
        other = next((u for u in self.mail if u != uid), uid)
        text = b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
        answers = {
            "nul": good[:-3] + b" X \0)\r\n" + done,
            "long-literal": head + b"{%d}\r\n" % (len(data) + 500) + data + b")\r\n" + done,
            "short-literal": head + b"{%d}\r\n" % (len(data) // 2) + data + b")\r\n" + done,
            "overlong": head + b"{%d}\r\n" % (size + 1) + b"A" * (size + 1) + b")\r\n" + done,
            "wrong-tag": good + b"A999 OK done\r\n",
            "plus": b"+ what?\r\n",
            "junk": head + b"(((((\"\r\n" + done,
            "other": self.answer(other, self.part(other, offset, size), offset, 2) + done,
            "double": good + self.answer(uid, b"X" * 10, offset) + done,
            "wrong-offset": self.answer(uid, data, offset + 5) + done,
            "nouid": good.replace(b"UID %d " % uid, b"") + done,
            "crumbs": self.answer(uid, data[:1], offset) + done,
            "no": f"{tag} NO [SERVERBUG] this one is broken\r\n".encode(),
            "empty": done, "gone": done,
            "quoted": head + text.replace(b"\r\n", b" ") + b")\r\n" + done,
            "nil": head + b"NIL)\r\n" + done,
            "swapped": b"* 1 FETCH (BODY[]<%d> {%d}\r\n" % (offset, len(data)) + data +
                       b" UID %d)\r\n" % uid + done,
            "noise": b"* 9 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen))\r\n* 2 EXPUNGE\r\n"
                     b'* LIST (\\X) "/" {5}\r\nINBOX\r\n* XNEW (a "b)" {3}\r\n((()\r\n'
                     b'* 1 FETCH (ENVELOPE ("a \\" b" {2}\r\n") NIL (("x"))) UID %d)\r\n' % uid +
                     good + done,
        }
        self.send(answers.get(mode, good + done))
        if mode in ("wrong-tag", "long-literal"):
            time.sleep(3600)

    def idle(self, tag):
        self.say("+ idling")
        self.file.readline()
        self.say(f"{tag} OK")

    def command(self, line):
        words = line.decode().split()
        tag, name = words[0], words[1].upper()
        if name in ("LOGIN", "AUTHENTICATE"):
            return self.login(tag, words[1:])
        log("tls" if self.tls else "clear", " ".join(words[1:]))
        if name == "CAPABILITY":
            self.say(f"* {self.capability()}\r\n{tag} OK")
        elif name == "STARTTLS":
            self.say(f"{tag} OK begin" + ("\r\n* OK [CAPABILITY X]" if self.mode == "inject" else ""))
            self.wrap()
        elif name in ("SELECT", "EXAMINE"):
            self.select(tag)
        elif name == "IDLE":
            self.idle(tag)
        elif words[1:3] == ["UID", "SEARCH"]:
            if self.mode == "gone" and ":*" not in line.decode():
                return self.say(f"* SEARCH\r\n{tag} OK")
            self.search(tag, words)
        elif words[1:3] == ["UID", "FETCH"]:
            self.fetch(tag, words[1:])
        else:
            self.say(f"{tag} OK")
        if name == "LOGOUT":
            raise EOFError("out")

    def run(self):
        if self.args.tls == "implicit":
            self.wrap()
        self.file = self.sock.makefile("rb")
        self.greeting()
        while True:
            line = self.file.readline()
            if not line:
                return
            self.command(line)


def serve(sock):
    with open(folder + "/args") as f:
        args = parser.parse_args(f.read().split("\n")[:-1])
    try:
        Session(sock, args).run()
    except Exception as error:
        log("END", type(error).__name__, error)
    sock.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 0))
server.listen(16)
with open(folder + "/port.new", "w") as f:
    f.write(str(server.getsockname()[1]))
os.rename(folder + "/port.new", folder + "/port")
while True:
    connection, _ = server.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
