/*
 * send.h - the parts of mailfilter-send, the only program with secrets and a
 * network connection. imap.h has the other half: mail that is fetched.
 *
 * Protocol of letters by SMTP. stdin: one line of JSON, a newline, then the
 * message (CRLF), of as many bytes as `size` says, and the next letter; without
 * `size` up to the end of file:
 *   {"host":"mail.example","port":587,"tls":"starttls|tls|none",
 *    "ca_file":"/…"?, "user":"…"?, "password_command":"pass show mail"?,
 *    "auth":"password|xoauth2|oauthbearer"?, "timeout":60, "size":1234?,
 *    "from":"bounce@…", "to":["customer@…", …], "need":1?,
 *    "envelope_id":"L17"?}
 * All letters of a run have the same server and go through one connection as
 * long as it lasts. need: so many of `to` are whom the letter is to, one of
 * them has to take it; the others get a copy.
 * stdout: one line of JSON for each letter:
 *   {"outcome":"…", "stage":"…", "code":550, "mailbox":true?, "text":"…",
 *    "refused":["ADDRESS: 550 …", …]?}
 * outcome is
 *   sent      the server has taken it (2xx after the final dot)
 *   later     it has certainly not; another try may help
 *   refused   it has not, and will not (5xx for this letter); mailbox: true
 *             when it was the address that the server does not know
 *   unknown   the final dot went out and no answer came
 *   down      no letter can be handed over at present: settings, connection,
 *             certificate, login. Never the fault of the letter.
 * code is the server's last reply or 0. The exit code is 0 when a result was
 * written.
 */
#ifndef SEND_H
#define SEND_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* ---- main.c ------------------------------------------------------------- */

/* What a hostile server can make us use; after the owner's own command,
 * which would inherit it. */
void limit_resources(void);
/* For that command, when it is asked again. */
void free_resources(void);

/* ---- request.c -------------------------------------------------------- */

enum tls_mode { TLS_STARTTLS, TLS_IMPLICIT, TLS_NONE };
enum auth_mode { AUTH_PASSWORD, AUTH_XOAUTH2, AUTH_OAUTHBEARER };

struct request {
	char *host, *ca_file, *user, *password_command;
	int port, timeout;	/* seconds for all of it */
	enum tls_mode tls;
	enum auth_mode auth;
	char *from, **to, *envelope_id;
	int need;		/* of `to`, the first so many */
	bool framed;		/* another one may follow */
	const char *message;	/* inside bytes, without its last CRLF: the
				 * protocol adds one before the dot */
	size_t size;
	GBytes *bytes;
};
#define REQUEST_MAX ((size_t)64 << 20)

/* One word that can do no harm in a command: a host, an id. */
bool request_is_word(const char *text);
bool request_tls(const char *name, enum tls_mode *mode);

/* Reads the next one. NULL: *why is a sentence, or NULL at the end of all;
 * *refused tells that it is the recipient's address that cannot be used,
 * *framed that another one may follow. */
struct request *request_read(FILE *in, bool *refused, bool *framed,
    char **why);
void request_free(struct request *request);	/* NULL allowed */

/* ---- result.c ----------------------------------------------------------- */

struct result {
	const char *outcome, *stage;
	int code;
	bool mailbox;
	const char *text;
	const GPtrArray *refused;	/* sentences, or NULL */
};
/* Writes the line, once since result_watchdog(): later calls do nothing. */
void result_write(const struct result *result);
/* A server's words as printable UTF-8 on one line, bounded. */
char *result_tidy(const char *text);
/* From now on the process ends by itself after so many seconds, wherever it
 * hangs, and writes `unknown` when the final dot was on its way, else `down`
 * or, once the letter's own part has begun, `later`. */
void result_watchdog(int seconds);
enum progress { PROGRESS_SERVER, PROGRESS_LETTER, PROGRESS_DOT };
void result_progress(enum progress progress);
bool result_dot_is_out(void);

/* ---- password.c ----------------------------------------------------------- */

/* First line of the command's output; no shell. option is its name in the
 * configuration. The caller password_free()s. NULL: *why. */
char *password_get(const char *option, const char *command, int seconds,
    char **why);
void password_free(char *password);	/* wipes it; NULL allowed */

/* ---- wire.c: a bounded connection, clear or TLS ----------------------------- */

struct wire;
struct _mailstream_low;

/* Connects; clear text only to a loopback address when loopback is true. All
 * waits together are bounded by `seconds`. NULL: *why. */
struct wire *wire_connect(const char *host, int port, bool loopback,
    int seconds, char **why);
/* Handshake with TLS 1.2 or later, and verification of chain, host name,
 * purpose and expiry. False: *why, and nothing may be sent any more. */
bool wire_start_tls(struct wire *wire, const char *host, const char *ca_file,
    char **why);
/* The connection as libetpan wants it; owned by the caller's mailstream, and
 * does not own the wire. */
struct _mailstream_low *wire_low(struct wire *wire);
/* From now on the server has so many seconds and may say so many bytes. */
void wire_allow(struct wire *wire, int seconds, size_t bytes);
/* Waits, while no command is under way, for the server, for another
 * descriptor, or so many seconds. */
enum wire_wait { WIRE_NOTHING, WIRE_SERVER, WIRE_OTHER };
enum wire_wait wire_wait(struct wire *wire, int other, int seconds);
/* From now on the bytes are the message: the final dot is looked for. */
void wire_begin_data(struct wire *wire);
/* What went wrong first, or NULL; lives with the wire. */
const char *wire_trouble(const struct wire *wire);
void wire_free(struct wire *wire);	/* NULL allowed */

/* ---- relay.c ------------------------------------------------------------------ */

/* relay HOST PORT SECONDS SENDER -- RECIPIENT...: standard input, byte for
 * byte, to a mail server of this machine, clear text, all recipients or none.
 * Ends with 0 (taken), 69 (refused for good), 75 (certainly not taken), 70
 * (nobody can tell) and then one line on standard error. */
int relay_main(int argc, char **argv);

/* ---- smtp.c ------------------------------------------------------------------- */

/* The connection is made for the first letter. */
struct smtp_session *smtp_new(void);
/* Hands the message over and writes the result. */
void smtp_send(struct smtp_session *session, const struct request *request);
void smtp_free(struct smtp_session *session);	/* NULL allowed */

#endif
