#!/usr/bin/python3
"""The generic reader on invented mails: tests/generic/LANG/NAME.eml.

  generic.py PROGRAM DIR...   TAP, a line a mail

NAME.events holds what must come out, an object a line, each with the fields
that matter: others may be there too. No line: nothing that moves money.
"""
import glob, json, os, subprocess, sys

MONEY = ('credit', 'debit', 'return', 'advice')


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def plain(value):
    """A name's last point is as often the sentence's."""
    return value.rstrip('.') if isinstance(value, str) else value


def problem(want, got):
    if len(want) != len(got):
        return f'{len(got)} events, not {len(want)}'
    for index, (w, g) in enumerate(zip(want, got)):
        for key, value in w.items():
            if plain(g.get(key)) != plain(value):
                return f'{index}: {key} is {g.get(key)!r}, not {value!r}'
    return None


def main(program, folders):
    number = bad = 0
    for folder in folders:
        for mail in sorted(glob.glob(os.path.join(folder, '*.eml'))):
            with open(mail[:-4] + '.events', encoding='utf-8') as f:
                want = lines(f.read())
            out = subprocess.run([program, 'parse', '--generic', '--json', mail],
                                 capture_output=True, text=True)
            got = [e for e in lines(out.stdout) if e['kind'] in MONEY]
            why = problem(want, got)
            if any(e.get('reader') != 'generic' or e.get('trust') != 'unverified'
                   for e in got):
                why = 'an event that is not of class U'
            number += 1
            bad += why is not None
            name = os.path.relpath(mail[:-4], 'tests')
            print(f'{"not " if why else ""}ok {number} - {name}')
            if why:
                print(f'#   {why}')
                for e in got:
                    print('#   ' + json.dumps(e, ensure_ascii=False)[:400])
    print(f'1..{number}')
    return 1 if bad or number == 0 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))
