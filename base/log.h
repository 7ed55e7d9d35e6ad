/* Where messages go.  The program owns the sink and decides about form and level; libraries get a
 * const pointer and may call it from any depth.  A NULL sink swallows everything. */
#ifndef OCS_BASE_LOG_H
#define OCS_BASE_LOG_H

#include "base/status.h"

typedef enum ocs_level { OCS_LOG_ERROR, OCS_LOG_WARN, OCS_LOG_INFO, OCS_LOG_DEBUG } ocs_level;

typedef struct ocs_log {
    ocs_level level; /* messages above this level are not made */
    void (*write)(void *payload, ocs_level level, const char *message);
    void *payload;
} ocs_log;

void ocs_log_write(const ocs_log *log, ocs_level level, const char *format, ...) OCS_PRINTF(3, 4);

#endif
