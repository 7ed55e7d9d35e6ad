/* Where the index is: --db, else $OCSEARCH_DB, else $XDG_DATA_HOME/ocsearch/index, else
 * ~/.local/share/ocsearch/index. */
#ifndef OCS_CLI_PLACE_H
#define OCS_CLI_PLACE_H

#include "cli/command.h"
#include "query/query.h"

/* The directory without --db, in the command line's arena; OCS_USAGE when the environment tells
 * nothing. */
ocs_status ocs_place_preset(const ocs_cli *cli, const char **dir, ocs_error *err) OCS_MUST_CHECK;

/* Open what the option ${db} names, which may be repeatable, or the preset; says what went wrong.
 * Queries on it are planned as --aliases, --expand and --tables say where the command has them. */
ocs_exit ocs_place_open(const ocs_cli *cli, int db, ocs_index **index) OCS_MUST_CHECK;

/* The rules of --aliases, else of $OCSEARCH_ALIASES, else NULL; says what is wrong with them.  Read
 * once; the program frees them at its end.  ocs_place_open does this for the index. */
ocs_exit ocs_place_aliases(const ocs_cli *cli, const ocs_aliases **aliases) OCS_MUST_CHECK;

/* Close it, and say which parts did not answer: then what was found is incomplete, whatever ${code}
 * says of a success. */
ocs_exit ocs_place_close(ocs_index *index, ocs_exit code) OCS_MUST_CHECK;

/* The number of the document called ${name}: by id, by path as given, or by the absolute path of a page
 * that exists.  OCS_NOTFOUND without a message. */
ocs_status ocs_place_find(ocs_index *index, const char *name, xap_docid *number,
                          ocs_error *err) OCS_MUST_CHECK;

/* Say that there is no document called ${name}, and what to do. */
ocs_exit ocs_place_unknown(const char *name) OCS_MUST_CHECK;

/* Say a failure of a call on an open index. */
ocs_exit ocs_place_failure(ocs_status status, const ocs_error *err) OCS_MUST_CHECK;

#endif
