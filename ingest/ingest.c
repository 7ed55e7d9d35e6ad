/* The conductor: decode, cut, decide, read facts, find mentions. */
#include "ingest/ingest.h"

#include "ingest/block.h"
#include "ingest/facts.h"
#include "ingest/lang.h"
#include "ingest/lang_near.h"
#include "ingest/mend.h"
#include "ingest/mentions.h"
#include "ingest/patterns.h"
#include "ingest/site.h"
#include "ingest/tagger.h"

#include <stdlib.h>

/* Raise when code changes what is made of a page; tables count by themselves. */
enum { RULES_VERSION = 6 };

struct ocs_ingest {
    ocs_rules rules;
    ocs_lang_model *lang;
    bool keep_blocks, rules_only;
};

ocs_status ocs_ingest_new(ocs_ingest **ingest, ocs_error *err)
{
    *ingest = calloc(1, sizeof **ingest);
    if (!*ingest)
        return ocs_fail(err, OCS_NOMEM, "no memory for the ingester");
    (*ingest)->rules.gaz = ocs_gaz_builtin();
    ocs_status status = ocs_patterns_new(&(*ingest)->rules.patterns, err);
    if (status == OCS_OK)
        status = ocs_lang_model_new(&(*ingest)->lang, err);
    if (status != OCS_OK) {
        ocs_ingest_free(*ingest);
        *ingest = NULL;
    }
    return status;
}

void ocs_ingest_free(ocs_ingest *ingest)
{
    if (!ingest)
        return;
    ocs_lang_model_free(ingest->lang);
    ocs_patterns_free(ingest->rules.patterns);
    free(ingest);
}

void ocs_ingest_use_tables(ocs_ingest *ingest, const ocs_gaz *tables)
{
    ingest->rules.gaz = tables ? tables : ocs_gaz_builtin();
}

void ocs_ingest_keep_blocks(ocs_ingest *ingest, bool keep)
{
    ingest->keep_blocks = keep;
}

void ocs_ingest_rules_only(ocs_ingest *ingest, bool alone)
{
    ingest->rules_only = alone;
}

uint64_t ocs_ingest_version(void)
{
    return ocs_hash_mix(ocs_gaz_builtin()->version, RULES_VERSION);
}

static bool is_html(const ocs_page *page)
{
    return ocs_named_like_html(page->path) ||
           (!ocs_str_ends(page->path, OCS_STR(".txt")) && ocs_looks_like_html(page->bytes));
}

static ocs_status identify(const ocs_page *page, ocs_arena *arena, ocs_document *document,
                           ocs_error *err)
{
    char *id = ocs_arena_alloc(arena, 17);
    if (!id)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for a document");
    ocs_document_id(page->path, id);
    *document = (ocs_document){.id = {id, 16},
                               .path = page->path,
                               .url = page->url,
                               .raw_hash = ocs_hash(page->bytes),
                               .raw_size = page->bytes.n};
    return OCS_OK;
}

/* The language code that the page declares of itself; empty: none. */
static ocs_str declared_language(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n_hints; i++) {
        ocs_str value = blocks->hints[i].value;
        if (blocks->hints[i].about == OCS_HINT_LANG && value.n >= 2 && value.p[0] >= 'a' &&
            value.p[0] <= 'z' && value.p[1] >= 'a' && value.p[1] <= 'z')
            return ocs_str_sub(value, 0, 2);
    }
    return (ocs_str){NULL, 0};
}

/* Detected from the text; what the page declares is believed only where that fails or wavers. */
static void read_language(const ocs_ingest *ingest, const ocs_blocks *blocks,
                          ocs_document *document)
{
    ocs_str declared = declared_language(blocks);
    const char *lang = ocs_lang_detect(ingest->lang, document->text);
    if (lang)
        document->lang = ocs_str_of(ocs_lang_settle(document->text, lang, declared));
    else if (!document->empty)
        document->lang = declared;
}

static ocs_status read_blocks(const ocs_page *page, ocs_arena *arena, ocs_decoded *decoded,
                              ocs_blocks *blocks, ocs_error *err)
{
    bool html = is_html(page);
    ocs_status status = ocs_decode(page->bytes, html, arena, decoded, err);
    if (status == OCS_OK)
        status = ocs_mend(decoded, arena, err);
    if (status != OCS_OK)
        return status;
    return html ? ocs_html_cut(decoded, arena, blocks, err)
                : ocs_dump_cut(decoded, arena, blocks, err);
}

/* What other pages tell of the lines. */
static void mark_evidence(const ocs_page *page, ocs_arena *arena, ocs_blocks *blocks)
{
    if (!page->sites)
        return;
    ocs_page counted = *page;
    if (page->counted_as.n > 0)
        counted.path = page->counted_as;
    const ocs_site *site = ocs_sites_find(page->sites, ocs_site_name(&counted, blocks, arena));
    if (site)
        ocs_site_mark(site, ocs_hash(counted.path), blocks);
}

static void give_roles(const ocs_ingest *ingest, const ocs_page *page, ocs_arena *arena,
                       ocs_blocks *blocks)
{
    mark_evidence(page, arena, blocks);
    if (blocks->html) {
        ocs_roles_of_html(&ingest->rules, blocks, arena);
    } else {
        ocs_roles_site_head(ingest->rules.gaz, blocks);
        ocs_roles_of_dump(&ingest->rules, blocks, arena);
    }
    ocs_roles_site(blocks);
    blocks->keep_all = ingest->keep_blocks;
}

ocs_status ocs_ingest_sample(const ocs_page *page, ocs_arena *arena, ocs_buf *sample,
                             ocs_error *err)
{
    ocs_decoded decoded;
    ocs_blocks blocks = {0};
    ocs_status status = read_blocks(page, arena, &decoded, &blocks, err);
    if (status != OCS_OK)
        return status;
    ocs_str name = ocs_site_name(page, &blocks, arena);
    return ocs_site_page_pack(name, ocs_hash(page->path), &blocks, sample, err);
}

ocs_status ocs_ingest_page(ocs_ingest *ingest, const ocs_page *page, ocs_stage stage,
                           ocs_arena *arena, ocs_document *document, const ocs_blocks **blocks_out,
                           ocs_error *err)
{
    ocs_decoded decoded;
    ocs_blocks *blocks = ocs_arena_alloc(arena, sizeof *blocks);
    if (!blocks)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for a document");
    ocs_status status = identify(page, arena, document, err);
    if (status != OCS_OK)
        return status;
    if ((status = read_blocks(page, arena, &decoded, blocks, err)) != OCS_OK)
        return status;
    document->encoding = decoded.encoding;
    document->repairs = decoded.repairs;
    give_roles(ingest, page, arena, blocks);
    if (blocks_out)
        *blocks_out = blocks;
    if (stage == OCS_STAGE_BLOCKS)
        return OCS_OK;
    if ((status = ocs_facts_read(ingest->rules.gaz, page, blocks, arena, document, err)) != OCS_OK)
        return status;
    read_language(ingest, blocks, document);
    if (stage == OCS_STAGE_DOCUMENT || document->empty)
        return OCS_OK;
    const ocs_tagger *tagger = ingest->rules_only ? NULL : &ocs_tagger_names;
    return ocs_mentions_find(ingest->rules.gaz, tagger, arena, document, err);
}
