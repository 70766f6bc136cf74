/*
 * told.c - several invoices that the text tells by their days or months
 * ("August and September", "3rd quarter") and that the money pays exactly.
 * Pure.
 */
#include "hypotheses.h"

void
told_add(const struct case_file *file, const struct set *open, GPtrArray *out)
{
	struct set told = {.n = 0};
	struct hypothesis *one;

	for (guint i = 0; i < open->n; i++)
		if (open->items[i]->dated >= DATED_FAINT)
			set_add(file, &told, open->items[i]);
	if (told.n < 2 ||
	    (told.sum != file->paid && told.discounted != file->paid))
		return;
	one = hypothesis_of_set(file, &told, AMOUNT_DATED);
	hypothesis_finish(file, one, 1, out);
}
