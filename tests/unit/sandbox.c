/* sandbox.c - the child that parses: what it may not do, what it can still
 * do, and how it ends. Each probe runs in a real child and reports the result
 * as the subject of an event. */
#include "../../parser/charset.h"
#include "../../parser/child.h"
#include "../../parser/parser.h"
#include "../../parser/prescan.h"
#include "../../parser/sandbox.h"
#include "bytes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

typedef int probe_fn(int fd, int out);

struct probe {
	const char *name;
	probe_fn *probe;	/* gives an errno, 0 for "it was possible" */
	const char *wanted;	/* what it says */
	enum child_end end;
};

static int
result(long rc)
{
	return rc < 0 ? errno : 0;
}

static int
try_open(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(open("/etc/passwd", O_RDONLY));
}

static int
try_create(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(open("/tmp/mailfilter-escape", O_WRONLY | O_CREAT, 0600));
}

static int
try_old_open(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(syscall(SYS_open, "/etc/passwd", O_RDONLY));
}

static int
try_socket(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(socket(AF_INET, SOCK_STREAM, 0));
}

static int
try_connect(int fd, int out)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = 1};

	(void)fd;
	return result(connect(out, (struct sockaddr *)&to, sizeof to));
}

static int
try_exec(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(execl("/bin/true", "true", (char *)NULL));
}

static int
try_write(int fd, int out)
{
	(void)out;
	return result(write(fd, "x", 1));
}

static int
try_fork(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(fork());
}

static int
try_kill(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(kill(1, 0));
}

static int
try_unlink(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(unlink("/tmp/mailfilter-escape"));
}

static int
try_executable_memory(int fd, int out)
{
	(void)fd;
	(void)out;
	mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);
	return 0;
}

static int
try_chmod(int fd, int out)
{
	(void)fd;
	(void)out;
	return result(chmod("/tmp", 0755));
}

/* Is anything else open than the three that it was given? */
static int
try_descriptors(int fd, int out)
{
	char byte;

	(void)fd;
	(void)out;
	for (int i = 0; i < 200; i++)
		if ((i < 3 || i > 5) && (read(i, &byte, 0) == 0 ||
		    errno != EBADF))
			return 0;
	return EBADF;
}

static int
try_read(int fd, int out)
{
	char byte;

	(void)out;
	return pread(fd, &byte, 1, 0) == 1 ? 0 : EIO;
}

static int
try_memory(int fd, int out)
{
	void *small = malloc(10 << 20);

	(void)fd;
	(void)out;
	return small ? 0 : ENOMEM;
}

static int
try_charsets(int fd, int out)
{
	static const char *const vectors[][3] = {
		{"windows-1252", "5 \x80", "5 \u20ac"},
		{"koi8-r", "\xf2\xd5\xc2", "\u0420\u0443\u0431"},
		{"gb18030", "\xb8\xb6", "\u4ed8"},
		{"iso-2022-jp", "\x1b$BF|\x1b(B", "\u65e5"},
	};

	(void)fd;
	(void)out;
	for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
		bool odd = false;
		g_autofree char *got = charset_to_utf8(vectors[i][0],
		    vectors[i][1], strlen(vectors[i][1]), &odd);

		if (odd || strcmp(got, vectors[i][2]) != 0)
			return EILSEQ;
	}
	return 0;
}

/* One that was not warmed cannot be loaded: noticed, never garbled. */
static int
try_cold_charset(int fd, int out)
{
	bool odd = false;

	(void)fd;
	(void)out;
	g_free(charset_to_utf8("windows-1251", "\xd0", 1, &odd));
	return odd ? EILSEQ : 0;
}

static volatile bool forever = true;

static int
crash(int fd, int out)
{
	(void)fd;
	(void)out;
	abort();
}

static int
hang(int fd, int out)
{
	(void)fd;
	(void)out;
	while (forever)
		;
	return 0;
}

static int
exhaust(int fd, int out)
{
	(void)fd;
	(void)out;
	while (forever)
		memset(g_malloc(32 << 20), 1, 32 << 20);
	return 0;
}

static int
overflow(int fd, int out)
{
	volatile char big[4096];

	big[0] = (char)fd;
	return forever ? overflow(fd + big[0], out) + big[0] : 0;
}

static int
leave(int fd, int out)
{
	(void)fd;
	(void)out;
	_exit(0);
}

static int
speak_nonsense(int fd, int out)
{
	(void)fd;
	(void)!write(out, "GET / HTTP/1.0\r\n\r\n", 18);
	return 0;
}

static int
claim_length(int fd, int out)
{
	(void)fd;
	(void)!write(out, "e\xff\xff\xff\xff", 5);
	return 0;
}

static int
send_rubbish(int fd, int out)
{
	(void)fd;
	frame_write(out, FRAME_EVENT, "{\"kind\":\"gold\"}", 15);
	return 0;
}

static const struct probe probes[] = {
	{"open", try_open, "Permission denied", CHILD_DONE},
	{"create", try_create, "Permission denied", CHILD_DONE},
	{"old-open", try_old_open, "Permission denied", CHILD_DONE},
	{"socket", try_socket, "Permission denied", CHILD_DONE},
	{"connect", try_connect, "Permission denied", CHILD_DONE},
	{"exec", try_exec, "Permission denied", CHILD_DONE},
	{"write", try_write, "Permission denied", CHILD_DONE},
	{"fork", try_fork, "Permission denied", CHILD_DONE},
	{"kill", try_kill, "Permission denied", CHILD_DONE},
	{"unlink", try_unlink, "Permission denied", CHILD_DONE},
	{"descriptors", try_descriptors, "Bad file descriptor", CHILD_DONE},
	{"read", try_read, "Success", CHILD_DONE},
	{"memory", try_memory, "Success", CHILD_DONE},
	{"charsets", try_charsets, "Success", CHILD_DONE},
	{"cold-charset", try_cold_charset,
	    "Invalid or incomplete multibyte or wide character", CHILD_DONE},
	{"executable-memory", try_executable_memory, NULL, CHILD_DIED},
	{"chmod", try_chmod, NULL, CHILD_DIED},
	{"crash", crash, NULL, CHILD_DIED},
	{"hang", hang, NULL, CHILD_LATE},
	{"exhaust", exhaust, NULL, CHILD_DIED},
	{"overflow", overflow, NULL, CHILD_DIED},
	{"leave", leave, NULL, CHILD_DIED},
	{"nonsense", speak_nonsense, NULL, CHILD_DIED},
	{"length", claim_length, NULL, CHILD_DIED},
	{"rubbish", send_rubbish, NULL, CHILD_DIED},
};

struct run {
	const struct probe *probe;
	GString *said;
};

static void
work(int fd, int out, int in, void *user)
{
	const struct run *run = user;
	char text[100];
	int error;

	charset_warm("koi8-r");
	charset_warm("gb18030");
	charset_warm("iso-2022-jp");
	if (!sandbox_enter(out))
		_exit(1);
	error = run->probe->probe(fd, out);
	g_strlcpy(text, error ? "" : "Success", sizeof text);
	if (error)
		g_strlcpy(text, strerror(error), sizeof text);
	frame_write(out, FRAME_HTML, text, strlen(text));
	frame_read(in, g_string_new(NULL));
	frame_write(out, FRAME_DONE, NULL, 0);
}

static bool
hear(enum frame frame, const GString *bytes, GString *answer,
    int64_t deadline, void *user)
{
	struct run *run = user;

	(void)answer;
	(void)deadline;
	if (frame == FRAME_EVENT)
		return false;	/* as for a line that is no event */
	g_string_assign(run->said, bytes->str);
	return true;
}

static void
test_probe(gconstpointer data)
{
	struct run run = {data, g_string_new(NULL)};
	struct child_work child = {.work = work, .frame = hear, .user = &run};
	int fd = bytes_fd("mail", 4);
	bool late = run.probe->end == CHILD_LATE;
	int64_t start = g_get_monotonic_time();
	enum child_end end =
	    child_run(&child, &fd, 1, child_deadline(late ? 300 : 20000));

#ifdef __SANITIZE_ADDRESS__
	if (run.probe->probe == exhaust) {	/* it needs its own memory */
		g_test_skip("no limit of memory under a sanitizer");
		g_string_free(run.said, TRUE);
		close(fd);
		return;
	}
#endif
	if (run.probe->wanted)
		g_assert_cmpstr(run.said->str, ==, run.probe->wanted);
	g_assert_cmpint(end, ==, run.probe->end);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 20000000);
	g_string_free(run.said, TRUE);
	close(fd);
}

/* Without the sandbox the same things are possible: the probes can fail. */
static void
test_probes_are_real(void)
{
	int fd = bytes_fd("mail", 4);

	g_assert_cmpint(try_open(fd, 1), ==, 0);
	g_assert_cmpint(try_write(fd, 1), ==, 0);
	g_assert_cmpint(try_socket(fd, 1), ==, 0);
	close(fd);
}

#define RUN(path, word) ((const char *const[]){path, word, NULL})

/* A helper that fails, is late, says too much, or is not there. */
static void
test_helper(void)
{
	g_autoptr(GString) in = g_string_new("hello");
	g_autoptr(GString) out = g_string_new(NULL);

	g_assert_true(child_helper_bytes(RUN("/bin/cat", "-"), in, out, 100,
	    child_deadline(5000)));
	g_assert_cmpstr(out->str, ==, "hello");
	g_assert_false(child_helper_bytes(RUN("/bin/cat", "-"), in, out, 4,
	    child_deadline(5000)));
	g_assert_false(child_helper_bytes(RUN("/nowhere", "x"), in, out, 100,
	    child_deadline(5000)));
	g_assert_cmpstr(out->str, ==, "the helper cannot be run");
	g_assert_false(child_helper_bytes(RUN("/bin/false", "x"), in, out, 100,
	    child_deadline(5000)));
	g_assert_cmpstr(out->str, ==, "the helper failed");
	g_assert_false(child_helper_bytes(RUN("/bin/ls", "/nowhere"), in, out, 200,
	    child_deadline(5000)));
	g_assert_nonnull(strstr(out->str, "/nowhere"));
	g_assert_false(child_helper_bytes(RUN("/bin/sleep", "60"), in, out, 100,
	    child_deadline(200)));
	g_assert_cmpstr(out->str, ==,
	    "the helper took too long or gave too much");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sandbox/probes-are-real", test_probes_are_real);
	for (size_t i = 0; i < G_N_ELEMENTS(probes); i++) {
		g_autofree char *name =
		    g_strdup_printf("/sandbox/%s", probes[i].name);

		g_test_add_data_func(name, &probes[i], test_probe);
	}
	g_test_add_func("/sandbox/helper", test_helper);
	return g_test_run();
}
