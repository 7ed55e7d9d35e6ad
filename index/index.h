/* index: documents into a Xapian database and back.
 *
 * On disk an index is a directory: `lock`, `current` (a symbolic link to the generation in use) and
 * generations `gen-000001`, ..., each a plain Xapian database.  Small updates commit in place; a
 * build from nothing, and one that takes the place of an index most of whose pages are to be read,
 * makes a new generation, called `gen-000001.new` until it is complete, and switches to it then. */
#ifndef OCS_INDEX_H
#define OCS_INDEX_H

#include "index/columns.h"
#include "index/record.h"
#include "index/schema.h"
#include "index/xapian_c.h"
#include "ingest/ingest.h"

/* ---- reading ---- */

typedef struct ocs_index ocs_index;

/* OCS_NOTFOUND (with a message) when there is none, OCS_VERSION when a newer ocsearch made it,
 * OCS_CORRUPT when it is damaged. */
ocs_status ocs_index_open(const char *dir, ocs_index **index, ocs_error *err) OCS_MUST_CHECK;
/* Search another index together with the first. */
ocs_status ocs_index_add(ocs_index *index, const char *dir, ocs_error *err) OCS_MUST_CHECK;
/* Of both: "tcp://host:port" instead of a directory is the database that xapian-tcpsrv serves there
 * ("tcp://[::1]:9000" by an address with colons).  OCS_NETWORK or OCS_TIMEOUT when it does not answer
 * within OCS_REMOTE_MS, which holds for each exchange. */
enum { OCS_REMOTE_MS = 10000 };
bool ocs_index_is_remote(const char *dir);
/* Whether any part is such a one, so that each question to it takes a while. */
bool ocs_index_elsewhere(const ocs_index *index);
void ocs_index_close(ocs_index *index);
/* Move to the newest revision and generation. */
ocs_status ocs_index_reopen(ocs_index *index, ocs_error *err) OCS_MUST_CHECK;
/* What is to be done after ${failed}, before all is tried once more: after OCS_MODIFIED the index is
 * reopened, after OCS_NETWORK and OCS_TIMEOUT the parts that do not answer are left out, if others
 * are left and ocs_index_need_all was not said.  OCS_OK: try again; else ${failed} or what failed
 * now, with its message. */
ocs_status ocs_index_recover(ocs_index *index, ocs_status failed, ocs_error *err) OCS_MUST_CHECK;
void ocs_index_need_all(ocs_index *index);
/* Parts that are not searched because they did not answer, here or, by ocs_index_miss, when they were
 * to be opened: their names; NULL behind the last. */
ocs_status ocs_index_miss(ocs_index *index, const char *dir, ocs_error *err) OCS_MUST_CHECK;
const char *ocs_index_missing(const ocs_index *index, size_t i);
xap_db *ocs_index_db(ocs_index *index);
/* The databases that are searched together: document ${number} of the whole is document
 * (number - 1) / parts + 1 of part (number - 1) % parts. */
size_t ocs_index_parts(const ocs_index *index);
xap_db *ocs_index_part_db(ocs_index *index, size_t part);
/* The columns of a part (index/columns.h), until the index is reopened or closed. */
ocs_status ocs_index_columns(ocs_index *index, size_t part, ocs_columns **columns,
                             ocs_error *err) OCS_MUST_CHECK;
/* Whether the columns say what the documents say: no rules for names are in force but those that
 * made the index. */
ocs_status ocs_index_columns_apply(ocs_index *index, bool *apply, ocs_error *err) OCS_MUST_CHECK;
/* Languages whose stemmers the index used, space-separated. */
ocs_str ocs_index_langs(const ocs_index *index);
/* Rules that documents are read by from now on (ocs_aliases_apply), and that queries are planned by.
 * They stay the caller's; NULL for none. */
void ocs_index_set_aliases(ocs_index *index, const ocs_aliases *aliases);
const ocs_aliases *ocs_index_aliases(const ocs_index *index);
/* How queries on this index are planned (query/query.h), for every search, count and tally of it.
 * The options stay the caller's; NULL for the defaults. */
struct ocs_plan_options;
void ocs_index_set_planning(ocs_index *index, const struct ocs_plan_options *options);
const struct ocs_plan_options *ocs_index_planning(const ocs_index *index);
/* The document with this number, unpacked into ${arena}. */
ocs_status ocs_index_document(ocs_index *index, xap_docid number, ocs_arena *arena,
                              ocs_document *document, ocs_error *err) OCS_MUST_CHECK;
/* The number of the document with this id or path (absolute or from the current directory, links
 * and all); OCS_NOTFOUND without a message when none. */
ocs_status ocs_index_find(ocs_index *index, ocs_str id_or_path, xap_docid *number,
                          ocs_error *err) OCS_MUST_CHECK;

typedef struct ocs_index_info {
    char database[4096]; /* path of the generation in use */
    uint32_t documents, failed_pages, format;
    uint64_t rules;   /* that made the index */
    int64_t updated;  /* seconds since 1970 */
    uint64_t bytes;   /* on this machine's disk */
    uint64_t changes; /* documents added, replaced or deleted since it was written in one piece */
    uint64_t changes_most; /* with so many a run compacts it at its end (OCS_COMPACT_AUTO) */
    char langs[256];
} ocs_index_info;
ocs_status ocs_index_read_info(ocs_index *index, ocs_index_info *info,
                               ocs_error *err) OCS_MUST_CHECK;
/* Calls ${each} for every source that was indexed and every page that could not be. */
ocs_status ocs_index_each_source(ocs_index *index, void (*each)(void *payload, ocs_str name),
                                 void *payload, ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_index_each_failure(ocs_index *index,
                                  void (*each)(void *payload, ocs_str path, ocs_str message),
                                  void *payload, ocs_error *err) OCS_MUST_CHECK;

/* What the last run knew of a page. */
typedef struct ocs_index_page {
    ocs_str path;
    uint64_t hash;   /* ocs_hash of its bytes, 0 when they could not be read */
    uint64_t rules;  /* ocs_update_rules of the run */
    bool failed;     /* there is no document of these bytes */
    bool refused;    /* for the system did not let them be read: every run tries again */
    ocs_str message; /* why; empty unless it failed */
} ocs_index_page;
/* Calls ${each} for every page; what it is given lives until it returns. */
ocs_status ocs_index_each_page(ocs_index *index,
                               void (*each)(void *payload, const ocs_index_page *page),
                               void *payload, ocs_error *err) OCS_MUST_CHECK;
/* What the (first) index keeps of sites, by which new pages would be judged (ingest/site.h). */
ocs_status ocs_index_sites(ocs_index *index, struct ocs_sites *sites,
                           ocs_error *err) OCS_MUST_CHECK;

/* ---- updating ---- */

typedef enum ocs_fate {
    OCS_FATE_UNCHANGED,
    OCS_FATE_ADDED,
    OCS_FATE_CHANGED,
    OCS_FATE_DELETED, /* the page has vanished from its source */
    OCS_FATE_FAILED,  /* could not be read or ingested; what was indexed of it before stays */
    OCS_FATE_COUNT
} ocs_fate;
const char *ocs_fate_name(ocs_fate fate);

/* How an index is built that is new, or made anew because most of its pages are to be read; other
 * changes are always libxapian's. */
typedef enum ocs_builder {
    OCS_BUILDER_AUTO,  /* in bulk, where the libxapian that runs has a format that we can write */
    OCS_BUILDER_XAPIAN /* by libxapian */
} ocs_builder;

/* When an index that was changed in place is written anew in one piece. */
typedef enum ocs_compact_when {
    OCS_COMPACT_AUTO, /* when half of it was changed */
    OCS_COMPACT_NEVER,
    OCS_COMPACT_ALWAYS
} ocs_compact_when;

typedef struct ocs_update {
    ocs_builder builder;
    ocs_compact_when compact;
    double lock_wait;    /* seconds to wait for another run's lock */
    unsigned max_delete; /* per cent of a source's pages that one run may delete */
    bool keep_vanished;  /* delete nothing */
    int64_t since_ns;    /* only pages changed since then, and nothing is deleted; 0: all */
    unsigned part;  /* of ${parts} parts (0: all is one) of the collection only this one, from */
    unsigned parts; /* 0: pages are parted by the hash that is their id */
    bool dry_run;   /* report, change nothing */
    const ocs_gaz *tables; /* ocs_ingest_use_tables; pages made with others are made anew */
    bool keep_blocks;      /* ocs_ingest_keep_blocks; pages made otherwise are made anew */
    size_t page_cap;       /* bytes; a larger page fails */
    size_t jobs;           /* processes that read pages; 0: this one, without the next two limits */
    unsigned page_seconds; /* of CPU; a page that takes more fails */
    size_t page_memory;    /* bytes of address space of such a process; likewise */
    const ocs_log *log;    /* may be NULL */
    /* Called before the first page with how many will come, and how many of them are to be read; may
     * be NULL. */
    void (*planned)(void *payload, uint64_t pages, uint64_t to_read);
    /* Called for every page, in order; ${why} is a sentence for OCS_FATE_FAILED, else NULL. */
    void (*each)(void *payload, const char *path, ocs_fate fate, const char *why);
    void *payload;
    /* Rules for names, or NULL; pages made by other rules are made anew. */
    const ocs_aliases *aliases;
} ocs_update;

/* How the last run on an index went that was no dry run. */
typedef struct ocs_last_run {
    int64_t began, ended; /* seconds since 1970; .ended is 0 when it has not come to its end */
    int64_t process;      /* 0 is not known */
    bool going;           /* it has not come to its end, and its process is there */
    ocs_status status;    /* what ocs_index_update said, and the message if that was not OCS_OK */
    char message[OCS_ERROR_TEXT];
    uint64_t pages[OCS_FATE_COUNT];
} ocs_last_run;
/* Of the (first) index; OCS_NOTFOUND without a message when it is not known. */
ocs_status ocs_index_last_run(ocs_index *index, ocs_last_run *run, ocs_error *err) OCS_MUST_CHECK;

typedef struct ocs_update_counts {
    uint64_t pages[OCS_FATE_COUNT];
    uint64_t bytes_read;
    uint32_t documents; /* in the index afterwards */
} ocs_update_counts;

/* The version of rules that a run compares with: what ocs_ingest_version says, whether blocks are
 * kept, tables of the user's in the place of the built-in ones, and the rules of the alias file
 * (NULL: none). */
uint64_t ocs_update_rules(bool keep_blocks, const ocs_gaz *tables, const ocs_aliases *aliases);

/* The defaults: no waiting, 20 %, 64 MiB a page, no processes; were there any, 60 seconds and 4 GiB a
 * page. */
extern const ocs_update ocs_update_defaults;

/* Bring the index at ${dir} (made if need be) up to date with the sources: new and changed pages
 * are ingested, vanished pages of these sources removed, everything else left alone.  Each commit
 * is consistent, so that a killed run is continued by the next one; where the index is made anew, it
 * begins again, and what was there stays until it has come to its end.
 *
 * A page that failed is tried again when it or the rules changed, and in every run when the system
 * could not read it.  Pages below a folder that could not be read are left as they are, and so are
 * those that another source brought as long as they are on disk.  ${list} (may be NULL, stays the
 * caller's) deletes nothing and may be empty.  Pages inside ${dir} itself are passed over.
 *
 * OCS_LOCKED when another run kept the lock; OCS_REFUSED, with nothing changed, when a file or
 * folder is missing or empty or more than max_delete per cent of the pages known from it would go;
 * OCS_USAGE without any source; OCS_VERSION, OCS_CORRUPT as for opening; OCS_IO when the index
 * cannot be written: what was committed before stays.  Faults of single pages are counted and
 * reported, never returned; the end of a process that read one is the fault of that page.  What is
 * told and written does not depend on .jobs. */
ocs_status ocs_index_update(const char *dir, const char *const *paths, size_t n_paths,
                            ocs_source *list, const ocs_update *update, ocs_update_counts *counts,
                            ocs_error *err) OCS_MUST_CHECK;

#endif
