/* What was cut from pages, by what evidence, and how much, for the eyes of an analyst: page by page
 * while pages come in, and in the end site by site.
 *
 * Evidence is a role and its reason, as the verdict on a block has them.  Words and bytes are those
 * of the blocks' text; a blank block has no words.  A site is the host of the page's address where
 * that is known, else the folder that the page lies in. */
#ifndef OCS_CLI_AUDIT_H
#define OCS_CLI_AUDIT_H

#include "cli/records.h"
#include "ingest/block.h"

enum {
    OCS_AUDIT_EXAMPLE = 100, /* characters of an example that are shown */
    OCS_AUDIT_PROSE = 5,     /* pieces of cut prose that are listed of a page */
    OCS_AUDIT_SITES = 10000  /* pages of further sites are counted together */
};

/* What is shown of a cut text. */
typedef struct ocs_audit_cut {
    char text[4 * OCS_AUDIT_EXAMPLE + 4]; /* shortened */
    size_t n;
    ocs_str path; /* of its page */
    ocs_span raw;
    bool inexact;
} ocs_audit_cut;

typedef struct ocs_audit_evidence {
    ocs_block_role role;
    const char *reason; /* a static string, never NULL */
    uint64_t blocks, words;
    size_t longest; /* bytes of the longest text, which is the example */
    ocs_audit_cut example;
} ocs_audit_evidence;

typedef struct ocs_audit_prose {
    ocs_block_role role;
    const char *reason;
    uint32_t line, words;
    ocs_audit_cut cut;
} ocs_audit_prose;

/* Why somebody should look at a page. */
typedef enum ocs_audit_mark { OCS_AUDIT_UNMARKED, OCS_AUDIT_LITTLE, OCS_AUDIT_MOST } ocs_audit_mark;

/* What was counted of one page, of one site, or of all. */
typedef struct ocs_audit_count {
    uint64_t kept_words, kept_bytes, cut_words, cut_bytes;
    OCS_VEC(ocs_audit_evidence) evidence; /* sorted for printing: most words first */
} ocs_audit_count;

typedef struct ocs_audit_page {
    ocs_str path, url, site;
    ocs_audit_mark mark;
    bool changed; /* it is no longer what was indexed */
    ocs_audit_count count;
    ocs_audit_prose prose[OCS_AUDIT_PROSE];
    size_t n_prose, all_prose; /* listed, and how many there are */
} ocs_audit_page;

typedef struct ocs_audit_site {
    ocs_str name;           /* NULL: all sites together */
    uint64_t pages, marked; /* marked: with a mark or cut prose */
    ocs_audit_count count;
} ocs_audit_site;

typedef struct ocs_audit {
    ocs_out *out;
    ocs_records *records; /* NULL: the text form */
    ocs_arena *arena;     /* of the sites */
    OCS_VEC(ocs_audit_site) sites;
    bool sites_only; /* pages are counted, not printed */
    bool changed;    /* said of the page that is taken next */
    size_t last;     /* index of the site of the page before */
    ocs_audit_site all;
} ocs_audit;

/* ${out} and ${records} stay the caller's.  OCS_NOMEM. */
ocs_status ocs_audit_init(ocs_audit *audit, ocs_out *out, ocs_records *records,
                          ocs_error *err) OCS_MUST_CHECK;
void ocs_audit_clear(ocs_audit *audit);

/* The site of a page: the host of its address, else the folder of its path; points into it. */
ocs_str ocs_audit_site_name(const ocs_document *document);
/* Count and print one page; ${arena} is the page's.  OCS_LIMIT or OCS_NOMEM. */
ocs_status ocs_audit_take(ocs_audit *audit, const ocs_document *document, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_error *err) OCS_MUST_CHECK;
/* Print the sites in the order of their names, and all together where there are several. */
void ocs_audit_finish(ocs_audit *audit);

/* ---- how it is printed ---- */

void ocs_audit_print_page(ocs_audit *audit, const ocs_audit_page *page);
void ocs_audit_print_site(ocs_audit *audit, const ocs_audit_site *site);
const char *ocs_audit_mark_name(ocs_audit_mark mark); /* NULL for OCS_AUDIT_UNMARKED */
const char *ocs_audit_mark_words(ocs_audit_mark mark);

#endif
