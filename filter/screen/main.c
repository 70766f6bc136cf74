/*
 * main.c - mailfilter-screen: the dialogue about money on a terminal. Started
 * by `mailfilter reconcile` with the terminal on 0 and 1 and a socket on 3.
 * However it ends, the terminal is as it was.
 */
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "keys.h"

volatile sig_atomic_t told_to_end;

static void
end(int number)
{
	told_to_end = number;
}

static void
catch_signals(void)
{
	static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = end};

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		sigaction(numbers[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* A terminal of today speaks UTF-8, whatever the machine has been told. */
static void
set_locale(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

void
face_note(struct face *face, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_free(face->note);
	face->note = g_strdup_vprintf(format, arguments);
	va_end(arguments);
}

void
face_choose_first(struct face *face)
{
	const json_t *one = json_object_get(face->view, "case");

	face->option = json_is_true(json_object_get(one, "suggested")) ? 0
								       : -1;
}

static void
talk(struct face *face)
{
	while (!face->over) {
		struct layout layout;
		wint_t key;
		int kind;

		if (draw_case(face, &layout)) {
			draw_options(face, &layout);
			keys_draw(face, &layout);
		}
		refresh();
		kind = ask_key(face, &key);
		if (kind != ERR)
			keys_act(face, kind, key);
	}
}

static bool
open_screen(void)
{
	SCREEN *screen = newterm(NULL, stdout, stdin);

	if (!screen)
		return false;
	set_term(screen);
	set_escdelay(150);	/* arrows over a slow line */
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	curs_set(0);
	text_colours();
	return true;
}

int
main(void)
{
	struct face face = {.option = -1};
	json_t *answer;

	catch_signals();
	set_locale();
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fputs("mailfilter-screen is started by 'mailfilter "
		    "reconcile' on a terminal\n", stderr);
		return 64;
	}
	if (!open_screen())
		return 69;
	answer = wire_ask(&face, json_pack("{s:s}", "do", "hello"));
	wire_take(&face, answer);
	face_choose_first(&face);
	talk(&face);
	endwin();
	json_decref(face.view);
	g_free(face.note);
	return 0;
}
