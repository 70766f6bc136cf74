# Homes with letters that wait, for the tests of sending. After lib.sh.
. "$root/tests/fixture.sh"
home=$tmp/home
MAILFILTER_HOME=$home

at() { MAILFILTER_NOW=$1; export MAILFILTER_NOW; }

# A living feed: a genuine notice about somebody else's money, set aside.
alive() {
	bank_mail 9999999999 7.77 "$1" | sed \
	    -e "s/^Date: .*/Date: $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')/" \
	    -e "s/; Sat, [0-9]* Nov 2026 .*/; $(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')/" \
	    -e 's,^Protiúčet:.*,Protiúčet: 19-2000145399/0800,' |
	    "$mf" deliver
	"$mf" --json payment list |
	    jq -r 'select(.amount == "7.77") | .id' | while read -r id; do
		"$mf" -q payment set-aside "$id" >/dev/null 2>&1
	done
}
# waiting_home [CUSTOMERS]: so many customers with one overdue invoice each
# (C1: 2026-001 of 101.00 CZK …), and a reminder planned for every one.
waiting_home() {
	_n=${1:-3}
	rm -rf "$home"
	if [ -d "$tmp/waiting.$_n" ]; then
		at 2026-11-24T10:00:00Z
		cp -a "$tmp/waiting.$_n" "$home"
		return
	fi
	at 2026-11-10T09:00:00Z
	"$mf" -q init --authserv-id mx.clerk.example --mailbox bank@clerk.example
	cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
	chmod 600 "$home/mailfilter.conf"
	{
		echo id,name,contact,email,language,country,currency
		seq "$_n" | sed 's/.*/C&,Client & Ltd,Anna Client&,anna@client&.example,en,CZ,CZK/'
	} >"$tmp/customers.csv"
	{
		echo id,number,customer,date,due,currency,amount,reference
		seq "$_n" | while read -r i; do
			printf 'I%d,2026-%03d,C%d,2026-10-20,2026-11-19,CZK,%d.00,2026%03d\n' \
			    "$i" "$i" "$i" $((100 + i)) "$i"
		done
	} >"$tmp/invoices.csv"
	"$mf" -q import "$tmp/customers.csv" "$tmp/invoices.csv"
	at 2026-11-24T10:00:00Z
	alive 1
	"$mf" -q remind >/dev/null
	cp -a "$home" "$tmp/waiting.$_n"
}
# settings LINE...: the send section of the configuration
settings() {
	sed -i '/^send {/,/^}/d' "$home/mailfilter.conf"
	{ echo 'send {'; printf '\t%s\n' "$@"; echo '}'; } >>"$home/mailfilter.conf"
}
states() { "$mf" --json letter list | jq -r .state | sort | uniq -c |
    awk '{ printf "%s%d %s", s, $1, $2; s = ", " }'; }
state_of() { "$mf" --json letter show "$1" | jq -r .state; }
first_letter() { "$mf" --json letter list | jq -r .letter | head -n 1; }
questions() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE answered IS NULL OR answered = 0"; }
# wait_for COMMAND...: until it succeeds, ten seconds at most
wait_for() {
	_tries=0
	until "$@" 2>/dev/null; do
		_tries=$((_tries + 1))
		[ $_tries -lt 200 ] || return 1
		sleep 0.05
	done
}
