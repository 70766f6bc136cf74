#!/bin/sh
# Golden mails: `mailfilter parse --json` over tests/golden/*/x.eml gives
# x.events, byte for byte. A new sample is files, no code. A folder may hold
# `mailfilter.conf` (else tests/golden.conf) and `options` (more arguments).
# GOLDEN_WRITE=1 writes the .events that are missing: read them before you
# commit them.
. "$(dirname "$0")/../lib.sh"
mkdir -m 700 "$tmp/home"

for folder in "$root"/tests/golden/*/; do
	ls "$folder"*.eml >/dev/null 2>&1 || continue
	conf=$folder/mailfilter.conf
	[ -f "$conf" ] || conf=$root/tests/golden.conf
	cp "$conf" "$tmp/home/mailfilter.conf"
	chmod 600 "$tmp/home/mailfilter.conf"
	options=
	[ -f "$folder/options" ] && options=$(cat "$folder/options")
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
