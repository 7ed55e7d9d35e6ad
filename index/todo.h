/* What a run has to do, found out before anything is changed: the pages of all sources as they lie
 * on disk, compared with what the index knows of them.  Private to index/. */
#ifndef OCS_INDEX_TODO_H
#define OCS_INDEX_TODO_H

#include "corpus/corpus.h"
#include "index/xapian_c.h"

typedef enum ocs_todo_what {
    OCS_TODO_NOTHING, /* the page is as it was */
    OCS_TODO_RECALL,  /* it failed, and is as it was: .why is what was said then */
    OCS_TODO_READ,    /* known, but perhaps changed */
    OCS_TODO_ADD,     /* not known yet */
    OCS_TODO_DELETE,  /* known, but gone from its source */
    OCS_TODO_FAULT,   /* the source could not tell of it; .why is the reason */
    OCS_TODO_KEEP     /* known, but not looked at by this run: an index built anew takes it over */
} ocs_todo_what;

typedef struct ocs_todo_page {
    const char *path, *why;
    uint64_t size;
    int64_t mtime_ns;
    uint32_t source; /* index of the source that brought it */
    ocs_todo_what what;
    bool touched;     /* OCS_TODO_READ: nothing tells that it is another one but its time */
    size_t container; /* as in ocs_page_info */
    uint64_t member;
    uint64_t more; /* OCS_TODO_FAULT: so many further faults of the same container */
} ocs_todo_page;

/* A container that was opened by this run. */
typedef struct ocs_todo_container {
    const char *path;
    uint64_t size;
    int64_t mtime_ns;
    uint64_t pages; /* in it that the run is about */
    bool faulty;    /* and something that cannot be read */
} ocs_todo_container;

typedef struct ocs_todo {
    ocs_arena *arena;
    ocs_source *const *sources;
    size_t n_sources;
    OCS_VEC(ocs_todo_page) pages;           /* by the bytes of their path, each path once */
    OCS_VEC(ocs_todo_container) containers; /* in the order of the walk */
    uint64_t stamp;                         /* of the scope: ocs_todo_stamp */
    uint64_t closed; /* containers that were not opened, for they are as they were */
    bool faults;     /* some page is an OCS_TODO_FAULT */
    bool contained;  /* some page lies in a container */
} ocs_todo;

/* Which pages a run is about. */
typedef struct ocs_todo_scope {
    ocs_str skip;         /* pages below this directory are passed over; may be empty */
    int64_t since_ns;     /* and those that were changed before this time; 0: none */
    unsigned part, parts; /* of ${parts} parts of the collection only this one; 0: all of it */
    bool prunes;          /* pages that have vanished go */
    xap_db *known;        /* containers that are as this knows them are not opened; may be NULL */
    uint64_t rules;       /* by these rules; and the next is compared with them */
} ocs_todo_scope;

/* ${sources} stay the caller's and must outlive the list. */
ocs_status ocs_todo_init(ocs_todo *todo, ocs_source *const *sources, size_t n,
                         ocs_error *err) OCS_MUST_CHECK;
void ocs_todo_clear(ocs_todo *todo);

/* Walk the sources.  OCS_REFUSED when a file or folder has no pages, of any part or time. */
ocs_status ocs_todo_walk(ocs_todo *todo, const ocs_todo_scope *scope,
                         ocs_error *err) OCS_MUST_CHECK;
/* Compare with what ${db} knows.  OCS_REFUSED when more than ${max_delete} per cent of the pages
 * known from a source have vanished. */
ocs_status ocs_todo_compare(ocs_todo *todo, const ocs_todo_scope *scope, xap_db *db,
                            unsigned max_delete, ocs_error *err) OCS_MUST_CHECK;

/* All other pages that ${db} knows, as OCS_TODO_KEEP; after ocs_todo_compare.  ${documents}: how many
 * documents belong to a page that it knows. */
ocs_status ocs_todo_add_rest(ocs_todo *todo, xap_db *db, uint32_t *documents,
                             ocs_error *err) OCS_MUST_CHECK;

/* The last step: the pages of a container follow each other as they lie in it, so that it is read
 * once from end to end; nothing else changes its place. */
void ocs_todo_arrange(ocs_todo *todo);

#endif
