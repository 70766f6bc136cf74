/*
 * sandbox.c - what mailfilter-dkim may still do: first ask name servers, then,
 * with the key in hand, only read the message. Everything else fails with
 * EPERM. The second filter lies on top of the first and takes the network away.
 */
#include "dkim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_LIMIT (256ul * 1024ul * 1024ul)
#define OUTPUT_LIMIT (64ul * 1024ul)

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1	/* which needs the calls that we forbid */
#else
#define UNDER_SANITIZER 0
#endif
#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool
set_limit(__rlimit_resource_t what, rlim_t value)
{
	const struct rlimit limit = {.rlim_cur = value, .rlim_max = value};

	return setrlimit(what, &limit) == 0;
}

bool
sandbox_limit(void)
{
	alarm(DKIM_SECONDS);
	return set_limit(RLIMIT_CORE, 0) &&
	    set_limit(RLIMIT_CPU, DKIM_SECONDS) &&
	    set_limit(RLIMIT_FSIZE, OUTPUT_LIMIT) &&
	    (UNDER_SANITIZER || (set_limit(RLIMIT_AS, MEMORY_LIMIT) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0));
}

static int
allow_reading(scmp_filter_ctx filter)
{
	static const int calls[] = {
	    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(lseek),
	    SCMP_SYS(fstat), SCMP_SYS(munmap), SCMP_SYS(mremap),
	    SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
	    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
	    SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime),
	    SCMP_SYS(gettimeofday), SCMP_SYS(getpid), SCMP_SYS(getrandom),
	    SCMP_SYS(exit), SCMP_SYS(exit_group)};
	int rc = 0;

	for (size_t i = 0; i < COUNT(calls); i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	/* What glibc makes of fstat(): no path, only a descriptor. */
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat),
	    1, SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
	return rc;
}

/* What a question to a name server needs, and closing the next filter. */
static int
allow_asking(scmp_filter_ctx filter)
{
	static const int calls[] = {
	    SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(sendmmsg),
	    SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ioctl),
	    SCMP_SYS(setsockopt), SCMP_SYS(writev), SCMP_SYS(fcntl)};
	int rc = 0;

	for (size_t i = 0; i < COUNT(calls); i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
	    SCMP_A0(SCMP_CMP_EQ, AF_INET, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
	    SCMP_A0(SCMP_CMP_EQ, AF_INET6, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(seccomp), 1,
	    SCMP_A0(SCMP_CMP_EQ, SECCOMP_SET_MODE_FILTER, 0));
	return rc;
}

bool
sandbox_enter(bool network)
{
	scmp_filter_ctx filter;
	int rc;

	if (UNDER_SANITIZER)
		return true;
	filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter)
		return false;
	/* sandbox_limit() has set it, and the filter forbids prctl(). */
	rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0);
	rc |= allow_reading(filter);
	if (network)
		rc |= allow_asking(filter);
	if (rc == 0)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	return rc == 0;
}

int
sandbox_test(void)
{
	char *const argv[] = {(char *)"true", NULL};
	char *const envp[] = {NULL};
	int holes = 0;

	holes += open("/etc/passwd", O_RDONLY) >= 0;
	holes += open("/tmp/mailfilter-dkim", O_WRONLY | O_CREAT, 0600) >= 0;
	holes += socket(AF_INET, SOCK_DGRAM, 0) >= 0;
	holes += socket(AF_INET6, SOCK_STREAM, 0) >= 0;
	holes += socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
	holes += mkdir("/tmp/mailfilter-dkim", 0700) == 0;
	holes += fork() >= 0;
	holes += execve("/bin/true", argv, envp) == 0;
	return holes;
}
