/*
 * learn.c - samples with their confirmed values in, the text of a bank's file
 * out; and the proof that such a file reads them all, and nothing else.
 */
#include "learn.h"
#include "reader.h"

#include <string.h>

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool
is_text(const char *text)
{
	return text && text[strspn(text, " \t\r\n")];
}

static bool
is_other(const json_t *sample)
{
	return g_strcmp0(text_of(sample, "kind"), "other") == 0;
}

static void
say(GPtrArray *problems, const json_t *sample, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static void
say(GPtrArray *problems, const json_t *sample, const char *format, ...)
{
	const char *file = sample ? text_of(sample, "file") : NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(problems, g_strdup_printf("%s%s%s", file ? file : "",
	    file ? ": " : "", text));
}

/* ---- the text ------------------------------------------------------------------- */

static GPtrArray *
pages_of(const json_t *samples, const struct labels *labels)
{
	GPtrArray *pages = g_ptr_array_new_with_free_func(lpage_free);
	static const char *const parts[] = {"text", "html"};
	const json_t *sample;
	size_t i;

	json_array_foreach(samples, i, sample)
		for (size_t k = 0; k < G_N_ELEMENTS(parts); k++) {
			const char *text = text_of(sample, parts[k]);
			struct lpage *page;

			if (!is_text(text))
				continue;
			page = lpage_new(sample, text, k == 1);
			if (!is_other(sample))
				lpage_mark(page, labels);
			g_ptr_array_add(pages, page);
		}
	return pages;
}

/* Is a part of the sample in one of the layouts? */
static bool
is_placed(const GPtrArray *layouts, const json_t *sample, int html)
{
	for (guint i = 0; i < layouts->len; i++) {
		const GPtrArray *pages =
		    ((struct llayout *)layouts->pdata[i])->pages;

		for (guint j = 0; j < pages->len; j++) {
			const struct lpage *page = pages->pdata[j];

			if (page->sample == sample &&
			    (html < 0 || page->html == (html == 1)))
				return true;
		}
	}
	return false;
}

/* Only the HTML parts say anything. */
static bool
is_html_only(const json_t *samples, const GPtrArray *layouts)
{
	bool some = false;
	const json_t *sample;
	size_t i;

	json_array_foreach(samples, i, sample) {
		if (is_other(sample) || !is_text(text_of(sample, "text")))
			continue;
		if (is_placed(layouts, sample, 0))
			return false;
		some |= is_placed(layouts, sample, 1);
	}
	return some;
}

/* A name that no template has yet. */
static char *
template_name(GHashTable *names, const char *append, const char *base)
{
	for (unsigned n = 1;; n++) {
		char *name = n > 1 ? g_strdup_printf("%s-%u", base, n) :
		    g_strdup(base);
		g_autofree char *line = g_strdup_printf(
		    "(?m)^template\\s+%s\\s*$", name);

		if (!g_hash_table_contains(names, name) && !(append &&
		    g_regex_match_simple(line, append, 0, 0))) {
			g_hash_table_add(names, g_strdup(name));
			return name;
		}
		g_free(name);
	}
}

static void
check_placed(const json_t *samples, const GPtrArray *layouts,
    GPtrArray *problems)
{
	const json_t *sample;
	size_t i;

	json_array_foreach(samples, i, sample)
		if (!is_other(sample) && !is_placed(layouts, sample, -1))
			say(problems, sample, "its amount stands at no place "
			    "that words around it tell from others");
}

static void
write_templates(GString *out, const json_t *job, const GPtrArray *pages,
    const GPtrArray *layouts, GPtrArray *problems)
{
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	const char *append = text_of(job, "append");
	const json_t *last = NULL;

	for (guint i = 0; i < layouts->len; i++) {
		const struct llayout *layout = layouts->pdata[i];
		g_autofree char *name = template_name(names, append,
		    event_kind_name(layout->kind));

		lwrite_template(out, layout, layouts, name, problems);
	}
	for (guint i = 0; i < pages->len; i++) {
		const struct lpage *page = pages->pdata[i];
		g_autofree char *name = NULL;

		if (!is_other(page->sample) || page->sample == last)
			continue;
		last = page->sample;
		name = template_name(names, append, "other");
		lwrite_other(out, page, pages, name, problems);
	}
}

char *
parser_learn(struct parser *parser, json_t *job, GPtrArray *problems)
{
	const struct labels *labels = parser_labels(parser);
	const json_t *samples = json_object_get(job, "samples");
	g_autoptr(GPtrArray) pages = pages_of(samples, labels);
	g_autoptr(GPtrArray) money = g_ptr_array_new(), layouts = NULL;
	GString *out = g_string_new(text_of(job, "append"));

	for (guint i = 0; i < pages->len; i++)
		if (!is_other(((struct lpage *)pages->pdata[i])->sample))
			g_ptr_array_add(money, pages->pdata[i]);
	layouts = llayout_all(money, labels);
	check_placed(samples, layouts, problems);
	if (is_html_only(samples, layouts))
		json_object_set_new(job, "html", json_true());
	if (!text_of(job, "append"))
		lhabits_write(out, job, pages, labels);
	write_templates(out, job, pages, layouts, problems);
	return g_string_free(out, FALSE);
}

json_t *
parser_places(struct parser *parser, const json_t *sample, const char *field,
    const char *value)
{
	static const char *const parts[] = {"text", "html"};
	const struct labels *labels = parser_labels(parser);
	const char *currency = text_of(json_object_get(sample, "values"),
	    "currency");
	json_t *list = json_array();
	bool unused;
	int number;

	if (!shape_field(field, strlen(field), &number, &unused))
		return list;
	for (size_t k = 0; k < G_N_ELEMENTS(parts) &&
	    json_array_size(list) == 0; k++) {
		struct lpage *page;
		g_autoptr(GArray) found = NULL;

		if (!is_text(text_of(sample, parts[k])))
			continue;
		page = lpage_new(sample, text_of(sample, parts[k]), k == 1);
		found = lpage_find(page, labels, number, value,
		    currency ? currency : "", text_of(sample, "day"));
		for (guint i = 0; i < found->len; i++) {
			glong start = g_array_index(found, struct lspan,
			    i).start;
			glong end = lpage_line_end(page, start);
			g_autofree char *line = NULL;

			while (start > 0 && page->text[start - 1] != '\n')
				start--;
			line = lpage_slice(page, start, end);
			json_array_append_new(list, json_string(line));
		}
		lpage_free(page);
	}
	return list;
}

/* ---- the proof ------------------------------------------------------------------- */

static GPtrArray *
read_as(const struct bank *bank, const json_t *sample)
{
	GPtrArray *events = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)event_free);
	const char *subject = text_of(sample, "subject");
	const char *from = text_of(sample, "from");
	const struct bank_mail mail = {
		.from = from ? from : "", .subject = subject ? subject : "",
		.text = text_of(sample, "text"),
		.html_text = text_of(sample, "html"),
		.date = text_of(sample, "day"),
	};

	bank_read(bank, &mail, events);
	return events;
}

/* Letters and figures only. */
static char *
bare(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text = g_utf8_next_char(text))
		if (g_unichar_isalnum(g_utf8_get_char(text)))
			g_string_append_unichar(out, g_unichar_tolower(
			    g_utf8_get_char(text)));
	return g_string_free(out, FALSE);
}

static bool
agrees(enum event_field field, const char *wanted, const char *got)
{
	g_autofree char *a = bare(wanted), *b = bare(got);

	if (field == EVENT_AMOUNT || field == EVENT_FEE ||
	    field == EVENT_CHARGES)
		return lvalue_same_amount(wanted, got);
	if ((field == EVENT_BOOKED || field == EVENT_VALUE) &&
	    day_number(wanted) == G_MININT32)
		return true;
	if (field == EVENT_VARIABLE_SYMBOL || field == EVENT_SPECIFIC_SYMBOL)
		return strcmp(a + strspn(a, "0"), b + strspn(b, "0")) == 0;
	return strcmp(a, b) == 0;
}

/* Does the event say what was confirmed? What is only left out is a note. */
static void
compare(const struct event *event, const json_t *sample, GPtrArray *problems,
    GPtrArray *notes)
{
	json_t *values = json_object_get(sample, "values"), *value;
	const char *key;

	json_object_foreach(values, key, value) {
		const char *wanted = json_string_value(value), *got;
		bool unused, core;
		int field;

		if (!wanted || !shape_field(key, strlen(key), &field, &unused))
			continue;
		core = field == EVENT_AMOUNT || field == EVENT_CURRENCY;
		got = event_get(event, (enum event_field)field);
		if (!got)
			say(core ? problems : notes, sample, "%s would not be "
			    "read (%s)", key, wanted);
		else if (!agrees((enum event_field)field, wanted, got))
			say(problems, sample, "%s would be read as \"%s\", "
			    "not as \"%s\"", key, got, wanted);
	}
}

static void
check_sample(const struct bank *bank, const json_t *sample,
    GPtrArray *problems, GPtrArray *notes)
{
	g_autoptr(GPtrArray) events = read_as(bank, sample);
	const struct event *event = events->pdata[0];
	const char *kind = text_of(sample, "kind");

	if (events->len != 1 || strcmp(event_kind_name(event_kind(event)),
	    kind ? kind : "credit") != 0) {
		const char *why = event_get(event, EVENT_WHY);

		say(problems, sample, "would be read as %s%s%s",
		    events->len != 1 ? "several payments" :
		    event_kind_name(event_kind(event)), why ? ": " : "",
		    why ? why : "");
		return;
	}
	if (is_other(sample))
		return;
	for (const char *const *why = event_refused(event); *why; why++)
		say(problems, sample, "refused: %s", *why);
	compare(event, sample, problems, notes);
}

static bool
gives_money(const GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++) {
		enum event_kind kind = event_kind(events->pdata[i]);

		if (kind == EVENT_CREDIT || kind == EVENT_DEBIT ||
		    kind == EVENT_RETURN)
			return true;
	}
	return false;
}

static void
check_others(const struct parser *parser, const char *name,
    const json_t *sample, GPtrArray *notes)
{
	g_autoptr(GString) banks = g_string_new(NULL);

	for (guint i = 0; i < parser->all_banks->len; i++) {
		const struct bank *other = parser->all_banks->pdata[i];
		g_autoptr(GPtrArray) events = NULL;

		if (strcmp(bank_name(other), name) == 0)
			continue;
		events = read_as(other, sample);
		if (gives_money(events))
			g_string_append_printf(banks, "%s%s",
			    banks->len ? ", " : "", bank_name(other));
	}
	if (banks->len)
		say(notes, sample, "reads like a mail of %s: if it is one, "
		    "that bank's file only lacks this sender", banks->str);
}

void
parser_learn_check(const struct parser *parser, const char *path,
    const char *name, const json_t *job, GPtrArray *problems,
    GPtrArray *notes)
{
	const json_t *samples = json_object_get(job, "samples"), *sample;
	char *why = NULL;
	struct bank *bank = bankfile_load(path, name, &why);
	size_t i;

	if (!bank || !bankfile_complete(bank)) {
		g_ptr_array_add(problems, why ? why :
		    g_strdup(bank->broken));
		bankfile_free(bank);
		return;
	}
	bank->all = parser->all_banks;
	json_array_foreach(samples, i, sample) {
		check_sample(bank, sample, problems, notes);
		check_others(parser, name, sample, notes);
	}
	json_array_foreach(json_object_get(job, "not"), i, sample) {
		g_autoptr(GPtrArray) events = read_as(bank, sample);

		if (gives_money(events))
			say(problems, sample,
			    "the file would read it, and must not");
	}
	bankfile_free(bank);
}
