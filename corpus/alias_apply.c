/* The rules that an alias file has for a mention's key are next to each other; what they say comes
 * in the order of ocs_alias_part. */
#include "corpus/alias_internal.h"

typedef struct applier {
    const ocs_aliases *aliases;
    ocs_arena *arena;
    ocs_document *document;
    ocs_tokens tokens; /* of the text, where a rule asks for words */
    bool cut, failed;
} applier;

/* ---- conditions ---- */

static bool below(ocs_str path, ocs_str folder)
{
    if (!ocs_str_starts(path, folder))
        return false;
    return path.n == folder.n || path.p[folder.n] == '/' || ocs_str_eq(folder, OCS_STR("/"));
}

/* Within one paragraph. */
static bool words_at(const ocs_tokens *text, size_t at, const ocs_tokens *words)
{
    if (words->n > text->n - at)
        return false;
    for (size_t i = 0; i < words->n; i++)
        if (text->at[at + i].hash != words->at[i].hash ||
            (i > 0 && (text->at[at + i].gap & OCS_GAP_LINE)))
            return false;
    return true;
}

static bool text_has(applier *a, ocs_str value)
{
    ocs_tokens words;
    if (!a->cut && !ocs_tokenize(a->arena, a->document->text, &a->tokens))
        a->failed = true;
    a->cut = true;
    if (a->failed || !ocs_tokenize(a->arena, value, &words)) {
        a->failed = true;
        return false;
    }
    for (size_t i = 0; i < a->tokens.n; i++)
        if (words_at(&a->tokens, i, &words))
            return true;
    return false;
}

static bool holds(applier *a, const ocs_alias_rule *rule)
{
    switch (rule->when) {
    case OCS_WHEN_PATH:
        return below(a->document->path, rule->value);
    case OCS_WHEN_WORD:
        return text_has(a, rule->value);
    case OCS_WHEN_ID:
        return ocs_str_eq(a->document->id, rule->value);
    }
    return false;
}

/* ---- mentions ---- */

/* What becomes of a key; false: it is blocked.  Empty ${name}: it stays. */
static bool resolve(applier *a, ocs_mention_type type, ocs_str *key, ocs_str *name)
{
    size_t n;
    const ocs_alias_entry *entry = ocs_aliases_find(a->aliases, type, *key, &n);
    for (size_t i = 0; entry && i < n; i++) {
        const ocs_alias_rule *rule = &a->aliases->rules.at[entry[i].rule];
        if (entry[i].part == OCS_ALIAS_BLOCKED)
            return false;
        if (entry[i].part == OCS_ALIAS_SPLIT_UP && !holds(a, rule))
            continue;
        *key = rule->key;
        *name = rule->name;
        return true;
    }
    return true;
}

static bool keep_mention(applier *a, ocs_mention *mention)
{
    ocs_str name = {0};
    if (mention->type == OCS_MENTION_COUNTRY || mention->type == OCS_MENTION_DATE)
        return true;
    if (!resolve(a, mention->type, &mention->key, &name))
        return false;
    if (name.n > 0)
        mention->name = name;
    return true;
}

/* What was nested in a mention that is gone stands for itself. */
static void free_orphans(ocs_document *document)
{
    size_t reach = 0;
    for (size_t i = 0; i < document->n_mentions; i++) {
        ocs_mention *mention = &document->mentions[i];
        if (mention->nested && mention->at.to > reach)
            mention->nested = false;
        if (!mention->nested && mention->at.to > reach)
            reach = mention->at.to;
    }
}

static void apply_mentions(applier *a)
{
    ocs_document *document = a->document;
    size_t n = 0;
    for (size_t i = 0; i < document->n_mentions; i++) {
        ocs_mention mention = document->mentions[i];
        if (keep_mention(a, &mention))
            document->mentions[n++] = mention;
    }
    if (n == document->n_mentions)
        return;
    document->n_mentions = n;
    free_orphans(document);
}

/* Places that the page's labels state keep their words and change their key. */
static void apply_places(applier *a)
{
    ocs_facts *places = &a->document->places;
    size_t n = 0;
    for (size_t i = 0; i < places->n; i++) {
        ocs_fact fact = places->at[i];
        ocs_str name = {0};
        if (fact.key.n == 0 || resolve(a, OCS_MENTION_PLACE, &fact.key, &name))
            places->at[n++] = fact;
    }
    places->n = n;
}

bool ocs_aliases_apply(const ocs_aliases *aliases, ocs_arena *arena, ocs_document *document)
{
    applier a = {.aliases = aliases, .arena = arena, .document = document};
    if (!aliases || aliases->entries.n == 0)
        return true;
    apply_mentions(&a);
    apply_places(&a);
    return !a.failed;
}

bool ocs_aliases_blocked(const ocs_aliases *aliases, ocs_mention_type type, ocs_str key)
{
    size_t n;
    const ocs_alias_entry *entry = aliases ? ocs_aliases_find(aliases, type, key, &n) : NULL;
    return entry && entry->part == OCS_ALIAS_BLOCKED;
}
