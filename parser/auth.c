/*
 * auth.c - the ladder of trust for a mail that says it comes from a bank.
 * Each rung gives its reason; nothing found that can be trusted is a reason
 * too (fail closed).
 */
#include "auth.h"
#include "limits.h"

#include <string.h>

#define DAY ((int64_t)86400)
#define OLDEST (7 * DAY)
#define SKEW DAY		/* how far a clock may run ahead */

struct check {
	const struct auth_question *q;
	GPtrArray *reasons;
	char *signature;
};

static void
refuse(struct check *check, const char *reason)
{
	if (!g_ptr_array_find_with_equal_func(check->reasons, reason,
	    g_str_equal, NULL))
		g_ptr_array_add(check->reasons, g_strdup(reason));
}

/* ---- the raw header ---------------------------------------------------------- */

static void
check_single_fields(struct check *check)
{
	static const struct {
		const char *name, *twice, *missing;
	} fields[] = {
		{"from", "two From fields", "no From field"},
		{"date", "two Date fields", "no Date field"},
		{"to", "two To fields", NULL},
		{"subject", "two Subject fields", NULL},
		{"content-type", "two Content-Type fields", NULL},
		{"content-transfer-encoding",
		    "two Content-Transfer-Encoding fields", NULL},
		{"mime-version", "two MIME-Version fields", NULL},
		{"message-id", "two Message-ID fields", NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		unsigned count = header_count(check->q->header, fields[i].name);

		if (count > 1)
			refuse(check, fields[i].twice);
		if (count == 0 && fields[i].missing)
			refuse(check, fields[i].missing);
	}
	if (check->q->header->odd)
		refuse(check, "the header is not well-formed");
}

static void
check_from(struct check *check)
{
	const char *value = header_get(check->q->header, "from"), *why;
	g_autofree char *address =
	    value ? header_strict_mailbox(value, &why) : NULL;

	if (value && !address)
		refuse(check, why);
}

static void
check_age(struct check *check)
{
	const char *value = header_get(check->q->header, "date");
	int64_t date;
	char day[11];

	if (!value)
		return;
	if (!header_date(value, &date, day))
		refuse(check, "the Date field is not valid");
	else if (date < check->q->now - OLDEST)
		refuse(check, "older than 7 days");
	else if (date > check->q->now + SKEW)
		refuse(check, "dated in the future");
}

static bool
names_us(const struct auth_question *q, const char *field)
{
	const char *value;

	for (unsigned n = 0; (value = header_nth(q->header, field, n)); n++) {
		g_autoptr(GPtrArray) found = header_recipients(value);

		for (guint i = 0; i < found->len; i++)
			for (const char *const *m = q->mailboxes; *m; m++)
				if (g_ascii_strcasecmp(*m, found->pdata[i]) == 0)
					return true;
	}
	return false;
}

/* Was it written to us? Only fields that the bank signed tell: the notice of
 * another customer can be sent on to us, with our address in all others. */
static bool
is_to_us(const struct auth_question *q, GHashTable *tags)
{
	if (!q->mailboxes || !q->mailboxes[0])
		return true;
	return (dkim_covers(tags, "to") && names_us(q, "to")) ||
	    (dkim_covers(tags, "cc") && names_us(q, "cc"));
}

/* ---- the signature ----------------------------------------------------------- */

static bool
is_number(const char *text, int64_t *out)
{
	char *end;

	if (!g_ascii_isdigit(*text) || strlen(text) > 12)
		return false;
	*out = g_ascii_strtoll(text, &end, 10);
	return *end == '\0';
}

static const char *
bad_times(const struct auth_question *q, GHashTable *tags)
{
	const char *t = g_hash_table_lookup(tags, "t");
	const char *x = g_hash_table_lookup(tags, "x");
	int64_t signed_at = 0, expires = 0;

	if ((t && !is_number(t, &signed_at)) || (x && !is_number(x, &expires)))
		return "the signature's times are not valid";
	if (t && signed_at < q->now - OLDEST)
		return "signed more than 7 days ago";
	if (t && signed_at > q->now + SKEW)
		return "signed in the future";
	if (x && (expires <= q->now || (t && expires <= signed_at)))
		return "the signature has expired";
	return NULL;
}

static bool
is_identity(const char *encoding)
{
	return g_ascii_strcasecmp(encoding, "7bit") == 0 ||
	    g_ascii_strcasecmp(encoding, "8bit") == 0 ||
	    g_ascii_strcasecmp(encoding, "binary") == 0;
}

/* What must be signed so that what is shown is what the bank wrote. */
static const char *
bad_coverage(const struct auth_question *q, GHashTable *tags)
{
	const char *encoding =
	    header_get(q->header, "content-transfer-encoding");

	if (!dkim_covers(tags, "from"))
		return "From is not signed";
	if (!dkim_covers(tags, "date"))
		return "Date is not signed";
	if (!dkim_covers(tags, "subject"))
		return "Subject is not signed";
	if (header_get(q->header, "to") && !dkim_covers(tags, "to"))
		return "To is not signed";
	if (!q->excuse_content_type &&
	    header_get(q->header, "content-type") &&
	    !dkim_covers(tags, "content-type"))
		return "Content-Type is not signed";
	if (encoding && !is_identity(encoding) &&
	    !dkim_covers(tags, "content-transfer-encoding"))
		return "Content-Transfer-Encoding is not signed";
	return is_to_us(q, tags) ? NULL : "not addressed to a mailbox of ours";
}

static const char *
bad_signature(const struct auth_question *q, GHashTable *tags)
{
	const char *v = g_hash_table_lookup(tags, "v");
	const char *a = g_hash_table_lookup(tags, "a");
	const char *b = g_hash_table_lookup(tags, "b");
	const char *why;

	if (!v || strcmp(v, "1") != 0 || !b || !*b)
		return "the DKIM signature is not well-formed";
	if (!a || (g_ascii_strcasecmp(a, "rsa-sha256") != 0 &&
	    g_ascii_strcasecmp(a, "ed25519-sha256") != 0))
		return "the DKIM signature's algorithm is weak";
	if (g_hash_table_contains(tags, "l"))
		return "the DKIM signature covers only a part (l=)";
	why = bad_coverage(q, tags);
	return why ? why : bad_times(q, tags);
}

/* Could the result be about this signature? header.s and header.b, when they
 * are given, say which of two signatures of one domain it was. */
static bool
is_about(const struct authres_result *result, GHashTable *tags)
{
	const char *d = g_hash_table_lookup(tags, "d");
	const char *s = g_hash_table_lookup(tags, "s");
	const char *b = g_hash_table_lookup(tags, "b");
	const char *header_d = authres_property(result, "header", "d");
	const char *header_s = authres_property(result, "header", "s");
	const char *header_b = authres_property(result, "header", "b");

	if (!d || !header_d || g_ascii_strcasecmp(d, header_d) != 0)
		return false;
	if (header_s && (!s || g_ascii_strcasecmp(s, header_s) != 0))
		return false;
	return !header_b || (b && g_str_has_prefix(b, header_b));
}

/* All signatures that a passing result may be about must be good: which one
 * it was is not ours to guess. */
static void
check_signatures(struct check *check, const struct authres_result *result)
{
	const char *value;
	bool found = false;

	for (unsigned n = 0; (value = header_nth(check->q->header,
	    "dkim-signature", n)); n++) {
		g_autoptr(GHashTable) tags = dkim_parse(value);
		const char *why;

		if (!tags) {
			refuse(check, "the DKIM signature is not well-formed");
			continue;
		}
		if (!is_about(result, tags))
			continue;
		found = true;
		why = bad_signature(check->q, tags);
		if (why)
			refuse(check, why);
		else if (!check->signature)
			check->signature =
			    g_strdup(g_hash_table_lookup(tags, "b"));
	}
	if (!found)
		refuse(check, "no DKIM signature of the domain that passed");
}

/* ---- our own look at the signatures ------------------------------------------- */

/* Where the key of a signature is (RFC 6376, 3.6.2.1); NULL when its selector
 * is none. The domain is one of the bank's. */
static char *
key_name(GHashTable *tags)
{
	const char *selector = g_hash_table_lookup(tags, "s");
	const char *domain = g_hash_table_lookup(tags, "d");
	g_autofree char *name = NULL;

	if (!selector || !*selector || strspn(selector,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    ".-_") != strlen(selector))
		return NULL;
	name = g_strdup_printf("%s._domainkey.%s", selector, domain);
	return g_ascii_strdown(name, -1);
}

/* Is the n-th signature, of the bank, good? NULL, or why not. */
static char *
verify_signature(struct check *check, unsigned n, GHashTable *tags)
{
	g_autofree char *name = key_name(tags), *why = NULL;
	const char *bad = bad_signature(check->q, tags);

	if (bad)
		return g_strdup(bad);
	if (!name)
		return g_strdup("the DKIM signature is not well-formed");
	why = check->q->verify(check->q->verifier, n, name);
	return why ? g_strdup_printf("DKIM: %s", why) : NULL;
}

/* Is one of the bank's signatures good? Here it is known which one, so that
 * others beside it do no harm. */
static bool
verify_any(struct check *check)
{
	const struct auth_question *q = check->q;
	const char *value;
	int tried = 0;

	for (unsigned n = 0; tried < LIMIT_SIGNATURES &&
	    (value = header_nth(q->header, "dkim-signature", n)); n++) {
		g_autoptr(GHashTable) tags = dkim_parse(value);
		const char *d = tags ? g_hash_table_lookup(tags, "d") : NULL;
		g_autofree char *why = NULL;

		if (!d || !q->is_aligned(q->bank, d))
			continue;
		tried++;
		why = verify_signature(check, n, tags);
		if (!why) {
			check->signature =
			    g_strdup(g_hash_table_lookup(tags, "b"));
			return true;
		}
		refuse(check, why);
	}
	if (tried == 0)
		refuse(check, "no DKIM signature of the bank's domain");
	return false;
}

/* ---- the results -------------------------------------------------------------- */

/* Does a Received field say that HOST received it ("by HOST")? */
static bool
is_received_by(const char *value, const char *host)
{
	g_auto(GStrv) words = g_strsplit_set(value, " \t;", -1);

	for (char **word = words; *word; word++) {
		char **next = word + 1;

		if (g_ascii_strcasecmp(*word, "by") != 0)
			continue;
		while (*next && !**next)
			next++;
		return *next && g_ascii_strcasecmp(*next, host) == 0;
	}
	return false;
}

/* Where the results may stand: the index of the first field below our
 * boundary's Received that another host wrote (the next Received). When no
 * Received names us and the owner has not said who does, only the first one
 * can be our own. */
static bool
find_boundary(const struct auth_question *q, guint *end)
{
	const char *host = q->boundary ? q->boundary : q->authserv_id;
	bool ours = false;
	unsigned received = 0;

	*end = q->header->fields->len;
	for (guint i = 0; i < q->header->fields->len; i++) {
		const struct header_field *field = q->header->fields->pdata[i];

		if (strcmp(field->name, "received") != 0)
			continue;
		if (ours) {
			*end = i;
			return true;
		}
		ours = is_received_by(field->value, host);
		if (++received == 2 && !ours)
			*end = i;
	}
	if (ours)
		*end = q->header->fields->len;
	return ours || !q->boundary;
}

struct authres *
auth_results(const struct auth_question *q, const char **why)
{
	struct authres *ours = NULL;
	guint end, count = 0, place = 0;

	*why = "no authserv-id is configured";
	if (!q->authserv_id || !*q->authserv_id)
		return NULL;
	*why = "no Received field of our boundary host";
	if (!find_boundary(q, &end))
		return NULL;
	for (guint i = 0; i < q->header->fields->len; i++) {
		const struct header_field *field = q->header->fields->pdata[i];
		struct authres *authres;

		if (strcmp(field->name, "authentication-results") != 0)
			continue;
		authres = authres_parse(field->value);
		if (!authres ||
		    g_ascii_strcasecmp(authres->id, q->authserv_id) != 0) {
			authres_free(authres);
			continue;
		}
		authres_free(ours);
		ours = authres;
		place = i;
		count++;
	}
	if (count == 1 && place < end && ours->version == 1)
		return ours;
	*why = count == 0 ? "no results of our own mail server" :
	    count > 1 ? "more than one field of our own mail server" :
	    place >= end ? "the results stand below our boundary" :
	    "the results are of an unknown version";
	authres_free(ours);
	return NULL;
}

/* The passing result of a signature of the bank, or NULL. */
static const struct authres_result *
find_pass(const struct check *check, const struct authres *authres)
{
	for (guint i = 0; i < authres->results->len; i++) {
		const struct authres_result *result = authres->results->pdata[i];
		const char *d = authres_property(result, "header", "d");

		if (strcmp(result->method, "dkim") == 0 &&
		    result->version == 1 &&
		    strcmp(result->result, "pass") == 0 && d &&
		    check->q->is_aligned(check->q->bank, d))
			return result;
	}
	return NULL;
}

static void
check_results(struct check *check)
{
	const struct authres_result *pass;
	const char *why;
	struct authres *authres = auth_results(check->q, &why);

	if (!authres) {
		if (!check->q->verify || !verify_any(check))
			refuse(check, why);
		return;
	}
	pass = find_pass(check, authres);
	if (pass)
		check_signatures(check, pass);
	else
		refuse(check, "no DKIM pass of the bank's domain");
	authres_free(authres);
}

GPtrArray *
auth_check(const struct auth_question *question, char **signature)
{
	struct check check = {question,
	    g_ptr_array_new_with_free_func(g_free), NULL};

	check_single_fields(&check);
	check_from(&check);
	check_age(&check);
	check_results(&check);
	if (check.reasons->len)
		g_clear_pointer(&check.signature, g_free);
	*signature = check.signature;
	return check.reasons;
}
