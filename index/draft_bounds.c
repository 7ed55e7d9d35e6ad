/* Where paragraphs and the further sentences in them begin, as two terms that have nothing but
 * positions: with them a query tells from the index alone which words stand in one sentence.  A
 * sentence without a word is none, and a paragraph begins where the first of its sentences does,
 * which is not said twice. */
#include "index/draft.h"

static void add_bound(ocs_draft *draft, const char *term, uint32_t position)
{
    ocs_buf_puts(&draft->term, term);
    ocs_draft_add(draft, position, 0);
}

/* Does a line begin between the words ${i} - 1 and ${i}?  Their positions tell (index/words.c). */
static bool begins_line(const ocs_words *words, size_t i)
{
    return i == 0 || words->at[i].position - words->at[i - 1].position > OCS_PARAGRAPH_GAP;
}

void ocs_draft_add_bounds(ocs_draft *draft)
{
    const ocs_words *words = &draft->words;
    ocs_sentences sentences;
    if (!ocs_sentences_of(ocs_names_gaz(draft->names), draft->arena, draft->document->text,
                          &sentences))
        return;
    for (size_t s = 0, i = 0; s < sentences.n; s++) {
        while (i < words->n && words->at[i].at.from < sentences.at[s].from)
            i++;
        if (i == words->n || words->at[i].at.from >= sentences.at[s].to)
            continue;
        add_bound(draft, begins_line(words, i) ? OCS_TERM_PARAGRAPH : OCS_TERM_SENTENCE,
                  words->at[i].position);
    }
}
