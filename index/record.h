/* A record: what the index holds of one document, as terms, values and data, ready to be written by
 * libxapian or by any other builder.  Terms are sorted by bytes, positions ascending, so that two
 * records can be compared and printed. */
#ifndef OCS_INDEX_RECORD_H
#define OCS_INDEX_RECORD_H

#include "index/schema.h"
#include "index/xapian_c.h"

typedef struct ocs_record_term {
    ocs_str term;
    uint32_t wdf;              /* within-document frequency */
    const uint32_t *positions; /* ascending, no doubles */
    uint32_t n_positions;
} ocs_record_term;

typedef struct ocs_record_value {
    uint32_t slot;
    ocs_str value;
} ocs_record_value;

typedef struct ocs_record {
    ocs_str unique; /* the Q term */
    ocs_str data;
    ocs_str columns; /* ocs_column_facts_pack; empty: the document is not counted */
    const ocs_record_term *terms;
    size_t n_terms;
    ocs_record_value values[4];
    size_t n_values;
    ocs_str stemmed; /* the language whose stemmer was used; empty when there is none for it */
} ocs_record;

/* Stemmers by language and what else is kept from record to record, made on first use; one per
 * worker. */
typedef struct ocs_stemmers ocs_stemmers;
ocs_stemmers *ocs_stemmers_new(void);
/* Other names of things are those of ${tables}, which must outlive it; to be said before its first
 * use. */
void ocs_stemmers_use_tables(ocs_stemmers *stemmers, const ocs_gaz *tables);
void ocs_stemmers_free(ocs_stemmers *stemmers);
/* The stem of ${word} in ${lang}; the word itself where there is no stemmer (or for digits).
 * Borrowed until the next call. */
ocs_str ocs_stemmers_stem(ocs_stemmers *stemmers, ocs_str lang, ocs_str word);
/* Whether ${lang} has a stemmer. */
bool ocs_stemmers_has(ocs_stemmers *stemmers, ocs_str lang);
/* Does every stem in ${lang} begin with the letter that the word begins with?  Not so in
 * some languages. */
bool ocs_stem_keeps_head(ocs_str lang);

/* Make the record of ${document} in ${arena}. */
ocs_status ocs_record_make(const ocs_document *document, ocs_stemmers *stemmers, ocs_arena *arena,
                           ocs_record *record, ocs_error *err) OCS_MUST_CHECK;

/* As bytes, to travel between processes, and back.  Appends; what comes back points into ${packed}
 * and ${arena}.  OCS_CORRUPT when it is not what the packer writes. */
void ocs_record_pack(const ocs_record *record, ocs_buf *out);
ocs_status ocs_record_unpack(ocs_str packed, ocs_arena *arena, ocs_record *record,
                             ocs_error *err) OCS_MUST_CHECK;

/* One line a term: term, wdf, positions; then one a value: '#' and slot, value.  Parted by tabs;
 * hashes and fingerprints in hexadecimal digits; control bytes, backslashes and what is no UTF-8 in
 * the rest as \xNN.  For `extract --stage=record`. */
void ocs_record_print(const ocs_record *record, ocs_buf *out);

#endif
