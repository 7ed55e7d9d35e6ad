/* Tags are told apart as libxml2 does it (htmlParseStartTag and what it calls), but only those that
 * are written well: "<name", attributes with or without a value, "/" perhaps, ">".  With anything
 * else the work ends, for a quote that is not closed makes the parser take tags for a value. */
#include "ingest/attributes.h"

#include <strings.h>

enum {
    NAME_MAX_BYTES = 60, /* the parser splits names of 100 */
    ATTRIBUTES_MAX = 32  /* of an element: with more it is left alone */
};

typedef struct scanner {
    ocs_arena *arena;
    char *page;
    size_t at, n;
    OCS_VEC(ocs_traits) traits;
} scanner;

typedef struct attribute {
    ocs_span at;
    ocs_str name, value;
} attribute;

const char **ocs_trait_of(ocs_traits *t, const char *name)
{
    switch (name[0]) {
    case 'c':
        return strcmp(name, "class") == 0 ? &t->class_ : NULL;
    case 'h':
        return strcmp(name, "hidden") == 0 ? &t->hidden : NULL;
    case 'i':
        return strcmp(name, "id") == 0         ? &t->id
               : strcmp(name, "itemprop") == 0 ? &t->itemprop
                                               : NULL;
    case 'r':
        return strcmp(name, "role") == 0 ? &t->role : NULL;
    case 's':
        return strcmp(name, "style") == 0 ? &t->style : NULL;
    default:
        return NULL;
    }
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return is_letter(c) || ocs_ascii_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

static char here(const scanner *s)
{
    return s->at < s->n ? s->page[s->at] : '\0';
}

static void skip_blanks(scanner *s)
{
    while (is_blank(here(s)))
        s->at++;
}

/* A name; empty where none stands. */
static ocs_str take_name(scanner *s)
{
    size_t from = s->at;
    if (is_name(here(s)) && !ocs_ascii_digit(here(s)) && here(s) != '-')
        while (is_name(here(s)))
            s->at++;
    return (ocs_str){s->page + from, s->at - from};
}

static bool is_one_of(ocs_str name, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == name.n && strncasecmp(*names, name.p, name.n) == 0)
            return true;
    return false;
}

/* Tags of which other attributes are read than of all. */
static bool is_read_whole(ocs_str tag)
{
    static const char *const tags[] = {"html", "link", "meta", "time", NULL};
    return is_one_of(tag, tags);
}

/* Line feeds stay: lines are counted. */
static void blank(char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != '\n')
            *from = ' ';
}

/* A value behind its "="; false where it has no end or a strange one. */
static bool take_value(scanner *s, ocs_str *value)
{
    char quote = here(s);
    size_t from = s->at;
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(s->page + from + 1, quote, s->n - from - 1);
        if (!end)
            return false;
        s->at = (size_t)(end - s->page) + 1;
        *value = (ocs_str){s->page + from + 1, s->at - from - 2};
        return true;
    }
    while (s->at < s->n && !is_blank(here(s)) && !strchr("\"'<>=`", here(s)))
        s->at++;
    *value = (ocs_str){s->page + from, s->at - from};
    return s->at > from && (is_blank(here(s)) || here(s) == '>');
}

static bool take_attribute(scanner *s, attribute *a)
{
    size_t from = s->at;
    a->name = take_name(s);
    a->value = (ocs_str){"", 0};
    a->at = (ocs_span){from, s->at};
    if (a->name.n == 0 || a->name.n > NAME_MAX_BYTES)
        return false;
    skip_blanks(s);
    if (here(s) != '=')
        return true;
    s->at++;
    skip_blanks(s);
    bool fine = take_value(s, &a->value);
    a->at.to = s->at;
    return fine;
}

/* ---- traits ---- */

static const char **trait_of(ocs_traits *t, ocs_str name)
{
    char lower[sizeof "itemprop"];
    if (name.n >= sizeof lower)
        return NULL;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] | 0x20 : name.p[i]);
    lower[name.n] = '\0';
    return ocs_trait_of(t, lower);
}

/* Whether what the parser would tell of the traits are the bytes of the page. */
static bool are_plain(const attribute *attributes, size_t n)
{
    ocs_traits none;
    for (size_t i = 0; i < n; i++) {
        ocs_str value = attributes[i].value;
        if (value.n > 0 && trait_of(&none, attributes[i].name) &&
            (memchr(value.p, '&', value.n) || memchr(value.p, '\r', value.n)))
            return false;
    }
    return true;
}

static void take_traits(scanner *s, const attribute *attributes, size_t n, size_t end)
{
    ocs_traits taken = {.at = end};
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const char **trait = trait_of(&taken, attributes[i].name);
        if (trait && !*trait) {
            *trait = ocs_arena_copy(s->arena, attributes[i].value.p, attributes[i].value.n);
            any = true;
        }
        blank(s->page + attributes[i].at.from, s->page + attributes[i].at.to);
    }
    ocs_traits *kept = any ? ocs_vec_push(s->arena, &s->traits) : NULL;
    if (kept)
        *kept = taken;
}

/* ---- tags ---- */

/* The title is read from the page itself, up to the next end tag. */
static bool is_plain_title(const scanner *s)
{
    const char *open = memchr(s->page + s->at, '<', s->n - s->at);
    return open && open + 1 < s->page + s->n && open[1] == '/';
}

/* The attributes up to the '>'; false where the tag is not written well. */
static bool take_attributes(scanner *s, attribute *attributes, size_t *n, size_t *end)
{
    attribute beyond;
    for (*n = 0;; ++*n) {
        skip_blanks(s);
        *end = s->at;
        if (here(s) == '/' && s->at + 1 < s->n && s->page[s->at + 1] == '>')
            s->at++;
        if (here(s) == '>')
            return true;
        if (!take_attribute(s, *n < ATTRIBUTES_MAX ? &attributes[*n] : &beyond))
            return false;
    }
}

/* The tag whose name is next. */
static bool take_start(scanner *s)
{
    static const char *const title[] = {"title", NULL};
    attribute attributes[ATTRIBUTES_MAX];
    ocs_str name = take_name(s);
    size_t n, end;
    if (name.n > NAME_MAX_BYTES || !take_attributes(s, attributes, &n, &end))
        return false;
    if (n > 0 && n <= ATTRIBUTES_MAX && !is_read_whole(name) && are_plain(attributes, n))
        take_traits(s, attributes, n, end);
    s->at++;
    return !is_one_of(name, title) || is_plain_title(s);
}

/* An end tag, a declaration, a '<' that may be text: the parser may look for the next '>', and we for
 * anything odd before it. */
static bool take_other(scanner *s)
{
    size_t quotes = 0;
    for (; here(s) != '>'; s->at++) {
        if (s->at >= s->n || here(s) == '<')
            return false;
        quotes += here(s) == '"' || here(s) == '\'';
    }
    s->at++;
    return quotes % 2 == 0;
}

void ocs_attributes_take(ocs_arena *arena, char *page, size_t n, ocs_traits_list *traits)
{
    scanner s = {.arena = arena, .page = page, .n = memchr(page, '\0', n) ? 0 : n};
    for (char *open = memchr(page, '<', s.n); open; open = memchr(page + s.at, '<', s.n - s.at)) {
        s.at = (size_t)(open - page) + 1;
        if (!(is_letter(here(&s)) ? take_start(&s) : take_other(&s)))
            break;
    }
    *traits = (ocs_traits_list){s.traits.at, s.traits.n};
}
