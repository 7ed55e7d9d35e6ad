/* Every run of words is hashed once; the hash's first bits choose a bin, and the bin keeps the least
 * hash that came its way.  A byte of it is enough: two different runs have the same in one case of
 * 256. */
#include "index/fingerprint.h"

enum { BIN_SHIFT = 64 - 7, BAND_STRIDE = OCS_PRINT_BINS / OCS_PRINT_ROWS };
_Static_assert(OCS_PRINT_BINS == 1 << (64 - BIN_SHIFT), "a bin for each value of the first bits");
_Static_assert((int)OCS_BANDS <= (int)BAND_STRIDE, "bands share no bins");

#define LIKENESS_MIN 0.8
#define EMPTY UINT64_MAX

/* ---- the text ---- */

/* Where the text begins behind the title, which copies may lack. */
static size_t body_start(const ocs_document *document)
{
    ocs_str title = document->title.value;
    size_t line = ocs_str_find_char(document->text, '\n', 0);
    return ocs_str_eq(ocs_str_sub(document->text, 0, line), title) ? line : 0;
}

static uint64_t hash_run(const uint64_t *words)
{
    uint64_t hash = words[0];
    for (size_t i = 1; i < OCS_PRINT_RUN; i++)
        hash = ocs_hash_mix(hash, words[i]);
    return hash;
}

static void take_least(uint64_t least[OCS_PRINT_BINS], const uint64_t *hashes, size_t n)
{
    for (size_t i = 0; i < OCS_PRINT_BINS; i++)
        least[i] = EMPTY;
    for (size_t i = 0; i + OCS_PRINT_RUN <= n; i++) {
        uint64_t hash = hash_run(&hashes[i]), *bin = &least[hash >> BIN_SHIFT];
        if (hash < *bin)
            *bin = hash;
    }
}

/* The distance counts, so that bins empty in one text only are no likeness. */
static void fill_bins(const uint64_t least[OCS_PRINT_BINS], uint8_t bins[OCS_PRINT_BINS])
{
    for (size_t i = 0; i < OCS_PRINT_BINS; i++) {
        size_t away = 0;
        while (least[(i + away) % OCS_PRINT_BINS] == EMPTY)
            away++;
        bins[i] = (uint8_t)ocs_hash_mix(least[(i + away) % OCS_PRINT_BINS], away);
    }
}

/* ---- what stands beside ---- */

static uint32_t hash_numbers(ocs_arena *arena, ocs_str title)
{
    ocs_tokens tokens;
    uint64_t hash = 0;
    if (!ocs_tokenize(arena, title, &tokens))
        return 0;
    for (size_t i = 0; i < tokens.n; i++)
        if (tokens.at[i].flags & OCS_TOKEN_DIGIT)
            hash = ocs_hash_mix(hash, tokens.at[i].hash);
    return (uint32_t)hash;
}

static uint32_t day_of(ocs_when published)
{
    if (published.from.year <= 0 || ocs_date_precision(published.from) != OCS_PRECISION_DAY)
        return 0;
    return (uint32_t)(ocs_date_days(published.from) -
                      ocs_date_days((ocs_date){.year = 1, .month = 1, .day = 1}) + 1);
}

/* ---- the fingerprint ---- */

bool ocs_fingerprint_of(const ocs_document *document, const ocs_words *words, ocs_arena *arena,
                        ocs_fingerprint *out)
{
    uint64_t least[OCS_PRINT_BINS];
    size_t first = 0, start = body_start(document);
    while (first < words->n && words->at[first].at.from < start)
        first++;
    size_t n = words->n - first;
    uint64_t *hashes = n < OCS_PRINT_WORDS_MIN ? NULL : ocs_arena_array(arena, n, sizeof *hashes);
    if (!hashes)
        return false;
    for (size_t i = 0; i < n; i++)
        hashes[i] = ocs_hash(words->at[first + i].fold);
    take_least(least, hashes, n);
    fill_bins(least, out->bins);
    out->numbers = hash_numbers(arena, document->title.value);
    out->day = day_of(document->published);
    return true;
}

/* The bins of a band lie far apart: in a short text neighbours often are one and the same run. */
uint32_t ocs_fingerprint_band(const ocs_fingerprint *print, size_t band)
{
    uint32_t key = 0;
    for (size_t i = 0; i < OCS_PRINT_ROWS; i++)
        key = key << 8 | print->bins[i * BAND_STRIDE + band * (BAND_STRIDE / OCS_BANDS)];
    return key;
}

double ocs_fingerprint_likeness(const ocs_fingerprint *a, const ocs_fingerprint *b)
{
    unsigned equal = 0;
    for (size_t i = 0; i < OCS_PRINT_BINS; i++)
        equal += a->bins[i] == b->bins[i];
    return (double)equal / OCS_PRINT_BINS;
}

bool ocs_fingerprint_same(const ocs_fingerprint *a, const ocs_fingerprint *b)
{
    if (a->numbers != 0 && b->numbers != 0 && a->numbers != b->numbers)
        return false;
    uint32_t apart = a->day > b->day ? a->day - b->day : b->day - a->day;
    if (a->day != 0 && b->day != 0 && apart > OCS_PRINT_DAYS)
        return false;
    return ocs_fingerprint_likeness(a, b) >= LIKENESS_MIN;
}

/* ---- packing ---- */

static void put_number(char out[4], uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        out[i] = (char)(number >> (24 - 8 * i));
}

static uint32_t take_number(const char *in)
{
    uint32_t number = 0;
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)in[i];
    return number;
}

void ocs_fingerprint_pack(const ocs_fingerprint *print, char out[OCS_PRINT_BYTES])
{
    memcpy(out, print->bins, OCS_PRINT_BINS);
    put_number(out + OCS_PRINT_BINS, print->numbers);
    put_number(out + OCS_PRINT_BINS + 4, print->day);
}

bool ocs_fingerprint_unpack(ocs_str packed, ocs_fingerprint *out)
{
    if (packed.n != OCS_PRINT_BYTES)
        return false;
    memcpy(out->bins, packed.p, OCS_PRINT_BINS);
    out->numbers = take_number(packed.p + OCS_PRINT_BINS);
    out->day = take_number(packed.p + OCS_PRINT_BINS + 4);
    return true;
}
