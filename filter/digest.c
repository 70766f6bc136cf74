/*
 * digest.c - when the owner's daily mail is due, and its place in the outbox.
 */
#include "digest.h"

#include <string.h>

const char *
digest_address(const struct config *config)
{
	return config->digest_to ? config->digest_to : config->email;
}

static bool
is_its_day(const struct config *config, int32_t today)
{
	if (strcmp(config->digest_days, "business") == 0)
		return calendar_is_business_day(
		    calendar_of_country(config->country), today);
	if (strcmp(config->digest_days, "weekly") == 0)
		return (today + 3) % 7 == 0;	/* 1970-01-01: a Thursday */
	return strcmp(config->digest_days, "daily") == 0;
}

enum store_status
digest_due(struct context *context, int64_t *since, char day[DAY_SIZE])
{
	const struct config *config = context->config;
	struct digest *last = NULL;
	int minute;
	enum store_status status;

	calendar_local(context->now, config->timezone, day, &minute);
	if (!is_its_day(config, day_number(day)) ||
	    minute < config->digest_at)
		return STORE_NONE;
	status = store_digest_last(context->store, &last);
	*since = context->now - DAY_SECONDS;
	if (status == STORE_OK) {
		*since = last->until;
		status = g_strcmp0(last->day, day) >= 0 ? STORE_NONE : STORE_OK;
	} else if (status == STORE_NONE) {
		status = STORE_OK;
	}
	digest_free(last);
	return status;
}

static struct letter *
letter_to_owner(struct context *context, const char *day)
{
	struct letter *letter = g_new0(struct letter, 1);

	letter->kind = LETTER_DIGEST;
	letter->to = g_strdup(digest_address(context->config));
	letter->language = g_strdup(context->config->language);
	letter->message_id = letter_message_id(context, LETTER_DIGEST, day);
	letter->planned = context->now;
	letter->items = g_ptr_array_new();
	return letter;
}

enum store_status
digest_queue(struct context *context, int64_t since, const char *day)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
	struct letter *letter = letter_to_owner(context, day);
	struct digest digest = {.since = since, .until = context->now,
	    .day = (char *)(uintptr_t)day};
	json_t *values = NULL;
	enum store_status status = digest_values(context, since, items,
	    &values);

	json_decref(values);
	if (status == STORE_OK)
		status = store_letter_add(context->store, letter);
	digest.letter = letter->id;
	if (status == STORE_OK)
		status = store_digest_add(context->store, &digest, items);
	if (status == STORE_OK)
		status = store_journal_add(context->store,
		    &(struct journal_entry){.at = context->now,
		    .subject = SUBJECT_LETTER, .row = letter->id,
		    .code = (char *)"letter:digest",
		    .text = (char *)"the owner's digest is planned"});
	letter_free(letter);
	return status;
}
