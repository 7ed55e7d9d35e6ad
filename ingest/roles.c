/* Steps that text dumps and HTML pages share when blocks get their roles.  Each looks only at
 * blocks that are still undecided, so that the earlier and surer step wins. */
#include "ingest/block.h"
#include "ingest/dates.h"
#include "ingest/patterns.h"

#include <stdlib.h>

enum {
    HEAD_BLOCKS = 10,  /* a kind stands within so many undecided blocks of the head */
    LABEL_BLOCKS = 24, /* labels stand within so many blocks of the title */
    VALUE_WORDS = 60,  /* 18 offices in one value have been seen */
    TITLE_WORDS = 60,
    REPEAT_BYTES = 30,
    LEAD_BYTES = 40
};

bool ocs_block_prose(const ocs_block *block)
{
    return block->words >= 20 || (block->sentence && block->words >= 8);
}

static bool undecided(const ocs_block *block)
{
    return block->role == OCS_ROLE_UNDECIDED;
}

/* ---- the frame ---- */

static ocs_str without_colon(ocs_str text)
{
    text = ocs_str_trim(text);
    if (text.n > 0 && text.p[text.n - 1] == ':')
        text.n--;
    return ocs_str_trim(text);
}

static bool contains(ocs_str text, const char *what)
{
    return ocs_str_find(text, ocs_str_of(what), 0) < text.n;
}

/* The class of a chrome phrase that starts the block; only a whole line counts for "line". */
static const char *chrome_class(const ocs_gaz *gaz, ocs_str text)
{
    const ocs_gaz_thing *thing = ocs_gaz_find(gaz, OCS_GAZ_CHROME, without_colon(text));
    return thing ? ocs_gaz_cstr(gaz, thing->class_) : NULL;
}

static bool chrome_prefix(const ocs_gaz *gaz, ocs_arena *scratch, ocs_str text)
{
    ocs_tokens tokens;
    ocs_gaz_hit hit;
    if (!ocs_tokenize(scratch, ocs_str_sub(text, 0, 160), &tokens) || tokens.n == 0 ||
        !ocs_gaz_match(gaz, text, tokens, 0, 1u << OCS_GAZ_CHROME, &hit))
        return false;
    const ocs_gaz_phrase *p = NULL;
    while ((p = ocs_gaz_hit_next(gaz, &hit, 1u << OCS_GAZ_CHROME, p)) != NULL)
        if (strcmp(ocs_gaz_cstr(gaz, gaz->things[p->thing].class_), "prefix") == 0)
            return true;
    return false;
}

/* A heading such as "Contacts" or "Related": what follows is frame, too, until prose or another
 * heading of its level comes. */
static void cut_section(ocs_blocks *blocks, size_t i, bool contacts)
{
    uint8_t level = blocks->at[i].level;
    ocs_block_role role = contacts ? OCS_ROLE_CONTACT : OCS_ROLE_RELATED;
    ocs_block_give(&blocks->at[i], role, "section heading");
    for (size_t k = i + 1; k < blocks->n; k++) {
        ocs_block *b = &blocks->at[k];
        if (ocs_block_prose(b) && b->words >= 15 && b->links * 2 < b->words)
            return;
        if (b->kind == OCS_BLOCK_HEADING && (level == 0 || b->level <= level))
            return;
        if (undecided(b))
            ocs_block_give(b, role, "under such a heading");
    }
}

static bool speaks_of_contact(ocs_str text)
{
    static const char *const words[] = {"ontact", "ontakt", "онтакт", "вяз",
                                        "ontatt", "бращ",   "верт",   "enden Sie"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains(text, words[i]))
            return true;
    return false;
}

static void frame_block(const ocs_rules *rules, ocs_arena *scratch, ocs_blocks *blocks, size_t i)
{
    ocs_pattern_hit hit;
    ocs_block *b = &blocks->at[i];
    ocs_str text = ocs_block_words(blocks, b);
    if (b->words == 0 || text.n == 0)
        return;
    const char *class_ = b->words <= 12 ? chrome_class(rules->gaz, text) : NULL;
    bool entry = b->kind == OCS_BLOCK_ENTRY || b->kind == OCS_BLOCK_ITEM;
    if (class_ && strcmp(class_, "section") == 0 && !entry)
        cut_section(blocks, i, speaks_of_contact(text));
    else if (class_)
        ocs_block_give(b, OCS_ROLE_CHROME, "word of the frame");
    else if (ocs_patterns_match(rules->patterns, text, b->words, &hit))
        ocs_block_give(b, hit.role, hit.reason);
    else if (b->words <= 40 && chrome_prefix(rules->gaz, scratch, text)) {
        if (b->colon && speaks_of_contact(text))
            cut_section(blocks, i, true);
        else
            ocs_block_give(b, OCS_ROLE_CHROME, "starts like the frame");
    }
}

void ocs_roles_frame(const ocs_rules *rules, ocs_blocks *blocks)
{
    ocs_arena *scratch = ocs_arena_new(1 << 20);
    if (!scratch)
        return; /* the frame stays undecided: kept rather than lost */
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        if (b->kind == OCS_BLOCK_RULE || b->kind == OCS_BLOCK_DASH) {
            if (undecided(b))
                ocs_block_give(b, OCS_ROLE_EMPTY, "no letters or digits");
        } else if (undecided(b)) {
            frame_block(rules, scratch, blocks, i);
            ocs_arena_clear(scratch);
        }
    }
    ocs_arena_free(scratch);
}

/* ---- kind and title ---- */

static size_t next_undecided(const ocs_blocks *blocks, size_t i)
{
    while (i < blocks->n && !undecided(&blocks->at[i]))
        i++;
    return i;
}

static bool label_line(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    return b->colon && b->words <= 6 &&
           ocs_gaz_find(gaz, OCS_GAZ_LABEL, without_colon(ocs_block_words(blocks, b))) != NULL;
}

static bool is_title_like(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    const ocs_block *b = &blocks->at[i];
    if (b->words == 0 || b->words > TITLE_WORDS || label_line(gaz, blocks, b))
        return false;
    return b->kind == OCS_BLOCK_LINE || b->kind == OCS_BLOCK_HEADING || blocks->html;
}

/* Something to be the title of must follow. */
static bool more_follows(const ocs_blocks *blocks, size_t i)
{
    return next_undecided(blocks, i + 1) < blocks->n;
}

/* "Saturday, 7 December 2024" above the title is the day of the capture, not of the text. */
static void drop_capture_date(const ocs_gaz *gaz, ocs_arena *scratch, ocs_blocks *blocks)
{
    size_t i = next_undecided(blocks, 0);
    ocs_date date;
    ocs_span at;
    if (i >= blocks->n || blocks->at[i].words > 5)
        return;
    ocs_str text = ocs_block_text(blocks, &blocks->at[i]);
    if (ocs_date_read(gaz, text, scratch, &date, &at) && date.day != 0 && at.to == text.n)
        ocs_block_give(&blocks->at[i], OCS_ROLE_CHROME, "date above the title");
}

const ocs_gaz_thing *ocs_kind_in_line(const ocs_gaz *gaz, ocs_str line)
{
    size_t from = 0, end = 0;
    while (end < line.n && !ocs_ascii_digit(line.p[end]))
        end++;
    for (size_t i = 0; i < end; i++)
        if (line.p[i] == '>')
            from = i + 1;
    ocs_str name = ocs_str_trim(ocs_str_sub(line, from, end));
    while (name.n > 0 && strchr("-|,", name.p[name.n - 1]))
        name = ocs_str_trim(ocs_str_sub(name, 0, name.n - 1));
    return name.n > 0 ? ocs_gaz_find(gaz, OCS_GAZ_KIND, name) : NULL;
}

static bool names_kind(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b,
                       const ocs_gaz_thing **kind)
{
    if (b->words == 0 || b->words > 4 || b->kind != OCS_BLOCK_LINE)
        return false;
    *kind = ocs_gaz_find(gaz, OCS_GAZ_KIND, ocs_block_words(blocks, b));
    return *kind != NULL;
}

/* A label that only an entry of a list has. */
static bool entry_label(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b,
                        size_t *value)
{
    static const char *const keys[] = {"publishing-date", "report-type", NULL};
    ocs_str text = ocs_block_words(blocks, b);
    size_t colon = ocs_str_find_char(text, ':', 0);
    if (colon >= text.n)
        return false;
    const ocs_gaz_thing *thing =
        ocs_gaz_find(gaz, OCS_GAZ_LABEL, ocs_str_trim(ocs_str_sub(text, 0, colon)));
    for (const char *const *key = keys; thing && *key; key++)
        if (strcmp(ocs_gaz_cstr(gaz, thing->key), *key) == 0) {
            *value = colon + 1;
            return true;
        }
    return false;
}

static size_t count_entries(const ocs_gaz *gaz, const ocs_blocks *blocks)
{
    size_t entries = 0, value;
    for (size_t i = 0; i < blocks->n; i++)
        entries += entry_label(gaz, blocks, &blocks->at[i], &value);
    return entries;
}

/* "News and press releases" over entries is the page's own heading; "Newsroom" above it, or above an
 * article, is where the page was found. */
static bool heads_list(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    size_t next = next_undecided(blocks, i + 1);
    const ocs_gaz_thing *kind = NULL;
    bool another = next < blocks->n && names_kind(gaz, blocks, &blocks->at[next], &kind) &&
                   strcmp(ocs_gaz_cstr(gaz, kind->key), "list") == 0;
    return !another && count_entries(gaz, blocks) >= 2;
}

/* The kind stands above the title; before it there are only short lines, which are frame then. */
static void mark_kind_line(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    size_t i = next_undecided(blocks, 0), first = i;
    const ocs_gaz_thing *kind = NULL;
    for (unsigned seen = 0; seen < HEAD_BLOCKS && i < blocks->n; seen++) {
        ocs_block *b = &blocks->at[i];
        if (names_kind(gaz, blocks, b, &kind))
            break;
        if (b->words > 8 || b->sentence)
            return;
        i = next_undecided(blocks, i + 1);
    }
    if (!kind || i >= blocks->n)
        return;
    /* "Newsroom": where it was, not what it is */
    bool list = strcmp(ocs_gaz_cstr(gaz, kind->key), "list") == 0;
    if (!list || !heads_list(gaz, blocks, i))
        ocs_block_give(&blocks->at[i], list ? OCS_ROLE_CHROME : OCS_ROLE_KIND,
                       "names a kind of page");
    for (size_t k = first; k < i; k++)
        if (undecided(&blocks->at[k]))
            ocs_block_give(&blocks->at[k], OCS_ROLE_CHROME, "above the kind");
}

/* A breadcrumb "A >>> B" is cut down to its last part, which names the page. */
static void cut_breadcrumb(const ocs_blocks *blocks, ocs_block *b)
{
    ocs_str text = ocs_block_text(blocks, b);
    size_t last = 0;
    for (size_t at = ocs_str_find(text, OCS_STR(">>"), 0); at < text.n;
         at = ocs_str_find(text, OCS_STR(">>"), at + 1))
        last = at + 2;
    while (last > 0 && last < text.n && (text.p[last] == '>' || text.p[last] == ' '))
        last++;
    if (last < text.n)
        b->at.from += last;
}

void ocs_roles_head(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    ocs_arena *scratch = ocs_arena_new(1 << 20);
    if (!scratch)
        return; /* the first lines stay body text */
    drop_capture_date(gaz, scratch, blocks);
    ocs_arena_free(scratch);
    mark_kind_line(gaz, blocks);
    size_t i = next_undecided(blocks, 0);
    if (i >= blocks->n || !is_title_like(gaz, blocks, i) || !more_follows(blocks, i))
        return;
    ocs_block *b = &blocks->at[i];
    bool after_kind = i > 0 && blocks->at[i - 1].role == OCS_ROLE_KIND;
    if (!after_kind && (b->words > 45 || (b->sentence && b->words > 16)))
        return;
    ocs_block_give(b, OCS_ROLE_TITLE, after_kind ? "follows the kind" : "first line");
    cut_breadcrumb(blocks, b);
}

/* ---- labels ---- */

static ocs_fact_kind fact_of_class(const char *class_)
{
    static const struct {
        const char *name;
        ocs_fact_kind fact;
    } table[] = {{"date", OCS_FACT_DATE},
                 {"place", OCS_FACT_PLACE},
                 {"source", OCS_FACT_SOURCE},
                 {"topics", OCS_FACT_TOPICS},
                 {"kind", OCS_FACT_KIND},
                 {"title", OCS_FACT_TITLE},
                 {"event-date", OCS_FACT_EVENT_DATE},
                 {"event-place", OCS_FACT_EVENT_PLACE},
                 {"organizer", OCS_FACT_ORGANIZER}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(class_, table[i].name) == 0)
            return table[i].fact;
    return OCS_FACT_OTHER;
}

/* When, where and by whom an event is held: content, though it stands under labels. */
static bool is_event(ocs_fact_kind fact)
{
    return fact == OCS_FACT_EVENT_DATE || fact == OCS_FACT_EVENT_PLACE ||
           fact == OCS_FACT_ORGANIZER;
}

/* "Label: value" in one block: the fact and where the value starts. */
static ocs_fact_kind inline_label(const ocs_gaz *gaz, ocs_str text, size_t *value)
{
    size_t colon = ocs_str_find_char(text, ':', 0);
    if (colon == 0 || colon > 60 || colon + 1 >= text.n)
        return OCS_FACT_NONE;
    const ocs_gaz_thing *thing =
        ocs_gaz_find(gaz, OCS_GAZ_LABEL, ocs_str_trim(ocs_str_sub(text, 0, colon)));
    if (!thing)
        return OCS_FACT_NONE;
    *value = colon + 1;
    while (*value < text.n && text.p[*value] == ' ')
        ++*value;
    return fact_of_class(ocs_gaz_cstr(gaz, thing->class_));
}

static ocs_fact_kind bare_label(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    ocs_str text = ocs_block_words(blocks, b);
    if (b->words > 6 || b->words == 0)
        return OCS_FACT_NONE;
    const ocs_gaz_thing *thing = ocs_gaz_find(gaz, OCS_GAZ_LABEL, without_colon(text));
    if (!thing)
        return OCS_FACT_NONE;
    ocs_fact_kind fact = fact_of_class(ocs_gaz_cstr(gaz, thing->class_));
    return b->colon || is_event(fact) ? fact : OCS_FACT_NONE;
}

/* A value has the form of its label; in markup, where a label is a division and its values are a
 * list, a colon joins them, too. */
static bool same_form(const ocs_blocks *blocks, const ocs_block *label, const ocs_block *b)
{
    return b->kind == label->kind ||
           (blocks->html && label->colon && b->kind != OCS_BLOCK_HEADING && b->words <= 12);
}

/* A value stands right under its label, in the same form, and is no label itself. */
static bool is_value(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *label,
                     const ocs_block *b)
{
    if (!undecided(b) || b->words > VALUE_WORDS || !same_form(blocks, label, b) ||
        bare_label(gaz, blocks, b) != OCS_FACT_NONE || b->colon)
        return false;
    size_t at;
    if (inline_label(gaz, ocs_block_words(blocks, b), &at) != OCS_FACT_NONE)
        return false;
    return b->bullet > 0 || b->words <= 12 || !b->sentence;
}

/* Values of one label, each in an element of its own, stand side by side and are made alike. */
static bool beside(const ocs_blocks *blocks, const ocs_block *value, const ocs_block *b)
{
    if (!blocks->html || value->element == b->element)
        return false;
    const ocs_element *one = &blocks->elements[value->element],
                      *two = &blocks->elements[b->element];
    return one->parent == two->parent && one->make == two->make;
}

/* Values under the label at ${i}; returns the last block that is one, ${i} when none is. */
static size_t value_blocks(const ocs_gaz *gaz, ocs_blocks *blocks, size_t i, ocs_fact_kind fact)
{
    const ocs_block *label = &blocks->at[i];
    size_t last = i;
    while (last + 1 < blocks->n && is_value(gaz, blocks, label, &blocks->at[last + 1]) &&
           (last == i || beside(blocks, &blocks->at[last], &blocks->at[last + 1]))) {
        ocs_block *b = &blocks->at[++last];
        ocs_block_give(b, is_event(fact) ? OCS_ROLE_BODY : OCS_ROLE_VALUE, "under a label");
        b->fact = (uint8_t)fact;
    }
    return last;
}

static size_t label_block(const ocs_gaz *gaz, ocs_blocks *blocks, size_t i)
{
    ocs_block *b = &blocks->at[i];
    size_t value = 0;
    ocs_fact_kind fact = bare_label(gaz, blocks, b);
    if (fact == OCS_FACT_NONE) {
        fact = inline_label(gaz, ocs_block_words(blocks, b), &value);
        if (fact == OCS_FACT_NONE || is_event(fact) || (fact == OCS_FACT_OTHER && b->words > 12))
            return i;
        ocs_block_give(b, OCS_ROLE_LABEL, "label with its value");
        b->fact = (uint8_t)fact;
        b->value_from = (uint16_t)(b->bullet + value);
        return i;
    }
    ocs_block_give(b, OCS_ROLE_LABEL, "label");
    b->fact = (uint8_t)fact;
    return value_blocks(gaz, blocks, i, fact);
}

void ocs_roles_labels(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    size_t start = 0, prose = 0;
    while (start < blocks->n && blocks->at[start].role != OCS_ROLE_TITLE)
        start++;
    bool titled = start < blocks->n;
    size_t stop = titled ? start + LABEL_BLOCKS : 2 * LABEL_BLOCKS;
    for (size_t i = titled ? start + 1 : 0; i < blocks->n && i < stop; i++) {
        if (!undecided(&blocks->at[i]))
            continue;
        prose += ocs_block_prose(&blocks->at[i]);
        if (prose > 2) /* the body has begun; a lead may stand before the labels */
            return;
        i = label_block(gaz, blocks, i);
    }
}

/* ---- list pages ---- */

static bool frame_role(const ocs_block *b)
{
    return b->role == OCS_ROLE_CHROME || b->role == OCS_ROLE_MENU || b->role == OCS_ROLE_EMPTY;
}

void ocs_roles_list(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    if (count_entries(gaz, blocks) < 2)
        return;
    blocks->list = true;
    size_t value, last = blocks->n;
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        if (frame_role(b))
            continue;
        size_t inline_value = 0;
        ocs_str text = ocs_block_words(blocks, b);
        if (entry_label(gaz, blocks, b, &value)) {
            if (i > 0 && last < i) {
                ocs_block_give(&blocks->at[last], OCS_ROLE_ITEM, "title of an entry");
                blocks->at[last].fact = OCS_FACT_TITLE;
            }
            ocs_block_give(b, OCS_ROLE_LABEL, "label of an entry");
            b->fact = (uint8_t)inline_label(gaz, text, &inline_value);
            b->value_from = (uint16_t)(b->bullet + inline_value);
        } else {
            ocs_fact_kind fact = inline_label(gaz, text, &inline_value);
            if (fact != OCS_FACT_NONE && b->role == OCS_ROLE_UNDECIDED) {
                ocs_block_give(b, OCS_ROLE_LABEL, "label of an entry");
                b->fact = (uint8_t)fact;
                b->value_from = (uint16_t)(b->bullet + inline_value);
            }
        }
        if (b->role != OCS_ROLE_LABEL)
            last = i;
    }
}

/* ---- the same again ---- */

static ocs_str without_dots(ocs_str text)
{
    while (text.n > 0 && (text.p[text.n - 1] == '.' || text.p[text.n - 1] == ' '))
        text.n--;
    if (ocs_str_ends(text, OCS_STR("…")))
        text.n -= 3;
    return text;
}

static bool content(const ocs_block *b)
{
    return undecided(b) || b->role == OCS_ROLE_BODY;
}

/* A lead is cut or whole; the body paragraph that it starts comes later and is kept. */
static void mark_lead(ocs_blocks *blocks, size_t i)
{
    ocs_str lead = without_dots(ocs_block_words(blocks, &blocks->at[i]));
    if (lead.n < LEAD_BYTES)
        return;
    for (size_t k = i + 1; k < blocks->n; k++) {
        if (content(&blocks->at[k]) &&
            ocs_str_starts(ocs_block_words(blocks, &blocks->at[k]), lead)) {
            ocs_block_give(&blocks->at[i], OCS_ROLE_LEAD, "the body starts with it");
            return;
        }
    }
}

/* Texts seen so far: open addressing by hash, at most half full. */
typedef struct seen_texts {
    uint32_t *at; /* 1 + index of the block; 0: free */
    size_t size;  /* a power of two */
} seen_texts;

/* True when the same text was put in before. */
static bool seen_before(const ocs_blocks *blocks, seen_texts *seen, size_t i)
{
    ocs_str text = ocs_block_words(blocks, &blocks->at[i]);
    size_t slot = ocs_hash(text) & (seen->size - 1);
    for (; seen->at[slot] != 0; slot = (slot + 1) & (seen->size - 1))
        if (ocs_str_eq(text, ocs_block_words(blocks, &blocks->at[seen->at[slot] - 1])))
            return true;
    seen->at[slot] = (uint32_t)i + 1;
    return false;
}

static void mark_repeats(ocs_blocks *blocks, seen_texts *seen)
{
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        bool title = b->role == OCS_ROLE_TITLE;
        if (ocs_block_words(blocks, b).n < REPEAT_BYTES || !(content(b) || title))
            continue;
        if (seen_before(blocks, seen, i) && !title)
            ocs_block_give(b, OCS_ROLE_REPEAT, "stands on the page before");
    }
}

void ocs_roles_repeats(ocs_blocks *blocks)
{
    size_t first = 0;
    while (first < blocks->n && !content(&blocks->at[first]))
        first++;
    if (first < blocks->n)
        mark_lead(blocks, first);
    seen_texts seen = {.size = 64};
    while (seen.size < blocks->n * 2)
        seen.size *= 2;
    seen.at = calloc(seen.size, sizeof *seen.at);
    if (!seen.at)
        return; /* said twice rather than lost */
    mark_repeats(blocks, &seen);
    free(seen.at);
}
