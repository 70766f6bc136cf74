/*
 * learn_layout.c - which parts of which samples have one layout, and what all
 * of them share: the labels, the sentence that the amount stands in, the
 * subject.
 */
#include "learn.h"

#include <string.h>

void
llayout_free(gpointer data)
{
	struct llayout *layout = data;

	g_ptr_array_unref(layout->pages);
	g_ptr_array_unref(layout->labels);
	g_clear_pointer(&layout->sentence, g_array_unref);
	g_clear_pointer(&layout->subject, g_array_unref);
	g_free(layout);
}

bool
llabel_has(const struct llabel *label, int field)
{
	return ltokens_find(label->value, field) >= 0;
}

static struct llabel *
find_label(const struct llayout *layout, const struct llabel *like)
{
	for (guint i = 0; i < layout->labels->len; i++) {
		struct llabel *label = layout->labels->pdata[i];

		if (strcmp(label->key, like->key) == 0 &&
		    label->below == like->below)
			return label;
	}
	return NULL;
}

static bool
has_label(const struct llayout *layout, int field)
{
	for (guint i = 0; i < layout->labels->len; i++)
		if (llabel_has(layout->labels->pdata[i], field))
			return true;
	return false;
}

/* ---- one page ------------------------------------------------------------------ */

static GArray *
subject_of(const struct lpage *page, const struct labels *labels)
{
	const char *text = json_string_value(json_object_get(page->sample,
	    "subject"));
	struct lpage *subject = lpage_new(page->sample, text ? text : "",
	    false);
	GArray *tokens;

	lpage_mark(subject, labels);
	tokens = ltokens_of(subject, 0, lpage_line_end(subject, 0));
	lpage_free(subject);
	return tokens;
}

static void
add_labels(struct llayout *layout, const struct lpage *page)
{
	for (glong start = 0; start < page->length;) {
		glong end = lpage_line_end(page, start);
		struct llabel *label = lline_label(page, start, end);

		if (label && find_label(layout, label)) {
			/* The first of two; the engine would refuse both. */
			llabel_free(label);
		} else if (label) {
			layout->below |= label->below;
			g_ptr_array_add(layout->labels, label);
		}
		start = end + 1;
	}
}

/* The first sentence with a field that stands in no label's line. */
static GArray *
sentence_with(const struct lpage *page, int field)
{
	for (guint i = 0; i < page->spans->len; i++) {
		const struct lspan *span =
		    &g_array_index(page->spans, struct lspan, i);
		glong start = span->start;
		struct llabel *label;

		if (span->field != field)
			continue;
		while (start > 0 && page->text[start - 1] != '\n')
			start--;
		label = lline_label(page, start, lpage_line_end(page, start));
		if (!label)
			return lline_sentence(page, span->start);
		llabel_free(label);
	}
	return NULL;
}

static struct llayout *
layout_of(struct lpage *page, const struct labels *labels)
{
	struct llayout *layout = g_new0(struct llayout, 1);
	const char *kind = json_string_value(json_object_get(page->sample,
	    "kind"));

	layout->kind = EVENT_CREDIT;
	for (int k = EVENT_CREDIT; k <= EVENT_RETURN; k++)
		if (g_strcmp0(kind, event_kind_name((enum event_kind)k)) == 0)
			layout->kind = (enum event_kind)k;
	layout->pages = g_ptr_array_new();
	g_ptr_array_add(layout->pages, page);
	layout->labels = g_ptr_array_new_with_free_func(llabel_free);
	layout->subject = subject_of(page, labels);
	add_labels(layout, page);
	layout->sentence = sentence_with(page, EVENT_AMOUNT);
	if (!layout->sentence && has_label(layout, EVENT_AMOUNT) &&
	    !has_label(layout, EVENT_PAYER))
		layout->sentence = sentence_with(page, EVENT_PAYER);
	return layout;
}

/* ---- several -------------------------------------------------------------------- */

static GArray *
copy_tokens(const GArray *tokens)
{
	GArray *copy = g_array_new(FALSE, TRUE, sizeof(struct ltoken));

	g_array_append_vals(copy, tokens->data, tokens->len);
	return copy;
}

/* A label of both whose amount stands behind the same words. */
static bool
share_amount(const struct llayout *a, const struct llayout *b)
{
	for (guint i = 0; i < a->labels->len; i++) {
		const struct llabel *label = a->labels->pdata[i];
		const struct llabel *other = find_label(b, label);

		if (other && llabel_has(label, EVENT_AMOUNT) &&
		    llabel_has(other, EVENT_AMOUNT))
			return true;
	}
	return false;
}

/* The sentence of both; NULL with *apart when they differ in it. */
static GArray *
join_sentences(const struct llayout *a, const struct llayout *b, bool *apart)
{
	GArray *both;

	*apart = true;
	if (!a->sentence || !b->sentence) {
		*apart = a->sentence || b->sentence;
		return NULL;
	}
	both = copy_tokens(a->sentence);
	if (ltokens_merge(&both, b->sentence, true)) {
		*apart = false;
		return both;
	}
	g_array_unref(both);
	return NULL;
}

static void
join_labels(struct llayout *a, struct llayout *b)
{
	for (guint i = a->labels->len; i-- > 0;) {
		struct llabel *label = a->labels->pdata[i];
		struct llabel *other = find_label(b, label);

		if (!other)
			continue;
		if (!ltokens_merge(&label->value, other->value, false)) {
			g_ptr_array_remove_index(a->labels, i);
			continue;
		}
		label->count += other->count;
		if (label->colon != other->colon)
			label->colon = label->colon + other->colon ==
			    COLON_TIGHT ? COLON_NONE : COLON_MIXED;
		other->count = 0;
	}
	for (guint i = b->labels->len; i-- > 0;) {
		struct llabel *label = b->labels->pdata[i];

		if (label->count)
			g_ptr_array_add(a->labels,
			    g_ptr_array_steal_index(b->labels, i));
	}
}

/* Takes b into a when they are one layout. */
static bool
join(struct llayout *a, struct llayout *b)
{
	bool labels = share_amount(a, b), apart;
	GArray *sentence;

	if (a->kind != b->kind)
		return false;
	sentence = join_sentences(a, b, &apart);
	if (!labels && (!sentence ||
	    ltokens_find(sentence, EVENT_AMOUNT) < 0)) {
		g_clear_pointer(&sentence, g_array_unref);
		return false;
	}
	g_clear_pointer(&a->sentence, g_array_unref);
	a->sentence = sentence;
	join_labels(a, b);
	ltokens_merge(&a->subject, b->subject, false);
	a->below |= b->below;
	g_ptr_array_add(a->pages, b->pages->pdata[0]);
	return true;
}

static bool
has_amount(const struct llayout *layout)
{
	return has_label(layout, EVENT_AMOUNT) || (layout->sentence &&
	    ltokens_find(layout->sentence, EVENT_AMOUNT) >= 0);
}

GPtrArray *
llayout_all(const GPtrArray *pages, const struct labels *labels)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(llayout_free);

	for (guint i = 0; i < pages->len; i++) {
		struct lpage *page = pages->pdata[i];
		struct llayout *one = layout_of(page, labels);
		bool taken = false;

		for (guint j = 0; has_amount(one) && j < all->len && !taken;
		    j++)
			taken = join(all->pdata[j], one);
		if (taken || !has_amount(one))
			llayout_free(one);
		else
			g_ptr_array_add(all, one);
	}
	return all;
}
