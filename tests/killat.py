#!/usr/bin/env python3
"""Kills a command right before each of its system calls, and checks the end.

  killat.py --calls write,pwrite64,... --setup CMD --run CMD --stdin FILE
            --after CMD --check CMD [--fault signal=KILL|error=ENOSPC]
            [--allow 0,75] [--silent WORDS] [--whole FILE]

A clean run under strace counts how often each process makes each call; then,
for every call and every n, the state is set up anew, the command runs with
the fault at the n-th call, `after` runs (the redelivery), and `check` must
succeed. With an error instead of a kill, the exit code must be one of
--allow. With --silent, 0 says nothing and another code one line "4.3.0 ..."
without a match of WORDS. With --whole, 0 gives the whole FILE on stdout behind
at most one field of our own. Prints TAP: one line a system call, with the number of points tried.
"""
import argparse, collections, re, subprocess, sys

p = argparse.ArgumentParser()
p.add_argument('--calls', required=True)
p.add_argument('--setup', required=True)
p.add_argument('--run', required=True)
p.add_argument('--stdin', default='/dev/null')
p.add_argument('--after', default='true')
p.add_argument('--check', required=True)
p.add_argument('--fault', default='signal=KILL')
p.add_argument('--allow', default='')
p.add_argument('--silent', default='', help='words of the mail, as a pattern')
p.add_argument('--whole', default='', help='what `filter` gets and has to give')
p.add_argument('--most', type=int, default=100000, help='points for one call')
a = p.parse_args()
allow = {int(c) for c in a.allow.split(',') if c}


def shell(command, stdin='/dev/null'):
    with open(stdin, 'rb') as f:
        return subprocess.run(['sh', '-c', command], stdin=f, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120)


def said_too_much(r, call):
    """What is wrong with the output of a run, or None. What fails to be
    written cannot be read: then there may be less than a line."""
    line = r'4\.3\.0 [^\n]*\n' if call != 'write' else r'(4\.3\.0 [^\n]*\n?)?'
    said = r.stdout.decode(errors='replace')
    if a.silent and r.returncode == 0 and said:
        return 'ended with 0 and said %r' % said[:100]
    if a.silent and r.returncode > 0 and not re.fullmatch(line, said):
        return 'did not say one line: %r' % said[:200]
    if a.silent and re.search(a.silent, said):
        return 'said a word of the mail: %r' % said[:200]
    if a.whole and r.returncode == 0:
        with open(a.whole, 'rb') as f:
            if re.sub(rb'\AX-Mailfilter: [^\n]*\n', b'', r.stdout) != f.read():
                return 'ended with 0 and gave %d bytes' % len(r.stdout)
    return None


def must(command):
    r = shell(command)
    if r.returncode:
        print('not ok - %s: %s' % (command[:60], r.stdout.decode(errors='replace')[-200:]))
        sys.exit(1)


def count():
    """The largest number of each call in one process of a clean run."""
    must(a.setup)
    r = shell('exec strace -qq -f -o /proc/self/fd/2 -e trace=%s %s' % (a.calls, a.run), a.stdin)
    seen = collections.Counter()
    for line in r.stdout.decode(errors='replace').splitlines():
        m = re.match(r'(\d+) +(?:<\.\.\. )?(\w+)[( ]', line)
        if m and 'resumed' not in line:
            seen[m.group(1), m.group(2)] += 1
    most = collections.Counter()
    for (_, call), n in seen.items():
        most[call] = max(most[call], n)
    return most


test = bad = 0
points = count()
if not points:
    print('not ok - no system call was seen')
for call, times in sorted(points.items()):
    wrong = []
    step = max(1, times // a.most)
    tried = range(1, times + 1, step)
    for n in tried:
        must(a.setup)
        r = shell('exec strace -qq -f -o /dev/null -e trace=%s -e inject=%s:%s:when=%d %s'
                  % (call, call, a.fault, n, a.run), a.stdin)
        if allow and r.returncode not in allow:
            wrong.append('%d: ended with %d' % (n, r.returncode))
        spoke = said_too_much(r, call)
        if spoke:
            wrong.append('%d: %s' % (n, spoke))
        after = shell(a.after)
        end = shell(a.check)
        if after.returncode or end.returncode:
            wrong.append('%d: after %d, check %d %s' % (n, after.returncode, end.returncode,
                         end.stdout.decode(errors='replace')[-160:].replace('\n', ' | ')))
    test += 1
    print('%s %d - %s at each of %d points: %d bad' % ('not ok' if wrong else 'ok', test,
          call, len(tried), len(wrong)))
    for w in wrong[:5]:
        print('#   ' + w)
    sys.stdout.flush()
print('1..%d' % test)
