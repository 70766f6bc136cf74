/*
 * verify.c - libopendkim does the mathematics: it is given the header with one
 * DKIM-Signature only, so there is no doubt which one passed, and the key by a
 * callback, so it never looks for one itself. What the signature covers is
 * judged elsewhere (parser/auth.c).
 */
#include "dkim.h"

#include "../limits.h"

#include <glib.h>
#include <opendkim/dkim.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define LEAST_BITS 1024		/* of an RSA key */

static DKIM_LIB *library;
static const char *key_record;
static time_t clock_now;

/* libopendkim 2.11 compares t= and x= with time() even when it was given a
 * fixed time, and a mail is judged by the clock of whoever asks. */
time_t
time(time_t *out)
{
	if (out)
		*out = clock_now;
	return clock_now;
}

static DKIM_STAT
look_up(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer,
    size_t length)
{
	size_t needed = strlen(key_record) + 1;

	(void)dkim;
	(void)signature;
	if (needed > length)
		return DKIM_CBSTAT_ERROR;
	memcpy(buffer, key_record, needed);
	return DKIM_CBSTAT_CONTINUE;
}

bool
verify_prepare(time_t now)
{
	clock_now = now;
	library = dkim_init(NULL, NULL);
	return library &&
	    dkim_set_key_lookup(library, look_up) == DKIM_STAT_OK;
}

/* ---- the message ------------------------------------------------------------------ */

struct input {
	int fd;
	char buffer[65536];
	size_t at, length;
};

/* The next line with its end, without it at the end of the message; false
 * when there is none, or it is longer than a header can be. */
static bool
read_line(struct input *input, GString *line)
{
	g_string_truncate(line, 0);
	for (;;) {
		const char *from = input->buffer + input->at;
		size_t left = input->length - input->at;
		const char *newline = memchr(from, '\n', left);
		size_t n = newline ? (size_t)(newline - from) + 1 : left;
		ssize_t got;

		g_string_append_len(line, from, (gssize)n);
		input->at += n;
		if (newline)
			return true;
		if (line->len > LIMIT_HEADER)
			return false;
		got = read(input->fd, input->buffer, sizeof input->buffer);
		if (got <= 0)
			return line->len > 0;
		input->at = 0;
		input->length = (size_t)got;
	}
}

static void
trim_end(GString *line)
{
	while (line->len > 0 && (line->str[line->len - 1] == '\n' ||
	    line->str[line->len - 1] == '\r'))
		g_string_truncate(line, line->len - 1);
}

/* Is it a DKIM-Signature field that is not the one that is asked about? */
static bool
is_other_signature(const GString *field, unsigned index, unsigned *seen)
{
	if (strncasecmp(field->str, "DKIM-Signature:", 15) != 0)
		return false;
	return (*seen)++ != index;
}

static bool
feed_field(DKIM *dkim, GString *field, unsigned index, unsigned *seen)
{
	bool good = field->len == 0 ||
	    is_other_signature(field, index, seen) ||
	    dkim_header(dkim, (u_char *)field->str, field->len) ==
	    DKIM_STAT_OK;

	g_string_truncate(field, 0);
	return good;
}

/* The header, a field at a time, with CRLF between its lines. */
static bool
feed_header(DKIM *dkim, struct input *input, unsigned index)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(GString) field = g_string_new(NULL);
	unsigned seen = 0;
	size_t total = 0;
	bool good = true;

	while (good && total <= LIMIT_HEADER && read_line(input, line)) {
		total += line->len;
		trim_end(line);
		if (line->len == 0)
			break;
		if (*line->str == ' ' || *line->str == '\t')
			g_string_append(field, "\r\n");
		else
			good = feed_field(dkim, field, index, &seen);
		g_string_append_len(field, line->str, (gssize)line->len);
	}
	return good && total <= LIMIT_HEADER &&
	    feed_field(dkim, field, index, &seen) && seen > index;
}

/* The body: mail servers hand it over with bare LF, it was signed with CRLF. */
static bool
feed_body(DKIM *dkim, struct input *input)
{
	g_autoptr(GString) out = g_string_new(NULL);
	char last = '\0';
	ssize_t got;

	do {
		g_string_truncate(out, 0);
		for (; input->at < input->length; input->at++) {
			char c = input->buffer[input->at];

			if (c == '\n' && last != '\r')
				g_string_append_c(out, '\r');
			g_string_append_c(out, c);
			last = c;
		}
		if (out->len && dkim_body(dkim, (u_char *)out->str,
		    out->len) != DKIM_STAT_OK)
			return false;
		got = read(input->fd, input->buffer, sizeof input->buffer);
		input->at = 0;
		input->length = got > 0 ? (size_t)got : 0;
	} while (got > 0);
	return got == 0;
}

/* ---- the verdict ------------------------------------------------------------------ */

static enum dkim_end
judge(DKIM_SIGINFO *signature, const char **why)
{
	dkim_alg_t algorithm = DKIM_SIGN_UNKNOWN;
	unsigned bits = 0;

	*why = NULL;
	if (!signature || !DKIM_SIG_CHECK(signature) ||
	    (dkim_sig_getflags(signature) & DKIM_SIGFLAG_PROCESSED) == 0)
		*why = "the signature is not valid";
	else if (dkim_sig_getflags(signature) & DKIM_SIGFLAG_TESTKEY)
		*why = "the key is only for testing (t=y)";
	else if (dkim_sig_getsignalg(signature, &algorithm) != DKIM_STAT_OK ||
	    (algorithm != DKIM_SIGN_RSASHA256 &&
	    algorithm != DKIM_SIGN_ED25519SHA256))
		*why = "the signature's algorithm is weak";
	else if (algorithm == DKIM_SIGN_RSASHA256 &&
	    (dkim_sig_getkeysize(signature, &bits) != DKIM_STAT_OK ||
	    bits < LEAST_BITS))
		*why = "the key is too short";
	return *why ? DKIM_FAIL : DKIM_PASS;
}

/* libopendkim's own words when it has some. */
static const char *
explain(DKIM *dkim, DKIM_STAT status)
{
	DKIM_SIGINFO **all = NULL;
	int count = 0, error = DKIM_SIGERROR_OK;

	if (dkim_getsiglist(dkim, &all, &count) == DKIM_STAT_OK && count == 1)
		error = dkim_sig_geterror(all[0]);
	if (error == DKIM_SIGERROR_KEYREVOKED || status == DKIM_STAT_REVOKED)
		return "the key is revoked";
	if (error == DKIM_SIGERROR_KEYTOOSMALL)
		return "the key is too short";
	if (error > DKIM_SIGERROR_OK)
		return dkim_sig_geterrorstr(error);
	return "the signature is not valid";
}

enum dkim_end
verify_message(int fd, unsigned index, const char *record, const char **why)
{
	static struct input input;
	DKIM_STAT status;
	DKIM *dkim;

	key_record = record;
	input.fd = fd;
	dkim = dkim_verify(library, (const unsigned char *)"mail", NULL,
	    &status);
	*why = "the signature cannot be read";
	if (!dkim || !feed_header(dkim, &input, index))
		return DKIM_FAIL;
	status = dkim_eoh(dkim);
	if (status == DKIM_STAT_OK) {
		if (!feed_body(dkim, &input))
			return DKIM_LATER;
		status = dkim_eom(dkim, NULL);
	}
	if (status != DKIM_STAT_OK) {
		*why = explain(dkim, status);
		return DKIM_FAIL;
	}
	return judge(dkim_getsignature(dkim), why);
}
