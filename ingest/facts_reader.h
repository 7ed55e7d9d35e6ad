/* What the readers of facts share; for the facts_*.c files only. */
#ifndef OCS_INGEST_FACTS_READER_H
#define OCS_INGEST_FACTS_READER_H

#include "ingest/facts.h"

typedef struct facts_reader {
    const ocs_gaz *gaz;
    const ocs_page *page;
    const ocs_blocks *blocks;
    ocs_arena *arena;
    ocs_document *doc;
    const ocs_block *title; /* that shows the title; NULL: none does */
    bool dates_listed;      /* dates of the text are those of lines of a list */
    OCS_VEC(ocs_fact) places, sources, topics;
    OCS_VEC(ocs_item) items;
} facts_reader;

/* The raw bytes of block text [from, to), counted from the block's start. */
ocs_span ocs_facts_raw(const facts_reader *r, const ocs_block *b, size_t from, size_t to,
                       bool *inexact);
/* What a label or value block states; ${from}: where in the block it starts. */
ocs_str ocs_facts_value(const facts_reader *r, const ocs_block *b, size_t *from);
/* Whether a block states a ${fact}. */
bool ocs_facts_states(const ocs_block *b, ocs_fact_kind fact);
/* The hint of highest trust about ${about}; NULL: none. */
const ocs_hint *ocs_facts_hint(const ocs_blocks *blocks, int about);

/* A place of the page, unless it names a country or an organisation, or is there already. */
void ocs_facts_add_place(facts_reader *r, ocs_str text, ocs_span raw, bool inexact);
/* Sources, fields of work, places. */
void ocs_facts_read_labels(facts_reader *r);
/* The kind of report that a title states: "Spot report by ..."; NULL: none. */
const ocs_gaz_thing *ocs_facts_report_kind(const ocs_gaz *gaz, ocs_str title);
/* After the title, which may state it. */
void ocs_facts_read_kind(facts_reader *r);
/* The published date, and the places of the dateline.  After title and kind. */
void ocs_facts_read_date(facts_reader *r);
/* The steps of it that several files take.  Like ocs_date_read, and where day and month could be
 * either way round, what else the page states decides: the day of the week, another date, the
 * language; else the day comes first. */
bool ocs_facts_read_day(facts_reader *r, ocs_str value, ocs_date *date, ocs_span *at);
void ocs_facts_publish(facts_reader *r, ocs_date date, ocs_date_from from, ocs_span raw,
                       bool inexact);
bool ocs_facts_date_from_markup(facts_reader *r);
bool ocs_facts_date_from_url(facts_reader *r);
/* The day that the path of an address names: "/2017/02/13/", "20170213", "2017-02-13"; not an id. */
bool ocs_facts_url_day(ocs_str url, ocs_date *date);
/* The text right before a date at ${from}: of its own block, or a short block above it. */
ocs_str ocs_facts_before(const facts_reader *r, const ocs_block *b, size_t from);
/* "Updated", "Last modified", "Reviewed on" before a date: it is not the day of publishing. */
bool ocs_facts_says_changed(facts_reader *r, ocs_str before);

/* The published date by markup and address alone. */
void ocs_facts_read_stated_date(facts_reader *r);
/* The entries of a list page. */
void ocs_facts_read_items(facts_reader *r);

#endif
