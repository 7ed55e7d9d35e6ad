/* Standard error is not buffered: what was said before a crash must be there. */
#include "cli/say.h"

#include "cli/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGE_CAP = 256 * 1024 };

/* A write to standard error that fails has nobody left to be told of it. */
static void write_line(const char *head, ocs_str text)
{
    ocs_buf line;
    ocs_buf_init(&line, MESSAGE_CAP);
    ocs_buf_puts(&line, head);
    ocs_visible(text, &line);
    ocs_buf_putc(&line, '\n');
    if (line.n > 0)
        (void)!fwrite(line.p, 1, line.n, stderr);
    ocs_buf_clear(&line);
}

void ocs_say(const char *format, ...)
{
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0)
        return;
    write_line("ocsearch: ", (ocs_str){text, (size_t)n});
    free(text);
}

ocs_exit ocs_say_failure(ocs_status status, const ocs_error *err)
{
    ocs_say("%s", err->text[0] ? err->text : ocs_status_name(status));
    return ocs_exit_of(status);
}

void ocs_say_plain(ocs_str text)
{
    write_line("", text);
}

static void write_log(void *payload, ocs_level level, const char *message)
{
    (void)payload;
    ocs_say("%s%s", level == OCS_LOG_WARN ? "warning: " : "", message);
}

ocs_log ocs_say_log(ocs_level level)
{
    return (ocs_log){.level = level, .write = write_log};
}
