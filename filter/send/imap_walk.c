/*
 * imap_walk.c - reads the folders: which messages are new, and each of them
 * piece by piece. What the server says of other messages than the one that
 * was asked for counts for nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "imap.h"

#define SEARCH_MAX ((size_t)8 << 20)	/* bytes of an answer: a million messages */
#define SHORT_MAX 4			/* short pieces of one message */
#define SESSION_SECONDS 900		/* the next fetch goes on */

static bool
is_too_late(const struct imap *imap)
{
	return !imap->request->watch && g_get_monotonic_time() >
	    imap->started + (int64_t)SESSION_SECONDS * 1000000;
}

/* ---- which messages ---------------------------------------------------------- */

static bool
hear_search(struct imap *imap, const char *text, void *data)
{
	GArray *uids = data;
	const char *at;

	(void)imap;
	if (g_ascii_strncasecmp(text, "SEARCH", 6) != 0)
		return true;
	for (at = text + 6; *at == ' ' && g_ascii_isdigit(at[1]);) {
		char *end;
		uint64_t number = g_ascii_strtoull(at + 1, &end, 10);
		uint32_t uid = (uint32_t)number;

		if (number == 0 || number > G_MAXUINT32)
			return false;
		g_array_append_val(uids, uid);
		at = end;
	}
	at += strspn(at, " ");
	return *at == '\0' || *at == '(';	/* "(MODSEQ 5)" */
}

static int
compare_uids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* In order, each once, and none below the first that was asked for ("5:*"
 * names the last message even when it is number 3). */
static void
put_in_order(GArray *uids, uint32_t first)
{
	guint kept = 0;

	g_array_sort(uids, compare_uids);
	for (guint i = 0; i < uids->len; i++) {
		uint32_t uid = g_array_index(uids, uint32_t, i);

		if (uid < first ||
		    (kept && g_array_index(uids, uint32_t, kept - 1) == uid))
			continue;
		g_array_index(uids, uint32_t, kept++) = uid;
	}
	g_array_set_size(uids, kept);
}

static enum imap_end
search(struct imap *imap, const struct imap_folder *folder, uint32_t first,
    GArray *uids)
{
	enum imap_end end;

	if (first == 0)
		return IMAP_OK;
	if (folder->since)
		end = imap_command(imap, SEARCH_MAX, hear_search, uids,
		    "UID SEARCH UID %u:* SINCE %s", first, folder->since);
	else
		end = imap_command(imap, SEARCH_MAX, hear_search, uids,
		    "UID SEARCH UID %u:*", first);
	put_in_order(uids, first);
	return end;
}

/* ---- one message ---------------------------------------------------------------- */

struct piece {			/* what one FETCH is to bring */
	uint32_t uid;
	uint64_t offset;
	GByteArray *body;	/* NULL: nothing came */
	uint64_t size;		/* of the message as the server says; 0 unknown */
};

static bool
hear_piece(struct imap *imap, const char *text, void *data)
{
	struct piece *piece = data;
	struct imap_fetched fetched;
	bool good = true;

	text += strspn(text, "0123456789");
	if (g_ascii_strncasecmp(text, " FETCH ", 7) != 0)
		return true;
	if (!imap_fetch_parse(imap, text + 7, &fetched)) {
		imap_fetch_release(&fetched);
		return false;
	}
	if (fetched.uid == piece->uid && fetched.has_size)
		piece->size = fetched.size;
	if (fetched.uid == piece->uid && fetched.has_body) {
		good = !piece->body && fetched.offset == piece->offset;
		if (good)
			piece->body = g_byte_array_ref(fetched.body);
	}
	imap_fetch_release(&fetched);
	return good;
}

static enum imap_end
fetch_piece(struct imap *imap, struct piece *piece)
{
	g_clear_pointer(&piece->body, g_byte_array_unref);
	return imap_command(imap, IMAP_CHUNK + IMAP_ANSWER_MAX, hear_piece,
	    piece, "UID FETCH %u (UID%s BODY.PEEK[]<%" G_GUINT64_FORMAT
	    ".%zu>)", piece->uid, piece->offset ? "" : " RFC822.SIZE",
	    piece->offset, IMAP_CHUNK);
}

static void
tell_failure(const char *text)
{
	g_autofree char *clean = result_tidy(text ? text : "");

	frame_write("failed", "s:s", "text", clean);
}

/* The server answered, but not with the message: is it there at all? */
static enum imap_end
missing(struct imap *imap, const struct piece *piece)
{
	g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	enum imap_end end = imap_command(imap, SEARCH_MAX, hear_search, uids,
	    "UID SEARCH UID %u", piece->uid);

	if (end == IMAP_BROKEN)
		return end;
	for (guint i = 0; i < uids->len; i++)
		if (g_array_index(uids, uint32_t, i) == piece->uid)
			end = IMAP_NO;
	if (end == IMAP_OK)
		frame_write("gone", "");
	else
		tell_failure("the mail server does not give this message");
	return IMAP_NO;
}

/* All of it as data frames: IMAP_OK; IMAP_NO: it was told why not. */
static enum imap_end
fetch_pieces(struct imap *imap, struct piece *piece)
{
	uint64_t max = imap->request->max_size;
	int short_ones = 0;

	for (;;) {
		enum imap_end end = fetch_piece(imap, piece);

		if (end == IMAP_NO) {
			tell_failure(imap->why);
			return IMAP_NO;
		}
		if (end != IMAP_OK)
			return end;
		/* No message is empty. */
		if (!piece->body || (!piece->body->len && !piece->offset))
			return missing(imap, piece);
		piece->offset += piece->body->len;
		if (piece->size > max || piece->offset > max) {
			frame_write("large", "s:I", "size",
			    (json_int_t)MAX(piece->size, piece->offset));
			return IMAP_NO;
		}
		if (piece->body->len)
			frame_data((const char *)piece->body->data,
			    piece->body->len);
		if (piece->body->len == 0 || (piece->body->len < IMAP_CHUNK &&
		    piece->offset >= piece->size))
			return IMAP_OK;
		if (piece->body->len < IMAP_CHUNK && ++short_ones > SHORT_MAX)
			return imap_broken(imap, "the mail server gives a "
			    "message in crumbs");
	}
}

/* ---- afterwards ---------------------------------------------------------------- */

static enum imap_end
erase(struct imap *imap, uint32_t uid)
{
	enum imap_end end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
	    "UID STORE %u +FLAGS.SILENT (\\Deleted)", uid);

	/* A plain EXPUNGE would take what others have marked. */
	if (end == IMAP_OK && (imap->capabilities & IMAP_UIDPLUS))
		end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
		    "UID EXPUNGE %u", uid);
	return end;
}

static enum imap_end
put_away(struct imap *imap, uint32_t uid)
{
	g_autofree char *target = NULL;
	enum imap_end end;

	if (imap->request->after == IMAP_DELETE)
		return erase(imap, uid);
	target = imap_name(imap->request->target);
	if (imap->capabilities & IMAP_CAN_MOVE)
		return imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
		    "UID MOVE %u %s", uid, target);
	end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
	    "UID COPY %u %s", uid, target);
	return end == IMAP_OK ? erase(imap, uid) : end;
}

static enum imap_end
finish_message(struct imap *imap, uint32_t uid, bool *gone)
{
	enum imap_end end;

	if (imap->request->after == IMAP_KEEP || !frame_answer(gone))
		return IMAP_OK;
	end = put_away(imap, uid);
	if (end == IMAP_OK)
		frame_write("moved", "");
	else if (end == IMAP_NO)
		tell_failure(imap->why);
	return end;
}

static enum imap_end
walk_message(struct imap *imap, int folder, uint32_t uid, bool *gone)
{
	struct piece piece = {.uid = uid};
	enum imap_end end;

	frame_write("message", "s:i, s:I", "folder", folder, "uid",
	    (json_int_t)uid);
	end = fetch_pieces(imap, &piece);
	g_clear_pointer(&piece.body, g_byte_array_unref);
	if (end != IMAP_OK)
		return end;
	frame_write("end", "");
	return finish_message(imap, uid, gone);
}

/* ---- one folder ------------------------------------------------------------------ */

enum imap_end
imap_select(struct imap *imap, const struct imap_folder *folder)
{
	g_autofree char *name = imap_name(folder->name);
	enum imap_end end;

	imap->uidvalidity = 0;
	end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL, "%s %s",
	    imap->request->after == IMAP_KEEP ? "EXAMINE" : "SELECT", name);
	if (end == IMAP_OK && imap->uidvalidity == 0) {
		g_free(imap->why);
		imap->why = g_strdup("the mail server gives this folder no "
		    "UIDVALIDITY: it is not known where to go on");
		return IMAP_NO;
	}
	return end;
}

static enum imap_end
walk_messages(struct imap *imap, int number, struct imap_folder *folder,
    GArray *uids, bool *gone)
{
	enum imap_end end = IMAP_OK;
	guint i;

	for (i = 0; i < uids->len && !*gone && !is_too_late(imap); i++) {
		uint32_t uid = g_array_index(uids, uint32_t, i);

		end = walk_message(imap, number, uid, gone);
		if (end != IMAP_OK && end != IMAP_NO)
			return end;
		folder->uid = MAX(folder->uid, uid);
	}
	if (i == uids->len && !*gone)
		frame_write("walked", "s:i", "folder", number);
	return IMAP_OK;
}

static enum imap_end
walk_folder(struct imap *imap, int number, struct imap_folder *folder,
    bool *gone)
{
	g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	enum imap_end end = imap_select(imap, folder);

	if (end != IMAP_OK)
		return end;
	if (imap->uidvalidity != folder->uidvalidity) {
		folder->uidvalidity = imap->uidvalidity;
		folder->uid = 0;
		g_array_set_size(folder->again, 0);
	}
	end = search(imap, folder, folder->uid + 1, uids);
	if (end != IMAP_OK)
		return end;
	g_array_append_vals(uids, folder->again->data, folder->again->len);
	g_array_set_size(folder->again, 0);
	frame_write("folder", "s:i, s:I, s:i", "folder", number, "uidvalidity",
	    (json_int_t)folder->uidvalidity, "messages", (int)uids->len);
	return walk_messages(imap, number, folder, uids, gone);
}

bool
imap_walk(struct imap *imap, bool *gone)
{
	const GPtrArray *folders = imap->request->folders;
	enum imap_end end;

	for (guint i = 0; i < folders->len && !*gone; i++) {
		end = walk_folder(imap, (int)i, folders->pdata[i], gone);
		if (end == IMAP_NO) {
			g_autofree char *text = result_tidy(imap->why);

			frame_write("refused", "s:i, s:s", "folder", (int)i,
			    "text", text);
		} else if (end != IMAP_OK) {
			imap->stage = "folder";
			return false;
		}
	}
	return true;
}
