/*
 * check_sending.c - can letters leave as the configuration says? A key is
 * tried with a few lines that go nowhere.
 */
#include "check.h"
#include "outbox.h"

#include <string.h>

static const char trial[] = "Subject: a trial\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain\r\n\r\nThis is signed and goes nowhere.\r\n";

void
check_sending(struct context *context, struct findings *findings)
{
	const struct config *config = context->config;
	g_autoptr(GBytes) plain = g_bytes_new_static(trial, strlen(trial));
	g_autoptr(GBytes) made = NULL;
	g_autofree char *why = NULL;

	if (!config)
		return;
	if (strcmp(config->sign, "none") != 0 &&
	    !(made = letter_sign(context, plain, &why)))
		check_note(findings->problems, "no letter can leave: %s "
		    "(section send: sign, sign-key, sign-home)", why);
	if (strcmp(config->transport, "smtp") == 0 &&
	    strcmp(config->tag_delimiter, "none") == 0)
		check_note(findings->hints, "bounces are known by their text "
		    "alone: with tag-delimiter in section send each letter has "
		    "a bounce address of its own, where your mail server knows "
		    "such addresses");
}
