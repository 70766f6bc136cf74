#!/bin/sh
# Killed between each two writes of a delivery, then delivered again: the
# same end as one clean run. Failing writes end with 0 or 75.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/kill.sh"
command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null ||
    { skip kill "strace cannot trace here"; finish; }
"$root/tests/killat.py" --calls pwrite64,fdatasync,fsync,ftruncate,flock,unlink \
    --setup "$reset" --run "$mf deliver" --stdin "$tmp/mail" \
    --after "$redeliver" --check "$state"
"$root/tests/killat.py" --calls pwrite64,fdatasync,fsync --fault error=ENOSPC \
    --allow 0,75 --setup "$reset" --run "$mf deliver" --stdin "$tmp/mail" \
    --after "$redeliver" --check "$state" | sed 's/^ok \([0-9]*\) -/ok \1 - no space:/; /^1\.\./d'
