/*
 * guard.c - the ladder that every automatic mail passes, when it is planned
 * and again right before it is handed over: the first gate that is shut is
 * the reason. Pure; guard_facts.c reads the facts.
 */
#include "remind.h"

static const char *const names[] = {
    [GATE_OPEN] = "open",
    [GATE_PAID] = "paid",
    [GATE_ANNOUNCED] = "announced",
    [GATE_POSSIBLE_PAYMENT] = "possible-payment",
    [GATE_STALE_FEED] = "feed-stale",
    [GATE_BANK_LAG] = "bank-lag",
    [GATE_HOLD] = "hold",
    [GATE_UNDELIVERED] = "undelivered",
    [GATE_WINDOW] = "window",
    [GATE_CUSTOMER_CAP] = "customer-cap",
    [GATE_MINIMUM] = "minimum",
    [GATE_RECIPIENT] = "recipient",
};

const char *
gate_name(enum gate gate)
{
	return (size_t)gate < G_N_ELEMENTS(names) ? names[gate] : "unknown";
}

/* Is the money there, on its way, or maybe on its way? */
static enum gate
check_money(const struct guard_facts *facts)
{
	if (facts->open <= 0)
		return GATE_PAID;
	if (facts->open - facts->announced <= 0)
		return GATE_ANNOUNCED;
	if (facts->possible_payment)
		return GATE_POSSIBLE_PAYMENT;
	if (facts->before_due)
		return GATE_OPEN;
	if (!facts->feed_known || !facts->feed_fresh)
		return GATE_STALE_FEED;
	if (!facts->lag_over)
		return GATE_BANK_LAG;
	return GATE_OPEN;
}

static enum gate
check_reminder(const struct guard_facts *facts)
{
	enum gate gate = check_money(facts);

	if (gate != GATE_OPEN)
		return gate;
	if (facts->on_hold)
		return GATE_HOLD;
	if (facts->undelivered)
		return GATE_UNDELIVERED;
	if (!facts->in_window)
		return GATE_WINDOW;
	if (facts->sent_today >= facts->daily_cap)
		return GATE_CUSTOMER_CAP;
	if (facts->open - facts->announced < facts->minimum)
		return GATE_MINIMUM;
	return GATE_OPEN;
}

enum gate
guard_check(const struct guard_facts *facts)
{
	if (facts->is_reminder) {
		enum gate gate = check_reminder(facts);

		if (gate != GATE_OPEN)
			return gate;
	} else if (facts->stopped) {
		return GATE_HOLD;
	} else if (facts->undelivered) {
		return GATE_UNDELIVERED;
	}
	if (!facts->recipient_safe)
		return GATE_RECIPIENT;
	return GATE_OPEN;
}
