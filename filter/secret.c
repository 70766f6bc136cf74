/*
 * secret.c - the tags by which our letters are known again: in the address
 * for bounces, in Reply-To, in a field of the letter itself. Each is a code
 * (RFC 2104) under a key that never leaves the home.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "secret.h"

#define KEY_BYTES 32
#define KEY_HEX (2 * KEY_BYTES)
#define MAC_HEX 20

/* ---- the key --------------------------------------------------------------- */

/* Ours alone, and whole; else there is no key. */
static bool
read_key(const char *path, char key[KEY_HEX + 1])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat about;
	bool good = fd >= 0 && fstat(fd, &about) == 0 &&
	    S_ISREG(about.st_mode) && (about.st_mode & 077) == 0 &&
	    read(fd, key, KEY_HEX) == KEY_HEX;

	if (fd >= 0)
		close(fd);
	key[KEY_HEX] = '\0';
	return good && strspn(key, "0123456789abcdef") == KEY_HEX;
}

/* Written aside and linked into its place: of several who make one at the
 * same time all use the first. */
static bool
make_key(const char *path)
{
	g_autofree char *aside = g_strdup_printf("%s.%d", path, (int)getpid());
	unsigned char bytes[KEY_BYTES];
	g_autoptr(GString) text = g_string_new(NULL);
	bool good;
	int fd;

	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return false;
	for (size_t i = 0; i < sizeof bytes; i++)
		g_string_append_printf(text, "%02x", bytes[i]);
	g_string_append_c(text, '\n');
	fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	good = write(fd, text->str, text->len) == (ssize_t)text->len &&
	    fsync(fd) == 0;
	close(fd);
	if (good && link(aside, path) != 0)
		good = false;
	unlink(aside);
	return good;
}

static bool
get_key(const struct context *context, bool make, char key[KEY_HEX + 1])
{
	g_autofree char *path = NULL;

	if (!context->home)
		return false;
	path = context_path(context, "secret.key");
	if (read_key(path, key))
		return true;
	if (!make || g_file_test(path, G_FILE_TEST_EXISTS))
		return false;
	/* another one may have been quicker */
	(void)make_key(path);
	return read_key(path, key);
}

/* ---- tags ------------------------------------------------------------------- */

static char *
tag_of(const char *key, enum tag_use use, const struct letter *letter)
{
	g_autofree char *text = g_strdup_printf("%c %" G_GINT64_FORMAT " %s",
	    (char)use, letter->id, letter->message_id);
	g_autofree char *mac = g_compute_hmac_for_string(G_CHECKSUM_SHA256,
	    (const guchar *)key, KEY_HEX, text, -1);

	return g_strdup_printf("%c%" G_GINT64_FORMAT "-%.*s", (char)use,
	    letter->id, MAC_HEX, mac);
}

char *
letter_tag(const struct context *context, enum tag_use use,
    const struct letter *letter)
{
	char key[KEY_HEX + 1];

	return letter->id && get_key(context, !context->dry_run, key)
	    ? tag_of(key, use, letter) : NULL;
}

/* The same time for every tag. */
static bool
is_equal(const char *one, const char *other)
{
	size_t length = strlen(one);
	unsigned different = length != strlen(other);

	for (size_t i = 0; !different && i < length; i++)
		different |= (unsigned)(one[i] ^ other[i]) << 8;
	return different == 0;
}

enum store_status
letter_of_tag(const struct context *context, enum tag_use use,
    const char *tag, struct letter **out)
{
	char key[KEY_HEX + 1];
	struct letter *letter = NULL;
	g_autofree char *wanted = NULL;
	enum store_status status;

	if (!tag || tag[0] != (char)use || !get_key(context, false, key))
		return STORE_NONE;
	status = store_letter_get(context->store,
	    g_ascii_strtoll(tag + 1, NULL, 10), &letter);
	if (status != STORE_OK)
		return status;
	wanted = tag_of(key, use, letter);
	if (is_equal(wanted, tag)) {
		*out = letter;
		return STORE_OK;
	}
	letter_free(letter);
	return STORE_NONE;
}

char *
tagged_address(const struct context *context, enum tag_use use,
    const char *address, const struct letter *letter)
{
	const char *delimiter = context->config->tag_delimiter;
	const char *at = strrchr(address, '@');
	g_autofree char *tag = NULL;

	if (!at || strcmp(delimiter, "none") == 0)
		return NULL;
	tag = letter_tag(context, use, letter);
	return tag && (size_t)(at - address) + strlen(tag) < 64
	    ? g_strdup_printf("%.*s%s%s%s", (int)(at - address), address,
	    delimiter, tag, at) : NULL;
}
