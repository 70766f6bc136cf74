/*
 * imap.h - the half of mailfilter-send that gets mail: `mailfilter-send imap`.
 *
 * Protocol. stdin: one line of JSON
 *   {"host":"imap.example","port":993,"tls":"tls|starttls|none",
 *    "ca_file":"/…"?, "user":"…", "password_command":"…",
 *    "auth":"password|xoauth2", "timeout":30, "max_size":26214400,
 *    "after":"keep|delete|move", "target":"Done"?, "watch":false,
 *    "interval":300, "folders":[{"name":"INBOX","uidvalidity":7,"uid":41,
 *    "since":"2026-08-24"?, "again":[17, …]}, …]}
 * stdout: frames, each a line of JSON; one with "bytes" is followed by so many
 * bytes:
 *   {"frame":"folder","folder":0,"uidvalidity":7,"messages":3}
 *       is open, and so many messages will be asked for
 *   {"frame":"message","folder":0,"uid":42}   is being asked for, then one of
 *   {"frame":"data","bytes":N}…, {"frame":"end"}   all of it was there
 *   {"frame":"large","size":N}    larger than max_size; data before it is void
 *   {"frame":"gone"}              is not there any more
 *   {"frame":"failed","text":"…"} the server does not give it
 *   {"frame":"walked","folder":0} all of the folder was asked for
 *   {"frame":"refused","folder":0,"text":"…"}  this folder cannot be read
 *   {"frame":"trouble","stage":"tls","text":"…"}  ends the session
 *   {"frame":"idle"}              all is read, waiting for more (watch)
 *   {"frame":"bye"}               the end of a session without trouble
 * Unless after is keep, "end" waits for a line on stdin: "take" (it is
 * recorded: delete or move it, then {"frame":"moved"} or "failed" follows) or
 * "leave". The end of stdin ends the session.
 */
#ifndef IMAP_H
#define IMAP_H

#include <jansson.h>

#include "send.h"

/* What is asked for at a time of one message: all that is ever in memory. */
#define IMAP_CHUNK ((size_t)256 << 10)

/* ---- imap_request.c ------------------------------------------------------ */

enum imap_after { IMAP_KEEP, IMAP_DELETE, IMAP_MOVE };

struct imap_folder {
	char *name;
	uint32_t uidvalidity, uid;
	char *since;		/* as SEARCH wants it, "24-Aug-2026", or NULL */
	GArray *again;		/* uint32_t */
};

struct imap_request {
	char *host, *ca_file, *user, *password_command, *target;
	int port, timeout, interval;
	enum tls_mode tls;
	bool oauth, watch;
	uint64_t max_size;
	enum imap_after after;
	GPtrArray *folders;	/* struct imap_folder */
};

struct imap_request *imap_request_read(int fd, char **why);
void imap_request_free(struct imap_request *request);	/* NULL allowed */

/* ---- imap_frame.c: what the conductor hears and answers ------------------- */

/* Writes {"frame":name, …} with the members of a json_pack format behind it,
 * which takes no braces ("s:i", "uid", 5). */
void frame_write(const char *name, const char *format, ...);
void frame_data(const char *data, size_t size);
void frame_trouble(const char *stage, const char *text);
/* Does the conductor want it taken? False for "leave" and the end of stdin;
 * *gone tells the latter. */
bool frame_answer(bool *gone);
/* Ends the process with a frame `trouble` unless it is called again within so
 * many seconds; 0 ends the watch. Never while a frame is written. */
void frame_watchdog(int seconds);

/* ---- imap_reply.c: commands and responses ---------------------------------- */

struct _mailstream;

struct imap {
	const struct imap_request *request;
	struct wire *wire;
	struct _mailstream *stream;
	unsigned tag;
	unsigned capabilities;	/* enum imap_capability, as bits */
	uint32_t uidvalidity;	/* of the folder that is open */
	int64_t started;	/* monotonic, microseconds */
	GString *line;		/* one response; each literal is one '\1' */
	GPtrArray *literals;	/* GByteArray */
	char *why;		/* what went wrong */
	const char *stage;
};

enum imap_capability {
	IMAP_STARTTLS = 1, IMAP_LOGINDISABLED = 2, IMAP_PLAIN = 4,
	IMAP_XOAUTH2 = 8, IMAP_SASL_IR = 16, IMAP_IDLE = 32,
	IMAP_CAN_MOVE = 64, IMAP_UIDPLUS = 128
};

enum imap_end {
	IMAP_OK,
	IMAP_NO,		/* refused: NO or BAD; imap->why has its words */
	IMAP_CONTINUE,		/* "+": the server waits for more of it */
	IMAP_BROKEN		/* the session cannot go on; imap->why */
};

/* An untagged response, in imap->line without "* ". False: it makes no sense
 * and the session ends. */
typedef bool imap_handler(struct imap *imap, const char *text, void *data);

/* Sends "TAG text" and hears the answer out. bytes bounds it. handler may be
 * NULL. */
enum imap_end imap_command(struct imap *imap, size_t bytes,
    imap_handler *handler, void *data, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* The two halves of it: text without a tag (more of a command). */
bool imap_say(struct imap *imap, const char *text);
enum imap_end imap_hear(struct imap *imap, imap_handler *handler, void *data);
/* The greeting: IMAP_OK, or IMAP_BROKEN for PREAUTH, BYE and everything
 * else. */
enum imap_end imap_greeting(struct imap *imap);
/* Notes what went wrong, once. IMAP_BROKEN. */
enum imap_end imap_broken(struct imap *imap, const char *text);

#define IMAP_ANSWER_MAX ((size_t)256 << 10)

/* ---- imap_fetch.c: the items of a FETCH response ------------------------------ */

struct imap_fetched {
	uint32_t uid;		/* 0: not told */
	bool has_size, has_body;
	uint64_t size, offset;
	GByteArray *body;	/* borrowed from imap->literals, or own */
	GByteArray *own;
};

/* "12 FETCH (UID 5 …)" without "12 FETCH ". False: no such list. */
bool imap_fetch_parse(struct imap *imap, const char *text,
    struct imap_fetched *fetched);
void imap_fetch_release(struct imap_fetched *fetched);

/* ---- imap_login.c, imap_walk.c, imap_name.c, imap.c ------------------------------ */

/* Connects, TLS, login; false: imap->stage and imap->why. */
bool imap_open(struct imap *imap, const char *password);
enum imap_end imap_select(struct imap *imap, const struct imap_folder *folder);
/* Reads every folder once. False: the session cannot go on. *gone: the
 * conductor has left. */
bool imap_walk(struct imap *imap, bool *gone);
/* A folder's name as a quoted string in modified UTF-7 (RFC 3501, 5.1.3). */
char *imap_name(const char *utf8);
/* The whole session; reads stdin, writes stdout. */
int imap_main(void);

#endif
