/*
 * review_screen.c - the dialogue on a full screen: mailfilter-screen owns the
 * terminal and knows no store; over a socket it tells in JSON Lines what the
 * person wants, and is answered in JSON Lines, one for one.
 */
#include "review_screen.h"
#include "phrases.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SOCKET_FD 3		/* of the helper */
#define REQUEST_MAX 65536

struct screen {
	struct talk *talk;
	FILE *in;
	int out;
	pid_t pid;
};

/* ---- the child ------------------------------------------------------------------ */

static volatile sig_atomic_t told_to_end;
static volatile sig_atomic_t helper;

/* The helper puts the terminal right, then we end. */
static void
pass_on(int number)
{
	told_to_end = number;
	if (helper > 0)
		kill((pid_t)helper, SIGTERM);
}

/* While the screen is there: how each signal is handled, and was before. */
static struct {
	int number;
	void (*handler)(int);
	struct sigaction before;
} signals[] = {
    {.number = SIGINT, .handler = SIG_IGN},
    {.number = SIGQUIT, .handler = SIG_IGN},
    {.number = SIGTERM, .handler = pass_on},
    {.number = SIGHUP, .handler = pass_on},
};

static void
take_signals(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		struct sigaction action = {.sa_handler = signals[i].handler};

		sigemptyset(&action.sa_mask);
		sigaction(signals[i].number, &action, &signals[i].before);
		/* nohup wants no hang-up */
		if (signals[i].before.sa_handler == SIG_IGN)
			sigaction(signals[i].number, &signals[i].before,
			    NULL);
	}
}

static void
give_signals_back(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i].number, &signals[i].before, NULL);
}

static void
become(int socket, const char *program)
{
	give_signals_back();
	if (socket == SOCKET_FD ? fcntl(socket, F_SETFD, 0) < 0
				: dup2(socket, SOCKET_FD) < 0)
		_exit(127);
	close_range(SOCKET_FD + 1, ~0U, 0);
	execl(program, program, (char *)NULL);
	_exit(127);
}

static bool
start(struct screen *screen)
{
	g_autofree char *program = place_helper("mailfilter-screen");
	int ends[2];

	if (access(program, X_OK) != 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	fflush(stdout);
	screen->pid = fork();
	if (screen->pid == 0)
		become(ends[1], program);
	close(ends[1]);
	helper = (sig_atomic_t)screen->pid;
	screen->in = fdopen(ends[0], "r");
	screen->out = ends[0];
	return screen->pid > 0;
}

/* ---- what it asks ------------------------------------------------------------------ */

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* The case as it stands, for the screen. */
static json_t *
view(const struct talk *talk)
{
	json_t *out = json_pack("{s:i, s:i}", "at", (int)talk->at + 1, "of",
	    (int)talk->ids->len);

	if (talk->shown)
		json_object_set_new(out, "case",
		    show_case(talk->context, talk->shown));
	if (talk_said(talk))
		json_object_set_new(out, "said",
		    json_string(talk_said(talk)));
	if (talk->at >= talk->ids->len)
		json_object_set_new(out, "end", json_integer(
		    (json_int_t)talk->said->len));
	return out;
}

static void
put_note(json_t *answer, const char *note)
{
	g_autofree char *clean = show_clean(note);

	json_object_set_new(answer, "note", json_string(clean));
}

/* [{"invoice":ID,"amount":"1.00"}]; an amount that is none is 0. */
static GArray *
read_parts(const struct talk *talk, const json_t *list)
{
	GArray *parts = g_array_new(FALSE, TRUE, sizeof(struct option_part));
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		struct option_part part = {.kind = ALLOCATION_PAYMENT,
		    .invoice = json_integer_value(
			json_object_get(one, "invoice"))};

		if (!talk->shown || !talk_amount(text_of(one, "amount"),
			talk->shown->payment->currency, &part.amount))
			part.amount = 0;
		g_array_append_val(parts, part);
	}
	return parts;
}

static void
answer_view(struct talk *talk, const json_t *request, json_t *answer)
{
	talk_move(talk, (int)json_integer_value(
	    json_object_get(request, "step")));
	json_object_set_new(answer, "view", view(talk));
}

static void
answer_say(struct talk *talk, const json_t *request, json_t *answer)
{
	static const char *const words[] = {
	    [TALK_ACCEPT] = "accept", [TALK_SPLIT] = "split",
	    [TALK_REJECT] = "none", [TALK_NO_INVOICE] = "no-invoice",
	    [TALK_FOR_NOW] = "for-now", [TALK_CREDIT] = "credit",
	    [TALK_ACCEPT_CREDIT] = "accept-credit",
	};
	g_autoptr(GArray) parts = read_parts(talk,
	    json_object_get(request, "parts"));
	struct saying saying = {.parts = parts,
	    .option = (guint)json_integer_value(
		json_object_get(request, "option")),
	    .customer = json_integer_value(
		json_object_get(request, "customer"))};
	g_autofree char *note = NULL;
	size_t word = 0;

	while (word < G_N_ELEMENTS(words) &&
	    strcmp(words[word], text_of(request, "word")) != 0)
		word++;
	if (word == G_N_ELEMENTS(words))
		return;
	saying.word = (enum talk_word)word;
	json_object_set_new(answer, "done", json_boolean(
	    talk_say(talk, &saying, &note) == TALK_DONE));
	put_note(answer, note);
	json_object_set_new(answer, "view", view(talk));
}

static void
answer_undo(struct talk *talk, const json_t *request, json_t *answer)
{
	g_autofree char *note = NULL;

	(void)request;
	talk_undo(talk, &note);
	put_note(answer, note);
	json_object_set_new(answer, "view", view(talk));
}

static void
answer_search(struct talk *talk, const json_t *request, json_t *answer)
{
	json_object_set_new(answer, "found",
	    talk_search(talk, text_of(request, "text")));
}

static void
answer_customers(struct talk *talk, const json_t *request, json_t *answer)
{
	json_object_set_new(answer, "found",
	    talk_customers(talk, text_of(request, "text")));
}

static void
answer_look(struct talk *talk, const json_t *request, json_t *answer)
{
	int index = talk_look(talk, json_integer_value(
	    json_object_get(request, "invoice")));

	json_object_set_new(answer, "option", json_integer(index));
	json_object_set_new(answer, "view", view(talk));
}

/* What is left while amounts are typed. fill: an invoice for which an amount
 * is to be proposed. */
static void
answer_check(struct talk *talk, const json_t *request, json_t *answer)
{
	g_autoptr(GArray) parts = read_parts(talk,
	    json_object_get(request, "parts"));
	const struct payment *p = talk->shown ? talk->shown->payment : NULL;
	const struct invoice *fill = p ? case_document(talk->shown,
	    json_integer_value(json_object_get(request, "fill"))) : NULL;
	int64_t rest = 0;
	g_autofree char *why = talk_check(talk, parts, &rest);
	g_autofree char *left = NULL;

	if (!p)
		return;
	left = money_text(rest, p->currency);
	json_object_set_new(answer, "rest", json_string(left));
	if (why && parts->len)
		json_object_set_new(answer, "problem", json_string(why));
	if (fill) {
		g_autofree char *amount = money_format(CLAMP(rest, 0,
		    MAX(fill->open - fill->announced, 0)), p->currency);

		json_object_set_new(answer, "amount", json_string(amount));
	}
}

static void
answer_more(struct talk *talk, const json_t *request, json_t *answer)
{
	json_object_set_new(answer, "lines", !talk->shown ? json_array() :
	    show_more(talk->context, talk->shown, (guint)json_integer_value(
		json_object_get(request, "option"))));
}

static const struct verb {
	const char *name;
	void (*act)(struct talk *talk, const json_t *request,
	    json_t *answer);
} verbs[] = {
    {"move", answer_view}, {"say", answer_say}, {"undo", answer_undo},
    {"search", answer_search}, {"customers", answer_customers},
    {"look", answer_look}, {"check", answer_check}, {"more", answer_more},
};

/* ---- the conversation ------------------------------------------------------------ */

static bool
write_line(int fd, const json_t *object)
{
	g_autofree char *line = NULL;
	char *text = json_dumps(object, JSON_COMPACT);
	size_t size, sent = 0;

	line = g_strconcat(text, "\n", NULL);
	free(text);
	for (size = strlen(line); sent < size; ) {
		ssize_t n = send(fd, line + sent, size - sent, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return false;
		sent += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* NULL: it has ended. */
static json_t *
read_request(struct screen *screen)
{
	g_autofree char *line = g_malloc(REQUEST_MAX);

	if (!screen->in || !fgets(line, REQUEST_MAX, screen->in))
		return NULL;
	return json_loads(line, 0, NULL);
}

static void
converse(struct screen *screen)
{
	json_t *request;

	while ((request = read_request(screen))) {
		json_t *answer = json_object();
		const char *name = text_of(request, "do");
		bool open;

		for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
			if (strcmp(verbs[i].name, name) == 0)
				verbs[i].act(screen->talk, request, answer);
		open = strcmp(name, "quit") != 0 &&
		    write_line(screen->out, answer);
		json_decref(answer);
		json_decref(request);
		if (!open)
			break;
	}
}

/* It says hello once it has the terminal; else nothing was shown. */
static bool
greeted(struct screen *screen)
{
	json_t *hello = read_request(screen);
	json_t *answer = json_object();
	bool good = hello && strcmp(text_of(hello, "do"), "hello") == 0;

	json_object_set_new(answer, "view", view(screen->talk));
	good = good && write_line(screen->out, answer);
	json_decref(hello);
	json_decref(answer);
	return good;
}

/* Whatever became of the helper, the terminal is as it was. */
static void
finish(struct screen *screen, const struct termios *before)
{
	int end = 0;

	if (screen->in)
		fclose(screen->in);
	while (waitpid(screen->pid, &end, 0) < 0 && errno == EINTR)
		;
	helper = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, before);
	if (WIFSIGNALED(end)) {
		/* leave the other screen, plain text, cursor on */
		fputs("\033[?1049l\033[0m\033[?25h", stdout);
		fflush(stdout);
	}
}

static bool
run(struct screen *screen)
{
	struct termios before;
	bool shown;

	if (tcgetattr(STDIN_FILENO, &before) != 0 || !start(screen))
		return false;
	shown = greeted(screen);
	if (shown)
		converse(screen);
	finish(screen, &before);
	return shown;
}

bool
review_screen(struct talk *talk)
{
	struct screen screen = {.talk = talk};
	const char *terminal = getenv("TERM");
	bool was_quiet = talk->context->pipeline, shown;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !terminal ||
	    !*terminal || strcmp(terminal, "dumb") == 0)
		return false;
	take_signals();
	talk->context->pipeline = true;	/* no word on the screen's stderr */
	shown = run(&screen);
	talk->context->pipeline = was_quiet;
	give_signals_back();
	if (told_to_end) {
		g_autofree char *summary = talk_summary(talk);

		fputs(summary, stdout);
		fflush(stdout);
		raise((int)told_to_end);
	}
	return shown;
}
