/*
 * template.c - does a template answer to a page, and where are its fields?
 * All fields come from one match of its pattern, or from labels that begin a
 * line and occur once. What stands there twice is refused, and so is a free
 * text that could pass for a label or for another match: payers write those.
 */
#include "bankfile.h"

#include <string.h>

#define MATCH_LIMIT 20000
#define HEAP_LIMIT (8u * 1024u)	/* kB */
#define MOST_ANSWERS 200

/* ---- one match ------------------------------------------------------------- */

static pcre2_match_data *
match(const pcre2_code *code, const char *text, size_t length, size_t from)
{
	static pcre2_match_context *limits;
	pcre2_match_data *data =
	    pcre2_match_data_create_from_pattern(code, NULL);
	int rc;

	if (!limits) {
		limits = pcre2_match_context_create(NULL);
		pcre2_set_match_limit(limits, MATCH_LIMIT);
		pcre2_set_heap_limit(limits, HEAP_LIMIT);
	}
	rc = pcre2_match(code, (PCRE2_SPTR)text, length, from,
	    PCRE2_NO_UTF_CHECK, data, limits);
	if (rc > 0)
		return data;
	pcre2_match_data_free(data);
	return NULL;
}

/* Adds the named groups that took part; base is where the text begins in the
 * page. */
static void
add_captures(struct answer *answer, const pcre2_code *code,
    pcre2_match_data *data, size_t base)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
	uint32_t count = 0, size = 0;
	PCRE2_SPTR row = NULL;
	bool free_text;

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &row);
	for (uint32_t i = 0; i < count; i++, row += size) {
		const char *name = (const char *)row + 2;
		unsigned group = ((unsigned)row[0] << 8) | row[1];
		struct capture c;

		if (at[2 * group] == PCRE2_UNSET ||
		    at[2 * group] == at[2 * group + 1])
			continue;
		shape_field(name, strlen(name), &c.field, &free_text);
		c.start = base + at[2 * group];
		c.end = base + at[2 * group + 1];
		g_array_append_val(answer->captures, c);
	}
}

/* ---- a pattern ------------------------------------------------------------- */

static struct answer *
pattern_answer(const struct template *t, const struct page *page, size_t from)
{
	pcre2_match_data *data = match(t->pattern_code, page_folded(page),
	    page_length(page), from);
	struct answer *answer;
	const PCRE2_SIZE *at;

	if (!data)
		return NULL;
	answer = answer_new(t);
	at = pcre2_get_ovector_pointer(data);
	answer->start = at[0];
	answer->end = at[1];
	add_captures(answer, t->pattern_code, data, 0);
	pcre2_match_data_free(data);
	return answer;
}

/* Could the pattern also begin inside a free text and find another amount? And
 * a name is one line: what goes on over its end may be anything. */
static void
refuse_hidden_match(struct answer *answer, const struct template *t,
    const struct page *page)
{
	const struct capture *mine = answer_find(answer, EVENT_AMOUNT);

	for (guint i = 0; i < answer->captures->len; i++) {
		const struct capture *c =
		    &g_array_index(answer->captures, struct capture, i);
		const struct capture *other;
		struct answer *inner;

		if (!shape_is_free(c->field))
			continue;
		if (memchr(page_folded(page) + c->start, '\n',
		    c->end - c->start))
			answer_refuse(answer, shape_name(c->field),
			    "more than one line");
		inner = pattern_answer(t, page, c->start > answer->start ?
		    c->start : c->start + 1);
		other = inner ? answer_find(inner, EVENT_AMOUNT) : NULL;
		if (other && mine && inner->start < c->end &&
		    other->start != mine->start)
			answer_refuse(answer, shape_name(c->field),
			    "reads like another payment");
		answer_free(inner);
	}
}

/* A second match of a pattern that may match once. */
static void
refuse_second(struct answer *first, struct answer *second)
{
	for (guint i = 0; i < second->captures->len; i++) {
		const struct capture *c =
		    &g_array_index(second->captures, struct capture, i);

		if (c->field == EVENT_AMOUNT)
			answer_refuse(first, "amount", "twice");
		g_array_append_val(first->captures, *c);
	}
	if (first->refused->len == 0)
		answer_refuse(first, "template", "answers twice");
	answer_free(second);
}

static unsigned
read_pattern(const struct template *t, const struct page *page,
    GPtrArray *answers, char **why)
{
	struct answer *answer, *first = NULL;
	size_t from = 0;
	unsigned count = 0;

	while (count < MOST_ANSWERS && from < page_length(page) &&
	    (answer = pattern_answer(t, page, from))) {
		from = answer->end > from ? answer->end : from + 1;
		refuse_hidden_match(answer, t, page);
		count++;
		if (first && !t->repeat && !t->row) {
			refuse_second(first, answer);
			continue;
		}
		first = first ? first : answer;
		g_ptr_array_add(answers, answer);
	}
	if (count == 0)
		*why = g_strdup("its pattern is not there");
	return count;
}

/* ---- labels ---------------------------------------------------------------- */

/* What follows a label that begins the line, or NULL. */
static const char *
after_label(const char *line, const char *end, const char *label)
{
	const char *p = line;

	while (*label) {
		if (p >= end)
			return NULL;
		if (*label == ' ') {
			if (*p != ' ' && *p != '\t')
				return NULL;
			while (p < end && (*p == ' ' || *p == '\t'))
				p++;
			label++;
			continue;
		}
		if (g_unichar_tolower(g_utf8_get_char(p)) !=
		    g_utf8_get_char(label))
			return NULL;
		p = g_utf8_next_char(p);
		label = g_utf8_next_char(label);
	}
	return p;
}

/* After a word comes a blank or a colon; after a word whose value may stand
 * below comes a colon or a column's gap. */
static bool
ends_label(const struct template *t, const struct label *label, const char *p,
    const char *end)
{
	char last = label->text[strlen(label->text) - 1];

	if (p >= end)
		return true;
	if (g_ascii_ispunct(last) || *p == ':')
		return true;
	if (!t->next_line || !label->code)
		return !g_unichar_isalnum(g_utf8_get_char(p));
	return *p == '\t' || (p + 1 < end && p[0] == ' ' && p[1] == ' ');
}

/* The longest label that begins the line: its index and what follows. */
static int
label_of(const struct template *t, const char *line, const char *end,
    const char **value)
{
	size_t longest = 0;
	int found = -1;

	for (guint i = 0; i < t->labels->len; i++) {
		const struct label *label = g_ptr_array_index(t->labels, i);
		const char *p = after_label(line, end, label->text);

		if (!p || !ends_label(t, label, p, end) ||
		    strlen(label->text) <= longest)
			continue;
		longest = strlen(label->text);
		found = (int)i;
		*value = p < end && *p == ':' && p[-1] != ':' ? p + 1 : p;
	}
	return found;
}

static const char *
line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* The value behind a label, or below it; start == end when there is none. */
static void
find_value(const struct template *t, const char **start, const char **end)
{
	const char *next, *unused;

	*start = skip_blanks(*start, *end);
	if (*start < *end || !t->next_line)
		return;
	for (next = *end; *next == '\n'; next++)
		;
	if (!*next || label_of(t, next, line_end(next), &unused) >= 0)
		return;
	*start = next;
	*end = line_end(next);
}

/* Does the free text begin as one of the template's own lines? */
static void
refuse_label_in_text(struct answer *answer, const struct page *page,
    guint first_capture)
{
	const char *text = page_folded(page), *unused;

	for (guint i = first_capture; i < answer->captures->len; i++) {
		const struct capture *c =
		    &g_array_index(answer->captures, struct capture, i);

		if (shape_is_free(c->field) && label_of(answer->template,
		    text + c->start, text + c->end, &unused) >= 0)
			answer_refuse(answer, shape_name(c->field),
			    "reads like a label");
	}
}

/* The field that a label is about, for sentences: money first. */
static const char *
label_field(const struct label *label)
{
	const char *brace = strchr(label->shape, '{'), *first = NULL;
	bool free_text;
	int field;

	for (; brace; brace = strchr(brace + 1, '{')) {
		size_t length = strcspn(brace + 1, "}");

		if (!shape_field(brace + 1, length, &field, &free_text))
			continue;
		if (field == EVENT_AMOUNT)
			return shape_name(field);
		first = first ? first : shape_name(field);
	}
	return first ? first : "label";
}

/* One line that a label begins. False: a required value is not there. */
static bool
read_label(struct answer *answer, const struct label *label,
    const struct page *page, const char *start, const char *end)
{
	const char *text = page_folded(page);
	guint before = answer->captures->len;
	pcre2_match_data *data;

	if (!label->code)
		return true;
	find_value(answer->template, &start, &end);
	if (start == end)
		return label->optional;
	data = match(label->code, start, (size_t)(end - start), 0);
	if (!data) {
		answer_refuse(answer, label_field(label), "not understood");
		return label->optional;
	}
	add_captures(answer, label->code, data, (size_t)(start - text));
	pcre2_match_data_free(data);
	refuse_label_in_text(answer, page, before);
	return true;
}

/* Walks the lines; good[i] counts the lines of label i that were read. */
static void
walk_lines(struct answer *answer, const struct page *page, unsigned *seen,
    unsigned *good)
{
	const struct template *t = answer->template;
	const char *line = page_folded(page), *value;

	while (*line) {
		const char *end = line_end(line);
		int i = label_of(t, line, end, &value);

		if (i >= 0) {
			const struct label *label =
			    g_ptr_array_index(t->labels, (guint)i);

			if (seen[i]++ > 0)
				answer_refuse(answer, label_field(label),
				    "twice");
			good[i] += read_label(answer, label, page, value, end);
		}
		line = *end ? end + 1 : end;
	}
}

static unsigned
read_labels(const struct template *t, const struct page *page,
    GPtrArray *answers, char **why)
{
	g_autofree unsigned *seen = g_new0(unsigned, t->labels->len);
	g_autofree unsigned *good = g_new0(unsigned, t->labels->len);
	struct answer *answer = answer_new(t);
	const struct label *missing = NULL;
	unsigned found = 0;

	walk_lines(answer, page, seen, good);
	for (guint i = 0; i < t->labels->len; i++) {
		const struct label *label = g_ptr_array_index(t->labels, i);

		found += good[i] > 0;
		if (!good[i] && !label->optional && !missing) {
			missing = label;
			*why = g_strdup_printf(seen[i] ?
			    "\"%s\" has no value that is understood" :
			    "no line begins with \"%s\"", label->text);
		}
	}
	if (missing)
		answer_free(answer);
	else
		g_ptr_array_add(answers, answer);
	return found;
}

/* A sentence and a list beside it: one answer with the fields of both. */
static unsigned
read_both(const struct template *t, const struct page *page,
    GPtrArray *answers, char **why)
{
	guint at = answers->len;
	unsigned found = read_pattern(t, page, answers, why);
	struct answer *whole, *list;

	if (answers->len == at)
		return found;
	found += read_labels(t, page, answers, why);
	whole = answers->pdata[at];
	if (answers->len == at + 1) {
		g_ptr_array_set_size(answers, (int)at);
		return found;
	}
	refuse_label_in_text(whole, page, 0);
	list = answers->pdata[at + 1];
	g_array_append_vals(whole->captures, list->captures->data,
	    list->captures->len);
	for (guint i = 0; i < list->refused->len; i += 2)
		answer_refuse(whole, list->refused->pdata[i],
		    list->refused->pdata[i + 1]);
	g_ptr_array_set_size(answers, (int)at + 1);
	return found;
}

/* Is a condition met? One that is not given is. */
static bool
meets(const pcre2_code *code, const char *text, size_t length)
{
	pcre2_match_data *data;

	if (!code)
		return true;
	data = match(code, text, length, 0);
	pcre2_match_data_free(data);
	return data != NULL;
}

unsigned
template_read(const struct bank *bank, struct template *t,
    const struct page *page, const char *subject, GPtrArray *answers,
    char **why)
{
	g_autofree char *folded = NULL;

	if (!template_compile_conditions(bank, t)) {
		*why = g_strdup(t->broken);
		return 0;
	}
	folded = habits_fold(subject, false);
	if (!meets(t->subject_code, folded, strlen(folded))) {
		*why = g_strdup("the subject is another one");
		return 0;
	}
	if (!meets(t->body_code, page_folded(page), page_length(page))) {
		*why = g_strdup("what \"body\" asks for is not there");
		return 0;
	}
	if (t->pattern && !t->compiled &&
	    landmark_missing(t->pattern, page_folded(page))) {
		*why = g_strdup("its pattern is not there");
		return 0;
	}
	if (!template_compile(bank, t)) {
		*why = g_strdup(t->broken);
		return 0;
	}
	if (t->pattern_code && t->labels->len > 0)
		return read_both(t, page, answers, why);
	if (t->pattern_code)
		return read_pattern(t, page, answers, why);
	if (t->labels->len > 0)
		return read_labels(t, page, answers, why);
	g_ptr_array_add(answers, answer_new(t));
	return 1;
}
