/*
 * learn_habits.c - the head of a bank's file: who sends, and how it writes
 * numbers and days.
 */
#include "learn.h"

#include <string.h>

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static const char *
value_of(const struct lpage *page, const char *key)
{
	return text_of(json_object_get(page->sample, "values"), key);
}

/* ---- numbers ------------------------------------------------------------------ */

struct marks {
	char decimal;
	GString *grouping;	/* characters seen */
	GPtrArray *spellings;	/* of the currency */
	const char *code;
};

static void
add_group(struct marks *marks, gunichar c)
{
	char text[8] = "";

	g_unichar_to_utf8(c == ' ' || c == '\t' ? ' ' : c, text);
	if (!strstr(marks->grouping->str, text))
		g_string_append(marks->grouping, text);
}

static void
note_figures(struct marks *marks, const struct lpage *page, glong start,
    glong end, int digits)
{
	glong last = end;

	while (last > start && g_unichar_isdigit(page->text[last - 1]))
		last--;
	if (last > start && digits > 0 && end - last == digits)
		marks->decimal = (char)page->text[--last];
	for (; last > start; last--)
		if (!g_unichar_isdigit(page->text[last - 1]))
			add_group(marks, page->text[last - 1]);
}

static void
note_spelling(struct marks *marks, const struct lpage *page, glong start,
    glong end)
{
	g_autofree char *word = lpage_slice(page, start, end);
	g_autofree char *folded = habits_fold(word, false);

	if (!*word || strchr(word, ' ') || strcmp(word, marks->code) == 0)
		return;
	if (!g_ptr_array_find_with_equal_func(marks->spellings, word,
	    g_str_equal, NULL))
		g_ptr_array_add(marks->spellings, g_strdup(word));
	if (!g_ptr_array_find_with_equal_func(marks->spellings, folded,
	    g_str_equal, NULL))
		g_ptr_array_add(marks->spellings, g_strdup(folded));
}

static void
note_amount(struct marks *marks, const struct lpage *page,
    const struct lspan *span)
{
	const char *code = value_of(page, "currency");
	glong start = span->start, end = span->end;

	while (start < end && !g_unichar_isdigit(page->text[start]))
		start++;
	while (end > start && !g_unichar_isdigit(page->text[end - 1]))
		end--;
	note_figures(marks, page, start, end, money_digits(code));
	if (strcmp(code, marks->code) != 0)
		return;
	note_spelling(marks, page, span->start, start);
	note_spelling(marks, page, end, span->end);
}

/* What the language does where the samples do not show it. */
static void
complete_marks(struct marks *marks, const struct labels *labels,
    const char *language)
{
	const char *decimal = ".", *grouping = ",";

	for (unsigned i = 0; i < labels_count_languages(labels); i++) {
		const struct labels_language *l = labels_language(labels, i);

		if (strcmp(l->name, language) == 0) {
			decimal = l->decimal;
			grouping = l->grouping;
		}
	}
	if (!marks->decimal)
		marks->decimal = strchr(marks->grouping->str, '.') ? ',' :
		    strchr(marks->grouping->str, ',') ? '.' :
		    *decimal ? *decimal : '.';
	for (const char *g = grouping; *g; g++)
		if (*g != marks->decimal)
			add_group(marks, (gunichar)*g);
}

static void
write_numbers(GString *out, const GPtrArray *pages,
    const struct labels *labels, const char *language, const char *code)
{
	struct marks marks = {.grouping = g_string_new(NULL), .code = code,
	    .spellings = g_ptr_array_new_with_free_func(g_free)};

	for (guint i = 0; i < pages->len; i++) {
		const struct lpage *page = pages->pdata[i];

		for (guint j = 0; j < page->spans->len; j++) {
			const struct lspan *span = &g_array_index(page->spans,
			    struct lspan, j);

			if (span->field == EVENT_AMOUNT)
				note_amount(&marks, page, span);
		}
	}
	complete_marks(&marks, labels, language);
	g_string_append_printf(out, "currency  %s", code);
	for (guint i = 0; i < marks.spellings->len; i++)
		g_string_append_printf(out, " %s",
		    (char *)marks.spellings->pdata[i]);
	g_string_append_printf(out, "\ndecimal   %c\n", marks.decimal);
	if (marks.grouping->len)
		g_string_append(out, "grouping ");
	for (const char *g = marks.grouping->str; *g;
	    g = g_utf8_next_char(g))
		g_string_append_printf(out, " %.*s", *g == ' ' ? 5 :
		    (int)(g_utf8_next_char(g) - g), *g == ' ' ? "space" : g);
	g_string_append(out, marks.grouping->len ? "\n" : "");
	g_string_free(marks.grouping, TRUE);
	g_ptr_array_unref(marks.spellings);
}

/* ---- days ----------------------------------------------------------------------- */

/* Are all days read rightly so? */
static bool
fits(const GPtrArray *pages, const struct day_habit *habit)
{
	for (guint i = 0; i < pages->len; i++) {
		const struct lpage *page = pages->pdata[i];

		for (guint j = 0; j < page->spans->len; j++) {
			const struct lspan *span = &g_array_index(page->spans,
			    struct lspan, j);
			g_autofree char *text = lpage_slice(page, span->start,
			    span->end);
			char day[DAY_SIZE];

			if (span->field != EVENT_BOOKED &&
			    span->field != EVENT_VALUE)
				continue;
			if (!habits_read_day(text, habit, text_of(
			    page->sample, "day"), day) || strcmp(day,
			    value_of(page, shape_name(span->field))) != 0)
				return false;
		}
	}
	return true;
}

static bool
try_language(const GPtrArray *pages, const char *language, unsigned likely,
    struct day_habit *habit)
{
	static const enum day_order orders[] = {ORDER_DMY, ORDER_MDY,
	    ORDER_YMD};

	habit->language = language;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
			bool is_likely = !likely || (likely >> i & 1);

			habit->order = orders[i];
			if (is_likely == (pass == 0) && fits(pages, habit))
				return true;
		}
	return false;
}

static void
write_days(GString *out, const GPtrArray *pages, const struct labels *labels,
    const char *language)
{
	static const char *const names[] = {"dmy", "mdy", "ymd"};
	struct day_habit habit = {ORDER_DMY, language};
	unsigned likely = 0;

	for (unsigned i = 0; i < labels_count_languages(labels); i++)
		if (strcmp(labels_language(labels, i)->name, language) == 0)
			likely = labels_language(labels, i)->dates;
	if (!habits_know_language(language))
		language = "en";
	if (!try_language(pages, language, likely, &habit))
		for (const struct month_names *m = month_names; m->language;
		    m++)
			if (try_language(pages, m->language, likely, &habit))
				break;
	g_string_append_printf(out, "language  %s\ndates     %s\n",
	    habit.language, names[habit.order]);
}

/* ---- who ------------------------------------------------------------------------- */

/* The language that most samples are written in. */
static const char *
language_of(const json_t *job, const GPtrArray *pages)
{
	const char *best = text_of(job, "language");
	unsigned most = 0;

	for (guint i = 0; !*text_of(job, "language") && i < pages->len; i++) {
		const char *mine = text_of(((struct lpage *)
		    pages->pdata[i])->sample, "language");
		unsigned count = 0;

		for (guint j = 0; j < pages->len; j++)
			count += strcmp(mine, text_of(((struct lpage *)
			    pages->pdata[j])->sample, "language")) == 0;
		if (*mine && count > most) {
			most = count;
			best = mine;
		}
	}
	return *best ? best : "en";
}

/* Of the owner's IBAN, the domain, the currency; ZZ: nobody knows. */
static char *
country_of(const json_t *job, const GPtrArray *pages, const char *currency)
{
	const char *domain = strrchr(text_of(job, "domain"), '.');

	if (*text_of(job, "country"))
		return g_strdup(text_of(job, "country"));
	for (guint i = 0; i < pages->len; i++) {
		const char *account = value_of(pages->pdata[i], "account");

		if (strlen(account) > 14 && g_ascii_isupper(account[0]) &&
		    g_ascii_isupper(account[1]) && g_ascii_isdigit(account[2]))
			return g_strndup(account, 2);
	}
	if (domain && strlen(domain) == 3)
		return strcmp(domain, ".uk") == 0 ? g_strdup("GB") :
		    g_ascii_strup(domain + 1, 2);
	return strcmp(currency, "EUR") == 0 || *currency == 'X' ?
	    g_strdup("ZZ") : g_strndup(currency, 2);
}

static void
write_list(GString *out, const char *key, const json_t *list)
{
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	g_string_append_printf(out, "%-9s", key);
	json_array_foreach(list, i, item)
		g_string_append_printf(out, " %s", json_string_value(item));
	g_string_append_c(out, '\n');
}

static bool
is_czech(const char *account)
{
	return g_regex_match_simple("^([0-9]{1,6}-)?[0-9]{2,10}/[0-9]{4}$",
	    account, 0, 0);
}

/* Czech accounts, when all of them are. */
static void
write_accounts(GString *out, const GPtrArray *pages)
{
	static const char *const keys[] = {"account", "payer_account"};
	bool some = false, all = true;

	for (guint i = 0; i < pages->len; i++)
		for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
			const char *account = value_of(pages->pdata[i],
			    keys[k]);

			if (!*account)
				continue;
			some = true;
			all = all && is_czech(account);
		}
	if (some && all)
		g_string_append(out, "accounts  czech\n");
}

void
lhabits_write(GString *out, const json_t *job, const GPtrArray *pages,
    const struct labels *labels)
{
	const char *language = language_of(job, pages), *code = "";
	g_autofree char *country = NULL;

	for (guint i = 0; !*code && i < pages->len; i++)
		code = value_of(pages->pdata[i], "currency");
	if (!*code)
		code = text_of(job, "currency");
	country = country_of(job, pages, code);
	g_string_append_printf(out, "title     %s\ncountry   %s\n",
	    text_of(job, "title"), country);
	write_list(out, "from", json_object_get(job, "from"));
	write_list(out, "dkim", json_object_get(job, "dkim"));
	if (json_is_true(json_object_get(job, "unsigned")))
		g_string_append(out, "unsigned  content-type\n");
	if (*text_of(job, "named"))
		g_string_append_printf(out, "named     %s\n",
		    text_of(job, "named"));
	if (json_is_true(json_object_get(job, "html")))
		g_string_append(out, "parts     html\n");
	write_days(out, pages, labels, language);
	write_numbers(out, pages, labels, language, code);
	write_accounts(out, pages);
}
