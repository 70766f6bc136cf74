/*
 * mt940_subfields.c - :86: in numbered subfields ("?20", "~20", "<20" …), and
 * the joining of lines and columns.
 *
 * A line that is full (65 columns; a subfield 27) goes on in the next one
 * without a blank; one that is shorter has lost a blank at its end, or was
 * ended on purpose. That is kept as LF until the keys have been read.
 */
#include "mt940.h"

#include <string.h>

#define SUBFIELD_COLUMNS 27u
#define SUBFIELDS 100

/* ---- lines and columns to one text ------------------------------------------- */

static size_t
columns(const char *text)
{
	return (size_t)g_utf8_strlen(text, -1);
}

/* How long a full line is: the usual, or what at least two of them (but the
 * last) have reached. */
static size_t
full_width(char **parts, size_t usual)
{
	size_t width = usual;
	unsigned reached = 2;

	for (; parts[0] && parts[1]; parts++) {
		size_t length = columns(*parts);

		reached = length > width ? 1 : reached + (length == width);
		width = MAX(width, length);
	}
	return reached < 2 ? width + 1 : width;
}

char *
mt940_join(char **parts, size_t usual)
{
	size_t width = full_width(parts, usual);
	GString *all = g_string_new(NULL);

	for (; *parts; parts++) {
		g_string_append(all, *parts);
		if (parts[1] && columns(*parts) < width)
			g_string_append_c(all, '\n');
	}
	return g_string_free(all, FALSE);
}

/* ---- subfields ------------------------------------------------------------------ */

struct subfields {
	GString *part[SUBFIELDS];
	char mark;
	int code;
};

static int
two_digits(const char *p)
{
	return g_ascii_isdigit(p[0]) && g_ascii_isdigit(p[1]) ?
	    (p[0] - '0') * 10 + p[1] - '0' : -1;
}

static bool
is_subfield(int number)
{
	return number == 0 || number == 10 || (number >= 20 && number <= 39) ||
	    (number >= 60 && number <= 79);
}

/* Is there a subfield at p? Marks that are frequent in texts count only in
 * front of a number that is higher than the last. */
static int
subfield_at(const char *p, char mark, int last)
{
	int number = *p == mark ? two_digits(p + 1) : -1;

	if (!is_subfield(number) || (!strchr("?~<^", mark) && number <= last))
		return -1;
	return number;
}

/* The mark behind the transaction code, or in front of the first subfield of
 * a text that has no code. */
static const char *
find_mark(const char *text, struct subfields *s)
{
	const char *p = text + strspn(text, " \n");

	s->code = 0;
	if (two_digits(p) >= 0 && g_ascii_isdigit(p[2])) {
		s->code = two_digits(p) * 10 + p[2] - '0';
		p += 3;
		p += strspn(p, " \n");
	}
	s->mark = *p;
	if (!*p || !strchr("?~<>^-@&$#!|+*%", *p) ||
	    subfield_at(p, *p, -1) < 0)
		return NULL;
	/* Without a code one is not enough: it may be anything. */
	if (s->code == 0 && *p != '?' && *p != '~' && !strchr(p + 1, *p))
		return NULL;
	return p;
}

static void
cut_subfields(const char *p, struct subfields *s)
{
	int number = -1, last = -1;

	for (; *p; p++) {
		int next = subfield_at(p, s->mark, last);

		if (next >= 0) {
			number = last = next;
			p += 2;
			if (!s->part[number])
				s->part[number] = g_string_new(NULL);
		} else if (number >= 0) {
			g_string_append_c(s->part[number], *p);
		}
	}
}

/* Lines of the field are cut anywhere, also inside of a subfield's number: a
 * line that lost the blanks at its end gets one back. */
static char *
unfold(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *all = g_string_new(NULL);
	size_t width = 0;

	for (char **line = lines; *line; line++)
		width = MAX(width, columns(*line));
	for (char **line = lines; *line; line++) {
		size_t length = columns(*line);

		g_string_append(all, *line);
		if (line[1] && width >= MT940_COLUMNS - 5 && length < width &&
		    length + 3 >= width)
			g_string_append_c(all, ' ');
	}
	return g_string_free(all, FALSE);
}

/* Does a part of the text begin with a key? */
static bool
begins_with_key(const char *part)
{
	static const char *const starts[] = {"EREF", "KREF", "MREF", "CRED",
	    "DEBT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC", "MTLG"};

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(part, starts[i]) &&
		    strchr("+:", part[strlen(starts[i])]))
			return true;
	return false;
}

static size_t
subfield_width(const struct subfields *s, const int *numbers)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();

	for (; *numbers >= 0; numbers++)
		if (s->part[*numbers])
			g_ptr_array_add(parts, s->part[*numbers]->str);
	g_ptr_array_add(parts, NULL);
	return full_width((char **)parts->pdata, SUBFIELD_COLUMNS);
}

/* As mt940_join(), but a key begins a line, and so do numbers behind a gap. */
static char *
join_subfields(const struct subfields *s, const int *numbers)
{
	size_t width = subfield_width(s, numbers);
	GString *all = g_string_new(NULL);
	int last = -1;

	for (; *numbers >= 0; numbers++) {
		const char *part = s->part[*numbers] ?
		    s->part[*numbers]->str : NULL;
		bool gap = *numbers == 60 && last != 29;

		if (!part)
			continue;
		if (last >= 0 && (gap || begins_with_key(part) ||
		    columns(s->part[last]->str) < width))
			g_string_append_c(all, '\n');
		g_string_append(all, part);
		last = *numbers;
	}
	return g_string_free(all, FALSE);
}

static void
put_part(struct mt940_info *info, enum mt940_key key,
    const struct subfields *s, int number)
{
	if (s->part[number])
		mt940_info_put(info, key, s->part[number]->str,
		    s->part[number]->len);
}

/* Banks of Poland put the name where German ones still have text. */
static bool
has_polish_name(const struct subfields *s)
{
	return s->mark != '?' && !s->part[32] && s->part[27] && !s->part[26];
}

static void
put_subfields(const struct subfields *s, struct mt940_info *info)
{
	static const int german[] = {20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
	    60, 61, 62, 63, -1};
	static const int polish[] = {20, 21, 22, 23, 24, 25, -1};
	static const int name[] = {32, 33, -1}, polish_name[] = {27, 28, -1};
	static const int first[] = {32, -1};
	bool is_polish = has_polish_name(s);
	/* What does not continue a full line is an address there. */
	bool alone = s->mark != '?' && s->part[32] &&
	    columns(s->part[32]->str) < SUBFIELD_COLUMNS;
	g_autofree char *text = join_subfields(s,
	    is_polish ? polish : german);
	g_autofree char *who = join_subfields(s,
	    is_polish ? polish_name : alone ? first : name);

	info->code = s->code;
	mt940_info_put(info, MT940_NAME, who, strlen(who));
	put_part(info, MT940_ACCOUNT, s, 38);
	put_part(info, MT940_ACCOUNT, s, 31);
	put_part(info, MT940_TYPE, s, 0);
	if (!mt940_keys_read(text, info))
		mt940_info_put(info, MT940_TEXT, text, strlen(text));
}

bool
mt940_subfields_read(const char *text, struct mt940_info *info)
{
	g_autofree char *whole = unfold(text);
	struct subfields s = {.code = 0};
	const char *p = find_mark(whole, &s);

	if (!p)
		return false;
	cut_subfields(p, &s);
	put_subfields(&s, info);
	for (size_t i = 0; i < SUBFIELDS; i++)
		if (s.part[i])
			g_string_free(s.part[i], TRUE);
	return true;
}
