/* tagtrain: make the model of names from texts in which they are marked.
 *
 *   tagtrain [--without=K/N] [--rules] [--leave=LIST] [--mentions=OUT.jsonl] [--epochs=N]
 *            [--rate=R] [--l1=R] OUT.tsv FOLDER...
 *
 * FOLDER holds docs/NAME.txt and gold.jsonl (ingest/train/taggold.h).  LIST names documents that are
 * never read, one a line.  With --without=K/N the documents whose name's hash is K modulo N are left
 * out of training; afterwards the whole entity stage runs over them, and what it finds is compared
 * with the marks and written to --mentions.  --rules measures the rules alone instead and trains
 * nothing.  A folder named twice counts double. */
#include "ingest/mentions.h"
#include "ingest/train/tagcrf.h"
#include "ingest/train/taggold.h"
#include "ingest/train/tagtable.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_CAP = 1 << 30, PAGE_CAP = 16 << 20, LEAST_SEEN = 2 };

typedef struct feature_slot {
    uint32_t feature, count, id;
} feature_slot;

typedef struct trainer {
    ocs_arena *arena, *page_arena; /* of all lines; of the text at hand */
    const ocs_gaz *gaz;
    ocs_str leave;
    unsigned fold, folds; /* documents of this fold are left out; folds 0: none is */
    bool rules, measuring;
    const ocs_tagger *tagger;
    FILE *mentions;
    ocs_tag_options options;
    size_t documents, hits[OCS_MENTION_TYPE_COUNT], found[OCS_MENTION_TYPE_COUNT],
        marked[OCS_MENTION_TYPE_COUNT];
    OCS_VEC(uint32_t) features;
    OCS_VEC(uint16_t) counts;
    OCS_VEC(uint8_t) allowed;
    OCS_VEC(uint32_t) line_words;
    feature_slot *seen; /* every feature of the lines */
    size_t seen_mask;
    uint32_t n_ids;
} trainer;

/* ---- which documents ---- */

static bool listed(ocs_str list, ocs_str name)
{
    for (size_t from = 0, to; from < list.n; from = to + 1) {
        for (to = from; to < list.n && list.p[to] != '\n'; to++)
            ;
        if (ocs_str_eq(ocs_str_sub(list, from, to), name))
            return true;
    }
    return false;
}

static ocs_str name_of(const char *path)
{
    ocs_str s = ocs_str_of(path);
    size_t from = s.n;
    while (from > 0 && s.p[from - 1] != '/')
        from--;
    ocs_str name = ocs_str_sub(s, from, s.n);
    return ocs_str_ends(name, OCS_STR(".txt")) ? ocs_str_sub(name, 0, name.n - 4) : name;
}

static bool wanted(const trainer *t, ocs_str name)
{
    bool in_fold = t->folds > 0 && ocs_hash(name) % t->folds == t->fold;
    return (t->folds == 0 || in_fold == t->measuring) && !listed(t->leave, name);
}

/* ---- features ---- */

static feature_slot *slot_of(const trainer *t, uint32_t feature)
{
    size_t i = (size_t)(feature * 2654435761u) & t->seen_mask;
    while (t->seen[i].count > 0 && t->seen[i].feature != feature)
        i = (i + 1) & t->seen_mask;
    return &t->seen[i];
}

static bool keep_line(trainer *t, const ocs_tag_words *words, const uint8_t *allowed, size_t from,
                      size_t to)
{
    uint32_t features[OCS_TAG_FEATURES];
    uint32_t *line = ocs_vec_push(t->arena, &t->line_words);
    if (!line)
        return false;
    *line = (uint32_t)(to - from);
    for (size_t i = from; i < to; i++) {
        uint16_t *count = ocs_vec_push(t->arena, &t->counts);
        uint8_t *tags = ocs_vec_push(t->arena, &t->allowed);
        if (!count || !tags)
            return false;
        *count = (uint16_t)ocs_tag_features(words, from, to, i, features);
        *tags = allowed[i];
        for (uint16_t k = 0; k < *count; k++) {
            uint32_t *feature = ocs_vec_push(t->arena, &t->features);
            if (!feature)
                return false;
            *feature = features[k];
        }
    }
    return true;
}

static bool learn(trainer *t, ocs_scan *s, const ocs_tag_marks *marks)
{
    ocs_tag_words words;
    uint8_t *allowed = ocs_tag_marks_tags(s, marks);
    if (!allowed || !ocs_tag_words_make(s, &words))
        return false;
    for (size_t from = 0, to; from < s->tokens.n; from = to) {
        to = ocs_tag_line_end(s, from);
        if (!keep_line(t, &words, allowed, from, to))
            return false;
    }
    return true;
}

/* ---- measuring ---- */

static void write_mention(const trainer *t, ocs_str name, const ocs_document *d,
                          const ocs_mention *m)
{
    ocs_buf buf;
    ocs_json json;
    ocs_buf_init(&buf, PAGE_CAP);
    ocs_json_init(&json, &buf);
    ocs_json_object(&json);
    ocs_json_key_str(&json, "doc", name);
    ocs_json_key_str(&json, "type", ocs_str_of(ocs_mention_type_name(m->type)));
    ocs_json_key_int(&json, "start", (long long)m->at.from);
    ocs_json_key_int(&json, "end", (long long)m->at.to);
    ocs_json_key_str(&json, "text", ocs_mention_surface(d, m));
    ocs_json_key_str(&json, "norm", m->key);
    ocs_json_key_str(&json, "via", ocs_str_of(m->via ? ocs_via_name(m->via) : ""));
    ocs_json_key_str(&json, "rule", ocs_str_of(m->rule));
    ocs_json_key_int(&json, "sure", m->sure);
    ocs_json_key_bool(&json, "nested", m->nested);
    ocs_json_object_end(&json);
    ocs_buf_putc(&buf, '\n');
    fwrite(buf.p, 1, buf.n, t->mentions);
    ocs_buf_clear(&buf);
}

/* The mark that a mention is, when compared without articles and titles. */
static bool hits(const ocs_scan *s, const ocs_tag_marks *marks, const ocs_mention *m,
                 bool *optional)
{
    *optional = false;
    for (size_t i = 0; i < marks->n; i++) {
        const ocs_tag_mark *mark = &marks->at[i];
        if (mark->type != m->type)
            continue;
        if (mark->optional) {
            *optional = *optional || (mark->at.from < m->at.to && m->at.from < mark->at.to);
            continue;
        }
        ocs_span at = ocs_tag_mark_tokens(s, mark);
        if (at.from < at.to && s->tokens.at[at.from].at.from == m->at.from &&
            s->tokens.at[at.to - 1].word == m->at.to)
            return true;
    }
    return false;
}

static void compare(trainer *t, const ocs_scan *s, const ocs_tag_marks *marks, ocs_str name)
{
    const ocs_document *d = s->doc;
    for (size_t i = 0; i < marks->n; i++)
        t->marked[marks->at[i].type] += !marks->at[i].optional;
    for (size_t i = 0; i < d->n_mentions; i++) {
        const ocs_mention *m = &d->mentions[i];
        if (t->mentions)
            write_mention(t, name, d, m);
        ocs_mention named = *m;
        if (m->type == OCS_MENTION_COUNTRY && m->via != OCS_VIA_DEMONYM)
            named.type = OCS_MENTION_PLACE; /* the marks call a State by its name a place */
        bool optional;
        if (named.nested || ocs_tag_first(named.type) == OCS_TAG_O)
            continue;
        bool hit = hits(s, marks, &named, &optional);
        t->hits[named.type] += hit;
        t->found[named.type] += hit || !optional;
    }
}

static ocs_status measure(trainer *t, ocs_scan *s, const ocs_tag_marks *marks, ocs_str name,
                          ocs_error *err)
{
    ocs_status status = ocs_mentions_find(t->gaz, t->tagger, s->arena, s->doc, err);
    if (status == OCS_OK)
        compare(t, s, marks, name);
    return status;
}

static void print_measures(const trainer *t)
{
    for (size_t type = 0; type < OCS_MENTION_TYPE_COUNT; type++) {
        double p = t->found[type] ? (double)t->hits[type] / (double)t->found[type] : 0;
        double r = t->marked[type] ? (double)t->hits[type] / (double)t->marked[type] : 0;
        if (ocs_tag_first((ocs_mention_type)type) != OCS_TAG_O)
            printf("%s\t%zu marked\tprecision %.3f\trecall %.3f\tF1 %.3f\n",
                   ocs_mention_type_name((ocs_mention_type)type), t->marked[type], p, r,
                   p + r > 0 ? 2 * p * r / (p + r) : 0);
    }
}

/* ---- texts ---- */

static int longer_first(const void *a, const void *b)
{
    const ocs_tag_mark *x = a, *y = b;
    size_t m = x->at.to - x->at.from, n = y->at.to - y->at.from;
    if (m != n)
        return m > n ? -1 : 1;
    return (x->at.from > y->at.from) - (x->at.from < y->at.from);
}

static ocs_status take_text(trainer *t, const char *path, const ocs_tag_marks *marks,
                            ocs_error *err)
{
    ocs_str text, name = name_of(path);
    ocs_status status = ocs_page_read(path, PAGE_CAP, t->page_arena, &text, err);
    if (status != OCS_OK)
        return status;
    if (ocs_utf8_check(text) != text.n)
        return ocs_fail(err, OCS_BADINPUT, "not UTF-8");
    ocs_document document = {.text = text, .raw_size = text.n};
    ocs_scan s = {.gaz = t->gaz, .arena = t->page_arena, .doc = &document, .text = text};
    ocs_tag_marks own = {0};
    for (size_t i = 0; i < marks->n; i++)
        if (ocs_str_eq(marks->at[i].doc, name)) {
            ocs_tag_mark *mark = ocs_vec_push(t->page_arena, &own);
            if (!mark)
                return ocs_fail(err, OCS_NOMEM, "no memory for a text");
            *mark = marks->at[i];
        }
    if (own.n > 0)
        qsort(own.at, own.n, sizeof *own.at, longer_first);
    t->documents++;
    if (!ocs_mentions_rules(&s))
        return ocs_fail(err, OCS_NOMEM, "no memory for a text");
    if (t->measuring)
        return measure(t, &s, &own, name, err);
    return learn(t, &s, &own) ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory for the features");
}

static ocs_status take_texts(trainer *t, const char *folder, const ocs_tag_marks *marks,
                             ocs_error *err)
{
    char docs[4096];
    ocs_source *source;
    ocs_page_info info;
    snprintf(docs, sizeof docs, "%s/docs", folder);
    ocs_status status = ocs_source_open(docs, &source, err);
    if (status != OCS_OK)
        return status;
    while (status == OCS_OK && (status = ocs_source_next(source, &info, err)) == OCS_OK) {
        if (!wanted(t, name_of(info.path)))
            continue;
        status = take_text(t, info.path, marks, err);
        if (status != OCS_OK)
            ocs_fail_within(err, status, "%s", info.path);
        ocs_arena_clear(t->page_arena);
    }
    ocs_source_close(source);
    return status == OCS_NOTFOUND ? OCS_OK : status;
}

static ocs_status take_folder(trainer *t, const char *folder, ocs_error *err)
{
    char path[4096];
    ocs_str gold;
    ocs_tag_marks marks = {0};
    ocs_arena *arena = ocs_arena_new(ARENA_CAP);
    snprintf(path, sizeof path, "%s/gold.jsonl", folder);
    ocs_status status = arena ? ocs_page_read(path, PAGE_CAP, arena, &gold, err) : OCS_NOMEM;
    if (status == OCS_OK)
        status = ocs_tag_marks_read(gold, arena, &marks, err);
    if (status != OCS_OK)
        ocs_fail_within(err, status, "%s", path);
    else
        status = take_texts(t, folder, &marks, err);
    ocs_arena_free(arena);
    return status;
}

/* ---- training ---- */

/* Number the features that were seen often enough; the others leave their words. */
static bool number_features(trainer *t)
{
    size_t room = 1024;
    while (room < t->features.n / 2)
        room *= 2;
    t->seen = calloc(room, sizeof *t->seen);
    t->seen_mask = room - 1;
    for (size_t i = 0; t->seen && i < t->features.n; i++) {
        feature_slot *slot = slot_of(t, t->features.at[i]);
        slot->feature = t->features.at[i];
        slot->count++;
    }
    for (size_t i = 0; t->seen && i < room; i++)
        if (t->seen[i].count >= LEAST_SEEN)
            t->seen[i].id = ++t->n_ids;
    return t->seen != NULL;
}

static void use_numbers(trainer *t)
{
    size_t from = 0, to = 0;
    for (size_t w = 0; w < t->counts.n; w++) {
        uint16_t kept = 0;
        for (uint16_t k = 0; k < t->counts.at[w]; k++) {
            uint32_t id = slot_of(t, t->features.at[from++])->id;
            if (id > 0) {
                t->features.at[to++] = id - 1;
                kept++;
            }
        }
        t->counts.at[w] = kept;
    }
}

static ocs_tag_line *lines_of(const trainer *t)
{
    ocs_tag_line *lines = calloc(t->line_words.n + 1, sizeof *lines);
    size_t word = 0, feature = 0;
    for (size_t i = 0; lines && i < t->line_words.n; i++) {
        lines[i] = (ocs_tag_line){t->features.at + feature, t->counts.at + word,
                                  t->allowed.at + word, t->line_words.at[i]};
        for (uint32_t k = 0; k < lines[i].n; k++)
            feature += t->counts.at[word++];
    }
    return lines;
}

static int by_feature(const void *a, const void *b)
{
    const feature_slot *x = a, *y = b;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

static bool fill_table(trainer *t, ocs_tag_table *table, const float *weights)
{
    ocs_tag_table_init(table, weights + (size_t)t->n_ids * OCS_TAG_COUNT);
    qsort(t->seen, t->seen_mask + 1, sizeof *t->seen, by_feature);
    for (size_t i = 0; i <= t->seen_mask; i++) {
        const feature_slot *slot = &t->seen[i];
        if (slot->id > 0 && !ocs_tag_table_add(table, slot->feature,
                                               weights + (size_t)(slot->id - 1) * OCS_TAG_COUNT))
            return false;
    }
    return true;
}

static ocs_status train(trainer *t, ocs_tag_table *tab, const char *out, ocs_error *err)
{
    if (!number_features(t))
        return ocs_fail(err, OCS_NOMEM, "no memory for the features");
    use_numbers(t);
    ocs_status status = OCS_OK;
    ocs_tag_line *lines = lines_of(t);
    float *weights = calloc(((size_t)t->n_ids + OCS_TAG_COUNT) * OCS_TAG_COUNT, sizeof *weights);
    if (!lines || !weights ||
        !ocs_tag_train(lines, t->line_words.n, t->n_ids, &t->options, weights))
        status = ocs_fail(err, OCS_NOMEM, "no memory to train with");
    else if (!fill_table(t, tab, weights))
        status = ocs_fail(err, OCS_LIMIT, "more rows than a table holds: raise --l1");
    else if (!ocs_tag_table_write(tab, out, t->documents, t->counts.n))
        status = ocs_fail(err, OCS_IO, "%s cannot be written", out);
    free(weights);
    free(lines);
    return status;
}

static ocs_status run(trainer *t, ocs_tag_table *tab, const char *out, char **folders, int n,
                      ocs_error *err)
{
    ocs_status status = OCS_OK;
    for (int i = 0; i < n && status == OCS_OK && !t->rules; i++)
        status = take_folder(t, folders[i], err);
    if (status == OCS_OK && !t->rules)
        status = train(t, tab, out, err);
    if (status != OCS_OK || (t->folds == 0 && !t->rules))
        return status;
    printf("taught on %zu texts, %u rows\n", t->documents, tab->tagger.n_rows);
    t->tagger = t->rules ? NULL : &tab->tagger;
    t->measuring = true;
    t->documents = 0;
    for (int i = 0; i < n && status == OCS_OK; i++)
        status = take_folder(t, folders[i], err);
    print_measures(t);
    return status;
}

/* ---- the command line ---- */

static bool option(const char *arg, const char *name, const char **value)
{
    size_t n = strlen(name);
    if (strncmp(arg, name, n) != 0 || (arg[n] != '=' && arg[n] != '\0'))
        return false;
    *value = arg[n] == '=' ? arg + n + 1 : "";
    return true;
}

static bool read_option(trainer *t, const char *arg, ocs_error *err)
{
    const char *value;
    if (option(arg, "--without", &value))
        return sscanf(value, "%u/%u", &t->fold, &t->folds) == 2 && t->fold < t->folds;
    if (option(arg, "--leave", &value))
        return ocs_page_read(value, PAGE_CAP, t->arena, &t->leave, err) == OCS_OK;
    if (option(arg, "--mentions", &value))
        return (t->mentions = fopen(value, "w")) != NULL;
    if (option(arg, "--epochs", &value))
        return (t->options.epochs = (unsigned)atoi(value)) > 0;
    if (option(arg, "--rate", &value))
        return (t->options.rate = atof(value)) > 0;
    if (option(arg, "--l1", &value))
        return (t->options.l1 = atof(value)) >= 0;
    t->rules = t->rules || option(arg, "--rules", &value);
    return option(arg, "--rules", &value);
}

int main(int argc, char **argv)
{
    ocs_error err = {0};
    trainer t = {.gaz = ocs_gaz_builtin(), .options = {.epochs = 12, .rate = 0.1, .l1 = 1e-5}};
    t.arena = ocs_arena_new((size_t)ARENA_CAP * 4);
    t.page_arena = ocs_arena_new(ARENA_CAP);
    ocs_tag_table *tab = calloc(1, sizeof *tab);
    int i = 1;
    bool fine = t.arena && t.page_arena && tab;
    for (; fine && i < argc && strncmp(argv[i], "--", 2) == 0; i++)
        fine = read_option(&t, argv[i], &err);
    if (!fine || argc - i < 2) {
        fprintf(stderr,
                "usage: tagtrain [--without=K/N] [--rules] [--leave=LIST] "
                "[--mentions=OUT.jsonl] OUT.tsv FOLDER...\n%s\n",
                err.text);
        return 2;
    }
    fine = run(&t, tab, argv[i], argv + i + 1, argc - i - 1, &err) == OCS_OK;
    if (!fine)
        fprintf(stderr, "tagtrain: %s\n", err.text);
    if (t.mentions)
        fclose(t.mentions);
    free(t.seen);
    free(tab);
    ocs_arena_free(t.page_arena);
    ocs_arena_free(t.arena);
    return fine ? 0 : 1;
}
