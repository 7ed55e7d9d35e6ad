#include "ingest/train/tagtable.h"

#include <inttypes.h>
#include <stdio.h>

static const float unit = 0.02f; /* what 1 weighs; weights beyond 127 of them are cut */

static int rounded(float weight, int most)
{
    float steps = weight / unit;
    int n = (int)(steps + (steps < 0 ? -0.5f : 0.5f));
    return n > most ? most : n < -most ? -most : n;
}

void ocs_tag_table_init(ocs_tag_table *table, const float *follows)
{
    table->tagger = (ocs_tagger){.slots = table->slots,
                                 .keys = table->keys,
                                 .rows = table->rows,
                                 .n_slots = OCS_TAG_SLOTS,
                                 .unit = unit};
    for (size_t a = 0; a < OCS_TAG_COUNT; a++)
        for (size_t b = 0; b < OCS_TAG_COUNT; b++)
            table->tagger.follows[a][b] =
                (int16_t)rounded(follows[a * OCS_TAG_COUNT + b], INT16_MAX);
}

bool ocs_tag_table_add(ocs_tag_table *table, uint32_t feature, const float *weights)
{
    int8_t row[OCS_TAG_COUNT];
    bool some = false;
    for (size_t tag = 0; tag < OCS_TAG_COUNT; tag++) {
        row[tag] = (int8_t)rounded(weights[tag], INT8_MAX);
        some = some || row[tag] != 0;
    }
    if (!some)
        return true;
    uint32_t n = table->tagger.n_rows, i = feature & (OCS_TAG_SLOTS - 1);
    if (n >= OCS_TAG_ROWS_MAX)
        return false;
    while (table->slots[i] != 0)
        i = (i + 1) & (OCS_TAG_SLOTS - 1);
    table->slots[i] = (uint16_t)(n + 1);
    table->keys[n] = feature;
    table->rows[n] = ocs_tag_row(row);
    table->tagger.n_rows++;
    return true;
}

static void write_row(FILE *out, const ocs_tag_table *table, uint32_t row)
{
    fprintf(out, "%08" PRIx32, table->keys[row]);
    for (size_t tag = 0; tag < OCS_TAG_COUNT; tag++)
        fprintf(out, "\t%d", ocs_tag_weight(table->rows[row], (unsigned)tag));
    fputc('\n', out);
}

bool ocs_tag_table_write(const ocs_tag_table *table, const char *path, size_t texts, size_t words)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return false;
    fprintf(out, "# The tagger's weights, made by tagtrain from %zu texts, %zu words.\n", texts,
            words);
    fprintf(out, "# rows %u\tversion %d\tunit %.6g\n", table->tagger.n_rows, (int)OCS_TAG_VERSION,
            (double)unit);
    for (size_t a = 0; a < OCS_TAG_COUNT; a++) {
        fputs("follows", out);
        for (size_t b = 0; b < OCS_TAG_COUNT; b++)
            fprintf(out, "\t%d", table->tagger.follows[a][b]);
        fputc('\n', out);
    }
    for (uint32_t row = 0; row < table->tagger.n_rows; row++)
        write_row(out, table, row);
    return fclose(out) == 0;
}
