/* Facets on the command line: what is asked for, and how the counts are printed. */
#ifndef OCS_CLI_FACETS_H
#define OCS_CLI_FACETS_H

#include "cli/hits.h"
#include "cli/place.h"
#include "query/facets.h"

typedef struct ocs_facets_asked {
    ocs_facet_wanted at[OCS_FACET_COUNT];
    size_t n;
} ocs_facets_asked;

/* --facet=NAME[:N],... of option ${option}.  Says what is wrong. */
ocs_exit ocs_facets_ask(const ocs_cli *cli, int option, ocs_facets_asked *asked);

/* In the form that ${hits} are printed in; rows are begun by ocs_facets_head. */
void ocs_facets_head(ocs_hits *hits);
void ocs_facets_put(ocs_hits *hits, const ocs_facet *facet);

/* The names that --facet knows, for --help. */
void ocs_facets_help(ocs_buf *out);

#endif
