/* Where saved queries are, and what they have given.
 *
 * The queries: --saved-file, else $OCSEARCH_SAVED, else $XDG_CONFIG_HOME/ocsearch/saved, else
 * ~/.config/ocsearch/saved.  What `saved run --new` has given: a file a name and index in
 * --state-dir, else $XDG_STATE_HOME/ocsearch/seen, else ~/.local/state/ocsearch/seen. */
#ifndef OCS_CLI_SAVED_FILE_H
#define OCS_CLI_SAVED_FILE_H

#include "cli/place.h"
#include "query/saved.h"

/* ${given} is the option's text or NULL.  Results live in the command line's arena; OCS_USAGE when
 * the environment tells nothing. */
ocs_status ocs_saved_file(const ocs_cli *cli, const char *given, const char **path,
                          ocs_error *err) OCS_MUST_CHECK;

/* The file for ${name} on the indexes that the repeatable option ${db} names, and what it is about. */
typedef struct ocs_saved_state {
    const char *path;
    ocs_str about;
    bool several;
} ocs_saved_state;
ocs_status ocs_saved_state_of(const ocs_cli *cli, const char *given, int db, ocs_str name,
                              ocs_saved_state *state, ocs_error *err) OCS_MUST_CHECK;
/* Take away the files of ${name} for all indexes. */
ocs_status ocs_saved_state_forget(const ocs_cli *cli, const char *given, ocs_str name,
                                  ocs_error *err) OCS_MUST_CHECK;

/* For ocs_plan_options.saved: the queries that saved:NAME stands for, read when one is asked for. */
typedef struct ocs_saved_reader {
    const ocs_cli *cli;
    const char *given;
    bool read;
    ocs_saved saved;
} ocs_saved_reader;
ocs_status ocs_saved_reader_find(void *reader, ocs_str name, ocs_arena *arena, ocs_str *text,
                                 ocs_error *err) OCS_MUST_CHECK;

#endif
