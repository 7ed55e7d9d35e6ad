/* What a search prints: one printer for each form of output, behind the same three calls. */
#ifndef OCS_CLI_HITS_H
#define OCS_CLI_HITS_H

#include "cli/out.h"
#include "cli/paint.h"
#include "cli/records.h"
#include "cli/table.h"
#include "query/suggest.h"

/* One list of forms for the option's choices and the printers. */
#define OCS_HIT_FORMATS(X) \
    X(TEXT, "text")        \
    X(JSONL, "jsonl")      \
    X(JSON, "json")        \
    X(CSV, "csv")          \
    X(TSV, "tsv")

typedef enum ocs_hit_format {
#define X(name, text) OCS_HITS_##name,
    OCS_HIT_FORMATS(X)
#undef X
        OCS_HITS_COUNT
} ocs_hit_format;

extern const char *const ocs_hit_format_names[];

/* What the summary tells of a facet. */
typedef struct ocs_facet_listed {
    const char *name;
    size_t shown, distinct;
} ocs_facet_listed;

enum { OCS_HITS_FACETS = 32 };

typedef struct ocs_hits {
    ocs_out *out;
    ocs_hit_format format;
    ocs_str query; /* as written */
    bool explain;
    bool facets_only; /* rows are facets, and no hit comes */
    ocs_highlight highlight;
    bool people;                       /* the query asks for people or roles: name them */
    const ocs_suggestion *suggestions; /* for the summary record, where .suggested */
    size_t n_suggestions;
    bool suggested;
    ocs_arena *arena; /* of what is coloured in one hit; may be NULL: nothing is */
    uint32_t shown;
    ocs_facet_listed facets[OCS_HITS_FACETS];
    size_t n_facets;
    ocs_records records;
    ocs_table table;
} ocs_hits;

void ocs_hits_init(ocs_hits *hits, ocs_out *out, ocs_hit_format format, ocs_str query,
                   bool explain);
/* Before the first hit. */
void ocs_hits_start(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan);
void ocs_hits_put(ocs_hits *hits, const ocs_hit *hit);
/* After the last one. */
void ocs_hits_finish(ocs_hits *hits, const ocs_outcome *outcome, bool incomplete);
/* Free the memory without another word. */
void ocs_hits_clear(ocs_hits *hits);

#endif
