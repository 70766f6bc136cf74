/*
 * letter_instalments.c - what letters about instalments say: the plan with its
 * parts, and the one that is to be paid next (mailfilter-template(7)).
 */
#include "letter_values.h"

#include "instalments.h"
#include "print.h"

static json_t *
part_values(const struct instalments_case *one,
    const struct instalment *part)
{
	json_t *out = json_object();

	json_object_set_new(out, "number", json_integer(part->number));
	json_put(out, "due", part->due);
	values_money(out, "amount", part->amount, one->plan->currency);
	json_object_set_new(out, "is_paid", json_boolean(instalments_left(
	    one->plan, part->number, one->progress.covered) == 0));
	return out;
}

static json_t *
plan_values(const struct values *values, const struct instalments_case *one)
{
	json_t *out = json_object(), *parts = json_array();
	int64_t overdue = instalments_overdue(one->plan, one->today,
	    one->progress.covered);

	values_money(out, "total", one->progress.total, one->plan->currency);
	for (guint i = 0; i < one->plan->parts->len; i++)
		json_array_append_new(parts, part_values(one,
		    one->plan->parts->pdata[i]));
	json_object_set_new(out, "parts", parts);
	if (values->letter->kind != LETTER_AGREEMENT)
		json_put(out, "until",
		    one->plan->state == INSTALMENTS_OFFERED ?
		    one->plan->expires : NULL);
	if (values->letter->kind == LETTER_INSTALMENT &&
	    overdue > instalments_left(one->plan, values->letter->instalment,
	    one->progress.covered))
		values_money(out, "overdue", overdue, one->plan->currency);
	return out;
}

static void
put_part(const struct values *values, const struct instalments_case *one,
    json_t *out)
{
	const struct instalment *part =
	    one->plan->parts->pdata[values->letter->instalment - 1];
	int32_t late = one->today - day_number(part->due);
	json_t *object = json_object();

	json_object_set_new(object, "number", json_integer(part->number));
	json_put(object, "due", part->due);
	values_money(object, "amount", part->amount, one->plan->currency);
	values_money(object, "balance", instalments_left(one->plan,
	    part->number, one->progress.covered), one->plan->currency);
	json_object_set_new(object, "is_overdue", json_boolean(late > 0));
	if (late > 0)
		json_object_set_new(object, "days_overdue",
		    json_integer(late));
	json_object_set_new(out, "part", object);
	json_object_set_new(out, "is_overdue", json_boolean(late > 0));
}

enum store_status
values_instalments(const struct values *values, json_t *out)
{
	struct instalments_case one;
	int number = values->letter->instalment;
	enum store_status status = STORE_OK;

	if (!values->letter->instalments)
		return STORE_OK;
	status = instalments_case_of(values->context,
	    values->letter->instalments, &one);
	if (status != STORE_OK)
		return status;
	json_object_set_new(out, "plan", plan_values(values, &one));
	if (number > 0 && number <= (int)one.plan->parts->len)
		put_part(values, &one, out);
	instalments_case_clear(&one);
	return STORE_OK;
}
