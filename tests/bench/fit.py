#!/usr/bin/python3
"""Fits filter/odds.c to worlds (needs python3-numpy; no test needs it).

  tests/bench/fit.py [--worlds W] [--size C,M,K] [--keep DIR] [--pull X] [-n]
      [--calibrate]

Each payment of a world has some explanations, each with its levels of
evidence, and perhaps none of them is true: a conditional logit over them and
nothing. The figures are drawn to the judgement in the remarks of odds.c, by
as much as --pull sightings of each level would. -n only prints. Then, with
the program built anew, --calibrate writes the knots of filter/calibrate.c.
"""
import argparse
import math
import os
import re
import runpy
import subprocess
import sys
import tempfile

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import score                                             # noqa: E402

ODDS = os.path.join(ROOT, 'filter', 'odds.c')
KNOTS = os.path.join(ROOT, 'filter', 'calibrate.c')
ROW = re.compile(r'\{"([a-z-]+)", "([a-z-]+)", (-?[0-9.]+)\}, '
                 r'/\* (-?[0-9.]+) \*/')
OLDEST_WINS = .7         # as in match.c
PRIOR = re.compile(r'odds_prior = (-?[0-9.]+); /\* (-?[0-9.]+) \*/')


def read_odds():
    """name → judgement; the names in the order of the table."""
    text = open(ODDS, encoding='utf-8').read()
    judged = {'prior': float(PRIOR.search(text)[2])}
    for row in ROW.finditer(text):
        judged[row[1] + ':' + row[2]] = float(row[4])
    return judged


def write_odds(fitted):
    text = open(ODDS, encoding='utf-8').read()
    text = PRIOR.sub(lambda m: 'odds_prior = %.2f; /* %s */' % (
        fitted['prior'], m[2]), text)
    text = ROW.sub(lambda m: '{"%s", "%s", %.2f}, /* %s */' % (
        m[1], m[2], fitted[m[1] + ':' + m[2]], m[4]), text)
    open(ODDS, 'w', encoding='utf-8').write(text)


def explanations(world, program):
    """Of each payment: (levels of each explanation), (which are true)."""
    out = world.reconcile(program, '-v')
    cases = score.Cases(world.files,
                        os.path.join(world.cases, 'truth.jsonl'))
    decisions = score.read_decisions(out, cases.invoices)
    score.first_of_two(cases.truth, decisions)
    for row in cases.truth:
        found = decisions.get(row['payment'])
        if not found or not found['row'].get('weighed'):
            continue
        wanted = [set(a['invoice'] for a in row['allocations'])]
        wanted += [set(x) for x in row['alt']]
        some = found['row']['weighed']
        yield ([(x['levels'], x['ways']) for x in some],
               [row['expected'] == 'match' and set(x['invoices']) in wanted
                for x in some])


class Data:
    """Explanations as rows of a matrix, the first of each payment nothing."""

    def __init__(self, names):
        self.index = {name: i for i, name in enumerate(names)}
        self.levels, self.right, self.start, self.weight = [], [], [], []
        self.more = []          # added to a row's odds

    def add(self, levels, right, weight):
        self.start.append(len(self.levels))
        self.weight.append(weight)
        self.row([], not any(right))
        for (some, ways), good in zip(levels, right):
            row = [self.index[x] for x in ['prior'] + some]
            self.row(row, good)
            if ways > 1:        # it stands for others that equal it
                self.row(row, False, math.log(ways ** OLDEST_WINS - 1))

    def row(self, levels, right, more=0):
        self.levels.append(levels)
        self.right.append(right)
        self.more.append(more)

    def freeze(self):
        self.x = numpy.zeros((len(self.levels), len(self.index)),
                             dtype=numpy.float32)
        for i, some in enumerate(self.levels):
            self.x[i, some] = 1
        self.right = numpy.array(self.right)
        self.more = numpy.array(self.more)
        self.start = numpy.array(self.start)
        counts = numpy.diff(numpy.append(self.start, len(self.levels)))
        self.of = numpy.repeat(numpy.arange(len(self.start)), counts)
        self.weight = numpy.array(self.weight)

    def shares(self, odds):
        """Each row's probability, and its part of what is true."""
        top = numpy.maximum.reduceat(odds, self.start)[self.of]
        e = numpy.exp(odds - top)
        all_sum = numpy.add.reduceat(e, self.start)[self.of]
        good = numpy.where(self.right, e, 0)
        good_sum = numpy.add.reduceat(good, self.start)
        loss = -(self.weight * numpy.log(
            good_sum / numpy.add.reduceat(e, self.start))).sum()
        return e / all_sum, good / good_sum[self.of], loss


def fit(data, judged, pull, rounds=60):
    """Each step has a curvature at least the true one, so it never fails."""
    beta = judged.copy()
    weight = data.weight[data.of]
    ridge = numpy.full(len(beta), pull)
    last = numpy.inf
    for _ in range(rounds):
        p, q, loss = data.shares(data.x @ beta + data.more)
        loss += .5 * (ridge * (beta - judged) ** 2).sum()
        gradient = data.x.T @ (weight * (q - p)) - ridge * (beta - judged)
        means = numpy.add.reduceat(
            data.x * p[:, None].astype(numpy.float32), data.start)
        curve = (data.x * (weight * p)[:, None]).T @ data.x - \
            (means * data.weight[:, None]).T @ means
        step = numpy.linalg.solve(curve + numpy.diag(ridge + 1e-3), gradient)
        beta = beta + step * min(1, 2 / max(1e-9, abs(step).max()))
        if last - loss < 1e-3 * max(1, abs(loss)) * 1e-3:
            break
        last = loss
    return beta, loss


# ---- what a weighed probability was worth ------------------------------------

KNOT = re.compile(r'\{([01]\.[0-9]{4}), ([01]\.[0-9]{4}), ([01]\.[0-9]{5})\}')
PATTERN = re.compile(r'(\[PATTERN_([A-Z_]+)\] = \{\n)(.*?\})(\},\n)', re.S)


def sightings(world, program):
    """Of each proposal: its pattern, weighed probability, whether right."""
    out = world.reconcile(program, '-v')
    for _, _, _, right, row, _ in world.score(out).cases:
        if row and row['decision'] in ('auto', 'suggest') and 'raw' in row:
            yield row['pattern'], row['raw'], right


def monotone(points):
    """Pools neighbours until (value, weight) never falls."""
    pools = []
    for value, weight in points:
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            b, a = pools.pop(), pools.pop()
            n = a[1] + b[1]
            pools.append([(a[0] * a[1] + b[0] * b[1]) / n, n, a[2] + b[2]])
    return [value for value, _, n in pools for _ in range(n)]


def knots_of(seen, raws, pull):
    """For each knot: what was right around it, and Clopper-Pearson of all
    from it on."""
    points = []
    for i, raw in enumerate(raws):
        low = (raws[i - 1] + raw) / 2 if i else -1
        high = (raw + raws[i + 1]) / 2 if i + 1 < len(raws) else 2
        some = [right for p, right in seen if low <= p < high]
        points.append(((sum(some) + pull * raw) / (len(some) + pull),
                       len(some) + pull))
    said = monotone(points)
    above = []
    for raw in raws:
        some = [right for p, right in seen if p >= raw]
        above.append(score.upper_bound(len(some) - sum(some), len(some)))
    return [(r, min(.9999, s), a) for r, s, a in zip(raws, said, above)]


def calibrate(worlds, program, pull):
    seen = {}
    for world in worlds:
        for pattern, raw, right in sightings(world, program):
            seen.setdefault(pattern, []).append((raw, right))
    text = open(KNOTS, encoding='utf-8').read()

    def turn(match):
        name = match[2].lower().replace('_', '-')
        raws = [float(k[1]) for k in KNOT.finditer(match[3])]
        rows = knots_of(seen.get(name, []), raws, pull)
        print(name, len(seen.get(name, [])), *('%.4f:%.4f:%.5f' % row
                                               for row in rows))
        left = iter('{%.4f, %.4f, %.5f}' % row for row in rows)
        return match[1] + KNOT.sub(lambda _: next(left), match[3]) + match[4]

    text = PATTERN.sub(turn, text)
    open(KNOTS, 'w', encoding='utf-8').write(text)


def main():
    parse = argparse.ArgumentParser(usage=__doc__)
    parse.add_argument('--worlds', default='cases:normal:51-58,'
                       'cases:hard:61-68,ledgers:normal:51-58,'
                       'ledgers:hard:61-68')
    parse.add_argument('--size', default='400,4000,2000')
    parse.add_argument('--keep', default=os.path.join(
        tempfile.gettempdir(), 'mffit'))
    parse.add_argument('--pull', type=float, default=2)
    parse.add_argument('--program', default=os.path.join(ROOT, 'mailfilter'))
    parse.add_argument('-n', action='store_true')
    parse.add_argument('--calibrate', action='store_true')
    args = parse.parse_args()
    match = runpy.run_path(os.path.join(HERE, 'match'))
    judged = read_odds()
    names = list(judged)
    data = Data(names)
    seen = {}
    worlds = [world for world in match['parse_worlds'](
        args.worlds, args.keep, args.size.split(','))
        if os.path.exists(match['GENERATORS'].get(world.generator,
                                                  world.generator))]
    for world in worlds:
        world.make()
    if args.calibrate:
        calibrate(worlds, args.program, args.pull)
        return
    for world in worlds:
        for levels, right in explanations(world, args.program):
            data.add(levels, right, 1)
            for (some, _), good in zip(levels, right):
                for x in some:
                    a, b = seen.get(x, (0, 0))
                    seen[x] = a + 1, b + good
    data.freeze()
    beta, loss = fit(data, numpy.array([judged[x] for x in names]), args.pull)
    print('%d payments, %d explanations, loss %.1f' % (
        len(data.start), len(data.levels), loss))
    for name, value in zip(names, beta):
        print('%-28s %6.2f  judged %6.2f  seen %6d true %6d' % (
            (name, value, judged[name]) + seen.get(name, (0, 0))))
    if not args.n:
        write_odds(dict(zip(names, (float(x) for x in beta))))


if __name__ == '__main__':
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit('%s: %s' % (' '.join(error.cmd[:4]), error.stderr))
