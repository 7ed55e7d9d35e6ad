/* A C binding of libxapian (1.4.14 and up).  Handles are opaque; no exception crosses; every
 * exception becomes a status in one place:
 *   DatabaseLockError OCS_LOCKED when the lock is held, OCS_IO when it cannot be made
 *   DatabaseModifiedError OCS_MODIFIED · DocNotFoundError, DatabaseNotFoundError OCS_NOTFOUND
 *   DatabaseCorruptError OCS_CORRUPT · DatabaseVersionError, FeatureUnavailableError OCS_VERSION
 *   DatabaseOpeningError OCS_IO when the system refused, OCS_CORRUPT when a part is missing or bad
 *   DatabaseClosedError OCS_BUG · other DatabaseError OCS_IO
 *   NetworkTimeoutError OCS_TIMEOUT · NetworkError OCS_NETWORK
 *   WildcardError OCS_LIMIT · QueryParserError OCS_USAGE · UnimplementedError OCS_UNSUPPORTED
 *   InvalidArgumentError, InvalidOperationError, RangeError OCS_BUG
 *   bad_alloc OCS_NOMEM · anything else OCS_BUG
 * A status with a message names the operation and libxapian's own words; OCS_NOTFOUND has none.
 *
 * Text goes in as ocs_str, terms may hold any bytes but cannot be empty.  What comes out as ocs_str
 * is borrowed from the handle and lasts until the next call on that handle.  A call that fails
 * leaves its outputs alone, but a handle that it was to make is NULL then.  Every free/close takes
 * NULL.  A handle is for one thread at a time, and so are all handles made from one database. */
#ifndef OCS_INDEX_XAPIAN_C_H
#define OCS_INDEX_XAPIAN_C_H

#include "base/base.h"

typedef struct xap_db xap_db;         /* a database open for reading */
typedef struct xap_writer xap_writer; /* a database open for writing; holds libxapian's lock */
typedef struct xap_document xap_document;
typedef struct xap_query xap_query;
typedef struct xap_results xap_results; /* what a search found, in order */
typedef struct xap_terms xap_terms;     /* a walk over terms or keys */
typedef struct xap_stem xap_stem;

typedef uint32_t xap_docid; /* 1 and up */

/* ---- a database for reading ---- */

ocs_status xap_db_open(const char *path, xap_db **db, ocs_error *err) OCS_MUST_CHECK;
/* A database served by xapian-tcpsrv; ${timeout_ms} (0: none) holds for connecting and then for
 * each exchange. */
ocs_status xap_db_open_remote(const char *host, unsigned port, unsigned timeout_ms, xap_db **db,
                              ocs_error *err) OCS_MUST_CHECK;
/* Join another database: its documents are searched together with the first's. */
ocs_status xap_db_add(xap_db *db, const char *path, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_add_remote(xap_db *db, const char *host, unsigned port, unsigned timeout_ms,
                             ocs_error *err) OCS_MUST_CHECK;
/* A database of no documents, to be joined by others. */
ocs_status xap_db_open_none(xap_db **db, ocs_error *err) OCS_MUST_CHECK;
void xap_db_close(xap_db *db);
/* Move to the newest revision; ${moved} (may be NULL) tells whether there was one. */
ocs_status xap_db_reopen(xap_db *db, bool *moved, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_count(xap_db *db, uint32_t *documents, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_last_docid(xap_db *db, xap_docid *last, ocs_error *err) OCS_MUST_CHECK;
/* In how many documents ${term} stands. */
ocs_status xap_db_term_documents(xap_db *db, ocs_str term, uint32_t *documents,
                                 ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_doc_length(xap_db *db, xap_docid id, uint32_t *length,
                             ocs_error *err) OCS_MUST_CHECK;
/* Stored bytes of a document, of one of its value slots, of a metadata key; an absent value or key
 * is empty, an absent document OCS_NOTFOUND. */
ocs_status xap_db_data(xap_db *db, xap_docid id, ocs_str *data, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_value(xap_db *db, xap_docid id, uint32_t slot, ocs_str *value,
                        ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_db_metadata(xap_db *db, ocs_str key, ocs_str *value, ocs_error *err) OCS_MUST_CHECK;
/* The first document indexed by ${term}; OCS_NOTFOUND when none. */
ocs_status xap_db_first(xap_db *db, ocs_str term, xap_docid *id, ocs_error *err) OCS_MUST_CHECK;
/* Write what is at ${from} to a new database at ${to}, whose tables are full from end to end;
 * documents keep their numbers. */
ocs_status xap_compact(const char *from, const char *to, ocs_error *err) OCS_MUST_CHECK;
/* A problem found by libxapian's checker gives OCS_CORRUPT; what the checker said is added to
 * ${report} (may be NULL) in any case.  Database and version must be there as for opening. */
ocs_status xap_check(const char *path, ocs_buf *report, ocs_error *err) OCS_MUST_CHECK;

/* ---- walks ---- */

/* A walk goes over the revision it was begun on, and may outlive its xap_db.  OCS_MODIFIED ends it:
 * reopen the database and begin another. */

/* All terms that start with ${prefix}, in byte order. */
ocs_status xap_db_terms(xap_db *db, ocs_str prefix, xap_terms **terms,
                        ocs_error *err) OCS_MUST_CHECK;
/* All metadata keys that start with ${prefix}, in byte order. */
ocs_status xap_db_keys(xap_db *db, ocs_str prefix, xap_terms **terms,
                       ocs_error *err) OCS_MUST_CHECK;
/* The terms of one document. */
ocs_status xap_db_doc_terms(xap_db *db, xap_docid id, xap_terms **terms,
                            ocs_error *err) OCS_MUST_CHECK;
/* The next term or key and, for terms, in how many documents it stands (${documents} may be NULL).
 * Keys give 0.  OCS_NOTFOUND at the end. */
ocs_status xap_terms_next(xap_terms *terms, ocs_str *term, uint32_t *documents,
                          ocs_error *err) OCS_MUST_CHECK;
/* Skip forward to the first one at or after ${term}; what was passed does not come again. */
ocs_status xap_terms_skip_to(xap_terms *terms, ocs_str term, ocs_error *err) OCS_MUST_CHECK;
/* For the terms of one document: the next, and how often it stands there. */
ocs_status xap_terms_next_wdf(xap_terms *terms, ocs_str *term, uint32_t *wdf,
                              ocs_error *err) OCS_MUST_CHECK;
void xap_terms_free(xap_terms *terms);
/* The positions of ${term} in a document, into ${arena}; none gives OCS_NOTFOUND. */
ocs_status xap_db_positions(xap_db *db, xap_docid id, ocs_str term, ocs_arena *arena,
                            uint32_t **positions, size_t *n, ocs_error *err) OCS_MUST_CHECK;

/* The documents that ${term} stands in, by number. */
typedef struct xap_postings xap_postings;
ocs_status xap_db_postings(xap_db *db, ocs_str term, xap_postings **postings,
                           ocs_error *err) OCS_MUST_CHECK;
/* The next one and how often the term stands there (${wdf} may be NULL); OCS_NOTFOUND at the end. */
ocs_status xap_postings_next(xap_postings *postings, xap_docid *id, uint32_t *wdf,
                             ocs_error *err) OCS_MUST_CHECK;
void xap_postings_free(xap_postings *postings);

typedef struct xap_slot {
    uint32_t documents; /* that have a value in it */
    ocs_str low, high;  /* bounds, not always tight; borrowed */
} xap_slot;
ocs_status xap_db_slot(xap_db *db, uint32_t slot, xap_slot *out, ocs_error *err) OCS_MUST_CHECK;
/* How often ${term} stands in all documents together. */
ocs_status xap_db_term_occurrences(xap_db *db, ocs_str term, uint64_t *occurrences,
                                   ocs_error *err) OCS_MUST_CHECK;

/* ---- writing ---- */

typedef enum xap_open { XAP_OPEN_EXISTING, XAP_CREATE_OR_OPEN, XAP_CREATE_NEW } xap_open;

ocs_status xap_writer_open(const char *path, xap_open how, xap_writer **writer,
                           ocs_error *err) OCS_MUST_CHECK;
/* Ends an open transaction without its changes, commits what was changed outside of one, then
 * closes and lets go of the lock; use xap_writer_commit first.  Faults of closing are reported, and
 * the writer is gone in any case.  Walks begun on xap_writer_db must be freed before. */
ocs_status xap_writer_close(xap_writer *writer, ocs_error *err);
/* The same database, for reading what is committed and what is pending; borrowed. */
xap_db *xap_writer_db(xap_writer *writer);
ocs_status xap_writer_begin(xap_writer *writer, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_writer_commit(xap_writer *writer, ocs_error *err)
    OCS_MUST_CHECK; /* and the transaction, if one is open */
ocs_status xap_writer_cancel(xap_writer *writer, ocs_error *err) OCS_MUST_CHECK;
/* Replace the document indexed by ${unique}, or add it; ${id} (may be NULL) gets its number. */
ocs_status xap_writer_replace(xap_writer *writer, ocs_str unique, const xap_document *document,
                              xap_docid *id, ocs_error *err) OCS_MUST_CHECK;
/* Give the document indexed by ${unique} other data, which leaves its terms and values as they are;
 * OCS_NOTFOUND (no message) when there is none. */
ocs_status xap_writer_replace_data(xap_writer *writer, ocs_str unique, ocs_str data, xap_docid *id,
                                   ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_writer_delete(xap_writer *writer, ocs_str unique, ocs_error *err) OCS_MUST_CHECK;
/* An empty value removes the key. */
ocs_status xap_writer_set_metadata(xap_writer *writer, ocs_str key, ocs_str value,
                                   ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_writer_add_spelling(xap_writer *writer, ocs_str word, ocs_error *err) OCS_MUST_CHECK;

/* ---- documents to be written ---- */

xap_document *xap_document_new(void); /* NULL when memory ran out */
void xap_document_free(xap_document *document);
ocs_status xap_document_clear(xap_document *document, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_document_set_data(xap_document *document, ocs_str data,
                                 ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_document_set_value(xap_document *document, uint32_t slot, ocs_str value,
                                  ocs_error *err) OCS_MUST_CHECK;
/* ${wdf}: how much this occurrence adds to the term's frequency within the document. */
ocs_status xap_document_add_term(xap_document *document, ocs_str term, uint32_t wdf,
                                 ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_document_add_posting(xap_document *document, ocs_str term, uint32_t position,
                                    uint32_t wdf, ocs_error *err) OCS_MUST_CHECK;

/* ---- queries ---- */

typedef enum xap_op {
    XAP_AND,
    XAP_OR,
    XAP_AND_NOT,
    XAP_AND_MAYBE,
    XAP_FILTER,  /* the second counts for matching, not for the score */
    XAP_NEAR,    /* all within ${window} words, in any order */
    XAP_PHRASE,  /* all within ${window} words, in this order */
    XAP_SYNONYM, /* like OR, weighed as one term */
    XAP_MAX
} xap_op;

/* Queries are combined, not consumed: free each that you made.
 *
 * XAP_NEAR and XAP_PHRASE take terms, and XAP_OR of terms; a wildcard or XAP_SYNONYM only beside
 * something else within an XAP_OR.  What else has no positions: at the top it is OCS_UNSUPPORTED,
 * but within an XAP_OR it silently never matches. */
ocs_status xap_query_all(xap_query **query, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_query_none(xap_query **query, ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_query_term(ocs_str term, xap_query **query, ocs_error *err) OCS_MUST_CHECK;
/* ${window} is for XAP_NEAR and XAP_PHRASE: the number of positions they may span. */
ocs_status xap_query_combine(xap_op op, xap_query *const *parts, size_t n, uint32_t window,
                             xap_query **query, ocs_error *err) OCS_MUST_CHECK;
/* Every term that starts with ${prefix} (not empty), weighed as one; more than ${limit} of them (0:
 * no limit) give OCS_LIMIT when the search runs. */
ocs_status xap_query_wildcard(ocs_str prefix, uint32_t limit, xap_query **query,
                              ocs_error *err) OCS_MUST_CHECK;
/* Values of ${slot} from ${low} to ${high}, both included, by bytes. */
ocs_status xap_query_range(uint32_t slot, ocs_str low, ocs_str high, xap_query **query,
                           ocs_error *err) OCS_MUST_CHECK;
ocs_status xap_query_scale(xap_query *part, double factor, xap_query **query,
                           ocs_error *err) OCS_MUST_CHECK;
/* Those of ${candidates} that ${check} says yes to; they keep their scores.  It is called while a
 * search runs, once for a candidate that the search comes to and has not ruled out otherwise, in
 * ascending order of documents within a database.  ${shard} and ${id} are the database that the
 * document lies in and its number there: of several databases joined it is the one, and ${id} is not
 * the number that the hit will have.  ${shard} lasts for the call and may be read from, positions
 * and all.  A failure of ${check} ends the search and is its status and message.
 *
 * ${check} is to say the same whenever it is asked about the same document.  ${payload} must outlive
 * the query and all that it becomes a part of.  A search of a remote database is OCS_UNSUPPORTED
 * before anything runs there.  How many documents match is known only as far as they were looked at
 * (xap_search.check_at_least). */
typedef ocs_status (*xap_check_document)(void *payload, xap_db *shard, xap_docid id, bool *yes,
                                         ocs_error *err);
ocs_status xap_query_checked(xap_query *candidates, xap_check_document check, void *payload,
                             xap_query **query, ocs_error *err) OCS_MUST_CHECK;
/* libxapian's own description, for --explain. */
ocs_status xap_query_describe(const xap_query *query, ocs_buf *out, ocs_error *err) OCS_MUST_CHECK;
void xap_query_free(xap_query *query);

/* ---- searching ---- */

/* A document without the value comes first (last when descending).  XAP_BY_DOCID scores 0. */
typedef enum xap_sort {
    XAP_BY_SCORE,
    XAP_BY_VALUE,
    XAP_BY_VALUE_DESCENDING,
    XAP_BY_DOCID
} xap_sort;

typedef struct xap_search {
    uint32_t first, most;    /* hits [first, first + most) */
    uint32_t check_at_least; /* look at so many at least, so that ${matches} is exact up to there */
    xap_sort sort;
    uint32_t sort_slot; /* equal values and scores: by docid */
    double time_limit;  /* seconds, after which check_at_least is let go; 0: none */
} xap_search;

ocs_status xap_search_run(xap_db *db, const xap_query *query, const xap_search *search,
                          xap_results **results, ocs_error *err) OCS_MUST_CHECK;
/* Call ${each} with every document that matches, in no promised order; it returns false to stop.
 * Not for joined databases: libxapian tells the number within one, and not of which. */
ocs_status xap_search_each(xap_db *db, const xap_query *query,
                           bool (*each)(void *payload, xap_docid id), void *payload,
                           ocs_error *err) OCS_MUST_CHECK;
size_t xap_results_count(const xap_results *results);
/* How many documents match: the best estimate, and whether it is exact. */
uint32_t xap_results_matches(const xap_results *results, bool *exact);
/* Of hit ${i}; 0 beyond the last. */
xap_docid xap_results_docid(const xap_results *results, size_t i);
double xap_results_score(const xap_results *results, size_t i);
void xap_results_free(xap_results *results);

/* ---- stemming ---- */

/* A Snowball stemmer by ISO 639-1 code; OCS_UNSUPPORTED (no message) when there is none. */
ocs_status xap_stem_new(const char *language, xap_stem **stem, ocs_error *err) OCS_MUST_CHECK;
/* The stem of one folded word, borrowed until the next call. */
ocs_status xap_stem_word(xap_stem *stem, ocs_str word, ocs_str *out, ocs_error *err) OCS_MUST_CHECK;
void xap_stem_free(xap_stem *stem);

/* "1.4.22" */
const char *xap_version(void);

/* libxapian 1.4 ends the whole process when a write fails that one of its destructors makes, as may
 * happen on a full disk.  ${handler} is called then; it must end the process, too, and may ask for the
 * reason, which is not always known: OCS_BUG without a message. */
void xap_set_terminate(void (*handler)(void));
ocs_status xap_terminate_reason(ocs_error *err) OCS_MUST_CHECK;

#endif
