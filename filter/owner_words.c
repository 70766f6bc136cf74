/*
 * owner_words.c - reads what the owner answers to his digest. The words are
 * few, so that no language's sentence is one by accident: a word counts only
 * with what belongs to it. Pure.
 */
#include "digest.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 200
#define SUBJECT_WORDS 6
#define HOLD_DAYS_MAX 366

static const struct {
	const char *word;
	enum said_kind kind;
} verbs[] = {
	{"ok", SAID_OK}, {"yes", SAID_OK}, {"ja", SAID_OK}, {"si", SAID_OK},
	{"sí", SAID_OK}, {"sì", SAID_OK}, {"oui", SAID_OK}, {"sim", SAID_OK},
	{"да", SAID_OK}, {"ок", SAID_OK},
	{"no", SAID_NO}, {"nein", SAID_NO}, {"non", SAID_NO}, {"nee", SAID_NO},
	{"não", SAID_NO}, {"нет", SAID_NO},
	{"done", SAID_DONE}, {"erledigt", SAID_DONE}, {"hecho", SAID_DONE},
	{"fait", SAID_DONE}, {"gedaan", SAID_DONE}, {"feito", SAID_DONE},
	{"fatto", SAID_DONE}, {"готово", SAID_DONE},
	{"undo", SAID_UNDO}, {"zurück", SAID_UNDO}, {"deshacer", SAID_UNDO},
	{"annuler", SAID_UNDO}, {"ongedaan", SAID_UNDO},
	{"desfazer", SAID_UNDO}, {"annulla", SAID_UNDO},
	{"отменить", SAID_UNDO},
	{"hold", SAID_HOLD}, {"pause", SAID_HOLD}, {"warten", SAID_HOLD},
	{"esperar", SAID_HOLD}, {"attendre", SAID_HOLD},
	{"wachten", SAID_HOLD}, {"attendere", SAID_HOLD},
	{"подождать", SAID_HOLD},
};

static const struct {
	const char *start;	/* of a word of that length of time */
	int days;
} units[] = {
	{"week", 7}, {"woche", 7}, {"semana", 7}, {"semaine", 7}, {"weken", 7},
	{"settiman", 7}, {"недел", 7}, {"month", 30}, {"monat", 30},
	{"mes", 30}, {"mois", 30}, {"maand", 30}, {"mês", 30}, {"месяц", 30},
	{"day", 1}, {"tag", 1}, {"día", 1}, {"dia", 1}, {"jour", 1},
	{"dag", 1}, {"giorn", 1}, {"дн", 1}, {"ден", 1},
};

struct reader {
	char **words;
	guint at, length;
	GPtrArray *said;
};

void
said_word_free(struct said_word *word)
{
	if (!word)
		return;
	g_free(word->subject);
	g_free(word->text);
	g_free(word);
}

static const char *
peek(const struct reader *reader, guint ahead)
{
	return reader->at + ahead < reader->length ?
	    reader->words[reader->at + ahead] : "";
}

/* "3", "3,", "[3]" */
static int
number_of(const char *word)
{
	guint64 number;
	g_autofree char *plain = g_strdup(word);

	g_strdelimit(plain, "[],;.:()", ' ');
	g_strstrip(plain);
	return g_ascii_string_to_unsigned(plain, 10, 1, 9999, &number, NULL) ?
	    (int)number : 0;
}

/* Without the quotation marks and the punctuation around it; takes it. */
static char *
bare(char *text)
{
	static const char *const marks[] = {"\"", "'", ",", ";", ".", ":",
	    "„", "“", "”", "«", "»", "’", "‘"};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
			size_t length = strlen(text), mark = strlen(marks[i]);

			if (g_str_has_prefix(text, marks[i])) {
				memmove(text, text + mark, length - mark + 1);
				again = true;
			} else if (g_str_has_suffix(text, marks[i])) {
				text[length - mark] = '\0';
				again = true;
			}
		}
	}
	return text;
}

static char *
join(const struct reader *reader, guint from, guint to)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = from; i < to; i++)
		g_string_append_printf(text, "%s%s", text->len ? " " : "",
		    reader->words[i]);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The words from one to the one that is next. */
static struct said_word *
add(struct reader *reader, enum said_kind kind, guint from)
{
	struct said_word *word = g_new0(struct said_word, 1);

	word->kind = kind;
	word->text = join(reader, from, reader->at);
	g_ptr_array_add(reader->said, word);
	return word;
}

static bool
verb_of(const char *word, enum said_kind *kind)
{
	g_autofree char *lower = g_utf8_strdown(word, -1);
	g_autofree char *plain = g_strdelimit(g_strdup(lower), ":,.!", ' ');

	g_strstrip(plain);
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(plain, verbs[i].word) == 0) {
			*kind = verbs[i].kind;
			return true;
		}
	return false;
}

static int
days_of_unit(const char *word)
{
	g_autofree char *lower = g_utf8_strdown(word, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (g_str_has_prefix(lower, units[i].start))
			return units[i].days;
	return 0;
}

/* "ok 3, 4 and 7": a number belongs to it unless "=" follows. */
static bool
read_numbers(struct reader *reader, enum said_kind kind)
{
	guint start = reader->at++;
	bool found = false;

	while (reader->at < reader->length) {
		int number = number_of(peek(reader, 0));
		bool joined = found && number_of(peek(reader, 1)) &&
		    strcmp(peek(reader, 2), "=") != 0 &&
		    g_utf8_strlen(peek(reader, 0), -1) <= 3;
		enum said_kind other;

		if (number && strcmp(peek(reader, 1), "=") != 0) {
			reader->at++;
			add(reader, kind, start)->number = number;
			start = reader->at;
			found = true;
		} else if (joined && !number &&
		    !verb_of(peek(reader, 0), &other)) {
			start = ++reader->at;	/* "and" */
		} else {
			break;
		}
	}
	if (!found)
		reader->at = start;
	return found;
}

/* "hold ACME 2 weeks" */
static bool
read_hold(struct reader *reader)
{
	guint start = reader->at;

	for (guint i = 1; i <= SUBJECT_WORDS &&
	    start + i + 1 < reader->length; i++) {
		int count = number_of(peek(reader, i));
		int unit = days_of_unit(peek(reader, i + 1));
		g_autofree char *subject = bare(join(reader, start + 1,
		    start + i));
		struct said_word *word;

		if (!*subject || !count || !unit ||
		    count * unit > HOLD_DAYS_MAX)
			continue;
		reader->at += i + 2;
		word = add(reader, SAID_HOLD, start);
		word->subject = g_steal_pointer(&subject);
		word->days = count * unit;
		return true;
	}
	return false;
}

/* "3 = INV-17" */
static bool
read_invoice(struct reader *reader)
{
	guint start = reader->at;
	int number = number_of(peek(reader, 0));
	g_autofree char *subject = NULL;
	struct said_word *word;

	if (!number || strcmp(peek(reader, 1), "=") != 0 || !*peek(reader, 2))
		return false;
	subject = bare(g_strdup(reader->words[start + 2]));
	if (!*subject)
		return false;
	reader->at += 3;
	word = add(reader, SAID_INVOICE, start);
	word->number = number;
	word->subject = g_steal_pointer(&subject);
	return true;
}

static bool
read_word(struct reader *reader)
{
	enum said_kind kind;

	if (read_invoice(reader))
		return true;
	if (!verb_of(peek(reader, 0), &kind))
		return false;
	return kind == SAID_HOLD ? read_hold(reader) :
	    read_numbers(reader, kind);
}

static void
read_all(struct reader *reader)
{
	guint lost = reader->at;

	while (reader->at < reader->length) {
		guint before = reader->at, said = reader->said->len;
		struct said_word *word;

		if (!read_word(reader)) {
			reader->at = before + 1;
			continue;
		}
		if (lost < before) {	/* what stood before it */
			word = g_new0(struct said_word, 1);
			word->kind = SAID_NOTHING;
			word->text = join(reader, lost, before);
			g_ptr_array_insert(reader->said, (gint)said, word);
		}
		lost = reader->at;
	}
	if (lost < reader->length)
		add(reader, SAID_NOTHING, lost);
}

GPtrArray *
owner_words_read(const char *text)
{
	struct reader reader = {.said = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)said_word_free)};
	g_autoptr(GString) spaced = g_string_new(NULL);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = NULL;

	for (const char *p = text ? text : ""; *p; p++)
		g_string_append_printf(spaced, *p == '=' ? " %c " : "%c", *p);
	parts = g_strsplit_set(spaced->str, " \t\r\n", -1);
	for (char **part = parts; *part && words->len < WORDS_MAX; part++)
		if (**part)
			g_ptr_array_add(words, g_strdup(*part));
	reader.words = (char **)words->pdata;
	reader.length = words->len;
	read_all(&reader);
	g_ptr_array_unref(words);
	return reader.said;
}
