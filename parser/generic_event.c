/*
 * generic_event.c - decides what a mail says: one movement of money, several
 * (a table, repeated blocks, one alert after the other), or nothing that is
 * beyond doubt.
 */
#include "generic_facts.h"

#include <string.h>

#define BIT(key) (1u << ((key) - PHRASE_CREDIT))
#define DAYS_AHEAD 4		/* of a value day behind a weekend */
#define DAYS_ODD 10		/* more is no notice of what happened */

/* Who says one of these does not report a customer's money. */
#define VETO (BIT(PHRASE_REFUND) | BIT(PHRASE_CARD_USE) | \
	BIT(PHRASE_REQUEST) | BIT(PHRASE_FAILED) | BIT(PHRASE_FUTURE) | \
	BIT(PHRASE_OTP) | BIT(PHRASE_MARKETING) | BIT(PHRASE_STATEMENT))
/* Of these, and of the directions, what still counts behind the last fact. */
#define TAIL_VETO (BIT(PHRASE_REFUND) | BIT(PHRASE_REQUEST) | \
	BIT(PHRASE_FAILED) | BIT(PHRASE_FUTURE) | BIT(PHRASE_RETURN))
#define DIRECTIONS (BIT(PHRASE_CREDIT) | BIT(PHRASE_DEBIT))

/* What is said in a range of tokens: a set of BIT(). */
static unsigned
said_in(const struct gfacts *facts, uint32_t first, uint32_t end)
{
	const struct gtext *text = facts->text;
	unsigned set = 0;

	for (uint32_t i = ghits_index(text, first); i < text->hits->len &&
	    HIT(text, i)->first < end; i++) {
		const struct ghit *hit = HIT(text, i);

		if (hit->key >= PHRASE_CREDIT && hit->key <= PHRASE_ADVICE &&
		    !TOKEN(text, hit->first)->masked &&
		    !TOKEN(text, hit->first)->label)
			set |= BIT(hit->key);
	}
	for (guint i = 0; i < facts->said->len; i++) {
		const struct gsaid *said =
		    &g_array_index(facts->said, struct gsaid, i);

		if (said->first >= first && said->end <= end)
			set |= BIT(said->kind);
	}
	return set;
}

/* "Type: Credit": there the heading of a column is a direction. */
static unsigned
said_as_type(const struct gtext *text, const struct gfact *fact)
{
	unsigned set = 0;

	for (uint32_t i = ghits_index(text, fact->first);
	    i < text->hits->len && HIT(text, i)->first < fact->end; i++) {
		if (HIT(text, i)->key == LABEL_CREDIT_AMOUNT)
			set |= BIT(PHRASE_CREDIT);
		if (HIT(text, i)->key == LABEL_DEBIT_AMOUNT)
			set |= BIT(PHRASE_DEBIT);
	}
	return set;
}

/* What the amounts themselves say: sign, column, label. */
static unsigned
said_by_amounts(const struct gtext *text, const GArray *facts)
{
	unsigned set = 0;

	for (guint i = 0; i < facts->len; i++) {
		const struct gfact *fact = FACT(facts, i);
		const struct gamount *amount;

		if (fact->key == LABEL_TYPE)
			set |= said_as_type(text, fact);
		amount = glabel_is_amount(fact->key) ?
		    gvalue_amount(text, fact->first, fact->end) : NULL;
		if (!amount || amount->never)
			continue;
		if (fact->key == LABEL_CREDIT_AMOUNT ||
		    amount->sign == SIGN_PLUS)
			set |= BIT(PHRASE_CREDIT);
		if (fact->key == LABEL_DEBIT_AMOUNT ||
		    amount->sign == SIGN_MINUS)
			set |= BIT(PHRASE_DEBIT);
	}
	return set;
}

/* The kind of event, or -1. */
static int
judge(unsigned set)
{
	/* What is returned has failed, too. */
	if (set & BIT(PHRASE_RETURN))
		return set & VETO & ~BIT(PHRASE_FAILED) ? -1 : EVENT_RETURN;
	if (set & VETO)
		return -1;
	if (set & BIT(PHRASE_ADVICE))
		return EVENT_ADVICE;
	if ((set & DIRECTIONS) == BIT(PHRASE_CREDIT))
		return EVENT_CREDIT;
	return (set & DIRECTIONS) == BIT(PHRASE_DEBIT) ? EVENT_DEBIT : -1;
}

/* Day and month the other way round. */
static int32_t
swapped(const char *day)
{
	char other[DAY_SIZE];

	g_snprintf(other, sizeof other, "%.4s-%.2s-%.2s", day, day + 8,
	    day + 5);
	return MAX(day_number(other), 0);	/* 0: there is no such day */
}

/* How many days a day of the event lies behind the mail, where that is more
 * than a notice of what happened has; else 0. */
static int32_t
days_ahead(const struct gtext *text, const struct event *event)
{
	static const enum event_field days[] = {EVENT_BOOKED, EVENT_VALUE};
	int32_t now = day_number(text->mail->date ? text->mail->date : "");

	if (now < 365 * 30)	/* a date that no mail has */
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		const char *day = event_get(event, days[i]);

		if (!day || day_number(day) <= now + (int)i * DAYS_AHEAD + 1)
			continue;
		if (ABS(swapped(day) - now) <= DAYS_AHEAD)
			return 1;	/* day and month may be exchanged */
		return day_number(day) - now;
	}
	return 0;
}

/* "Fwd: ...": a person sends a notice on. It says what that person says. */
static bool
is_sent_on(const struct gtext *text)
{
	static const char *const marks[] = {"fw", "fwd", "wg", "tr", "rv", "enc",
	    "doorst", "vl", "vb", "pd", "i", NULL};
	const char *subject = text->mail->subject, *colon;
	g_autofree char *mark = NULL;

	colon = subject ? strchr(subject, ':') : NULL;
	if (!colon || colon - subject > 6)
		return false;
	mark = g_ascii_strdown(subject, colon - subject);
	return g_strv_contains(marks, g_strstrip(mark));
}

static bool
add_event(const struct gfacts *facts, const GArray *found, unsigned set,
    GPtrArray *events)
{
	int kind = judge(set);
	struct event *event;

	if (kind < 0)
		return false;
	if (is_sent_on(facts->text))
		kind = EVENT_ADVICE;
	event = event_new((enum event_kind)kind);
	if (!gfields_set(facts->text, found, event) ||
	    days_ahead(facts->text, event) > DAYS_ODD) {
		event_free(event);	/* what will be has not happened */
		return false;
	}
	if (days_ahead(facts->text, event) > 0)
		event_refuse(event, "booked", "later than the mail");
	g_ptr_array_add(events, event);
	return true;
}

/* ---- several ----------------------------------------------------------------- */

/* Where some amounts have a minus, those without a sign came in. */
static bool
has_minus(const struct gtext *text, const GPtrArray *moves)
{
	for (guint i = 0; i < moves->len; i++)
		if (said_by_amounts(text,
		    ((struct gmove *)moves->pdata[i])->facts) ==
		    BIT(PHRASE_DEBIT))
			return true;
	return false;
}

static void
add_moves(const struct gfacts *facts, const GPtrArray *moves,
    GPtrArray *events)
{
	const struct gmove *first = moves->pdata[0];
	unsigned head = said_in(facts, 0, first->first);
	bool is_signed = moves == facts->rows &&
	    has_minus(facts->text, moves);

	for (guint i = 0; i < moves->len; i++) {
		const struct gmove *move = moves->pdata[i];
		unsigned own = said_in(facts, move->first, move->end) |
		    said_by_amounts(facts->text, move->facts);

		if (move->kind > 0)
			own |= BIT(move->kind);
		if (is_signed && !(own & (DIRECTIONS | BIT(PHRASE_RETURN))))
			own |= BIT(PHRASE_CREDIT);
		/* The heading says where all went, unless a row does. */
		if (own & (DIRECTIONS | BIT(PHRASE_RETURN)))
			own |= head & VETO & ~BIT(PHRASE_STATEMENT);
		else
			own |= head;
		add_event(facts, move->facts, own, events);
	}
}

/* ---- one --------------------------------------------------------------------- */

static uint32_t
last_used(const struct gfacts *facts)
{
	const struct gtext *text = facts->text;
	uint32_t last = text->body, sentence;

	for (uint32_t i = text->body; i < text->end; i++)
		if (TOKEN(text, i)->used)
			last = i;
	for (guint i = 0; i < facts->rows->len; i++)
		last = MAX(last, ((struct gmove *)facts->rows->pdata[i])->end);
	if (last >= text->end)
		return text->end;
	sentence = TOKEN(text, last)->sentence;
	while (last < text->end && TOKEN(text, last)->sentence == sentence)
		last++;
	return last;
}

static void
append_facts(GArray *all, const GArray *facts)
{
	g_array_append_vals(all, facts->data, facts->len);
}

static bool
has_amount(const struct gtext *text, const GArray *facts)
{
	for (guint i = 0; i < facts->len; i++) {
		const struct gfact *fact = FACT(facts, i);
		const struct gamount *amount = glabel_is_amount(fact->key) ?
		    gvalue_amount(text, fact->first, fact->end) : NULL;

		if (amount && !amount->never && !fact->weak)
			return true;
	}
	return false;
}

/* An amount and nothing else: no payer, no account, no day, no reference. Such
 * a notice says less than an offer does, so that the words of an offer count
 * wherever they stand. */
static bool
is_bare(const GArray *facts)
{
	for (guint i = 0; i < facts->len; i++) {
		const struct gfact *fact = FACT(facts, i);

		if (fact->key <= LABEL_VALUE && fact->key != LABEL_UNIT &&
		    !glabel_is_amount(fact->key))
			return false;
	}
	return true;
}

/* Labelled facts, rows, and the sentences that say what moved; sentences that
 * only hold an amount when there is no other. */
static void
add_one(const struct gfacts *facts, GPtrArray *events)
{
	const struct gtext *text = facts->text;
	g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(struct gfact));
	uint32_t tail = last_used(facts);
	unsigned set = said_in(facts, 0, tail) |
	    (said_in(facts, tail, text->end) & TAIL_VETO);

	append_facts(all, facts->facts);
	for (guint i = 0; i < facts->rows->len; i++)
		append_facts(all,
		    ((struct gmove *)facts->rows->pdata[i])->facts);
	for (guint i = 0; i < facts->sentences->len; i++) {
		const struct gmove *move = facts->sentences->pdata[i];

		if (move->kind)
			append_facts(all, move->facts);
	}
	if (!has_amount(text, all))
		for (guint i = 0; i < facts->sentences->len; i++) {
			const struct gmove *move = facts->sentences->pdata[i];

			if (!move->kind)
				append_facts(all, move->facts);
		}
	if (is_bare(all))
		set |= said_in(facts, tail, text->tokens->len) & VETO;
	if (!(set & DIRECTIONS))	/* only the subject's, or the tail's */
		set |= said_in(facts, tail, text->end) & DIRECTIONS;
	set |= said_by_amounts(text, all);
	add_event(facts, all, set, events);
}

/* ---- which ------------------------------------------------------------------- */

/* Amounts under labels that come again and again, each in a block of its own:
 * every block begins with the same label. */
static GPtrArray *
find_blocks(struct gfacts *facts, GDestroyNotify free_move)
{
	GPtrArray *blocks = g_ptr_array_new_with_free_func(free_move);
	const GArray *all = facts->facts;
	int first = all->len ? FACT(all, 0)->key : -1;
	struct gmove *move = NULL;
	guint amounts = 0;

	for (guint i = 0; i < all->len; i++) {
		const struct gfact *fact = FACT(all, i);

		if (!move || fact->key == first)
			move = gmove_new(blocks, fact->label, fact->end);
		move->end = fact->end;
		g_array_append_val(move->facts, *fact);
		amounts += glabel_is_amount(fact->key);
	}
	for (guint i = 0; i < blocks->len; i++)
		if (!has_amount(facts->text,
		    ((struct gmove *)blocks->pdata[i])->facts))
			amounts = 0;
	if (blocks->len < 2 || amounts != blocks->len || all->len < 4)
		g_ptr_array_set_size(blocks, 0);
	return blocks;
}

static bool
is_equal_amount(const struct gtext *text, const struct gmove *a,
    const struct gmove *b)
{
	const struct gamount *x = NULL, *y = NULL;

	for (guint i = 0; i < a->facts->len && !x; i++)
		if (glabel_is_amount(FACT(a->facts, i)->key))
			x = gvalue_amount(text, FACT(a->facts, i)->first,
			    FACT(a->facts, i)->end);
	for (guint i = 0; i < b->facts->len && !y; i++)
		if (glabel_is_amount(FACT(b->facts, i)->key))
			y = gvalue_amount(text, FACT(b->facts, i)->first,
			    FACT(b->facts, i)->end);
	return x && y && strcmp(x->digits, y->digits) == 0;
}

/* Sentences that each say an amount and where it went, and no labels: one
 * alert after the other. Two about one amount are the same. */
static GPtrArray *
find_alerts(const struct gfacts *facts)
{
	GPtrArray *alerts = g_ptr_array_new();

	for (guint i = 0; i < facts->sentences->len &&
	    !has_amount(facts->text, facts->facts); i++) {
		struct gmove *move = facts->sentences->pdata[i];

		if (!move->kind || !has_amount(facts->text, move->facts) ||
		    move->first < facts->text->body)
			continue;
		for (guint k = 0; k < alerts->len; k++)
			if (is_equal_amount(facts->text, move,
			    alerts->pdata[k]) || move->first <
			    ((struct gmove *)alerts->pdata[k])->end) {
				g_ptr_array_set_size(alerts, 0);
				return alerts;
			}
		g_ptr_array_add(alerts, move);
	}
	return alerts;
}

static void
free_move(gpointer data)
{
	struct gmove *move = data;

	g_array_unref(move->facts);
	g_free(move);
}

void
gevents_add(struct gfacts *facts, GPtrArray *events)
{
	g_autoptr(GPtrArray) blocks = find_blocks(facts, free_move);
	g_autoptr(GPtrArray) alerts = find_alerts(facts);

	if (facts->rows->len >= 2)
		add_moves(facts, facts->rows, events);
	else if (blocks->len >= 2)
		add_moves(facts, blocks, events);
	else if (alerts->len >= 2)
		add_moves(facts, alerts, events);
	else
		add_one(facts, events);
}
