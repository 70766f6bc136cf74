/*
 * sandbox.c - rlimits, no_new_privs and a seccomp allow-list for the child
 * that parses. Opening files is refused, not killed: glibc and GLib try it in
 * good faith (character set modules, time zones) and live without.
 */
#include "sandbox.h"
#include "limits.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* A sanitizer keeps shadow memory of terabytes. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void
limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return;
	if (now.rlim_max == RLIM_INFINITY || most < now.rlim_max)
		now.rlim_max = most;
	now.rlim_cur = now.rlim_max;
	setrlimit(resource, &now);
}

void
sandbox_limit(int cpu_seconds)
{
	signal(SIGXFSZ, SIG_IGN);	/* writing fails with EFBIG instead */
	limit(RLIMIT_CPU, (rlim_t)cpu_seconds);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, 0);
	limit(RLIMIT_NOFILE, LIMIT_CHILD_FILES);
	if (!SANITIZED)
		limit(RLIMIT_AS, LIMIT_CHILD_MEMORY);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(close), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
	SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettid), SCMP_SYS(getpid),
	SCMP_SYS(getrusage), SCMP_SYS(sysinfo), SCMP_SYS(sched_yield),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
#if SANITIZED
	SCMP_SYS(sigaltstack),
#endif
};

static const int refused[] = {
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(creat), SCMP_SYS(socket),
	SCMP_SYS(connect), SCMP_SYS(execve), SCMP_SYS(execveat),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(fcntl),
	SCMP_SYS(ioctl), SCMP_SYS(getcwd), SCMP_SYS(unlink),
	SCMP_SYS(unlinkat), SCMP_SYS(clone), SCMP_SYS(clone3),
	SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(prctl),
	SCMP_SYS(rt_sigaction), SCMP_SYS(kill), SCMP_SYS(ptrace),
};

static int
add_rules(scmp_filter_ctx filter, int last)
{
	int rc = 0;

	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		rc |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES),
		    refused[i], 0);
	/* Memory may become readable and writable, never executable. */
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_LE, (scmp_datum_t)last, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES),
	    SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_GT, (scmp_datum_t)last, 0));
	return rc;
}

bool
sandbox_enter(int last)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool entered;

	if (!filter)
		return false;
	entered = add_rules(filter, last) == 0 && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return entered;
}
