/* What the kinds of source share.  Private to corpus/source*.c. */
#ifndef OCS_CORPUS_SOURCE_INTERNAL_H
#define OCS_CORPUS_SOURCE_INTERNAL_H

#include "corpus/source.h"

#include <sys/stat.h>

enum { OCS_SOURCE_PATH_MAX = 64 * 1024 }; /* bytes of a path that a walk may build */

typedef struct ocs_folder_walk ocs_folder_walk;
typedef struct ocs_path_list ocs_path_list;

/* The folder at the absolute path ${root}; OCS_IO when it cannot be read. */
ocs_status ocs_folder_walk_open(const char *root, ocs_folder_walk **walk,
                                ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_folder_walk_next(ocs_folder_walk *walk, ocs_page_info *info,
                                ocs_error *err) OCS_MUST_CHECK;
uint64_t ocs_folder_walk_passed_over(const ocs_folder_walk *walk);
void ocs_folder_walk_close(ocs_folder_walk *walk);

ocs_status ocs_path_list_read(void *stream, const char *name, bool nul, ocs_path_list **list,
                              ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_path_list_next(ocs_path_list *list, ocs_page_info *info,
                              ocs_error *err) OCS_MUST_CHECK;
void ocs_path_list_close(ocs_path_list *list);

/* What ${st} says of the page at ${path}. */
ocs_page_info ocs_page_info_of(const char *path, const struct stat *st);
/* OCS_BADINPUT for what is no regular file. */
ocs_status ocs_page_kind_check(const char *path, mode_t mode, ocs_error *err) OCS_MUST_CHECK;
/* Ask the system for both; on failure only info->path is set. */
ocs_status ocs_page_info_ask(ocs_page_info *info, const char *path, ocs_error *err) OCS_MUST_CHECK;

/* Of a path that leads through a file: its bytes in that container; OCS_IO when it is none. */
ocs_status ocs_page_read_member(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                                ocs_error *err) OCS_MUST_CHECK;

/* "a folder", "a named pipe", ... */
const char *ocs_file_kind_name(mode_t mode);

#endif
