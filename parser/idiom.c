/*
 * idiom.c - compiles a pattern and finds it: words, stems, alternatives,
 * gaps and slots, by a search that goes back where it has to. Its gaps are
 * short, so that no text takes long.
 */
#include "idiom.h"

#include <string.h>

#include "words.h"

#define STEPS 600	/* of one search: no text of a person needs more */

enum element_kind { ELEMENT_WORD, ELEMENT_GAP, ELEMENT_SLOT, ELEMENT_START };

struct alternative {
	char *text;
	size_t length;
	bool prefix, suffix, exact;
	bool figure;		/* any number that is written in figures */
};

struct element {
	enum element_kind kind;
	bool optional;
	unsigned most;		/* of a gap */
	char *slot;
	struct alternative *alternative;
	unsigned count;
};

/* ---- compiling -------------------------------------------------------------------- */

/* "ä" may be written "ae": one more alternative. */
static char *
spelled_out(const char *word)
{
	static const char *const pairs[][2] = {{"\u00e4", "ae"},
	    {"\u00f6", "oe"}, {"\u00fc", "ue"}};
	g_autoptr(GString) out = g_string_new(word);
	guint done = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		done += g_string_replace(out, pairs[i][0], pairs[i][1], 0);
	return done ? g_strdup(out->str) : NULL;
}

static void
add_alternative(GArray *out, const char *word)
{
	struct alternative one = {0};
	size_t length = strlen(word);
	g_autofree char *plain = NULL, *folded = NULL;

	one.figure = strcmp(word, "N") == 0;
	one.exact = *word == '=';
	word += one.exact;
	length -= one.exact;
	one.suffix = *word == '*';
	word += one.suffix;
	length -= one.suffix;
	one.prefix = length > 0 && word[length - 1] == '*';
	plain = g_strndup(word, length - one.prefix);
	folded = one.exact ? g_utf8_strdown(plain, -1) : words_fold(plain);
	one.text = g_strdup(g_strstrip(folded));
	one.length = strlen(one.text);
	g_array_append_val(out, one);
}

/* "a|b*|<set>" into alternatives; false: a set is not known. */
static bool
add_alternatives(GArray *out, const char *text, GHashTable *sets, int depth)
{
	g_auto(GStrv) words = g_strsplit_set(text, "| ", -1);

	for (char **word = words; *word; word++) {
		size_t length = strlen(*word);
		g_autofree char *other = NULL;

		if (length == 0)
			continue;
		if (**word == '<' && (*word)[length - 1] == '>') {
			g_autofree char *name =
			    g_strndup(*word + 1, length - 2);
			const char *set = g_hash_table_lookup(sets, name);

			if (!set || depth > 4 ||
			    !add_alternatives(out, set, sets, depth + 1))
				return false;
			continue;
		}
		other = spelled_out(*word);
		add_alternative(out, *word);
		if (other)
			add_alternative(out, other);
	}
	return true;
}

static bool
is_slot(const char *word)
{
	return *word == '@' || (g_ascii_isupper(word[0]) && word[1] == '\0');
}

static bool
read_element(const char *word, GHashTable *sets, struct element *element)
{
	g_autofree char *inner = g_strdup(word);
	g_autoptr(GArray) all =
	    g_array_new(FALSE, TRUE, sizeof(struct alternative));
	size_t length = strlen(inner);

	element->optional = length > 2 && *inner == '[' &&
	    inner[length - 1] == ']';
	if (element->optional) {
		inner[length - 1] = '\0';
		memmove(inner, inner + 1, length - 1);
	}
	if (strspn(inner, ".") == strlen(inner)) {
		element->kind = ELEMENT_GAP;
		element->most = strlen(inner) > 2 ? 9 : 4;
	} else if (strcmp(inner, "^") == 0) {
		element->kind = ELEMENT_START;
	} else if (is_slot(inner)) {
		element->kind = ELEMENT_SLOT;
		element->slot = g_strdup(inner);
	} else {
		element->kind = ELEMENT_WORD;
		if (!add_alternatives(all, inner, sets, 0))
			return false;
		element->count = all->len;
		element->alternative = (struct alternative *)(void *)
		    g_array_free(g_steal_pointer(&all), FALSE);
	}
	return true;
}

struct idiom *
idiom_new(const char *text, const char *value, GHashTable *sets,
    const char **why)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	struct idiom *pattern = g_new0(struct idiom, 1);

	pattern->element = g_new0(struct element, g_strv_length(words) + 1);
	pattern->value = g_strdup(value);
	*why = NULL;
	for (char **word = words; *word && !*why; word++) {
		if (!**word)
			continue;
		if (!read_element(*word, sets,
		    &pattern->element[pattern->count]))
			*why = "a set that is not known";
		else if (++pattern->count > IDIOM_MOST)
			*why = "too long a pattern";
	}
	if (!*why && pattern->count == 0)
		*why = "no phrase behind the key";
	else if (!*why && pattern->element[0].kind == ELEMENT_GAP)
		*why = "a pattern begins with a gap";
	if (!*why)
		return pattern;
	idiom_free(pattern);
	return NULL;
}

void
idiom_free(struct idiom *pattern)
{
	if (!pattern)
		return;
	for (unsigned i = 0; i < pattern->count; i++) {
		struct element *element = &pattern->element[i];

		for (unsigned k = 0; k < element->count; k++)
			g_free(element->alternative[k].text);
		g_free(element->alternative);
		g_free(element->slot);
	}
	g_free(pattern->element);
	g_free(pattern->value);
	g_free(pattern);
}

/* ---- finding ----------------------------------------------------------------------- */

static bool
is_word(const struct element *element, const struct token *token)
{
	for (unsigned i = 0; i < element->count; i++) {
		const struct alternative *one = &element->alternative[i];
		const char *text = one->exact ? token->exact : token->text;

		if (!one->suffix && !one->figure && *text != *one->text)
			continue;
		if (one->figure) {
			if (g_ascii_isdigit(*text))
				return true;
		} else if (one->suffix && one->prefix) {
			if (strstr(text, one->text))
				return true;
		} else if (one->suffix) {
			if (g_str_has_suffix(text, one->text))
				return true;
		} else if (strncmp(text, one->text, one->length) == 0 &&
		    (one->prefix || text[one->length] == '\0')) {
			return true;
		}
	}
	return false;
}

struct walk {
	const struct idiom *pattern;
	const struct search *search;
	unsigned first, end;
	struct hit now, *best;
	bool found;
	unsigned steps;
};

static void walk_next(struct walk *walk, unsigned element, unsigned at);

static void
keep(struct walk *walk, unsigned at)
{
	if (walk->found && at <= walk->best->end)
		return;
	walk->found = true;
	*walk->best = walk->now;
	walk->best->end = at;
}

/* May the next word be at a token, coming from the one before? */
static bool
may_go_on(const struct walk *walk, unsigned at)
{
	return at < walk->end && (walk->search->over_marks ||
	    at == walk->now.first ||
	    walk->search->tokens->token[at].before == MARK_NONE);
}

static void
take_word(struct walk *walk, unsigned element, unsigned at)
{
	const struct element *one = &walk->pattern->element[element];

	if (!may_go_on(walk, at) ||
	    !is_word(one, &walk->search->tokens->token[at]))
		return;
	walk->now.own[walk->now.owned++] = at;
	walk_next(walk, element + 1, at + 1);
	walk->now.owned--;
}

static void
take_slot(struct walk *walk, unsigned element, unsigned at)
{
	const struct element *one = &walk->pattern->element[element];
	int value = -1, *kept = NULL, before = -1;
	unsigned taken = may_go_on(walk, at) &&
	    walk->search->slot ? walk->search->slot(
	    walk->search->user, one->slot, at, walk->end, &value) : 0;

	if (taken == 0)
		return;
	if (*one->slot != '@') {
		kept = &walk->now.slot[*one->slot - 'A'];
		before = *kept;
		*kept = value;
	}
	walk_next(walk, element + 1, at + taken);
	if (kept)
		*kept = before;
}

static void
take_gap(struct walk *walk, unsigned element, unsigned at)
{
	unsigned most = walk->pattern->element[element].most;

	for (unsigned n = 0; n <= most && at + n <= walk->end; n++) {
		walk_next(walk, element + 1, at + n);
		if (!may_go_on(walk, at + n))
			break;
	}
}

static void
walk_next(struct walk *walk, unsigned element, unsigned at)
{
	const struct element *one = &walk->pattern->element[element];

	if (walk->steps++ > STEPS)
		return;
	if (element == walk->pattern->count) {
		keep(walk, at);
		return;
	}
	if (one->optional)
		walk_next(walk, element + 1, at);
	switch (one->kind) {
	case ELEMENT_WORD:
		take_word(walk, element, at);
		break;
	case ELEMENT_SLOT:
		take_slot(walk, element, at);
		break;
	case ELEMENT_GAP:
		take_gap(walk, element, at);
		break;
	case ELEMENT_START:
		if (at == walk->first ||
		    walk->search->tokens->token[at].before != MARK_NONE)
			walk_next(walk, element + 1, at);
		break;
	}
}

/* Can it begin there, by its first word? Most cannot, and are seen here. */
static bool
may_begin(const struct element *one, const struct tokens *tokens,
    unsigned first, unsigned at)
{
	if (one->optional)
		return true;
	if (one->kind == ELEMENT_START)
		return at == first || tokens->token[at].before != MARK_NONE;
	return one->kind != ELEMENT_WORD || is_word(one, &tokens->token[at]);
}

static bool
search_from(const struct idiom *pattern, const struct search *search,
    unsigned first, unsigned at, unsigned end, struct hit *hit)
{
	struct walk walk = {.pattern = pattern, .search = search,
	    .first = first, .end = end, .best = hit};

	walk.now.first = at;
	memset(walk.now.slot, 0xff, sizeof walk.now.slot);
	walk_next(&walk, 0, at);
	return walk.found && hit->end > hit->first;
}

bool
idiom_at(const struct idiom *pattern, const struct search *search,
    unsigned first, unsigned at, unsigned end, struct hit *hit)
{
	return may_begin(&pattern->element[0], search->tokens, first, at) &&
	    search_from(pattern, search, first, at, end, hit);
}
