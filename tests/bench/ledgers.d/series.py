# How firms number their invoices, and the payment references that the
# banks of a country check.


def per_year(fmt):
    return lambda k: fmt.format(n=k['n'], y=k['d'].year, yy='%02d' % (k['d'].year % 100), m='%02d' % k['d'].month,
        d=k['d'].strftime('%Y%m%d'), day=k['day'], c=k['cno'], cn=k['cn'], fy=k['fy'], ru=k['d'].strftime('%d.%m.%Y'),
        letter='ABCDEFGHJK'[k['n'] % 10])


# name: (format, what the counter restarts on, its first value)
SERIES = {
    'pl-month': ('FV/{n}/{m}/{y}', 'month', 1), 'pl-branch': ('{n:04}/{m}/{yy}/GD', 'month', 1),
    'it': ('{n}/A', 'year', 1), 'it-pa': ('FPA {n}/{yy}', 'year', 1), 'it-year': ('{y}/{n:03}/E', 'year', 1),
    'es': ('F{yy}-{n:06}', 'year', 1), 'es-t': ('A-{y}/{n}', 'year', 11), 'ru': ('{n}', 'year', 30),
    'ua': ('СФ-{n:07}', 'never', 1210), 'in': ('GST/{fy}/{n:04}', 'fiscal', 1), 'in-s': ('{n}/{fy}', 'fiscal', 1),
    'fr': ('FA-{yy}{m}-{n:04}', 'month', 1), 'fr-l': ('FC{n:05}', 'never', 8120), 'br': ('{n:09}', 'never', 3720),
    'count3': ('{n}', 'never', 211), 'count4': ('{n}', 'never', 4480), 'count5': ('{n}', 'never', 31870),
    'count6': ('{n}', 'never', 703400), 'cust': ('{c}-{cn}', 'never', 1), 'cust-s': ('{c}/{cn:02}', 'never', 1),
    'date': ('{d}-{day:02}', 'never', 1), 'date-x': ('R{d}{day:02}', 'never', 1), 'end': ('{n}{letter}', 'never', 2650),
    'cz': ('{yy}{n:05}', 'year', 1), 'cz-l': ('{y}{n:04}', 'year', 1), 'nl': ('{y}.{n:04}', 'year', 1),
    'hu': ('E-ABC-{y}-{n}', 'year', 1), 'pt': ('FT {y}A/{n}', 'year', 1), 'ro': ('SRX {n:05}', 'never', 190),
    'gr': ('ΤΠΥ {n:04}', 'year', 1), 'tr': ('ABC{y}{n:09}', 'year', 1), 'de': ('RE{yy}{m}-{n:03}', 'month', 1),
    'de-k': ('{c}/{yy}/{cn}', 'never', 1), 'at': ('AR {n:05}', 'never', 9030), 'us': ('#{n}', 'never', 1104),
    'uk': ('SI-{n:05}', 'never', 2290), 'se': ('{n}', 'never', 58010), 'mx': ('A {n}', 'never', 940)}
# country: likely series, and the reference its invoices carry
HABIT = {'PL': ('pl-month pl-branch', ''), 'IT': ('it it-pa it-year', ''), 'ES': ('es es-t', ''), 'RU': ('ru', ''),
    'UA': ('ua', ''), 'IN': ('in in-s', ''), 'FR': ('fr fr-l count4', ''), 'BR': ('br', ''), 'NL': ('nl count5 cust', 'nl'),
    'FI': ('count4 se', 'viite'), 'BE': ('nl cz-l', 'ogm'), 'NO': ('count5 se', 'kid'), 'SE': ('se count4', 'ocr'),
    'CZ': ('cz cz-l', 'vs'), 'SK': ('cz-l cz', 'vs'), 'CH': ('count5 de-k', 'qrr'), 'DK': ('count4 count5', 'fik'),
    'HU': ('hu', ''), 'PT': ('pt', ''), 'RO': ('ro', ''), 'GR': ('gr', 'rf'), 'TR': ('tr', ''), 'EE': ('count6', 'ee'),
    'SI': ('cz-l', 'si'), 'HR': ('it-year count4', 'hr'), 'DE': ('de de-k date end count6', 'rf0'), 'AT': ('at date-x', ''),
    'US': ('us count3', ''), 'GB': ('uk cust-s', ''), 'IE': ('uk', ''), 'MX': ('mx', ''), 'LT': ('ro', ''), 'LV': ('es-t', '')}


def luhn(s):
    t = 0
    for i, ch in enumerate(reversed(s)):
        v = int(ch) * (1 if i % 2 else 2)
        t += v // 10 + v % 10
    return str(-t % 10)


def weighted(s, weights):
    return sum(int(ch) * weights[i % len(weights)] for i, ch in enumerate(reversed(s)))


def rf(core):
    return 'RF%02d%s' % (98 - int(''.join(str(int(x, 36)) for x in core + 'RF00')) % 97, core)


def reference(kind, cno, n):
    """A payment reference over customer number and counter."""
    base = '%d%06d' % (cno, n)
    if kind == 'viite' or kind == 'ee':
        base = base.lstrip('0')
        return base + str(-weighted(base, (7, 3, 1)) % 10)
    if kind == 'rf' or kind == 'rf0':
        return rf(base)
    if kind == 'ogm':
        base = base[-10:].rjust(10, '0')
        return '%s%02d' % (base, int(base) % 97 or 97)
    if kind == 'kid' or kind == 'ocr':
        base += str((len(base) + 2) % 10) if kind == 'ocr' else ''
        return base + luhn(base)
    if kind == 'vs':
        return base[-10:].lstrip('0')
    if kind == 'nl':
        base = base.rjust(15, '0')
        c = 11 - weighted(base, (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)) % 11
        return '%d%s' % ({10: 1, 11: 0}.get(c, c), base)
    if kind == 'qrr':
        base, carry = base.rjust(26, '0'), 0
        for ch in base:
            carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(ch)) % 10]
        return base + str((10 - carry) % 10)
    if kind == 'fik':
        base = base.rjust(14, '0')
        return base + luhn(base)
    c = 11 - weighted(base, tuple(range(2, 14))) % 11
    return ('SI12' if kind == 'si' else 'HR01') + base + str(0 if c > 9 else c)


def printed(r, kind, ref):
    """The reference as a person or a form writes it."""
    if kind == 'ogm':
        mark = r.choice(['+++', '***'])
        return r.choice([f'{mark}{ref[:3]}/{ref[3:7]}/{ref[7:]}{mark}', f'{ref[:3]}/{ref[3:7]}/{ref[7:]}', ref])
    if kind in ('rf', 'rf0'):
        return r.choice([ref, ' '.join(ref[i:i + 4] for i in range(0, len(ref), 4))])
    if kind == 'qrr':
        return r.choice([ref, ref[:2] + ''.join(' ' + ref[i:i + 5] for i in range(2, 27, 5)), ref.lstrip('0')])
    if kind == 'nl':
        return r.choice([ref, ' '.join(ref[i:i + 4] for i in range(0, 16, 4)), 'betalingskenmerk ' + ref])
    if kind == 'vs':
        return r.choice(['VS' + ref, 'VS:' + ref, '/VS%s/SS/KS0308' % ref, 'VS %s KS 0308' % ref, ref])
    if kind == 'fik':
        return r.choice(['+71<%s+84561237<' % ref, ref, '71 ' + ref])
    if kind in ('viite', 'ee'):
        n = len(ref) % 5 or 5
        return r.choice([ref, ref[:n] + ''.join(' ' + ref[i:i + 5] for i in range(n, len(ref), 5)), 'viite ' + ref])
    return r.choice([ref, {'kid': 'KID ', 'ocr': 'OCR ', 'si': '', 'hr': ''}[kind] + ref])
