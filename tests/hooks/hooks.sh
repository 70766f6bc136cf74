# For the tests under real mail servers: copies of the program that stand for
# every way in which it can fail, and a home for each.
. "$root/tests/fixture.sh"

# tree NAME: $tmp/NAME/{mailfilter,libexec,...}: the program of this tree
tree() {
	mkdir -p "$tmp/$1/parser" "$tmp/$1/templates" "$tmp/$1/filter"
	cp "$root/mailfilter" "$tmp/$1/"
	cp -r "$root/libexec" "$tmp/$1/"
	cp -r "$root/parser/banks" "$root/parser/words" "$tmp/$1/parser/"
	cp -r "$root"/templates/?? "$tmp/$1/templates/"
	cp -r "$root/filter/holidays" "$root/filter/laws" "$root/filter/policies.conf" \
	    "$root/filter/mailfilter.conf.in" "$tmp/$1/filter/"
}

# Cases of failure; each mends itself with mend_NAME.
break_store_missing() { mv "$home/store.db" "$home/away"; }
mend_store_missing() { mv "$home/away" "$home/store.db"; }
break_config_broken() { cp -p "$home/mailfilter.conf" "$home/conf.good"; echo 'owner {' >>"$home/mailfilter.conf"; }
mend_config_broken() { mv "$home/conf.good" "$home/mailfilter.conf"; }
break_config_missing() { mv "$home/mailfilter.conf" "$home/conf.good"; }
mend_config_missing() { mv "$home/conf.good" "$home/mailfilter.conf"; }
break_store_newer() { sqlite3 "$home/store.db" 'PRAGMA user_version' >"$home/version"; sqlite3 "$home/store.db" 'PRAGMA user_version=999'; }
mend_store_newer() { sqlite3 "$home/store.db" "PRAGMA user_version=$(cat "$home/version")"; }
break_store_damaged() { cp -p "$home/store.db" "$home/store.good"; head -c 4000 /dev/urandom | dd of="$home/store.db" conv=notrunc 2>/dev/null; }
mend_store_damaged() { mv "$home/store.good" "$home/store.db"; }
# The writer's lock, held by somebody else.
break_store_locked() {
	sqlite3 "$home/store.db" 'BEGIN IMMEDIATE' '.shell touch '"$tmp"'/locked' \
	    '.shell while [ -e '"$tmp"'/locked ]; do sleep 0.1; done' &
	locker=$!
	while [ ! -e "$tmp/locked" ]; do sleep 0.1; done
}
mend_store_locked() { rm -f "$tmp/locked"; wait "$locker" 2>/dev/null; }
swap() { mv "$tmp/$program/mailfilter" "$tmp/$program/good"; cp "$1" "$tmp/$program/mailfilter"; chmod 755 "$tmp/$program/mailfilter"; }
unswap() { mv "$tmp/$program/good" "$tmp/$program/mailfilter"; }
break_program_crashing() {
	printf '#!/bin/sh\ncat >/dev/null\nkill -SEGV $$\n' >"$tmp/crashing"
	swap "$tmp/crashing"
}
mend_program_crashing() { unswap; }
break_program_silent() {	# ends with a code that servers take for final
	printf '#!/bin/sh\ncat >/dev/null\necho IBAN CZ00 >&2\nexit 70\n' >"$tmp/silent"
	swap "$tmp/silent"
}
mend_program_silent() { unswap; }
break_library_missing() {
	mkdir -p "$tmp/lib"
	echo 'int f(void) { return 0; }' >"$tmp/lib/f.c"
	echo 'int f(void); int main(void) { return f(); }' >"$tmp/lib/m.c"
	cc -shared -fPIC -o "$tmp/lib/libgone.so" "$tmp/lib/f.c"
	cc -o "$tmp/lib/m" "$tmp/lib/m.c" -L"$tmp/lib" -lgone
	rm "$tmp/lib/libgone.so"
	swap "$tmp/lib/m"
}
mend_library_missing() { unswap; }
break_program_missing() { mv "$tmp/$program/mailfilter" "$tmp/$program/good"; }
mend_program_missing() { unswap; }
cases='store_missing store_newer store_damaged store_locked config_broken
config_missing program_crashing program_silent library_missing
program_missing'

# mda_cases FIELD: for recipe A and B of an MDA: good mail and every failure.
# The test defines rc (writes the recipe) and deliver FILE (the mailbox's copy
# goes to $tmp/got). Recipe B adds the X-Mailfilter field.
mda_cases() {
	n=0
	for kind in A B; do
		rc $kind
		like "$(cat "$tmp/rc")" 'mailfilter-pipe' "$kind: the shipped recipe is used"
		n=$((n + 1))
		bank_mail "20260$(printf %02d $n)" 100.00 $n >"$tmp/mail"
		deliver "$tmp/mail"; ok $? "$kind: good: delivered"
		if [ $kind = B ]; then
			is "$(grep -c '^X-Mailfilter: credit' "$tmp/got")" 1 "$kind: with one field in front"
			sed -i '/^X-Mailfilter: /d' "$tmp/got"
		fi
		cmp -s "$tmp/got" "$tmp/mail"; ok $? "$kind: good: the mailbox has the same bytes"
		is "$(payments)" $n "$kind: good: the payment is in the store"
		for case in $cases; do mda_case; done
	done
}
mda_case() {
	n=$((n + 1))
	bank_mail "20260$(printf %02d $n)" 100.00 $n >"$tmp/mail"
	break_$case
	deliver "$tmp/mail"
	mend_$case
	sed -i '/^X-Mailfilter: /d' "$tmp/got"
	cmp -s "$tmp/got" "$tmp/mail"; ok $? "$kind: $case: the mailbox has the same bytes"
	"$tmp/$program/mailfilter" deliver <"$tmp/got"
	ok $? "$kind: $case: read again later"
	is "$(payments)" $n "$kind: $case: counts once"
}
# The mailbox's one message without its From_ line and the blank line behind.
from_mbox() { sed '1{/^From /d}; ${/^$/d}' "$1" 2>/dev/null; }
