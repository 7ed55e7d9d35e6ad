/* What mentions add to a record: the kind of thing at the mention's first word, its key, and every
 * word by which it may be asked for. */
#include "index/draft.h"

/* The first word that reaches beyond byte ${from} of the text; words.n when there is none. */
static size_t word_at(const ocs_words *words, size_t from)
{
    size_t low = 0, high = words->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->at[middle].at.to > from)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static uint32_t position_at(const ocs_draft *draft, ocs_span at)
{
    size_t i = word_at(&draft->words, at.from);
    bool inside = i < draft->words.n && draft->words.at[i].at.from < at.to;
    return inside ? draft->words.at[i].position : OCS_NOWHERE;
}

static void add_any(ocs_draft *draft, ocs_family family, uint32_t position)
{
    ocs_term_any(&draft->term, family);
    ocs_draft_add(draft, position, 0);
}

/* The key alone carries a frequency: how often a page speaks of a thing ranks it among the pages
 * that do, and one term a mention does not lengthen the document much. */
static void add_key(ocs_draft *draft, ocs_family family, ocs_str key, uint32_t position)
{
    ocs_term_key(&draft->term, family, key);
    ocs_draft_add(draft, position, 1);
}

/* The words of the thing's own name in the gazetteer, and of others that queries cannot know of. */
static void add_known_names(ocs_draft *draft, ocs_family family, ocs_gaz_table table, ocs_str key,
                            uint32_t position)
{
    const ocs_str *words;
    size_t n;
    if (!ocs_names_of(draft->names, table, key, &words, &n))
        return;
    for (size_t i = 0; i < n; i++) {
        ocs_word word = {.fold = words[i], .canonical = ocs_word_canonical(draft->arena, words[i])};
        ocs_draft_add_name_word(draft, family, &word, position);
    }
}

/* The words as written and, where they are Cyrillic, in Latin letters. */
static void add_name(ocs_draft *draft, ocs_family family, ocs_str name, uint32_t position)
{
    ocs_words words;
    ocs_draft_add_name(draft, family, name, position);
    if (!ocs_has_cyrillic(name) || !ocs_words_of(draft->arena, name, &words))
        return;
    for (size_t i = 0; i < words.n; i++) {
        ocs_word word = words.at[i];
        if (!ocs_has_cyrillic(word.fold) || ocs_names_stopword(draft->names, word.fold))
            continue;
        word.fold = word.canonical = ocs_latin_word(draft->arena, word.fold);
        ocs_draft_add_name_word(draft, family, &word, position);
    }
}

static void add_names(ocs_draft *draft, const ocs_mention *mention, uint32_t position)
{
    ocs_family family = ocs_family_of_mention(mention->type);
    add_name(draft, family, mention->name, position);
    add_name(draft, family, ocs_mention_surface(draft->document, mention), position);
    if (mention->type == OCS_MENTION_PERSON)
        ocs_draft_add_name(draft, family, mention->key, position);
    if (mention->type == OCS_MENTION_ORG)
        add_known_names(draft, family, OCS_GAZ_ORG, mention->key, position);
    if (mention->type == OCS_MENTION_PLACE) { /* a city of both tables has names in both */
        add_known_names(draft, family, OCS_GAZ_PLACE, mention->key, position);
        add_known_names(draft, family, OCS_GAZ_CITY, mention->key, position);
    }
}

/* Whose office it is that is held at ${position}: told at the position after it.  Not by every name
 * that the gazetteer has: those lead to the key. */
static void add_holding(ocs_draft *draft, const ocs_role *role, uint32_t position)
{
    ocs_span org = role->org.at;
    ocs_str surface = ocs_str_sub(draft->document->text, org.from, org.to);
    if (role->org.key.n > 0) {
        add_any(draft, OCS_FAMILY_ROLE_ORG, position + 1);
        ocs_term_key(&draft->term, OCS_FAMILY_ROLE_ORG, role->org.key);
        ocs_draft_add(draft, position + 1, 0);
        add_name(draft, OCS_FAMILY_ROLE_ORG, role->org.name, position + 1);
        add_name(draft, OCS_FAMILY_ROLE_ORG, surface, position + 1);
    }
    if (role->country.key.n > 0) {
        add_any(draft, OCS_FAMILY_ROLE_COUNTRY, position + 1);
        ocs_term_key(&draft->term, OCS_FAMILY_ROLE_COUNTRY, role->country.key);
        ocs_draft_add(draft, position + 1, 0);
    }
}

static void add_role(ocs_draft *draft, const ocs_role *role)
{
    const ocs_words *words = &draft->words;
    size_t i = word_at(words, role->at.from);
    if (i >= words->n || words->at[i].at.from >= role->at.to)
        return;
    add_any(draft, OCS_FAMILY_ROLE, words->at[i].position);
    for (; i < words->n && words->at[i].at.from < role->at.to; i++) {
        ocs_draft_add_name_word(draft, OCS_FAMILY_ROLE, &words->at[i], words->at[i].position);
        add_holding(draft, role, words->at[i].position);
    }
}

static void add_mention(ocs_draft *draft, const ocs_mention *mention)
{
    ocs_family family = ocs_family_of_mention(mention->type);
    uint32_t position = position_at(draft, mention->at);
    bool in_a_year = mention->type == OCS_MENTION_DATE && mention->when.from.year != 0;
    add_any(draft, family, position);
    if (!in_a_year) /* which XDY, XDM and XDD tell */
        add_key(draft, family, mention->key, position);
    if (mention->type == OCS_MENTION_DATE)
        ocs_draft_add_when(draft, false, mention->when, position);
    else if (mention->type != OCS_MENTION_COUNTRY) /* which a query resolves to its code */
        add_names(draft, mention, position);
    for (size_t i = 0; i < mention->n_roles; i++) {
        add_role(draft, &mention->roles[i]);
        if (position != OCS_NOWHERE)
            add_holding(draft, &mention->roles[i], position);
    }
}

void ocs_draft_add_mentions(ocs_draft *draft)
{
    const ocs_document *document = draft->document;
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if (ocs_mention_is_indexed(mention))
            add_mention(draft, mention);
    }
}
