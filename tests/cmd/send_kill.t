#!/bin/sh
# `send` killed at some of its system calls: never two copies. tests/long has
# all of them.
. "$(dirname "$0")/../lib.sh"
command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || {
	skip "killed at system calls" "strace cannot run here"; finish; }
. "$root/tests/cmd/send_kill.sh"
kill_send dir rename,fdatasync 4
kill_send sendmail execve,fdatasync 3
smtp_server
kill_send smtp write 4
finish
