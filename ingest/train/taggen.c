/* taggen: turn the table of the tagger (ingest/models/names.tsv) into C at build time.
 *
 *   taggen OUT.c TABLE.tsv
 *
 * defines `const ocs_tagger ocs_tagger_names`.  A table that is not what tagtrain writes (made with
 * other features, a key twice, a weight out of range, another number of rows than its head says) is
 * refused with file and line.  A table of no rows is fine: the rules then work alone. */
#include "ingest/tagger.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROWS_MAX = 65534, SLOTS = 1 << 18, LINE_MAX_BYTES = 256 };

typedef struct table {
    uint32_t keys[ROWS_MAX];
    uint64_t rows[ROWS_MAX];
    int follows[OCS_TAG_COUNT][OCS_TAG_COUNT];
    uint16_t slots[SLOTS];
    uint32_t n, promised, version, n_follows;
    double unit;
} table;

static bool refuse(const char *path, unsigned line, const char *why)
{
    fprintf(stderr, "taggen: %s:%u: %s\n", path, line, why);
    return false;
}

static bool read_numbers(const char *line, int to[OCS_TAG_COUNT], int most)
{
    char *end;
    for (unsigned i = 0; i < OCS_TAG_COUNT; i++) {
        long value = strtol(line, &end, 10);
        if (end == line || value < -most || value > most)
            return false;
        to[i] = (int)value;
        line = end;
    }
    return *line == '\n' || *line == '\0';
}

static bool add_key(table *t, uint32_t key)
{
    uint32_t i = key & (SLOTS - 1);
    for (; t->slots[i] != 0; i = (i + 1) & (SLOTS - 1))
        if (t->keys[t->slots[i] - 1] == key)
            return false;
    t->keys[t->n] = key;
    t->slots[i] = (uint16_t)++t->n;
    return true;
}

static bool read_row(table *t, const char *line, const char *path, unsigned number)
{
    char *end;
    if (strncmp(line, "follows\t", 8) == 0) {
        if (t->n_follows >= OCS_TAG_COUNT ||
            !read_numbers(line + 8, t->follows[t->n_follows++], INT16_MAX))
            return refuse(path, number, "not the weights of what follows");
        return true;
    }
    unsigned long key = strtoul(line, &end, 16);
    if (end == line || key > UINT32_MAX || t->n >= ROWS_MAX)
        return refuse(path, number, "not a key, or too many rows");
    int weights[OCS_TAG_COUNT];
    int8_t row[OCS_TAG_COUNT];
    if (!read_numbers(end, weights, INT8_MAX))
        return refuse(path, number, "not a weight for each tag");
    for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
        row[tag] = (int8_t)weights[tag];
    t->rows[t->n] = ocs_tag_row(row);
    return add_key(t, (uint32_t)key) || refuse(path, number, "a key for the second time");
}

static bool read_table(table *t, const char *path)
{
    char line[LINE_MAX_BYTES];
    unsigned number = 0;
    bool fine = true;
    FILE *in = fopen(path, "r");
    if (!in)
        return refuse(path, 0, "cannot be read");
    while (fine && fgets(line, sizeof line, in)) {
        number++;
        if (line[0] == '#')
            sscanf(line, "# rows %u\tversion %u\tunit %lf", &t->promised, &t->version, &t->unit);
        else
            fine = read_row(t, line, path, number);
    }
    fclose(in);
    if (fine && (t->n != t->promised || t->n_follows != OCS_TAG_COUNT))
        fine = refuse(path, number, "another number of rows than the head says");
    if (fine && t->version != OCS_TAG_VERSION)
        fine = refuse(path, number, "made with other features: train it again");
    return fine;
}

static void write_follows(FILE *out, const table *t)
{
    for (unsigned a = 0; a < OCS_TAG_COUNT; a++) {
        fputs("{", out);
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++)
            fprintf(out, "%d, ", t->follows[a][b]);
        fputs("}, ", out);
    }
}

static void write_table(FILE *out, const table *t)
{
    fputs("/* Made by taggen from ingest/models/names.tsv; not to be edited. */\n"
          "#include \"ingest/tagger.h\"\n\nstatic const uint16_t slots[] = {\n",
          out);
    for (uint32_t i = 0; i < SLOTS; i++)
        fprintf(out, "%u,%s", t->slots[i], i % 16 == 15 ? "\n" : "");
    fputs("};\nstatic const uint32_t keys[] = {\n", out);
    for (uint32_t i = 0; i < t->n; i++)
        fprintf(out, "0x%xu,%s", t->keys[i], i % 8 == 7 ? "\n" : "");
    fputs("0};\nstatic const uint64_t rows[] = {\n", out);
    for (uint32_t i = 0; i < t->n; i++)
        fprintf(out, "UINT64_C(0x%" PRIx64 "),%s", t->rows[i], i % 4 == 3 ? "\n" : "");
    fprintf(out, "0};\n\nconst ocs_tagger ocs_tagger_names = {slots, keys, rows, %d, %u, {",
            (int)SLOTS, t->n);
    write_follows(out, t);
    fprintf(out, "}, (float)%.9g};\n", t->unit);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: taggen OUT.c TABLE.tsv\n", stderr);
        return 2;
    }
    table *t = calloc(1, sizeof *t);
    bool fine = t && read_table(t, argv[2]);
    FILE *out = fine ? fopen(argv[1], "w") : NULL;
    if (out) {
        write_table(out, t);
        fine = fclose(out) == 0;
    } else if (fine) {
        fine = refuse(argv[1], 0, "cannot be written");
    }
    if (!fine)
        remove(argv[1]);
    free(t);
    return fine ? 0 : 1;
}
