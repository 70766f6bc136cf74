#!/bin/sh
# One helper for all letters of a run: the same letters, each alone when it
# fails, no more memory after two thousand of them.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/sendlib.sh"
cd "$root" || exit 1
render=${MAILFILTER_LIBEXEC:-$root/libexec}/mailfilter-render

python3 tests/cmd/serve.py "$render" "$tmp" >"$tmp/said" 2>"$tmp/err"
is $? 0 'the server could be asked'
head -n 20 "$tmp/err"
while read -r verdict rest; do
	[ "$verdict" = good ]
	ok $? "$rest"
done <"$tmp/said"
[ "$(wc -l <"$tmp/said")" -ge 12 ]
ok $? 'it was asked much'

# A program tree whose helper dies over one letter.
mkdir -p "$tmp/prog/libexec"
for folder in parser filter templates; do ln -s "$root/$folder" "$tmp/prog/$folder"; done
cp "$mf" "$tmp/prog/mailfilter"
cat >"$tmp/prog/libexec/mailfilter-render" <<EOF
#!/bin/sh
echo start >>"$tmp/starts"
exec python3 "$tmp/prog/libexec/fragile.py" "$render" "\$@"
EOF
cat >"$tmp/prog/libexec/fragile.py" <<'EOF'
import os, signal, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
while True:
    head = sys.stdin.buffer.readline()
    if not head:
        sys.exit(0)
    letter = sys.stdin.buffer.read(int(head))
    if os.environ.get("FRAGILE", "none").encode() in letter:
        os.kill(os.getpid(), signal.SIGSEGV)
    child.stdin.write(head + letter)
    child.stdin.flush()
    answer = child.stdout.readline()
    _, length, more = answer.split()
    sys.stdout.buffer.write(answer + child.stdout.read(int(length) + int(more)))
    sys.stdout.buffer.flush()
EOF
chmod 755 "$tmp/prog/libexec/mailfilter-render"
waiting_home
exits 0 'three letters through a helper' "$tmp/prog/mailfilter" --json send
is "$(jq -r .outcome "$tmp/out" | uniq -c | xargs)" '3 sent' 'all were sent'
is "$(wc -l <"$tmp/starts")" 1 'one helper for the whole run'
waiting_home
: >"$tmp/starts"
FRAGILE=client2 "$tmp/prog/mailfilter" --json send >"$tmp/out"
is "$(jq -r .outcome "$tmp/out" | sort | uniq -c | xargs)" '1 broken 2 sent' \
    'a letter that kills its helper fails alone'
like "$(cat "$tmp/out")" '"broken".*signal 11' 'and it is said why'
is "$(wc -l <"$tmp/starts")" 3 'the others have a new one'
is "$(state_of "$("$mf" --json letter list | jq -r 'select(.to == "anna@client2.example") | .letter')")" \
    planned 'it still waits'
exits 0 'the next run' "$tmp/prog/mailfilter" --json send
is "$(jq -r .outcome "$tmp/out")" sent 'sends it'
is "$(find "$home/outbox" -name '*.eml' | wc -l)" 3 'each letter is there once'
finish
