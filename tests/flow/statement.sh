# statement OPENING AMOUNT VS [DAY]: a camt.053 (version 02) of our account
statement() {
	cat <<-X
	<?xml version="1.0" encoding="UTF-8"?>
	<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
	<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-13T06:00:00</CreDtTm></GrpHdr>
	<Stmt><Id>S-${4:-12}</Id><CreDtTm>2026-11-13T06:00:00</CreDtTm>
	<Acct><Id><Othr><Id>2900123451/2010</Id></Othr></Id><Ccy>CZK</Ccy></Acct>
	<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CZK">$1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-${4:-12}</Dt></Dt></Bal>
	<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CZK">$(echo "$1 $2" | awk '{ printf "%.2f", $1 + $2 }')</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-${4:-12}</Dt></Dt></Bal>
	<Ntry><Amt Ccy="CZK">$2</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-${4:-12}</Dt></BookgDt><ValDt><Dt>2026-11-${4:-12}</Dt></ValDt>
	<AcctSvcrRef>B-$3-${4:-12}</AcctSvcrRef>
	<NtryDtls><TxDtls><Refs><EndToEndId>/VS$3/SS/KS</EndToEndId></Refs>
	<RltdPties><Dbtr><Nm>Vesela Pekarna</Nm></Dbtr><DbtrAcct><Id><Othr><Id>1000000005/0800</Id></Othr></Id></DbtrAcct></RltdPties>
	<RmtInf><Ustrd>VS$3</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
	</Stmt></BkToCstmrStmt></Document>
	X
}
# attached FILE NAME TYPE [sed script]: a mail of the bank that brings a file
attached() {
	number=$((number + 1))
	bank_mail 1 1.00 "$number" 13 | sed '/^$/,$d' | sed \
	    -e '/^Content-/d' -e 's/=  *text.*//' \
	    -e "s/^Date: .*/Date: Fri, 13 Nov 2026 09:00:00 +0000/" \
	    -e "s/; Sat, 13 Nov 2026.*/; Fri, 13 Nov 2026 09:00:05 +0000/" -e "${4:-}"
	cat <<-M
	Content-Type: multipart/mixed; boundary="b0"
	Content-Transfer-Encoding: 7bit

	--b0
	Content-Type: text/plain; charset=utf-8

	Your statement is attached.

	--b0
	Content-Type: $3; name="$2"
	Content-Disposition: attachment; filename="$2"
	Content-Transfer-Encoding: base64

	M
	base64 "$1"
	printf -- '--b0--\n'
}
