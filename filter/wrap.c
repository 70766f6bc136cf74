/*
 * wrap.c - a sentence as a point of a list, in lines that fit a terminal.
 */
#include "print.h"

#include <stdio.h>

#define WIDTH 79

void
print_point(const char *mark, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
	int column = 0;

	printf("  %s", mark);
	for (char **word = words; *word; word++) {
		int width = text_width(*word);

		if (!width)
			continue;
		if (column && 3 + column + 1 + width > WIDTH) {
			printf("\n   ");
			column = 0;
		}
		printf(" %s", *word);
		column += 1 + width;
	}
	putchar('\n');
}
