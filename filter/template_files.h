/*
 * template_files.h - where the files of a letter are: the home's before ours,
 * a region's before its language's, what all languages share, English.
 */
#ifndef TEMPLATE_FILES_H
#define TEMPLATE_FILES_H

#include "context.h"

struct template_folders {
	char *own, *ours;
};

struct template_file {
	char *path;
	const char *whose;	/* "yours" or "ours" */
	char *language;		/* the folder it was found in, "" for all */
};

void template_folders_init(const struct context *context,
    struct template_folders *folders);
void template_folders_release(struct template_folders *folders);

/* The languages, sorted, without their regions or with them; the caller
 * unrefs. */
GPtrArray *template_languages(const struct template_folders *folders,
    bool regions);
/* The names of all files in the folder of a language ("": of all), yours and
 * ours; the caller unrefs. */
GPtrArray *template_names(const struct template_folders *folders,
    const char *language);

/* The file in the folder of the language and nowhere else. False: none. */
bool template_file_in(const struct template_folders *folders,
    const char *language, const char *name, struct template_file *file);
/* … or wherever a letter would find it. */
bool template_file_find(const struct template_folders *folders,
    const char *language, const char *name, struct template_file *file);
void template_file_release(struct template_file *file);

#endif
