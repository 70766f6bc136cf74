# A private Postfix on loopback for the tests: what all of them have alike.
# Each adds to both files what is its own, and starts it.

# private_postfix FOLDER: main.cf and master.cf in FOLDER/etc; mail goes
# nowhere until default_transport or a transport says where.
private_postfix() {
	mkdir -p "$1/etc" "$1/spool" "$1/data" && chown postfix "$1/data" || return
	cat >"$1/etc/main.cf" <<-C
	compatibility_level = 3.6
	queue_directory = $1/spool
	data_directory = $1/data
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	mail_owner = postfix
	setgid_group = postdrop
	maillog_file_prefixes = $1
	maillog_file = $1/maillog
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	mynetworks = 127.0.0.0/8
	myhostname = mx.clerk.example
	mydestination =
	alias_maps =
	notify_classes =
	C
	cat >"$1/etc/master.cf" <<-C
	cleanup   unix  n       -       n       -       0       cleanup
	qmgr      unix  n       -       n       300     1       qmgr
	tlsmgr    unix  -       -       n       1000?   1       tlsmgr
	proxymap  unix  -       -       n       -       -       proxymap
	rewrite   unix  -       -       n       -       -       trivial-rewrite
	bounce    unix  -       -       n       -       0       bounce
	defer     unix  -       -       n       -       0       bounce
	trace     unix  -       -       n       -       0       bounce
	discard   unix  -       -       n       -       -       discard
	error     unix  -       -       n       -       -       error
	retry     unix  -       -       n       -       -       error
	showq     unix  n       -       n       -       -       showq
	flush     unix  n       -       n       1000?   0       flush
	anvil     unix  -       -       n       -       1       anvil
	postlog   unix-dgram n  -       n       -       1       postlogd
	C
}
