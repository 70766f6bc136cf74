/*
 * limits.c - resource limits: of the process for good, of each letter anew.
 * The soft limits move with every letter; the kernel ends a process that goes
 * over them, and whoever started it writes the others in a new one.
 */
#include "limits.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define LETTER_SECONDS 10
#define LETTER_MEMORY ((rlim_t)512 << 20)
#define BLOATED ((rlim_t)1 << 30)

static void
limit(int resource, rlim_t value)
{
	struct rlimit wanted = {value, value};

	setrlimit((__rlimit_resource_t)resource, &wanted);
}

static void
limit_soft(int resource, rlim_t value)
{
	struct rlimit wanted;

	if (getrlimit((__rlimit_resource_t)resource, &wanted))
		return;
	wanted.rlim_cur = value < wanted.rlim_max ? value : wanted.rlim_max;
	setrlimit((__rlimit_resource_t)resource, &wanted);
}

/* Bytes of address space; 0: nobody knows. */
__attribute__((unused)) static rlim_t
memory_used(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Threads are needed (pango looks for fonts in one), so the number of
 * processes cannot be limited; that another program is started or the network
 * reached can be. A kernel without seccomp forbids nothing. */
static void
forbid_calls(void)
{
	static const int calls[] = {SCMP_SYS(execve), SCMP_SYS(execveat),
	    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind),
	    SCMP_SYS(ptrace), SCMP_SYS(fork), SCMP_SYS(vfork),
	    SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(chroot)};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int rc = filter ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof calls / sizeof calls[0] && rc == 0; i++)
		rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i],
		    0);
	if (rc == 0)
		seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
}

void
limits_process(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 32 << 20);
	forbid_calls();
}

void
limits_letter(void)
{
	struct rusage used = {0};

	getrusage(RUSAGE_SELF, &used);
	limit_soft(RLIMIT_CPU, (rlim_t)used.ru_utime.tv_sec +
	    (rlim_t)used.ru_stime.tv_sec + LETTER_SECONDS);
#if !defined(__SANITIZE_ADDRESS__)
	limit_soft(RLIMIT_AS, memory_used() + LETTER_MEMORY);
#endif
}

bool
limits_is_bloated(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return false;
#else
	return memory_used() > BLOATED;
#endif
}
