/* Options: one table for each command, from which the arguments are parsed and --help is printed.
 *
 * Options may stand before, between and after arguments; `--` ends them; a lone `-` is an argument.
 * `--name=value` and `--name value`, `-nvalue` and `-n value`; short flags may be joined (`-qv`).
 * Long names must be written out: a script that relies on an abbreviation breaks with the next
 * option.  Of an option given twice the last counts, but OCS_OPTION_STRINGS collects them. */
#ifndef OCS_CLI_OPTIONS_H
#define OCS_CLI_OPTIONS_H

#include "base/base.h"

typedef enum ocs_option_type {
    OCS_OPTION_FLAG,
    OCS_OPTION_COUNT,   /* how often it was given: -vv */
    OCS_OPTION_INT,     /* from low to high */
    OCS_OPTION_SIZE,    /* bytes, from low to high, with K, M or G for 1024, its square and cube */
    OCS_OPTION_SECONDS, /* 0 and up, decimals allowed */
    OCS_OPTION_PERCENT, /* 0 to 100, a final % allowed */
    OCS_OPTION_CHOICE,  /* one of choices */
    OCS_OPTION_STRING,
    OCS_OPTION_STRINGS /* may be repeated */
} ocs_option_type;

typedef struct ocs_option {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what --help calls the value: "N"; NULL where there is none or a choice */
    const char *about;
    const char *const *choices; /* ended by NULL */
    long long low, high;
    long long preset; /* the number, or the choice's index, when it is not given */
    ocs_option_type type;
} ocs_option;

typedef struct ocs_value {
    bool given;
    long long number; /* of a flag, count, int, size, per cent, choice */
    double seconds;
    const char *text;   /* as written */
    const char **texts; /* OCS_OPTION_STRINGS */
    size_t n_texts;
} ocs_value;

/* What a command line said; values[i] belongs to the table's row i.  Lives in the arena. */
typedef struct ocs_given {
    ocs_value *values;
    const char **arguments;
    size_t n_arguments;
} ocs_given;

/* Parse ${argc} words.  OCS_USAGE and a sentence for the first word that is wrong, with what was
 * probably meant; OCS_NOMEM. */
ocs_status ocs_options_parse(const ocs_option *table, size_t n, int argc, const char *const *argv,
                             ocs_arena *arena, ocs_given *given, ocs_error *err) OCS_MUST_CHECK;

/* The rows from ${from} on, aligned, one option a line (more for a long description). */
void ocs_options_print(const ocs_option *table, size_t from, size_t n, ocs_buf *out);

/* "A..B" into two numbers with A <= B; for spans of bytes. */
bool ocs_span_parse(const char *text, ocs_span *span);

/* The one of ${n} names that ${word} was probably meant for, or NULL when none is close. */
const char *ocs_guess(ocs_str word, const char *const *names, size_t n);

#endif
