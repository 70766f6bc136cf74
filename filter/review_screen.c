/*
 * review_screen.c - the dialogue on a full screen: mailfilter-screen owns the
 * terminal and knows no store; it is told cases and answers in JSON Lines and
 * tells what the person wants.
 */
#include "review_screen.h"

bool
review_screen(struct talk *talk)
{
	(void)talk;
	return false;
}
