/*
 * dns.c - one TXT record from the name server, with glibc's resolver: its
 * state is made before the sandbox closes, and nothing is opened afterwards
 * but sockets. A name server that does not answer is no answer: only "there
 * is no such record" counts as one.
 */
#include "dkim.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>

static struct __res_state state;

bool
dns_prepare(const char *resolver)
{
	char address[64];
	const char *colon = strchr(resolver, ':');
	size_t length = colon ? (size_t)(colon - resolver) : strlen(resolver);
	unsigned long port = colon ? strtoul(colon + 1, NULL, 10) : 53;

	if (res_ninit(&state) != 0)
		return false;
	state.options |= RES_USE_EDNS0;
	state.retrans = 1;	/* seconds before the next server is asked */
	state.retry = 2;
	if (strcmp(resolver, "-") == 0)
		return true;
	if (length >= sizeof address || port == 0 || port > 65535)
		return false;
	memcpy(address, resolver, length);
	address[length] = '\0';
	memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
	state.nsaddr_list[0].sin_family = AF_INET;
	state.nsaddr_list[0].sin_port = htons((in_port_t)port);
	state.nscount = 1;
	return inet_pton(AF_INET, address,
	    &state.nsaddr_list[0].sin_addr) == 1;
}

/* The strings of a TXT record in one. False when it is too long, or holds
 * bytes that no key has. */
static bool
join_strings(const unsigned char *data, size_t length,
    char record[DKIM_RECORD])
{
	size_t at = 0, out = 0;

	while (at < length) {
		size_t part = data[at++];

		if (part > length - at || out + part >= DKIM_RECORD)
			return false;
		for (size_t i = 0; i < part; i++) {
			if (data[at + i] < 32 || data[at + i] > 126)
				return false;
			record[out++] = (char)data[at + i];
		}
		at += part;
	}
	record[out] = '\0';
	return true;
}

/* Has it a tag p=? Other records stand under wildcards. */
static bool
is_key(const char *record)
{
	for (const char *p = record; p; p = strchr(p, ';')) {
		p += strspn(p, "; \t");
		if (*p == 'p' && p[1 + strspn(p + 1, " \t")] == '=')
			return true;
	}
	return false;
}

static enum dkim_end
find_key(ns_msg *answer, char record[DKIM_RECORD], unsigned *ttl,
    const char **why)
{
	char one[DKIM_RECORD];
	int keys = 0;

	*ttl = 86400;
	for (int i = 0; i < ns_msg_count(*answer, ns_s_an); i++) {
		ns_rr rr;

		if (ns_parserr(answer, ns_s_an, i, &rr) != 0) {
			*why = "the name server's answer is broken";
			return DKIM_LATER;
		}
		if (ns_rr_ttl(rr) < *ttl)
			*ttl = ns_rr_ttl(rr);
		if (ns_rr_type(rr) != ns_t_txt || !join_strings(
		    ns_rr_rdata(rr), ns_rr_rdlen(rr), one) || !is_key(one))
			continue;
		keys++;
		strcpy(record, one);
	}
	*why = keys == 0 ? "there is no such key" :
	    "there are two keys of one name";
	return keys == 1 ? DKIM_PASS : DKIM_FAIL;
}

enum dkim_end
dns_key(const char *name, char record[DKIM_RECORD], unsigned *ttl,
    const char **why)
{
	static unsigned char buffer[NS_MAXMSG];
	ns_msg answer;
	int length = res_nquery(&state, name, ns_c_in, ns_t_txt, buffer,
	    sizeof buffer);

	if (length < 0 && (state.res_h_errno == HOST_NOT_FOUND ||
	    state.res_h_errno == NO_DATA)) {
		*why = "there is no such key";
		return DKIM_FAIL;
	}
	*why = "the name server does not answer";
	if (length < 0)
		return DKIM_LATER;
	if (length > (int)sizeof buffer ||
	    ns_initparse(buffer, length, &answer) != 0)
		return DKIM_LATER;
	return find_key(&answer, record, ttl, why);
}
