/* auth.c - whom do we trust: a good notice with one thing changed at a time.
 * Each row says the reason that must be among those given; NULL: trusted. */
#include "../../parser/auth.h"

#include <string.h>

#define NOW 1795334400	/* 2026-11-22 08:00 UTC */
#define RECEIVED "Received: from mail.bank.example (mail.bank.example " \
	"[192.0.2.1])\n\tby mx.clerk.example (Postfix) with ESMTPS id A1\n" \
	"\tfor <pay@clerk.example>; Sun, 22 Nov 2026 07:00:00 +0000\n"
#define RELAY "Received: from app.bank.example by mail.bank.example; " \
	"Sun, 22 Nov 2026 06:59:58 +0000\n"
#define AR(results) "Authentication-Results: mx.clerk.example;\n\t" results "\n"
#define PASS "dkim=pass (2048-bit key) header.d=bank.example header.s=s1"
#define SIGNED(tags) "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; " \
	"s=s1;\n\t" tags " bh=Zm9v;\n\tb=QUJD\n\tREVG\n"
#define H "h=From:To:Subject:Date:MIME-Version:Content-Type:" \
	"Content-Transfer-Encoding;"
#define GOOD SIGNED("d=bank.example; " H)
#define FROM "From: Bank Notices <notify@bank.example>\n"
#define TO "To: pay@clerk.example\n"
#define SUBJECT "Subject: Payment received\n"
#define DATE "Date: Sun, 22 Nov 2026 07:59:00 +0100\n"
#define TYPE "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n" \
	"Message-ID: <1@bank.example>\n"
#define BASE FROM TO SUBJECT DATE TYPE
#define ALL AR(PASS) RECEIVED RELAY GOOD BASE

#define NO_OWN "no results of our own mail server"
#define TWO_OWN "more than one field of our own mail server"
#define NO_PASS "no DKIM pass of the bank's domain"
#define NO_SIGNATURE "no DKIM signature of the domain that passed"
#define BAD_HEADER "the header is not well-formed"
#define NOT_ONE "From is not one plain mailbox"
#define NOT_ASCII "From holds bytes that are not ASCII text"

struct auth_case {
	const char *name, *header, *reason;
};

static const struct auth_case cases[] = {
	{"good", ALL, NULL},

	/* R25: Authentication-Results */
	{"ar-none", RECEIVED RELAY GOOD BASE, NO_OWN},
	{"ar-two", AR(PASS) ALL, TWO_OWN},
	{"ar-two-one-fails", AR("dkim=fail") ALL, TWO_OWN},
	{"ar-two-one-at-the-bottom", ALL AR(PASS), TWO_OWN},
	{"ar-foreign-only", "Authentication-Results: mx.other.example; " PASS
	    "\n" RECEIVED RELAY GOOD BASE, NO_OWN},
	{"ar-foreign-beside-ours",
	    AR(PASS) RECEIVED "Authentication-Results: mx.other.example; "
	    "dkim=fail\n" RELAY GOOD BASE, NULL},
	{"ar-right-below-the-boundary", RECEIVED AR(PASS) RELAY GOOD BASE, NULL},
	{"ar-below-the-next-received", RECEIVED RELAY AR(PASS) GOOD BASE,
	    "the results stand below our boundary"},
	{"ar-at-the-bottom", RECEIVED RELAY GOOD BASE AR(PASS),
	    "the results stand below our boundary"},
	{"ar-below-two-of-strangers", "Received: from x by box.clerk.example; "
	    "Sun, 22 Nov 2026 07:00:00 +0000\n" RELAY AR(PASS) GOOD BASE,
	    "the results stand below our boundary"},
	{"ar-above-two-of-strangers", "Received: from x by box.clerk.example; "
	    "Sun, 22 Nov 2026 07:00:00 +0000\n" AR(PASS) RELAY GOOD BASE, NULL},
	{"ar-local-delivery-above",
	    "Received: from mx.clerk.example by box.clerk.example with LMTP; "
	    "Sun, 22 Nov 2026 07:00:01 +0000\n" AR(PASS) RECEIVED RELAY GOOD BASE,
	    NULL},
	{"ar-forged-received", RECEIVED RELAY "Received: from x by "
	    "mx.clerk.example; Sun, 22 Nov 2026 06:00:00 +0000\n" AR(PASS)
	    GOOD BASE, "the results stand below our boundary"},
	{"ar-case", "Authentication-Results: MX.Clerk.EXAMPLE; DKIM=Pass "
	    "HEADER.D=Bank.Example\n" RECEIVED GOOD BASE, NULL},
	{"ar-field-name-case", "AUTHENTICATION-RESULTS: mx.clerk.example; "
	    PASS "\n" RECEIVED GOOD BASE, NULL},
	{"ar-trailing-dot", "Authentication-Results: mx.clerk.example.; " PASS
	    "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-longer-id", "Authentication-Results: mx.clerk.example.evil.example;"
	    " " PASS "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-shorter-id", "Authentication-Results: clerk.example; " PASS "\n"
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-quoted-id", "Authentication-Results: \"mx.clerk.example\"; " PASS
	    "\n" RECEIVED GOOD BASE, NULL},
	{"ar-quoted-pair-id", "Authentication-Results: \"mx.clerk.exampl\\e\"; "
	    PASS "\n" RECEIVED GOOD BASE, NULL},
	{"ar-id-in-comment", "Authentication-Results: (mx.clerk.example;) "
	    "mx.evil.example; " PASS "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-comment-before-id", "Authentication-Results: (x) "
	    "mx.clerk.example; " PASS "\n" RECEIVED GOOD BASE, NULL},
	{"ar-comment-inside-id", "Authentication-Results: "
	    "mx.(x)clerk.example; " PASS "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-version-1", "Authentication-Results: mx.clerk.example 1; " PASS
	    "\n" RECEIVED GOOD BASE, NULL},
	{"ar-version-2", "Authentication-Results: mx.clerk.example 2; " PASS
	    "\n" RECEIVED GOOD BASE, "the results are of an unknown version"},
	{"ar-version-in-comment", "Authentication-Results: mx.clerk.example "
	    "(2) 1 (3); " PASS "\n" RECEIVED GOOD BASE, NULL},
	{"ar-version-glued", "Authentication-Results: mx.clerk.example/1; "
	    PASS "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-method-version", AR("dkim/1=pass header.d=bank.example")
	    RECEIVED GOOD BASE, NULL},
	{"ar-method-version-2", AR("dkim/2=pass header.d=bank.example")
	    RECEIVED GOOD BASE, NO_PASS},
	{"ar-missing-id", "Authentication-Results: spf=pass "
	    "smtp.mailfrom=bank.example; " PASS "\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-empty", "Authentication-Results:\n" RECEIVED GOOD BASE, NO_OWN},
	{"ar-id-only", "Authentication-Results: mx.clerk.example\n" RECEIVED
	    GOOD BASE, NO_OWN},
	{"ar-says-none", AR("none") RECEIVED GOOD BASE, NO_PASS},
	{"ar-none-and-more", AR("none; " PASS) RECEIVED GOOD BASE, NO_OWN},
	{"ar-several-methods", AR("spf=pass smtp.mailfrom=x@bank.example; "
	    "dmarc=pass (p=REJECT) header.from=bank.example;\n\t" PASS
	    "; arc=none") RECEIVED GOOD BASE, NULL},
	{"ar-reason", AR("dkim=pass reason=\"good; d=evil.example\" "
	    "header.d=bank.example") RECEIVED GOOD BASE, NULL},
	{"ar-reason-unquoted-semicolon", AR("dkim=pass reason=good; "
	    "header.d=bank.example") RECEIVED GOOD BASE, NO_OWN},
	{"ar-pass-in-comment", AR("dkim=fail (dkim=pass "
	    "header.d=bank.example)") RECEIVED GOOD BASE, NO_PASS},
	{"ar-nested-comment", AR("dkim=(a (b) \\) c)pass (x) "
	    "header.(y)d=(z)bank.example") RECEIVED GOOD BASE, NULL},
	{"ar-open-comment", AR("dkim=pass (header.d=bank.example")
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-unmatched-bracket", AR("dkim=pass) header.d=bank.example")
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-quoted-result", AR("dkim=\"pass\" header.d=bank.example")
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-quoted-domain", AR("dkim=pass header.d=\"bank.example\"")
	    RECEIVED GOOD BASE, NULL},
	{"ar-open-quote", AR("dkim=pass header.d=\"bank.example")
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-spaces", AR("dkim = pass header . d = bank.example")
	    RECEIVED GOOD BASE, NULL},
	{"ar-folded", AR("dkim\n =\n pass\n header.d\n =\n bank.example")
	    RECEIVED GOOD BASE, NULL},
	{"ar-glued-properties", AR("dkim=pass header.d=bank.example"
	    "(x)header.s=s1") RECEIVED GOOD BASE, NULL},
	{"ar-no-header-d", AR("dkim=pass") RECEIVED GOOD BASE, NO_PASS},
	{"ar-header-i-only", AR("dkim=pass header.i=@bank.example")
	    RECEIVED GOOD BASE, NO_PASS},
	{"ar-header-d-twice", AR("dkim=pass header.d=bank.example "
	    "header.d=evil.example") RECEIVED GOOD BASE, NO_PASS},
	{"ar-smtp-d", AR("dkim=pass smtp.d=bank.example") RECEIVED GOOD BASE,
	    NO_PASS},
	{"ar-fail", AR("dkim=fail header.d=bank.example") RECEIVED GOOD BASE,
	    NO_PASS},
	{"ar-passed", AR("dkim=passed header.d=bank.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"ar-neutral", AR("dkim=neutral header.d=bank.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"ar-other-method", AR("spf=pass header.d=bank.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"ar-x-method", AR("x-dkim=pass header.d=bank.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"ar-x-field", "X-Authentication-Results: mx.clerk.example; " PASS "\n"
	    RECEIVED GOOD BASE, NO_OWN},
	{"ar-trailing-junk", AR(PASS " junk") RECEIVED GOOD BASE, NO_OWN},
	{"ar-header-b", AR(PASS " header.b=QUJDRE") RECEIVED GOOD BASE, NULL},
	{"ar-header-b-of-another", AR(PASS " header.b=XXXX") RECEIVED GOOD
	    BASE, NO_SIGNATURE},
	{"ar-header-s-of-another", AR("dkim=pass header.d=bank.example "
	    "header.s=s2") RECEIVED GOOD BASE, NO_SIGNATURE},
	{"ar-fail-then-pass", AR("dkim=fail header.d=evil.example; " PASS)
	    RECEIVED GOOD BASE, NULL},

	/* R27, R31: whose domain? */
	{"d-attacker", AR("dkim=pass header.d=attacker.example") RECEIVED
	    SIGNED("d=attacker.example; " H) BASE, NO_PASS},
	{"d-prefix", AR("dkim=pass header.d=notbank.example") RECEIVED
	    SIGNED("d=notbank.example; " H) BASE, NO_PASS},
	{"d-suffix", AR("dkim=pass header.d=bank.example.attacker.example")
	    RECEIVED SIGNED("d=bank.example.attacker.example; " H) BASE,
	    NO_PASS},
	{"d-subdomain", AR("dkim=pass header.d=mail.bank.example") RECEIVED
	    SIGNED("d=mail.bank.example; " H) BASE, NO_PASS},
	{"d-parent", AR("dkim=pass header.d=example") RECEIVED
	    SIGNED("d=example; " H) BASE, NO_PASS},
	{"d-cyrillic", AR("dkim=pass header.d=b\xd0\xb0nk.example") RECEIVED
	    GOOD BASE, NO_OWN},
	{"d-a-label", AR("dkim=pass header.d=xn--bnk-5cd.example") RECEIVED
	    SIGNED("d=xn--bnk-5cd.example; " H) BASE, NO_PASS},
	{"d-trailing-dot", AR("dkim=pass header.d=bank.example.") RECEIVED
	    GOOD BASE, NO_PASS},
	{"d-at", AR("dkim=pass header.d=@bank.example") RECEIVED GOOD BASE,
	    NO_PASS},
	{"d-hyphen", AR("dkim=pass header.d=bank-example") RECEIVED GOOD BASE,
	    NO_PASS},
	{"d-underscore", AR("dkim=pass header.d=bank_.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"d-digit-one", AR("dkim=pass header.d=b4nk.example") RECEIVED GOOD
	    BASE, NO_PASS},
	{"d-tld", AR("dkim=pass header.d=bank.example2") RECEIVED GOOD BASE,
	    NO_PASS},
	{"d-space", AR("dkim=pass header.d=bank .example") RECEIVED GOOD BASE,
	    NO_OWN},
	{"d-empty", AR("dkim=pass header.d=\"\"") RECEIVED GOOD BASE, NO_PASS},

	/* R28: what is signed */
	{"signature-none", AR(PASS) RECEIVED BASE, NO_SIGNATURE},
	{"signature-of-another", AR(PASS) RECEIVED
	    SIGNED("d=attacker.example; " H) BASE, NO_SIGNATURE},
	{"signature-beside-another", AR(PASS) RECEIVED
	    SIGNED("d=esp.example; l=10; h=From;") GOOD BASE, NULL},
	{"signature-two-one-bad", AR("dkim=pass header.d=bank.example")
	    RECEIVED SIGNED("d=bank.example; h=From;") GOOD BASE,
	    "Date is not signed"},
	{"signature-l", AR(PASS) RECEIVED SIGNED("d=bank.example; l=100; " H)
	    BASE, "the DKIM signature covers only a part (l=)"},
	{"signature-l-folded", AR(PASS) RECEIVED
	    SIGNED("d=bank.example;\n\t l =\n 0; " H) BASE,
	    "the DKIM signature covers only a part (l=)"},
	{"signature-d-twice", AR(PASS) RECEIVED
	    SIGNED("d=bank.example; d=bank.example; " H) BASE,
	    "the DKIM signature is not well-formed"},
	{"signature-no-tags", AR(PASS) RECEIVED "DKIM-Signature: hello\n" GOOD
	    BASE, "the DKIM signature is not well-formed"},
	{"signature-sha1", AR(PASS) RECEIVED "DKIM-Signature: v=1; a=rsa-sha1; "
	    "d=bank.example; s=s1; " H " bh=x; b=y\n" BASE,
	    "the DKIM signature's algorithm is weak"},
	{"signature-version", AR(PASS) RECEIVED "DKIM-Signature: v=2; "
	    "a=rsa-sha256; d=bank.example; s=s1; " H " bh=x; b=y\n" BASE,
	    "the DKIM signature is not well-formed"},
	{"signature-ed25519", AR(PASS) RECEIVED "DKIM-Signature: v=1; "
	    "a=ed25519-sha256; d=BANK.example; s=s1; " H " bh=x; b=y;\n" BASE,
	    NULL},
	{"h-no-from", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=To:Subject:Date:Content-Type;") BASE, "From is not signed"},
	{"h-no-date", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=From:To:Subject:Content-Type;") BASE, "Date is not signed"},
	{"h-no-subject", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=From:To:Date:Content-Type;") BASE, "Subject is not signed"},
	{"h-no-to", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=From:Subject:Date:Content-Type;") BASE, "To is not signed"},
	{"h-no-content-type", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=From:To:Subject:Date;") BASE, "Content-Type is not signed"},
	{"h-no-content-type-and-none-there", AR(PASS) RECEIVED
	    SIGNED("d=bank.example; h=From:To:Subject:Date;") FROM TO SUBJECT
	    DATE, NULL},
	{"h-no-encoding", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=from:to:subject:date:content-type;") BASE
	    "Content-Transfer-Encoding: base64\n",
	    "Content-Transfer-Encoding is not signed"},
	{"h-no-encoding-7bit", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=from:to:subject:date:content-type;") BASE
	    "Content-Transfer-Encoding: 7bit\n", NULL},
	{"h-folded", AR(PASS) RECEIVED SIGNED("d=bank.example; h = From :\n "
	    "To : Subject:\n\tDate : Content-Type ;") BASE, NULL},
	{"h-none", AR(PASS) RECEIVED SIGNED("d=bank.example;") BASE,
	    "From is not signed"},

	/* R32: age */
	{"t-now", AR(PASS) RECEIVED SIGNED("d=bank.example; t=1795334399; " H)
	    BASE, NULL},
	{"t-old", AR(PASS) RECEIVED SIGNED("d=bank.example; t=1794700000; " H)
	    BASE, "signed more than 7 days ago"},
	{"t-future", AR(PASS) RECEIVED SIGNED("d=bank.example; t=1795500000; "
	    H) BASE, "signed in the future"},
	{"t-nonsense", AR(PASS) RECEIVED SIGNED("d=bank.example; t=soon; " H)
	    BASE, "the signature's times are not valid"},
	{"t-huge", AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "t=99999999999999999999; " H) BASE,
	    "the signature's times are not valid"},
	{"x-later", AR(PASS) RECEIVED SIGNED("d=bank.example; t=1795334399; "
	    "x=1795420000; " H) BASE, NULL},
	{"x-over", AR(PASS) RECEIVED SIGNED("d=bank.example; x=1795334400; " H)
	    BASE, "the signature has expired"},
	{"x-before-t", AR(PASS) RECEIVED SIGNED("d=bank.example; t=1795400000; "
	    "x=1795390000; " H) BASE, "the signature has expired"},
	{"date-old", AR(PASS) RECEIVED GOOD FROM TO SUBJECT TYPE
	    "Date: Sun, 15 Nov 2026 07:59:59 +0000\n", "older than 7 days"},
	{"date-week", AR(PASS) RECEIVED GOOD FROM TO SUBJECT TYPE
	    "Date: Sun, 15 Nov 2026 08:00:00 +0000\n", NULL},
	{"date-future", AR(PASS) RECEIVED GOOD FROM TO SUBJECT TYPE
	    "Date: Mon, 23 Nov 2026 08:00:01 +0000\n", "dated in the future"},
	{"date-none", AR(PASS) RECEIVED GOOD FROM TO SUBJECT TYPE,
	    "no Date field"},
	{"date-nonsense", AR(PASS) RECEIVED GOOD FROM TO SUBJECT TYPE
	    "Date: yesterday\n", "the Date field is not valid"},

	/* R29: fields that are there twice */
	{"two-from", ALL "From: x@evil.example\n", "two From fields"},
	{"two-from-on-top", "From: x@evil.example\n" ALL, "two From fields"},
	{"two-from-equal", ALL FROM, "two From fields"},
	{"two-from-case", ALL "FROM: x@evil.example\n", "two From fields"},
	{"two-from-space", "From : x@evil.example\n" ALL, "two From fields"},
	{"two-from-tab", ALL "From\t: x@evil.example\n", "two From fields"},
	{"two-date", ALL DATE, "two Date fields"},
	{"two-to", ALL TO, "two To fields"},
	{"two-subject", ALL "Subject: EUR 500\n", "two Subject fields"},
	{"two-content-type", ALL "Content-Type: text/html\n",
	    "two Content-Type fields"},
	{"two-encoding", ALL "Content-Transfer-Encoding: 7bit\n"
	    "Content-transfer-encoding: base64\n",
	    "two Content-Transfer-Encoding fields"},
	{"two-mime-version", ALL "MIME-Version: 1.0\n",
	    "two MIME-Version fields"},
	{"two-message-id", ALL "Message-ID: <2@bank.example>\n",
	    "two Message-ID fields"},
	{"no-from", AR(PASS) RECEIVED GOOD TO SUBJECT DATE TYPE,
	    "no From field"},
	{"line-without-colon", ALL "hello\nX: y\n", BAD_HEADER},
	{"first-line-folded", " x\n" ALL, BAD_HEADER},
	{"bare-cr", AR(PASS) RECEIVED GOOD FROM TO DATE TYPE
	    "Subject: a\rFrom: x@evil.example\n", BAD_HEADER},
	{"control", ALL "X: a\x01" "b\n", BAD_HEADER},
};

/* R30: From fields; the address that the strict grammar gives, or NULL. */
static const struct {
	const char *value, *address;
} froms[] = {
	{"notify@bank.example", "notify@bank.example"},
	{"Notify@BANK.Example", "Notify@bank.example"},
	{"<notify@bank.example>", "notify@bank.example"},
	{" Bank <notify@bank.example> ", "notify@bank.example"},
	{"\"Bank, Inc. <x@y.example>\" <notify@bank.example>",
	    "notify@bank.example"},
	{"J. Doe at Bank <notify@bank.example>", "notify@bank.example"},
	{"=?utf-8?b?QmFuaw==?= <notify@bank.example>", "notify@bank.example"},
	{"\"a\\\"b\" <notify@bank.example>", "notify@bank.example"},
	{"o'neil+tag@mail.bank.example", "o'neil+tag@mail.bank.example"},
	{"", NULL},
	{"Bank", NULL},
	{"notify", NULL},
	{"@bank.example", NULL},
	{"notify@", NULL},
	{"notify@bank", NULL},
	{"notify@bank..example", NULL},
	{"notify@.bank.example", NULL},
	{"notify@bank.example.", NULL},
	{"notify@-bank.example", NULL},
	{"notify@bank-.example", NULL},
	{"notify@[192.0.2.1]", NULL},
	{"no tify@bank.example", NULL},
	{".notify@bank.example", NULL},
	{"notify.@bank.example", NULL},
	{"no..tify@bank.example", NULL},
	{"\"notify\"@bank.example", NULL},
	{"\"notify@bank.example>\"@attacker.example", NULL},
	{"notify@bank.example, x@attacker.example", NULL},
	{"notify@bank.example; x@attacker.example", NULL},
	{"notify@bank.example: x@attacker.example;", NULL},
	{"x@attacker.example, notify@bank.example", NULL},
	{"<@bank.example:x@attacker.example>", NULL},
	{"notify@bank.example <@bank.example:x@attacker.example>", NULL},
	{"notify@bank.example <x@attacker.example>", NULL},
	{"notify@bank.example (x)", NULL},
	{"(x) notify@bank.example", NULL},
	{"Bank (x) <notify@bank.example>", NULL},
	{"Bank <notify(x)@bank.example>", NULL},
	{"Bank <notify@bank.example", NULL},
	{"Bank notify@bank.example>", NULL},
	{"Bank <notify@bank.example> x", NULL},
	{"Bank <notify@bank.example> <x@attacker.example>", NULL},
	{"Bank <<notify@bank.example>>", NULL},
	{"Bank < notify@bank.example >", NULL},
	{"\"Bank <notify@bank.example>", NULL},
	{"notify@bank.example\\@attacker.example", NULL},
	{"notify@bank.example@attacker.example", NULL},
	{"notify%bank.example@attacker.example",
	    "notify%bank.example@attacker.example"},
	{"notify@b\xd0\xb0nk.example", NULL},
	{"B\xc3\xa4nk <notify@bank.example>", NULL},
	{"notify@bank.example\x7f", NULL},
	{"Bank\x1b[31m <notify@bank.example>", NULL},
	{"=?utf-8?b?bm90aWZ5QGJhbmsuZXhhbXBsZQ==?=@attacker.example",
	    "=?utf-8?b?bm90aWZ5QGJhbmsuZXhhbXBsZQ==?=@attacker.example"},
	{"=?utf-8?b?bm90aWZ5QGJhbmsuZXhhbXBsZQ==?= =?utf-8?Q?=00?="
	    "@attacker.example", NULL},
};

static bool
is_bank_example(const void *bank, const char *d)
{
	(void)bank;
	return g_ascii_strcasecmp(d, "bank.example") == 0;
}

static GPtrArray *
ask(const char *text, size_t length, const struct auth_question *more,
    char **signature)
{
	struct auth_question question = more ? *more : (struct auth_question){
		.authserv_id = "mx.clerk.example"};
	struct header *header = header_parse(text, length);
	GPtrArray *reasons;

	question.header = header;
	question.now = NOW;
	question.is_aligned = is_bank_example;
	reasons = auth_check(&question, signature);
	header_free(header);
	return reasons;
}

static void
check(const char *text, size_t length, const struct auth_question *question,
    const char *reason)
{
	g_autofree char *signature = NULL;
	g_autoptr(GPtrArray) reasons =
	    ask(text, length, question, &signature);

	if (!reason) {
		for (guint i = 0; i < reasons->len; i++)
			g_test_message("%s", (char *)reasons->pdata[i]);
		g_assert_cmpint(reasons->len, ==, 0);
		g_assert_nonnull(signature);
		return;
	}
	if (!g_ptr_array_find_with_equal_func(reasons, reason, g_str_equal,
	    NULL))
		g_test_message("first reason: %s", reasons->len ?
		    (char *)reasons->pdata[0] : "(trusted)");
	g_assert_true(g_ptr_array_find_with_equal_func(reasons, reason,
	    g_str_equal, NULL));
	g_assert_null(signature);
}

static void
test_case(gconstpointer data)
{
	const struct auth_case *row = data;

	check(row->header, strlen(row->header), NULL, row->reason);
}

static void
test_from(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	const char *why;
	g_autofree char *got = header_strict_mailbox(froms[i].value, &why);
	g_autofree char *mail = g_strdup_printf(AR(PASS) RECEIVED GOOD
	    "From: %s\n" TO SUBJECT DATE TYPE, froms[i].value);

	g_assert_cmpstr(got, ==, froms[i].address);
	if (!got)
		g_assert_true(strcmp(why, NOT_ONE) == 0 ||
		    strcmp(why, NOT_ASCII) == 0);
	if (!got && strlen(froms[i].value) > 0) {
		g_autofree char *signature = NULL;
		g_autoptr(GPtrArray) reasons =
		    ask(mail, strlen(mail), NULL, &signature);

		g_assert_cmpint(reasons->len, >, 0);
	}
}

/* NUL bytes anywhere in the header, and random bytes in From. */
static void
test_bytes(void)
{
	static const char good[] = ALL;
	GRand *rand = g_rand_new_with_seed(30);

	for (size_t i = 0; i + 1 < sizeof good; i++) {
		char text[sizeof good];
		g_autofree char *signature = NULL;
		g_autoptr(GPtrArray) reasons = NULL;

		memcpy(text, good, sizeof good);
		text[i] = '\0';
		reasons = ask(text, sizeof good - 1, NULL, &signature);
		g_assert_cmpint(reasons->len, >, 0);
	}
	for (int i = 0; i < 20000; i++) {
		char from[24];
		g_autofree char *signature = NULL;
		g_autoptr(GPtrArray) reasons = NULL;
		g_autoptr(GString) text = g_string_new(AR(PASS) RECEIVED GOOD
		    TO SUBJECT DATE TYPE "From: notify@bank.example");
		int at = g_rand_int_range(rand, 0, 20);

		for (size_t j = 0; j < sizeof from; j++)
			from[j] = (char)g_rand_int_range(rand, 128, 256);
		g_string_insert_len(text, (gssize)text->len - at, from, 4);
		g_string_append_c(text, '\n');
		reasons = ask(text->str, text->len, NULL, &signature);
		g_assert_cmpint(reasons->len, >, 0);
	}
	g_rand_free(rand);
}

static void
test_configuration(void)
{
	static const char *const ours[] = {"pay@clerk.example",
	    "Other@Clerk.example", NULL};
	static const char *const others[] = {"bob@clerk.example", NULL};
	static const char delivered[] = "Delivered-To: bob@clerk.example\n" ALL;
	static const char original[] = "X-Original-To: BOB@clerk.example\n" ALL;
	static const char copied[] = "Cc: bob@clerk.example\n" ALL;
	static const char copied_signed[] = AR(PASS) RECEIVED
	    SIGNED("d=bank.example; " "h=From:To:Cc:Subject:Date:Content-Type;")
	    "Cc: bob@clerk.example\n" BASE;
	static const char quoted[] = AR(PASS) RECEIVED GOOD FROM SUBJECT DATE
	    TYPE "To: undisclosed-recipients:;\n";
	struct auth_question q = {.authserv_id = NULL};

	check(ALL, strlen(ALL), &q, "no authserv-id is configured");
	q.authserv_id = "";
	check(ALL, strlen(ALL), &q, "no authserv-id is configured");
	q.authserv_id = "mx.clerk.example";
	q.boundary = "mx.clerk.example";
	check(ALL, strlen(ALL), &q, NULL);
	q.boundary = "gate.clerk.example";
	check(ALL, strlen(ALL), &q, "no Received field of our boundary host");
	q.boundary = NULL;
	q.mailboxes = ours;
	check(ALL, strlen(ALL), &q, NULL);
	q.mailboxes = others;
	check(ALL, strlen(ALL), &q, "not addressed to a mailbox of ours");
	/* What the bank did not sign does not tell to whom it wrote. */
	check(delivered, strlen(delivered), &q,
	    "not addressed to a mailbox of ours");
	check(original, strlen(original), &q,
	    "not addressed to a mailbox of ours");
	check(copied, strlen(copied), &q, "not addressed to a mailbox of ours");
	check(copied_signed, strlen(copied_signed), &q, NULL);
	check(quoted, strlen(quoted), &q,
	    "not addressed to a mailbox of ours");
}

static void
test_excuse(void)
{
	static const char text[] = AR(PASS) RECEIVED SIGNED("d=bank.example; "
	    "h=From:To:Subject:Date;") BASE;
	static const char encoded[] = AR(PASS) RECEIVED
	    SIGNED("d=bank.example; " "h=From:To:Subject:Date;") BASE
	    "Content-Transfer-Encoding: quoted-printable\n";
	struct auth_question q = {.authserv_id = "mx.clerk.example"};

	check(text, strlen(text), &q, "Content-Type is not signed");
	q.excuse_content_type = true;
	check(text, strlen(text), &q, NULL);
	check(encoded, strlen(encoded), &q,
	    "Content-Transfer-Encoding is not signed");
}

static void
test_signature(void)
{
	g_autofree char *signature = NULL;
	g_autoptr(GPtrArray) reasons =
	    ask(ALL, strlen(ALL), NULL, &signature);

	g_assert_cmpint(reasons->len, ==, 0);
	g_assert_cmpstr(signature, ==, "QUJDREVG");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/auth/%s", cases[i].name);

		g_test_add_data_func(name, &cases[i], test_case);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(froms); i++) {
		g_autofree char *name = g_strdup_printf("/auth/from/%zu", i);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_from);
	}
	g_test_add_func("/auth/bytes", test_bytes);
	g_test_add_func("/auth/configuration", test_configuration);
	g_test_add_func("/auth/excuse", test_excuse);
	g_test_add_func("/auth/signature", test_signature);
	return g_test_run();
}
