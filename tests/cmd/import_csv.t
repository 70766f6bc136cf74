#!/bin/sh
# A bank's CSV export: known columns, a draft for unknown ones, the owner's
# own mapping before ours, whose account it is, and gaps that balances show.
. "$(dirname "$0")/../lib.sh"
home=$tmp/home
"$mf" init --authserv-id mx.studio.example >/dev/null || exit 1
cat >>"$home/mailfilter.conf" <<'EOF'
account "main" {
	iban = "DE89370400440532013000"
	currency = "EUR"
	settles = "statement"
}
account "singapore" {
	iban = "501000000001"
	currency = "SGD"
	settles = "statement"
}
EOF
chmod 600 "$home/mailfilter.conf"
mkdir -p "$home/statements"
cat >"$tmp/mine.csv" <<'EOF'
Kontoauszug;IBAN DE89 3704 0044 0532 0130 00
Buchungsdatum;Wertstellung;Auftraggeber;Text;Umsatz;Kontostand
18.11.2026;18.11.2026;Nora Quist;RE 2026-040;1.075,25;2.075,25
19.11.2026;19.11.2026;Strom AG;November;-75,25;2.000,00
EOF
exits 65 "unknown columns" "$mf" import "$tmp/mine.csv"
like "$(cat "$tmp/err")" "no mapping knows these columns.*$home/statements/NAME.csvmap" "  says what to do"
like "$(cat "$tmp/out")" "^column +balance Kontostand" "  with a draft on stdout"
cp "$tmp/out" "$home/statements/mine.csvmap"
exits 0 "imported with the draft" "$mf" import "$tmp/mine.csv"
like "$(cat "$tmp/out")" "1 statement with 2 entries" "  both entries"
exits 0 "once more" "$mf" import "$tmp/mine.csv"
is "$("$mf" payment list --json | grep -c 1075.25)" 1 "  the money is there once"
sed 's/2.000,00/2.000,10/' "$tmp/mine.csv" >"$tmp/odd.csv"
exits 65 "a balance that does not follow" "$mf" import "$tmp/odd.csv"
like "$(cat "$tmp/err")" "balances do not follow" "  is said"
cat >"$tmp/gap.csv" <<'EOF'
Kontoauszug;IBAN DE89 3704 0044 0532 0130 00
Buchungsdatum;Wertstellung;Auftraggeber;Text;Umsatz;Kontostand
23.11.2026;23.11.2026;Nora Quist;RE 2026-041;10,00;2.510,00
EOF
exits 65 "a gap before the first row" "$mf" import "$tmp/gap.csv"
like "$(cat "$tmp/err")" "opens with.*2500.00" "  is seen"
exits 65 "a file that names no account" "$mf" import "$root/tests/statements/csv/sg-ocbc.csv"
like "$(cat "$tmp/err")" "--account" "  says how to name it"
exits 0 "named" "$mf" import --account singapore "$root/tests/statements/csv/sg-ocbc.csv"
like "$("$mf" payment list --json)" '"amount": ?"1500.00"' "  the payment is there"
cat >"$home/statements/nohead.csvmap" <<'EOF'
delimiter ;
decimal ,
dates dmy
currency EUR
option headerless
column booked #1
column remittance #2
column amount #3
EOF
printf '20.11.2026;INV 7;12,50\n' >"$tmp/nohead.csv"
like "$("$mf" parse --json --map nohead --account main "$tmp/nohead.csv")" '"amount": ?"12.50"' \
    "a table without headings, by the name of its mapping"
exits 65 "a mapping that is not there" "$mf" import --map nowhere "$tmp/nohead.csv"
like "$(cat "$tmp/err")" "no mapping 'nowhere'" "  is named"
printf 'a\0b\001;c\n' >"$tmp/noise"
exits 65 "bytes that are no text" "$mf" import "$tmp/noise"
like "$(cat "$tmp/err")" 'noise is no text' "  are told as that"
printf '\377\376a\0;\0b\0\n\0' >"$tmp/wide.csv"
exits 65 "UTF-16" "$mf" import "$tmp/wide.csv"
like "$(cat "$tmp/err")" "UTF-16.*save it as UTF-8" "  is named"
echo "colum x" >>"$home/statements/mine.csvmap"
exits 65 "check sees a bad line" "$mf" check
like "$(cat "$tmp/out" "$tmp/err")" "mine.csvmap:[0-9]+: no such key" "  and where"
finish
