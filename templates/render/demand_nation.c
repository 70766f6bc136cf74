/*
 * demand_nation.c - rules that Peppol has for sellers of one country.
 */
#include "demand.h"

#include <string.h>

char *
demand_nation(const json_t *view)
{
	(void)view;
	return NULL;
}
