/*
 * lock.c - one flock around every write, on a file beside the store, with a
 * deadline: fairer than SQLite's own waiting when fifty processes come at
 * once. File systems whose locks cannot be trusted are refused.
 */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

struct filesystem {
	long type;
	const char *name;
};

/* statfs(2), f_type. */
static const struct filesystem refused[] = {
	{ 0x6969, "NFS" },
	{ 0x517b, "SMB" },
	{ 0xff534d42, "CIFS" },
	{ 0xfe534d42, "SMB2" },
	{ 0x01021997, "9P" },
	{ 0x65735546, "FUSE" },
	{ 0x5346414f, "AFS" },
	{ 0x6b414653, "AFS" },
	{ 0x73757245, "Coda" },
	{ 0x564c, "NCP" },
	{ 0x00c36400, "Ceph" },
	{ 0x0bd00bd0, "Lustre" },
};

const char *
filesystem_refused(long type)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
		if (refused[i].type == (type & 0xffffffffL))
			return refused[i].name;
	return NULL;
}

enum store_status
filesystem_check(struct store *store)
{
	g_autofree char *folder = g_path_get_dirname(store->path);
	const char *name;
	struct statfs info;

	if (statfs(folder, &info) < 0)
		return fail(store, errno == ENOENT ? STORE_MISSING : STORE_FULL,
		    "%s: the folder cannot be looked at (%s)", folder,
		    strerror(errno));
	name = filesystem_refused((long)info.f_type);
	if (name)
		return fail(store, STORE_INVALID, "%s is on a network file "
		    "system (%s), where locks cannot be trusted; put the home "
		    "on a local disk", store->path, name);
	return STORE_OK;
}

enum store_status
folder_sync(struct store *store)
{
	g_autofree char *folder = g_path_get_dirname(store->path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = 0;

	if (fd < 0 || fsync(fd) < 0)
		error = errno;
	if (fd >= 0)
		close(fd);
	if (error && error != EINVAL)
		return fail(store, STORE_FULL, "%s: the folder cannot be "
		    "written to the disk (%s)", folder, strerror(error));
	return STORE_OK;
}

static enum store_status
lock_open(struct store *store)
{
	g_autofree char *path = g_strconcat(store->path, ".lock", NULL);

	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (store->lock < 0)
		return fail(store, STORE_FULL, "%s cannot be opened (%s); look "
		    "at the permissions of the folder and at the disk", path,
		    strerror(errno));
	return STORE_OK;
}

enum store_status
lock_take(struct store *store)
{
	int64_t end = g_get_monotonic_time() + (int64_t)store->wait_ms * 1000;
	unsigned pause = 500 + (unsigned)getpid() % 7 * 100;
	enum store_status status;

	if (store->lock < 0 && (status = lock_open(store)))
		return status;
	while (flock(store->lock, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail(store, STORE_FULL, "%s.lock cannot be "
			    "locked (%s)", store->path, strerror(errno));
		if (g_get_monotonic_time() >= end)
			return fail(store, STORE_BUSY, "%s is in use by "
			    "another program for longer than %d ms; try again "
			    "later", store->path, store->wait_ms);
		g_usleep(pause);
		pause = MIN(pause + 500, 5000);
	}
	return STORE_OK;
}

void
lock_release(struct store *store)
{
	if (store->lock >= 0)
		flock(store->lock, LOCK_UN);
}
