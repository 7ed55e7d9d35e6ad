/* Cleaned text as it is written: white space collapsed to single spaces, NBSP and the like to a
 * space, U+2011 to a hyphen, soft hyphens and other invisible characters dropped, other control
 * characters to a space.  Every byte keeps its origin in the raw page. */
#ifndef OCS_INGEST_WRITER_H
#define OCS_INGEST_WRITER_H

#include "corpus/corpus.h"

typedef struct ocs_writer {
    ocs_arena *arena;
    ocs_str source;           /* text that offsets below point into */
    ocs_origin source_origin; /* of that text in the page */
    size_t hint;              /* run of source_origin that was used last */
    char *text;
    size_t n, room;
    ocs_origin_builder origin;
    bool pending_space;
    ocs_span space_at; /* of the pending space in the source; empty where the page holds none */
    bool failed;       /* the arena is full; everything after is a no-op */
} ocs_writer;

void ocs_writer_init(ocs_writer *w, ocs_arena *arena, ocs_str source, ocs_origin origin);
/* Clean and append source bytes [from, to). */
void ocs_writer_copy(ocs_writer *w, size_t from, size_t to);
/* Append ${decoded}, which source bytes [from, to) stand for: a character reference. */
void ocs_writer_decoded(ocs_writer *w, ocs_str decoded, size_t from, size_t to);
/* Append ${text} whose place is known only to lie within source bytes [from, to). */
void ocs_writer_inexact(ocs_writer *w, ocs_str text, size_t from, size_t to);
/* Ask for one space, which the page does not hold, before whatever comes next, as at ${at}. */
void ocs_writer_space(ocs_writer *w, size_t at);
/* End a block: a line feed that the page does not hold. */
void ocs_writer_end_line(ocs_writer *w);
/* Runs of source bytes [from, to) appended to ${builder} for text that starts at ${text}. */
bool ocs_origin_slice(ocs_arena *arena, ocs_origin origin, size_t from, size_t to, size_t text,
                      ocs_origin_builder *builder, size_t *hint);

#endif
