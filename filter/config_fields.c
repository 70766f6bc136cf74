/*
 * config_fields.c - the options of mailfilter.conf, one row each. A new option
 * is a row here, a member in config.h and a paragraph in mailfilter.conf.5.
 */
#include "config_internal.h"

#define C(member) offsetof(struct config, member)
#define A(member) offsetof(struct account, member)
#define M(member) offsetof(struct mailbox, member)
#define P(member) offsetof(struct policy, member)
#define E(member) offsetof(struct experiment, member)
#define R(member) offsetof(struct rule, member)
#define TEXT(section, name, type, offset, standard) \
	{section, name, type, false, offset, standard, 0, 0, NULL}
#define LIST(section, name, type, offset) \
	{section, name, type, true, offset, NULL, 0, 0, NULL}
#define NUMBER(section, name, offset, standard, low, high) \
	{section, name, FIELD_NUMBER, false, offset, standard, low, high, NULL}
#define CHOICE(section, name, offset, standard, choices) \
	{section, name, FIELD_CHOICE, false, offset, standard, 0, 0, choices}

const struct field config_fields[] = {
    TEXT("owner", "name", FIELD_TEXT, C(name), NULL),
    TEXT("owner", "company", FIELD_TEXT, C(company), NULL),
    TEXT("owner", "email", FIELD_EMAIL, C(email), NULL),
    TEXT("owner", "phone", FIELD_TEXT, C(phone), NULL),
    TEXT("owner", "address", FIELD_TEXT, C(address), NULL),
    TEXT("owner", "website", FIELD_WORD, C(website), NULL),
    TEXT("owner", "tax-id", FIELD_TEXT, C(tax_id), NULL),
    TEXT("owner", "signature", FIELD_TEXT, C(signature), NULL),
    TEXT("owner", "language", FIELD_LANGUAGE, C(language), "en"),
    TEXT("owner", "country", FIELD_COUNTRY, C(country), NULL),
    TEXT("owner", "currency", FIELD_CURRENCY, C(currency), "EUR"),
    TEXT("owner", "timezone", FIELD_TIMEZONE, C(timezone), "UTC"),

    TEXT("intake", "authserv-id", FIELD_WORD, C(authserv_id), NULL),
    TEXT("intake", "boundary", FIELD_HOST, C(boundary), NULL),
    CHOICE("intake", "dkim", C(dkim), "off", "off|dns|keys"),
    TEXT("intake", "dkim-keys", FIELD_PATH, C(dkim_keys), NULL),
    TEXT("intake", "dkim-resolver", FIELD_HOST, C(dkim_resolver), NULL),
    LIST("intake", "mailboxes", FIELD_EMAIL, C(mailboxes)),
    LIST("intake", "bank-dirs", FIELD_PATH, C(bank_dirs)),
    NUMBER("intake", "deadline", C(deadline), "8", 1, 60),

    TEXT("account", "iban", FIELD_ACCOUNT, A(iban), NULL),
    TEXT("account", "bic", FIELD_WORD, A(bic), NULL),
    TEXT("account", "holder", FIELD_TEXT, A(holder), NULL),
    TEXT("account", "bank-title", FIELD_TEXT, A(bank_title), NULL),
    TEXT("account", "bank", FIELD_WORD, A(bank), NULL),
    TEXT("account", "currency", FIELD_CURRENCY, A(currency), NULL),
    TEXT("account", "settles", FIELD_SETTLES, A(statement_settles), "notice"),
    NUMBER("account", "fresh-days", A(fresh_days), "5", 1, 90),
    LIST("account", "aliases", FIELD_ACCOUNT, A(aliases)),
    LIST("account", "ways", FIELD_PAY, A(ways)),
    TEXT("account", "reference", FIELD_PAY, A(reference), NULL),
    TEXT("account", "qr-iban", FIELD_PAY, A(qr_iban), NULL),
    TEXT("account", "fik-creditor", FIELD_PAY, A(fik_creditor), NULL),
    TEXT("account", "bank-code", FIELD_PAY, A(bank_code), NULL),
    TEXT("account", "pix-key", FIELD_PAY, A(pix_key), NULL),
    TEXT("account", "pix-city", FIELD_PAY, A(pix_city), NULL),
    TEXT("account", "upi-id", FIELD_PAY, A(upi_id), NULL),
    LIST("account", "payment-link", FIELD_PAY, A(links)),

    TEXT("mailbox", "host", FIELD_HOST, M(host), NULL),
    NUMBER("mailbox", "port", M(port), NULL, 1, 65535),
    CHOICE("mailbox", "tls", M(tls), "tls", "tls|starttls|none"),
    TEXT("mailbox", "user", FIELD_TEXT, M(user), NULL),
    TEXT("mailbox", "password-command", FIELD_TEXT, M(password_command), NULL),
    CHOICE("mailbox", "auth", M(auth), "password", "password|xoauth2"),
    TEXT("mailbox", "ca-file", FIELD_PATH, M(ca_file), NULL),
    LIST("mailbox", "folders", FIELD_TEXT, M(folders)),
    TEXT("mailbox", "after", FIELD_TEXT, M(after_text), "keep"),
    NUMBER("mailbox", "since-days", M(since_days), "90", 0, 36500),
    NUMBER("mailbox", "max-size", M(max_size), "25", 1, 200),
    NUMBER("mailbox", "timeout", M(timeout), "30", 1, 600),
    NUMBER("mailbox", "interval", M(interval), "300", 10, 86400),
    TEXT("mailbox", "authserv-id", FIELD_WORD, M(authserv_id), NULL),
    TEXT("mailbox", "boundary", FIELD_HOST, M(boundary), NULL),
    LIST("mailbox", "addresses", FIELD_EMAIL, M(addresses)),

    TEXT("match", "auto-probability", FIELD_PROBABILITY, C(auto_probability),
        "0.985"),
    TEXT("match", "auto-errors", FIELD_RATE, C(auto_errors), "1 in 1000"),
    TEXT("match", "fee-tolerance", FIELD_MONEY, C(fee_tolerance), "5"),
    TEXT("match", "rounding-tolerance", FIELD_MONEY, C(rounding_tolerance),
        "0.05"),
    NUMBER("match", "discount-grace-days", C(discount_grace_days), "2", 0, 30),

    TEXT("rule", "payer", FIELD_PATTERN, R(payer), NULL),
    TEXT("rule", "payer-account", FIELD_PATTERN_ACCOUNT, R(payer_account),
        NULL),
    TEXT("rule", "text", FIELD_PATTERN, R(text), NULL),
    TEXT("rule", "account", FIELD_TEXT, R(account), NULL),
    TEXT("rule", "currency", FIELD_CURRENCY, R(currency), NULL),
    TEXT("rule", "amount", FIELD_RANGE, 0, NULL),
    LIST("rule", "do", FIELD_DO, 0),

    TEXT("reminders", "policy", FIELD_WORD, C(policy), "standard"),
    NUMBER("reminders", "bank-lag-days", C(bank_lag_days), "2", 0, 30),
    TEXT("reminders", "window", FIELD_WINDOW, C(window_from), "08:00-18:00"),
    TEXT("reminders", "weekends", FIELD_BOOLEAN, C(weekends), "no"),
    LIST("reminders", "closed", FIELD_CLOSED, C(closed)),
    NUMBER("reminders", "daily-cap", C(daily_cap), "1", 1, 20),
    TEXT("reminders", "receipts", FIELD_BOOLEAN, C(receipts), "yes"),
    NUMBER("reminders", "answers", C(answers), "20", 0, 1000),

    LIST("instalments", "deserving", FIELD_DESERVING,
        C(instalments.deserving)),
    NUMBER("instalments", "parts", C(instalments.parts), "3", 2, 24),
    TEXT("instalments", "every", FIELD_EVERY, C(instalments.every), "month"),
    TEXT("instalments", "minimum-part", FIELD_MONEY,
        C(instalments.minimum_part), "20"),
    NUMBER("instalments", "first", C(instalments.first_days), "7", 0, 90),
    NUMBER("instalments", "valid", C(instalments.valid_days), "14", 1, 90),
    CHOICE("instalments", "asked", C(instalments.asked), "ask", "ask|offer"),
    NUMBER("instalments", "note", C(instalments.before_days), "3", 0, 30),
    NUMBER("instalments", "remind", C(instalments.after_days), "3", 1, 60),
    NUMBER("instalments", "grace", C(instalments.grace_days), "10", 1, 90),

    NUMBER("policy", "gap", P(gap_days), "7", 1, 365),
    LIST("policy", "minimum", FIELD_MINIMUM, 0),
    TEXT("policy", "fee", FIELD_MONEY, P(fee), "0"),
    TEXT("policy", "law", FIELD_WORD, P(law), NULL),
    TEXT("policy", "rate", FIELD_TEXT, P(rate), NULL),
    TEXT("policy", "cap", FIELD_TEXT, P(cap), NULL),
    TEXT("policy", "consumer", FIELD_BOOLEAN, P(consumer), "no"),
    TEXT("policy", "work-stops", FIELD_BOOLEAN, P(work_stops), "no"),
    LIST("policy", "steps", FIELD_STEP, P(steps)),

    LIST("experiment", "policies", FIELD_WORD, E(policies)),
    TEXT("experiment", "from", FIELD_WORD, E(from), NULL),
    TEXT("experiment", "until", FIELD_WORD, E(until), NULL),
    NUMBER("experiment", "customers", E(customers), "100", 10, 100000),
    NUMBER("experiment", "follow-days", E(follow_days), "60", 14, 365),

    CHOICE("digest", "days", C(digest_days), "none",
        "none|daily|business|weekly"),
    TEXT("digest", "at", FIELD_HOUR, C(digest_at), "07:00"),
    TEXT("digest", "to", FIELD_EMAIL, C(digest_to), NULL),

    CHOICE("send", "transport", C(transport), "dir", "dir|sendmail|smtp|off"),
    TEXT("send", "folder", FIELD_PATH, C(folder), "outbox"),
    TEXT("send", "sendmail", FIELD_TEXT, C(sendmail),
        "/usr/sbin/sendmail -i"),
    TEXT("send", "smtp-host", FIELD_HOST, C(smtp_host), NULL),
    NUMBER("send", "smtp-port", C(smtp_port), "587", 1, 65535),
    CHOICE("send", "smtp-tls", C(smtp_tls), "starttls", "starttls|tls|none"),
    TEXT("send", "smtp-user", FIELD_TEXT, C(smtp_user), NULL),
    TEXT("send", "smtp-password-command", FIELD_TEXT,
        C(smtp_password_command), NULL),
    CHOICE("send", "smtp-auth", C(smtp_auth), "password",
        "password|xoauth2|oauthbearer"),
    TEXT("send", "smtp-token-command", FIELD_TEXT, C(smtp_token_command),
        NULL),
    TEXT("send", "smtp-ca-file", FIELD_PATH, C(smtp_ca_file), NULL),
    NUMBER("send", "timeout", C(send_timeout), "30", 1, 600),
    NUMBER("send", "rate-limit", C(rate_limit), NULL, 1, 100000),
    NUMBER("send", "hour-limit", C(hour_limit), NULL, 1, 100000),
    NUMBER("send", "day-limit", C(day_limit), NULL, 1, 1000000),
    NUMBER("send", "ask-above", C(ask_above), NULL, 1, 1000000),
    TEXT("send", "bounce", FIELD_EMAIL, C(bounce), NULL),
    CHOICE("send", "tag-delimiter", C(tag_delimiter), "none", "none|+|-|=|_"),
    TEXT("send", "unsubscribe-url", FIELD_WORD, C(unsubscribe_url), NULL),
    TEXT("send", "bcc", FIELD_EMAIL, C(bcc), NULL),

    TEXT("gate", "reinject", FIELD_TEXT, C(reinject),
        "/usr/sbin/sendmail -G -i"),
    NUMBER("gate", "timeout", C(reinject_timeout), "300", 5, 500),
    NUMBER("gate", "days", C(gate_days), "14", 1, 90),
    {NULL, NULL, FIELD_TEXT, false, 0, NULL, 0, 0, NULL},
};
