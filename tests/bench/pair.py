#!/usr/bin/env python3
"""Times commands in turn (A B A B ...) as whole processes and prints the
median wall and CPU time of each, and the ratio to the first, pair by pair.

  pair.py RUNS 'NAME=STDIN|COMMAND' ...     (the first is the yardstick)
  {i} in STDIN or COMMAND is the number of the run.
"""
import os, resource, shlex, statistics, sys, time


def once(stdin, command):
    args = shlex.split(command)
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
        null = os.open('/dev/null', os.O_WRONLY)
        os.dup2(null, 1)
        os.execvp(args[0], args)
    start = time.perf_counter()
    _, status, use = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit('%s: ended with %d' % (command, os.waitstatus_to_exitcode(status)))
    return wall * 1e3, (use.ru_utime + use.ru_stime) * 1e3, use.ru_maxrss / 1024


def main(runs, specs):
    jobs = []
    for spec in specs:
        name, _, rest = spec.partition('=')
        stdin, _, command = rest.partition('|')
        jobs.append((name, stdin, command, []))
    for i in range(-2, runs):
        for _, stdin, command, seen in jobs:
            figure = once(stdin.replace('{i}', str(i + 2)), command.replace('{i}', str(i + 2)))
            if i >= 0:
                seen.append(figure)
    base = jobs[0][3]
    print('%-34s %9s %9s %8s %7s' % ('', 'wall ms', 'cpu ms', 'MB peak', 'ratio'))
    for name, _, _, seen in jobs:
        ratio = statistics.median(a[0] / b[0] for a, b in zip(seen, base))
        print('%-34s %9.2f %9.2f %8.1f %7.2f' % (
            name, statistics.median(f[0] for f in seen),
            statistics.median(f[1] for f in seen), max(f[2] for f in seen), ratio))


main(int(sys.argv[1]), sys.argv[2:])
