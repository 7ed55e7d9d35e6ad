/* Words in the languages of the pages, some of them by their stems. */
#include "query/standing.h"

const char *ocs_standing_name(ocs_standing standing)
{
    static const char *const names[] = {
#define X(name, text) [OCS_STANDING_##name] = (text),
        OCS_STANDINGS(X)
#undef X
    };
    return names[standing];
}

typedef struct standing_word {
    ocs_str word; /* folded; with * a stem */
    ocs_standing standing;
} standing_word;

#define WORD(text, what)                        \
    {                                           \
        OCS_STR_INIT(text), OCS_STANDING_##what \
    }

static const standing_word standing_words[] = {
    WORD("former", FORMER),
    WORD("formerly", FORMER),
    WORD("ex", FORMER),
    WORD("then", FORMER),
    WORD("onetime", FORMER),
    WORD("late", FORMER),
    WORD("bivs*", FORMER),
    WORD("бивш*", FORMER),
    WORD("бывш*", FORMER),
    WORD("колишн*", FORMER),
    WORD("ehemalig*", FORMER),
    WORD("fruher*", FORMER),
    WORD("ancien", FORMER),
    WORD("ancienne", FORMER),
    WORD("ish", FORMER),
    WORD("fostul", FORMER),
    WORD("поранешн*", FORMER),
    WORD("тогдашн*", FORMER),
    WORD("designate", DESIGNATE),
    WORD("elect", DESIGNATE),
    WORD("incoming", DESIGNATE),
    WORD("designated", DESIGNATE),
    WORD("acting", ACTING),
    WORD("interim", ACTING),
    WORD("исполняющ*", ACTING),
    WORD("врио", ACTING),
    WORD("vrsilac", ACTING),
    WORD("vrsitelj*", ACTING),
    WORD("вршил*", ACTING),
    WORD("kommissarisch*", ACTING),
    WORD("deputy", DEPUTY),
    WORD("deputies", DEPUTY),
    WORD("vice", DEPUTY),
    WORD("заместител*", DEPUTY),
    WORD("заступник*", DEPUTY),
    WORD("заступниц*", DEPUTY),
    WORD("zamenik*", DEPUTY),
    WORD("zamenic*", DEPUTY),
    WORD("zamjenik*", DEPUTY),
    WORD("zamjenic*", DEPUTY),
    WORD("заменик*", DEPUTY),
    WORD("замениц*", DEPUTY),
    WORD("potpredsednik*", DEPUTY),
    WORD("potpredsednic*", DEPUTY),
    WORD("potpredsjedni*", DEPUTY),
    WORD("вице", DEPUTY),
    WORD("stellvertretend*", DEPUTY),
    WORD("stellvertreter*", DEPUTY),
    WORD("vize*", DEPUTY),
    WORD("adjoint*", DEPUTY),
    WORD("zevendes*", DEPUTY),
    WORD("assistant", ASSISTANT),
    WORD("honorary", HONORARY),
    WORD("shadow", SHADOW),
};

static bool is_standing_word(const standing_word *known, ocs_str fold)
{
    ocs_str word = known->word;
    if (!ocs_str_ends(word, OCS_STR("*")))
        return ocs_str_eq(word, fold);
    return ocs_str_starts(fold, ocs_str_sub(word, 0, word.n - 1));
}

unsigned ocs_standing_of(ocs_str fold)
{
    for (size_t i = 0; i < sizeof standing_words / sizeof *standing_words; i++)
        if (is_standing_word(&standing_words[i], fold))
            return 1U << standing_words[i].standing;
    return 0;
}

unsigned ocs_standing_of_token(const ocs_token *token)
{
    static const char *const acting[] = {"ai", "vd", "вд", "ио", "во"};
    if ((token->flags & OCS_TOKEN_DOTTED) == 0)
        return ocs_standing_of(token->fold);
    for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
        if (ocs_str_eq(token->fold, ocs_str_of(acting[i])))
            return 1U << OCS_STANDING_ACTING;
    return 0;
}
