#!/usr/bin/python3
"""signer.py - signs mails with real keys, and answers for their domain.

    signer.py keys DIR         makes keys; DIR/NAME.pem, and DIR/zone (name record)
    signer.py sign DIR <jobs   signs mails: "OUT KEY IN [OPTION=VALUE ...]" a line
    signer.py serve ZONE PORTFILE LOG   a name server on loopback, UDP and TCP
"""
import base64
import os
import socketserver
import subprocess
import sys
import threading

DOMAIN = "fio.cz"
HEADERS = "from:to:subject:date:message-id:mime-version:content-type:" \
    "content-transfer-encoding"


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *arguments], check=True,
                          stderr=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          **more).stdout


def keys(folder):
    import nacl.signing
    zone = []
    for name, bits in (("good", 2048), ("least", 1024), ("short", 768)):
        pem = os.path.join(folder, name + ".pem")
        openssl("genrsa", "-traditional", "-out", pem, str(bits))
        public = base64.b64encode(openssl(
            "rsa", "-in", pem, "-pubout", "-outform", "DER")).decode()
        zone.append((name, "v=DKIM1; k=rsa; p=" + public))
    good = zone[0][1]
    zone += [("testing", good.replace("v=DKIM1;", "v=DKIM1; t=y;")),
             ("revoked", "v=DKIM1; k=rsa; p="),
             ("sha1", good.replace("v=DKIM1;", "v=DKIM1; h=sha1;")),
             ("web", good.replace("v=DKIM1;", "v=DKIM1; s=web;")),
             ("other", zone[1][1]), ("junk", "hello p=world"),
             ("twice", good), ("twice", zone[1][1])]
    seed = nacl.signing.SigningKey.generate()
    with open(os.path.join(folder, "edward.pem"), "wb") as out:
        out.write(base64.b64encode(bytes(seed)))
    zone.append(("edward", "v=DKIM1; k=ed25519; p=" +
                 base64.b64encode(bytes(seed.verify_key)).decode()))
    with open(os.path.join(folder, "zone"), "w") as out:
        for name, record in zone:
            out.write("%s._domainkey.%s %s\n" % (name, DOMAIN, record))


def sign_one(folder, out, key, mail_file, *options):
    """h=, d=, s=, c= as in the field; t= its time; l=1; pem= the true key"""
    import time

    import dkim
    option = dict(o.split("=", 1) for o in options)
    with open(mail_file, "rb") as file:
        mail = file.read().replace(b"\n", b"\r\n")
    # The module signs with the clock's time.
    if "t" in option:
        time.time = lambda: int(option["t"])
    pem = os.path.join(folder, option.get("pem", key) + ".pem")
    with open(pem, "rb") as file:
        secret = file.read()
    canon = option.get("c", "relaxed/relaxed").encode().split(b"/")
    names = [h.encode() for h in option.get("h", HEADERS).split(":")]
    signer = dkim.DKIM(mail, signature_algorithm=b"ed25519-sha256"
                       if key == "edward" else b"rsa-sha256", minkey=512)
    field = signer.sign(
        option.get("s", key).encode(), option.get("d", DOMAIN).encode(), secret,
        canonicalize=tuple(canon), include_headers=names, length="l" in option)
    with open(out, "wb") as file:
        file.write((field + mail).replace(b"\r\n", b"\n"))


def sign(folder):
    for line in sys.stdin:
        sign_one(folder, *line.split())


def answer(query, zone, log, tcp):
    import dns.flags
    import dns.message
    import dns.rcode
    import dns.rrset
    message = dns.message.from_wire(query)
    name = message.question[0].name.to_text(omit_final_dot=True).lower()
    log.write("%s %s\n" % ("tcp" if tcp else "udp", name))
    log.flush()
    if name.startswith("silent."):
        return None
    reply = dns.message.make_response(message)
    records = [r for n, r in zone if n == name]
    if name.startswith("broken."):
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif name.startswith("long.") and not tcp:
        reply.flags |= dns.flags.TC
    elif records:
        texts = [" ".join('"%s"' % r[i:i + 200]
                          for i in range(0, len(r), 200)) for r in records]
        reply.answer.append(dns.rrset.from_text(
            name + ".", 600, "IN", "TXT", *texts))
    else:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire(max_size=65535)


def serve(zone_file, port_file, log_file):
    with open(zone_file) as lines:
        zone = [line.rstrip("\n").split(" ", 1) for line in lines]
    for name, record in list(zone):
        if name.startswith("good."):
            zone.append(["long" + name[4:], record])
            zone.append(["silent" + name[4:], record])
            zone.append(["broken" + name[4:], record])
    log = open(log_file, "a")

    class Tcp(socketserver.BaseRequestHandler):
        def handle(self):
            size = int.from_bytes(self.request.recv(2), "big")
            reply = answer(self.request.recv(size), zone, log, True)
            self.request.sendall(len(reply).to_bytes(2, "big") + reply)

    class Udp(socketserver.BaseRequestHandler):
        def handle(self):
            reply = answer(self.request[0], zone, log, False)
            if reply:
                self.request[1].sendto(reply, self.client_address)

    udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Udp)
    port = udp.server_address[1]
    tcp = socketserver.ThreadingTCPServer(("127.0.0.1", port), Tcp)
    threading.Thread(target=tcp.serve_forever, daemon=True).start()
    with open(port_file + ".new", "w") as out:
        out.write("%d\n" % port)
    os.rename(port_file + ".new", port_file)
    udp.serve_forever()


if __name__ == "__main__":
    {"keys": keys, "sign": sign, "serve": serve}[sys.argv[1]](*sys.argv[2:])
