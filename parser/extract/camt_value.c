/*
 * camt_value.c - amounts and days as ISO 20022 writes them.
 */
#include "camt.h"

#include <string.h>

/* Noughts behind the currency's digits ("8.85000") are left away. */
static char *
plain_amount(const char *text, const char *currency)
{
	char *plain = g_strdup(text), *point = strchr(plain, '.');
	int digits = money_digits(currency);

	if (point && digits >= 0) {
		size_t keep = (size_t)digits + 1, length = strlen(point);

		while (length > keep && point[length - 1] == '0')
			point[--length] = '\0';
		if (strcmp(point, ".") == 0)
			*point = '\0';
	}
	return plain;
}

bool
camt_read_amount(const struct node *amount, int64_t *minor, const char **currency)
{
	g_autofree char *plain = NULL;

	if (!amount || !amount->currency)
		return false;
	plain = plain_amount(amount->text->str, amount->currency);
	*currency = amount->currency;
	return money_parse(plain, amount->currency, minor) && *minor >= 0;
}

bool
camt_amount(const struct node *node, int64_t *minor, const char **currency)
{
	const char *sign = node_text(node, "CdtDbtInd");

	if (!sign || !camt_read_amount(node_find(node, "Amt"), minor, currency))
		return false;
	if (strcmp(sign, "DBIT") == 0)
		*minor = -*minor;
	return *sign == 'C' || *sign == 'D';
}

char *
camt_day(const struct node *node, const char *path)
{
	const struct node *date = node_find(node, path);
	const char *text = date ? node_text(date, "Dt") : NULL;
	g_autofree char *day = NULL;

	if (date && !text)
		text = node_text(date, "DtTm");
	day = text ? g_strndup(text, DAY_SIZE - 1) : NULL;
	return day && day_number(day) != G_MININT32 ? g_steal_pointer(&day) :
	    NULL;
}
