#include "ingest/claim_index.h"

static size_t words_of(const ocs_claim *claim, ocs_claim_words words)
{
    return words == OCS_BY_EVERY_WORD ? claim->to - claim->from : 1;
}

static size_t count_nodes(const ocs_scan *s, ocs_claim_words words)
{
    size_t n = 0;
    for (size_t c = 0; c < s->claims.n; c++)
        n += words_of(&s->claims.at[c], words);
    return n;
}

/* Nodes are put in front, so claims are taken from the last. */
static void fill(const ocs_scan *s, ocs_claim_words words, ocs_claim_index *index)
{
    uint32_t n = 0;
    for (size_t c = s->claims.n; c-- > 0;) {
        const ocs_claim *claim = &s->claims.at[c];
        size_t first = words == OCS_BY_LAST_WORD ? claim->to - 1u : claim->from;
        for (size_t k = 0; k < words_of(claim, words); k++) {
            uint64_t hash = words == OCS_BY_LAST_WORD ? ocs_scan_lemma(s, first + k)
                                                      : s->tokens.at[first + k].hash;
            uint32_t *head = &index->heads[(size_t)hash & index->mask];
            index->nodes[n] = (ocs_claim_node){(uint32_t)c, *head};
            *head = n++;
        }
    }
}

bool ocs_claim_index_make(const ocs_scan *scan, ocs_claim_words words, ocs_claim_index *out)
{
    size_t n = count_nodes(scan, words), buckets = 16;
    while (buckets < n)
        buckets *= 2;
    out->words = words;
    out->mask = buckets - 1;
    out->heads = ocs_arena_array(scan->arena, buckets, sizeof *out->heads);
    out->nodes = ocs_arena_array(scan->arena, n + 1, sizeof *out->nodes);
    if (!out->heads || !out->nodes)
        return false;
    for (size_t i = 0; i < buckets; i++)
        out->heads[i] = OCS_NO_CLAIM;
    fill(scan, words, out);
    return true;
}
