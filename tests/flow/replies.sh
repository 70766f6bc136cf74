# Answers of customers in stories; after story.sh.
# answers FROM [In-Reply-To] TEXT...: mail of today to us, of FROM. AUTH: what
# our server saw of the sender; HEADER: one more line.
answers() {
	number=$((number + 1)) _from=$1 _to=$2; shift 2
	_date=$(date -u -d "$MAILFILTER_NOW" '+%a, %d %b %Y %H:%M:%S +0000')
	{
		printf 'Received: from mail.there.example (mail.there.example [192.0.2.99])\n'
		printf ' by mx.clerk.example (Postfix) with ESMTPS id 7Rp%s\n' "$number"
		printf ' for <eva@clerk.example>; %s\n' "$_date"
		[ -z "${AUTH:-}" ] || printf 'Authentication-Results: mx.clerk.example; %s\n' "$AUTH"
		printf 'From: <%s>\nTo: %s\nSubject: Re: your letter\n' "$_from" "${SENT_TO:-eva@clerk.example}"
		printf 'Date: %s\nMessage-ID: <reply-%s@there.example>\n' "$_date" "$number"
		[ -z "$_to" ] || printf 'In-Reply-To: %s\n' "$_to"
		[ -z "${HEADER:-}" ] || printf '%s\n' "$HEADER"
		printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$*"
	} >"$tmp/answer.eml"
	"$mf" deliver <"$tmp/answer.eml"
}
# The Message-ID of the last letter of a kind about an invoice.
id_of() {
	"$mf" --json letter list | jq -r --arg kind "$1" \
	    'select(.kind == $kind and (.invoices | map(.number // .) | index("'"$2"'"))) | .message_id' |
	    tail -n 1
}
holds() { "$mf" --json hold list | jq -r '"\(.kind) \(.invoice // "all") \(.origin) \(.until[0:10])"' | sort; }
open_questions() { sqlite3 "$home/store.db" "SELECT code FROM question WHERE answered = 0 ORDER BY id"; }
