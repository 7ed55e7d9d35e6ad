/* Lines of a word and its value.  A run that has not come to its end has no line "ended", and its
 * process tells whether it is still going on. */
#include "index/last_run.h"

#include "index/files.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NOTE_CAP = 4096 };

/* ---- writing ---- */

static void print(const ocs_last_run *run, ocs_buf *out)
{
    ocs_buf_putf(out, "began %" PRId64 "\nprocess %ld\n", run->began, (long)getpid());
    if (run->ended == 0)
        return;
    ocs_buf_putf(out, "ended %" PRId64 "\nstatus %d\npages", run->ended, (int)run->status);
    for (int i = 0; i < OCS_FATE_COUNT; i++)
        ocs_buf_putf(out, " %" PRIu64, run->pages[i]);
    ocs_buf_putf(out, "\nmessage %s\n", run->message);
}

void ocs_last_run_note(int lock, const ocs_last_run *run)
{
    ocs_buf note;
    ocs_buf_init(&note, NOTE_CAP);
    print(run, &note);
    bool whole = lock >= 0 && ocs_buf_status(&note) == OCS_OK && ftruncate(lock, 0) == 0;
    if (whole && pwrite(lock, note.p, note.n, 0) != (ssize_t)note.n)
        whole = ftruncate(lock, 0) == 0; /* nothing rather than a part */
    ocs_buf_clear(&note);
}

/* ---- reading ---- */

static bool read_number(const char *text, const char *word, int64_t *value)
{
    size_t n = strlen(word);
    if (strncmp(text, word, n) != 0 || text[n] != ' ')
        return false;
    *value = strtoll(text + n, NULL, 10);
    return true;
}

static void read_pages(const char *text, ocs_last_run *run)
{
    char *end;
    for (int i = 0; i < OCS_FATE_COUNT; i++, text = end)
        run->pages[i] = strtoull(text, &end, 10);
}

static void take_message(const char *text, ocs_last_run *run)
{
    size_t n = strlen(text), most = sizeof run->message - 1;
    memcpy(run->message, text, n < most ? n : most); /* the rest is zero */
}

static void read_line(const char *line, ocs_last_run *run)
{
    int64_t status;
    if (read_number(line, "began", &run->began) || read_number(line, "ended", &run->ended) ||
        read_number(line, "process", &run->process))
        return;
    if (read_number(line, "status", &status) && status >= 0 && status <= OCS_BUG)
        run->status = (ocs_status)status;
    else if (strncmp(line, "pages ", 6) == 0)
        read_pages(line + 6, run);
    else if (strncmp(line, "message ", 8) == 0)
        take_message(line + 8, run);
}

static bool is_there(int64_t process)
{
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno == EPERM);
}

static ocs_status read_note(FILE *file, ocs_last_run *run)
{
    char line[NOTE_CAP];
    *run = (ocs_last_run){0};
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(line, run);
    }
    run->going = run->ended == 0 && is_there(run->process);
    return run->began > 0 ? OCS_OK : OCS_NOTFOUND;
}

ocs_status ocs_last_run_read(const char *dir, ocs_last_run *run, ocs_error *err)
{
    char path[OCS_PATH_ROOM];
    ocs_status st = ocs_path_join(path, dir, "lock", err);
    FILE *file = st == OCS_OK ? fopen(path, "re") : NULL;
    if (st != OCS_OK)
        return st;
    if (!file) /* an index to be read only, copied without its lock, perhaps */
        return OCS_NOTFOUND;
    st = read_note(file, run);
    fclose(file);
    return st;
}
