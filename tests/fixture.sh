# Homes and mails for the tests, the benchmarks and the proofs. All invented.
# Needs $mf (the program); payments and invoice_open look at $home.

# make_home DIR: an owner with an account at Fio, twelve open invoices of
# 100.00 CZK (2026-002 ... 2026-013) and one of 499.00 (2026-001).
make_home() {
	"$mf" --home "$1" -q init --authserv-id mx.clerk.example \
	    --mailbox bank@clerk.example || return
	cp "$root/tests/fixture.conf" "$1/mailfilter.conf"
	chmod 600 "$1/mailfilter.conf"
	cat >"$1/customers.csv" <<-C
	id,name,contact,email,language,country,currency
	C1,Veselá Pekárna s.r.o.,Jana Veselá,jana@pekarna.example,en,CZ,CZK
	C2,Talleres Ruiz SL,Marta Ruiz,marta@ruiz.example,es,ES,CZK
	C3,ООО Ромашка,Анна Сергеевна Ильина,anna@romashka.example,ru,CZ,CZK
	C
	{
		echo id,number,customer,date,due,currency,amount,reference
		echo I1,2026-001,C1,2026-10-20,2026-11-19,CZK,499.00,2026001
		i=2
		while [ $i -le 40 ]; do
			n=$(printf %03d $i)
			echo "I$i,2026-$n,C$((i % 3 + 1)),2026-10-20,2026-11-19,CZK,100.00,2026$n"
			i=$((i + 1))
		done
	} >"$1/invoices.csv"
	"$mf" --home "$1" -q import "$1/customers.csv" "$1/invoices.csv"
}

# bank_mail VS AMOUNT N [DAY]: an authenticated notice of money that came in
bank_mail() {
	_day=${4:-21}
	cat <<-M
	Return-Path: <automat@fio.cz>
	Received: from mail.fio.cz (mail.fio.cz [192.0.2.7])
	 by mx.clerk.example (Postfix) with ESMTPS id 4Xy$3
	 for <bank@clerk.example>; Sat, $_day Nov 2026 10:00:05 +0000 (UTC)
	Authentication-Results: mx.clerk.example;
	 dkim=pass header.d=fio.cz header.s=s1 header.b=abc$3;
	 spf=pass smtp.mailfrom=automat@fio.cz
	DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=fio.cz; s=s1;
	 h=from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding;
	 bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;
	 b=abc$3
	From: Fio banka <automat@fio.cz>
	To: bank@clerk.example
	Subject: Fio banka - prijem na konte
	Date: Sat, $_day Nov 2026 10:00:00 +0000
	Message-ID: <notice-$3@fio.cz>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8
	Content-Transfer-Encoding: 8bit

	Příjem na kontě: 2900123451
	Částka: ${2%.*},${2#*.}
	VS: $1
	Zpráva příjemci:
	Aktuální zůstatek: 168 459,32
	Protiúčet: 1000000005/0800
	SS:
	KS:
	M
}

other_mail() {
	cat <<-M
	Received: from mail.friend.example (mail.friend.example [192.0.2.9])
	 by mx.clerk.example (Postfix) with ESMTPS id 5Ab$1
	 for <bank@clerk.example>; Sat, 21 Nov 2026 10:00:05 +0000 (UTC)
	From: A Friend <friend@friend.example>
	To: bank@clerk.example
	Subject: Lunch on Tuesday?
	Date: Sat, 21 Nov 2026 10:00:00 +0000
	Message-ID: <lunch-$1@friend.example>
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	Shall we meet at noon?
	M
}

# padding BYTES of lines that say nothing
padding() {
	yes 'This line is here to give the message the size of a usual notice.' |
	    head -c "$1"
	echo
}

# big_mail MEGABYTES: an attachment of that size in base64
big_mail() {
	cat <<-M
	From: A Friend <friend@friend.example>
	To: bank@clerk.example
	Subject: The film
	Date: Sat, 21 Nov 2026 10:00:00 +0000
	Message-ID: <film@friend.example>
	MIME-Version: 1.0
	Content-Type: multipart/mixed; boundary=frontier

	--frontier
	Content-Type: text/plain; charset=utf-8

	Here it is.
	--frontier
	Content-Type: application/octet-stream; name=film.bin
	Content-Disposition: attachment; filename=film.bin
	Content-Transfer-Encoding: base64

	M
	head -c "${1}000000" /dev/zero | tr '\0' 'f' | base64
	printf '\n--frontier--\n'
}

# invoices N: JSON Lines for the benchmarks
invoices() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++)
		printf "{\"id\":\"B%d\",\"number\":\"3%06d\",\"customer\":\"C%d\",\"date\":\"2026-10-20\",\"due\":\"2026-11-19\",\"currency\":\"CZK\",\"amount\":\"%d.00\"}\n", i, i, i % 3 + 1, 100 + i % 5000 }'
}

payments() { "$mf" --home "$home" --json payment list | wc -l; }
invoice_open() {
	"$mf" --home "$home" --json invoice show "$1" |
	    sed -n 's/.*"open": *"\([^"]*\)".*/\1/p'
}
