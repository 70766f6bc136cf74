#!/usr/bin/env python3
"""Cuts the power after each write of a command, and checks what is left.

  powerloss.py --folder DIR --setup CMD --run CMD [--stdin FILE] --check CMD
               [--models none,data,dir,all,r0,r1] [--name WORDS]

strace records every change of a file below DIR. For each point of that record
and each model, the folder is built anew as a disk may hold it after the power
went there, and `check` must succeed; in its environment are
  ENDED=0 or 1  1 when the command had ended with 0 before the cut
The models say what of the unsynced work reached the disk:
  none  nothing: only data behind an fsync, only names behind an fsync of
        their folder
  data  all bytes, no names;  dir  all names, no bytes;  all  everything
  rN    random bytes, torn at 512, and the first few of the names
Prints TAP: one line a model. A call that this does not know ends it.
"""
import argparse, collections, os, random, re, shutil, subprocess, sys

WRITES = 'write,pwrite64,ftruncate,fsync,fdatasync,lseek'
NAMES = 'openat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat'
STRANGE = 'creat,open,writev,pwritev,pwritev2,fallocate,copy_file_range,sendfile,link,linkat,truncate,rmdir,symlink'
LINE = re.compile(rb'^(\d+) +(\w+)\((.*)\) += +(-?\d+)(?:<(.*?)>)?')
ENDED = re.compile(rb'^(\d+) +\+\+\+ exited with (\d+) \+\+\+')

p = argparse.ArgumentParser()
for name in ('folder', 'setup', 'run', 'check'):
    p.add_argument('--' + name, required=True)
p.add_argument('--stdin', default='/dev/null')
p.add_argument('--models', default='none,data,dir,all,r0,r1')
p.add_argument('--name', default='power loss')
p.add_argument('--code', type=int, default=0, help='how the command ends')
a = p.parse_args()
top = os.path.realpath(a.folder)
trace = top + '.trace'


def shell(command, **env):
    with open(a.stdin, 'rb') as f:
        return subprocess.run(['sh', '-c', command], stdin=f, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env={**os.environ, **env}, timeout=120)


def fail(why):
    print('not ok - %s: %s' % (a.name, why))
    sys.exit(1)


def plain(text):
    return re.sub(rb'\\x([0-9a-f]{2})', lambda m: bytes([int(m.group(1), 16)]), text)


def below(path):
    """The path as seen from the folder, '.' for itself, None outside."""
    path = os.path.normpath(path.decode().replace(' (deleted)', ''))
    if path == top:
        return '.'
    return path[len(top) + 1:] if path.startswith(top + '/') else None


class Record:
    """What the command did below the folder, in order."""

    def __init__(self):
        self.names, self.data, self.steps = {}, {}, []
        for folder, _, files in os.walk(top):
            for f in files:
                path = os.path.join(folder, f)
                self.add(os.path.relpath(path, top))
                with open(path, 'rb') as s:
                    self.data[self.names[os.path.relpath(path, top)]] = s.read()
        self.first = dict(self.names)
        self.at = {}
        self.main = None

    def add(self, name):
        self.names[name] = len(self.data)
        self.data[self.names[name]] = b''

    def read(self, line):
        m = ENDED.match(line)
        if m and m.group(1) == self.main:
            self.steps.append(('ended', int(m.group(2))))
        m = LINE.match(line)
        if not m:
            return
        pid, call, args, result = m.group(1), m.group(2).decode(), m.group(3), int(m.group(4))
        if self.main is None:
            self.main = pid
        if result < 0:
            return
        fd = re.match(rb'(\d+)<(.*?)>', args)
        name = below(plain(fd.group(2))) if fd else None
        if call in WRITES.split(','):
            self.change(call, name, args, result)
            return
        paths = [below(os.path.join(top.encode(), plain(s)))
                 for s in re.findall(rb'"((?:\\x[0-9a-f]{2})*)"', args)]
        if call in STRANGE.split(','):
            if name or any(paths):
                fail('%s is unknown here' % call)
        else:
            self.rename(call, paths, args, below(plain(m.group(5))) if m.group(5) else None)

    def change(self, call, name, args, result):
        if name is None:
            return
        if call in ('fsync', 'fdatasync') and os.path.isdir(os.path.join(top, name)):
            self.steps.append(('folder', name))
            return
        if name not in self.names:
            return
        file = self.names[name]
        if call == 'lseek':
            self.at[file] = result
        elif call in ('fsync', 'fdatasync'):
            self.steps.append(('sync', file))
        elif call == 'ftruncate':
            self.steps.append(('cut', file, int(args.rsplit(b',', 1)[1])))
        else:
            data = plain(re.search(rb'"((?:\\x[0-9a-f]{2})*)"', args).group(1))[:result]
            at = int(args.rsplit(b',', 1)[1]) if call == 'pwrite64' else self.at.get(file, 0)
            if call == 'write':
                self.at[file] = at + result
            self.steps.append(('write', file, at, data))

    def rename(self, call, paths, args, opened):
        if call == 'openat':
            if opened is None or b'O_DIRECTORY' in args or b'O_TMPFILE' in args:
                return
            if b'O_CREAT' in args and opened not in self.names:
                self.add(opened)
                self.steps.append(('name', opened, self.names[opened]))
            if opened in self.names:
                self.at[self.names[opened]] = 0
                if b'O_TRUNC' in args:
                    self.steps.append(('cut', self.names[opened], 0))
        elif call.startswith('unlink') and paths and paths[0] in self.names:
            del self.names[paths[0]]
            self.steps.append(('gone', paths[0]))
        elif call.startswith('rename') and paths[0] in self.names:
            self.names[paths[1]] = self.names.pop(paths[0])
            self.steps.append(('move', paths[0], paths[1]))


def apply(data, step):
    if step[0] == 'cut':
        return data[:step[2]].ljust(step[2], b'\0')
    _, _, at, bytes_ = step
    return data[:at].ljust(at, b'\0') + bytes_ + data[at + len(bytes_):]


def pieces(step):
    if step[0] == 'cut':
        return [step]
    _, file, at, data = step
    ends = list(range(at - at % 512 + 512, at + len(data), 512)) + [at + len(data)]
    starts = [at] + ends[:-1]
    return [('write', file, s, data[s - at:e - at]) for s, e in zip(starts, ends)]


def rename_in(names, step):
    if step[0] == 'name':
        names[step[1]] = step[2]
    elif step[0] == 'gone':
        names.pop(step[1], None)
    elif step[1] in names:
        names[step[2]] = names.pop(step[1])


def disk(record, until, model):
    """Names to bytes after the cut behind `until` steps."""
    names, data, ended = dict(record.first), {}, 0
    start = {f: d for f, d in record.data.items()}
    unsynced, unnamed = collections.defaultdict(list), []
    for step in record.steps[:until]:
        if step[0] == 'ended':
            ended = int(step[1] == a.code)
        elif step[0] in ('write', 'cut'):
            unsynced[step[1]].append(step)
        elif step[0] == 'sync':
            for w in unsynced.pop(step[1], []):
                data[w[1]] = apply(data.get(w[1], start[w[1]]), w)
        elif step[0] == 'folder':
            for n in [n for n in unnamed if (os.path.dirname(n[-1] if n[0] == 'move' else n[1]) or '.') == step[1]]:
                rename_in(names, n)
                unnamed.remove(n)
        else:
            unnamed.append(step)
    dice = random.Random('%d %s' % (until, model))
    kept = {'none': 0, 'data': 0}.get(model, len(unnamed))
    if model[0] == 'r':
        kept = dice.randint(0, len(unnamed))
    for n in unnamed[:kept]:
        rename_in(names, n)
    for w in (piece for steps in unsynced.values() for s in steps for piece in pieces(s)):
        if model in ('data', 'all') or model[0] == 'r' and dice.random() < 0.5:
            data[w[1]] = apply(data.get(w[1], start[w[1]]), w)
    return {n: data.get(f, start[f]) for n, f in names.items()}, ended


def build(files, folders):
    shutil.rmtree(top, ignore_errors=True)
    for f in folders:
        os.makedirs(os.path.join(top, f), mode=0o700, exist_ok=True)
    for name, data in files.items():
        path = os.path.join(top, name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, 'wb') as f:
            f.write(data)
        os.chmod(path, 0o600)


if shell(a.setup).returncode:
    fail('the setup failed')
record = Record()
r = shell('exec strace -q -f -y -xx -s 9999999 -e signal=none -o %s -e trace=%s,%s,%s,exit_group %s'
          % (trace, WRITES, NAMES, STRANGE, a.run.replace('exec ', '')))
folders = [os.path.relpath(d, top) for d, _, _ in os.walk(top)]
waiting = {}
with open(trace, 'rb') as f:
    for line in f:
        pid = line.split(b' ', 1)[0]
        if line.rstrip().endswith(b'<unfinished ...>'):
            waiting[pid] = line.rstrip()[:-len(b'<unfinished ...>')].rstrip()
            continue
        m = re.match(rb'^\d+ +<\.\.\. \w+ resumed>(.*)', line, re.S)
        record.read(waiting.pop(pid, b'') + m.group(1) if m else line)
os.unlink(trace)
if r.returncode != a.code:
    fail('the command ended with %d: %s' % (r.returncode, r.stdout[-200:]))
whole = {n: v for n, v in disk(record, len(record.steps), 'all')[0].items()}
for name, data in whole.items():
    with open(os.path.join(top, name), 'rb') as f:
        if f.read() != data:
            fail('%s is not as it was replayed' % name)
if not any(s[0] in ('sync', 'folder') for s in record.steps) or record.steps[-1] != ('ended', a.code):
    fail('nothing was synced, or the end was not seen')

seen, test = {}, 0
for model in a.models.split(','):
    bad = []
    for until in range(len(record.steps) + 1):
        files, ended = disk(record, until, model)
        key = (tuple(sorted(files.items())), ended)
        if key not in seen:
            build(files, folders)
            c = shell(a.check, ENDED=str(ended))
            seen[key] = c.returncode and c.stdout.decode(errors='replace')[-200:] or 'failed' * (c.returncode != 0)
        if seen[key]:
            bad.append('%d: after %s: %s' % (until, [str(x)[:50] for x in record.steps[until - 1][:3]], seen[key]))
    test += 1
    print('%s %d - %s: model %s: %d points, %d bad (%d different disks so far)' % (
        'not ok' if bad else 'ok', test, a.name, model, len(record.steps) + 1, len(bad), len(seen)))
    for b in bad[:4]:
        print('#   ' + b.replace('\n', ' | '))
    sys.stdout.flush()
print('1..%d' % test)
