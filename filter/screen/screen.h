/*
 * screen.h - the parts of mailfilter-screen, the only program that owns a
 * terminal. It knows no store: it shows what it is told over descriptor 3 and
 * tells what the person wants, one JSON object a line, each answered by one.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include <glib.h>
#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define NCURSES_WIDECHAR 1
#include <ncurses.h>

#define LEAST_COLUMNS 40
#define LEAST_LINES 14

enum look { LOOK_PLAIN, LOOK_LABEL, LOOK_STRONG, LOOK_GOOD, LOOK_BAD, LOOK_NOTE, LOOK_KEYS };

struct face {			/* what the person sees */
	json_t *view;		/* {"at","of","case","said","end"} */
	int option;		/* that is chosen, -1 none */
	char *note;		/* what became of the last word */
	bool over;		/* quit, or nobody is there any more */
};

/* ---- wire.c ------------------------------------------------------------------- */

/* Sends a request (its reference is taken) and hears the answer; NULL: the
 * other side has gone, and it is over. The caller frees. */
json_t *wire_ask(struct face *face, json_t *request);
/* A member's text, "" when it is not there. */
const char *wire_text(const json_t *object, const char *name);
/* Takes view and note out of an answer, and frees it. */
void wire_take(struct face *face, json_t *answer);

/* ---- text.c ------------------------------------------------------------------- */

/* Columns on the terminal. */
int text_columns(const char *text);
/* Writes at most width columns there, "…" for what does not fit; the columns
 * that were used. */
int text_put(int y, int x, int width, const char *text, enum look look);
/* In lines of at most width columns, broken at blanks where there are some.
 * Strings; the caller frees the array. */
GPtrArray *text_wrap(const char *text, int width);
/* Writes in at most `lines` lines; how many were used. */
int text_put_wrapped(int y, int x, int width, int lines, const char *text,
    enum look look);
void text_look(enum look look, bool on);
void text_colours(void);

/* ---- draw.c ------------------------------------------------------------------- */

struct layout {
	int facts, why, lower, note, keys;	/* first lines */
};
/* The case but for its options, and the note; not yet on the terminal. False:
 * the window is too small, which is said. */
bool draw_case(const struct face *face, struct layout *layout);
void draw_options(const struct face *face, const struct layout *layout);
/* The bottom: "KEY\0what\0…\0\0" as many lines as there are. */
void draw_keys(const struct layout *layout, const char *keys);
const json_t *draw_option(const struct face *face);	/* chosen, or NULL */

/* ---- ask.c ---------------------------------------------------------------------- */

/* Waits for a key: OK, KEY_CODE_YES, or ERR when it is over. */
int ask_key(struct face *face, wint_t *key);
/* A line typed at the bottom; NULL: Escape. The caller frees. */
char *ask_line(struct face *face, const char *label);
/* One of a list of {"text"}: its index, or -1. */
int ask_menu(struct face *face, const char *title, const json_t *items);
/* Lines to read, until a key. */
void ask_read(struct face *face, const char *title, const json_t *lines);

/* ---- split.c ---------------------------------------------------------------------- */

void split_ask(struct face *face);
/* An invoice that the person searches: its id, 0 none. *found: the answer's
 * row (borrowed from *list, which the caller frees). */
int64_t search_ask(struct face *face);

/* ---- main.c ------------------------------------------------------------------------- */

extern volatile sig_atomic_t told_to_end;	/* a signal's number, or 0 */
/* A word: {"do":"say","word":…,"option":…}; more members may be added. */
json_t *word_request(const struct face *face, const char *word);
void face_note(struct face *face, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
/* The first option is chosen where it is suggested. */
void face_choose_first(struct face *face);

#endif
