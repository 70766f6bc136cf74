/*
 * learn_page.c - one part of a sample as templates see it, and where in it
 * the confirmed values stand.
 */
#include "learn.h"

#include <string.h>

struct lpage *
lpage_new(const json_t *sample, const char *text, bool html)
{
	struct lpage *page = g_new0(struct lpage, 1);
	struct page *view = page_new(text);
	g_autofree char *folded = habits_fold(page_text(view), true);
	glong same;

	page->sample = sample;
	page->html = html;
	page->text = g_utf8_to_ucs4_fast(page_text(view), -1, &page->length);
	page->fold = g_utf8_to_ucs4_fast(folded, -1, &same);
	page->length = MIN(page->length, same);
	page->spans = g_array_new(FALSE, TRUE, sizeof(struct lspan));
	page_free(view);
	return page;
}

void
lpage_free(gpointer data)
{
	struct lpage *page = data;

	g_free(page->text);
	g_free(page->fold);
	g_array_unref(page->spans);
	g_free(page);
}

char *
lpage_slice(const struct lpage *page, glong start, glong end)
{
	g_autofree char *raw = g_ucs4_to_utf8(page->text + start, end - start,
	    NULL, NULL, NULL);
	g_auto(GStrv) words = g_strsplit_set(raw ? raw : "", " \t\n", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s%s",
			    out->len ? " " : "", *word);
	return g_string_free(out, FALSE);
}

glong
lpage_line_end(const struct lpage *page, glong at)
{
	while (at < page->length && page->text[at] != '\n')
		at++;
	return at;
}

/* ---- finding ----------------------------------------------------------------- */

static gunichar
at(const struct lpage *page, glong i)
{
	return i >= 0 && i < page->length ? page->text[i] : '\n';
}

static bool
is_blank(gunichar c)
{
	return c == ' ' || c == '\t';
}

static bool
is_figure(gunichar c)
{
	return c >= '0' && c <= '9';
}

static bool
is_mark(gunichar c)
{
	return c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == ' ';
}

/* Is a boundary of words before character i? */
static bool
is_edge(const struct lpage *page, glong i)
{
	return !g_unichar_isalnum(at(page, i - 1)) ||
	    !g_unichar_isalnum(at(page, i)) ||
	    g_unichar_iswide(at(page, i - 1)) ||
	    g_unichar_iswide(at(page, i));
}

static void
add(GArray *out, glong start, glong end)
{
	struct lspan span = {.start = start, .end = end};

	g_array_append_val(out, span);
}

/* The end of what begins at i and reads as the text, characters of skip aside
 * on both sides; -1: it does not. */
static glong
match_at(const struct lpage *page, glong i, const gunichar *text,
    const char *skip, bool blanks)
{
	while (*text) {
		gunichar c = i < page->length ? page->fold[i] : 0;

		if (blanks && *text == ' ') {
			if (!is_blank(c) && c != '\n')
				return -1;
			while (i < page->length && (is_blank(at(page, i)) ||
			    at(page, i) == '\n'))
				i++;
			text++;
		} else if (*text < 128 && strchr(skip, (int)*text)) {
			text++;
		} else if (c == *text) {
			i++;
			text++;
		} else if (c && c < 128 && strchr(skip, (int)c)) {
			i++;
		} else {
			return -1;
		}
	}
	return i;
}

static void
find_text(const struct lpage *page, const char *value, const char *skip,
    bool blanks, bool noughts, GArray *out)
{
	g_autofree char *folded = habits_fold(value, true);
	g_autofree gunichar *text = g_utf8_to_ucs4_fast(folded, -1, NULL);

	for (glong i = 0; *text && i < page->length; i++) {
		glong start = i, end;

		if (page->fold[i] != *text || (end = match_at(page, i, text,
		    skip, blanks)) < 0 || !is_edge(page, end))
			continue;
		while (noughts && at(page, start - 1) == '0')
			start--;
		if (!is_edge(page, start))
			continue;
		add(out, start, end);
		i = end - 1;
	}
}

/* ---- amounts ----------------------------------------------------------------- */

static glong
figures_end(const struct lpage *page, glong i, bool blanks)
{
	while (is_figure(at(page, i)) || (is_mark(at(page, i)) &&
	    is_figure(at(page, i + 1)) && (blanks || at(page, i) != ' ')))
		i++;
	return i;
}

static bool
says_amount(const struct lpage *page, glong start, glong end,
    const char *value)
{
	g_autofree char *text = lpage_slice(page, start, end);

	return lvalue_same_amount(text, value);
}

/* Takes the currency beside the figures into the span. */
static void
take_currency(const struct lpage *page, const struct labels *labels,
    const char *code, struct lspan *span)
{
	glong i = span->start - (is_blank(at(page, span->start - 1)) ? 1 : 0);
	glong j = span->end + (is_blank(at(page, span->end)) ? 1 : 0);

	for (glong n = 6; n > 0 && !span->before; n--) {
		g_autofree char *word = i >= n ?
		    lpage_slice(page, i - n, i) : NULL;

		if (word && is_edge(page, i - n) && !strchr(word, ' ') &&
		    g_utf8_strlen(word, -1) == n &&
		    lvalue_is_currency(labels, word, code)) {
			span->before = true;
			span->start = i - n;
		}
	}
	for (glong n = 6; n > 0 && !span->before && !span->after; n--) {
		g_autofree char *word = j + n <= page->length ?
		    lpage_slice(page, j, j + n) : NULL;

		if (word && is_edge(page, j + n) && !strchr(word, ' ') &&
		    g_utf8_strlen(word, -1) == n &&
		    (g_unichar_isalpha(at(page, j + n - 1)) ||
		    g_unichar_type(at(page, j + n - 1)) ==
		    G_UNICODE_CURRENCY_SYMBOL) &&
		    lvalue_is_currency(labels, word, code)) {
			span->after = true;
			span->end = j + n;
		}
	}
}

static void
find_amount(const struct lpage *page, const struct labels *labels,
    const char *value, const char *code, GArray *out)
{
	for (glong i = 0; i < page->length; i++) {
		glong end;

		if (!is_figure(at(page, i)) || is_figure(at(page, i - 1)) ||
		    (is_mark(at(page, i - 1)) && at(page, i - 1) != ' ' &&
		    is_figure(at(page, i - 2))))
			continue;
		end = figures_end(page, i, true);
		if (!says_amount(page, i, end, value))
			end = figures_end(page, i, false);
		if (!says_amount(page, i, end, value))
			continue;
		add(out, i, end);
		take_currency(page, labels, code,
		    &g_array_index(out, struct lspan, out->len - 1));
		i = end;
	}
}

GArray *
lpage_find(const struct lpage *page, const struct labels *labels, int field,
    const char *value, const char *currency, const char *day)
{
	GArray *out = g_array_new(FALSE, TRUE, sizeof(struct lspan));

	if (field == EVENT_AMOUNT || field == EVENT_FEE ||
	    field == EVENT_CHARGES)
		find_amount(page, labels, value, currency, out);
	else if (field == EVENT_BOOKED || field == EVENT_VALUE) {
		lvalue_find_days(page, value, day, out);
		if (!out->len)
			find_text(page, value, "", true, false, out);
	} else if (field == EVENT_ACCOUNT || field == EVENT_PAYER_ACCOUNT)
		find_text(page, value, " \t.-", false, false, out);
	else
		find_text(page, value, "", true,
		    field == EVENT_VARIABLE_SYMBOL ||
		    field == EVENT_SPECIFIC_SYMBOL, out);
	for (guint i = 0; i < out->len; i++)
		g_array_index(out, struct lspan, i).field = field;
	return out;
}

/* ---- all values of a sample --------------------------------------------------- */

static bool
overlaps(const struct lpage *page, const struct lspan *span)
{
	for (guint i = 0; i < page->spans->len; i++) {
		const struct lspan *other =
		    &g_array_index(page->spans, struct lspan, i);

		if (span->start < other->end && other->start < span->end)
			return true;
	}
	return false;
}

static gint
compare_spans(gconstpointer a, gconstpointer b)
{
	const struct lspan *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Two fields with one value, such as two days: the first place is the first
 * one's. */
static bool
is_shared(const json_t *values, const char *name, const char *value)
{
	const char *key;
	json_t *other;

	json_object_foreach((json_t *)(uintptr_t)values, key, other)
		if (strcmp(key, name) != 0 && json_is_string(other) &&
		    strcmp(json_string_value(other), value) == 0)
			return true;
	return false;
}

static void
mark_field(struct lpage *page, const struct labels *labels, int field,
    const json_t *values)
{
	const char *name = shape_name(field);
	const char *value = json_string_value(json_object_get(values, name));
	const char *currency =
	    json_string_value(json_object_get(values, "currency"));
	json_t *place = json_object_get(json_object_get(page->sample,
	    "places"), name);
	g_autoptr(GArray) found = NULL;
	bool shared;

	if (!value || field == EVENT_CURRENCY)
		return;
	shared = is_shared(values, name, value);
	found = lpage_find(page, labels, field, value,
	    currency ? currency : "", json_string_value(json_object_get(
	    page->sample, "day")));
	for (guint i = 0, n = 0; i < found->len; i++) {
		struct lspan *span = &g_array_index(found, struct lspan, i);

		if (overlaps(page, span))
			continue;
		if (place && json_integer_value(place) != (json_int_t)++n)
			continue;
		g_array_append_vals(page->spans, span, 1);
		if (shared)
			break;
	}
}

void
lpage_mark(struct lpage *page, const struct labels *labels)
{
	/* Long and certain ones before those that may stand inside them. */
	static const int order[] = {EVENT_AMOUNT, EVENT_PAYER_ACCOUNT,
	    EVENT_ACCOUNT, EVENT_BOOKED, EVENT_VALUE, EVENT_PAYER,
	    EVENT_REMITTANCE, EVENT_END_TO_END_ID, EVENT_BANK_REFERENCE,
	    EVENT_REFERENCE, EVENT_VARIABLE_SYMBOL, EVENT_SPECIFIC_SYMBOL,
	    EVENT_CONSTANT_SYMBOL, EVENT_FEE};
	const json_t *values = json_object_get(page->sample, "values");

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		mark_field(page, labels, order[i], values);
	g_array_sort(page->spans, compare_spans);
}
