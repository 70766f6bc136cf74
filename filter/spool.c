/*
 * spool.c - what `filter --keep` put aside while the store was away, taken by
 * the next command that writes. A file goes only after its effects are
 * committed; one that fails stays for the next time.
 */
#include <fcntl.h>
#include <unistd.h>

#include "intake.h"

static bool
take_file(struct context *context, struct parser *parser, const char *path)
{
	struct verdict verdict;
	struct mail mail;
	const char *why;
	bool taken;

	if (!mail_open(path, false, &mail))
		return false;
	taken = intake_message(context, parser, &mail, false, &verdict,
	    &why) == EX_OK;
	verdict_release(&verdict);
	mail_release(&mail);
	return taken && unlink(path) == 0;
}

void
intake_spool(struct context *context)
{
	g_autofree char *folder = g_build_filename(context->home, "spool", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	struct parser *parser = NULL;
	const char *name;

	if (context->dry_run)
		return;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (name[0] == '.' || !g_str_has_suffix(name, ".eml"))
			continue;
		if (!parser)
			parser = context_parser(context, false);
		if (!parser || !take_file(context, parser, path))
			break;
	}
	parser_free(parser);
}
