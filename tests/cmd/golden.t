#!/bin/sh
# Golden mails: `mailfilter parse --json` over tests/golden/*/x.eml gives
# x.events, byte for byte. A new sample is files, no code. A folder may hold
# `mailfilter.conf` (else tests/golden.conf) and `options` (more arguments).
# GOLDEN_WRITE=1 writes the .events that are missing: read them before you
# commit them. A folder is read in one command (parse_many.t: each mail of it
# says what it says alone); mail by mail where that is not what it should be.
. "$(dirname "$0")/../lib.sh"
mkdir -m 700 "$tmp/home"

# whole FOLDER: what is wanted of its mails, in their order
whole() {
	: >"$tmp/whole"
	for mail in "$1"*.eml; do
		cat "${mail%.eml}.events" >>"$tmp/whole" 2>/dev/null || return 1
	done
}
for folder in "$root"/tests/golden/*/; do
	ls "$folder"*.eml >/dev/null 2>&1 || continue
	conf=$folder/mailfilter.conf
	[ -f "$conf" ] || conf=$root/tests/golden.conf
	cp "$conf" "$tmp/home/mailfilter.conf"
	chmod 600 "$tmp/home/mailfilter.conf"
	options=
	[ -f "$folder/options" ] && options=$(cat "$folder/options")
	# shellcheck disable=SC2086
	if "$mf" parse --json $options "$folder"*.eml >"$tmp/got" 2>/dev/null &&
	    whole "$folder" && cmp -s "$tmp/whole" "$tmp/got"; then
		for mail in "$folder"*.eml; do
			ok 0 "$(basename "$folder")/$(basename "$mail" .eml)"
		done
		continue
	fi
	for mail in "$folder"*.eml; do
		name=$(basename "$folder")/$(basename "$mail" .eml)
		events=${mail%.eml}.events
		# shellcheck disable=SC2086
		"$mf" parse --json $options "$mail" >"$tmp/got" 2>"$tmp/err"
		code=$?
		[ -n "${GOLDEN_WRITE:-}" ] && [ ! -f "$events" ] &&
		    cp "$tmp/got" "$events"
		if [ ! -f "$events" ]; then
			ok 1 "$name: no .events beside the mail"
		elif [ $code != 0 ] || ! cmp -s "$events" "$tmp/got"; then
			ok 1 "$name"
			diff "$events" "$tmp/got" | sed 's/^/#  /'
			sed 's/^/#  /' "$tmp/err"
		else
			ok 0 "$name"
		fi
	done
done
finish
