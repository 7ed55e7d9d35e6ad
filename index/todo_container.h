/* Containers of an ocs_todo: those that are as they were are not opened, and what was found in the
 * others is noted for the next run (docs/decisions/0025-containers.md).  Private to index/. */
#ifndef OCS_INDEX_TODO_CONTAINER_H
#define OCS_INDEX_TODO_CONTAINER_H

#include "corpus/container.h"
#include "index/batch.h"
#include "index/todo.h"

/* The version of rules and the part of the collection that a run is about, in one number. */
uint64_t ocs_todo_stamp(const ocs_todo_scope *scope);

/* Add the pages of the container at ${info} as the index knows them, if it is as it was; else
 * ${known} is false and nothing is added.  scope->known is not NULL. */
ocs_status ocs_todo_take_known(ocs_todo *todo, const ocs_todo_scope *scope, size_t source,
                               const ocs_page_info *info, bool *known,
                               ocs_error *err) OCS_MUST_CHECK;

/* Count what the walk gave, if it is of a container that was opened.  False: the arena failed. */
bool ocs_todo_see_opened(ocs_todo *todo, const ocs_page_info *info, bool faulty, bool in_scope);

/* After all pages are settled: what the next run is to know of the containers that were opened. */
ocs_status ocs_todo_note_containers(ocs_todo *todo, ocs_batch *batch,
                                    ocs_error *err) OCS_MUST_CHECK;

#endif
