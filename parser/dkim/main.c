/*
 * main.c - mailfilter-dkim NOW RESOLVER OFFSET INDEX NAME RECORD: is the
 * INDEX-th DKIM signature of the message on standard input (from OFFSET on)
 * good? RECORD is the key, or "-" to ask the name server for NAME. Answers
 * with a line "key TTL RECORD" when it had to ask, and a line "pass", "fail
 * WHY" or "later WHY". The key is fetched before a byte of the message is
 * read, and the message is read when no socket can be opened any more.
 */
#include "dkim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static bool
read_number(const char *text, long long *out)
{
	char *end;

	if (*text < '0' || *text > '9' || strlen(text) > 15)
		return false;
	*out = strtoll(text, &end, 10);
	return *end == '\0';
}

static bool
is_name(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

	return length > 0 && length <= 253 && name[length] == '\0' &&
	    *name != '.' && !strstr(name, "..");
}

static int
tell(enum dkim_end end, const char *why)
{
	static const char *const words[] = {"pass", "fail", "later"};

	printf("%s%s%s\n", words[end], why ? " " : "", why ? why : "");
	return fflush(stdout) == 0 ? EX_OK : EX_TEMPFAIL;
}

static int
fail(const char *why)
{
	fprintf(stderr, "mailfilter-dkim: %s\n", why);
	return EX_TEMPFAIL;
}

/* Fetches the key: true when there is one, else *code is what is left. */
static bool
ask(const char *name, char record[DKIM_RECORD], int *code)
{
	const char *why = NULL;
	enum dkim_end end;
	unsigned ttl;

	if (!sandbox_enter(true)) {
		*code = fail("the sandbox cannot be set up");
		return false;
	}
	end = dns_key(name, record, &ttl, &why);
	if (end != DKIM_PASS) {
		*code = tell(end, why);
		return false;
	}
	printf("key %u %s\n", ttl, record);
	return true;
}

static int
run(time_t now, const char *resolver, off_t offset, unsigned index,
    const char *name, const char *given)
{
	static char record[DKIM_RECORD];
	const char *why = NULL;
	bool asks = strcmp(given, "-") == 0;
	enum dkim_end end;
	int code;

	if (strlen(given) >= sizeof record)
		return tell(DKIM_FAIL, "the key is too long");
	strcpy(record, given);
	if (!sandbox_limit() || !verify_prepare(now) ||
	    (asks && !dns_prepare(resolver)))
		return fail("the libraries cannot be made ready");
	if (asks && !ask(name, record, &code))
		return code;
	if (!sandbox_enter(false))
		return fail("the sandbox cannot be set up");
	if (lseek(STDIN_FILENO, offset, SEEK_SET) < 0)
		return fail("cannot read standard input");
	end = verify_message(STDIN_FILENO, index, record, &why);
	return tell(end, why);
}

static int
selftest(void)
{
	if (!sandbox_limit() || !sandbox_enter(true) || !sandbox_enter(false))
		return fail("the sandbox cannot be set up");
	if (sandbox_test() > 0) {
		fputs("mailfilter-dkim: the sandbox has holes\n", stderr);
		return EX_SOFTWARE;
	}
	puts("sandbox: all denied");
	return EX_OK;
}

int
main(int argc, char **argv)
{
	long long now, offset, index;

	if (argc == 2 && strcmp(argv[1], "selftest") == 0)
		return selftest();
	if (argc != 7 || !read_number(argv[1], &now) ||
	    !read_number(argv[3], &offset) || !read_number(argv[4], &index) ||
	    index > 10000 || !is_name(argv[5])) {
		fputs("mailfilter-dkim: usage: mailfilter-dkim NOW RESOLVER "
		    "OFFSET INDEX NAME RECORD | selftest\n", stderr);
		return EX_USAGE;
	}
	return run((time_t)now, argv[2], (off_t)offset, (unsigned)index,
	    argv[5], argv[6]);
}
