/*
 * learn_write.c - a layout as a template of mailfilter-bank(5): enough fixed
 * words that it answers only to its layout, and none that vary.
 */
#include "learn.h"

#include <string.h>

#define LEAD 14		/* tokens in front of the first value, at most */

static bool
is_free(const struct ltoken *token)
{
	return token->type == TOKEN_FIELD && shape_is_free(token->field);
}

GPtrArray *
lwrite_names(const GPtrArray *pages)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < pages->len; i++) {
		const struct lpage *page = pages->pdata[i];
		const char *payer = json_string_value(json_object_get(
		    json_object_get(page->sample, "values"), "payer"));
		g_auto(GStrv) words = g_strsplit_set(payer ? payer : "",
		    " \t.,;:()&'\"", -1);

		for (char **word = words; *word; word++)
			if (g_utf8_strlen(*word, -1) > 3)
				g_ptr_array_add(names, g_strdup(*word));
	}
	return names;
}

static void
problem(GPtrArray *problems, const char *format, const char *what)
{
	g_autofree char *text = g_strdup_printf("template %s: ", what);

	g_ptr_array_add(problems, g_strconcat(text, format, NULL));
}

/* ---- sentences ------------------------------------------------------------------ */

struct range {
	guint from, to;
	bool to_end;		/* "$" stands behind */
	bool before_blank;	/* a blank has to follow */
};

static bool
ends_sentence(const struct ltoken *token)
{
	return token->type == TOKEN_WORD && strchr(".!?", *token->word);
}

/* "no. 4417" begins none. */
static bool
begins_sentence(const GArray *tokens, guint at)
{
	const struct ltoken *token = TOKEN(tokens, at);
	gunichar c = g_utf8_get_char(token->word);

	return ends_sentence(TOKEN(tokens, at - 1)) && token->gap &&
	    ltokens_is_word(token) && !g_unichar_islower(c);
}

static guint
range_start(const GArray *tokens, guint first)
{
	guint from = first;

	while (from > 0 && first - from < LEAD &&
	    !begins_sentence(tokens, from))
		from--;
	while (from < first && TOKEN(tokens, from)->type != TOKEN_WORD)
		from++;
	return from;
}

/* Takes words behind the last value, so that it is clear where it ends. */
static const char *
range_end(const GArray *tokens, guint last, struct range *range)
{
	unsigned words = 0;

	range->to = last + 1;
	while (range->to < tokens->len && words < 2 && range->to < last + 6 &&
	    TOKEN(tokens, range->to)->type == TOKEN_WORD)
		words += ltokens_is_word(TOKEN(tokens, range->to++));
	range->to_end = range->to == tokens->len;
	if (range->to_end || !is_free(TOKEN(tokens, last)) || words)
		return NULL;
	if (range->to == last + 1)
		return "nothing fixed stands behind a payer's words";
	range->before_blank = true;
	return NULL;
}

/* An amount behind words of a payer is only safe when the line is known to
 * its end. */
static const char *
range_whole(const GArray *tokens, guint amount, struct range *range)
{
	range->to = tokens->len;
	range->to_end = true;
	range->before_blank = false;
	for (guint i = amount; i < tokens->len; i++)
		if (TOKEN(tokens, i)->type == TOKEN_ANY ||
		    is_free(TOKEN(tokens, i)))
			return "the amount stands behind a payer's words";
	return NULL;
}

/* Does a fixed word stand close to the amount? */
static bool
is_bound(const GArray *tokens, guint amount, const struct range *range)
{
	for (guint i = amount; i-- > range->from && i + 4 > amount;) {
		if (ltokens_is_word(TOKEN(tokens, i)))
			return true;
		if (TOKEN(tokens, i)->type != TOKEN_WORD)
			break;
	}
	for (guint i = amount + 1; i < range->to && i < amount + 4; i++) {
		if (ltokens_is_word(TOKEN(tokens, i)))
			return true;
		if (TOKEN(tokens, i)->type != TOKEN_WORD)
			break;
	}
	return false;
}

static const char *
find_range(const GArray *tokens, struct range *range)
{
	int amount = ltokens_find(tokens, EVENT_AMOUNT);
	guint first = tokens->len, last = 0;
	bool free_before = false;
	const char *why;

	for (guint i = 0; i < tokens->len; i++) {
		if (TOKEN(tokens, i)->type != TOKEN_FIELD)
			continue;
		first = MIN(first, i);
		last = i;
		free_before |= is_free(TOKEN(tokens, i)) &&
		    (int)i < amount;
		if (i + 1 < tokens->len && is_free(TOKEN(tokens, i)) &&
		    TOKEN(tokens, i + 1)->type != TOKEN_WORD)
			return "what stands behind a payer's words varies";
	}
	range->from = range_start(tokens, first);
	if (range->from == first && !TOKEN(tokens, first)->line_start)
		return "nothing fixed stands before its first value";
	why = range_end(tokens, last, range);
	if (free_before)
		why = range_whole(tokens, (guint)amount, range);
	if (!why && amount >= 0 && !is_bound(tokens, (guint)amount, range))
		why = "no fixed word stands beside the amount";
	return why;
}

static void
write_sentence(GString *out, const GArray *tokens, const struct range *range)
{
	const struct ltoken *first = TOKEN(tokens, range->from);
	guint from = range->from;

	g_string_append(out, "pattern   ");
	if (first->line_start)
		g_string_append_c(out, '^');
	/* A name that begins the line ends on it, and may be missing: what a
	 * line end in a name leaves over is a second match. */
	if (is_free(first)) {
		g_string_append_printf(out, "(?<%s>[^\\n]{0,200}?) ?",
		    shape_name(first->field));
		from++;
	}
	ltokens_write(out, tokens, from, range->to, true);
	g_string_append(out, range->to_end ? "$\n" :
	    range->before_blank ? "\\s\n" : "\n");
}

/* ---- labels --------------------------------------------------------------------- */

static bool
names_payer(const struct llabel *label, const GPtrArray *names)
{
	g_auto(GStrv) words = g_strsplit(label->text, " ", -1);

	for (char **word = words; *word; word++)
		if (g_ptr_array_find_with_equal_func((GPtrArray *)
		    (uintptr_t)names, *word, g_str_equal, NULL))
			return true;
	return false;
}

/* What begins a longer label, too, has to be told from it. */
static bool
is_clear(const struct llayout *layout, const struct llabel *label,
    GPtrArray *longer)
{
	for (guint i = 0; i < layout->pages->len; i++)
		if (lline_count(layout->pages->pdata[i], label, longer) >
		    (label->below ? 2u : 1u))
			return false;
	return true;
}

/* Takes the fields of some tokens into a set; false: one is there already. */
static bool
take_fields(bool *taken, const GArray *tokens)
{
	for (guint i = 0; i < tokens->len; i++) {
		const struct ltoken *token = TOKEN(tokens, i);

		if (token->type != TOKEN_FIELD || token->field == EVENT_AMOUNT)
			continue;
		if (taken[token->field])
			return false;
	}
	for (guint i = 0; i < tokens->len; i++)
		if (TOKEN(tokens, i)->type == TOKEN_FIELD)
			taken[TOKEN(tokens, i)->field] = true;
	return true;
}

static bool
is_required(const struct llayout *layout, const struct llabel *label)
{
	static const int own[] = {EVENT_BOOKED, EVENT_VALUE, EVENT_ACCOUNT};

	if (llabel_has(label, EVENT_AMOUNT))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (llabel_has(label, own[i]))
			return layout->pages->len > 1 &&
			    label->count == layout->pages->len;
	return false;
}

static void
write_label(GString *out, const struct llabel *label, bool required)
{
	g_autoptr(GString) shape = g_string_new(NULL);

	ltokens_write(shape, label->value, 0, label->value->len, true);
	g_string_append_printf(out, "%s%s%s ", required ? "label     " :
	    "label?    ", label->text, label->colon == COLON_TIGHT ? ":" :
	    label->colon == COLON_APART ? " :" : "");
	if (label->colon == COLON_MIXED)
		g_string_append_printf(out, "(?:: ?)?(?:%s)\n", shape->str);
	else if (*shape->str == '{' || g_str_has_prefix(shape->str, "(?"))
		g_string_append_printf(out, "%s\n", shape->str);
	else
		g_string_append_printf(out, "(?:%s)\n", shape->str);
}

static void
write_landmarks(GString *out, const GPtrArray *longer,
    const struct llayout *layout)
{
	for (guint i = 0; i < longer->len; i++) {
		const struct llabel *label = longer->pdata[i];
		bool known = false;

		for (guint j = 0; j < layout->labels->len && !known; j++)
			known = strcmp(((struct llabel *)
			    layout->labels->pdata[j])->key, label->key) == 0;
		for (guint j = 0; j < i && !known; j++)
			known = strcmp(((struct llabel *)
			    longer->pdata[j])->key, label->key) == 0;
		if (!known)
			g_string_append_printf(out, "label?    %s%s {_}\n",
			    label->text, label->colon == COLON_TIGHT ?
			    ":" : label->colon ? " :" : "");
	}
}

/* Writes those of use; true: the amount is among them. */
static bool
write_labels(GString *out, const struct llayout *layout,
    const GPtrArray *names, bool *taken, bool *below, bool *booked)
{
	g_autoptr(GPtrArray) longer =
	    g_ptr_array_new_with_free_func(llabel_free);
	bool amount = false;

	for (guint i = 0; i < layout->labels->len; i++) {
		const struct llabel *label = layout->labels->pdata[i];
		bool here = llabel_has(label, EVENT_AMOUNT);

		if ((here && label->count != layout->pages->len) ||
		    names_payer(label, names) ||
		    !is_clear(layout, label, longer) ||
		    !take_fields(taken, label->value))
			continue;
		amount |= here;
		*below |= label->below;
		*booked |= llabel_has(label, EVENT_BOOKED) &&
		    is_required(layout, label);
		write_label(out, label, is_required(layout, label));
	}
	write_landmarks(out, longer, layout);
	return amount;
}

/* ---- conditions ------------------------------------------------------------------ */

/* A text in which neither case, accents nor line ends count. */
static char *
flat(const struct lpage *page)
{
	g_autofree char *text = g_ucs4_to_utf8(page->fold, page->length, NULL,
	    NULL, NULL);
	g_auto(GStrv) words = g_strsplit_set(text ? text : "", " \t\n", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s ", *word);
	return g_string_free(out, FALSE);
}

static bool
holds(const struct lpage *page, const char *line)
{
	g_autofree char *text = flat(page);

	return strstr(text, line) != NULL;
}

/* A line of fixed words that all of some pages have and none of the others:
 * tokens of the longest; NULL. */
static GArray *
find_line(const GPtrArray *with, const GPtrArray *all, unsigned least,
    const GPtrArray *names)
{
	const struct lpage *page = with->pdata[0];
	GArray *best = NULL;

	for (glong start = 0; start < page->length;) {
		glong end = lpage_line_end(page, start);
		GArray *tokens = ltokens_of(page, start, end);
		g_autofree char *raw = g_ucs4_to_utf8(page->fold + start,
		    end - start, NULL, NULL, NULL);
		bool good = raw && !strchr(raw, '\t') &&
		    ltokens_words(tokens) >= least &&
		    ltokens_words(tokens) <= 20;

		ltokens_forget(tokens, names);
		for (guint i = 0; i < tokens->len; i++)
			good = good && TOKEN(tokens, i)->type == TOKEN_WORD;
		for (guint i = 0; good && i < all->len; i++)
			good = holds(all->pdata[i], raw) ==
			    g_ptr_array_find((GPtrArray *)(uintptr_t)with,
			    all->pdata[i], NULL);
		if (good && (!best || tokens->len > best->len)) {
			g_clear_pointer(&best, g_array_unref);
			best = g_array_ref(tokens);
		}
		g_array_unref(tokens);
		start = end + 1;
	}
	return best;
}

static void
write_all(GString *out, const char *key, const GArray *tokens,
    const char *before, const char *after)
{
	g_string_append_printf(out, "%s%s", key, before);
	ltokens_write(out, tokens, 0, tokens->len, false);
	g_string_append_printf(out, "%s\n", after);
}

static bool
same_subject(const struct llayout *a, const struct llayout *b)
{
	g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);

	ltokens_write(x, a->subject, 0, a->subject->len, false);
	ltokens_write(y, b->subject, 0, b->subject->len, false);
	return strcmp(x->str, y->str) == 0;
}

static void
write_conditions(GString *out, const struct llayout *layout,
    const GPtrArray *layouts, const GPtrArray *names)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autoptr(GArray) line = NULL;
	bool shared = false, subject;

	ltokens_forget(layout->subject, names);
	subject = ltokens_words(layout->subject) > 1 ||
	    (ltokens_words(layout->subject) && layout->subject->len == 1);
	for (guint i = 0; i < layouts->len; i++) {
		const struct llayout *other = layouts->pdata[i];

		for (guint j = 0; j < other->pages->len; j++)
			g_ptr_array_add(all, other->pages->pdata[j]);
		shared |= other != layout && other->kind != layout->kind &&
		    same_subject(layout, other);
	}
	if (subject)
		write_all(out, "subject   ", layout->subject, "^", "$");
	if (subject && !shared)
		return;
	line = find_line(layout->pages, all, 3, names);
	if (line)
		write_all(out, "body      ", line, "", "");
}

/* ---- templates --------------------------------------------------------------------- */

static bool
has_booked(const GArray *tokens)
{
	int at = ltokens_find(tokens, EVENT_BOOKED);

	return at >= 0 && !TOKEN(tokens, at)->group;
}

bool
lwrite_template(GString *out, const struct llayout *layout,
    const GPtrArray *layouts, const char *name, GPtrArray *problems)
{
	g_autoptr(GPtrArray) names = lwrite_names(layout->pages);
	g_autoptr(GString) labels = g_string_new(NULL);
	bool taken[BANK_FIELDS] = {false}, below = false, amount = false;
	bool booked = false;
	const char *why = "its amount stands behind no words that stay";
	struct range range = {0};

	if (layout->sentence) {
		ltokens_forget(layout->sentence, names);
		why = find_range(layout->sentence, &range);
		if (!why) {
			take_fields(taken, layout->sentence);
			amount = ltokens_find(layout->sentence,
			    EVENT_AMOUNT) >= 0;
			booked = has_booked(layout->sentence);
		}
	}
	amount |= write_labels(labels, layout, names, taken, &below,
	    &booked);
	if (!amount) {
		problem(problems, why ? why : "no amount", name);
		return false;
	}
	g_string_append_printf(out, "\ntemplate  %s\nkind      %s\n", name,
	    event_kind_name(layout->kind));
	write_conditions(out, layout, layouts, names);
	if (layout->sentence && !why)
		write_sentence(out, layout->sentence, &range);
	if (below)
		g_string_append(out, "values    below\n");
	g_string_append(out, labels->str);
	if (!booked)
		g_string_append(out, "booked    mail\n");
	return true;
}

bool
lwrite_other(GString *out, const struct lpage *page, const GPtrArray *pages,
    const char *name, GPtrArray *problems)
{
	g_autoptr(GPtrArray) with = g_ptr_array_new(), money = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GArray) line = NULL;

	g_ptr_array_add(with, (gpointer)(uintptr_t)page);
	for (guint i = 0; i < pages->len; i++)
		if (((struct lpage *)pages->pdata[i])->sample == page->sample &&
		    pages->pdata[i] != page)
			g_ptr_array_add(with, pages->pdata[i]);
	money = g_ptr_array_new();
	for (guint i = 0; i < pages->len; i++) {
		const struct lpage *other = pages->pdata[i];
		const char *kind = json_string_value(json_object_get(
		    other->sample, "kind"));

		if (other->sample == page->sample ||
		    g_strcmp0(kind, "other") != 0)
			g_ptr_array_add(money, pages->pdata[i]);
	}
	line = find_line(with, money, 4, names);
	if (!line) {
		problem(problems, "no line of four words or more without "
		    "figures tells it from the others", name);
		return false;
	}
	g_string_append_printf(out, "\ntemplate  %s\nkind      other\n", name);
	write_all(out, "body      ", line, "", "");
	return true;
}
