/* Messages are written straight into the caller's fixed space and cut at a whole character. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void cut_at_character(char *text)
{
    size_t n = strlen(text);
    if (n + 1 < OCS_ERROR_TEXT)
        return;
    while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0 && (unsigned char)text[n - 1] >= 0xC0)
        n--;
    text[n] = '\0';
}

static OCS_PRINTF(4, 0) void write_message(ocs_error *err, ocs_status status, long at,
                                           const char *format, va_list args)
{
    if (!err)
        return;
    err->status = status;
    err->at = at;
    vsnprintf(err->text, sizeof err->text, format, args);
    cut_at_character(err->text);
}

ocs_status ocs_fail(ocs_error *err, ocs_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_message(err, status, OCS_ERROR_NO_PLACE, format, args);
    va_end(args);
    return status;
}

ocs_status ocs_fail_at(ocs_error *err, ocs_status status, long at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_message(err, status, at, format, args);
    va_end(args);
    return status;
}

ocs_status ocs_fail_within(ocs_error *err, ocs_status status, const char *format, ...)
{
    if (!err)
        return status;
    char inner[OCS_ERROR_TEXT], prefix[OCS_ERROR_TEXT / 2];
    memcpy(inner, err->text, sizeof inner);
    va_list args;
    va_start(args, format);
    vsnprintf(prefix, sizeof prefix, format, args);
    va_end(args);
    err->status = status;
    /* both parts are bounded; what does not fit is cut, which is what the contract says */
    size_t used = (size_t)snprintf(err->text, sizeof err->text, "%s: ", prefix);
    if (used < sizeof err->text) {
        size_t room = sizeof err->text - used - 1, n = strlen(inner);
        memcpy(err->text + used, inner, n < room ? n : room);
        err->text[used + (n < room ? n : room)] = '\0';
    }
    cut_at_character(err->text);
    return status;
}

const char *ocs_status_name(ocs_status status)
{
    static const char *const names[] = {
        [OCS_OK] = "ok",
        [OCS_NOTFOUND] = "not found",
        [OCS_USAGE] = "usage",
        [OCS_NOMEM] = "out of memory",
        [OCS_LIMIT] = "limit reached",
        [OCS_IO] = "input/output",
        [OCS_BADINPUT] = "bad input",
        [OCS_LOCKED] = "locked",
        [OCS_MODIFIED] = "modified",
        [OCS_CORRUPT] = "corrupt",
        [OCS_VERSION] = "version",
        [OCS_REFUSED] = "refused",
        [OCS_NETWORK] = "network",
        [OCS_TIMEOUT] = "time-out",
        [OCS_UNSUPPORTED] = "unsupported",
        [OCS_BUG] = "bug",
    };
    size_t i = (size_t)status;
    return i < sizeof names / sizeof *names && names[i] ? names[i] : "unknown";
}
