#!/bin/sh
# The same notice by another way, an old one, one that takes another's
# Message-ID, and one hellér with the right reference (R15, R32, R35).
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
count() { "$mf" --json payment list | jq -s "[.[] | select(.amount == \"$1\")] | length"; }
trusts() { "$mf" --json payment list | jq -r "select(.amount == \"$1\") | .trust" | sort | tr '\n' ' '; }
story_begins
cp -a "$home" "$tmp/clean"
again() { rm -rf "$home"; cp -a "$tmp/clean" "$home"; }

# A replay: the signed part as it was, another way through the net.
at 2026-11-12T10:00:00Z; number=1
notice 2026001 200.00 >"$tmp/mail"
"$mf" deliver <"$tmp/mail"; ok $? "the notice"
for change in 's/id 4Xy1/id 9ZZ9/' 's/192.0.2.7/192.0.2.99/' 's/^Return-Path.*/Return-Path: <x@evil.example>/' \
    's/^Return-Path/X-Extra: 1, &/' 's/dkim=pass/dkim=pass (again)/'; do
	sed "$change" "$tmp/mail" >"$tmp/replay"
	! cmp -s "$tmp/mail" "$tmp/replay"; ok $? "a replay with other bytes: $change"
	"$mf" deliver <"$tmp/replay"; ok $? "is taken"
	is "$(count 200.00) $(balance 2026-001)" "1 299.00" "and is the same payment"
done
at 2026-11-16T10:00:00Z
sed 's/id 4Xy1/id 8YY8/' "$tmp/mail" | "$mf" deliver
is "$(count 200.00) $(balance 2026-001)" "1 299.00" "four days later too"
again
at 2026-11-20T10:00:01Z
"$mf" deliver <"$tmp/mail"; ok $? "a genuine notice, eight days old"
is "$(balance 2026-001)" 499.00 "settles nothing"
unlike "$(trusts 200.00)" A "and is not trusted"

# Somebody else's Message-ID.
for first in forged genuine; do
	again
	at 2026-11-12T10:00:00Z
	sed 's/dkim=pass/dkim=fail/; s/Protiúčet: .*/Protiúčet: 6666666\/0800/' "$tmp/mail" >"$tmp/forged"
	case $first in
	forged) "$mf" deliver <"$tmp/forged"; "$mf" deliver <"$tmp/mail" ;;
	genuine) "$mf" deliver <"$tmp/mail"; "$mf" deliver <"$tmp/forged" ;;
	esac
	is "$(balance 2026-001)" 299.00 "$first first: the genuine one settles, once"
	like "$(trusts 200.00)" A "$first first: it is recorded as class A"
done

# A hellér with the right words leaves the reminder on, for the rest.
again
at 2026-11-23T10:00:00Z; number=7
bank 2026001 0.01; ok $? "0.01 with the right reference"
at 2026-11-24T10:00:00Z; alive; round
is "$(balance 2026-001) $(state 2026-001)" "498.99 open" "498.99 stay open"
is "$(letters reminder | grep -c 'sent.*2026-001')" 1 "and are asked for"
like "$(for f in "$home"/outbox/*.eml; do /usr/bin/python3 -c 'import email, email.policy, sys
print(email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default).get_body(("plain",)).get_content())' "$f"; done)" \
    '498\.99' "by their amount"
finish
