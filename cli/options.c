/* The words of the command line are taken one after the other: an argument, a long option, or a
 * group of short ones.  An option is found in the table, its value is taken from the same word or
 * the next, and read by the reader of its type. */
#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>

typedef struct parser {
    const ocs_option *table;
    size_t n;
    int argc, at;
    const char *const *argv;
    ocs_given *given;
    ocs_error *err;
} parser;

/* ---- values ---- */

static bool digits(ocs_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ocs_ascii_digit(s.p[i]))
            return false;
    return s.n > 0;
}

/* A whole number of ${s}, with an optional minus; false when it is none or too large. */
static bool read_number(ocs_str s, long long *number)
{
    char copy[24];
    bool minus = s.n > 0 && s.p[0] == '-';
    if (!digits(ocs_str_sub(s, minus, s.n)) || s.n >= sizeof copy)
        return false;
    memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    errno = 0;
    *number = strtoll(copy, NULL, 10);
    return errno == 0;
}

static ocs_status read_int(const ocs_option *option, const char *text, long long *number,
                           ocs_error *err)
{
    if (read_number(ocs_str_of(text), number) && *number >= option->low && *number <= option->high)
        return OCS_OK;
    if (option->low == option->high)
        return ocs_fail(err, OCS_USAGE, "--%s can only be %lld, not '%s'", option->name,
                        option->low, text);
    return ocs_fail(err, OCS_USAGE, "--%s wants a number from %lld to %lld, not '%s'", option->name,
                    option->low, option->high, text);
}

static ocs_status read_size(const ocs_option *option, const char *text, long long *number,
                            ocs_error *err)
{
    static const char units[] = "KMG";
    ocs_str s = ocs_str_of(text);
    const char *unit = s.n > 0 ? strchr(units, s.p[s.n - 1] & ~0x20) : NULL;
    unsigned shift = 0;
    if (unit && *unit) {
        shift = 10 * (unsigned)(unit - units + 1);
        s.n--;
    }
    if (read_number(s, number) && *number >= 0 && *number <= option->high >> shift &&
        *number << shift >= option->low) {
        *number <<= shift;
        return OCS_OK;
    }
    return ocs_fail(err, OCS_USAGE,
                    "--%s wants a size from %lld to %lld bytes, such as 64M, not '%s'",
                    option->name, option->low, option->high, text);
}

static ocs_status read_percent(const ocs_option *option, const char *text, long long *number,
                               ocs_error *err)
{
    ocs_str s = ocs_str_of(text);
    if (ocs_str_ends(s, OCS_STR("%")))
        s.n--;
    if (digits(s) && read_number(s, number) && *number <= 100)
        return OCS_OK;
    return ocs_fail(err, OCS_USAGE, "--%s wants 0 to 100 per cent, not '%s'", option->name, text);
}

/* Digits with at most one full stop: strtod alone would take "inf" and "0x1". */
static ocs_status read_seconds(const ocs_option *option, const char *text, double *seconds,
                               ocs_error *err)
{
    enum { LONGEST = 1000000000 };
    size_t n = strspn(text, "0123456789");
    size_t fraction = text[n] == '.' ? 1 + strspn(text + n + 1, "0123456789") : 0;
    if (n > 0 && n < 12 && fraction != 1 && text[n + fraction] == '\0') {
        *seconds = strtod(text, NULL);
        if (*seconds <= LONGEST)
            return OCS_OK;
    }
    return ocs_fail(err, OCS_USAGE, "--%s wants a number of seconds, not '%s'", option->name, text);
}

static size_t choice_count(const ocs_option *option)
{
    size_t n = 0;
    while (option->choices[n])
        n++;
    return n;
}

static ocs_status read_choice(const ocs_option *option, const char *text, long long *number,
                              ocs_error *err)
{
    ocs_buf list;
    ocs_buf_init(&list, OCS_ERROR_TEXT);
    size_t n = choice_count(option);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(option->choices[i], text) == 0) {
            *number = (long long)i;
            ocs_buf_clear(&list);
            return OCS_OK;
        }
        ocs_buf_putf(&list, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", option->choices[i]);
    }
    ocs_status st = ocs_fail(err, OCS_USAGE, "--%s can be %s, not '%s'", option->name,
                             list.n > 0 ? list.p : "", text);
    ocs_buf_clear(&list);
    return st;
}

static ocs_status read_value(const ocs_option *option, const char *text, ocs_value *value,
                             ocs_error *err)
{
    if (*text == '\0')
        return ocs_fail(err, OCS_USAGE, "--%s wants a value, and it is empty", option->name);
    value->given = true;
    value->text = text;
    switch (option->type) {
    case OCS_OPTION_INT:
        return read_int(option, text, &value->number, err);
    case OCS_OPTION_SIZE:
        return read_size(option, text, &value->number, err);
    case OCS_OPTION_PERCENT:
        return read_percent(option, text, &value->number, err);
    case OCS_OPTION_SECONDS:
        return read_seconds(option, text, &value->seconds, err);
    case OCS_OPTION_CHOICE:
        return read_choice(option, text, &value->number, err);
    case OCS_OPTION_STRINGS:
        value->texts[value->n_texts++] = text;
        return OCS_OK;
    case OCS_OPTION_STRING:
    case OCS_OPTION_FLAG:
    case OCS_OPTION_COUNT:
        break;
    }
    return OCS_OK;
}

/* ---- words ---- */

static bool takes_value(const ocs_option *option)
{
    return option->type != OCS_OPTION_FLAG && option->type != OCS_OPTION_COUNT;
}

/* ${text} is the value in the same word, or NULL: then it is the next word. */
static ocs_status take_option(parser *p, size_t i, const char *text)
{
    const ocs_option *option = &p->table[i];
    ocs_value *value = &p->given->values[i];
    if (!takes_value(option)) {
        if (text)
            return ocs_fail(p->err, OCS_USAGE, "--%s takes no value", option->name);
        value->given = true;
        value->number++;
        return OCS_OK;
    }
    if (!text && p->at + 1 >= p->argc)
        return ocs_fail(p->err, OCS_USAGE, "--%s wants a value (%s)", option->name,
                        option->value ? option->value : "one of its choices");
    return read_value(option, text ? text : p->argv[++p->at], value, p->err);
}

static ocs_status unknown_long(const parser *p, ocs_str name)
{
    const char *guess = NULL;
    const char **names = calloc(p->n, sizeof *names);
    if (names) {
        for (size_t i = 0; i < p->n; i++)
            names[i] = p->table[i].name;
        guess = ocs_guess(name, names, p->n);
    }
    free(names);
    if (!guess)
        return ocs_fail(p->err, OCS_USAGE, "unknown option --%.*s", OCS_ARG(name));
    return ocs_fail(p->err, OCS_USAGE, "unknown option --%.*s; did you mean --%s?", OCS_ARG(name),
                    guess);
}

static ocs_status take_long(parser *p, const char *word)
{
    ocs_str name = ocs_str_of(word);
    size_t equals = ocs_str_find_char(name, '=', 0);
    const char *text = equals < name.n ? word + equals + 1 : NULL;
    name.n = equals;
    for (size_t i = 0; i < p->n; i++)
        if (ocs_str_eq(name, ocs_str_of(p->table[i].name)))
            return take_option(p, i, text);
    return unknown_long(p, name);
}

static ocs_status unknown_short(const parser *p, const char *word)
{
    ocs_str s = ocs_str_of(word);
    uint32_t point;
    ocs_str letter = ocs_str_sub(s, 0, ocs_utf8_at(s, 0, &point));
    return ocs_fail(p->err, OCS_USAGE,
                    "unknown option -%.*s; words that start with '-' go after '--'",
                    OCS_ARG(letter));
}

/* "-qv", "-n5": flags up to the first option with a value, which takes the rest of the word. */
static ocs_status take_short(parser *p, const char *word)
{
    for (const char *c = word; *c; c++) {
        size_t i = 0;
        while (i < p->n && p->table[i].letter != *c)
            i++;
        if (i == p->n)
            return unknown_short(p, c);
        bool value = takes_value(&p->table[i]);
        ocs_status st = take_option(p, i, value && c[1] ? c + 1 : NULL);
        if (st != OCS_OK || value)
            return st;
    }
    return OCS_OK;
}

static ocs_status take_word(parser *p, bool *ended)
{
    const char *word = p->argv[p->at];
    if (*ended || word[0] != '-' || word[1] == '\0') {
        p->given->arguments[p->given->n_arguments++] = word;
        return OCS_OK;
    }
    if (word[1] != '-')
        return take_short(p, word + 1);
    if (word[2] != '\0')
        return take_long(p, word + 2);
    *ended = true;
    return OCS_OK;
}

/* Room for all that ${argc} words can give, with the presets in it. */
static bool prepare(const ocs_option *table, size_t n, int argc, ocs_arena *arena, ocs_given *given)
{
    size_t words = argc > 0 ? (size_t)argc : 0;
    given->n_arguments = 0;
    given->arguments = ocs_arena_array(arena, words + 1, sizeof *given->arguments);
    given->values = ocs_arena_array(arena, n, sizeof *given->values);
    if (!given->arguments || !given->values)
        return false;
    for (size_t i = 0; i < n; i++) {
        given->values[i].number = table[i].preset;
        if (table[i].type != OCS_OPTION_STRINGS)
            continue;
        given->values[i].texts = ocs_arena_array(arena, words + 1, sizeof(const char *));
        if (!given->values[i].texts)
            return false;
    }
    return true;
}

ocs_status ocs_options_parse(const ocs_option *table, size_t n, int argc, const char *const *argv,
                             ocs_arena *arena, ocs_given *given, ocs_error *err)
{
    if (!prepare(table, n, argc, arena, given))
        return ocs_fail(err, OCS_NOMEM, "no memory for the command line");
    parser p = {.table = table, .n = n, .argc = argc, .argv = argv, .given = given, .err = err};
    bool ended = false;
    for (; p.at < argc; p.at++) {
        ocs_status st = take_word(&p, &ended);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

bool ocs_span_parse(const char *text, ocs_span *span)
{
    ocs_str s = ocs_str_of(text);
    size_t dots = ocs_str_find(s, OCS_STR(".."), 0);
    long long from, to;
    if (dots == s.n || !read_number(ocs_str_sub(s, 0, dots), &from) ||
        !read_number(ocs_str_sub(s, dots + 2, s.n), &to) || from < 0 || to < from)
        return false;
    *span = (ocs_span){(size_t)from, (size_t)to};
    return true;
}
