/*
 * review_ask.c - asks a person about the money that waits, on the screen or
 * line by line, and tells at the end what was said.
 */
#include "review.h"
#include "review_screen.h"

#include <stdio.h>

int
review_ask(struct context *context, bool plainly)
{
	g_autofree char *summary = NULL;
	struct talk *talk;
	int code;

	talk = talk_open(context, &code);
	if (!talk || talk->ids->len == 0) {
		talk_free(talk);
		return code;
	}
	if (plainly || !review_screen(talk))
		review_lines(talk);
	summary = talk_summary(talk);
	fputs(summary, stdout);
	talk_free(talk);
	return EX_OK;
}
