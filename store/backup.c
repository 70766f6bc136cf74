/*
 * backup.c - a consistent copy while the store is in use. cp of a live file
 * is not one; VACUUM INTO is.
 */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Made empty first: nobody else's file is overwritten, and nobody but the
 * owner can read it. */
static enum store_status
reserve(struct store *store, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return fail(store, STORE_INVALID, "%s is there already; name a "
		    "file that is not", path);
	if (fd < 0)
		return fail(store, STORE_FULL, "%s cannot be made (%s); look "
		    "at the folder and at the disk", path, strerror(errno));
	close(fd);
	return STORE_OK;
}

static enum store_status
copy(struct store *store, const char *path)
{
	sqlite3_stmt *stmt = statement(store, "VACUUM INTO :path");
	enum store_status status;

	bind_text(stmt, ":path", path);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
sync_file(struct store *store, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) < 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return failed ? fail(store, STORE_FULL, "%s cannot be written to the "
	    "disk (%s)", path, strerror(failed)) : STORE_OK;
}

/* The copy opens, and nothing is wrong with it. */
static enum store_status
verify(struct store *store, const char *path)
{
	g_autoptr(GPtrArray) problems = NULL;
	struct store *made = NULL;
	enum store_status status = store_open(path, STORE_READ, store->wait_ms,
	    &made);

	if (!status)
		status = folder_sync(made);
	if (!status)
		status = store_check(made, &problems);
	if (status)
		fail(store, status, "the copy is not good: %s",
		    store_error(made));
	else if (problems->len > 0)
		status = fail(store, STORE_CORRUPT, "the copy %s is not good: "
		    "%s", path, (const char *)problems->pdata[0]);
	store_close(made);
	return status;
}

enum store_status
store_backup(struct store *store, const char *path)
{
	enum store_status status = reserve(store, path);

	if (status)
		return status;
	status = copy(store, path);
	if (!status)
		status = sync_file(store, path);
	if (!status)
		status = verify(store, path);
	if (status && status != STORE_CORRUPT)
		unlink(path);
	return status;
}
