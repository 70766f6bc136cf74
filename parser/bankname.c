/*
 * bankname.c - which bank does a mail name? Sentences such as "You received
 * EUR 5 from Ann" are everybody's: what tells them apart is the name below.
 */
#include "bankfile.h"

#include <string.h>

/* Does the name stand in the text as whole words? */
static bool
has_name(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = text; (at = strstr(at, name)); at++) {
		const char *before = g_utf8_find_prev_char(text, at);

		if ((!before || !g_unichar_isalnum(g_utf8_get_char(before))) &&
		    !g_unichar_isalnum(g_utf8_get_char(at + length)))
			return true;
	}
	return false;
}

static bool
is_named(const struct bank *bank, char *const *texts)
{
	for (guint i = 0; bank->named && i < bank->named->len; i++)
		for (char *const *text = texts; *text; text++)
			if (has_name(*text, bank->named->pdata[i]))
				return true;
	return false;
}

const struct bank *
bank_named_instead(const struct bank *bank, const struct bank_mail *mail)
{
	const char *parts[] = {mail->subject, mail->text, mail->html_text};
	g_auto(GStrv) texts = g_new0(char *, G_N_ELEMENTS(parts) + 1);
	const struct bank *other = NULL;

	if (!bank->named || !bank->all)
		return NULL;
	for (size_t i = 0, n = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i])
			texts[n++] = habits_fold(parts[i], true);
	if (is_named(bank, texts))
		return NULL;
	for (guint i = 0; i < bank->all->len && !other; i++)
		if (is_named(bank->all->pdata[i], texts))
			other = bank->all->pdata[i];
	return other;
}
