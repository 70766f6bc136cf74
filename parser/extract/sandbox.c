/*
 * sandbox.c - the helper locks itself in: limits on memory, time and files,
 * then a list of the few system calls that reading, writing and memory need.
 * Everything else fails with EPERM, so nothing can be opened or reached.
 */
#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_LIMIT (1024ul * 1024ul * 1024ul)
#define OUTPUT_LIMIT (256ul * 1024ul * 1024ul)

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1	/* which needs the calls that we forbid */
#else
#define UNDER_SANITIZER 0
#endif

static bool
set_limit(__rlimit_resource_t what, rlim_t value)
{
	const struct rlimit limit = {.rlim_cur = value, .rlim_max = value};

	return setrlimit(what, &limit) == 0;
}

static bool
filter_calls(void)
{
	static const int calls[] = {
	    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev),
	    SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(mmap),
	    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
	    SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
	    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
	    SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime),
	    SCMP_SYS(getrandom), SCMP_SYS(exit), SCMP_SYS(exit_group)};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter ? 0 : -ENOMEM;

	for (size_t i = 0; i < G_N_ELEMENTS(calls) && rc == 0; i++)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	/* What glibc makes of fstat(): no path, only a descriptor. */
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(newfstatat), 1,
		    SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc == 0;
}

bool
sandbox_enter(unsigned seconds, bool wall)
{
	if (wall)
		alarm(seconds);
	if (!set_limit(RLIMIT_CORE, 0) || !set_limit(RLIMIT_FSIZE,
	    OUTPUT_LIMIT) || (seconds && !set_limit(RLIMIT_CPU, seconds)))
		return false;
	if (UNDER_SANITIZER)
		return true;
	return set_limit(RLIMIT_AS, MEMORY_LIMIT) &&
	    set_limit(RLIMIT_NOFILE, 0) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_calls();
}

int
sandbox_test(void)
{
	char *const argv[] = {(char *)"true", NULL};
	char *const envp[] = {NULL};
	int holes = 0;

	holes += open("/etc/passwd", O_RDONLY) >= 0;
	holes += open("/tmp/mailfilter-extract", O_WRONLY | O_CREAT, 0600) >= 0;
	holes += socket(AF_INET, SOCK_STREAM, 0) >= 0;
	holes += socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
	holes += unlink("/tmp/mailfilter-extract") == 0;
	holes += mkdir("/tmp/mailfilter-extract", 0700) == 0;
	holes += fork() >= 0;
	holes += execve("/bin/true", argv, envp) == 0;
	return holes;
}
