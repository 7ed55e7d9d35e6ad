/* The compiled form as C source.  Every array is a static const of its own and holds no
 * pointer, so that the loader has nothing to relocate.  All texts are one array, written as numbers:
 * a string literal of more than 4095 bytes is beyond what a compiler must take.  A byte beyond ASCII
 * is a character constant, which has the sign of the machine's char. */
#include "corpus/gaz.h"

#include <errno.h>
#include <inttypes.h>

/* A line break after every eighth number. */
static const char *after(size_t i)
{
    return i % 8 == 7 ? ",\n" : ", ";
}

static void write_texts(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out, "static const char texts[%zu] = {\n", gaz->n_texts);
    for (size_t i = 0; i < gaz->n_texts; i++) {
        unsigned char c = (unsigned char)gaz->texts[i];
        fprintf(out, c < 0x80 ? "%u%s" : "'\\%o'%s", (unsigned)c, i % 24 == 23 ? ",\n" : ",");
    }
    fprintf(out, "};\n\n");
}

static void write_things(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out, "static const ocs_gaz_thing things[] = {\n");
    for (size_t i = 0; i < gaz->n_things; i++) {
        const ocs_gaz_thing *thing = &gaz->things[i];
        fprintf(out,
                "    {%" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32
                ", %d, %d, %u},\n",
                thing->key, thing->name, thing->class_, thing->country, thing->people, thing->lat,
                thing->lon, (unsigned)thing->table);
    }
    fprintf(out, "    {0}};\n\n"); /* one beyond the end: C has no empty array */
}

static void write_phrases(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out, "static const ocs_gaz_phrase phrases[] = {\n");
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        fprintf(out,
                "    {%" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %u, %u, %u, %u, %u},\n",
                phrase->text, phrase->lang, phrase->thing, phrase->gaps, (unsigned)phrase->next,
                (unsigned)phrase->kind, (unsigned)phrase->words, (unsigned)phrase->flags,
                (unsigned)phrase->table);
    }
    fprintf(out, "    {0}};\n\n");
}

static void write_edges(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out, "static const ocs_gaz_edge edges[%zu] = {\n", gaz->n_edges);
    if (gaz->n_phrases == 0)
        fprintf(out, "    {0}\n");
    for (size_t i = 0; i < gaz->n_edges; i++)
        if (gaz->edges[i].word != 0)
            fprintf(out, "    [%zu] = {UINT64_C(0x%016" PRIx64 "), %" PRIu32 ", %" PRIu32 "},\n", i,
                    gaz->edges[i].word, gaz->edges[i].parent, gaz->edges[i].node);
    fprintf(out, "};\n\n");
}

static void write_numbers(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out, "static const uint32_t node_phrase[] = {\n");
    for (size_t i = 0; i < gaz->n_nodes; i++)
        fprintf(out, "%" PRIu32 "%s", gaz->node_phrase[i], after(i));
    fprintf(out, "};\n\nstatic const uint8_t gaps[] = {\n");
    for (size_t i = 0; i < gaz->n_gaps; i++)
        fprintf(out, "%u%s", (unsigned)gaz->gaps[i], after(i));
    fprintf(out, "};\n\nstatic const uint64_t heads[OCS_GAZ_HEADS] = {\n");
    for (size_t i = 0; i < OCS_GAZ_HEADS; i++)
        fprintf(out, "UINT64_C(0x%016" PRIx64 ")%s", gaz->heads[i], after(i));
    fprintf(out, "};\n\n");
}

static void write_sets(FILE *out, const char *name, const uint32_t *sets)
{
    fprintf(out, "static const uint32_t %s[OCS_GAZ_FIRSTS] = {\n", name);
    for (size_t i = 0; i < OCS_GAZ_FIRSTS; i++)
        fprintf(out, "%" PRIu32 "%s", sets[i], after(i));
    fprintf(out, "};\n\n");
}

static void write_builtin(FILE *out, const ocs_gaz *gaz)
{
    fprintf(out,
            "static const ocs_gaz builtin = {\n"
            "    .texts = texts,\n"
            "    .n_texts = %zu,\n"
            "    .things = things,\n"
            "    .n_things = %zu,\n"
            "    .phrases = phrases,\n"
            "    .n_phrases = %zu,\n"
            "    .edges = edges,\n"
            "    .n_edges = %zu,\n"
            "    .node_phrase = node_phrase,\n"
            "    .n_nodes = %zu,\n"
            "    .gaps = gaps,\n"
            "    .n_gaps = %zu,\n"
            "    .heads = heads,\n"
            "    .first = first,\n"
            "    .first_small = first_small,\n"
            "    .version = UINT64_C(0x%016" PRIx64 "),\n"
            "};\n\n",
            gaz->n_texts, gaz->n_things, gaz->n_phrases, gaz->n_edges, gaz->n_nodes, gaz->n_gaps,
            gaz->version);
    fprintf(out, "const ocs_gaz *ocs_gaz_builtin(void)\n{\n    return &builtin;\n}\n");
}

ocs_status ocs_gaz_write_c(const ocs_gaz *gaz, FILE *out, ocs_error *err)
{
    fprintf(out, "/* Written by gazgen from corpus/tables; change the tables instead. */\n"
                 "#include \"corpus/gaz.h\"\n\n");
    write_texts(out, gaz);
    write_things(out, gaz);
    write_phrases(out, gaz);
    write_edges(out, gaz);
    write_numbers(out, gaz);
    write_sets(out, "first", gaz->first);
    write_sets(out, "first_small", gaz->first_small);
    write_builtin(out, gaz);
    if (fflush(out) != 0 || ferror(out))
        return ocs_fail(err, OCS_IO, "cannot write: %s", strerror(errno));
    return OCS_OK;
}
