/* A command is a constant: a name, a table of options, a function.  The program is a list of them.
 *
 * Every table of options starts with the rows that all commands share; a command's own rows
 * follow, in the order of its own enumeration, which starts at OCS_OPTION_OWN. */
#ifndef OCS_CLI_COMMAND_H
#define OCS_CLI_COMMAND_H

#include "cli/exit.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/say.h"

#include <limits.h>

/* What a command gets to see. */
typedef struct ocs_cli {
    const ocs_given *given;
    ocs_out *out;
    ocs_arena *arena;                  /* of the command line; the process ends with it */
    struct ocs_aliases **aliases;      /* of the alias file once it is read; likewise */
    struct ocs_gaz_overlay **tables;   /* the user's, that queries are planned by; likewise */
    const struct ocs_command *command; /* that runs */
} ocs_cli;

typedef struct ocs_command {
    const char *name;
    const char *arguments; /* "SOURCE..." */
    const char *about;
    const ocs_option *options;
    size_t n_options;
    ocs_exit (*run)(ocs_cli *cli);
    void (*print_more)(ocs_buf *out); /* what --help adds at its end; may be NULL */
} ocs_command;

extern const ocs_command ocs_cmd_search, ocs_cmd_index, ocs_cmd_extract, ocs_cmd_show,
    ocs_cmd_count, ocs_cmd_status, ocs_cmd_audit, ocs_cmd_entities, ocs_cmd_alias, ocs_cmd_saved,
    ocs_cmd_export, ocs_cmd_similar, ocs_cmd_who, ocs_cmd_pairs, ocs_cmd_timeline, ocs_cmd_complete,
    ocs_cmd_completion, ocs_cmd_kwic, ocs_cmd_why_not;

/* All of them, in the order in which they are listed; NULL at the end. */
const ocs_command *ocs_command_at(size_t i);

enum {
    OCS_OPTION_HELP,
    OCS_OPTION_COLOR,
    OCS_OPTION_ALIASES,
    OCS_OPTION_ALL_SHARDS,
    OCS_OPTION_OWN
};

extern const char *const ocs_colour_names[]; /* in the order of ocs_colour */

#define OCS_SHARED_ROWS                                                                         \
    [OCS_OPTION_HELP] = {.name = "help", .letter = 'h', .about = "show this help and exit"},    \
    [OCS_OPTION_COLOR] = {.name = "color",                                                      \
                          .type = OCS_OPTION_CHOICE,                                            \
                          .choices = ocs_colour_names,                                          \
                          .about = "colour the output; auto: on a terminal, unless NO_COLOR "   \
                                   "is set"},                                                   \
    [OCS_OPTION_ALIASES] = {.name = "aliases",                                                  \
                            .value = "FILE",                                                    \
                            .type = OCS_OPTION_STRING,                                          \
                            .about = "the rules for names in FILE, else in $OCSEARCH_ALIASES"}, \
    [OCS_OPTION_ALL_SHARDS] = {.name = "all-shards",                                            \
                               .about = "fail when one of several indexes does not answer, "    \
                                        "instead of going on without it"}

/* Rows that several commands have, so that they read alike everywhere. */
#define OCS_ROW_DBS                                                       \
    {                                                                     \
        .name = "db", .value = "DIR", .type = OCS_OPTION_STRINGS,         \
        .about = "the index; may be repeated, to search several together" \
    }
#define OCS_ROW_DB                                                                    \
    {                                                                                 \
        .name = "db", .value = "DIR", .type = OCS_OPTION_STRING, .about = "the index" \
    }
#define OCS_ROW_FORMAT(names, index)                                                        \
    {                                                                                       \
        .name = "format", .type = OCS_OPTION_CHOICE, .choices = (names), .preset = (index), \
        .about = "the form of the output"                                                   \
    }
#define OCS_ROW_SINCE                                                                   \
    {                                                                                   \
        .name = "since", .value = "DATE", .type = OCS_OPTION_STRING,                    \
        .about = "only what was published in or after DATE (2017, 2017-02, 2017-02-13)" \
    }
#define OCS_ROW_UNTIL                                                \
    {                                                                \
        .name = "until", .value = "DATE", .type = OCS_OPTION_STRING, \
        .about = "only what was published in or before DATE"         \
    }
#define OCS_ROW_FORMAT_VERSION                                                               \
    {                                                                                        \
        .name = "format-version", .value = "N", .type = OCS_OPTION_INT, .low = 1, .high = 1, \
        .preset = 1, .about = "the schema of the records; 1 is the only one so far"          \
    }
#define OCS_ROW_LIMIT(most, usual, tells)                                               \
    {                                                                                   \
        .name = "limit", .letter = 'n', .value = "N", .type = OCS_OPTION_INT, .low = 0, \
        .high = (most), .preset = (usual), .about = (tells)                             \
    }
#define OCS_ROW_OFFSET(most, tells)                                                       \
    {                                                                                     \
        .name = "offset", .value = "N", .type = OCS_OPTION_INT, .low = 0, .high = (most), \
        .about = (tells)                                                                  \
    }
#define OCS_ROW_OK_EMPTY                                                 \
    {                                                                    \
        .name = "ok-empty", .about = "exit with 0 when nothing is found" \
    }
#define OCS_ROW_COUNT_COPIES                                                           \
    {                                                                                  \
        .name = "all-copies", .about = "count copies of an article each, and not once" \
    }
#define OCS_ROW_FILES_FROM                                                            \
    {                                                                                 \
        .name = "files-from", .value = "FILE", .type = OCS_OPTION_STRING,             \
        .about = "read the paths of pages from FILE, one a line; - is standard input" \
    }
#define OCS_ROW_NUL                                                                          \
    {                                                                                        \
        .name = "null", .letter = '0', .about = "the paths of --files-from end in NUL bytes" \
    }
#define OCS_ROW_MAX_PAGE                                                                          \
    {                                                                                             \
        .name = "max-page", .value = "SIZE", .type = OCS_OPTION_SIZE, .low = 1, .high = 1L << 30, \
        .preset = 64L << 20, .about = "a page larger than this fails (default 64M)"               \
    }

/* How queries are planned: a command that takes a query has both rows, and ocs_place_open finds
 * them by their names. */
#define OCS_ROW_EXPAND                                                                         \
    {                                                                                          \
        .name = "expand", .value = "KINDS", .type = OCS_OPTION_STRING,                         \
        .about = "what is searched beside what was written: any of stems, spelling, acronym, " \
                 "names and translit, with commas between, or all (the default) or none"       \
    }
#define OCS_ROW_QUERY_TABLES                                                                     \
    {                                                                                            \
        .name = "tables", .value = "DIR", .type = OCS_OPTION_STRING,                             \
        .about = "names of things from tables over the built-in ones (default $OCSEARCH_TABLES)" \
    }

#define OCS_ROW_KEEP_BLOCKS                                                                       \
    {                                                                                             \
        .name = "keep-blocks", .about = "keep the text of all blocks, menus and all: cut nothing" \
    }
#define OCS_ROW_NO_EVIDENCE                                                                  \
    {                                                                                        \
        .name = "no-evidence",                                                               \
        .about = "judge each page by itself and print it at once, not by what the pages of " \
                 "its site have in common"                                                   \
    }

static inline bool ocs_cli_flag(const ocs_cli *cli, int option)
{
    return cli->given->values[option].given;
}
static inline long long ocs_cli_number(const ocs_cli *cli, int option)
{
    return cli->given->values[option].number;
}
static inline const char *ocs_cli_text(const ocs_cli *cli, int option)
{
    return cli->given->values[option].text; /* NULL when not given */
}

/* The row of that name in the options of the command that runs; -1 when it has none. */
int ocs_cli_row(const ocs_cli *cli, const char *name);

/* The arguments joined by spaces, in the arena; OCS_USAGE when there is none. */
ocs_status ocs_cli_words(const ocs_cli *cli, const char *what, ocs_str *words,
                         ocs_error *err) OCS_MUST_CHECK;

#endif
