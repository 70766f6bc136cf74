#!/usr/bin/python3
"""terminal.py - runs a command at a terminal and types answers into it.

    terminal.py ANSWERS COMMAND ...     "\\n" is Enter; exit code: the command's
"""
import os
import pty
import sys

answers = sys.argv[1].replace("\\n", "\n").encode()
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
os.write(terminal, answers)
try:
    while data := os.read(terminal, 4096):
        sys.stdout.buffer.write(data)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
