#!/bin/sh
# Tables and stories fit a terminal: words go on below, nothing is lost. Into a
# pipe a row stays one line.
. "$(dirname "$0")/../lib.sh"
command -v python3 >/dev/null || { skip "tables" "python3 is not installed"; finish; }
cd "$tmp" || exit 1
. "$root/tests/cmd/waiting.sh"
cat >terminal.py <<'P'
# COLUMNS COMMAND...: what it writes to a terminal of so many columns
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
out = b""
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(out.replace(b"\r\n", b"\n"))
P
cat >widest.py <<'P'
import sys, unicodedata
wide = lambda line: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
print(max(wide(line.rstrip("\n")) for line in open(sys.argv[1], encoding="utf-8")))
P
shown() { NO_COLOR=1 python3 terminal.py "$@" >"$tmp/shown"; }
letters() { grep -o '[^ ]' "$1" | sort | uniq -c; }

waiting
"$mf" -q reconcile
for what in 'payment list' 'invoice list' 'customer list' 'reconcile -n' 'explain P6'; do
	"$mf" $what >flat
	shown 80 "$mf" $what
	is "$(python3 widest.py shown | awk '{ print ($1 <= 80) }')" 1 "$what: no line is wider than 80"
	is "$(letters shown)" "$(letters flat)" "$what: every letter is there"
	shown 200 "$mf" $what
	is "$(letters shown)" "$(letters flat)" "$what: on a wide terminal, too"
done
is "$("$mf" payment list | grep -c 'Nobody.*half a screen')" 1 "a row in a pipe is one line"
is "$("$mf" payment list | grep -c "$(printf '\033')")" 0 "without colours"
shown 80 "$mf" payment list
like "$(cat shown)" '^ +rent for November' "the text of a payment has its own line at a terminal"
finish
