#!/bin/sh
# A full disk, a disk that cannot be written, a store that was damaged, a
# clock that is wrong (R55, R56): nothing changes, reading goes on, and what
# was broken is found.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
mounted=
cleanup() { [ -z "$mounted" ] || umount "$tmp/small"; }
story_begins
at 2026-11-12T10:00:00Z; number=1
notice 2026001 499.00 >"$tmp/mail"
"$mf" export >"$tmp/before"
cp -a "$home" "$tmp/clean"

# deferred NAME: the mail waits with one line; the books are as before
deferred() {
	"$mf" --home "$1" deliver <"$tmp/mail" >"$tmp/out" 2>&1
	is $? 75 "$2: the mail waits"
	is "$(grep -c '^4\.3\.0 mailfilter: ' "$tmp/out") $(wc -l <"$tmp/out")" "1 1" "$2: one line says why"
	"$mf" --home "$1" export | cmp -s - "$tmp/before"; ok $? "$2: the books are read, and are as before"
	exits 0 "$2: status answers" "$mf" --home "$1" status
}
mkdir "$tmp/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=1m,mode=755 none "$tmp/small" 2>/dev/null; then
	mounted=1
	cp -a "$home" "$tmp/small/home"
	cat /dev/zero >"$tmp/small/filler" 2>/dev/null
	is "$(df --output=avail "$tmp/small" | tail -n 1 | tr -d ' ')" 0 "a disk without room"
	deferred "$tmp/small/home" "full disk"
	exits 75 "full disk: an import ends with 75" "$mf" --home "$tmp/small/home" import --type customers - <<-C
	id,name,email
	C7,Seven,seven@n.example
	C
	mount -o remount,ro "$tmp/small"
	deferred "$tmp/small/home" "read-only disk"
	mount -o remount,rw "$tmp/small"
	rm "$tmp/small/filler"
	exits 0 "with room again the mail is taken" "$mf" --home "$tmp/small/home" deliver <"$tmp/mail"
	is "$("$mf" --home "$tmp/small/home" --json invoice show 2026-001 | jq -r .state)" paid "and counts"
	exits 0 "and all is in order" "$mf" --home "$tmp/small/home" check
else skip "a full and a read-only disk" "no file system can be mounted here"; fi

# Every page of the store, one after the other, is overwritten.
"$mf" deliver <"$tmp/mail"
"$mf" -q check; ok $? "all is in order"
cp "$home/store.db" "$tmp/good.db"
size=$(sqlite3 "$tmp/good.db" 'PRAGMA page_size')
pages=$(sqlite3 "$tmp/good.db" 'PRAGMA page_count')
page=0 missed=0 crashed=0 taken=0
at 2026-11-13T10:00:00Z; number=2; notice 2026002 100.00 >"$tmp/next"
while [ $page -lt "$pages" ]; do
	printf 'xxxxxxxxxxxxxxxx' | dd of="$home/store.db" bs=1 seek=$((page * size)) conv=notrunc 2>/dev/null
	"$mf" check >"$tmp/out" 2>&1; code=$?
	[ $code != 0 ] || { missed=$((missed + 1)); echo "# page $page: not found"; }
	[ $code -lt 128 ] || crashed=$((crashed + 1))
	if [ $((page % 5)) = 0 ]; then
		"$mf" deliver <"$tmp/next" >/dev/null 2>&1; code=$?
		case $code in 0|75) ;; *) crashed=$((crashed + 1)); echo "# deliver ended with $code" ;; esac
		taken=$((taken + 1))
	fi
	cp "$tmp/good.db" "$home/store.db"
	page=$((page + 1))
done
[ "$pages" -gt 30 ]; ok $? "$pages pages were broken"
is $missed 0 "check finds each"
is $crashed 0 "nothing crashed, and $taken deliveries ended with 0 or 75"

# One bit of an index: every query goes on, but finds the wrong row.
bits=0 missed=0
for page in $(sqlite3 "$tmp/good.db" "SELECT s.pageno FROM dbstat s JOIN sqlite_master m ON m.name = s.name
    WHERE m.type = 'index' AND s.pagetype = 'leaf' AND s.ncell > 0"); do
	page=$(((page - 1) * size))	# the last byte of its first entry
	# shellcheck disable=SC2046
	set -- $(od -An -tu1 -j $((page + 8)) -N 2 "$tmp/good.db")
	at=$((page + $1 * 256 + $2))
	at=$((at + $(od -An -tu1 -j $at -N 1 "$tmp/good.db")))
	byte=$(od -An -tu1 -j $at -N 1 "$tmp/good.db")
	printf "\\$(printf %03o $((byte ^ 4)))" | dd of="$home/store.db" bs=1 seek=$at conv=notrunc 2>/dev/null
	"$mf" check >"$tmp/out" 2>&1 && { missed=$((missed + 1)); echo "# byte $at: not found"; }
	bits=$((bits + 1))
	cp "$tmp/good.db" "$home/store.db"
done
[ $bits -gt 10 ] && [ $missed = 0 ]; ok $? "one bit of each of $bits indexes: check finds it, $missed missed"

# A backup is a store with the same books.
exits 0 "backup" "$mf" backup "$tmp/copy.db"
cp -a "$home" "$tmp/restored"; cp "$tmp/copy.db" "$tmp/restored/store.db"
"$mf" export >"$tmp/books"
"$mf" --home "$tmp/restored" export | cmp -s - "$tmp/books"; ok $? "restored, the books are the same"
exits 0 "and in order" "$mf" --home "$tmp/restored" check
i=0 different=0
while [ $i -lt 10 ]; do		# while somebody writes
	i=$((i + 1))
	at 2026-11-14T10:0$((i % 10)):00Z; number=$((100 + i))
	notice 2026003 1.00 | "$mf" deliver & writer=$!
	rm -f "$tmp/live.db"; "$mf" -q backup "$tmp/live.db" || different=$((different + 1))
	wait $writer
	[ "$(sqlite3 "$tmp/live.db" 'PRAGMA integrity_check')" = ok ] || different=$((different + 1))
	cp "$tmp/live.db" "$tmp/restored/store.db"
	"$mf" -q --home "$tmp/restored" check || different=$((different + 1))
done
is $different 0 "ten backups under writing: each whole"

# Letters wait while the clock is wrong.
rm -rf "$home"; cp -a "$tmp/clean" "$home"
at 2026-11-24T10:00:00Z; number=300; alive
"$mf" -q remind
cp -a "$home" "$tmp/planned"
before=$(sent reminder)
at 2026-11-24T09:00:00Z
"$mf" send >"$tmp/out" 2>&1
is "$(sent reminder)" "$before" "an hour back: nothing is sent"
like "$(cat "$tmp/out")" 'clock' "and why"
at 2026-12-03T10:00:00Z
"$mf" send >"$tmp/out" 2>&1
is "$(sent reminder)" "$before" "nine days ahead: nothing is sent"
like "$(cat "$tmp/out")" 'silent for more than' "and why"
rm -rf "$home"; cp -a "$tmp/planned" "$home"
at 2026-11-24T10:05:00Z
"$mf" -q send
[ "$(sent reminder)" -gt "$before" ]; ok $? "at the right time they leave"
finish
