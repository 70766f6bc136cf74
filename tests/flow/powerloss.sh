# What powerloss.t and powerloss.long share: the checks after the power went.
# Needs what kill.sh makes.
losses() {	# losses NAME MODELS COMMAND STDIN CHECK [CODE]
	/usr/bin/python3 "$root/tests/powerloss.py" --folder "$home" --name "$1" \
	    --models "$2" --setup "$reset" --run "$3" --stdin "$4" \
	    --check "$5" --code "${6:-0}" >"$tmp/tap" 2>"$tmp/err"
	sed 's/^# *$//' "$tmp/err" | head -n 5 | sed 's/^/# /'
	grep -v '^1\.\.' "$tmp/tap"
	tests=$((tests + $(grep -c '^\(not \)\{0,1\}ok' "$tmp/tap")))
	failed=$((failed + $(grep -c '^not ok' "$tmp/tap")))
	[ -s "$tmp/tap" ] || { echo "not ok - $1: nothing was tried"; failed=$((failed + 1)); }
}
# The store is whole; what was answered with 0 is there, and what was not
# comes again: the same end as one clean run (R2, R13).
sound="[ \"\$(sqlite3 $home/store.db 'PRAGMA integrity_check' 2>&1)\" = ok ] || { echo damaged; exit 1; }"
after="$sound; [ \$ENDED = 1 ] || $redeliver || exit 1; $state"
