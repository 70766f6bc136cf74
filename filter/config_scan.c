/*
 * config_scan.c - a look at the raw text of the configuration before libconfuse
 * reads it, because that library takes the end of the file for every closing
 * brace that is missing, and fills "${NAME}" from the environment, which is
 * another one under a mail server than in a shell. Comments are blanked out on
 * the way: libconfuse 3.3 counts their lines wrong.
 */
#include "config_internal.h"

#include <string.h>

struct scan {
	char *p;
	const char *end;
	int line;
	int opened[16];		/* lines of the braces that are open */
	int depth;
	const char *why;
	int at;			/* line of the trouble */
};

static bool
complain(struct scan *scan, int line, const char *why)
{
	scan->why = why;
	scan->at = line;
	return false;
}

static void
step_on(struct scan *scan)
{
	if (*scan->p == '\n')
		scan->line++;
	scan->p++;
}

static void
skip_line_comment(struct scan *scan)
{
	while (scan->p < scan->end && *scan->p != '\n')
		*scan->p++ = ' ';
}

static bool
skip_block_comment(struct scan *scan)
{
	int line = scan->line;
	char *start = scan->p;

	for (scan->p += 2; scan->p + 1 < scan->end; step_on(scan)) {
		if (scan->p[0] == '*' && scan->p[1] == '/') {
			scan->p += 2;
			for (; start < scan->p; start++)
				if (*start != '\n')
					*start = ' ';
			return true;
		}
	}
	return complain(scan, line, "this comment is never closed with */");
}

static bool
skip_quoted(struct scan *scan)
{
	int line = scan->line;
	char quote = *scan->p++;

	for (; scan->p < scan->end; step_on(scan)) {
		if (*scan->p == quote) {
			scan->p++;
			return true;
		}
		if (*scan->p == '\\' && scan->p + 1 < scan->end)
			scan->p++;
		else if (quote == '"' && scan->p + 1 < scan->end &&
		    scan->p[0] == '$' && scan->p[1] == '{')
			return complain(scan, scan->line,
			    "\"${\" is not expanded here: write the value, or "
			    "put the text into single quotes");
	}
	return complain(scan, line, "this quotation mark is never closed");
}

/* A word without quotes: up to white space or a mark of the syntax. */
static void
skip_word(struct scan *scan)
{
	while (scan->p < scan->end && !strchr(" \t\r\n\"'={}(),;+", *scan->p))
		scan->p++;
}

static bool
scan_brace(struct scan *scan)
{
	if (*scan->p == '{') {
		if (scan->depth == G_N_ELEMENTS(scan->opened))
			return complain(scan, scan->line,
			    "braces are nested too deep");
		scan->opened[scan->depth++] = scan->line;
	} else if (scan->depth == 0) {
		return complain(scan, scan->line,
		    "this closing brace has no opening one");
	} else {
		scan->depth--;
	}
	scan->p++;
	return true;
}

static bool
scan_token(struct scan *scan)
{
	char c = *scan->p;
	char next = scan->p + 1 < scan->end ? scan->p[1] : '\0';

	if (c == '#' || (c == '/' && next == '/'))
		skip_line_comment(scan);
	else if (c == '/' && next == '*')
		return skip_block_comment(scan);
	else if (c == '"' || c == '\'')
		return skip_quoted(scan);
	else if (c == '{' || c == '}')
		return scan_brace(scan);
	else if (strchr(" \t\r\n=(),;+", c))
		step_on(scan);
	else
		skip_word(scan);
	return true;
}

/* The line on which a position of the text stands. */
static int
line_of(const char *text, const char *position)
{
	int line = 1;

	for (; text < position; text++)
		line += *text == '\n';
	return line;
}

bool
config_scan(char *text, size_t length, int *line, char **why)
{
	struct scan scan = {.p = text, .end = text + length, .line = 1};
	const char *bad;

	if (!g_utf8_validate_len(text, length, &bad)) {
		*line = line_of(text, bad);
		*why = g_strdup("this is not UTF-8 text");
		return false;
	}
	while (scan.p < scan.end)
		if (!scan_token(&scan))
			break;
	if (!scan.why && scan.depth > 0)
		complain(&scan, scan.opened[scan.depth - 1],
		    "the brace opened here is never closed");
	if (!scan.why)
		return true;
	*line = scan.at;
	*why = g_strdup(scan.why);
	return false;
}
