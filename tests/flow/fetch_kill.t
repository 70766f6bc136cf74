#!/bin/sh
# Killed in the middle of a visit to a mailbox, then visited again: the same
# ledger as of one clean visit, and one message at most is read twice.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/fetch_kill.sh"
command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null ||
    { skip kill "strace cannot trace here"; finish; }
"$root/tests/killat.py" --calls fdatasync,ftruncate --most 10 --setup "$reset" \
    --run "$mf -q fetch" --after "$next" --check "$state"
