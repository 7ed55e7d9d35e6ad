/* What a search prints: one printer for each form of output, behind the same three calls. */
#ifndef OCS_CLI_HITS_H
#define OCS_CLI_HITS_H

#include "cli/fields.h"
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
    X(TSV, "tsv")          \
    X(PATHS, "paths")      \
    X(IDS, "ids")          \
    X(TEXT0, "text0")

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
    ocs_str query;          /* as written */
    const ocs_index *index; /* whose missing parts the summary record names; may be NULL */
    bool explain;
    bool facets_only; /* rows are facets, and no hit comes */
    ocs_highlight highlight;
    ocs_str name; /* of a saved query; empty: none */
    bool news;    /* each hit is new or changed, as .note says, which is set before it is put */
    const char *note;
    bool people;                       /* the query asks for people or roles: name them */
    const ocs_suggestion *suggestions; /* for the summary record, where .suggested */
    size_t n_suggestions;
    bool suggested;
    ocs_arena *arena; /* of what is coloured in one hit; may be NULL: nothing is */
    /* Further keys of the record of the hit at hand; NULL: none. */
    void (*more)(void *payload, ocs_json *json);
    void *more_payload;
    uint32_t shown;
    ocs_facet_listed facets[OCS_HITS_FACETS];
    size_t n_facets;
    ocs_fields fields; /* of records, rows and TEXT0; the usual ones unless set after _init */
    ocs_records records;
    ocs_table table;
} ocs_hits;

void ocs_hits_init(ocs_hits *hits, ocs_out *out, ocs_hit_format format, ocs_str query,
                   bool explain);
/* Where --fields stand in this form (OCS_FIELDS_RECORDS, _ROWS); 0: it takes none. */
unsigned ocs_hit_format_fields(ocs_hit_format format);
/* Before the first hit. */
void ocs_hits_start(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan);
void ocs_hits_put(ocs_hits *hits, const ocs_hit *hit);
/* After the last one. */
void ocs_hits_finish(ocs_hits *hits, const ocs_outcome *outcome, bool incomplete);
/* Free the memory without another word. */
void ocs_hits_clear(ocs_hits *hits);

#endif
