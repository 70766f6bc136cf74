# What kill.t and kill.long share: a delivery, its redelivery, the clean end.
. "$root/tests/flow/story.sh"
story_begins >/dev/null
at 2026-11-12T10:00:00Z; number=1
notice 2026001 499.00 >"$tmp/mail"
cp -a "$home" "$tmp/clean"
reset="rm -rf $home; cp -a $tmp/clean $home"
"$mf" deliver <"$tmp/mail"
"$mf" export >"$tmp/expected"
grep -q 2026-001 "$tmp/expected" || { echo "not ok - nothing to compare"; exit 1; }
state="$mf export | cmp - $tmp/expected"
redeliver="$mf deliver <$tmp/mail"
