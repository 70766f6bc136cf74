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
	{0.0000, 0.0000, 0.00135}, {0.5000, 0.4444, 0.00080},
	{0.8000, 0.9500, 0.00080}, {0.9000, 0.9500, 0.00065},
	{0.9500, 0.9817, 0.00065}, {0.9800, 0.9989, 0.00050},
	{0.9900, 0.9989, 0.00032}, {0.9990, 0.9999, 0.00044},
	{1.0000, 0.9999, 0.16157}},
    [PATTERN_ASKED] = {
	{0.0000, 0.3457, 0.10243}, {0.5000, 0.5020, 0.04593},
	{0.8000, 0.8952, 0.02146}, {0.9000, 0.9561, 0.01886},
	{0.9500, 0.9632, 0.01576}, {0.9800, 0.9796, 0.00872},
	{0.9900, 0.9949, 0.01126}, {0.9990, 0.9949, 0.02119},
	{1.0000, 0.9999, 1.00000}},
    [PATTERN_SEVERAL] = {
	{0.0000, 0.0000, 0.28413}, {0.5000, 0.0833, 0.27865},
	{0.8000, 0.4471, 0.27320}, {0.9000, 0.7048, 0.26360},
	{0.9500, 0.7226, 0.26158}, {0.9800, 0.7226, 0.26396},
	{0.9900, 0.7226, 0.26573}, {0.9990, 0.7692, 0.22872},
	{1.0000, 0.8017, 1.00000}},
    [PATTERN_SEVERAL_TEXT] = {
	{0.0000, 0.0000, 0.21193}, {0.5000, 0.6600, 0.21245},
	{0.8000, 0.6600, 0.20917}, {0.9000, 0.8222, 0.20789},
	{0.9500, 0.8295, 0.21436}, {0.9800, 0.8295, 0.21219},
	{0.9900, 0.8295, 0.22269}, {0.9990, 0.8295, 0.27018},
	{1.0000, 0.8295, 1.00000}},
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
