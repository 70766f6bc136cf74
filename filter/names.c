/*
 * names.c - reads the name of a party: words in Latin capitals, legal forms
 * and titles off, and the several names that one field may hold ("A und B",
 * "A trading as B", "A on behalf of B"). Banks send Latin letters, cut, with
 * accents or without, with the legal form or without; both sides are folded
 * to the same plain words. Pure.
 */
#include "match.h"
#include "names.h"

#include <string.h>

/* What is no part of a name (folded). */
static const char *const no_name[] = {
    "HR", "HERR", "HERRN", "FRAU", "FR", "MR", "MRS", "MS", "MISS", "MX",
    "DR", "PROF", "ING", "DIPL", "MAG", "MGR", "JUDR", "MUDR", "PHDR", "RNDR",
    "PHD", "MSC", "BSC", "MBA", "MME", "MLLE", "MONSIEUR", "MADAME", "MESSRS",
    "DON", "DONA", "SR", "SRA", "SRTA", "SENOR", "SENORA", "DHR", "MEVR",
    "MEVROUV", "MV", "HEER", "SIG", "SIGRA", "SIGNOR", "SIGNORA", "DOTT",
    "PAN", "PANI", "HERRA", "ROUVA", "FRU", "GOSPODIN", "KIRIOS", "KIRIA",
    "FAM", "FAMILIE", "FAMILLE", "FAMILIA", "FIRMA", "FA", "ETS", "STE",
    "ETABLISSEMENTS", "SOCIETE", "AND", "UND", "EN", "ET", "EO", "THE", "JR",
};
static const char *const particles[] = {
    "VAN", "DE", "DEN", "DER", "TEN", "TER", "TE", "VON", "ZU", "ZUM", "ZUR",
    "VOM", "DI", "DA", "DO", "DOS", "DAS", "DEL", "DELLA", "DELLE", "DEGLI",
    "LA", "LE", "LES", "DU", "DES", "EL", "AL", "BIN", "IBN", "BEN", "OP",
    "AAN", "VD", "AF", "AV",
};

/* What stands between two names of one field. */
enum between { BETWEEN_JOINT, BETWEEN_ALIAS, BETWEEN_BEHALF };
static const struct {
	const char *words;
	enum between kind;
} between[] = {
    {"on behalf of", BETWEEN_BEHALF}, {"for account of", BETWEEN_BEHALF},
    {"for the account of", BETWEEN_BEHALF}, {"o.b.o.", BETWEEN_BEHALF},
    {"im auftrag von", BETWEEN_BEHALF}, {"im auftrag", BETWEEN_BEHALF},
    {"i.A.", BETWEEN_BEHALF}, {"für", BETWEEN_BEHALF},
    {"für rechnung", BETWEEN_BEHALF}, {"namens", BETWEEN_BEHALF},
    {"voor rekening van", BETWEEN_BEHALF}, {"inzake", BETWEEN_BEHALF},
    {"pour le compte de", BETWEEN_BEHALF}, {"pour compte de", BETWEEN_BEHALF},
    {"au nom de", BETWEEN_BEHALF}, {"per conto di", BETWEEN_BEHALF},
    {"por cuenta de", BETWEEN_BEHALF}, {"en nombre de", BETWEEN_BEHALF},
    {"por conta de", BETWEEN_BEHALF}, {"em nome de", BETWEEN_BEHALF},
    {"w imieniu", BETWEEN_BEHALF}, {"jménem", BETWEEN_BEHALF},
    {"på vegne af", BETWEEN_BEHALF}, {"på vegne av", BETWEEN_BEHALF},
    {"för", BETWEEN_BEHALF}, {"puolesta", BETWEEN_BEHALF},
    {"за", BETWEEN_BEHALF}, {"от имени", BETWEEN_BEHALF},
    {"nevében", BETWEEN_BEHALF}, {"adına", BETWEEN_BEHALF},
    {"trading as", BETWEEN_ALIAS}, {"t/a", BETWEEN_ALIAS},
    {"doing business as", BETWEEN_ALIAS}, {"d/b/a", BETWEEN_ALIAS},
    {"dba", BETWEEN_ALIAS}, {"aka", BETWEEN_ALIAS}, {"fka", BETWEEN_ALIAS},
    {"formerly", BETWEEN_ALIAS}, {"operating as", BETWEEN_ALIAS},
    {"handelend onder de naam", BETWEEN_ALIAS}, {"hodn", BETWEEN_ALIAS},
    {"h.o.d.n.", BETWEEN_ALIAS}, {"inh.", BETWEEN_ALIAS},
    {"inhaber", BETWEEN_ALIAS}, {"inhaberin", BETWEEN_ALIAS},
    {"vormals", BETWEEN_ALIAS}, {"enseigne", BETWEEN_ALIAS},
    {"exploitant", BETWEEN_ALIAS}, {"nom commercial", BETWEEN_ALIAS},
    {"c/o", BETWEEN_ALIAS}, {"z.hd.", BETWEEN_ALIAS},
    {"t.a.v.", BETWEEN_ALIAS}, {"ditta", BETWEEN_ALIAS},
    {"nombre comercial", BETWEEN_ALIAS}, {"prowadzący", BETWEEN_ALIAS},
    {"und", BETWEEN_JOINT}, {"oder", BETWEEN_JOINT}, {"u.", BETWEEN_JOINT},
    {"en", BETWEEN_JOINT}, {"e/o", BETWEEN_JOINT}, {"en/of", BETWEEN_JOINT},
    {"et", BETWEEN_JOINT}, {"ou", BETWEEN_JOINT}, {"and", BETWEEN_JOINT},
    {"or", BETWEEN_JOINT}, {"och", BETWEEN_JOINT}, {"og", BETWEEN_JOINT},
    {"ja", BETWEEN_JOINT}, {"és", BETWEEN_JOINT}, {"ve", BETWEEN_JOINT},
    {"oraz", BETWEEN_JOINT}, {"и", BETWEEN_JOINT}, {"y", BETWEEN_JOINT},
    {"και", BETWEEN_JOINT}, {"cj", BETWEEN_JOINT}, {"és/vagy", BETWEEN_JOINT},
};

/* ---- words ------------------------------------------------------------------- */

struct raw {			/* a word as written */
	char *text;
	char before;		/* '&', '+', ',' or '/' stand before it */
	bool dotted;
};

static void
raw_free(void *data)
{
	struct raw *raw = data;

	g_free(raw->text);
	g_free(raw);
}

/* A dot and an apostrophe join ("B.V.", "O'Brien"), so do the slashes of
 * "A/S"; everything else separates. */
static bool
joins(const char *p, size_t so_far, bool *dotted)
{
	gunichar c = g_utf8_get_char(p);

	if (c == '.') {
		/* "B.V." but not "J.Jansen" */
		bool joined = so_far == 0 ||
		    !g_unichar_isalpha(g_utf8_get_char(p + 1)) ||
		    !g_unichar_isalpha(g_utf8_get_char(
			g_utf8_next_char(p + 1)));

		*dotted |= joined && so_far > 0 && g_unichar_isalpha(
		    g_utf8_get_char(p + 1));
		return joined;
	}
	if (c == '/')
		return so_far == 1 && g_ascii_isalpha(p[1]) &&
		    (!g_ascii_isalnum(p[2]) || p[2] == '/');
	return c == '\'' || c == 0x2019 || c == '`' || c == 0x00B4 ||
	    c == 0x02BC;
}

static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static void
end_raw(GPtrArray *out, GString *word, char *before, bool *dotted)
{
	struct raw *raw;

	if (word->len) {
		raw = g_new0(struct raw, 1);
		raw->text = g_strdup(word->str);
		raw->before = *before;
		raw->dotted = *dotted;
		g_ptr_array_add(out, raw);
		g_string_truncate(word, 0);
		*before = 0;
	}
	*dotted = false;
}

static GPtrArray *
raw_words(const char *text)
{
	g_autofree char *flat = NULL;
	GPtrArray *out = g_ptr_array_new_with_free_func(raw_free);
	g_autoptr(GString) word = g_string_new(NULL);
	char before = 0;
	bool dotted = false;

	if (text && !is_ascii(text)) {
		g_autofree char *valid = g_utf8_make_valid(text, -1);

		flat = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
		text = flat;
	}
	for (const char *p = text ? text : ""; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c) || g_unichar_ismark(c)) {
			g_string_append_unichar(word, c);
		} else if (!joins(p, word->len, &dotted)) {
			end_raw(out, word, &before, &dotted);
			if (c < 0x80 && strchr("&+,/", (int)c))
				before = (char)c;
		}
	}
	end_raw(out, word, &before, &dotted);
	return out;
}

static char *
fold(const char *word, int scheme)
{
	GString *out = g_string_sized_new(16);

	translit_word(word, scheme, out);
	translit_same(out);
	return g_string_free(out, FALSE);
}

static char **
fold_all(const GPtrArray *raws)
{
	char **out = g_new0(char *, raws->len + 1);

	for (guint i = 0; i < raws->len; i++)
		out[i] = fold(((struct raw *)raws->pdata[i])->text, 0);
	return out;
}

char **
name_all_words(const char *text)
{
	g_autoptr(GPtrArray) raws = raw_words(text);
	GPtrArray *out = g_ptr_array_new();

	for (guint i = 0; i < raws->len; i++) {
		char *word = fold(((struct raw *)raws->pdata[i])->text, 0);

		if (*word)
			g_ptr_array_add(out, word);
		else
			g_free(word);
	}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

/* ---- names ------------------------------------------------------------------- */

struct reading {		/* a name while it is read */
	struct name *name;
	GPtrArray *raws;
	char **words;		/* folded, one for each raw */
	guint n;
	int part;
	bool behind;		/* a legal form stood behind a word */
};

static void
word_free(void *data)
{
	struct name_word *word = data;

	for (int i = 0; i < NAME_SPELLINGS; i++)
		g_free(word->text[i]);
	g_free(word);
}

void
name_free(struct name *name)
{
	if (!name)
		return;
	g_ptr_array_unref(name->words);
	g_ptr_array_unref(name->forms);
	g_free(name->squeezed);
	g_free(name->whole);
	g_free(name);
}

static bool
has_spelling(const struct name_word *word, int n, const char *text)
{
	for (int i = 0; i < n; i++)
		if (strcmp(word->text[i], text) == 0)
			return true;
	return false;
}

static void
add_word(struct reading *r, guint at)
{
	const struct raw *raw = r->raws->pdata[at];
	struct name_word *word = g_new0(struct name_word, 1);
	int n = 0;

	word->text[n++] = g_strdup(r->words[at]);
	if (translit_needed(raw->text)) {
		for (int scheme = 1; scheme < NAME_SPELLINGS; scheme++) {
			char *other = fold(raw->text, scheme);

			if (*other && !has_spelling(word, n, other))
				word->text[n++] = other;
			else
				g_free(other);
		}
	}
	word->initial = g_ascii_isalpha(raw->text[0])
	    ? g_ascii_toupper(raw->text[0])
	    : word->text[0][0];
	word->particle = token_in_list(particles, G_N_ELEMENTS(particles),
	    word->text[0]);
	word->dotted = raw->dotted;
	word->part = r->part;
	word->behind = r->behind;
	g_ptr_array_add(r->name->words, word);
}

/* "S.A. Jones" is no company; "de" and "da" are no forms inside a name. */
static bool
is_form(const struct reading *r, guint at, guint k)
{
	const struct raw *raw = r->raws->pdata[at];
	const char *word = r->words[at];

	if (k > 1) {
		/* "S A" only at the end */
		return !(k == 2 && !word[1] && !r->words[at + 1][1]) ||
		    at + k == r->n;
	}
	if (!word[1])
		return false;
	if (word[2])
		return true;
	if (at == 0)
		return !raw->dotted || r->n > 2;
	return at + 1 == r->n ||
	    !token_in_list(particles, G_N_ELEMENTS(particles), word);
}

static guint
take_form(struct reading *r, guint at)
{
	const char *class_name;
	guint k = legal_form_at(r->words, r->n, at, &class_name);

	if (k == 0 || !is_form(r, at, k))
		return 0;
	r->name->company = true;
	r->behind = r->name->words->len > 0;
	if (*class_name)
		g_ptr_array_add(r->name->forms,
		    (char *)(uintptr_t)class_name);
	return k;
}

/* The words that part names, once in a process: "ON BEHALF OF" → row + 1. */
static GHashTable *
between_get(void)
{
	static GHashTable *table;

	if (g_once_init_enter(&table)) {
		GHashTable *made = g_hash_table_new_full(g_str_hash,
		    g_str_equal, g_free, NULL);

		for (guint i = 0; i < G_N_ELEMENTS(between); i++) {
			g_auto(GStrv) words = name_all_words(between[i].words);

			g_hash_table_insert(made, g_strjoinv(" ", words),
			    GUINT_TO_POINTER(i + 1));
			/* that something begins so */
			if (!g_hash_table_contains(made, words[0]))
				g_hash_table_insert(made, g_strdup(words[0]),
				    NULL);
		}
		g_once_init_leave(&table, made);
	}
	return table;
}

/* A new name begins behind the words at this place. */
static guint
take_between(struct reading *r, guint at)
{
	if (!g_hash_table_contains(between_get(), r->words[at]))
		return 0;
	for (guint k = MIN(4, r->n - at); k > 0; k--) {
		g_autoptr(GString) joined = g_string_new(r->words[at]);
		guint row;

		for (guint i = 1; i < k; i++)
			g_string_append_printf(joined, " %s",
			    r->words[at + i]);
		row = GPOINTER_TO_UINT(g_hash_table_lookup(between_get(),
		    joined->str));
		if (row == 0 || at + k >= r->n)
			continue;
		/* one letter may be an initial: "Ana Ruiz y Luis Gil" */
		if (k == 1 && !r->words[at][1] && (r->n < 4 || at < 1 ||
			!r->words[at - 1][1] || !r->words[at + 1][1]))
			continue;
		if (at == 0 && between[row - 1].kind == BETWEEN_JOINT)
			continue;
		if (r->name->words->len)
			r->part++;
		r->behind = false;
		if (between[row - 1].kind == BETWEEN_BEHALF)
			r->name->behalf = r->part;
		return k;
	}
	return 0;
}

static void
read_words(struct reading *r)
{
	for (guint at = 0; at < r->n;) {
		const struct raw *raw = r->raws->pdata[at];
		guint taken = take_form(r, at);

		if (!taken)
			taken = take_between(r, at);
		if (taken) {
			at += taken;
			continue;
		}
		if ((raw->before == '&' || raw->before == '+') &&
		    r->name->words->len) {
			r->part++;
			r->behind = false;
		}
		if (*r->words[at] && !token_in_list(no_name,
			G_N_ELEMENTS(no_name), r->words[at]))
			add_word(r, at);
		at++;
	}
	/* A name of nothing but such words is that name. */
	if (r->name->words->len == 0)
		for (guint at = 0; at < r->n; at++)
			if (*r->words[at])
				add_word(r, at);
}

struct name *
name_read(const char *text)
{
	struct name *name = g_new0(struct name, 1);
	g_autofree char *cut = NULL;
	g_autoptr(GPtrArray) raws = NULL;
	g_auto(GStrv) words = NULL;
	GString *squeezed = g_string_new(NULL);
	struct reading r = {.name = name};

	name->words = g_ptr_array_new_with_free_func(word_free);
	name->forms = g_ptr_array_new();
	name->behalf = -1;
	text = text ? text : "";
	if (!is_ascii(text) && g_utf8_validate(text, -1, NULL)) {
		cut = legal_cut_glued(text);
		name->company = strcmp(cut, text) != 0;
		text = cut;
	}
	name->length = (size_t)g_utf8_strlen(text, -1);
	r.raws = raws = raw_words(text);
	r.words = words = fold_all(raws);
	r.n = raws->len;
	read_words(&r);
	name->parts = r.part + 1;
	for (guint i = 0; i < name->words->len; i++)
		g_string_append(squeezed,
		    ((struct name_word *)name->words->pdata[i])->text[0]);
	name->squeezed = g_string_free(squeezed, FALSE);
	name->whole = g_strjoinv("", words);
	return name;
}

bool
name_is_company(const char *name)
{
	struct name *read = name_read(name);
	bool company = read->company;

	name_free(read);
	return company;
}

char **
name_words(const char *text)
{
	struct name *name = name_read(text);
	char **out = g_new0(char *, name->words->len + 1);

	for (guint i = 0; i < name->words->len; i++)
		out[i] = g_strdup(
		    ((struct name_word *)name->words->pdata[i])->text[0]);
	name_free(name);
	return out;
}
