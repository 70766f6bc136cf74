/*
 * relay.c - gives a message back to the mail server of this machine that had
 * it filtered. The bytes pass as they come, whatever they are: only line ends
 * become those of SMTP and a dot at the start of a line is doubled (RFC 5321,
 * 4.5.2). No library that might tidy them is in between.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "send.h"

#define LINE 2048		/* of an answer, RFC 5321 says 512 */
#define ADDRESS 320

struct relay {
	int fd;
	int64_t until;		/* monotonic microseconds */
	char in[LINE];		/* what the server said and nobody read yet */
	size_t have;
	char said[LINE];	/* its last line */
	bool eight_bit, utf8;
};

static int
fail(int code, const char *what, const char *why)
{
	g_autofree char *tidy = result_tidy(why);

	fprintf(stderr, "%s: %s\n", what, tidy);
	return code;
}

static bool
wait_for(const struct relay *relay, short events)
{
	struct pollfd one = {relay->fd, events, 0};
	int64_t left = (relay->until - g_get_monotonic_time()) / 1000;
	int ready;

	if (left <= 0)
		return false;
	do
		ready = poll(&one, 1, (int)MIN(left, 1000000));
	while (ready < 0 && errno == EINTR);
	return ready > 0;
}

static bool
put(struct relay *relay, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n;

		if (!wait_for(relay, POLLOUT))
			return false;
		n = send(relay->fd, bytes, length, MSG_NOSIGNAL);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

/* One line of an answer into said; false: the server is gone or late, or its
 * line has no end. */
static bool
read_line(struct relay *relay)
{
	for (;;) {
		char *end = memchr(relay->in, '\n', relay->have);
		size_t length;
		ssize_t n;

		if (end) {
			length = (size_t)(end - relay->in);
			memcpy(relay->said, relay->in, length);
			relay->said[length] = '\0';
			relay->have -= length + 1;
			memmove(relay->in, end + 1, relay->have);
			return true;
		}
		if (relay->have == sizeof relay->in ||
		    !wait_for(relay, POLLIN))
			return false;
		n = recv(relay->fd, relay->in + relay->have,
		    sizeof relay->in - relay->have, 0);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return false;
		relay->have += (size_t)n;
	}
}

/* The code of a whole answer, 0 when there is none; what the server offers
 * along with it is noted. */
static int
answer(struct relay *relay)
{
	do {
		if (!read_line(relay))
			return 0;
		if (strlen(relay->said) < 3)
			return 0;
		if (!relay->said[3])
			break;
		if (g_ascii_strncasecmp(relay->said + 4, "8BITMIME", 8) == 0)
			relay->eight_bit = true;
		if (g_ascii_strncasecmp(relay->said + 4, "SMTPUTF8", 8) == 0)
			relay->utf8 = true;
	} while (relay->said[3] == '-');
	return atoi(relay->said);
}

static int
command(struct relay *relay, const char *line)
{
	g_autofree char *text = g_strconcat(line, "\r\n", NULL);

	g_strlcpy(relay->said, "no answer", sizeof relay->said);
	return put(relay, text, strlen(text)) ? answer(relay) : 0;
}

/* ---- the envelope -------------------------------------------------------- */

static bool
address_can_be_said(const char *address)
{
	if (strlen(address) > ADDRESS)
		return false;
	for (; *address; address++)
		if ((unsigned char)*address < ' ' || *address == 0x7f ||
		    *address == '<' || *address == '>')
			return false;
	return true;
}

static bool
is_here(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return (ntohl(((const struct sockaddr_in *)(const void *)
		    address)->sin_addr.s_addr) >> 24) == 127;
	return address->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(
	    &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static int
connect_here(const char *host, const char *port)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	int fd = -1;

	if (getaddrinfo(host, port, &hints, &list) != 0)
		return -1;
	for (struct addrinfo *one = list; one && fd < 0; one = one->ai_next) {
		if (!is_here(one->ai_addr))
			continue;
		fd = socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd >= 0 &&
		    connect(fd, one->ai_addr, one->ai_addrlen) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

static int
refused(const struct relay *relay, const char *what, int code)
{
	return fail(code >= 500 ? EX_UNAVAILABLE : EX_TEMPFAIL, what,
	    relay->said);
}

static int
envelope(struct relay *relay, const char *sender, char **to)
{
	g_autofree char *from = NULL;
	bool international = !g_str_is_ascii(sender);
	int code = answer(relay);

	if (code != 220)
		return refused(relay, "greeting", code);
	code = command(relay, "EHLO localhost");
	if (code != 250)
		return refused(relay, "EHLO", code);
	for (char **one = to; *one; one++)
		international |= !g_str_is_ascii(*one);
	from = g_strdup_printf("MAIL FROM:<%s>%s%s", sender,
	    relay->eight_bit ? " BODY=8BITMIME" : "",
	    relay->utf8 && international ? " SMTPUTF8" : "");
	code = command(relay, from);
	if (code / 100 != 2)
		return refused(relay, "MAIL FROM", code);
	for (; *to; to++) {
		g_autofree char *line = g_strdup_printf("RCPT TO:<%s>", *to);

		code = command(relay, line);
		if (code / 100 != 2)
			return refused(relay, "RCPT TO", code);
	}
	code = command(relay, "DATA");
	return code == 354 ? EX_OK : refused(relay, "DATA", code);
}

/* ---- the message --------------------------------------------------------- */

struct stuffing {		/* where in a line the last byte was */
	bool line_start, cr;
};

static void
stuff(struct stuffing *state, const char *bytes, size_t length, GString *out)
{
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];

		if (c == '.' && state->line_start)
			g_string_append_c(out, '.');
		if (c == '\n' && !state->cr)
			g_string_append_c(out, '\r');
		g_string_append_c(out, c);
		state->line_start = c == '\n';
		state->cr = c == '\r';
	}
}

static int
message(struct relay *relay, int from)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct stuffing state = {.line_start = true};
	char buffer[65536];
	ssize_t n;
	int code;

	while ((n = read(from, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(EX_TEMPFAIL, "message", "cannot be read");
		g_string_truncate(out, 0);
		stuff(&state, buffer, (size_t)n, out);
		if (!put(relay, out->str, out->len))
			return fail(EX_TEMPFAIL, "message", "the mail server "
			    "went away");
	}
	if (!state.line_start && !put(relay, "\r\n", 2))
		return fail(EX_TEMPFAIL, "message", "the mail server went away");
	code = command(relay, ".");
	if (code / 100 == 2)
		return EX_OK;
	return code >= 400 ? refused(relay, "end of the message", code) :
	    fail(EX_SOFTWARE, "end of the message", "no answer");
}

int
relay_main(int argc, char **argv)
{
	struct relay relay = {.fd = -1};
	int code;

	if (argc < 6 || strcmp(argv[4], "--") != 0)
		return fail(EX_USAGE, "relay", "HOST PORT SECONDS SENDER -- "
		    "RECIPIENT...");
	for (int i = 3; i < argc; i++)
		if (!address_can_be_said(argv[i]))
			return fail(EX_UNAVAILABLE, "relay", "an address cannot "
			    "be said to a mail server");
	relay.until = g_get_monotonic_time() +
	    (int64_t)atoi(argv[2]) * G_USEC_PER_SEC;
	relay.fd = connect_here(argv[0], argv[1]);
	if (relay.fd < 0)
		return fail(EX_TEMPFAIL, "relay", "no mail server of this "
		    "machine answers there");
	code = envelope(&relay, argv[3], argv + 5);
	if (code == EX_OK)
		code = message(&relay, STDIN_FILENO);
	if (code == EX_OK)
		put(&relay, "QUIT\r\n", 6);
	close(relay.fd);
	return code;
}
