/*
 * config_mailbox.c - a section mailbox of mailfilter.conf: where `fetch` gets
 * mail from, and what only the whole section can tell about it.
 */
#include "config_internal.h"

#include <string.h>

#define NAME_MAX_LENGTH 40
#define PORT_TLS 993
#define PORT_CLEAR 143

struct mailbox *
mailbox_new(const char *name)
{
	struct mailbox *mailbox = g_new0(struct mailbox, 1);

	mailbox->name = g_strdup(name);
	return mailbox;
}

void
mailbox_free(struct mailbox *mailbox)
{
	if (!mailbox)
		return;
	config_release("mailbox", mailbox);
	g_free(mailbox->name);
	g_free(mailbox->target);
	g_free(mailbox);
}

bool
host_is_here(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	    g_str_has_prefix(host, "127.");
}

/* "keep", "delete", "move FOLDER". */
static bool
parse_after(struct mailbox *mailbox)
{
	const char *text = mailbox->after_text ? mailbox->after_text : "keep";

	if (strcmp(text, "keep") == 0)
		return true;
	if (strcmp(text, "delete") == 0) {
		mailbox->after = AFTER_DELETE;
		return true;
	}
	if (!g_str_has_prefix(text, "move "))
		return false;
	mailbox->after = AFTER_MOVE;
	mailbox->target = g_strstrip(g_strdup(text + 5));
	return *mailbox->target != '\0';
}

static char *
check_folders(struct mailbox *mailbox)
{
	char **folders = mailbox->folders;

	for (size_t i = 0; folders[i]; i++) {
		if (strpbrk(folders[i], "\n\t"))
			return g_strdup("a folder's name holds a control "
			    "character");
		if (mailbox->target && strcmp(folders[i], mailbox->target) == 0)
			return g_strdup_printf("mail of folder \"%s\" would be "
			    "moved to where it is", folders[i]);
		for (size_t j = 0; j < i; j++)
			if (strcmp(folders[i], folders[j]) == 0)
				return g_strdup_printf("folder \"%s\" is there "
				    "twice", folders[i]);
	}
	return NULL;
}

static bool
name_is_plain(const char *name)
{
	for (const char *p = name; *p; p++)
		if (!g_ascii_isalnum(*p) && !strchr("-_.", *p))
			return false;
	return *name && strlen(name) <= NAME_MAX_LENGTH;
}

char *
mailbox_complete(struct mailbox *mailbox)
{
	if (!name_is_plain(mailbox->name))
		return g_strdup("its name must be of letters, digits, '-', '_' "
		    "and '.'");
	if (!mailbox->host)
		return g_strdup("host is missing");
	if (!mailbox->user || !mailbox->password_command)
		return g_strdup("user and password-command are needed");
	if (strpbrk(mailbox->user, "\n\t"))
		return g_strdup("user holds a control character");
	if (strcmp(mailbox->tls, "none") == 0 && !host_is_here(mailbox->host))
		return g_strdup_printf("tls none is only for this very machine "
		    "(127.0.0.1), not for \"%s\"", mailbox->host);
	if (!parse_after(mailbox))
		return g_strdup_printf("after: \"%s\" is not keep, delete or "
		    "move FOLDER", mailbox->after_text);
	if (!mailbox->port)
		mailbox->port = strcmp(mailbox->tls, "tls") == 0
		    ? PORT_TLS : PORT_CLEAR;
	if (!mailbox->folders || !*mailbox->folders) {
		g_strfreev(mailbox->folders);
		mailbox->folders = g_new0(char *, 2);
		mailbox->folders[0] = g_strdup("INBOX");
	}
	return check_folders(mailbox);
}
