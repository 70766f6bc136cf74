/*
 * labels_index.c - the vocabularies as they are looked up: one hash table from
 * words to numbers, one from (node, word) to the next node of a tree of words.
 *
 * Words are known by a 64-bit hash alone: two words of the vocabularies that
 * collide would be a bad line in no test, a chance of one in 10^11.
 */
#include "labels_index.h"

#include <string.h>

/* ---- hash tables ------------------------------------------------------------- */

static void
table_init(struct labels_table *table, uint32_t size)
{
	table->keys = g_new0(uint64_t, size);
	table->values = g_new0(uint32_t, size);
	table->size = size;
	table->used = 0;
}

static uint64_t
mix(uint64_t key)
{
	key ^= key >> 32;
	key *= UINT64_C(0x9e3779b97f4a7c15);
	return key ^ key >> 29;
}

/* The place of a key, or the free one where it belongs. */
static unsigned
table_place(const struct labels_table *table, uint64_t key)
{
	unsigned at = (unsigned)mix(key) & (table->size - 1);

	while (table->values[at] && table->keys[at] != key)
		at = (at + 1) & (table->size - 1);
	return at;
}

static unsigned
table_get(const struct labels_table *table, uint64_t key)
{
	return table->values[table_place(table, key)];
}

static void
table_grow(struct labels_table *table)
{
	struct labels_table old = *table;

	table_init(table, old.size * 2);
	for (unsigned i = 0; i < old.size; i++) {
		unsigned at;

		if (!old.values[i])
			continue;
		at = table_place(table, old.keys[i]);
		table->keys[at] = old.keys[i];
		table->values[at] = old.values[i];
	}
	table->used = old.used;
	g_free(old.keys);
	g_free(old.values);
}

/* The number of a key; a new one gets `fresh`. */
static unsigned
table_add(struct labels_table *table, uint64_t key, unsigned fresh)
{
	unsigned at;

	if (table->used * 4 > table->size * 3)
		table_grow(table);
	at = table_place(table, key);
	if (!table->values[at]) {
		table->keys[at] = key;
		table->values[at] = fresh;
		table->used++;
	}
	return table->values[at];
}

/* ---- making ------------------------------------------------------------------ */

struct labels *
labels_new(void)
{
	struct labels *labels = g_new0(struct labels, 1);
	struct labels_entry nothing = {0};
	uint32_t none = 0;

	table_init(&labels->words, 8192);
	table_init(&labels->steps, 16384);
	labels->languages_own = g_array_new(FALSE, TRUE,
	    sizeof(struct labels_language));
	labels->heads_own = g_array_sized_new(FALSE, TRUE, sizeof(uint32_t),
	    8192);
	g_array_append_val(labels->heads_own, none);	/* no node */
	g_array_append_val(labels->heads_own, none);	/* the root */
	labels->entries_own = g_array_sized_new(FALSE, FALSE,
	    sizeof(struct labels_entry), 8192);
	g_array_append_val(labels->entries_own, nothing);
	labels->codes_own = g_array_new(FALSE, TRUE,
	    sizeof(struct labels_code));
	labels->sentences_own = g_array_new(FALSE, TRUE,
	    sizeof(struct labels_sentence));
	labels->parts_own = g_array_new(FALSE, TRUE,
	    sizeof(struct labels_part));
	labels->scratch = g_array_new(FALSE, FALSE, sizeof(unsigned));
	labels_seal(labels);
	return labels;
}

void
labels_seal(struct labels *labels)
{
	labels->languages = (void *)labels->languages_own->data;
	labels->language_count = labels->languages_own->len;
	labels->heads = (void *)labels->heads_own->data;
	labels->entries = (void *)labels->entries_own->data;
	labels->codes = (void *)labels->codes_own->data;
	labels->sentences = (void *)labels->sentences_own->data;
	labels->parts = (void *)labels->parts_own->data;
}

int
labels_add_language(struct labels *labels, const char *name)
{
	struct labels_language fresh = {0};
	unsigned i = 0;

	if (strlen(name) < 2 || strlen(name) > 3)
		return -1;
	while (i < labels->language_count &&
	    strcmp(labels->languages[i].name, name) != 0)
		i++;
	if (i == LABELS_LANGUAGES)
		return -1;
	if (i == labels->language_count) {
		g_strlcpy(fresh.name, name, sizeof(fresh.name));
		g_array_append_val(labels->languages_own, fresh);
		labels_seal(labels);
	}
	return (int)i;
}

/* FNV-1a, 64 bits. */
static uint64_t
hash_word(const char *folded, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)folded[i]) *
		    UINT64_C(0x100000001b3);
	return hash;
}

unsigned
labels_add_word(struct labels *labels, const char *folded, size_t length)
{
	return table_add(&labels->words, hash_word(folded, length),
	    labels->words.used + 1);
}

static uint64_t
step_key(unsigned node, unsigned word)
{
	return (uint64_t)node << 32 | word;
}

static unsigned
add_step(struct labels *labels, unsigned node, unsigned word)
{
	uint32_t none = 0;
	unsigned next = table_add(&labels->steps, step_key(node, word),
	    labels->heads_own->len);

	if (next == labels->heads_own->len)
		g_array_append_val(labels->heads_own, none);
	return next;
}

void
labels_add_entry(struct labels *labels, const unsigned *words, unsigned count,
    const struct labels_entry *entry)
{
	struct labels_entry copy = *entry;
	unsigned node = LABELS_ROOT;
	uint32_t *head;

	for (unsigned i = 0; i < count; i++)
		node = add_step(labels, node, words[i]);
	head = &g_array_index(labels->heads_own, uint32_t, node);
	for (unsigned i = *head; i; i = g_array_index(labels->entries_own,
	    struct labels_entry, i).next) {
		const struct labels_entry *old = &g_array_index(
		    labels->entries_own, struct labels_entry, i);

		if (old->key == copy.key && old->extra == copy.extra &&
		    old->language == copy.language)
			return;
	}
	copy.next = *head;
	*head = labels->entries_own->len;
	g_array_append_val(labels->entries_own, copy);
}

uint16_t
labels_add_code(struct labels *labels, const char *code)
{
	struct labels_code fresh = {""};
	guint i = 0;

	while (i < labels->codes_own->len && strcmp(g_array_index(
	    labels->codes_own, struct labels_code, i).text, code) != 0)
		i++;
	g_strlcpy(fresh.text, code, sizeof(fresh.text));
	if (i == labels->codes_own->len)
		g_array_append_val(labels->codes_own, fresh);
	return (uint16_t)i;
}

uint16_t
labels_add_sentence(struct labels *labels,
    const struct labels_sentence *sentence, const struct labels_part *parts)
{
	struct labels_sentence copy = *sentence;

	copy.parts = labels->parts_own->len;
	g_array_append_vals(labels->parts_own, parts, copy.count);
	g_array_append_val(labels->sentences_own, copy);
	return (uint16_t)(labels->sentences_own->len - 1);
}

/* ---- finding ----------------------------------------------------------------- */

unsigned
labels_count_languages(const struct labels *labels)
{
	return labels->language_count;
}

const struct labels_language *
labels_language(const struct labels *labels, unsigned index)
{
	return &labels->languages[index];
}

unsigned
labels_word(const struct labels *labels, const char *folded, size_t length)
{
	return table_get(&labels->words, hash_word(folded, length));
}

unsigned
labels_step(const struct labels *labels, unsigned node, unsigned word)
{
	return word ? table_get(&labels->steps, step_key(node, word)) : 0;
}

const struct labels_entry *
labels_first(const struct labels *labels, unsigned node)
{
	return labels->heads[node] ? &labels->entries[labels->heads[node]] :
	    NULL;
}

const struct labels_entry *
labels_next(const struct labels *labels, const struct labels_entry *entry)
{
	return entry->next ? &labels->entries[entry->next] : NULL;
}

const char *
labels_code(const struct labels *labels, unsigned extra)
{
	return labels->codes[extra].text;
}

const struct labels_sentence *
labels_sentence(const struct labels *labels, unsigned extra)
{
	return &labels->sentences[extra];
}

const struct labels_part *
labels_parts(const struct labels *labels,
    const struct labels_sentence *sentence)
{
	return labels->parts + sentence->parts;
}
