#!/bin/sh
# The outer contract, pinned: commands, common options in both places, JSON
# fields, import columns, exit codes. Scripts of others rely on each line.
. "$(dirname "$0")/../lib.sh"
. "$root/tests/fixture.sh"
unset MAILFILTER_HOME
home=$tmp/home

# --- commands ------------------------------------------------------------------
for command in init filter deliver gate parse import reconcile remind send run \
    customer invoice payment hold letter bank status explain check backup help; do
	exits 0 "$command --help" "$mf" "$command" --help
	exits 0 "help $command" "$mf" help "$command"
	exits 64 "$command: an option that does not exist" "$mf" --home "$home" "$command" --no-such-option
done </dev/null >"$tmp/commands"
# deliver, filter and gate end with 0 or 75 even then
sed -e '/^not ok [0-9]* - \(deliver\|filter\|gate\): an option/d' -e '/^#/d' "$tmp/commands" >"$tmp/kept"
failed=$(grep -c '^not ok' "$tmp/kept") tests=$(wc -l <"$tmp/commands")
tests=$(grep -cE '^(not )?ok' "$tmp/kept")
awk '{ sub(/ok [0-9]+/, "ok " ++n); print }' "$tmp/kept"
for command in deliver filter gate; do
	exits 75 "$command: a wrong command line is tried again" "$mf" --home "$home" $command --no-such-option </dev/null
	like "$(cat "$tmp/out" "$tmp/err")" '^4\.3\.0 ' "with one line for the mail server"
done

# --- init and the places -----------------------------------------------------------
make_home "$home" || { ok 1 "a home for the tests"; finish; }
exits 73 "init makes no second home" "$mf" --home "$home" init
exits 0 "init with all its options" "$mf" --home "$tmp/second" init --demo \
    --authserv-id mx.firm.example --mailbox bank@firm.example eva@firm.example
is "$(stat -c %a "$tmp/second/mailfilter.conf")" 600 "the configuration is its owner's"
like "$(grep -v '#' "$tmp/second/mailfilter.conf")" 'authserv-id = "?mx.firm.example' "the id is in it"
like "$(grep -v '#' "$tmp/second/mailfilter.conf")" 'bank@firm.example.*eva@firm.example' "and the mailboxes"
like "$("$mf" --home "$tmp/second" --json customer list)" '"id":' "--demo brings customers"

# --- options before and after ----------------------------------------------------
before=$("$mf" --home "$home" --json --now 2026-11-22T09:00:00Z status)
is "$("$mf" status --json --home "$home" --now 2026-11-22T09:00:00Z)" "$before" "options after the command"
is "$("$mf" --json status --home "$home" --now 2026-11-22)" "$before" "on both sides; a date is a moment, too"
is "$("$mf" --config "$home/mailfilter.conf" status --json --home "$home")" "$before" "--config names the file"
cp "$home/mailfilter.conf" "$tmp/other.conf"; chmod 600 "$tmp/other.conf"; echo '}' >>"$tmp/other.conf"
exits 78 "and it is that file that is read" "$mf" --home "$home" --config "$tmp/other.conf" remind -n
exits 64 "--now that is none" "$mf" --home "$home" --now yesterday status
exits 0 "-v" "$mf" -v --home "$home" status
exits 0 "-q" "$mf" status -q --home "$home"
like "$("$mf" --version)" '[0-9]\.[0-9]' "--version"
like "$("$mf" --help)" '^Commands:' "--help"
for list in customer invoice payment hold letter bank gated; do
	"$mf" --home "$home" $list list --json >"$tmp/list"
	is "$(jq -c 'type' <"$tmp/list" 2>&1 | sort -u | grep -v '"object"')" "" "$list list: JSON Lines"
done

# --- exit codes ----------------------------------------------------------------------
exits 64 "no such command" "$mf" --home "$home" dance
exits 66 "no such invoice" "$mf" --home "$home" explain 1999-1
exits 66 "no such file" "$mf" --home "$home" import "$tmp/absent.csv"
exits 78 "no home" "$mf" --home "$tmp/absent" status
echo 'number,amount' >"$tmp/bad.csv"; echo 'X,ten' >>"$tmp/bad.csv"
exits 65 "bad data" "$mf" --home "$home" import --type invoices "$tmp/bad.csv"
exits 75 "deliver without a home" "$mf" --home "$tmp/absent" deliver -f a@b.example c@d.example </dev/null
is "$(cat "$tmp/out" "$tmp/err" | wc -l)" 1 "says one line"
like "$(cat "$tmp/out" "$tmp/err")" '^4\.3\.0 ' "for the mail server"
bank_mail 2026002 100.00 1 >"$tmp/notice.eml"
exits 75 "filter without a home" "$mf" --home "$tmp/absent" filter <"$tmp/notice.eml"
is "$(grep -c Fio "$tmp/out")" 0 "nothing of the message on stdout"
exits 0 "filter" "$mf" --home "$home" filter -n <"$tmp/notice.eml"
is "$(sed 1d "$tmp/out" | cmp - "$tmp/notice.eml" && echo same)" same "the message, byte for byte, after one line"
like "$(head -n 1 "$tmp/out")" '^X-Mailfilter: ' "which is ours"
exits 0 "deliver" "$mf" --home "$home" deliver -f automat@fio.cz bank@clerk.example <"$tmp/notice.eml"
is "$(cat "$tmp/out" "$tmp/err" | wc -c)" 0 "prints nothing"
exits 0 "backup" "$mf" --home "$home" backup "$tmp/copy.db"
exits 73 "never over a file" "$mf" --home "$home" backup "$tmp/copy.db"
exits 0 "check" "$mf" --home "$home" check

# --- events ---------------------------------------------------------------------------
fields() {		# fields NAME FILE FIELD...: all are in the first object
	_what=$1 _file=$2; shift 2
	for field; do
		is "$(head -n 1 "$_file" | jq "has(\"$field\")")" true "$_what: $field"
	done
}
"$mf" --home "$home" parse --json "$tmp/notice.eml" >"$tmp/credit"
fields "credit of a notice" "$tmp/credit" kind bank template trust reader amount \
    currency booked account payer_account references variable_symbol message_id
is "$(jq -r '[.kind, .trust, .reader, .amount, .currency, .account] | join(" ")' <"$tmp/credit")" \
    "credit verified template 100.00 CZK 2900123451/2010" "with these values"
is "$(jq '[.. | select(. == "" or . == null)] | length' <"$tmp/credit")" 0 "no empty strings"
"$mf" parse --generic --json --home "$home" "$tmp/notice.eml" >"$tmp/generic"
is "$(jq -r 'select(.reader == "template") | .kind' <"$tmp/generic")" "" "--generic leaves the templates out"
"$mf" parse --json <"$root/tests/statements/camt/version-04.xml" >"$tmp/statement"
is "$(jq -r '.reader' <"$tmp/statement" | sort -u)" statement "a statement on stdin, without a home"
jq -c 'select(.kind == "credit")' <"$tmp/statement" >"$tmp/entry"
fields "credit of a statement" "$tmp/entry" amount currency booked value account payer \
    payer_account remittance reference references bank_reference end_to_end_id
is "$(jq -r '.amount' <"$tmp/statement" | grep -vcE '^([0-9]+\.[0-9]{2}|null)$')" 0 "amounts are positive decimals"
is "$(jq -r '.booked // empty' <"$tmp/statement" | grep -vcE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')" 0 "days are ISO 8601"
"$mf" parse --json "$root/tests/golden/mail/bounce.eml" >"$tmp/bounce"
fields bounce "$tmp/bounce" kind status action recipient original_message_id
"$mf" parse --json "$root/tests/golden/mail/reply-paid.eml" >"$tmp/reply"
fields reply "$tmp/reply" kind intent in_reply_to text

# --- import ------------------------------------------------------------------------------
cat >"$tmp/c.csv" <<'C'
id,name,contact,email,language,country,currency,terms_days,po_required,ibans,policy,timezone
K1,Kontor GmbH,Ada Kern,ada@kontor.example,en,DE,EUR,30,no,DE89370400440532013000,gentle,Europe/Berlin
C
cat >"$tmp/i.csv" <<'C'
id,number,customer,type,date,due,currency,amount,open,reference,po,discount_percent,discount_until
J1,K-1,K1,invoice,2026-11-01,2026-12-01,EUR,200.00,150.00,RF18539007547034,PO-1,2,2026-11-10
J2,K-2,K1,credit-note,2026-11-02,,EUR,20.00,20.00,,,,
J3,K-3,K1,deposit,2026-11-02,2026-11-30,EUR,10.00,10.00,,,,
C
cat >"$tmp/p.csv" <<'C'
id,channel,date,amount,currency,payer,payer_account,remittance,reference,end_to_end_id,bank_reference,account
Q1,statement,2026-11-20,150.00,EUR,Kontor GmbH,DE89370400440532013000,K-1,RF18539007547034,E2E-1,BR-1,main
Q2,notice,2026-11-20,-5.00,EUR,Somebody,,,,,,main
C
cat >"$tmp/h.jsonl" <<'C'
{"invoice":"K-0","customer":"K1","invoiced":"2026-01-01","paid":"2026-02-01","amount":"9.00","currency":"EUR","payer":"Kontor GmbH","payer_account":"DE89370400440532013000"}
C
for file in c.csv i.csv p.csv h.jsonl; do
	exits 0 "$file: every column is known (--strict)" "$mf" --home "$home" import --strict "$tmp/$file"
	exits 0 "$file: and once more changes nothing" "$mf" --home "$home" --json import "$tmp/$file"
done
is "$("$mf" --home "$home" --json invoice show K-2 | jq -r .type)" credit-note "a credit note"
is "$("$mf" --home "$home" --json customer show K1 | jq -r .terms_days)" 30 "terms_days"
echo 'id,name,shoe_size' >"$tmp/odd.csv"; echo 'K2,Kind Ltd,44' >>"$tmp/odd.csv"
exits 65 "an unknown column with --strict" "$mf" --home "$home" import --type customers --strict "$tmp/odd.csv"
exits 0 "only a warning without" "$mf" --home "$home" import --type customers -n "$tmp/odd.csv"
like "$(cat "$tmp/err")" 'shoe_size' "which names it"
printf 'number,customer,date,due,amount,currency\nL-1,K1,2026-11-01,2026-11-30,5.00,EUR\nL-2,K1,never,2026-11-30,5.00,EUR\n' >"$tmp/half.csv"
exits 65 "a bad row" "$mf" --home "$home" import "$tmp/half.csv"
like "$(cat "$tmp/err")" "half\.csv:3: " "FILE:LINE: reason"
exits 66 "nothing of the file is there" "$mf" --home "$home" invoice show L-1
exits 0 "--skip-bad" "$mf" --home "$home" import --skip-bad "$tmp/half.csv"
like "$(cat "$tmp/out" "$tmp/err")" '1 .*(skipped|bad|left out)' "and it says how many"

# --- decisions ------------------------------------------------------------------------------
printf 'id,date,amount,currency,payer,remittance,account\nR1,2026-11-21,77.00,CZK,Nobody Known,tickets,main\nR2,2026-11-21,100.00,CZK,,2026-007,main\n' >"$tmp/r.csv"
"$mf" --home "$home" --json reconcile -n "$tmp/r.csv" >"$tmp/decisions" 2>"$tmp/err"
"$mf" --home "$home" -q import --type payments "$tmp/r.csv" >/dev/null 2>&1
"$mf" --home "$home" --json reconcile -n >"$tmp/decisions"
fields decision "$tmp/decisions" payment decision probability allocations reasons candidates
is "$(jq -r '.decision' <"$tmp/decisions" | grep -vcE '^(auto|suggest|none|duplicate)$')" 0 "of the four words"
is "$(jq -r 'select(.payment == "R1") | .decision' <"$tmp/decisions")" none "the caller's id is printed back"
is "$(jq -s 'all(.[]; .probability >= 0 and .probability <= 1)' <"$tmp/decisions")" true "probabilities are numbers"
exits 65 "--accept where nothing is suggested" "$mf" --home "$home" reconcile --accept R1
finish
