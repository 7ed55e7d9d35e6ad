/* A pager shows long output a screen at a time.  It is started by the first byte that is written, so
 * that a command which finds nothing starts none, and waited for at the end.  A reader who leaves it
 * early is no failure: what is not read is not lost. */
#ifndef OCS_CLI_PAGER_H
#define OCS_CLI_PAGER_H

#include "cli/out.h"

typedef enum ocs_paging { OCS_PAGING_AUTO, OCS_PAGING_ALWAYS, OCS_PAGING_NEVER } ocs_paging;

extern const char *const ocs_paging_names[]; /* in the order of ocs_paging */

#define OCS_ROW_PAGER                                                            \
    {                                                                            \
        .name = "pager", .type = OCS_OPTION_CHOICE, .choices = ocs_paging_names, \
        .about = "show long output a screen at a time; auto: text on a terminal" \
    }

/* Decide whether ${out} gets one: only on a terminal, and AUTO only for what is for ${reading}.  It
 * is $OCSEARCH_PAGER, else $PAGER, else less where that is installed; an empty one and cat are none. */
void ocs_pager_choose(ocs_out *out, ocs_paging paging, bool reading);

/* Let ${out} write into the pager that was chosen.  Where no process can be made it goes on without. */
void ocs_pager_start(ocs_out *out);

/* Write what is left; where a pager runs, wait until it has ended, and write to the terminal again. */
void ocs_pager_end(ocs_out *out);

#endif
