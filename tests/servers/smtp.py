#!/usr/bin/python3
"""An SMTP server on loopback that behaves, or misbehaves as it is told.

usage: smtp.py DIR

For each connection it reads DIR/args, one word a line:
  [--mode MODE] [--tls starttls|implicit|none] [--cert FILE --key FILE]
  [--max-tls 1.1|1.2|1.3] [--user NAME --password WORD] [--token WORD]
  [--size BYTES] [--refuse ADDRESS=REPLY]... [--letters NUMBER]
DIR gets `port` (written when it listens), `log` (a line for each thing that
happened; "AUTH" only by name, and whether inside TLS) and N.eml, each message
as it was accepted, dots unstuffed, with the envelope in N.env. It ends with
its parent.

MODE: plain; STAGE:REPLY answers so at banner, ehlo, mail, rcpt, data or dot
("rcpt:550 5.1.1 no such user"); 450 421 550 552 answer so after the dot;
drop-after-dot, drop-before-dot, drop-rcpt close the connection there;
stall-after-dot, stall-rcpt, hang fall silent; drip sends its banner a byte a
second; hugeline, hugereply never end their banner; tabauth sends an AUTH line
with a tab; inject adds a line after the 220 of STARTTLS; strip offers none;
half answers the dot with an unfinished "25"; login offers only AUTH LOGIN.
With --token it offers XOAUTH2 and OAUTHBEARER, and refuses as Google and
RFC 7628 have it: 334 with JSON, then 535. --size is its SIZE; --refuse answers
one recipient so; after --letters of one connection it says 421 to MAIL.
"""
import argparse, base64, ctypes, os, signal, socket, ssl, sys, threading, time

ctypes.CDLL(None).prctl(1, signal.SIGKILL)
parser = argparse.ArgumentParser()
parser.add_argument("--mode", default="plain")
parser.add_argument("--tls", default="none")
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--max-tls")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--token")
parser.add_argument("--size", type=int)
parser.add_argument("--refuse", action="append", default=[])
parser.add_argument("--letters", type=int, default=10 ** 9)
folder = sys.argv[1]
lock = threading.Lock()
count = 0


def log(*words):
    with lock, open(folder + "/log", "a") as f:
        print(*words, file=f, flush=True)


def context(args):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if args.max_tls == "1.1":
        c.set_ciphers("ALL:@SECLEVEL=0")
        c.minimum_version = ssl.TLSVersion.TLSv1
        c.maximum_version = ssl.TLSVersion.TLSv1_1
    elif args.max_tls == "1.2":
        c.maximum_version = ssl.TLSVersion.TLSv1_2
    c.load_cert_chain(args.cert, args.key)
    return c


class Session:
    def __init__(self, sock, args):
        self.sock, self.args, self.mode = sock, args, args.mode
        self.tls, self.env, self.replies, self.letters = False, [], {}, 0
        if self.mode.isdigit():
            self.replies["dot"] = self.mode + " as asked"
        elif ":" in self.mode:
            stage, reply = self.mode.split(":", 1)
            self.replies[stage] = reply

    def wrap(self):
        self.sock = context(self.args).wrap_socket(self.sock, server_side=True)
        self.tls = True
        self.file = self.sock.makefile("rb")
        log("TLS", self.sock.version())

    def say(self, text):
        self.sock.sendall(text.encode() + b"\r\n")

    def answer(self, stage, text):
        self.say(self.replies.get(stage, text))
        if self.replies.get(stage, "").startswith("421"):
            raise EOFError("421 said")

    def banner(self):
        if self.mode == "hang":
            time.sleep(3600)
        if self.mode == "drip":
            for byte in b"220 this will take long " * 100:
                self.sock.sendall(bytes([byte]))
                time.sleep(1)
        if self.mode == "hugeline":
            for _ in range(64 * 1024):
                self.sock.sendall(b"220 " + b"A" * 1020)
        if self.mode == "hugereply":
            for _ in range(256 * 1024):
                self.sock.sendall(b"220-" + b"A" * 200 + b"\r\n")
        self.answer("banner", "220 mail.example ESMTP")

    def ehlo(self):
        if "ehlo" in self.replies:
            return self.say(self.replies["ehlo"])
        lines = ["mail.example", "8BITMIME", "DSN"]
        if self.args.tls == "starttls" and not self.tls and self.mode != "strip":
            lines.append("STARTTLS")
        if self.args.size:
            lines.append(f"SIZE {self.args.size}")
        if self.args.token:
            lines.append("AUTH PLAIN XOAUTH2 OAUTHBEARER")
        elif self.mode == "tabauth":
            lines.append("AUTH \tPLAIN")
        else:
            lines.append("AUTH LOGIN" if self.mode == "login" else "AUTH LOGIN PLAIN")
        for line in lines[:-1]:
            self.say("250-" + line)
        self.say("250 " + lines[-1])

    def starttls(self):
        self.say("220 go ahead\r\n250 injected" if self.mode == "inject" else "220 go ahead")
        self.wrap()

    def auth(self, words):
        log("AUTH", words[1].upper(), "tls" if self.tls else "clear")
        if words[1].upper() in ("XOAUTH2", "OAUTHBEARER"):
            return self.bearer(words)
        if words[1].upper() == "PLAIN":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            self.say("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.file.readline()).decode()
            self.say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.file.readline()).decode()
        good = (user, password) == (self.args.user, self.args.password)
        self.say("235 welcome" if good else "535 5.7.8 wrong name or password")

    def bearer(self, words):
        if len(words) < 3:
            self.say("334 ")
            words.append(self.file.readline().decode())
        fields = base64.b64decode(words[2]).decode().split("\1")
        mine = words[1].upper() == "OAUTHBEARER"
        first = f"n,a={self.args.user}," if mine else "user=" + self.args.user
        log("LOGIN", fields[0], *[f for f in fields if f.startswith(("host=", "port="))])
        if fields[0] == first and "auth=Bearer " + self.args.token in fields:
            return self.say("235 2.7.0 welcome")
        self.say("334 " + base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode())
        end = self.file.readline().strip()
        log("END-OF-REFUSAL", end.decode() or "empty")
        self.say("535 5.7.8 token not accepted")

    def data(self):
        global count
        if "data" in self.replies:
            return self.say(self.replies["data"])
        self.say("354 go ahead")
        body = bytearray()
        while True:
            line = self.file.readline()
            if not line:
                raise EOFError("in the message")
            if line == b".\r\n":
                break
            body += line[1:] if line.startswith(b".") else line
            if self.mode == "drop-before-dot":
                return self.drop()
        with lock:
            count += 1
            n = count
        if self.replies.get("dot", "2")[0] == "2":
            with open(f"{folder}/{n}.env", "w") as f:
                print(*self.env, sep="\n", file=f)
            with open(f"{folder}/{n}.tmp", "wb") as f:
                f.write(body)
            os.rename(f"{folder}/{n}.tmp", f"{folder}/{n}.eml")
        log("MESSAGE", len(body))
        if self.mode == "drop-after-dot":
            return self.drop()
        if self.mode == "stall-after-dot":
            time.sleep(3600)
        if self.mode == "half":
            self.sock.sendall(b"25")
            return self.drop()
        self.env = []
        self.letters += 1
        self.answer("dot", f"250 2.0.0 queued as {n}")

    def drop(self):
        """Closes at once, with what is unread: the other side is reset."""
        raise EOFError("dropped")

    def command(self, line):
        text = line.decode("latin-1").rstrip("\r\n")
        words = text.split()
        verb = words[0].upper() if words else ""
        log("C:", "AUTH ..." if verb == "AUTH" else text)
        if verb in ("EHLO", "HELO"):
            self.ehlo()
        elif verb == "STARTTLS":
            self.starttls()
        elif verb == "AUTH":
            self.auth(words)
        elif verb == "MAIL":
            if self.letters >= self.args.letters:
                self.say("421 4.7.0 too many letters for one connection")
                raise EOFError("421 said")
            self.env = [text]
            self.answer("mail", "250 2.1.0 ok")
        elif verb == "RCPT":
            if self.mode == "stall-rcpt":
                time.sleep(3600)
            if self.mode == "drop-rcpt":
                self.drop()
            for one in self.args.refuse:
                address, reply = one.split("=", 1)
                if f"<{address}>" in text:
                    return self.say(reply)
            self.env.append(text)
            self.answer("rcpt", "250 2.1.5 ok")
        elif verb == "DATA":
            self.data()
        elif verb == "QUIT":
            self.say("221 bye")
            raise EOFError("quit")
        else:
            self.say("250 ok")

    def run(self):
        log("CONNECT")
        try:
            if self.args.tls == "implicit":
                self.wrap()
            self.file = self.sock.makefile("rb")
            self.banner()
            while True:
                line = self.file.readline()
                if not line:
                    raise EOFError("gone")
                self.command(line)
        except (OSError, EOFError, ValueError, IndexError) as error:
            log("END", repr(error))
        finally:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.sock.close()


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(64)
with open(folder + "/port.new", "w") as f:
    print(listener.getsockname()[1], file=f)
os.rename(folder + "/port.new", folder + "/port")
while True:
    connection, _ = listener.accept()
    with open(folder + "/args") as f:
        args = parser.parse_args(f.read().splitlines())
    session = Session(connection, args)
    threading.Thread(target=session.run, daemon=True).start()
