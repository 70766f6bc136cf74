#!/bin/sh
# Numbers of invoices: patterns, series, no gap and no double, whatever happens.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cmd/books.sh"
books
numbers() { "$mf" --json invoice list | jq -r .number | grep "$1" | sort | tr '\n' ' '; }
configure() { sed '/^numbers {/,/^}/d' "$home/mailfilter.conf" >"$tmp/conf"; printf 'numbers {\n%s\n}\n' "$1" >>"$tmp/conf"; cp "$tmp/conf" "$home/mailfilter.conf"; }
new() { "$mf" -q invoice new --customer C1 --line 'x;1.00' "$@"; }

# ---- patterns
configure '	invoice = "R{YY}{MM}-{NNN}"
	deposit = "D{NNNN}"
	corrected = "K-{CUSTOMER}-{N}"'
new --date 2026-11-05; new --date 2026-11-30; new --date 2026-12-01; new --date 2027-11-05
is "$(numbers ^R)" "R2611-001 R2611-002 R2612-001 R2711-001 " "year and month begin anew"
new --type deposit; new --type corrected --preceding R2611-001
is "$(numbers '^[DK]')" "D0001 K-C1-1 " "each kind has its own"
configure '	invoice = "{YYYY}{MM}-{NNN}"
	reset = year'
new --date 2026-11-05; new --date 2026-12-01; new --date 2027-01-01
is "$(numbers '^20[0-9]*-00')" "202611-001 202612-002 202701-001 " "reset = year goes on over months"
configure '	invoice = "{YYYY}.{NNNNN}"
	reset = never'
new --date 2026-11-05; new --date 2027-01-01
is "$(numbers '^20..[.]')" "2026.00001 2027.00002 " "reset = never goes on over years"
for bad in '{YYYY}' '{NN}-{NN}' '{MM}-{NN}' 'X{year}{NN}' ''; do
	configure "	invoice = \"$bad\""
	exits 78 "a bad pattern: '$bad'" "$mf" invoice new --customer C1 --line 'x;1.00'
	like "$(cat "$tmp/err")" 'numbers' "names the section"
done
configure '	invoice = "{NNNN}"
	reset = month'
exits 78 "numbers that would come again" "$mf" invoice new --customer C1 --line 'x;1.00'

# ---- what imports brought
configure '	invoice = "F-{NNNN}"'
printf 'number,customer,date,due,currency,amount\nF-0041,C1,2026-01-01,2026-01-20,CZK,5.00\nF-0097,C1,2026-01-01,2026-01-20,CZK,5.00\nF-7,C1,2026-01-01,2026-01-20,CZK,5.00\n' >"$tmp/old.csv"
"$mf" -q import "$tmp/old.csv"
new
is "$(numbers '^F-009')" "F-0097 F-0098 " "a series goes on behind the highest number known"
printf 'number,customer,date,due,currency,amount\nF-0099,C1,2026-01-01,2026-01-20,CZK,5.00\n' >"$tmp/next.csv"
"$mf" -q import "$tmp/next.csv"; new
is "$(numbers '^F-01')" "F-0100 " "a number that is taken is counted over"
exits 0 "no gap" "$mf" check

# ---- errors use up none
for wrong in 'x;-1' 'x;y' 'x;1;furlongs;1.00;21'; do
	exits 65 "an error: $wrong" "$mf" invoice new --customer C1 --line "$wrong"
done
"$mf" -q invoice new -n --customer C1 --line 'x;1.00' >/dev/null
new
is "$(numbers '^F-01')" "F-0100 F-0101 " "errors and -n use up no number"
"$mf" -q invoice void F-0101 >/dev/null
exits 0 "a number that is void is no gap" "$mf" check
store=$(find "$home" -name store.db)
sqlite3 "$store" "UPDATE invoice SET number = 'X', key = 'X' WHERE number = 'F-0100'"
exits 65 "check finds a gap" "$mf" check
like "$(cat "$tmp/out")" 'the series F-\{N\} has no number 100' "and says which"
sqlite3 "$store" "UPDATE invoice SET number = 'F-0100', key = 'F-0100' WHERE number = 'X'"

# ---- forty at once, errors between them
i=0
while [ $i -lt 40 ]; do
	i=$((i + 1)) line='x;1.00'
	[ $((i % 4)) = 0 ] && line='x;-1.00'
	"$mf" -q invoice new --customer C1 --line "$line" >/dev/null 2>&1 &
done
wait
is "$(numbers '^F-0' | wc -w)" 36 "thirty of forty are there"
is "$(numbers '^F-01' | tr ' ' '\n' | sed '/^$/d; s/^F-0*//' | awk 'NR > 1 && $1 != last + 1 {print "gap at", last} {last = $1} END {print last}')" 131 "in a row"
exits 0 "check" "$mf" check

# ---- kill -9 while one is issued
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	cat >"$tmp/setup" <<-S
	rm -rf "$tmp/kill" && cp -a "$home" "$tmp/kill" && "$mf" --home "$tmp/kill" -q invoice new --draft --customer C1 --line 'x;1.00'
	S
	cat >"$tmp/verdict" <<-'S'
	# nothing or all of it; what comes next has the next number
	set -e
	list() { "$1" --home "$2" --json invoice list | jq -r '.number + " " + .state'; }
	n=$(list "$1" "$2" | grep -c '^F-0132 open' || true)
	d=$(list "$1" "$2" | grep -c '^draft-1 draft' || true)
	[ $((n + d)) = 1 ]
	letters=$("$1" --home "$2" --json letter list | jq -r 'select(.kind == "invoice") | .state' | wc -l)
	[ "$letters" = "$n" ]
	[ "$d" = 0 ] || "$1" --home "$2" -q invoice send draft-1
	list "$1" "$2" | grep -q '^F-0132 open'
	"$1" --home "$2" -q invoice new --customer C1 --line 'x;1.00'
	list "$1" "$2" | grep -q '^F-0133 open'
	"$1" --home "$2" -q check
	S
	python3 "$root/tests/killat.py" --calls pwrite64,fdatasync,unlink --most 4 \
	    --setup "sh $tmp/setup" --run "$mf --home $tmp/kill -q invoice send draft-1" \
	    --check "sh $tmp/verdict $mf $tmp/kill" >"$tmp/killed" 2>&1
	while read -r line; do
		case $line in ok*) ok 0 "killed: ${line#*- }";; not\ ok*) ok 1 "killed: ${line#*- }";; esac
	done <"$tmp/killed"
	like "$(cat "$tmp/killed")" '^ok' "something was killed"
else skip "killed" "strace is not there"; fi
finish
