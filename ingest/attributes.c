/* Tags are told apart as libxml2 does it (htmlParseStartTag and what it calls), but only those that
 * are written well: "<name", attributes with or without a value, "/" perhaps, ">".  With anything
 * else the work ends, for a quote that is not closed makes the parser take tags for a value. */
#include "ingest/attributes.h"

#include <strings.h>

enum { NAME_MAX_BYTES = 60 }; /* the parser splits names of 100 */

typedef struct scanner {
    char *page;
    size_t at, n;
} scanner;

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

/* Of a style only what makes invisible is read. */
static bool hides(ocs_str value)
{
    return memchr(value.p, '&', value.n) || ocs_str_find(value, OCS_STR("none"), 0) < value.n ||
           ocs_str_find(value, OCS_STR("hidden"), 0) < value.n;
}

static bool is_read(ocs_str name, ocs_str value)
{
    static const char *const names[] = {"class", "hidden", "id", "itemprop", "role", NULL};
    static const char *const style[] = {"style", NULL};
    return is_one_of(name, names) || (is_one_of(name, style) && hides(value));
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

static bool take_attribute(scanner *s, bool whole)
{
    char *from = s->page + s->at;
    ocs_str name = take_name(s), value = {s->page, 0};
    if (name.n == 0 || name.n > NAME_MAX_BYTES)
        return false;
    skip_blanks(s);
    if (here(s) == '=') {
        s->at++;
        skip_blanks(s);
        if (!take_value(s, &value))
            return false;
        if (!whole && !is_read(name, value))
            blank(from, s->page + s->at);
    }
    return true;
}

/* The title is read from the page itself, up to the next end tag. */
static bool is_plain_title(const scanner *s)
{
    const char *open = memchr(s->page + s->at, '<', s->n - s->at);
    return open && open + 1 < s->page + s->n && open[1] == '/';
}

/* The tag whose name is next; false where it is not written well. */
static bool take_start(scanner *s)
{
    static const char *const title[] = {"title", NULL};
    ocs_str name = take_name(s);
    bool whole = is_read_whole(name);
    if (name.n > NAME_MAX_BYTES)
        return false;
    while (here(s) != '>') {
        skip_blanks(s);
        if (here(s) == '/' && s->at + 1 < s->n && s->page[s->at + 1] == '>')
            s->at++;
        else if (here(s) != '>' && !take_attribute(s, whole))
            return false;
    }
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

void ocs_attributes_blank(char *page, size_t n)
{
    scanner s = {page, 0, n};
    if (n == 0 || memchr(page, '\0', n))
        return;
    for (char *open = memchr(page, '<', n); open; open = memchr(page + s.at, '<', n - s.at)) {
        s.at = (size_t)(open - page) + 1;
        if (!(is_letter(here(&s)) ? take_start(&s) : take_other(&s)))
            return;
    }
}
