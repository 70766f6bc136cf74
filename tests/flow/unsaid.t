#!/bin/sh
# The bank tells that money came and not how much: the owner is asked, and no
# reminder leaves before the account has a statement or a mail that is read.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/flow/story.sh"
story_begins
sed -i 's/^	bank = "cz-fio"/	bank = "jp-paypay"/' "$home/mailfilter.conf"
grep -q jp-paypay "$home/mailfilter.conf"; ok $? "an account at PayPay Bank"

# deposit DAY: a genuine notice
deposit() {
	sed -e "s/money@clerk.example/bank@clerk.example/" \
	    -e "s/20 Nov 2026/$1 Nov 2026/; s,2026/11/20,2026/11/$1,g" \
	    "$root/tests/golden/jp-paypay/transfer-in.eml"
}
at 2026-11-20T10:00:00Z
deposit 20 | "$mf" deliver; ok $? "it is taken"
like "$("$mf" status)" 'amount: the mail does not say it' \
    "the owner is asked, and told why"
is "$("$mf" --json payment list)" "" "no payment is made of it"
for day in 24 25; do at 2026-11-${day}T10:00:00Z; round; done
is "$(letters reminder | grep -c sent)" 0 "no reminder leaves"
like "$("$mf" --json remind -n)" 'feed-stale' "because of the feed"

# A stranger's copy changes nothing.
rm -rf "$home"; number=0
story_begins
sed -i 's/^	bank = "cz-fio"/	bank = "jp-paypay"/' "$home/mailfilter.conf"
at 2026-11-20T10:00:00Z
deposit 20 | sed '1,/^Received/{/^Authentication/d; /^ header.s/d}' | "$mf" deliver
ok $? "a forged one is taken"
like "$("$mf" --json status)" '"questions":0' "and nobody is asked"
finish
