/*
 * labels.c - reads the vocabularies of bank mails line by line into the index
 * of labels_index.c.
 */
#include "labels_index.h"

#include <string.h>

static const char *const key_names[LABELS_KEYS] = {
	"amount", "credit-amount", "debit-amount", "unit",
	"payer", "payer-account", "payee", "payee-account",
	"account", "counterparty", "counter-account",
	"reference", "remittance", "bank-reference",
	"end-to-end", "variable-symbol", "constant-symbol",
	"specific-symbol", "booked", "value", "type",
	"balance", "fee", "limit", "tax", "card", "other",
	"credit", "debit", "return", "refund", "card-use", "request",
	"failed", "future", "otp", "marketing", "statement", "advice",
	"greeting", "footer", "from", "to", "on",
	"hint", "currency", "sentence",
};

static const struct {
	const char *name;
	enum labels_slot slot;
} slots[] = {
	{"{amount}", SLOT_AMOUNT}, {"{payer}", SLOT_PAYER},
	{"{payee}", SLOT_PAYEE}, {"{account}", SLOT_ACCOUNT},
	{"{payer_account}", SLOT_PAYER_ACCOUNT},
	{"{reference}", SLOT_REFERENCE}, {"{remittance}", SLOT_REMITTANCE},
	{"{bank_reference}", SLOT_BANK_REFERENCE}, {"{date}", SLOT_DATE},
	{"{_}", SLOT_ANY},
};

const char *
labels_key_name(enum labels_key key)
{
	return key_names[key];
}

static int
find_key(const char *name, size_t length)
{
	for (int i = 0; i < LABELS_KEYS; i++)
		if (strncmp(key_names[i], name, length) == 0 &&
		    !key_names[i][length])
			return i;
	return -1;
}

/* ---- habits ------------------------------------------------------------------ */

static const char *
add_marks(char *out, size_t size, const char *value, const char *allowed)
{
	g_auto(GStrv) words = g_strsplit(value, " ", -1);

	for (char **w = words; *w; w++) {
		char mark = strcmp(*w, "space") == 0 ? ' ' :
		    strcmp(*w, "\u2019") == 0 ? '\'' : **w;

		if (!**w)
			continue;
		if (!strchr(allowed, mark) || (mark != ' ' && (*w)[1] &&
		    (*w)[0] != '\xe2'))
			return "no mark that can stand there";
		if (!strchr(out, mark) && strlen(out) + 1 < size)
			out[strlen(out)] = mark;
	}
	return NULL;
}

static const char *
add_dates(struct labels_language *language, const char *value)
{
	static const char *const orders[] = {"dmy", "mdy", "ymd"};
	g_auto(GStrv) words = g_strsplit(value, " ", -1);

	for (char **w = words; *w; w++) {
		unsigned set = 0;

		for (unsigned i = 0; i < G_N_ELEMENTS(orders); i++)
			if (strcmp(*w, orders[i]) == 0)
				set = 1u << i;
		if (!set && **w)
			return "not dmy, mdy or ymd";
		language->dates |= set;
	}
	return NULL;
}

static const char *
set_home(struct labels_language *language, const char *value)
{
	if (money_digits(value) < 0)
		return "no currency of ISO 4217";
	if (*language->home && strcmp(language->home, value) != 0)
		return "another home currency";
	g_strlcpy(language->home, value, sizeof(language->home));
	return NULL;
}

/* ---- phrases ----------------------------------------------------------------- */

/* The words of a text, as numbers; signs are left out. */
static void
cut_words(struct labels *labels, const char *text, GArray *words)
{
	struct lex_token token;
	uint32_t at = 0;

	g_array_set_size(words, 0);
	for (lex_next(text, &at, &token); token.kind != LEX_END;
	    lex_next(text, &at, &token)) {
		unsigned word;

		if (token.kind > LEX_MONEY)
			continue;
		word = labels_add_word(labels, token.folded, token.length);
		g_array_append_val(words, word);
	}
}

static const char *
add_phrase(struct labels *labels, const char *text, struct labels_entry *entry)
{
	cut_words(labels, text, labels->scratch);
	if (labels->scratch->len == 0)
		return "no word in it";
	labels_add_entry(labels, (const unsigned *)
	    (const void *)labels->scratch->data, labels->scratch->len, entry);
	return NULL;
}

static const char *
add_currency(struct labels *labels, char *value, struct labels_entry *entry)
{
	size_t length = strcspn(value, " \t");
	g_autofree char *code = g_strndup(value, length);
	g_auto(GStrv) words = NULL;
	const char *why = NULL;

	if (money_digits(code) < 0)
		return "no currency of ISO 4217";
	entry->extra = labels_add_code(labels, code);
	if (entry->key == LABELS_HINT)
		return add_phrase(labels, value + length, entry);
	g_strdelimit(value, "\t", ' ');
	words = g_strsplit(value, " ", -1);	/* the code is one of them */
	for (char **w = words; *w && !why; w++) {
		if (!**w)
			continue;
		g_strdelimit(*w, "_", ' ');
		why = add_phrase(labels, *w, entry);
	}
	return why;
}

/* ---- sentences --------------------------------------------------------------- */

static bool
is_open(enum labels_slot slot)
{
	return slot == SLOT_PAYER || slot == SLOT_PAYEE ||
	    slot == SLOT_REMITTANCE || slot == SLOT_ANY;
}

static const char *
add_slot(GArray *parts, const char *name, size_t length)
{
	struct labels_part part = {SLOT_WORD, 0}, last = part;

	for (size_t i = 0; i < G_N_ELEMENTS(slots); i++)
		if (strlen(slots[i].name) == length &&
		    strncmp(slots[i].name, name, length) == 0)
			part.slot = slots[i].slot;
	if (part.slot == SLOT_WORD)
		return "no such slot";
	if (parts->len)
		last = g_array_index(parts, struct labels_part,
		    parts->len - 1);
	if (is_open(part.slot) && is_open(last.slot))
		return "two slots of text without a word between them";
	g_array_append_val(parts, part);
	return NULL;
}

static const char *
cut_parts(struct labels *labels, const char *pattern, GArray *parts)
{
	while (*pattern) {
		size_t length = strcspn(pattern, "{");
		g_autofree char *words = g_strndup(pattern, length);
		const char *why;

		cut_words(labels, words, labels->scratch);
		for (guint i = 0; i < labels->scratch->len; i++) {
			struct labels_part part = {SLOT_WORD,
			    g_array_index(labels->scratch, unsigned, i)};

			g_array_append_val(parts, part);
		}
		pattern += length;
		if (!*pattern)
			break;
		length = strcspn(pattern, "}");
		if (!pattern[length])
			return "a { without its }";
		why = add_slot(parts, pattern, length + 1);
		if (why)
			return why;
		pattern += length + 1;
	}
	return NULL;
}

/* The longest run of words: where a text is asked for the sentence. */
static void
find_anchor(struct labels_sentence *sentence, const GArray *parts)
{
	unsigned run = 0;

	for (guint i = 0; i < parts->len; i++) {
		run = g_array_index(parts, struct labels_part, i).slot ==
		    SLOT_WORD ? run + 1 : 0;
		if (run > sentence->anchor_length) {
			sentence->anchor_length = run;
			sentence->anchor = i + 1 - run;
		}
	}
}

static const char *
add_sentence(struct labels *labels, const char *value,
    struct labels_entry *entry)
{
	size_t length = strcspn(value, " \t");
	int kind = find_key(value, length);
	struct labels_sentence sentence = {.language = entry->language};
	g_autoptr(GArray) parts =
	    g_array_new(FALSE, FALSE, sizeof(struct labels_part));
	unsigned words[64];
	const char *why;

	if (kind < PHRASE_CREDIT || kind > PHRASE_ADVICE)
		return "a sentence is of one of the kinds from credit to "
		    "advice";
	sentence.kind = (enum labels_key)kind;
	why = cut_parts(labels, value + length, parts);
	if (why)
		return why;
	find_anchor(&sentence, parts);
	if (sentence.anchor_length == 0)
		return "no word in it";
	if (sentence.anchor_length > G_N_ELEMENTS(words))
		return "too long";
	for (unsigned i = 0; i < sentence.anchor_length; i++)
		words[i] = g_array_index(parts, struct labels_part,
		    sentence.anchor + i).word;
	sentence.count = parts->len;
	entry->extra = labels_add_sentence(labels, &sentence,
	    (const struct labels_part *)(const void *)parts->data);
	labels_add_entry(labels, words, sentence.anchor_length, entry);
	return NULL;
}

/* ---- lines ------------------------------------------------------------------- */

/* NULL or why the line is bad. */
static const char *
add_line(struct labels *labels, unsigned language, char *line)
{
	size_t length = strcspn(line, " \t");
	char *value = line + length + strspn(line + length, " \t");
	struct labels_language *habits = &labels->languages[language];
	struct labels_entry entry = {.language = (uint8_t)language};
	int key;

	if (!*value)
		return "nothing behind the key";
	line[length] = '\0';
	if (strcmp(line, "decimal") == 0)
		return add_marks(habits->decimal, sizeof(habits->decimal),
		    value, ".,");
	if (strcmp(line, "grouping") == 0)
		return add_marks(habits->grouping, sizeof(habits->grouping),
		    value, ".,' ");
	if (strcmp(line, "dates") == 0)
		return add_dates(habits, value);
	if (strcmp(line, "home") == 0)
		return set_home(habits, value);
	key = find_key(line, length);
	if (key < 0)
		return "unknown key";
	entry.key = (uint8_t)key;
	if (key == LABELS_SENTENCE)
		return add_sentence(labels, value, &entry);
	if (key == LABELS_CURRENCY || key == LABELS_HINT)
		return add_currency(labels, value, &entry);
	return add_phrase(labels, value, &entry);
}

static void
note(GPtrArray *problems, const char *name, unsigned line, const char *why)
{
	if (problems)
		g_ptr_array_add(problems, g_strdup_printf("%s:%u: %s", name,
		    line, why));
}

/* Cuts the text up while it reads it. */
static void
add_text(struct labels *labels, const char *path, const char *name, char *text,
    GPtrArray *problems)
{
	int language = labels_add_language(labels, name);
	unsigned number = 1;

	if (language < 0) {
		note(problems, path, 0, "the file's name is no language, or "
		    "too many languages");
		return;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		note(problems, path, 0, "not UTF-8 text");
		return;
	}
	for (char *next; text; text = next, number++) {
		const char *why;

		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		g_strstrip(text);
		if (!*text || *text == '#')
			continue;
		why = add_line(labels, (unsigned)language, text);
		if (why)
			note(problems, path, number, why);
	}
}

/* ---- files ------------------------------------------------------------------- */

#define FILE_MARK '\001'	/* in front of each file's path, on a line */

static void
append_file(GString *all, const char *path, GPtrArray *problems)
{
	g_autofree char *text = NULL;
	gsize length;

	if (!g_file_get_contents(path, &text, &length, NULL) ||
	    memchr(text, FILE_MARK, length) || strlen(text) != length) {
		note(problems, path, 0, text ? "holds bytes that are no text" :
		    "cannot be read");
		return;
	}
	g_string_append_printf(all, "%c%s\n", FILE_MARK, path);
	g_string_append_len(all, text, (gssize)length);
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GString *
labels_files(const char *const *dirs, GPtrArray *problems)
{
	GString *all = g_string_sized_new(1024 * 1024);

	for (; dirs && *dirs; dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*dirs, 0, NULL);
		g_autoptr(GPtrArray) paths =
		    g_ptr_array_new_with_free_func(g_free);
		const char *name;

		while (dir && (name = g_dir_read_name(dir)))
			if (g_str_has_suffix(name, ".labels"))
				g_ptr_array_add(paths, g_build_filename(*dirs,
				    name, NULL));
		g_ptr_array_sort(paths, by_name);
		for (guint i = 0; i < paths->len; i++)
			append_file(all, paths->pdata[i], problems);
	}
	return all;
}

struct labels *
labels_parse(const char *files, GPtrArray *problems)
{
	struct labels *labels = labels_new();
	g_autofree char *copy = g_strdup(files);
	char *file = strchr(copy, FILE_MARK);

	while (file) {
		char *next = strchr(++file, FILE_MARK);
		char *text = strchr(file, '\n');
		g_autofree char *base = NULL;

		if (next)
			*next = '\0';
		if (text) {
			*text++ = '\0';
			base = g_path_get_basename(file);
			base[strcspn(base, ".")] = '\0';
			add_text(labels, file, base, text, problems);
		}
		file = next;
	}
	labels_seal(labels);
	return labels;
}

struct labels *
labels_load(const char *const *dirs, GPtrArray *problems)
{
	GString *files = labels_files(dirs, problems);
	struct labels *labels = labels_parse(files->str, problems);

	g_string_free(files, TRUE);
	return labels;
}

struct labels *
labels_load_text(const char *language, const char *text, GPtrArray *problems)
{
	struct labels *labels = labels_new();
	g_autofree char *copy = g_strdup(text);

	add_text(labels, language, language, copy, problems);
	labels_seal(labels);
	return labels;
}
