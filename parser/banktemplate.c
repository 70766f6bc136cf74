/*
 * banktemplate.c - the keys of a template in a bank's file, and the test that
 * a template is complete: money needs an amount that is never optional.
 */
#include "bankreader.h"

#include <string.h>

static void
free_label(gpointer data)
{
	struct label *label = data;

	g_free(label->text);
	g_free(label->shape);
	g_free(label);
}

void
template_free(gpointer data)
{
	struct template *t = data;

	g_free(t->name);
	g_free(t->subject);
	g_free(t->body);
	g_free(t->pattern);
	g_free(t->broken);
	g_ptr_array_free(t->labels, TRUE);
	g_free(t);
}

bool
reader_template(struct reader *r, const char *value)
{
	struct template *t;

	if (value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-")])
		return reader_fail(r, "a template's name is lower-case "
		    "letters, figures and hyphens, not \"%s\"", value);
	for (guint i = 0; i < r->bank->templates->len; i++) {
		t = g_ptr_array_index(r->bank->templates, i);
		if (strcmp(t->name, value) == 0)
			return reader_fail(r, "template %s is there twice",
			    value);
	}
	t = g_new0(struct template, 1);
	t->name = g_strdup(value);
	t->line = r->line;
	t->labels = g_ptr_array_new_with_free_func(free_label);
	g_ptr_array_add(r->bank->templates, t);
	r->template = t;
	return true;
}

/* A payout is a debit of the account that a provider keeps for us. */
static bool
set_payout(struct reader *r)
{
	r->template->kind = EVENT_DEBIT;
	r->template->has_kind = true;
	r->template->payout = true;
	return true;
}

static bool
key_kind(struct reader *r, const char *value)
{
	static const enum event_kind kinds[] = {EVENT_CREDIT, EVENT_DEBIT,
	    EVENT_RETURN, EVENT_OTHER};

	if (r->template->has_kind)
		return reader_fail(r, "given twice");
	if (strcmp(value, "payout") == 0)
		return set_payout(r);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(value, event_kind_name(kinds[i])) == 0) {
			r->template->kind = kinds[i];
			r->template->has_kind = true;
			return true;
		}
	return reader_fail(r, "a kind is credit, debit, return, payout or "
	    "other, not \"%s\"", value);
}

static bool
key_subject(struct reader *r, const char *value)
{
	r->template->subject_line = r->line;
	return reader_set_once(r, &r->template->subject, value);
}

static bool
key_body(struct reader *r, const char *value)
{
	r->template->body_line = r->line;
	return reader_set_once(r, &r->template->body, value);
}

static bool
key_pattern(struct reader *r, const char *value)
{
	r->template->pattern_line = r->line;
	return reader_set_once(r, &r->template->pattern, value);
}

/* TEXT {field}...: the text is all before the first field or group. */
static bool
add_label(struct reader *r, const char *value, bool optional)
{
	struct label *label;
	const char *group = strstr(value, "(?");
	size_t length = strcspn(value, "{");
	g_autofree char *text = NULL;

	if (group && group < value + length)
		length = (size_t)(group - value);
	text = g_strndup(value, length);
	if (!*g_strstrip(text))
		return reader_fail(r, "a label begins with its text");
	label = g_new0(struct label, 1);
	label->text = habits_fold(text, true);
	label->shape = g_strdup(value + length);
	label->optional = optional;
	label->line = r->line;
	g_ptr_array_add(r->template->labels, label);
	return true;
}

static bool
key_label(struct reader *r, const char *value)
{
	return add_label(r, value, false);
}

static bool
key_optional_label(struct reader *r, const char *value)
{
	return add_label(r, value, true);
}

static bool
read_switch(struct reader *r, const char *value, const char *word, bool *out)
{
	if (strcmp(value, word) != 0)
		return reader_fail(r, "expected \"%s\", not \"%s\"", word,
		    value);
	*out = true;
	return true;
}

static bool
key_repeat(struct reader *r, const char *value)
{
	return read_switch(r, value, "yes", &r->template->repeat);
}

static bool
key_row(struct reader *r, const char *value)
{
	return read_switch(r, value, "yes", &r->template->row);
}

static bool
key_values(struct reader *r, const char *value)
{
	return read_switch(r, value, "below", &r->template->next_line);
}

static bool
key_booked(struct reader *r, const char *value)
{
	return read_switch(r, value, "mail", &r->template->mail_day);
}

static bool
key_amount(struct reader *r, const char *value)
{
	return read_switch(r, value, "unsaid", &r->template->no_amount);
}

const struct bank_key bank_template_keys[] = {
	{"kind", key_kind},
	{"subject", key_subject},
	{"body", key_body},
	{"pattern", key_pattern},
	{"label", key_label},
	{"label?", key_optional_label},
	{"repeat", key_repeat},
	{"row", key_row},
	{"values", key_values},
	{"booked", key_booked},
	{"amount", key_amount},
	{NULL, NULL},
};

static bool
names_amount(const char *shape)
{
	return strstr(shape, "{amount}") || strstr(shape, "(?<amount>");
}

/* Must an amount be there whenever the template answers? */
static bool
has_amount(const struct template *t)
{
	if (t->pattern && names_amount(t->pattern))
		return true;
	for (guint i = 0; i < t->labels->len; i++) {
		const struct label *label = g_ptr_array_index(t->labels, i);

		if (!label->optional && names_amount(label->shape))
			return true;
	}
	return false;
}

static bool
check_template(struct reader *r, const struct template *t)
{
	r->line = t->line;
	if (!t->has_kind)
		return reader_fail(r, "template %s has no kind", t->name);
	if (!t->pattern && t->labels->len == 0 &&
	    !(t->kind == EVENT_OTHER && (t->subject || t->body) &&
	    !t->pattern))
		return reader_fail(r, "template %s needs a pattern or "
		    "labels", t->name);
	if (t->kind != EVENT_OTHER && !t->no_amount && !has_amount(t))
		return reader_fail(r, "template %s has no {amount}, or only "
		    "an optional one", t->name);
	if ((t->repeat || t->row) && (!t->pattern || t->labels->len > 0))
		return reader_fail(r, "only a pattern alone can repeat");
	if (t->row && t->kind != EVENT_CREDIT && t->kind != EVENT_RETURN)
		return reader_fail(r, "a row of a payout is a credit or a "
		    "return");
	return true;
}

bool
reader_end(struct reader *r)
{
	for (guint i = 0; i < r->bank->templates->len; i++)
		if (!check_template(r,
		    g_ptr_array_index(r->bank->templates, i)))
			return false;
	return true;
}
