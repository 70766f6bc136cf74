/*
 * manual.c - reads the part of mdoc(7) that our pages use and writes plain
 * text: headings, paragraphs, lists, displays, the usual inline macros. What
 * it does not know it writes as it stands.
 */
#include "manual.h"

#include <string.h>

#define WIDTH 78
#define STEP 4			/* columns of one level */

struct manual {
	GString *out, *line, *word;
	const char *bold, *plain;
	int indent;		/* of what is being filled */
	bool literal;		/* inside .Bd -literal */
	bool synopsis;		/* .Nm begins a line */
	bool tight;		/* no space before the next word */
};

/* ---- finding a section ------------------------------------------------------ */

static bool
is_heading(const char *line)
{
	return g_str_has_prefix(line, ".Sh ") || g_str_has_prefix(line, ".Ss ");
}

char *
manual_section(const char *page, const char *name)
{
	g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
	g_autoptr(GString) found = g_string_new(NULL);
	bool inside = false, section = false;

	for (char **line = lines; *line; line++) {
		if (is_heading(*line)) {
			bool ours = g_ascii_strcasecmp(*line + 4, name) == 0;
			bool below = inside && section && (*line)[2] == 's';

			if (inside && !below)
				break;
			if (!inside)
				section = (*line)[2] == 'h';
			inside = inside || ours;
			if (ours)
				continue;
		}
		if (inside)
			g_string_append_printf(found, "%s\n", *line);
	}
	return inside ? g_strdup(found->str) : NULL;
}

/* ---- filling ------------------------------------------------------------------- */

static void
flush_line(struct manual *m)
{
	if (!m->line->len)
		return;
	g_string_append_printf(m->out, "%*s%s\n", m->indent, "", m->line->str);
	g_string_truncate(m->line, 0);
	m->tight = false;
}

static void
paragraph(struct manual *m)
{
	flush_line(m);
	if (m->out->len && !g_str_has_suffix(m->out->str, "\n\n"))
		g_string_append_c(m->out, '\n');
}

/* Escapes of roff that our pages have. */
static const struct {
	const char *roff, *text;
} escapes[] = {
	{"\\(dq", "\""}, {"\\(em", "\u2014"}, {"\\(lq", "\u201c"},
	{"\\(rq", "\u201d"}, {"\\*(Lt", "<"}, {"\\*(Gt", ">"},
	{"\\[u20B9]", "\u20b9"}, {"\\[u20AC]", "\u20ac"},
	{"\\(Eu", "\u20ac"}, {"\\e", "\\"}, {"\\-", "-"}, {"\\&", ""},
};

static char *
unescape(const char *text)
{
	GString *out = g_string_new(NULL);

	while (*text) {
		size_t i = 0;

		while (i < G_N_ELEMENTS(escapes) &&
		    !g_str_has_prefix(text, escapes[i].roff))
			i++;
		if (i < G_N_ELEMENTS(escapes)) {
			g_string_append(out, escapes[i].text);
			text += strlen(escapes[i].roff);
			continue;
		}
		if (*text != '\\')
			g_string_append_c(out, *text);
		text++;
	}
	return g_string_free(out, FALSE);
}

/* Ends the line before what comes next; what is glued to that goes along. */
static void
break_line(struct manual *m)
{
	char *last = m->tight ? strrchr(m->line->str, ' ') : NULL;
	g_autofree char *rest = last ? g_strdup(last + 1) : NULL;

	if (m->tight && !last)
		return;
	if (last)
		g_string_truncate(m->line, (gsize)(last - m->line->str));
	flush_line(m);
	if (rest) {
		g_string_assign(m->line, rest);
		m->tight = true;
	}
}

static void
put_word(struct manual *m, const char *word)
{
	g_autofree char *plain = unescape(word);
	glong room = WIDTH - m->indent - g_utf8_strlen(m->line->str, -1);

	if (m->line->len && g_utf8_strlen(plain, -1) + 1 > room)
		break_line(m);
	if (m->line->len && !m->tight)
		g_string_append_c(m->line, ' ');
	g_string_append(m->line, plain);
	m->tight = false;
}

static bool
is_closing(const char *word)
{
	return strlen(word) == 1 && strchr(".,:;)]?!", *word);
}

/* ---- inline macros -------------------------------------------------------------- */

static const struct inline_macro {
	const char *name, *before, *after;
	bool whole;		/* around the rest of the line */
} inlines[] = {
	{"Fl", "-", "", false}, {"Ar", "", "", false}, {"Cm", "", "", false},
	{"Pa", "", "", false}, {"Ev", "", "", false}, {"Sy", "*", "*", false},
	{"Em", "", "", false}, {"Sx", "", "", false}, {"Ic", "", "", false},
	{"Li", "", "", false}, {"Va", "", "", false}, {"No", "", "", false},
	{"Dl", "", "", false}, {"Sq", "'", "'", true},
	{"Ql", "'", "'", true}, {"Dq", "\"", "\"", true},
	{"Op", "[", "]", true}, {"Pq", "(", ")", true}, {"Xr", "", "", false},
};

static const struct inline_macro *
inline_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(inlines); i++) {
		if (strcmp(inlines[i].name, name) == 0)
			return &inlines[i];
	}
	return NULL;
}

/* Words of a macro line; "..." is one word. */
static GPtrArray *
split_words(const char *line)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	while (*line) {
		size_t length;
		bool quoted;

		line += strspn(line, " ");
		quoted = *line == '"';
		line += quoted;
		length = strcspn(line, quoted ? "\"" : " ");
		if (length || quoted)
			g_ptr_array_add(words, g_strndup(line, length));
		line += length + (quoted && line[length] == '"');
	}
	return words;
}

static void put_inline(struct manual *m, const GPtrArray *words, guint from);

/* Xr name section: "name(5)". */
static guint
put_reference(struct manual *m, const GPtrArray *words, guint i)
{
	g_autofree char *text = NULL;

	if (i + 1 >= words->len)
		return i;
	text = g_strdup_printf("%s(%s)", (char *)words->pdata[i],
	    (char *)words->pdata[i + 1]);
	put_word(m, text);
	return i + 1;
}

static void
put_argument(struct manual *m, const struct inline_macro *macro,
    const char *word)
{
	g_autofree char *text = NULL;

	if (is_closing(word) || strcmp(word, "|") == 0) {
		m->tight = *word != '|';
		put_word(m, word);
		return;
	}
	text = g_strconcat(macro->before, word, macro->after, NULL);
	put_word(m, text);
}

/* "[" ... "]": glues the marks to what stands between them. */
static void
put_enclosed(struct manual *m, const struct inline_macro *macro,
    const GPtrArray *words, guint from)
{
	guint end = words->len;

	while (end > from && is_closing(words->pdata[end - 1]))
		end--;
	put_word(m, macro->before);
	m->tight = true;
	if (end > from) {
		g_autoptr(GPtrArray) inner = g_ptr_array_new();

		for (guint i = from; i < end; i++)
			g_ptr_array_add(inner, words->pdata[i]);
		put_inline(m, inner, 0);
	}
	m->tight = true;
	put_word(m, macro->after);
	for (; end < words->len; end++) {
		m->tight = true;
		put_word(m, words->pdata[end]);
	}
}

static void
put_inline(struct manual *m, const GPtrArray *words, guint from)
{
	static const struct inline_macro text = {"", "", "", false};
	const struct inline_macro *macro = &text;

	for (guint i = from; i < words->len; i++) {
		const char *word = words->pdata[i];
		const struct inline_macro *next = inline_find(word);

		if (strcmp(word, "Ns") == 0) {
			m->tight = true;
			macro = &text;
		} else if (strcmp(word, "Nm") == 0) {
			put_word(m, "mailfilter");
		} else if (next && next->whole) {
			put_enclosed(m, next, words, i + 1);
			return;
		} else if (next && strcmp(word, "Xr") == 0) {
			i = put_reference(m, words, i + 1);
			macro = &text;
		} else if (next) {
			macro = next;
		} else {
			put_argument(m, macro, word);
		}
	}
}

/* ---- lines ------------------------------------------------------------------------ */

static void
put_heading(struct manual *m, const char *text, int indent)
{
	paragraph(m);
	g_string_append_printf(m->out, "%*s%s%s%s\n", indent, "", m->bold,
	    text, m->plain);
	m->synopsis = true;
}

static void
put_item(struct manual *m, const GPtrArray *words)
{
	flush_line(m);
	m->indent -= STEP;
	if (words->len > 1) {
		put_inline(m, words, 1);
		flush_line(m);
	} else {
		g_string_append_printf(m->out, "%*s-\n", m->indent, "");
	}
	m->indent += STEP;
}

static void
put_name(struct manual *m, const GPtrArray *words)
{
	guint i = 1;

	if (m->synopsis)
		flush_line(m);
	if (words->len > 1 && !is_closing(words->pdata[1]) &&
	    !inline_find(words->pdata[1]))
		put_word(m, words->pdata[i++]);
	else
		put_word(m, "mailfilter");
	put_inline(m, words, i);
}

/* Macros that shape the page; false for inline ones. */
static bool
put_block(struct manual *m, const char *name, const GPtrArray *words,
    const char *line)
{
	if (strcmp(name, "Sh") == 0) {
		put_heading(m, line + 4, 0);
	} else if (strcmp(name, "Ss") == 0) {
		put_heading(m, line + 4, 2);
	} else if (strcmp(name, "Pp") == 0) {
		paragraph(m);
		m->synopsis = false;
	} else if (strcmp(name, "Bl") == 0) {
		if (m->line->len || !m->synopsis)	/* no gap below a heading */
			paragraph(m);
		m->indent += STEP;
		m->synopsis = false;
	} else if (strcmp(name, "El") == 0) {
		flush_line(m);
		m->indent -= STEP;
	} else if (strcmp(name, "It") == 0) {
		put_item(m, words);
	} else if (strcmp(name, "Bd") == 0 || strcmp(name, "Ed") == 0) {
		paragraph(m);
		m->literal = name[0] == 'B';
	} else if (strcmp(name, "Nm") == 0) {
		put_name(m, words);
	} else {
		return strcmp(name, "Dd") == 0 || strcmp(name, "Dt") == 0 ||
		    strcmp(name, "Os") == 0;
	}
	return true;
}

static void
put_line(struct manual *m, const char *line)
{
	g_autoptr(GPtrArray) words = NULL;

	if (g_str_has_prefix(line, ".\\\""))
		return;
	if (m->literal && *line != '.') {
		g_autofree char *plain = unescape(line);

		g_string_append_printf(m->out, "%*s%s\n", m->indent + STEP, "",
		    plain);
		return;
	}
	words = split_words(*line == '.' ? line + 1 : line);
	if (*line != '.') {
		for (guint i = 0; i < words->len; i++)
			put_word(m, words->pdata[i]);
		return;
	}
	if (words->len && !put_block(m, words->pdata[0], words, line)) {
		if (strcmp(words->pdata[0], "Nd") == 0) {
			put_word(m, "-");
			put_inline(m, words, 1);
		} else {
			put_inline(m, words, 0);
		}
	}
}

char *
manual_render(const char *mdoc, const char *bold, const char *plain)
{
	g_auto(GStrv) lines = g_strsplit(mdoc, "\n", -1);
	struct manual m = {
		.out = g_string_new(NULL), .line = g_string_new(NULL),
		.bold = bold, .plain = plain, .indent = STEP,
		.synopsis = true,
	};

	for (char **line = lines; *line; line++)
		put_line(&m, *line);
	flush_line(&m);
	g_string_free(m.line, TRUE);
	return g_string_free(m.out, FALSE);
}
