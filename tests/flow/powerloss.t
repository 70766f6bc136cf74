#!/bin/sh
# The power goes after each write of a delivery: what was answered with 0 is
# there, what was not comes again, and the end is that of one clean run.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/kill.sh"
. "$root/tests/flow/powerloss.sh"
command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null ||
    { skip powerloss "strace cannot trace here"; finish; }
losses "delivery" none,r0 "$mf deliver" "$tmp/mail" "$after"

# The store cannot be opened: the mail is in the spool before the answer is 0.
good=$reset
reset="$good; rm $home/store.db"
losses "kept for later" none,r0 "$mf filter --keep" "$tmp/mail" \
    "[ \$ENDED = 0 ] || cmp -s $home/spool/*.eml $tmp/mail"
reset=$good

# No exit 0 before the last write is on the disk (R2, R55).
sh -c "$reset"
strace -f -y -o "$tmp/trace" -e trace=pwrite64,write,ftruncate,fsync,fdatasync,exit_group \
    "$mf" deliver <"$tmp/mail"
is $? 0 "a delivery under strace"
grep -E "$home/store.db" "$tmp/trace" >"$tmp/calls"
like "$(grep -c 'pwrite64' "$tmp/calls")" '^[1-9]' "it writes into the store"
like "$(grep -cE 'ftruncate\(.*store.db-journal' "$tmp/calls")" '^[1-9]' "its journal is cut to commit"
is "$(tail -n 1 "$tmp/calls" | grep -cE '(fdatasync|fsync)\(.*store.db-journal')" 1 \
    "the last thing before exit is that the cut is synced"
is "$(grep -nE 'exit_group\(0\)|(fdatasync|fsync)\(.*store.db-journal' "$tmp/trace" | tail -n 1 | grep -c exit_group)" 1 \
    "exit 0 comes after it"
finish
