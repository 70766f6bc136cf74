/*
 * say.c - sentences for a person on stderr. Control characters (a name out
 * of a mail may hold an escape sequence) never reach the terminal.
 */
#include "context.h"

#include <stdarg.h>
#include <stdio.h>

static void G_GNUC_PRINTF(1, 0)
say_line(const char *format, va_list arguments)
{
	g_autofree char *text = g_strdup_vprintf(format, arguments);

	for (char *p = text; *p; p++) {
		if (((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t') ||
		    *p == 0x7f)
			*p = '?';
	}
	fprintf(stderr, "mailfilter: %s\n", text);
}

void
say_error(const struct context *context, const char *format, ...)
{
	va_list arguments;

	if (context->pipeline)
		return;
	va_start(arguments, format);
	say_line(format, arguments);
	va_end(arguments);
}

void
say(const struct context *context, const char *format, ...)
{
	va_list arguments;

	if (context->quiet || context->pipeline)
		return;
	va_start(arguments, format);
	say_line(format, arguments);
	va_end(arguments);
}

void
say_more(const struct context *context, const char *format, ...)
{
	va_list arguments;

	if (!context->verbose || context->quiet || context->pipeline)
		return;
	va_start(arguments, format);
	say_line(format, arguments);
	va_end(arguments);
}
