/*
 * mail.c - the bytes of one message: kept in memory while small, in an
 * unnamed file when large, so that a big attachment costs no memory; and the
 * hash that is its identity.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "intake.h"

#define CHUNK 65536
#define IN_MEMORY (1 << 20)

/* Fields that change from hop to hop, or that we add ourselves. */
static const char *const trace_fields[] = {
	"received", "return-path", "delivered-to", "x-original-to",
	"envelope-to", "x-mailfilter", "x-spam-", "status", "x-status",
	"x-uid", "x-keywords", "content-length", "lines", NULL
};

static bool
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, bytes, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

static ssize_t
read_some(int fd, char *buffer)
{
	ssize_t n;

	do
		n = read(fd, buffer, CHUNK);
	while (n < 0 && errno == EINTR);
	return n;
}

/* ---- the hash: a small machine over the header's lines ------------------ */

struct hasher {
	GChecksum *sum;
	bool in_body, line_start, skipping, cr;
	GString *name;		/* of the field being read, until its colon */
	bool name_done;
};

static bool
is_trace_field(const char *name)
{
	for (size_t i = 0; trace_fields[i]; i++) {
		size_t length = strlen(trace_fields[i]);
		bool prefix = trace_fields[i][length - 1] == '-';
		if (!g_ascii_strncasecmp(name, trace_fields[i], length) &&
		    (prefix || name[length] == '\0'))
			return true;
	}
	return false;
}

static void
hash_flush_name(struct hasher *h, bool is_field)
{
	h->name_done = true;
	h->skipping = (is_field && is_trace_field(h->name->str)) ||
	    g_str_has_prefix(h->name->str, "From ");
	if (!h->skipping)
		g_checksum_update(h->sum, (const guchar *)h->name->str,
		    (gssize)h->name->len);
}

static void
hash_line_start(struct hasher *h, char c)
{
	h->line_start = false;
	if (c == '\n') {
		h->in_body = true;
		h->skipping = false;
		h->name_done = true;
	} else if (c != ' ' && c != '\t') {
		h->name_done = false;
		g_string_truncate(h->name, 0);
	}
}

static void
hash_header_byte(struct hasher *h, char c)
{
	if (h->line_start)
		hash_line_start(h, c);
	if (!h->name_done && (c == ':' || c == '\n' || h->name->len > 200))
		hash_flush_name(h, c == ':');
	if (!h->name_done)
		g_string_append_c(h->name, c);
	else if (!h->skipping)
		g_checksum_update(h->sum, (const guchar *)&c, 1);
	h->line_start = c == '\n';
}

static void
hash_bytes(struct hasher *h, const char *bytes, size_t length)
{
	size_t i = 0;

	for (; i < length && !h->in_body; i++)
		if (bytes[i] != '\r')
			hash_header_byte(h, bytes[i]);
	while (i < length) {
		const char *cr = memchr(bytes + i, '\r', length - i);
		size_t end = cr ? (size_t)(cr - bytes) : length;
		g_checksum_update(h->sum, (const guchar *)bytes + i,
		    (gssize)(end - i));
		i = end + 1;
	}
}

/* ---- reading ------------------------------------------------------------- */

static int
unnamed_file(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0) {
		char *name = g_build_filename(folder, ".mailXXXXXX", NULL);
		fd = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
		if (fd >= 0)
			unlink(name);
		g_free(name);
	}
	return fd;
}

static bool
move_to_file(struct mail *mail, const char *folder)
{
	char buffer[CHUNK];
	ssize_t n;
	int file = unnamed_file(folder);

	if (file < 0)
		return false;
	lseek(mail->fd, 0, SEEK_SET);
	while ((n = read_some(mail->fd, buffer)) > 0)
		if (!write_all(file, buffer, (size_t)n)) {
			close(file);
			return false;
		}
	close(mail->fd);
	mail->fd = file;
	return n == 0;
}

static void
hasher_init(struct hasher *h)
{
	memset(h, 0, sizeof *h);
	h->sum = g_checksum_new(G_CHECKSUM_SHA256);
	h->name = g_string_new(NULL);
	h->line_start = true;
}

static void
hasher_finish(struct hasher *h, char hash[65])
{
	g_strlcpy(hash, g_checksum_get_string(h->sum), 65);
	g_checksum_free(h->sum);
	g_string_free(h->name, TRUE);
}

/* ---- a mail that comes in pieces ------------------------------------------ */

struct mail_maker {
	struct mail mail;
	struct hasher hasher;
	char *folder;
	bool in_memory;
};

struct mail_maker *
mail_maker_new(const char *folder)
{
	struct mail_maker *maker = g_new0(struct mail_maker, 1);

	maker->folder = g_strdup(folder);
	maker->in_memory = true;
	maker->mail.fd = memfd_create("mail", MFD_CLOEXEC);
	hasher_init(&maker->hasher);
	return maker;
}

bool
mail_maker_add(struct mail_maker *maker, const char *bytes, size_t length)
{
	struct mail *mail = &maker->mail;

	if (mail->fd < 0)
		return false;
	if (maker->in_memory && mail->size + length > IN_MEMORY) {
		maker->in_memory = false;
		if (!move_to_file(mail, maker->folder))
			return false;
	}
	if (!write_all(mail->fd, bytes, length))
		return false;
	hash_bytes(&maker->hasher, bytes, length);
	mail->size += length;
	return true;
}

bool
mail_maker_end(struct mail_maker *maker, struct mail *mail)
{
	bool good = mail && maker->mail.fd >= 0 &&
	    lseek(maker->mail.fd, 0, SEEK_SET) == 0;
	int error = errno;

	hasher_finish(&maker->hasher, maker->mail.hash);
	if (mail)
		*mail = maker->mail;
	if (!good)
		mail_release(mail ? mail : &maker->mail);
	g_free(maker->folder);
	g_free(maker);
	errno = error;
	return good;
}

bool
mail_read(int from, const char *folder, struct mail *mail)
{
	struct mail_maker *maker = mail_maker_new(folder);
	char buffer[CHUNK];
	ssize_t n;

	while ((n = read_some(from, buffer)) > 0)
		if (!mail_maker_add(maker, buffer, (size_t)n))
			break;
	if (n == 0)
		return mail_maker_end(maker, mail);
	mail_maker_end(maker, NULL);
	memset(mail, 0, sizeof *mail);
	mail->fd = -1;
	return false;
}

bool
mail_open(const char *path, bool follow, struct mail *mail)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
	bool good;

	mail->fd = -1;
	if (fd < 0)
		return false;
	good = mail_read(fd, g_get_tmp_dir(), mail);
	close(fd);
	return good;
}

bool
mail_from_bytes(const char *bytes, size_t length, struct mail *mail)
{
	struct hasher hasher;

	memset(mail, 0, sizeof *mail);
	mail->fd = memfd_create("mail", MFD_CLOEXEC);
	if (mail->fd < 0 || !write_all(mail->fd, bytes, length)) {
		mail_release(mail);
		return false;
	}
	hasher_init(&hasher);
	hash_bytes(&hasher, bytes, length);
	hasher_finish(&hasher, mail->hash);
	mail->size = length;
	lseek(mail->fd, 0, SEEK_SET);
	return true;
}

void
mail_release(struct mail *mail)
{
	if (mail->fd >= 0)
		close(mail->fd);
	mail->fd = -1;
}

/* ---- writing ------------------------------------------------------------- */

bool
mail_write_from(const struct mail *mail, int to, off_t from)
{
	char buffer[CHUNK];
	off_t at = from;
	ssize_t n;

	while ((n = pread(mail->fd, buffer, CHUNK, at)) > 0) {
		if (!write_all(to, buffer, (size_t)n))
			return false;
		at += n;
	}
	return n == 0 && (uint64_t)at == mail->size;
}

bool
mail_write(const struct mail *mail, int to)
{
	return mail_write_from(mail, to, 0);
}

bool
mail_sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good;
}

bool
mail_keep(const struct mail *mail, const char *folder, const char *name)
{
	g_autofree char *path = g_strdup_printf("%s/%s.eml", folder, name);
	g_autofree char *aside = g_strdup_printf("%s/.%s.XXXXXX", folder, name);
	int fd = g_mkstemp_full(aside, O_WRONLY | O_CLOEXEC, 0600);
	bool good;

	if (fd < 0)
		return false;
	good = mail_write(mail, fd) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	good = good && rename(aside, path) == 0 && mail_sync_folder(folder);
	if (!good) {
		int error = errno;

		unlink(aside);
		errno = error;
	}
	return good;
}

bool
mail_keep_bytes(GBytes *bytes, const char *folder, const char *name)
{
	struct mail mail = {.fd = -1};
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	bool good = g_mkdir_with_parents(folder, 0700) == 0 &&
	    mail_from_bytes(data, size, &mail) &&
	    mail_keep(&mail, folder, name);

	mail_release(&mail);
	return good;
}
