/*
 * main.c - mailfilter-sign: a message on standard input, the same message
 * signed on standard output, by gmime and whatever GnuPG has the key. sign.h
 * has the protocol. Neither this program nor what it starts has a network.
 */
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include <gmime/gmime.h>
#include <jansson.h>
#include <seccomp.h>

#include "sign.h"

#define MESSAGE_MAX ((size_t)64 << 20)
#define LINE_LONGEST 8192

static int
fail(const char *why)
{
	g_autofree char *text = g_utf8_make_valid(why, -1);

	fprintf(stderr, "%s\n", text);
	return EX_DATAERR;
}

/* Sockets of this machine only, also for gpg, gpgsm and what they start. */
static bool
give_up_network(void)
{
	static const int families[] = {AF_INET, AF_INET6, AF_PACKET};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	const struct rlimit none = {0, 0};
	int rc = filter ? 0 : -1;

	setrlimit(RLIMIT_CORE, &none);
	for (size_t i = 0; rc == 0 && i < G_N_ELEMENTS(families); i++)
		rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT),
		    SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ,
		    (scmp_datum_t)families[i], 0));
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc == 0;
}

/* Under a mail server there is no HOME; GnuPG needs one. */
static void
set_home(const char *home)
{
	const struct passwd *user = getpwuid(getuid());

	if (home)
		g_setenv("GNUPGHOME", home, TRUE);
	if (user && !g_getenv("HOME"))
		g_setenv("HOME", user->pw_dir, TRUE);
}

static GByteArray *
read_all(void)
{
	GByteArray *all = g_byte_array_new();
	guint8 buffer[65536];
	size_t n;

	while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0 &&
	    all->len + n <= MESSAGE_MAX)
		g_byte_array_append(all, buffer, (guint)n);
	return all;
}

static json_t *
read_request(void)
{
	char line[LINE_LONGEST];
	json_error_t error;

	return fgets(line, sizeof line, stdin) ? json_loads(line, 0, &error) :
	    NULL;
}

/* RFC 3156, 5 and RFC 8551, 3.5.3.2: as the Content-Type wants it. */
static char *
name_of(enum scheme scheme, const char *name)
{
	if (scheme == SCHEME_SMIME && g_str_has_prefix(name, "sha") &&
	    name[3] != '-')
		return g_strdup_printf("sha-%s", name + 3);
	return g_strdup(name);
}

/* The detached signature of the bytes; NULL: *why. *micalg: caller frees. */
static GByteArray *
sign(enum scheme scheme, const char *key, const GString *bytes,
    char **micalg, char **why)
{
	GMimeCryptoContext *context = scheme == SCHEME_PGP ?
	    g_mime_gpg_context_new() : g_mime_pkcs7_context_new();
	g_autoptr(GError) error = NULL;
	GMimeStream *in, *out;
	GByteArray *signature = NULL;
	int digest;

	if (context == NULL) {
		*why = g_strdup_printf("%s is not installed",
		    scheme == SCHEME_PGP ? "gpg" : "gpgsm");
		return NULL;
	}
	in = g_mime_stream_mem_new_with_buffer(bytes->str, bytes->len);
	out = g_mime_stream_mem_new();
	digest = g_mime_crypto_context_sign(context, TRUE, key, in, out,
	    &error);
	if (digest >= 0) {
		const char *name = g_mime_crypto_context_digest_name(context,
		    (GMimeDigestAlgo)digest);
		const GByteArray *made = g_mime_stream_mem_get_byte_array(
		    GMIME_STREAM_MEM(out));

		*micalg = name_of(scheme, name ? name : "unknown");
		signature = g_byte_array_new();
		g_byte_array_append(signature, made->data, made->len);
	} else {
		*why = g_strdup_printf("the key '%s' cannot sign: %s", key,
		    error ? error->message : "GnuPG does not say why");
	}
	g_object_unref(in);
	g_object_unref(out);
	g_object_unref(context);
	return signature;
}

static int
sign_message(enum scheme scheme, const char *key)
{
	g_autoptr(GByteArray) message = read_all();
	g_autoptr(GByteArray) signature = NULL;
	g_autofree char *micalg = NULL, *why = NULL;
	struct entity entity = {0};
	GString *out;
	bool good;

	if (!entity_read((const char *)message->data, message->len, &entity,
	    &why) || !(signature = sign(scheme, key, entity.signed_part,
	    &micalg, &why)) || signature->len == 0) {
		entity_clear(&entity);
		return fail(why ? why : "GnuPG made no signature");
	}
	out = entity_join(&entity, scheme, micalg, signature);
	good = fwrite(out->str, 1, out->len, stdout) == out->len &&
	    fflush(stdout) == 0;
	g_string_free(out, TRUE);
	entity_clear(&entity);
	return good ? EX_OK : EX_IOERR;
}

int
main(int argc, char **argv)
{
	const char *scheme, *key;
	json_t *request;
	int code;

	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	if (argc > 1 || !(request = read_request()))
		return fail("this program is started by 'mailfilter send'");
	scheme = json_string_value(json_object_get(request, "sign"));
	key = json_string_value(json_object_get(request, "key"));
	if (!key || !*key || *key == '-' || !scheme ||
	    (strcmp(scheme, "pgp") && strcmp(scheme, "smime"))) {
		json_decref(request);
		return fail("there is no key to sign with");
	}
	if (!give_up_network()) {
		json_decref(request);
		return fail("the network cannot be shut away");
	}
	set_home(json_string_value(json_object_get(request, "home")));
	g_mime_init();
	code = sign_message(strcmp(scheme, "pgp") ? SCHEME_SMIME : SCHEME_PGP,
	    key);
	json_decref(request);
	return code;
}
