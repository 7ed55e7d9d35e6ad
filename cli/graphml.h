/* Pairs as a graph in GraphML (http://graphml.graphdrawing.org), which Gephi, yEd, networkx and
 * igraph read: nodes with type, key, name and documents; undirected edges with weight (documents),
 * units, first and last. */
#ifndef OCS_CLI_GRAPHML_H
#define OCS_CLI_GRAPHML_H

#include "cli/out.h"
#include "query/pairs.h"

void ocs_graphml_print(ocs_out *out, const ocs_pairs *pairs);

#endif
