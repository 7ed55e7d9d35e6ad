/* From document to record: words of text and title, facts, path and mentions go into a draft one
 * after the other; the draft becomes the sorted terms. */
#include "index/record.h"

#include "index/draft.h"
#include "index/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>

enum { TERM_CAP = 64 * 1024, DATA_CAP = 256 * 1024 * 1024 };

/* Stemmed like English where the page does not tell its language: most pages are. */
static ocs_str stem_lang(const ocs_document *document)
{
    return document->lang.n > 0 ? document->lang : OCS_STR("en");
}

/* ---- words ---- */

/* How the terms of text and title are spelled. */
typedef struct word_terms {
    void (*word)(ocs_buf *out, ocs_str word);
    void (*stem)(ocs_buf *out, ocs_str stem);
} word_terms;

static const word_terms text_terms = {ocs_term_word, ocs_term_stem};
static const word_terms title_terms = {ocs_term_title_word, ocs_term_title_stem};

static void add_word(ocs_draft *draft, const word_terms *terms, const ocs_word *word)
{
    terms->word(&draft->term, word->fold);
    ocs_draft_add(draft, word->position, 1);
    if (!ocs_str_eq(word->fold, word->canonical)) {
        terms->word(&draft->term, word->canonical);
        ocs_draft_add(draft, word->position, 1);
    }
    terms->stem(&draft->term,
                ocs_stemmers_stem(draft->stemmers, stem_lang(draft->document), word->canonical));
    ocs_draft_add(draft, OCS_NOWHERE, 1);
}

static void add_words(ocs_draft *draft, const word_terms *terms, const ocs_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        add_word(draft, terms, &words->at[i]);
}

static void add_text(ocs_draft *draft)
{
    if (!ocs_words_of(draft->arena, draft->document->text, &draft->words))
        return;
    add_words(draft, &text_terms, &draft->words);
    ocs_draft_add_bounds(draft);
}

static void add_title(ocs_draft *draft)
{
    ocs_words words;
    if (ocs_words_of(draft->arena, draft->document->title.value, &words))
        add_words(draft, &title_terms, &words);
}

/* ---- facts ---- */

static void add_fact(ocs_draft *draft, ocs_family family, const ocs_fact *fact)
{
    if (fact->value.n == 0)
        return;
    ocs_term_key(&draft->term, family, fact->key);
    ocs_draft_add(draft, OCS_NOWHERE, 0);
    ocs_draft_add_name(draft, family, fact->value, OCS_NOWHERE);
}

static void add_facts(ocs_draft *draft, ocs_family family, const ocs_facts *facts)
{
    for (size_t i = 0; i < facts->n; i++)
        add_fact(draft, family, &facts->at[i]);
}

static void add_lang(ocs_draft *draft)
{
    if (draft->document->lang.n == 0)
        return;
    ocs_term_lang(&draft->term, draft->document->lang);
    ocs_draft_add(draft, OCS_NOWHERE, 0);
}

/* The path and every folder above it but the root. */
static void add_path(ocs_draft *draft)
{
    ocs_str path = draft->document->path;
    while (path.n > 0) {
        ocs_term_path(&draft->term, path);
        ocs_draft_add(draft, OCS_NOWHERE, 0);
        while (path.n > 0 && path.p[path.n - 1] != '/')
            path.n--;
        while (path.n > 0 && path.p[path.n - 1] == '/')
            path.n--;
    }
}

static void add_id(ocs_draft *draft)
{
    ocs_term_id(&draft->term, draft->document->id);
    ocs_draft_add(draft, OCS_NOWHERE, 0);
}

/* ---- values and data ---- */

static void add_value(ocs_record *record, uint32_t slot, ocs_str value)
{
    record->values[record->n_values++] = (ocs_record_value){slot, value};
}

static void add_date_value(ocs_draft *draft, ocs_record *record)
{
    ocs_date date = draft->document->published.from;
    char digits[16];
    if (date.year <= 0)
        return;
    int n = snprintf(digits, sizeof digits, "%04d%02d%02d", date.year, date.month, date.day);
    add_value(record, OCS_SLOT_DATE, ocs_str_copy(draft->arena, (ocs_str){digits, (size_t)n}));
}

/* Pages without text are not alike for that, so they have no hash. */
static void add_text_value(ocs_draft *draft, ocs_record *record)
{
    if (draft->document->text.n == 0)
        return;
    uint64_t hash = ocs_hash(draft->document->text);
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(hash >> (56 - 8 * i));
    add_value(record, OCS_SLOT_TEXT, ocs_str_copy(draft->arena, (ocs_str){bytes, sizeof bytes}));
}

/* Fingerprint and bands, by which copies of the page are found. */
static void add_print(ocs_draft *draft, ocs_record *record)
{
    ocs_fingerprint print;
    char packed[OCS_PRINT_BYTES];
    if (!ocs_fingerprint_of(draft->document, &draft->words, draft->arena, &print))
        return;
    for (size_t i = 0; i < OCS_BANDS; i++) {
        ocs_term_band(&draft->term, i, ocs_fingerprint_band(&print, i));
        ocs_draft_add(draft, OCS_NOWHERE, 0);
    }
    ocs_fingerprint_pack(&print, packed);
    add_value(record, OCS_SLOT_PRINT, ocs_str_copy(draft->arena, (ocs_str){packed, sizeof packed}));
}

static ocs_status pack_data(ocs_draft *draft, ocs_record *record)
{
    ocs_buf packed;
    ocs_buf_init(&packed, DATA_CAP);
    ocs_document_pack(draft->document, &packed);
    record->data = ocs_str_copy(draft->arena, ocs_buf_str(&packed));
    ocs_status st = ocs_buf_status(&packed);
    ocs_buf_clear(&packed);
    return st;
}

static void set_unique(ocs_draft *draft, ocs_record *record)
{
    ocs_term_id(&draft->term, draft->document->id);
    record->unique = ocs_str_copy(draft->arena, ocs_buf_str(&draft->term));
    ocs_buf_cut(&draft->term, 0);
}

/* ---- the record ---- */

static void add_terms(ocs_draft *draft)
{
    const ocs_document *document = draft->document;
    add_text(draft);
    add_title(draft);
    add_fact(draft, OCS_FAMILY_KIND, &document->kind);
    add_facts(draft, OCS_FAMILY_SOURCE, &document->sources);
    add_facts(draft, OCS_FAMILY_TOPIC, &document->topics);
    add_facts(draft, OCS_FAMILY_PLACE, &document->places);
    add_lang(draft);
    add_path(draft);
    add_id(draft);
    ocs_draft_add_when(draft, true, document->published, OCS_NOWHERE);
    ocs_draft_add_mentions(draft);
}

static ocs_status make(ocs_draft *draft, ocs_record *record)
{
    add_terms(draft);
    if (ocs_stemmers_has(draft->stemmers, stem_lang(draft->document)))
        record->stemmed = stem_lang(draft->document);
    set_unique(draft, record);
    add_date_value(draft, record);
    add_text_value(draft, record);
    add_print(draft, record);
    ocs_status st = pack_data(draft, record);
    if (st == OCS_OK)
        st = ocs_buf_status(&draft->term);
    if (st == OCS_OK && !ocs_draft_finish(draft, record))
        st = ocs_arena_status(draft->arena);
    return st;
}

ocs_status ocs_record_make(const ocs_document *document, ocs_stemmers *stemmers, ocs_arena *arena,
                           ocs_record *record, ocs_error *err)
{
    ocs_draft draft = {.arena = arena, .stemmers = stemmers, .document = document};
    *record = (ocs_record){0};
    if (!(draft.names = ocs_stemmers_names(stemmers)))
        return ocs_fail(err, OCS_NOMEM, "no memory for the names of the gazetteer");
    ocs_buf_init(&draft.term, TERM_CAP);
    ocs_status st = make(&draft, record);
    ocs_buf_clear(&draft.term);
    if (st != OCS_OK)
        return ocs_fail(err, st, "cannot make the record of %.*s: %s", OCS_ARG(document->path),
                        ocs_status_name(st));
    return OCS_OK;
}

/* ---- printing ---- */

/* Control bytes, the backslash and bytes that are no UTF-8 as \xNN. */
static void print_escaped(ocs_buf *out, ocs_str s)
{
    uint32_t point;
    for (size_t i = 0, n; i < s.n; i += n) {
        n = ocs_utf8_at(s, i, &point);
        unsigned char byte = (unsigned char)s.p[i];
        bool ill = point == OCS_REPLACEMENT && n == 1;
        if (byte < 0x20 || byte == 0x7F || byte == '\\' || ill)
            ocs_buf_putf(out, "\\x%02x", byte);
        else
            ocs_buf_put(out, ocs_str_sub(s, i, i + n));
    }
}

static void print_hex(ocs_buf *out, ocs_str s)
{
    for (size_t i = 0; i < s.n; i++)
        ocs_buf_putf(out, "%02x", (unsigned char)s.p[i]);
}

static void print_term(ocs_buf *out, const ocs_record_term *term)
{
    print_escaped(out, term->term);
    ocs_buf_putf(out, "\t%" PRIu32 "\t", term->wdf);
    for (uint32_t i = 0; i < term->n_positions; i++)
        ocs_buf_putf(out, "%s%" PRIu32, i > 0 ? " " : "", term->positions[i]);
    ocs_buf_putc(out, '\n');
}

static void print_value(ocs_buf *out, const ocs_record_value *value)
{
    ocs_buf_putf(out, "#%" PRIu32 "\t", value->slot);
    if (value->slot == OCS_SLOT_DATE)
        print_escaped(out, value->value);
    else
        print_hex(out, value->value);
    ocs_buf_putc(out, '\n');
}

void ocs_record_print(const ocs_record *record, ocs_buf *out)
{
    for (size_t i = 0; i < record->n_terms; i++)
        print_term(out, &record->terms[i]);
    for (size_t i = 0; i < record->n_values; i++)
        print_value(out, &record->values[i]);
}
