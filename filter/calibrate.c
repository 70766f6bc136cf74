/*
 * calibrate.c - what a probability made of likelihoods was worth in measured
 * worlds, and from where on money may be booked so that no more bookings are
 * wrong than the owner allows. The knots are written by tests/bench/fit.py;
 * between them is a straight line. Pure.
 */
#include "hypotheses.h"

#define KNOTS 9

struct knot {
	double raw, said;	/* probability as weighed, and as it was */
	double wrong;		/* of all from here on at most this part was
				 * wrong (Clopper-Pearson, 95 %) */
};

static const struct knot knots[][KNOTS] = {
    [PATTERN_SAFE] = {
	{0.0000, 0.0000, 0.00106}, {0.5000, 0.5588, 0.00071},
	{0.8000, 0.8485, 0.00053}, {0.9000, 0.9149, 0.00032},
	{0.9500, 0.9928, 0.00032}, {0.9800, 0.9974, 0.00033},
	{0.9900, 0.9996, 0.00033}, {0.9990, 0.9998, 0.00028},
	{1.0000, 0.9999, 0.00845}},
    [PATTERN_ASKED] = {
	{0.0000, 0.0000, 0.07165}, {0.5000, 0.5056, 0.05555},
	{0.8000, 0.7523, 0.01925}, {0.9000, 0.9509, 0.01419},
	{0.9500, 0.9748, 0.01445}, {0.9800, 0.9748, 0.00906},
	{0.9900, 0.9896, 0.00857}, {0.9990, 0.9960, 0.00955},
	{1.0000, 0.9999, 0.77639}},
    [PATTERN_SEVERAL] = {
	{0.0000, 0.3462, 0.23787}, {0.5000, 0.5520, 0.18486},
	{0.8000, 0.5520, 0.16592}, {0.9000, 0.8250, 0.16016},
	{0.9500, 0.8485, 0.15636}, {0.9800, 0.8714, 0.16015},
	{0.9900, 0.8714, 0.16569}, {0.9990, 0.8714, 0.15521},
	{1.0000, 0.8799, 1.00000}},
    [PATTERN_SEVERAL_TEXT] = {
	{0.0000, 0.1333, 0.17609}, {0.5000, 0.5172, 0.16571},
	{0.8000, 0.7778, 0.16372}, {0.9000, 0.8611, 0.15827},
	{0.9500, 0.8836, 0.16136}, {0.9800, 0.8836, 0.16556},
	{0.9900, 0.8836, 0.17061}, {0.9990, 0.8836, 0.24821},
	{1.0000, 0.8836, 1.00000}},
};

const char *
pattern_name(enum certainty pattern)
{
	static const char *const names[] = {
	    [PATTERN_SAFE] = "safe", [PATTERN_ASKED] = "asked",
	    [PATTERN_SEVERAL] = "several",
	    [PATTERN_SEVERAL_TEXT] = "several-text",
	};

	return names[pattern];
}

double
calibrate(enum certainty pattern, double raw)
{
	const struct knot *row = knots[pattern];
	int i = 1;

	while (i < KNOTS - 1 && raw > row[i].raw)
		i++;
	return row[i - 1].said + (row[i].said - row[i - 1].said) *
	    (raw - row[i - 1].raw) / (row[i].raw - row[i - 1].raw);
}

double
calibrate_cut(double errors)
{
	for (int i = 0; i < KNOTS - 1; i++)
		if (knots[PATTERN_SAFE][i].wrong <= errors)
			return knots[PATTERN_SAFE][i].raw;
	return 1;
}
