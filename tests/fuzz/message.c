/* message.c - a whole message, read as the child reads it, without the walls
 * of its sandbox. The helper's answer is the question itself. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "../../parser/charset.h"
#include "../../parser/decode.h"
#include "../../parser/prescan.h"
#include "../../parser/reader.h"

static struct parser *parser;

static GString *
echo(struct asker *asker, char what, const char *bytes, size_t length,
    char **why)
{
	(void)asker;
	if (what == 'h')
		return g_string_new_len(bytes, (gssize)length);
	*why = g_strdup("refused");
	return NULL;
}

static void
start(void)
{
	static const char *const banks[] = {"parser/banks", NULL};
	static const char *const words[] = {"parser/words", NULL};
	struct parser_options options = {.bank_dirs = banks,
	    .words_dirs = words, .now = 1795334400, .timeout_ms = 5000};
	char *why = NULL;

	parser = parser_new(&options, &why);
	MUST(parser);
	mime_prepare();
}

/* What goes over the pipe is understood on its other side, and nothing is
 * verified where nobody vouches for it. */
static void
check(const struct event *event)
{
	json_t *json = event_to_json(event);
	struct event *again = event_from_json(json);

	MUST(again);
	MUST(event_kind(again) == event_kind(event));
	MUST(!event_is_verified(event));
	event_free(again);
	json_decref(json);
}

static const struct bank *
bank_of(const struct message *message)
{
	const char *at = message->from ? strrchr(message->from, '@') : NULL;

	return at ? bank_find_sender(parser->banks, at + 1) : NULL;
}

static void
read_message(struct message *message, int fd, const struct prescan *scan)
{
	struct asker asker = {echo, -1, -1};
	const char *subject = header_get(message->header, "subject");
	const char *from = header_get(message->header, "from"), *why;

	for (guint i = 0; i < scan->charsets->len; i++)
		charset_warm(scan->charsets->pdata[i]);
	message->from = from ? header_strict_mailbox(from, &why) : NULL;
	message->bank = bank_of(message);
	if (subject)
		message->subject =
		    rfc2047_decode(subject, &message->subject_odd);
	message->words = words_load(
	    (const char *const *)parser->words_dirs, NULL);
	message->mime = mime_read(fd, scan->start, true);
	if (message->bank)
		notice_read(message, &asker);
	else
		human_read(message);
	for (guint i = 0; i < message->events->len; i++)
		check(message->events->pdata[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct message message = {0};
	struct prescan scan;
	int fd = memfd_create("message", MFD_CLOEXEC);

	if (!parser)
		start();
	MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	MUST(prescan_read(fd, &scan));
	message.parser = parser;
	message.header = header_parse(scan.header->str, scan.header->len);
	message.events =
	    g_ptr_array_new_with_free_func((GDestroyNotify)event_free);
	if (!scan.over && scan.header->len)
		read_message(&message, fd, &scan);
	g_ptr_array_unref(message.events);
	header_free(message.header);
	words_free(message.words);
	mime_free(message.mime);
	g_free(message.from);
	g_free(message.subject);
	prescan_release(&scan);
	close(fd);
	return 0;
}
