/*
 * review_screen.h - the two ways in which the dialogue meets a person.
 */
#ifndef REVIEW_SCREEN_H
#define REVIEW_SCREEN_H

#include "review_talk.h"

/* One answer a line on stdin, until "quit" or the end. */
void review_lines(struct talk *talk);
/* mailfilter-screen on the terminal. False: it cannot be had, nothing was
 * shown. */
bool review_screen(struct talk *talk);

#endif
