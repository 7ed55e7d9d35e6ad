/* The fixed parts of the completion scripts; between head and body come the tables, as functions that
 * both shells understand (cmd_completion.c). */
#ifndef OCS_CLI_COMPLETION_H
#define OCS_CLI_COMPLETION_H

extern const char ocs_completion_bash_head[], ocs_completion_bash[];
extern const char ocs_completion_zsh_head[], ocs_completion_zsh[];

#endif
