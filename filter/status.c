/*
 * status.c - the one switch from a store status to an exit code, and the
 * sentence that goes with it.
 */
#include "context.h"

static int
status_exit(enum store_status status)
{
	switch (status) {
	case STORE_OK:
	case STORE_KNOWN:
		return EX_OK;
	case STORE_NONE:
		return EX_NOINPUT;
	case STORE_CONFLICT:
	case STORE_INVALID:
	case STORE_CORRUPT:
		return EX_DATAERR;
	case STORE_BUSY:
	case STORE_FULL:
		return EX_TEMPFAIL;
	case STORE_MISSING:
	case STORE_NEWER:
		return EX_CONFIG;
	}
	return EX_SOFTWARE;
}

/* What a person can do about it. */
static const char *
advice(enum store_status status)
{
	switch (status) {
	case STORE_BUSY:
		return "another mailfilter is writing; try again in a moment";
	case STORE_FULL:
		return "make room on the disk or mend its permissions, then "
		       "try again; nothing was changed";
	case STORE_MISSING:
		return "'mailfilter init' makes a new one";
	case STORE_NEWER:
		return "a newer mailfilter wrote this store; use that one";
	case STORE_CORRUPT:
		return "'mailfilter check' looks closer; a backup made by "
		       "'mailfilter backup' can be put in its place";
	default:
		return NULL;
	}
}

int
store_failed(const struct context *context, enum store_status status)
{
	const char *reason =
	    context->store ? store_error(context->store) : NULL;
	const char *hint = advice(status);

	if (!reason || !*reason)
		reason = "the store refused this";
	if (hint)
		say_error(context, "%s: %s", reason, hint);
	else
		say_error(context, "%s", reason);
	return status_exit(status);
}
