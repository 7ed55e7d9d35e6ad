/* Standard output, or a report file: buffered, with every write and the final close checked, so
 * that a full disk is not success.  After the first failure all calls do nothing; ask
 * ocs_out_finish.
 *
 * On a terminal, text that comes from pages has its control characters made visible: a page must
 * not be able to move the cursor or to write into the terminal's title. */
#ifndef OCS_CLI_OUT_H
#define OCS_CLI_OUT_H

#include "base/base.h"

/* The program that shows the output page by page: cli/pager.h. */
typedef struct ocs_pager {
    const char *command; /* NULL: none */
    int child;           /* its process, once it runs */
    int behind;          /* the descriptor that was written to before */
    bool failed;
} ocs_pager;

typedef enum ocs_style {
    OCS_STYLE_PLAIN,
    OCS_STYLE_TITLE,
    OCS_STYLE_FAINT,
    OCS_STYLE_MATCH,
    OCS_STYLE_PERSON,
    OCS_STYLE_PLACE,
    OCS_STYLE_COUNTRY,
    OCS_STYLE_ORG,
    OCS_STYLE_DATE,
    OCS_STYLE_ROLE
} ocs_style;

typedef enum ocs_colour { OCS_COLOUR_AUTO, OCS_COLOUR_ALWAYS, OCS_COLOUR_NEVER } ocs_colour;

typedef struct ocs_out {
    int fd;
    int error; /* errno of the first failure, 0 when none */
    bool terminal, colour;
    bool kept;    /* a plain file, which nobody reads while it grows */
    size_t width; /* columns of the terminal; 0: none, lines are as long as they are */
    ocs_buf buf;  /* not yet written */
    ocs_pager pager;
} ocs_out;

void ocs_out_init(ocs_out *out, int fd);
/* AUTO: on a terminal whose user has not set NO_COLOR. */
void ocs_out_set_colour(ocs_out *out, ocs_colour colour);

/* As it is: for what the program says itself. */
void ocs_out_put(ocs_out *out, ocs_str s);
void ocs_out_puts(ocs_out *out, const char *nul_terminated);
void ocs_out_putf(ocs_out *out, const char *format, ...) OCS_PRINTF(2, 3);
/* Text from elsewhere, lines kept. */
void ocs_out_text(ocs_out *out, ocs_str s);
/* The same on one line: white space that would break it becomes a space. */
void ocs_out_line(ocs_out *out, ocs_str s);
/* Switch to a style; PLAIN ends it.  Nothing without colour. */
void ocs_out_style(ocs_out *out, ocs_style style);

void ocs_out_flush(ocs_out *out);
/* A record, a row or a hit is complete: who reads a pipe or a terminal gets it now, before the next
 * one is looked for.  A plain file is written in larger pieces. */
void ocs_out_deliver(ocs_out *out);
/* Forget what was not written yet. */
void ocs_out_drop(ocs_out *out);
/* Write the rest and close.  OCS_IO with the system's reason when anything was lost; the same again
 * when it is called again. */
ocs_status ocs_out_finish(ocs_out *out, const char *name, ocs_error *err) OCS_MUST_CHECK;

/* ${s} with control characters, direction overrides and ill-formed bytes as \xHH or \uHHHH; line
 * feeds and tabs stay. */
void ocs_visible(ocs_str s, ocs_buf *out);
/* The columns of that. */
size_t ocs_visible_width(ocs_str s);

/* Make sure that the descriptors 0, 1 and 2 are taken, so that no file of the index becomes
 * standard output by accident.  What was closed fails when it is used. */
void ocs_out_guard_streams(void);

#endif
