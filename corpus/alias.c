/* Lines become rules, rules become entries sorted by key, and neighbours among these are compared
 * for contradictions.  All that is wrong is collected; the first is the error. */
#include "corpus/alias_internal.h"

#include "corpus/gaz.h"
#include "corpus/key.h"
#include "corpus/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FILE_MAX = 8 * 1024 * 1024,
    ARENA_CAP = 512 * 1024 * 1024,
    NAMES_MAX = 1000, /* of one rule */
    COMPLAINTS_MAX = 1000,
    ID_DIGITS = 16
};

typedef struct reader {
    ocs_aliases *aliases;
    const char *file;
    unsigned line;
} reader;

static const char *const verb_names[] = {
    [OCS_ALIAS_MERGE] = "merge",
    [OCS_ALIAS_RENAME] = "rename",
    [OCS_ALIAS_SPLIT] = "split",
    [OCS_ALIAS_BLOCK] = "block",
};

const char *ocs_alias_verb_name(ocs_alias_verb verb)
{
    return verb < OCS_ALIAS_VERBS ? verb_names[verb] : "unknown";
}

/* ---- complaints ---- */

static void complain(reader *r, unsigned line, const char *format, ...) OCS_PRINTF(3, 4);
static void complain(reader *r, unsigned line, const char *format, ...)
{
    char text[OCS_ERROR_TEXT];
    va_list list;
    if (r->aliases->complaints.n == COMPLAINTS_MAX)
        return;
    int head = snprintf(text, sizeof text, "%s:%u: ", r->file, line);
    if (head < 0 || (size_t)head >= sizeof text)
        head = 0;
    va_start(list, format);
    vsnprintf(text + head, sizeof text - (size_t)head, format, list);
    va_end(list);
    ocs_str *place = ocs_vec_push(r->aliases->arena, &r->aliases->complaints);
    if (place)
        *place = ocs_str_copy(r->aliases->arena, ocs_str_of(text));
}

/* For messages: not more of it than one wants to read. */
static ocs_str brief(ocs_str text)
{
    enum { BRIEF = 60 };
    while (text.n > BRIEF) {
        uint32_t point;
        text.n -= ocs_utf8_before(text, text.n, &point);
    }
    return text;
}

/* ---- names ---- */

/* The key that ${name} stands for; empty when it has no words. */
static ocs_str key_of(ocs_arena *arena, ocs_mention_type type, ocs_str name)
{
    if (type == OCS_MENTION_PERSON)
        return ocs_person_key(arena, name);
    const ocs_gaz *gaz = ocs_gaz_builtin();
    ocs_gaz_table table = type == OCS_MENTION_ORG ? OCS_GAZ_ORG : OCS_GAZ_PLACE;
    const ocs_gaz_thing *thing = ocs_gaz_find(gaz, table, name);
    if (!thing)
        thing = ocs_gaz_by_key(gaz, table, name);
    return thing ? ocs_gaz_str(gaz, thing->key) : ocs_name_key(arena, name);
}

static bool read_name(reader *r, const ocs_alias_rule *rule, ocs_str name, ocs_str *key)
{
    *key = key_of(r->aliases->arena, rule->type, name);
    if (key->n > 0)
        return true;
    complain(r, r->line, "there is no name in '%.*s'", OCS_ARG(brief(name)));
    return false;
}

typedef OCS_VEC(ocs_str) key_list;

static bool listed(const key_list *keys, ocs_str key)
{
    for (size_t i = 0; i < keys->n; i++)
        if (ocs_str_eq(keys->at[i], key))
            return true;
    return false;
}

/* Names between semicolons; what is the rule's own key anyway needs no rule. */
static bool read_names(reader *r, ocs_alias_rule *rule, ocs_str text)
{
    key_list keys = {0};
    ocs_str name, key;
    while (ocs_str_split(&text, ';', &name)) {
        if (!read_name(r, rule, ocs_str_trim(name), &key))
            return false;
        if (keys.n == NAMES_MAX) {
            complain(r, r->line, "more than %d names in one rule", NAMES_MAX);
            return false;
        }
        if (ocs_str_eq(key, rule->key) || listed(&keys, key))
            continue;
        ocs_str *place = ocs_vec_push(r->aliases->arena, &keys);
        if (!place)
            return false;
        *place = key;
    }
    rule->from = keys.at;
    rule->n_from = keys.n;
    return true;
}

/* ---- conditions ---- */

static bool hexadecimal(ocs_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ocs_ascii_digit(text.p[i]) && !(text.p[i] >= 'a' && text.p[i] <= 'f'))
            return false;
    return true;
}

static const char *condition_wrong(ocs_arena *arena, ocs_alias_rule *rule)
{
    switch (rule->when) {
    case OCS_WHEN_PATH:
        while (rule->value.n > 1 && rule->value.p[rule->value.n - 1] == '/')
            rule->value.n--;
        return ocs_str_starts(rule->value, OCS_STR("/")) ? NULL : "a path starts with '/'";
    case OCS_WHEN_WORD:
        return ocs_slug(arena, rule->value).n > 0 ? NULL : "there is no word to look for";
    case OCS_WHEN_ID:
        return rule->value.n == ID_DIGITS && hexadecimal(rule->value)
                   ? NULL
                   : "an id has 16 hexadecimal digits";
    }
    return "a condition of no known kind";
}

static bool read_condition(reader *r, ocs_alias_rule *rule, ocs_str text)
{
    static const char *const names[] = {
        [OCS_WHEN_PATH] = "path", [OCS_WHEN_WORD] = "word", [OCS_WHEN_ID] = "id"};
    size_t space = ocs_str_find_char(text, ' ', 0);
    ocs_str name = ocs_str_sub(text, 0, space);
    rule->value = ocs_str_trim(ocs_str_sub(text, space, text.n));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!ocs_str_eq(name, ocs_str_of(names[i])))
            continue;
        rule->when = (ocs_alias_when)i;
        r->aliases->words |= rule->when == OCS_WHEN_WORD;
        const char *wrong = condition_wrong(r->aliases->arena, rule);
        if (wrong)
            complain(r, r->line, "%s: '%.*s'", wrong, OCS_ARG(brief(rule->value)));
        return !wrong;
    }
    complain(r, r->line, "after 'when' stands path, word or id, not '%.*s'", OCS_ARG(brief(name)));
    return false;
}

/* ---- rules ---- */

/* The last " when " of ${text}; text.n when there is none. */
static size_t find_when(ocs_str text)
{
    size_t found = text.n;
    for (size_t at = 0; (at = ocs_str_find(text, OCS_STR(" when "), at)) < text.n; at++)
        found = at;
    return found;
}

static bool read_split(reader *r, ocs_alias_rule *rule, ocs_str from, ocs_str to)
{
    size_t when = find_when(to);
    if (when == to.n) {
        complain(r, r->line,
                 "a split says when: 'when path /folder', 'when word ...', 'when id ...'");
        return false;
    }
    rule->name = ocs_str_trim(ocs_str_sub(to, 0, when));
    if (!read_name(r, rule, rule->name, &rule->key) || !read_names(r, rule, from) ||
        !read_condition(r, rule, ocs_str_trim(ocs_str_sub(to, when + strlen(" when "), to.n))))
        return false;
    if (rule->n_from == 1)
        return true;
    complain(r, r->line, "a split wants one name and another one that differs in its words");
    return false;
}

static bool read_rename(reader *r, ocs_alias_rule *rule, ocs_str from, ocs_str to)
{
    rule->name = to;
    return read_name(r, rule, from, &rule->key) && read_names(r, rule, to);
}

static bool read_merge(reader *r, ocs_alias_rule *rule, ocs_str to, ocs_str from)
{
    rule->name = to;
    return read_name(r, rule, to, &rule->key) && read_names(r, rule, from);
}

static bool read_sides(reader *r, ocs_alias_rule *rule, ocs_str text)
{
    if (rule->verb == OCS_ALIAS_BLOCK)
        return read_names(r, rule, text);
    size_t equals = ocs_str_find_char(text, '=', 0);
    ocs_str left = ocs_str_trim(ocs_str_sub(text, 0, equals));
    ocs_str right = ocs_str_trim(ocs_str_sub(text, equals + 1, text.n));
    if (equals == text.n || left.n == 0 || right.n == 0) {
        complain(r, r->line, "%s wants a name on both sides of '='", verb_names[rule->verb]);
        return false;
    }
    if (rule->verb == OCS_ALIAS_MERGE)
        return read_merge(r, rule, left, right);
    return rule->verb == OCS_ALIAS_SPLIT ? read_split(r, rule, left, right)
                                         : read_rename(r, rule, left, right);
}

static bool read_verb(reader *r, ocs_alias_rule *rule, ocs_str word)
{
    for (int i = 0; i < OCS_ALIAS_VERBS; i++) {
        if (ocs_str_eq(word, ocs_str_of(verb_names[i]))) {
            rule->verb = (ocs_alias_verb)i;
            return true;
        }
    }
    complain(r, r->line, "a rule begins with merge, rename, split or block, not '%.*s'",
             OCS_ARG(brief(word)));
    return false;
}

static bool read_type(reader *r, ocs_alias_rule *rule, ocs_str word)
{
    bool known = ocs_mention_type_parse(word, &rule->type);
    if (known && (rule->type == OCS_MENTION_PERSON || rule->type == OCS_MENTION_PLACE ||
                  rule->type == OCS_MENTION_ORG))
        return true;
    complain(r, r->line, "rules are for person:, place: and org:, not '%.*s'",
             OCS_ARG(brief(word)));
    return false;
}

/* "verb type: ..." */
static bool read_rule(reader *r, ocs_alias_rule *rule)
{
    size_t space = 0, colon = ocs_str_find_char(rule->text, ':', 0);
    while (space < rule->text.n && !ocs_ascii_space(rule->text.p[space]))
        space++;
    if (!read_verb(r, rule, ocs_str_sub(rule->text, 0, space)))
        return false;
    if (colon == rule->text.n || colon < space) {
        complain(r, r->line, "after %s stands person:, place: or org:", verb_names[rule->verb]);
        return false;
    }
    return read_type(r, rule, ocs_str_trim(ocs_str_sub(rule->text, space, colon))) &&
           read_sides(r, rule, ocs_str_trim(ocs_str_sub(rule->text, colon + 1, rule->text.n)));
}

static void read_line(reader *r, ocs_str line)
{
    ocs_alias_rule rule = {.line = r->line, .text = ocs_str_trim(line)};
    if (rule.text.n == 0 || rule.text.p[0] == '#')
        return;
    if (ocs_utf8_check(line) < line.n || memchr(line.p, '\0', line.n)) {
        complain(r, r->line, "this is no text in UTF-8");
        return;
    }
    if (!read_rule(r, &rule))
        return;
    ocs_alias_rule *place = ocs_vec_push(r->aliases->arena, &r->aliases->rules);
    if (place)
        *place = rule;
}

/* ---- entries ---- */

static void add_entry(ocs_aliases *aliases, uint32_t number, ocs_str key, ocs_alias_part part)
{
    ocs_alias_entry *entry = ocs_vec_push(aliases->arena, &aliases->entries);
    if (entry)
        *entry = (ocs_alias_entry){aliases->rules.at[number].type, key, part, number};
}

static void add_entries(ocs_aliases *aliases, uint32_t number)
{
    static const ocs_alias_part parts[] = {[OCS_ALIAS_MERGE] = OCS_ALIAS_MERGED,
                                           [OCS_ALIAS_SPLIT] = OCS_ALIAS_SPLIT_UP,
                                           [OCS_ALIAS_BLOCK] = OCS_ALIAS_BLOCKED};
    const ocs_alias_rule *rule = &aliases->rules.at[number];
    if (rule->verb != OCS_ALIAS_BLOCK)
        add_entry(aliases, number, rule->key, OCS_ALIAS_SHOWN);
    for (size_t i = 0; rule->verb != OCS_ALIAS_RENAME && i < rule->n_from; i++)
        add_entry(aliases, number, rule->from[i], parts[rule->verb]);
}

static int compare_keys(const ocs_alias_entry *x, const ocs_alias_entry *y)
{
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return ocs_str_cmp(x->key, y->key);
}

static int compare_entries(const void *a, const void *b)
{
    const ocs_alias_entry *x = a, *y = b;
    int keys = compare_keys(x, y);
    if (keys != 0)
        return keys;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

const ocs_alias_entry *ocs_aliases_find(const ocs_aliases *aliases, ocs_mention_type type,
                                        ocs_str key, size_t *n)
{
    const ocs_alias_entry wanted = {.type = type, .key = key};
    size_t low = 0, high = aliases->entries.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&aliases->entries.at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < aliases->entries.n; ++*n)
        if (compare_keys(&aliases->entries.at[low + *n], &wanted) != 0)
            break;
    return *n > 0 ? &aliases->entries.at[low] : NULL;
}

/* ---- contradictions ---- */

/* ${b} follows ${a}, of the same key.  Splits may be several, and names the same. */
static const char *clash(const ocs_aliases *aliases, const ocs_alias_entry *a,
                         const ocs_alias_entry *b)
{
    if (a->part == OCS_ALIAS_BLOCKED)
        return "is blocked";
    if (a->part == OCS_ALIAS_MERGED || b->part == OCS_ALIAS_MERGED)
        return "is merged into another name";
    if (a->part == OCS_ALIAS_SHOWN && b->part == OCS_ALIAS_SHOWN &&
        !ocs_str_eq(aliases->rules.at[a->rule].name, aliases->rules.at[b->rule].name))
        return "is shown under another name";
    return NULL;
}

/* Told of the later line, which speaks of the earlier one. */
static void check_pair(reader *r, const ocs_alias_entry *a, const ocs_alias_entry *b)
{
    const char *what = clash(r->aliases, a, b);
    if (!what)
        return;
    bool first =
        a->part == OCS_ALIAS_BLOCKED || a->part == OCS_ALIAS_MERGED || b->part != OCS_ALIAS_MERGED;
    const ocs_alias_entry *does = first ? a : b;
    const ocs_alias_entry *uses = does == a ? b : a;
    unsigned doing = r->aliases->rules.at[does->rule].line;
    unsigned using = r->aliases->rules.at[uses->rule].line;
    ocs_str key = brief(a->key);
    if (using >= doing)
        complain(r, using, "%s '%.*s' %s on line %u", ocs_mention_type_name(a->type), OCS_ARG(key),
                 what, doing);
    else
        complain(r, doing, "%s '%.*s' %s here, and line %u has a rule for it",
                 ocs_mention_type_name(a->type), OCS_ARG(key), what, using);
}

/* Each entry against the one before it: parts of a key are sorted, so that a clash shows there. */
static void check_entries(reader *r)
{
    const ocs_aliases *aliases = r->aliases;
    for (size_t i = 1; i < aliases->entries.n; i++)
        if (compare_keys(&aliases->entries.at[i - 1], &aliases->entries.at[i]) == 0)
            check_pair(r, &aliases->entries.at[i - 1], &aliases->entries.at[i]);
}

/* ---- the file ---- */

static void read_lines(reader *r, ocs_str text)
{
    ocs_str line;
    while (ocs_str_split(&text, '\n', &line)) {
        r->line++;
        read_line(r, line);
    }
    for (size_t i = 0; i < r->aliases->rules.n; i++)
        add_entries(r->aliases, (uint32_t)i);
    if (r->aliases->entries.n > 0)
        qsort(r->aliases->entries.at, r->aliases->entries.n, sizeof *r->aliases->entries.at,
              compare_entries);
    check_entries(r);
}

ocs_status ocs_aliases_parse(const char *file, ocs_str text, ocs_aliases **out, ocs_error *err)
{
    ocs_aliases *aliases = *out = calloc(1, sizeof *aliases);
    if (aliases)
        aliases->arena = ocs_arena_new(ARENA_CAP);
    if (!aliases || !aliases->arena) {
        ocs_aliases_free(aliases);
        *out = NULL;
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", file);
    }
    reader r = {.aliases = aliases, .file = file};
    ocs_str copy = ocs_str_copy(aliases->arena, text);
    if (ocs_str_starts(copy, OCS_STR("\xEF\xBB\xBF")))
        copy = ocs_str_sub(copy, 3, copy.n);
    if (copy.n > 0)
        read_lines(&r, copy);
    ocs_status st = ocs_arena_status(aliases->arena);
    if (st != OCS_OK) {
        ocs_aliases_free(aliases);
        *out = NULL;
        return ocs_fail(err, st, "no memory for the rules of %s", file);
    }
    if (aliases->complaints.n > 0)
        return ocs_fail(err, OCS_USAGE, "%.*s", OCS_ARG(aliases->complaints.at[0]));
    return OCS_OK;
}

ocs_status ocs_aliases_read(const char *path, ocs_aliases **aliases, ocs_error *err)
{
    ocs_str bytes;
    *aliases = NULL;
    ocs_arena *arena = ocs_arena_new((size_t)4 * FILE_MAX);
    if (!arena)
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    ocs_status st = ocs_page_read(path, FILE_MAX, arena, &bytes, err);
    if (st == OCS_OK)
        st = ocs_aliases_parse(path, bytes, aliases, err);
    ocs_arena_free(arena);
    return st;
}

void ocs_aliases_free(ocs_aliases *aliases)
{
    if (!aliases)
        return;
    ocs_arena_free(aliases->arena);
    free(aliases);
}

/* ---- asking ---- */

size_t ocs_aliases_complaints(const ocs_aliases *aliases, const ocs_str **complaints)
{
    *complaints = aliases->complaints.at;
    return aliases->complaints.n;
}

size_t ocs_aliases_rules(const ocs_aliases *aliases, const ocs_alias_rule **rules)
{
    *rules = aliases ? aliases->rules.at : NULL;
    return aliases ? aliases->rules.n : 0;
}

static uint64_t hash_rule(uint64_t hash, const ocs_alias_rule *rule)
{
    hash = ocs_hash_mix(hash, ((uint64_t)rule->verb << 16) | ((uint64_t)rule->type << 8) |
                                  (uint64_t)rule->when);
    hash = ocs_hash_mix(hash, ocs_hash(rule->key));
    hash = ocs_hash_mix(hash, ocs_hash(rule->name));
    hash = ocs_hash_mix(hash, ocs_hash(rule->value));
    for (size_t i = 0; i < rule->n_from; i++)
        hash = ocs_hash_mix(hash, ocs_hash(rule->from[i]));
    return hash;
}

uint64_t ocs_aliases_hash(const ocs_aliases *aliases)
{
    uint64_t hash = 0;
    for (size_t i = 0; aliases && i < aliases->rules.n; i++)
        hash = hash_rule(hash, &aliases->rules.at[i]);
    return hash;
}
