"""Letters that left, read from the files of the transport as a mail reader would."""
import base64
import email.header
import os
import quopri
import re

NUMBER = re.compile(r'\b20\d\d-\d{5}\b')
KIND = re.compile(r'<([a-z]+)\.')


def unfold(value):
    parts = email.header.decode_header(value.replace('\n', ''))
    return ''.join(p.decode(c or 'ascii', 'replace') if isinstance(p, bytes) else p
                   for p, c in parts)


def fields_of(head):
    fields = {}
    for line in re.sub(r'\n[ \t]+', ' ', head).split('\n'):
        name, _, value = line.partition(':')
        fields.setdefault(name.lower(), value.strip())
    return fields


def first_text(fields, body):
    """The text/plain part: the letters' first."""
    boundary = re.search(r'boundary="?([^";]+)', fields.get('content-type', ''))
    while boundary:
        part = body.split('--' + boundary.group(1))[1]
        head, _, body = part.lstrip('\n').partition('\n\n')
        fields = fields_of(head)
        boundary = re.search(r'boundary="?([^";]+)', fields.get('content-type', ''))
    raw = body.encode('latin1')
    how = fields.get('content-transfer-encoding', '').lower()
    if how == 'base64':
        raw = base64.b64decode(raw)
    elif how == 'quoted-printable':
        raw = quopri.decodestring(raw)
    charset = re.search(r'charset="?([\w-]+)', fields.get('content-type', ''))
    return raw.decode(charset.group(1) if charset else 'utf-8', 'replace')


class Letter:
    def __init__(self, path, time):
        with open(path, encoding='latin1') as f:
            head, _, body = f.read().replace('\r\n', '\n').partition('\n\n')
        fields = fields_of(head)
        self.path, self.time = path, time
        self.message_id = fields.get('message-id', '')
        self.kind = KIND.match(self.message_id).group(1) if KIND.match(self.message_id) else ''
        self.subject = unfold(fields.get('subject', ''))
        self.to = re.findall(r'[^\s<>,]+@[^\s<>,]+', fields.get('to', '') + ' ' +
                             fields.get('cc', ''))
        self.to = self.to[0] if len(self.to) == 1 else ' '.join(self.to)
        self.thread = fields.get('in-reply-to', '') + ' ' + fields.get('references', '')
        self.automatic = fields.get('auto-submitted', '')
        self.text = first_text(fields, body)
        self.numbers = list(dict.fromkeys(NUMBER.findall(self.text + ' ' + self.subject)))
        self.customer = None

    def says(self, cents):
        """Does it name this amount, however the language writes it?"""
        digits = re.sub(r'(?<=\d)[\s.,  ’\'](?=\d)', '', self.text)
        return re.search(r'(?<!\d)%d(?!\d)' % cents, digits) is not None


class Tray:
    """The folder of the transport: what is new, and what was written twice."""

    def __init__(self, folder, archive):
        self.folder, self.archive = folder, archive
        self.seen = {}
        os.makedirs(archive, exist_ok=True)

    def look(self, time):
        """(new letters, paths that were written once more)"""
        new, again = [], []
        if not os.path.isdir(self.folder):
            return new, again
        for one in os.scandir(self.folder):
            if not one.name.endswith('.eml') or not one.is_file():
                continue
            stat = one.stat()
            mark = (stat.st_ino, stat.st_mtime_ns)
            if one.name not in self.seen:
                new.append(Letter(one.path, time))
            elif self.seen[one.name] != mark:
                again.append(one.path)
            self.seen[one.name] = mark
        new.sort(key=lambda l: l.path)
        return new, again

    def put_away(self):
        """After a round that ended well nothing is looked for any more."""
        for one in list(os.scandir(self.folder)):
            if one.name.endswith('.eml') and one.is_file():
                os.rename(one.path, os.path.join(self.archive, one.name))
