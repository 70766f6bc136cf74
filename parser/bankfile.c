/*
 * bankfile.c - reads NAME.bank (mailfilter-bank(5)): lines of a key and its
 * value, first about the bank, then from each "template NAME" on about that
 * template. A line that begins with a blank continues the one above. At the
 * start only the senders are looked for: there are many banks, and a mail is
 * of one at most.
 */
#include "bankreader.h"

#include <errno.h>
#include <string.h>

#define FILE_LIMIT (256u * 1024u)

bool
reader_fail(struct reader *r, const char *format, ...)
{
	va_list args;
	g_autofree char *reason = NULL;

	va_start(args, format);
	reason = g_strdup_vprintf(format, args);
	va_end(args);
	if (!r->why)
		r->why = g_strdup_printf("%s:%u: %s", r->bank->path, r->line,
		    reason);
	return false;
}

bool
reader_set_once(struct reader *r, char **where, const char *value)
{
	if (*where)
		return reader_fail(r, "given twice");
	*where = g_strdup(value);
	return true;
}

static bool
key_title(struct reader *r, const char *value)
{
	return reader_set_once(r, &r->bank->title, value);
}

static bool
key_country(struct reader *r, const char *value)
{
	if (strlen(value) != 2 || !g_ascii_isupper(value[0]) ||
	    !g_ascii_isupper(value[1]))
		return reader_fail(r, "a country is two capital letters, not \"%s\"",
		    value);
	return reader_set_once(r, &r->bank->country, value);
}

static bool
key_language(struct reader *r, const char *value)
{
	if (!habits_know_language(value))
		return reader_fail(r, "no table of months for \"%s\"", value);
	return reader_set_once(r, &r->bank->language, value);
}

static bool
key_currency(struct reader *r, const char *value)
{
	g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);

	if (money_digits(words[0]) < 0)
		return reader_fail(r, "\"%s\" is no currency of ISO 4217", words[0]);
	if (!reader_set_once(r, &r->bank->currency, words[0]))
		return false;
	g_strfreev(r->bank->spellings);
	r->bank->spellings = g_steal_pointer(&words);
	return true;
}

/* Is each word a domain: plain, or "*." and one for all below it? */
static bool
check_domains(struct reader *r, const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		const char *word = list->pdata[i];
		const char *domain =
		    g_str_has_prefix(word, "*.") ? word + 2 : word;

		if (!strchr(domain, '.') || *domain == '.' ||
		    domain[strspn(domain,
			"abcdefghijklmnopqrstuvwxyz0123456789.-")])
			return reader_fail(r, "\"%s\" is no domain in lower case",
			    word);
	}
	return true;
}

/* Adds the words of a text up to its end. */
static void
add_words(GPtrArray *list, const char *text, const char *end)
{
	while (text < end) {
		const char *word = text;

		while (text < end && *text != ' ' && *text != '\t')
			text++;
		if (text > word)
			g_ptr_array_add(list, g_strndup(word,
			    (gsize)(text - word)));
		else
			text++;
	}
}

/* They are known from the start, but were not looked at. */
static bool
key_from(struct reader *r, const char *value)
{
	(void)value;
	return check_domains(r, r->bank->from);
}

/* Known from the start too. */
static bool
key_named(struct reader *r, const char *value)
{
	if (g_utf8_strlen(value, -1) < 3)
		return reader_fail(r, "\"%s\" is too short to be a name",
		    value);
	return true;
}

static bool
key_dkim(struct reader *r, const char *value)
{
	add_words(r->bank->dkim, value, value + strlen(value));
	return check_domains(r, r->bank->dkim);
}

/* A name by which the banks' reports call this provider. */
static bool
key_transfers(struct reader *r, const char *value)
{
	if (g_utf8_strlen(value, -1) < 3)
		return reader_fail(r, "\"%s\" is too short to be told from "
		    "other words", value);
	g_ptr_array_add(r->bank->transfers, g_strdup(value));
	return true;
}

static bool
key_decimal(struct reader *r, const char *value)
{
	if (strcmp(value, ".") != 0 && strcmp(value, ",") != 0)
		return reader_fail(r, "the decimal mark is . or ,");
	return reader_set_once(r, &r->bank->decimal, value);
}

static bool
key_grouping(struct reader *r, const char *value)
{
	g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
	g_autoptr(GString) marks = g_string_new(NULL);

	for (char **word = words; *word; word++) {
		if (strcmp(*word, "space") == 0)
			g_string_append_c(marks, ' ');
		else if (g_utf8_strlen(*word, -1) > 1 ||
		    g_ascii_isalnum(**word))
			return reader_fail(r, "\"%s\" groups no digits", *word);
		else
			g_string_append(marks, *word);
	}
	return reader_set_once(r, &r->bank->grouping, marks->str);
}

static bool
key_dates(struct reader *r, const char *value)
{
	static const struct {
		const char *name;
		enum day_order order;
	} orders[] = {{"dmy", ORDER_DMY}, {"mdy", ORDER_MDY},
	    {"ymd", ORDER_YMD}};

	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
		if (strcmp(value, orders[i].name) == 0) {
			r->bank->days.order = orders[i].order;
			return true;
		}
	return reader_fail(r, "dates are dmy, mdy or ymd, not \"%s\"", value);
}

static bool
key_accounts(struct reader *r, const char *value)
{
	if (strcmp(value, "czech") != 0 && strcmp(value, "plain") != 0)
		return reader_fail(r, "accounts are czech or plain, not \"%s\"",
		    value);
	r->bank->czech_accounts = *value == 'c';
	return true;
}

static bool
key_bank_code(struct reader *r, const char *value)
{
	if (value[strspn(value, "0123456789")])
		return reader_fail(r, "a bank code is figures, not \"%s\"", value);
	return reader_set_once(r, &r->bank->bank_code, value);
}

static bool
key_unsigned(struct reader *r, const char *value)
{
	if (strcmp(value, "content-type") != 0)
		return reader_fail(r, "only content-type can be excused");
	r->bank->excuse_content_type = true;
	return true;
}

static bool
key_parts(struct reader *r, const char *value)
{
	if (strcmp(value, "html") != 0 && strcmp(value, "all") != 0)
		return reader_fail(r, "parts are html or all, not \"%s\"", value);
	r->bank->html_only = *value == 'h';
	return true;
}

static const struct bank_key bank_keys[] = {
	{"title", key_title},
	{"country", key_country},
	{"language", key_language},
	{"currency", key_currency},
	{"from", key_from},
	{"named", key_named},
	{"dkim", key_dkim},
	{"transfers", key_transfers},
	{"decimal", key_decimal},
	{"grouping", key_grouping},
	{"dates", key_dates},
	{"accounts", key_accounts},
	{"bank-code", key_bank_code},
	{"unsigned", key_unsigned},
	{"parts", key_parts},
	{NULL, NULL},
};

static bool
read_key(struct reader *r, const char *key, const char *value)
{
	const struct bank_key *keys =
	    r->template ? bank_template_keys : bank_keys;

	if (strcmp(key, "template") == 0 && *value)
		return reader_template(r, value);
	for (; keys->name; keys++)
		if (strcmp(key, keys->name) == 0)
			break;
	if (!keys->name)
		return reader_fail(r, "unknown key \"%s\"%s", key,
		    r->template ? " in a template" : "");
	if (!*value)
		return reader_fail(r, "\"%s\" has no value", key);
	return keys->read(r, value);
}

/* One key with all its continuation lines joined. */
static bool
read_entry(struct reader *r, GString *entry)
{
	char *value = entry->str + strcspn(entry->str, " \t");
	bool ok;

	if (entry->len == 0)
		return true;
	if (*value)
		*value++ = '\0';
	ok = read_key(r, entry->str, g_strstrip(value));
	g_string_truncate(entry, 0);
	return ok;
}

/* Cuts the next line off the text; NULL at its end. */
static char *
next_line(char **text)
{
	char *line = *text, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end = '\0';
	*text = end ? end + 1 : NULL;
	return g_strchomp(line);
}

/* Reads all lines of a file. */
static bool
read_lines(struct reader *r, char *text)
{
	g_autoptr(GString) entry = g_string_new(NULL);
	unsigned number = 1;
	char *line;

	for (; (line = next_line(&text)); number++) {
		bool more = *line == ' ' || *line == '\t';

		if (*line == '\0' || *g_strchug(line) == '#')
			continue;
		if (more && entry->len > 0) {
			g_string_append_printf(entry, " %s", line);
			continue;
		}
		if (!read_entry(r, entry))
			return false;
		r->line = number;
		if (more)
			return reader_fail(r, "begins with a blank, but "
			    "there is nothing to continue");
		g_string_assign(entry, line);
	}
	return read_entry(r, entry);
}

/* The value of a line that begins with a key, or NULL. */
static const char *
after_key(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0 || (line[length] != ' ' &&
	    line[length] != '\t'))
		return NULL;
	return line + length;
}

static void
add_name(struct bank *bank, const char *text, const char *end)
{
	g_autofree char *name = g_strndup(text, (gsize)(end - text));

	if (!g_utf8_validate(name, -1, NULL))
		return;
	if (!bank->named)
		bank->named = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(bank->named, habits_fold(g_strstrip(name), true));
}

/* Adds the domains of all "from" lines before the first template, and the
 * names of all "named" lines. */
static void
find_senders(struct bank *bank, const char *text)
{
	bool is_from = false;

	while (*text && strncmp(text, "template", 8) != 0) {
		const char *end = strchrnul(text, '\n'), *value = NULL;
		const char *name = after_key(text, "named");

		if (name)
			add_name(bank, name, end);
		if (*text == ' ' || *text == '\t')
			value = is_from ? text : NULL;
		else if (text < end && *text != '#')
			is_from = (value = after_key(text, "from")) != NULL;
		if (value)
			add_words(bank->from, value, end[-1] == '\r' ?
			    end - 1 : end);
		text = *end ? end + 1 : end;
	}
}

static bool
check_bank(struct reader *r)
{
	struct bank *bank = r->bank;

	r->line = 1;
	if (!bank->title || !bank->country || !bank->currency)
		return reader_fail(r, "title, country or currency is missing");
	if (bank->from->len == 0)
		return reader_fail(r, "no \"from\" says which domains send");
	if (!bank->decimal)
		return reader_fail(r, "\"decimal\" is missing");
	if (strstr(bank->grouping ? bank->grouping : "", bank->decimal))
		return reader_fail(r, "the decimal mark also groups digits");
	if (bank->templates->len == 0)
		return reader_fail(r, "there is no template");
	return true;
}

static struct bank *
new_bank(const char *path, const char *name)
{
	struct bank *bank = g_new0(struct bank, 1);

	bank->path = g_strdup(path);
	bank->name = g_strdup(name);
	bank->from = g_ptr_array_new_with_free_func(g_free);
	return bank;
}

/* The file's text; NULL after a fault. */
static char *
read_file(struct reader *r)
{
	g_autofree char *text = NULL;
	gsize length;

	if (!g_file_get_contents(r->bank->path, &text, &length, NULL)) {
		reader_fail(r, "cannot be read: %s", g_strerror(errno));
		return NULL;
	}
	if (length > FILE_LIMIT || memchr(text, '\0', length)) {
		reader_fail(r, "is no text of at most %u kB",
		    FILE_LIMIT / 1024);
		return NULL;
	}
	return g_steal_pointer(&text);
}

struct bank *
bankfile_load(const char *path, const char *name, char **why)
{
	struct bank *bank = new_bank(path, name);
	struct reader r = {.bank = bank, .line = 1};

	bank->text = read_file(&r);
	if (bank->text)
		find_senders(bank, bank->text);
	if (bank->from->len > 0)
		return bank;
	/* What stands before a missing sender is the better reason. */
	if (!r.why && !bankfile_complete(bank))
		r.why = g_steal_pointer(&bank->broken);
	*why = r.why;
	bankfile_free(bank);
	return NULL;
}

bool
bankfile_complete(struct bank *bank)
{
	struct reader r = {.bank = bank, .line = 1};
	g_autofree char *text = g_steal_pointer(&bank->text);

	if (!text)
		return bank->broken == NULL;
	bank->dkim = g_ptr_array_new_with_free_func(g_free);
	bank->transfers = g_ptr_array_new_with_free_func(g_free);
	bank->templates = g_ptr_array_new_with_free_func(template_free);
	if (!g_utf8_validate(text, -1, NULL))
		reader_fail(&r, "is not UTF-8 text");
	else if (read_lines(&r, text) && check_bank(&r))
		reader_end(&r);
	bank->days.language = bank->language ? bank->language : "en";
	bank->broken = r.why;
	return bank->broken == NULL;
}

void
bankfile_free(struct bank *bank)
{
	if (!bank)
		return;
	g_free(bank->name);
	g_free(bank->path);
	g_free(bank->title);
	g_free(bank->country);
	g_free(bank->currency);
	g_strfreev(bank->spellings);
	g_ptr_array_free(bank->from, TRUE);
	g_clear_pointer(&bank->dkim, g_ptr_array_unref);
	g_clear_pointer(&bank->named, g_ptr_array_unref);
	g_clear_pointer(&bank->transfers, g_ptr_array_unref);
	g_free(bank->decimal);
	g_free(bank->grouping);
	g_free(bank->language);
	g_free(bank->bank_code);
	g_free(bank->text);
	g_free(bank->broken);
	g_clear_pointer(&bank->templates, g_ptr_array_unref);
	g_free(bank);
}
