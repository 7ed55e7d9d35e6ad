/* Outcomes.  Every call that can fail returns an ocs_status that the program can act on and, where
 * the caller passes an ocs_error, writes a sentence that a person can act on.  The error belongs to
 * the caller, holds no memory of its own and may be NULL.  Libraries never print and never exit. */
#ifndef OCS_BASE_STATUS_H
#define OCS_BASE_STATUS_H

#include <stddef.h>

typedef enum ocs_status {
    OCS_OK = 0,
    OCS_NOTFOUND,    /* expected absence: no further item, no such document; no message is set */
    OCS_USAGE,       /* the caller's words are wrong: an option, a query (ocs_error.at points at it) */
    OCS_NOMEM,       /* memory ran out */
    OCS_LIMIT,       /* a cap was reached: arena, buffer, file size */
    OCS_IO,          /* the system refused: the message carries its reason */
    OCS_BADINPUT,    /* bytes that are not what they claim to be */
    OCS_LOCKED,      /* another process holds the lock */
    OCS_MODIFIED,    /* the index moved on under a reader: reopen and run again */
    OCS_CORRUPT,     /* the index is damaged */
    OCS_VERSION,     /* the index is of another format version */
    OCS_REFUSED,     /* a safety guard said no; nothing was changed */
    OCS_NETWORK,     /* a remote index did not answer */
    OCS_TIMEOUT,     /* time ran out before the end */
    OCS_UNSUPPORTED, /* right, but this build or library cannot do it */
    OCS_BUG          /* a broken promise inside ocsearch */
} ocs_status;

#define OCS_MUST_CHECK __attribute__((warn_unused_result))
#define OCS_PRINTF(f, a) __attribute__((format(printf, f, a)))

enum { OCS_ERROR_TEXT = 512, OCS_ERROR_NO_PLACE = -1 };

typedef struct ocs_error {
    ocs_status status;
    long at;                   /* byte in the text that is wrong, or OCS_ERROR_NO_PLACE */
    char text[OCS_ERROR_TEXT]; /* one line, no final newline; cut at a character if too long */
} ocs_error;

/* Write the message into ${err} (which may be NULL) and return ${status}, so that a failing call
 * is one line.  ocs_fail_at also sets the place. */
ocs_status ocs_fail(ocs_error *err, ocs_status status, const char *format, ...) OCS_PRINTF(3, 4);
ocs_status ocs_fail_at(ocs_error *err, ocs_status status, long at, const char *format, ...)
    OCS_PRINTF(4, 5);

/* Put "prefix: " before the message already in ${err}; returns its status. */
ocs_status ocs_fail_within(ocs_error *err, ocs_status status, const char *format, ...)
    OCS_PRINTF(3, 4);

/* A word for a status, "ok", "not found", ...; never NULL. */
const char *ocs_status_name(ocs_status status);

#endif
