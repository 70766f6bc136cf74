# A home with a mailbox, and IMAP servers for it: a real Dovecot (as root) and
# servers/imap.py. After lib.sh.
. "$root/tests/fixture.sh"
home=$tmp/home
MAILFILTER_HOME=$home

# authority, key NAME SUBJECT, sign NAME HOST PURPOSE DAYS: certificates in $tmp
authority() {
	openssl ecparam -name prime256v1 -out "$tmp/ec" 2>/dev/null
	openssl req -x509 -newkey "ec:$tmp/ec" -nodes -keyout "$tmp/ca.key" \
	    -out "$tmp/ca.pem" -days 30 -subj /CN=test-ca \
	    -addext basicConstraints=critical,CA:TRUE 2>/dev/null
}
certificate() {		# certificate NAME HOST PURPOSE DAYS
	openssl req -new -newkey "ec:$tmp/ec" -nodes -keyout "$tmp/$1.key" \
	    -subj "/CN=$2" -out "$tmp/$1.csr" 2>/dev/null
	printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$2" "$3" >"$tmp/ext"
	openssl x509 -req -in "$tmp/$1.csr" -CA "$tmp/ca.pem" \
	    -CAkey "$tmp/ca.key" -CAcreateserial -out "$tmp/$1.pem" \
	    -days "$4" -extfile "$tmp/ext" 2>/dev/null
}
self_signed() {		# self_signed NAME HOST
	openssl req -x509 -newkey "ec:$tmp/ec" -nodes -keyout "$tmp/$1.key" \
	    -out "$tmp/$1.pem" -days 30 -subj "/CN=$2" \
	    -addext "subjectAltName=DNS:$2" 2>/dev/null
}

# mailbox LINE...: the section mailbox of the configuration
mailbox() {
	cp "$root/tests/fixture.conf" "$home/mailfilter.conf"
	{ echo 'mailbox "bank" {'; printf '\t%s\n' "$@"; echo '}'; } \
	    >>"$home/mailfilter.conf"
	chmod 600 "$home/mailfilter.conf"
}

# Dovecot under $tmp/dc. dovecot CERT [LINE...]: starts it with a certificate;
# its ports are $imap (STARTTLS) and $imaps, its user anna / "correct horse".
box=$tmp/dc/mail/anna
imap=$((20000 + $$ % 19000)) imaps=$((39001 + $$ % 19000))
dovecot_start() {
	cert=$1; shift
	mkdir -p "$tmp/dc" "$box"
	{
		cat <<-C
		base_dir = $tmp/dc/run
		state_dir = $tmp/dc/state
		log_path = $tmp/dc/log
		protocols = imap
		listen = 127.0.0.1
		ssl = required
		ssl_cert = <$tmp/$cert.pem
		ssl_key = <$tmp/$cert.key
		mail_location = maildir:$box
		first_valid_uid = 1
		default_login_user = nobody
		default_internal_user = nobody
		default_internal_group = nogroup
		auth_mechanisms = plain login
		passdb {
		  driver = passwd-file
		  args = $tmp/dc/users
		}
		userdb {
		  driver = static
		  args = uid=65534 gid=65534 home=$box
		}
		service imap-login {
		  chroot =
		  inet_listener imap {
		    port = $imap
		  }
		  inet_listener imaps {
		    port = $imaps
		    ssl = yes
		  }
		}
		service anvil {
		  chroot =
		}
		service stats {
		  chroot =
		}
		C
		[ $# = 0 ] || printf '%s\n' "$@"
	} >"$tmp/dc/conf"
	echo 'anna:{PLAIN}correct horse' >"$tmp/dc/users"
	chown -R nobody:nogroup "$tmp/dc/mail"
	dovecot -c "$tmp/dc/conf" >"$tmp/dc/start" 2>&1
}
dovecot_stop() { [ ! -e "$tmp/dc/run/master.pid" ] || kill "$(cat "$tmp/dc/run/master.pid")"; }
# Another certificate from now on.
dovecot_cert() {
	sed -i "s,^\(ssl_[a-z]* = <$tmp/\).*\.,\1$1.," "$tmp/dc/conf"
	doveadm -c "$tmp/dc/conf" reload
}
# put FOLDER <MAIL: delivers into the server's Maildir (INBOX: "")
put() {
	put_count=$(($(cat "$tmp/put" 2>/dev/null || echo 0) + 1))
	echo $put_count >"$tmp/put"
	_box=$box${1:+/.$1}
	mkdir -p "$_box/tmp" "$_box/new" "$_box/cur"
	cat >"$_box/tmp/$put_count"
	chown -R nobody:nogroup "$box"
	mv "$_box/tmp/$put_count" "$_box/new/$(printf '%010d' $put_count).M$put_count.test"
}
# What the server has: names with their flags, without Dovecot's own files
kept() { (cd "$box" && find . -path '*/cur/*' -o -path '*/new/*' | sed 's,/new/,/,; s,/cur/,/,; s/:2,$//' | sort); }
# of JQ-EXPRESSION: out of the JSON of the last fetch in $tmp/out
of() { jq -r "$1" "$tmp/out" | paste -sd' '; }
questions() { sqlite3 "$home/store.db" "SELECT count(*) FROM question WHERE answered IS NULL OR answered = 0"; }
