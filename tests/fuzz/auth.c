/* auth.c - Authentication-Results, DKIM-Signature, and From: whatever stands
 * in From, a mail is trusted only when it is one plain address of the bank. */
#include "fuzz.h"

#include "../../parser/auth.h"

#define TOP "Authentication-Results: mx.clerk.example; dkim=pass " \
	"header.d=bank.example header.s=s1\n" \
	"Received: from mail.bank.example by mx.clerk.example; " \
	"Sun, 22 Nov 2026 07:00:00 +0000\n" \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; s=s1; " \
	"d=bank.example; h=From:To:Subject:Date:MIME-Version:Content-Type:" \
	"Content-Transfer-Encoding; bh=Zm9v; b=QUJDREVG\n"
#define END "To: pay@clerk.example\nSubject: Payment received\n" \
	"Date: Sun, 22 Nov 2026 07:59:00 +0100\nMIME-Version: 1.0\n" \
	"Content-Type: text/plain; charset=utf-8\n"

static bool
aligned(const void *bank, const char *d)
{
	return strcmp(bank, d) == 0;
}

static bool
is_trusted(const char *raw, size_t length)
{
	static const char *const mailboxes[] = {"pay@clerk.example", NULL};
	struct header *header = header_parse(raw, length);
	char *signature = NULL;
	struct auth_question question = {.header = header,
	    .authserv_id = "mx.clerk.example", .mailboxes = mailboxes,
	    .now = 1795334400, .is_aligned = aligned, .bank = "bank.example"};
	GPtrArray *reasons = auth_check(&question, &signature);
	bool trusted = reasons->len == 0;

	g_ptr_array_unref(reasons);
	header_free(header);
	g_free(signature);
	return trusted;
}

/* Another look at what is one plain mailbox than the one under test. */
static bool
is_plain(const char *from)
{
	int ats = 0;
	bool quoted = false;

	for (; *from && *from != '\n'; from++) {
		if (quoted && *from == '\\' && from[1]) {
			from++;
			continue;
		}
		if (*from == '"')
			quoted = !quoted;
		if ((unsigned char)*from >= 0x7f ||
		    ((unsigned char)*from < ' ' && *from != '\t'))
			return false;
		if (!quoted && strchr(",;:()", *from))
			return false;
		ats += !quoted && *from == '@';
	}
	return ats == 1;
}

static void
try_from(const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(text), "\r\n", ' ');
	g_autofree char *raw =
	    g_strdup_printf(TOP "From: %s\n" END, line);

	if (is_trusted(raw, strlen(raw)))
		MUST(is_plain(line));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	GHashTable *tags = dkim_parse(text);
	struct authres *results = authres_parse(text);
	char day[11];
	int64_t seconds;
	const char *why;

	MUST(is_trusted(TOP "From: a@bank.example\n" END,
	    strlen(TOP "From: a@bank.example\n" END)));
	if (tags) {
		dkim_covers(tags, "from");
		g_hash_table_unref(tags);
	}
	authres_free(results);
	header_date(text, &seconds, day);
	g_free(header_strict_mailbox(text, &why));
	g_ptr_array_unref(header_addresses(text));
	g_ptr_array_unref(header_message_ids(text));
	is_trusted((const char *)data, size);
	try_from(text);
	return 0;
}
