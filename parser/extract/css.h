/*
 * css.h - as much of CSS as tells whether text can be seen.
 */
#ifndef CSS_H
#define CSS_H

#include <glib.h>
#include <stdbool.h>

/* What an element inherits and what its style says. Colours are 0xRRGGBB,
 * CSS_UNKNOWN when they cannot be told. */
#define CSS_UNKNOWN (-1)
#define CSS_TRANSPARENT (-2)

struct look {
	bool gone;		/* it and all in it is not shown */
	bool invisible;		/* visibility: may be undone inside */
	bool tiny;		/* letters of no size: may be undone inside */
	bool reversed;		/* letters run against their order */
	int color, background;
};

/* The look of a root element: black on white. */
extern const struct look look_root;

/* The declarations of a style attribute or rule, as far as they matter. */
struct style;

struct style *style_new(const char *declarations);
void style_free(struct style *style);	/* NULL allowed */
bool style_is_idle(const struct style *style);	/* changes no look */
void style_apply(const struct style *style, struct look *look);
/* The attributes that style without CSS: color and bgcolor. */
void look_set_color(struct look *look, const char *value);
void look_set_background(struct look *look, const char *value);
/* Can text with this look be seen? */
bool look_is_visible(const struct look *look);

/* Does a text begin with a number? Thousandths of it; *rest (may be NULL) is
 * its unit. */
bool css_starts_number(const char *text);
int css_read_number(const char *text, const char **rest);

/* Lower case, comments out, escapes written out (they could spell a name).
 * The caller frees. */
char *css_clean(const char *css);

/* Rules of <style> blocks: of a tag, .class or #id, the last compound of each
 * selector. What stands in @media for small screens or for paper is left out:
 * it is not for this screen. */
struct rules;

struct rules *rules_new(void);
void rules_free(struct rules *rules);	/* NULL allowed */
void rules_add(struct rules *rules, const char *css);
void rules_apply(struct rules *rules, struct look *look,
    const char *tag, const char *classes, const char *id);

#endif
