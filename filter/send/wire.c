/*
 * wire.c - one bounded connection under libetpan's streams.
 *
 * libetpan's own sockets verify no certificate and bound only single reads,
 * so both ends of the connection are ours: connect, read, write and handshake
 * share one deadline, what a server may send us in total is limited, and TLS
 * is GnuTLS with the verification inside the handshake. The same driver
 * changes from clear to TLS after STARTTLS.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <libetpan/libetpan.h>

#include "send.h"

/* All that a server may say, unless wire_allow() says more. */
#define RECEIVED_MAX ((size_t)1 << 20)
/* Small, so that what was written has nearly all arrived: a connection that
 * breaks before the final dot is then seen before it. */
#define SEND_BUFFER (64 << 10)

static const char dot[] = "\r\n.\r\n";
#define DOT_SIZE (sizeof dot - 1)

struct wire {
	int fd;
	gnutls_session_t tls;
	gnutls_certificate_credentials_t credentials;
	int64_t until;		/* monotonic, microseconds */
	size_t received, received_max;
	bool data;		/* the message is being written */
	char tail[DOT_SIZE];	/* its last bytes */
	char *trouble;
};

static void
trouble(struct wire *wire, const char *what)
{
	if (wire->trouble == NULL)
		wire->trouble = g_strdup(what);
}

/* Waits for the socket, no longer than the deadline. */
static bool
ready(struct wire *wire, short events)
{
	struct pollfd pollfd = {.fd = wire->fd, .events = events};
	int64_t left;
	int n;

	do {
		left = (wire->until - g_get_monotonic_time()) / 1000;
		n = left <= 0 ? 0 : poll(&pollfd, 1, (int)left);
	} while (n < 0 && errno == EINTR);
	if (n <= 0)
		trouble(wire, "the mail server did not answer in time");
	return n > 0;
}

/* ---- reading ----------------------------------------------------------- */

static ssize_t
read_clear(struct wire *wire, void *buffer, size_t size)
{
	ssize_t n;

	while ((n = recv(wire->fd, buffer, size, 0)) < 0) {
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN || !ready(wire, POLLIN))
			break;
	}
	return n;
}

static ssize_t
read_tls(struct wire *wire, void *buffer, size_t size)
{
	ssize_t n;

	while ((n = gnutls_record_recv(wire->tls, buffer, size)) < 0) {
		if (n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n != GNUTLS_E_AGAIN || !ready(wire, POLLIN))
			return -1;
	}
	return n;
}

static ssize_t
wire_read(mailstream_low *low, void *buffer, size_t size)
{
	struct wire *wire = low->data;
	ssize_t n = wire->tls ? read_tls(wire, buffer, size)
	    : read_clear(wire, buffer, size);

	if (n <= 0) {
		trouble(wire, "the mail server closed the connection");
		return -1;
	}
	wire->received += (size_t)n;
	if (wire->received > wire->received_max) {
		trouble(wire, "the mail server's answer has no end");
		return -1;
	}
	return n;
}

/* ---- writing ----------------------------------------------------------- */

static ssize_t
write_some(struct wire *wire, const char *data, size_t size)
{
	ssize_t n;

	for (;;) {
		n = wire->tls ? gnutls_record_send(wire->tls, data, size)
		    : send(wire->fd, data, size, MSG_NOSIGNAL);
		if (n >= 0)
			return n;
		if (wire->tls ? n == GNUTLS_E_INTERRUPTED : errno == EINTR)
			continue;
		if (wire->tls ? n != GNUTLS_E_AGAIN : errno != EAGAIN)
			return -1;
		if (!ready(wire, POLLOUT))
			return -1;
	}
}

static bool
write_all(struct wire *wire, const char *data, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = write_some(wire, data, size);
		if (n <= 0) {
			trouble(wire, "the mail server closed the connection");
			return false;
		}
		data += n;
		size -= (size_t)n;
	}
	return true;
}

/* Before the dot the server has nothing to say: whatever can be read is the
 * end of the connection or an early refusal. */
static bool
is_silent(struct wire *wire)
{
	struct pollfd pollfd = {.fd = wire->fd, .events = POLLIN};

	if (poll(&pollfd, 1, 0) == 0)
		return true;
	trouble(wire, "the mail server broke off before the end of the message");
	return false;
}

/* Does the message end with these bytes? Remembers the last ones for the
 * next write; dot-stuffing keeps the mark out of the message itself. */
static bool
ends_with_dot(struct wire *wire, const char *data, size_t size)
{
	size_t keep = size < DOT_SIZE ? DOT_SIZE - size : 0;

	memmove(wire->tail, wire->tail + DOT_SIZE - keep, keep);
	memcpy(wire->tail + keep, data + size - (DOT_SIZE - keep),
	    DOT_SIZE - keep);
	return memcmp(wire->tail, dot, DOT_SIZE) == 0;
}

/* The final dot goes alone, after a look at the connection. */
static ssize_t
wire_write(mailstream_low *low, const void *buffer, size_t size)
{
	struct wire *wire = low->data;
	const char *data = buffer;
	size_t body = 0;

	if (size == 0)
		return 0;
	if (wire->data && ends_with_dot(wire, data, size)) {
		body = size - MIN(size, DOT_SIZE - 2);
		if (!write_all(wire, data, body) || !is_silent(wire))
			return -1;
		result_progress(PROGRESS_DOT);
		wire->data = false;
	}
	return write_all(wire, data + body, size - body) ? (ssize_t)size : -1;
}

/* ---- libetpan's driver ----------------------------------------------------- */

static int
low_close(mailstream_low *low)
{
	struct wire *wire = low->data;

	if (wire->tls)
		gnutls_bye(wire->tls, GNUTLS_SHUT_WR);
	return 0;
}

static int
low_fd(mailstream_low *low)
{
	return ((struct wire *)low->data)->fd;
}

static void
low_free(mailstream_low *low)
{
	free(low);
}

static void
low_cancel(mailstream_low *low)
{
	(void)low;
}

static struct mailstream_cancel *
low_get_cancel(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static carray *
low_chain(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static mailstream_low_driver driver = {
	.mailstream_read = wire_read,
	.mailstream_write = wire_write,
	.mailstream_close = low_close,
	.mailstream_get_fd = low_fd,
	.mailstream_free = low_free,
	.mailstream_cancel = low_cancel,
	.mailstream_get_cancel = low_get_cancel,
	.mailstream_get_certificate_chain = low_chain,
};

struct _mailstream_low *
wire_low(struct wire *wire)
{
	return mailstream_low_new(wire, &driver);
}

/* ---- connecting ----------------------------------------------------------- */

static bool
is_loopback(const struct sockaddr *address)
{
	const struct sockaddr_in *four = (const void *)address;
	const struct sockaddr_in6 *six = (const void *)address;

	if (address->sa_family == AF_INET)
		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	return address->sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

/* True when connected; else errno. */
static bool
connect_one(struct wire *wire, const struct addrinfo *address)
{
	int buffer = SEND_BUFFER, on = 1, error = 0;
	socklen_t size = sizeof error;

	wire->fd = socket(address->ai_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (wire->fd < 0)
		return false;
	setsockopt(wire->fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
	setsockopt(wire->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(wire->fd, address->ai_addr, address->ai_addrlen) == 0)
		return true;
	if (errno == EINPROGRESS && !ready(wire, POLLOUT)) {
		error = ETIMEDOUT;
	} else if (errno == EINPROGRESS) {
		getsockopt(wire->fd, SOL_SOCKET, SO_ERROR, &error, &size);
		if (error == 0)
			return true;
	} else {
		error = errno;
	}
	close(wire->fd);
	wire->fd = -1;
	errno = error;
	return false;
}

struct wire *
wire_connect(const char *host, int port, bool loopback, int seconds, char **why)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	g_autofree char *service = g_strdup_printf("%d", port);
	struct wire *wire = g_new0(struct wire, 1);
	struct addrinfo *list = NULL;
	int error;

	wire->fd = -1;
	wire->received_max = RECEIVED_MAX;
	wire->until = g_get_monotonic_time() + (int64_t)seconds * 1000000;
	error = getaddrinfo(host, service, &hints, &list);
	if (error)
		*why = g_strdup_printf("cannot find %s: %s", host,
		    gai_strerror(error));
	for (struct addrinfo *at = list; at && wire->fd < 0; at = at->ai_next) {
		g_clear_pointer(why, g_free);
		if (loopback && !is_loopback(at->ai_addr))
			*why = g_strdup_printf("without TLS it can be a server "
			    "on this machine only, and %s is not", host);
		else if (!connect_one(wire, at))
			*why = g_strdup_printf("cannot connect to %s port %d: "
			    "%s", host, port, g_strerror(errno));
	}
	if (list)
		freeaddrinfo(list);
	if (wire->fd >= 0)
		return wire;
	wire_free(wire);
	return NULL;
}

/* ---- TLS ----------------------------------------------------------------- */

static bool
is_address(const char *host)
{
	struct in6_addr any;

	return inet_pton(AF_INET, host, &any) == 1 ||
	    inet_pton(AF_INET6, host, &any) == 1;
}

/* Sets up the session; chain, name and purpose are verified while shaking
 * hands. vdata must live until then. 0 or GnuTLS's error. */
static int
prepare(struct wire *wire, const char *host, const char *ca_file,
    gnutls_typed_vdata_st vdata[2])
{
	int r;

	r = gnutls_certificate_allocate_credentials(&wire->credentials);
	if (r < 0)
		return r;
	r = ca_file ? gnutls_certificate_set_x509_trust_file(
	    wire->credentials, ca_file, GNUTLS_X509_FMT_PEM)
	    : gnutls_certificate_set_x509_system_trust(wire->credentials);
	if (r <= 0)
		return r < 0 ? r : GNUTLS_E_NO_CERTIFICATE_FOUND;
	r = gnutls_init(&wire->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
	if (r < 0)
		return r;
	r = gnutls_priority_set_direct(wire->tls,
	    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%PROFILE_MEDIUM", NULL);
	if (r < 0)
		return r;
	gnutls_credentials_set(wire->tls, GNUTLS_CRD_CERTIFICATE,
	    wire->credentials);
	if (!is_address(host))
		gnutls_server_name_set(wire->tls, GNUTLS_NAME_DNS, host,
		    strlen(host));
#ifndef BREAK_VERIFY		/* tests/long/break-send.long: must be noticed */
	gnutls_session_set_verify_cert2(wire->tls, vdata, 2, 0);
#endif
	gnutls_transport_set_int(wire->tls, wire->fd);
	return 0;
}

static char *
handshake_trouble(struct wire *wire, int error)
{
	gnutls_datum_t text = {NULL, 0};
	char *why;

	if (error != GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
		return g_strdup_printf("TLS with the mail server failed: %s",
		    wire->trouble ? wire->trouble : gnutls_strerror(error));
	gnutls_certificate_verification_status_print(
	    gnutls_session_get_verify_cert_status(wire->tls),
	    GNUTLS_CRT_X509, &text, 0);
	why = g_strdup_printf("the mail server's certificate is not good: %s",
	    text.data ? (const char *)text.data : "unknown reason");
	gnutls_free(text.data);
	return why;
}

bool
wire_start_tls(struct wire *wire, const char *host, const char *ca_file,
    char **why)
{
	gnutls_typed_vdata_st vdata[2] = {
		{GNUTLS_DT_DNS_HOSTNAME, (unsigned char *)(uintptr_t)host, 0},
		{GNUTLS_DT_KEY_PURPOSE_OID,
		    (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_SERVER, 0}};
	int r = prepare(wire, host, ca_file, vdata);

	if (r < 0) {
		*why = g_strdup_printf("cannot prepare TLS%s%s: %s",
		    ca_file ? " with " : "", ca_file ? ca_file : "",
		    gnutls_strerror(r));
		return false;
	}
	do
		r = gnutls_handshake(wire->tls);
	while (r == GNUTLS_E_INTERRUPTED || (r == GNUTLS_E_AGAIN
	    ? ready(wire, gnutls_record_get_direction(wire->tls)
	    ? POLLOUT : POLLIN) : r < 0 && !gnutls_error_is_fatal(r)));
	if (r < 0) {
		*why = handshake_trouble(wire, r);
		return false;
	}
	return true;
}

/* ---- one command after the other ------------------------------------------ */

void
wire_allow(struct wire *wire, int seconds, size_t bytes)
{
	wire->until = g_get_monotonic_time() + (int64_t)seconds * 1000000;
	wire->received = 0;
	wire->received_max = bytes;
}

enum wire_wait
wire_wait(struct wire *wire, int other, int seconds)
{
	int64_t until = g_get_monotonic_time() + (int64_t)seconds * 1000000;
	struct pollfd fds[] = {{.fd = wire->fd, .events = POLLIN},
	    {.fd = other, .events = POLLIN}};
	int64_t left;
	int n;

	if (wire->tls && gnutls_record_check_pending(wire->tls) > 0)
		return WIRE_SERVER;
	do {
		left = (until - g_get_monotonic_time()) / 1000;
		n = left <= 0 ? 0 : poll(fds, 2, (int)left);
	} while (n < 0 && errno == EINTR);
	if (n > 0 && fds[1].revents)
		return WIRE_OTHER;
	return n > 0 ? WIRE_SERVER : WIRE_NOTHING;
}

/* ---- the rest ------------------------------------------------------------- */

void
wire_begin_data(struct wire *wire)
{
	memset(wire->tail, 0, sizeof wire->tail);
	wire->data = true;
}

const char *
wire_trouble(const struct wire *wire)
{
	return wire->trouble;
}

void
wire_free(struct wire *wire)
{
	if (wire == NULL)
		return;
	if (wire->tls)
		gnutls_deinit(wire->tls);
	if (wire->credentials)
		gnutls_certificate_free_credentials(wire->credentials);
	if (wire->fd >= 0)
		close(wire->fd);
	g_free(wire->trouble);
	g_free(wire);
}
