/* Site evidence: on how many pages of a site a line stands.  What stands on many of them is frame;
 * what stands on one alone is more likely content.  No page is needed to judge another: a site is a
 * table of line hashes and counts that is made from a few of its pages, kept, and looked up.
 *
 * A page most of whose long text (lines of OCS_SITE_LONG words and more, but for those that most
 * pages have) stands on pages counted before is a copy of one of them and is not counted: the article
 * under a second address would make its own text look like frame.  So is a page that brings no new
 * line.  The first pages of a site, of which nobody knows yet what is frame, are copies only where
 * the longest piece of their text is such; a site with longer notices than articles is not learnt.
 *
 * Fewer than OCS_SITE_PAGES pages count.  When there are so many, all counts are halved, and what
 * falls to nothing is forgotten: a site that changed its frame is learnt anew, and memory has a
 * bound, for one site (some 256 KiB) and for all (64 MiB, after which no further page counts).
 *
 * What is made of the same pages in the same order is the same to the byte. */
#ifndef OCS_INGEST_SITE_H
#define OCS_INGEST_SITE_H

#include "ingest/block.h"

enum {
    OCS_SITE_PAGES = 64,
    OCS_SITE_LONG = 12,         /* words of a long line */
    OCS_SITE_COPY_PER_CENT = 60 /* of the words of long lines, to be a copy */
};

typedef struct ocs_site ocs_site;   /* of one site */
typedef struct ocs_sites ocs_sites; /* of all, by name */

/* The name of the site that a page belongs to: the host of its address, lower case and without
 * "www.", where the page or ${page}->url tells it, else the folder of its path ("./" where it
 * has none).  Points into the arguments or into ${arena}; empty when the arena is full. */
ocs_str ocs_site_name(const ocs_page *page, const ocs_blocks *blocks, ocs_arena *arena);

/* OCS_NOMEM as NULL. */
ocs_sites *ocs_sites_new(void);
void ocs_sites_free(ocs_sites *sites);

/* Count a page: its blocks' lines, and the parts of its title element.  ${page} is the hash of its
 * path; a page that is counted already, and a copy, change nothing. */
ocs_status ocs_sites_take(ocs_sites *sites, ocs_str name, uint64_t page, const ocs_blocks *blocks,
                          ocs_error *err) OCS_MUST_CHECK;
/* The same in two steps, which may be done by two processes: append what the page would bring, and
 * count it.  OCS_NOMEM; of the second also OCS_CORRUPT when it is not what the first one writes:
 * ${packed} may be hostile. */
ocs_status ocs_site_page_pack(ocs_str name, uint64_t page, const ocs_blocks *blocks, ocs_buf *out,
                              ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_sites_take_packed(ocs_sites *sites, ocs_str packed, ocs_error *err) OCS_MUST_CHECK;

/* NULL when nothing is known of it. */
const ocs_site *ocs_sites_find(const ocs_sites *sites, ocs_str name);
/* Calls ${each} for every site in the order of the names. */
void ocs_sites_each(const ocs_sites *sites,
                    void (*each)(void *payload, ocs_str name, const ocs_site *site), void *payload);

uint32_t ocs_site_pages(const ocs_site *site);
/* Whether the page whose path has this hash is counted. */
bool ocs_site_counts(const ocs_site *site, uint64_t page);
/* On how many counted pages this line stands: folded, numbers and all.  A line without letters ("1.",
 * "24") is on none: it is alike by chance. */
uint32_t ocs_site_seen(const ocs_site *site, ocs_str line);
/* On how many counted pages ${part} is a part of the title element ("News | OSCE" has two). */
uint32_t ocs_site_seen_in_title(const ocs_site *site, ocs_str part);

/* Fill .seen of the blocks and .site, .site_pages of ${blocks}, not counting the page itself. */
void ocs_site_mark(const ocs_site *site, uint64_t page, ocs_blocks *blocks);

/* As the index keeps it.  Appends. */
void ocs_site_pack(const ocs_site *site, ocs_buf *out);
/* Put what was packed under ${name}, in place of what was there; OCS_CORRUPT when it is not what the
 * packer writes.  ${packed} may be hostile. */
ocs_status ocs_sites_unpack(ocs_sites *sites, ocs_str name, ocs_str packed,
                            ocs_error *err) OCS_MUST_CHECK;

#endif
