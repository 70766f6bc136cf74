# Stories: days of mail, then what was sent, held and settled. Each story
# starts with three customers and their invoices, due on Thursday 19 November
# 2026: 2026-001 (499.00 CZK, Jana), 2026-002 (100.00, Marta), 2026-003
# (250.00, Jana), and a feed that has not spoken yet.
. "$root/tests/fixture.sh"
home=$tmp/home
MAILFILTER_HOME=$home
number=0

at() { MAILFILTER_NOW=$1; export MAILFILTER_NOW; }

story_begins() {
	at "${1:-2026-11-10T09:00:00Z}"
	"$mf" -q init --authserv-id mx.clerk.example --mailbox bank@clerk.example
	cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
	[ -z "${SETTLES:-}" ] || sed -i "s/settles = .*/settles = \"$SETTLES\"/" "$home/mailfilter.conf"
	chmod 600 "$home/mailfilter.conf"
	cat >"$tmp/customers.csv" <<-C
	id,name,contact,email,language,country,currency,ibans
	C1,Veselá Pekárna s.r.o.,Jana Veselá,jana@pekarna.example,en,CZ,CZK,1000000005/0800
	C2,Talleres Ruiz SL,Marta Ruiz,marta@ruiz.example,es,ES,CZK,4000000009/0800
	C3,ООО Ромашка,Анна Сергеевна Ильина,anna@romashka.example,ru,CZ,CZK,
	C
	cat >"$tmp/invoices.csv" <<-C
	id,number,customer,date,due,currency,amount,reference
	I1,2026-001,C1,2026-10-20,2026-11-19,CZK,499.00,2026001
	I2,2026-002,C2,2026-10-20,2026-11-19,CZK,100.00,2026002
	I3,2026-003,C1,2026-10-20,2026-11-19,CZK,250.00,2026003
	C
	"$mf" -q import "$tmp/customers.csv" "$tmp/invoices.csv"
	"$mf" -q send >/dev/null
	ok $? "the story begins"
}

# bank VS AMOUNT [sed script]: a genuine notice of today
bank() {
	number=$((number + 1))
	notice "$@" | "$mf" deliver
}
# notice VS AMOUNT [sed script]: its bytes; Marta pays from her own account
notice() {
	_from=1000000005
	[ "$1" != 2026002 ] || _from=4000000009
	bank_mail "$1" "$2" "$number" | sed \
	    -e "s/^Date: .*/Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')/" \
	    -e "s/; Sat, [0-9]* Nov 2026 .*/; $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')/" \
	    -e "s,Protiúčet: 1000000005,Protiúčet: $_from," -e "${3:-}"
}
# The bank speaks of something that concerns nobody: the feed is alive.
alive() { bank 9999999999 "${1:-1.00}" 's,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,; s,^Částka: .*,Částka: 7\,77,'; aside; }
aside() {
	for id in $("$mf" --json payment list | jq -r 'select(.amount=="7.77") | .payment // .id // .key'); do
		"$mf" -q payment set-aside "$id" >/dev/null 2>&1
	done
}
# The clerk's round.
round() { "$mf" -q remind >/dev/null && "$mf" -q send >/dev/null; }

# letters [KIND]: "kind state invoices" of all letters, in order
letters() {
	"$mf" --json letter list | jq -r --arg kind "${1:-}" \
	    'select($kind == "" or .kind == $kind) | "\(.kind) \(.state) \(.invoices | map(.number // .) | join(","))"'
}
sent() { letters "$1" | grep -c ' sent '; }
state() { "$mf" --json invoice show "$1" | jq -r .state; }
balance() { "$mf" --json invoice show "$1" | jq -r .open; }
held() { "$mf" --json remind -n | jq -r --arg n "$1" 'select(.invoice == $n or .number == $n) | .gate // empty'; }
# The text of the last letter that went out.
last_letter() {
	python3 - "$(ls -t "$home"/outbox/*.eml | head -n 1)" <<'P'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(m['Subject']); print(m.get_body(('plain',)).get_content())
P
}
