/*
 * mt940_info.c - what a bank says about an entry (:86:): subfields, tags,
 * labels, columns or plain text, all to the same keys.
 */
#include "mt940.h"

#include <string.h>


/* ---- blanks --------------------------------------------------------------------- */

/* One blank for any number of blanks and line ends. */
static void
squeeze(char *text)
{
	char *to = text;

	if (!text)
		return;
	for (const char *from = text; *from; from++) {
		bool blank = strchr(" \t\n", *from) != NULL;

		if (blank && (to == text || to[-1] == ' '))
			continue;
		*to++ = blank ? ' ' : *from;
	}
	*to = '\0';
	g_strchomp(text);
}

static void
no_blanks(char *text)
{
	char *to = text;

	for (; text && *text; text++)
		if (!strchr(" \t\n", *text))
			*to++ = *text;
	if (to)
		*to = '\0';
}

/* ---- columns and lines ------------------------------------------------------------ */

static int
two_digits(const char *p)
{
	return g_ascii_isdigit(p[0]) && g_ascii_isdigit(p[1]) ?
	    (p[0] - '0') * 10 + p[1] - '0' : -1;
}

static bool
is_account(const char *text, size_t length)
{
	bool iban = length >= 15 && length <= 34 && g_ascii_isupper(text[0]) &&
	    g_ascii_isupper(text[1]) && two_digits(text + 2) >= 0;

	if (iban)
		return true;
	return length >= 16 && length <= 28 &&
	    strspn(text, "0123456789") >= length;
}

bool
mt940_is_account(const char *text)
{
	return is_account(text, strlen(text));
}

/* "ACCOUNT NAME" on the first line, text on the others: the account is an
 * IBAN or what the line's reference says, too. */
static bool
read_account_line(char **lines, const char *customer, struct mt940_info *info)
{
	size_t length = strcspn(lines[0], " ");

	if (lines[0][length] != ' ' || !lines[1])
		return false;
	if (!is_account(lines[0], length) && (length < 7 ||
	    strlen(customer) != length ||
	    strspn(customer, "0123456789") != length ||
	    strncmp(lines[0], customer, length) != 0))
		return false;
	mt940_info_put(info, MT940_ACCOUNT, lines[0], length);
	mt940_info_put(info, MT940_NAME, lines[0] + length,
	    strlen(lines[0] + length));
	for (lines++; *lines && !**lines; lines++)
		;
	{
		g_autofree char *text = mt940_join(lines, MT940_COLUMNS);

		mt940_info_put(info, MT940_TEXT, text, strlen(text));
	}
	return true;
}

/* Reference, account, name and text on lines of their own (Hungary). */
static bool
read_four_lines(char **lines, struct mt940_info *info)
{
	g_autofree char *text = NULL;

	if (g_strv_length(lines) < 3 ||
	    !is_account(lines[1], strlen(lines[1])))
		return false;
	mt940_info_put(info, MT940_BANK, lines[0], strlen(lines[0]));
	mt940_info_put(info, MT940_ACCOUNT, lines[1], strlen(lines[1]));
	mt940_info_put(info, MT940_NAME, lines[2], strlen(lines[2]));
	text = mt940_join(lines + 3, MT940_COLUMNS);
	mt940_info_put(info, MT940_TEXT, text, strlen(text));
	return true;
}

/* An account, its bank, its owner and his city behind one tag. */
static void
split_party(struct mt940_info *info)
{
	static const enum mt940_key keys[] = {MT940_ACCOUNT, MT940_DROP,
	    MT940_NAME};
	g_auto(GStrv) parts = NULL;

	if (!info->key[MT940_PARTY])
		return;
	parts = g_strsplit(info->key[MT940_PARTY], "/", -1);
	for (size_t i = 0; parts[i] && i < G_N_ELEMENTS(keys); i++)
		mt940_info_put(info, keys[i], parts[i], strlen(parts[i]));
}

/* "STRD/CUR/123" is a creditor's reference, "USTD//text" the payer's text. */
static void
split_remittance(struct mt940_info *info)
{
	char *text = info->key[MT940_TEXT], *last;

	if (!text)
		return;
	if (g_str_has_prefix(text, "USTD//")) {
		memmove(text, text + 6, strlen(text + 6) + 1);
	} else if (g_str_has_prefix(text, "STRD/")) {
		last = text + strlen(text);
		while (last > text && last[-1] == '/')
			*--last = '\0';
		last = strrchr(text, '/');
		mt940_info_put(info, MT940_REFERENCE, last + 1,
		    strlen(last + 1));
		g_clear_pointer(&info->key[MT940_TEXT], g_free);
		return;
	}
	while (*text && text[strlen(text) - 1] == '/')
		text[strlen(text) - 1] = '\0';
}

static void
read_lines(const char *text, const char *customer, struct mt940_info *info)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *joined = NULL;

	if (!*lines)
		return;
	for (char **line = lines; *line; line++)
		if (strspn(*line, " ") == strlen(*line))
			**line = '\0';
	joined = mt940_join(lines, MT940_COLUMNS);
	if (mt940_keys_read(joined, info)) {
		split_party(info);
		if (*g_strchug(joined) == '/')
			split_remittance(info);
	} else if (!read_account_line(lines, customer, info) &&
	    !read_four_lines(lines, info)) {
		mt940_info_put(info, MT940_TEXT, joined, strlen(joined));
	}
}

/* ---- what is said twice --------------------------------------------------------------- */

/* Is what stands behind a label, blanks aside, the value? */
static bool
repeats(const char *text, const char *value)
{
	for (; *value; text++) {
		if (strchr(" \n", *text) && *text)
			continue;
		if (*text != *value++)
			return false;
	}
	return true;
}

/* Some banks write the ids once more behind the payer's text. */
static void
cut_repeated(struct mt940_info *info)
{
	static const struct {
		const char *label;
		enum mt940_key key;
	} labels[] = {{"EREF:", MT940_END_TO_END}, {"IBAN:", MT940_ACCOUNT},
	    {"MREF:", MT940_MANDATE}};
	char *text = info->key[MT940_TEXT];

	for (size_t i = 0; text && i < G_N_ELEMENTS(labels); i++) {
		char *p = strstr(text, labels[i].label);
		const char *value = info->key[labels[i].key];

		if (p && value && repeats(p + strlen(labels[i].label), value))
			*p = '\0';
	}
}

static void
tidy(struct mt940_info *info)
{
	char *name = info->key[MT940_NAME];
	char *gap = name && !info->code ? strstr(name, "  ") : NULL;

	if (gap)
		*gap = '\0';	/* an address follows */
	cut_repeated(info);
	no_blanks(info->key[MT940_ACCOUNT]);
	for (int i = 0; i < MT940_KEYS; i++) {
		squeeze(info->key[i]);
		if (info->key[i] && !*info->key[i])
			g_clear_pointer(&info->key[i], g_free);
	}
}

/* ---- all dialects ----------------------------------------------------------------------- */

void
mt940_info_read(const char *text, const char *customer,
    struct mt940_info *info)
{
	*info = (struct mt940_info){.code = 0};
	if (!mt940_subfields_read(text, info))
		read_lines(text, customer, info);
	tidy(info);
}

void
mt940_info_read_numbered(const char *text, struct mt940_info *info)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	*info = (struct mt940_info){.code = 0};
	for (char **line = lines; *line; line++) {
		int number = two_digits(*line);
		const char *value = *line + (number < 0 ? 0 : 2);
		enum mt940_key key = MT940_DROP;

		if (number >= 1 && number <= 14)
			key = MT940_TEXT;
		else if (number == 15)
			key = MT940_NAME;
		else if (number == 34)
			key = MT940_ACCOUNT;
		mt940_info_put(info, key, value, strlen(value));
	}
	tidy(info);
}

bool
mt940_info_is_return(const struct mt940_info *info)
{
	static const int codes[] = {9, 108, 109, 110, 111, 159};

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (info->code == codes[i])
			return true;
	return info->key[MT940_RETURN] != NULL;
}

void
mt940_info_clear(struct mt940_info *info)
{
	for (int i = 0; i < MT940_KEYS; i++)
		g_clear_pointer(&info->key[i], g_free);
	info->code = 0;
}
