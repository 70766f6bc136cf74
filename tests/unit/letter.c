/*
 * Whole letters: what is refused, what falls back, what a message looks like
 * on the wire, and that hostile text in any value or header either ends the
 * letter or changes nothing but that text (R38).
 */
#include "../../templates/letter.h"
#include "../../templates/templates.h"

#include <glib/gstdio.h>
#include <string.h>

static json_t *sample;		/* templates/sample.json */

static json_t *
sample_letter(const char *kind, const char *tone, const char *language)
{
	json_t *letter = json_deep_copy(
	    json_object_get(json_object_get(sample, "letters"), kind));

	json_object_set_new(letter, "tone", json_string(tone));
	json_object_set_new(letter, "language", json_string(language));
	json_object_set_new(letter, "dirs", json_pack("[s]", "templates"));
	return letter;
}

/* Sets "values.invoices.0.due"; text NULL takes it away. */
static void
set_at(json_t *letter, const char *path, const char *text)
{
	g_auto(GStrv) keys = g_strsplit(path, "/", -1);
	guint last = g_strv_length(keys) - 1;
	json_t *at = letter;

	for (guint i = 0; i < last; i++)
		at = json_is_array(at) ?
		    json_array_get(at, (size_t)g_ascii_strtoll(keys[i], NULL,
		        10)) : json_object_get(at, keys[i]);
	g_assert_nonnull(at);
	if (text)
		json_object_set_new(at, keys[last], json_string_nocheck(text));
	else
		json_object_del(at, keys[last]);
}

/* ---- what is refused ------------------------------------------------------------- */

struct refusal {
	const char *kind, *path, *text, *why;
};

static const struct refusal refusals[] = {
    {"invoice", "kind", "novel", "no such letter"},
    {"reminder", "tone", "rude", "no such letter"},
    {"invoice", "dirs", NULL, "dirs"},
    {"invoice", "headers/From", NULL, "headers.From: missing"},
    {"invoice", "headers/To", NULL, "headers.To: missing"},
    {"invoice", "headers/Date", NULL, "headers.Date: missing"},
    {"invoice", "headers/Message-ID", NULL, "headers.Message-ID: missing"},
    {"invoice", "headers/To", "", "empty"},
    {"invoice", "headers/To", "anna", "no address"},
    {"invoice", "headers/To", "a@b.example, c", "no address"},
    {"invoice", "headers/To", "Anna <a@b.example> x", "no mailbox"},
    {"invoice", "headers/To", "A <a@b.example>, B <c@d.example>", "no name"},
    {"invoice", "headers/To", "A <a@b.example\r\nBcc: c@d.example>",
        "control character"},
    {"invoice", "headers/From", "a@b.example, c@d.example", "no address"},
    {"invoice", "headers/From", "\u202e <a@b.example>", "direction"},
    {"invoice", "headers/Date", "tomorrow", "ISO 8601"},
    {"invoice", "headers/Date", "2026-11-02T09:00:00", "ISO 8601"},
    {"invoice", "headers/Message-ID", "x", "no Message-ID"},
    {"invoice", "headers/Message-ID", "<a@b> <c@d>", "no Message-ID"},
    {"reminder", "headers/References", "<a@b> c", "no Message-ID"},
    {"reminder", "headers/List-Unsubscribe", "mailto:a@b.example", "<URL>"},
    {"reminder", "headers/List-Unsubscribe", "<javascript:1>", "<URL>"},
    {"reminder", "headers/List-Unsubscribe", "<https://a b>", "<URL>"},
    {"reminder", "headers/List-Unsubscribe-Post", "yes", "RFC 8058"},
    {"invoice", "headers/Bcc", "a@b.example", "do not have"},
    {"invoice", "headers/Subject", "mine", "do not have"},
    {"invoice", "headers/X\r\nBcc: a@b.example", "1", "do not have"},
    {"invoice", "values", "x", "no JSON object"},
    {"invoice", "values/owner/name", NULL, "values.owner.name: missing"},
    {"invoice", "values/customer/name", " ", "values.customer.name: missing"},
    {"invoice", "values/invoices", NULL, "values.invoices.number: missing"},
    {"reminder", "values/invoices/1/due", NULL, "values.invoices.due"},
    {"reminder", "values/total_balance", NULL, "values.total_balance: missing"},
    {"receipt", "values/payment", NULL, "values.payment.amount: missing"},
    {"crossed", "values/regards/day", NULL, "values.regards.day: missing"},
    {"invoice", "values/invoices/0/due", "soon", "values.invoices.due: this"},
    {"invoice", "values/invoices/0/due", "2026-02-30", "no day"},
    {"reminder", "values/as_of", "2026-11-20", "no time"},
    {"invoice", "values/lines/0/quantity", "1,5", "no decimal"},
    {"invoice", "values/amount/amount", "1e9", "no amount"},
    {"invoice", "values/amount/currency", "eur", "no amount"},
    {"invoice", "values/customer/name", "A\r\nBcc: x", "control character"},
    {"invoice", "values/customer/address", "A\tB", "control character"},
    {"invoice", "values/invoices/0/po", "\u202e21", "direction"},
};

static void
test_refusal(const void *data)
{
	const struct refusal *row = data;
	json_t *letter = sample_letter(row->kind, "firm", "en");
	g_autofree char *warning = NULL, *why = NULL;
	g_autoptr(GBytes) message = NULL;

	set_at(letter, row->path, row->text);
	message = letter_render(letter, &warning, &why);
	g_assert_null(message);
	g_assert_nonnull(why);
	if (!strstr(why, row->why))
		g_assert_cmpstr(why, ==, row->why);
	json_decref(letter);
}

/* ---- the wire -------------------------------------------------------------------- */

static const struct {
	const char *kind, *tone;
} kinds[] = {{"invoice", ""}, {"reminder", "friendly"},
    {"reminder", "understanding"}, {"reminder", "firm"}, {"receipt", ""},
    {"crossed", ""}, {"copy", ""}, {"statement", ""}, {"inquiry", ""},
    {"offer", ""}, {"agreement", ""}, {"instalment", "firm"}};

#define KINDS G_N_ELEMENTS(kinds)

static const char *const languages[] = {"en", "es", "ru", "de",
    "fr", "nl", "pt", "it"};

/* The text of a message; fails on a bare CR or LF, a line over 998 octets, an
 * octet that is not ASCII. */
static char *
wire(GBytes *message)
{
	gsize size;
	const char *data = g_bytes_get_data(message, &size);
	gsize column = 0;

	for (gsize i = 0; i < size; i++) {
		g_assert_cmpint(data[i], >, 0);
		if (data[i] == '\n')
			g_assert_true(i && data[i - 1] == '\r');
		if (data[i] == '\r')
			g_assert_true(i + 1 < size && data[i + 1] == '\n');
		column = data[i] == '\n' ? 0 : column + 1;
		g_assert_cmpuint(column, <=, 999);
	}
	return g_strndup(data, size);
}

/* Names of the header fields in their order, "From To …". */
static char *
field_names(const char *text)
{
	g_autofree char *head = g_strndup(
	    text, (gsize)(strstr(text, "\r\n\r\n") - text));
	g_auto(GStrv) lines = g_strsplit(head, "\r\n", -1);
	GString *names = g_string_new(NULL);

	for (char **line = lines; *line; line++) {
		if (strstr(*line, "=?UTF-8?"))
			g_assert_cmpuint(strlen(*line), <=, 76);
		if (**line == ' ' || **line == '\t')
			continue;
		g_assert_nonnull(strchr(*line, ':'));
		g_string_append_len(
		    names, *line, strchr(*line, ':') - *line);
		g_string_append_c(names, ' ');
	}
	return g_string_free(names, FALSE);
}

static void
assert_fields(const char *text, const json_t *letter)
{
	static const char *const order[] = {"Date", "From", "Reply-To",
	    "Subject", "To", "Cc", "Message-ID", "In-Reply-To", "References",
	    "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
	    "MIME-Version", "Content-Type"};
	g_autofree char *names = field_names(text);
	guint count = 0, wanted = 0;

	for (const char *at = names; *at; at++)
		count += *at == ' ';
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		bool given = json_object_get(
		    json_object_get(letter, "headers"), order[i]) != NULL;
		bool ours = strstr("Subject Auto-Submitted MIME-Version "
				   "Content-Type", order[i]) != NULL;
		g_autofree char *name = g_strdup_printf("%s ", order[i]);
		g_autofree char *inner = g_strdup_printf(" %s ", order[i]);
		bool there = g_str_has_prefix(names, name) ||
		    strstr(names, inner);

		if (there != (given || ours))
			g_test_message("%s in \"%s\"", order[i], names);
		g_assert_true(there == (given || ours));
		wanted += given || ours;
	}
	g_assert_cmpuint(count, ==, wanted);
}

static void
test_wire(const void *data)
{
	size_t which = GPOINTER_TO_SIZE(data);
	json_t *letter = sample_letter(kinds[which % KINDS].kind,
	    kinds[which % KINDS].tone, languages[which / KINDS]);
	g_autofree char *warning = NULL, *why = NULL, *text = NULL;
	g_autofree char *warning2 = NULL;
	g_autoptr(GBytes) message = letter_render(letter, &warning, &why);
	g_autoptr(GBytes) again = letter_render(letter, &warning2, &why);

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(warning, ==, NULL);
	g_assert_nonnull(message);
	g_assert_true(g_bytes_equal(message, again));
	text = wire(message);
	assert_fields(text, letter);
	g_assert_nonnull(strstr(text, "Auto-Submitted: auto-generated\r\n"));
	json_decref(letter);
}

/* Long identifiers and URLs stay unencoded and are folded. */
static void
test_long_headers(void)
{
	static const char url[] = "<https://pay.example/stop?t=AAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>";
	static const char id[] = "<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA@vogt.example>";
	json_t *letter = sample_letter("reminder", "firm", "en");
	g_autofree char *references = g_strjoin(" ", id, id, "<a@b>", NULL);
	g_autofree char *warning = NULL, *why = NULL, *text = NULL;
	g_autoptr(GBytes) message = NULL;

	set_at(letter, "headers/References", references);
	set_at(letter, "headers/Message-ID", id);
	set_at(letter, "headers/List-Unsubscribe", url);
	message = letter_render(letter, &warning, &why);
	g_assert_cmpstr(why, ==, NULL);
	text = wire(message);
	g_assert_nonnull(strstr(text, id));
	g_assert_nonnull(strstr(text, url));
	g_assert_null(strstr(text, "List-Unsubscribe: =?"));
	g_assert_nonnull(strstr(text, " <a@b>\r\n"));
	json_decref(letter);
}

/* ---- hostile text ------------------------------------------------------------------ */

static const char *const fields[] = {"headers/From", "headers/To",
    "headers/Cc", "headers/Reply-To", "headers/Date", "headers/Message-ID",
    "headers/In-Reply-To", "headers/References", "headers/List-Unsubscribe",
    "headers/List-Unsubscribe-Post", "values/owner/name",
    "values/owner/company", "values/owner/email", "values/owner/signature",
    "values/customer/name", "values/customer/contact",
    "values/customer/salutation", "values/invoices/0/number",
    "values/invoices/0/po", "values/invoices/0/due",
    "values/invoices/0/reference", "values/total_balance/amount",
    "values/total_balance/currency", "values/pay/iban",
    "values/pay/reference", "values/as_of", "values/term_day", "language"};

#define A40 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static const char *const pieces[] = {"\r\n", "\n", "\r", "\t", "\x01", "\x1e",
    "\x7f", "\u202e", "\u200f", "\u2028", "\u2066", "Bcc: a@b.example",
    "\r\nBcc: x@y.example", "\n\n", "\r\n\r\n<html>", "<", ">", "@", ",", ";",
    ":", "(", ")", "\"", "\\", "=?utf-8?q?=0d=0aBcc:?=", "=?", "?=", "a", "b",
    "anna", "@customer.example", "<anna@customer.example>", " ", "  ", ".",
    "..", "\u00e4", "\u0416", "\u682a", "\U0001f600", "{{owner.name}}",
    "{{{body}}}", "{{>pay}}", "%n%s", "<script>", "2026-11-20", "-1", "1.50",
    "EUR", "T14:05:00Z", "https://", "mailto:", "../..",
    A40 A40 A40 A40};

static char *
hostile_text(GRand *random)
{
	GString *text = g_string_new(NULL);
	int count = g_rand_int_range(random, 1, 7);

	while (count--)
		g_string_append(text, pieces[g_rand_int_range(
		    random, 0, (gint32)G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

static const struct letter_parts plain_parts = {"s", "t", "h", "en",
    NULL};

/* Headers alone are fast: many of them. */
static bool
survives(const json_t *letter, const char *field)
{
	g_autofree char *warning = NULL, *why = NULL, *text = NULL;
	g_autoptr(GBytes) message = NULL;

	if (g_str_has_prefix(field, "headers/"))
		message = mime_build(json_object_get(letter, "headers"),
		    &plain_parts, &why);
	else
		message = letter_render(letter, &warning, &why);
	g_assert_true((message == NULL) == (why != NULL));
	if (!message)
		return false;
	text = wire(message);
	assert_fields(text, letter);
	return true;
}

static void
test_hostile(const void *data)
{
	const char *field = data;
	GRand *random = g_rand_new_with_seed(g_str_hash(field));
	int rounds = g_str_has_prefix(field, "headers/") ? 10000 : 600;
	int good = 0;

	for (int i = 0; i < rounds; i++) {
		json_t *letter = sample_letter("reminder", "firm", "en");
		g_autofree char *text = hostile_text(random);

		set_at(letter, field, text);
		good += survives(letter, field);
		json_decref(letter);
	}
	g_test_message("%d of %d accepted", good, rounds);
	g_assert_cmpint(good, <, rounds + !strcmp(field, "language"));
	g_rand_free(random);
}

int
main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	sample = json_load_file("templates/sample.json", 0, NULL);
	g_assert_nonnull(sample);
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/letter/refused/%zu", i);
		g_test_add_data_func(name, &refusals[i], test_refusal);
	}
	for (size_t i = 0; i < KINDS * G_N_ELEMENTS(languages); i++) {
		g_autofree char *name = g_strdup_printf("/letter/wire/%s/%s%s",
		    languages[i / KINDS], kinds[i % KINDS].kind, kinds[i % KINDS].tone);
		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_wire);
	}
	g_test_add_func("/letter/long headers", test_long_headers);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/letter/hostile/%s", fields[i]);
		g_test_add_data_func(name, fields[i], test_hostile);
	}
	status = g_test_run();
	json_decref(sample);
	return status;
}
