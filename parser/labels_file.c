/*
 * labels_file.c - the vocabularies as a file that is mapped, not read: a few
 * pages of it are touched for a mail. It belongs to one build on one machine;
 * what does not fit is as if it were not there.
 */
#include "labels_index.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "mflabel1"

struct head {
	char magic[8];
	uint32_t sizes[LABELS_ARRAYS];	/* of an element */
	uint32_t counts[LABELS_ARRAYS];
};

static const uint32_t sizes[LABELS_ARRAYS] = {
	sizeof(struct labels_language), sizeof(uint64_t), sizeof(uint32_t),
	sizeof(uint64_t), sizeof(uint32_t), sizeof(uint32_t),
	sizeof(struct labels_entry), sizeof(struct labels_code),
	sizeof(struct labels_sentence), sizeof(struct labels_part),
};

static size_t
padded(size_t size)
{
	return (size + 7) / 8 * 8;
}

/* ---- writing ------------------------------------------------------------------- */

static void
append(GString *out, const void *bytes, size_t size)
{
	static const char zeros[8];

	g_string_append_len(out, bytes, (gssize)size);
	g_string_append_len(out, zeros, (gssize)(padded(size) - size));
}

bool
labels_save(const struct labels *labels, const char *path)
{
	const void *const arrays[LABELS_ARRAYS] = {labels->languages,
	    labels->words.keys, labels->words.values, labels->steps.keys,
	    labels->steps.values, labels->heads, labels->entries,
	    labels->codes, labels->sentences, labels->parts};
	struct head head = {MAGIC, {0}, {labels->language_count,
	    labels->words.size, labels->words.size, labels->steps.size,
	    labels->steps.size, labels->heads_own->len,
	    labels->entries_own->len, labels->codes_own->len,
	    labels->sentences_own->len, labels->parts_own->len}};
	GString *out = g_string_new(NULL);
	bool good;

	memcpy(head.sizes, sizes, sizeof(sizes));
	append(out, &head, sizeof(head));
	for (int i = 0; i < LABELS_ARRAYS; i++)
		append(out, arrays[i],
		    (size_t)head.sizes[i] * head.counts[i]);
	good = g_file_set_contents(path, out->str, (gssize)out->len, NULL);
	g_string_free(out, TRUE);
	return good;
}

/* ---- mapping ------------------------------------------------------------------- */

static struct labels *
take_map(void *map, size_t size)
{
	const struct head *head = map;
	struct labels *labels;
	char *at[LABELS_ARRAYS], *p = (char *)map + padded(sizeof(*head));

	if (size < sizeof(*head) || memcmp(head->magic, MAGIC, 8) != 0 ||
	    memcmp(head->sizes, sizes, sizeof(sizes)) != 0)
		return NULL;
	for (int i = 0; i < LABELS_ARRAYS; i++) {
		at[i] = p;
		p += padded((size_t)sizes[i] * head->counts[i]);
	}
	if (p != (char *)map + size)
		return NULL;
	labels = g_new0(struct labels, 1);
	labels->map = map;
	labels->map_size = size;
	labels->languages = (void *)at[ARRAY_LANGUAGES];
	labels->language_count = head->counts[ARRAY_LANGUAGES];
	labels->words.keys = (void *)at[ARRAY_WORD_KEYS];
	labels->words.values = (void *)at[ARRAY_WORD_VALUES];
	labels->words.size = head->counts[ARRAY_WORD_KEYS];
	labels->steps.keys = (void *)at[ARRAY_STEP_KEYS];
	labels->steps.values = (void *)at[ARRAY_STEP_VALUES];
	labels->steps.size = head->counts[ARRAY_STEP_KEYS];
	labels->heads = (void *)at[ARRAY_HEADS];
	labels->entries = (void *)at[ARRAY_ENTRIES];
	labels->codes = (void *)at[ARRAY_CODES];
	labels->sentences = (void *)at[ARRAY_SENTENCES];
	labels->parts = (void *)at[ARRAY_PARTS];
	return labels;
}

/* Has a folder vocabularies? -1: none, 0: some, newer than the index, 1: some,
 * and an index that knows them all. */
static int
look_at(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autofree char *index = g_build_filename(folder, LABELS_INDEX, NULL);
	struct stat status, own;
	bool fresh = stat(index, &own) == 0;
	const char *name;
	int found = -1;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = NULL;

		if (!g_str_has_suffix(name, ".labels"))
			continue;
		path = g_build_filename(folder, name, NULL);
		fresh = fresh && stat(path, &status) == 0 &&
		    (status.st_mtim.tv_sec < own.st_mtim.tv_sec ||
		    (status.st_mtim.tv_sec == own.st_mtim.tv_sec &&
		    status.st_mtim.tv_nsec <= own.st_mtim.tv_nsec));
		found = fresh;
	}
	return found;
}

static struct labels *
map_file(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, LABELS_INDEX, NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct labels *labels = NULL;
	struct stat status;
	void *map;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && status.st_size > 0) {
		map = mmap(NULL, (size_t)status.st_size, PROT_READ,
		    MAP_PRIVATE, fd, 0);
		if (map != MAP_FAILED) {
			labels = take_map(map, (size_t)status.st_size);
			if (!labels)
				munmap(map, (size_t)status.st_size);
		}
	}
	close(fd);
	return labels;
}

struct labels *
labels_map(const char *const *dirs)
{
	const char *only = NULL;

	for (; dirs && *dirs; dirs++) {
		int found = look_at(*dirs);

		if (found == 0 || (found == 1 && only))
			return NULL;
		if (found == 1)
			only = *dirs;
	}
	return only ? map_file(only) : NULL;
}

void
labels_free(struct labels *labels)
{
	if (!labels)
		return;
	if (labels->map) {
		munmap(labels->map, labels->map_size);
	} else {
		g_free(labels->words.keys);
		g_free(labels->words.values);
		g_free(labels->steps.keys);
		g_free(labels->steps.values);
		g_array_unref(labels->languages_own);
		g_array_unref(labels->heads_own);
		g_array_unref(labels->entries_own);
		g_array_unref(labels->codes_own);
		g_array_unref(labels->sentences_own);
		g_array_unref(labels->parts_own);
		g_array_unref(labels->scratch);
	}
	g_free(labels);
}
