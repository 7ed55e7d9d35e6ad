/* The least that looking for changes can cost: every name below a folder is asked for by fstatat, and
 * the bytes of the regular files are added up.  Nothing is kept, sorted or compared.
 *
 *   barewalk FOLDER [ROUNDS]     prints pages and bytes; several rounds for the clock's sake
 */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct sum {
    uint64_t pages, bytes;
} sum;

static bool walk(int at, const char *name, sum *total);

/* What stands in the folder under ${name}; what vanishes meanwhile is passed over. */
static bool add_entry(int folder, const char *name, sum *total)
{
    struct stat st;
    if (fstatat(folder, name, &st, 0) != 0)
        return true;
    if (S_ISDIR(st.st_mode))
        return walk(folder, name, total);
    total->pages += S_ISREG(st.st_mode);
    total->bytes += S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    return true;
}

static bool walk(int at, const char *name, sum *total)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;
    bool done = folder != NULL;
    while (done && (entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            done = add_entry(fd, entry->d_name, total);
    if (folder)
        closedir(folder);
    else if (fd >= 0)
        close(fd);
    return done;
}

int main(int argc, char **argv)
{
    sum total = {0};
    long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
    if (argc < 2 || rounds < 1) {
        fprintf(stderr, "usage: barewalk FOLDER [ROUNDS]\n");
        return 2;
    }
    for (long i = 0; i < rounds; i++) {
        total = (sum){0};
        if (!walk(AT_FDCWD, argv[1], &total)) {
            perror(argv[1]);
            return 1;
        }
    }
    printf("%" PRIu64 " pages, %" PRIu64 " bytes\n", total.pages, total.bytes);
    return fflush(stdout) == 0 ? 0 : 1;
}
