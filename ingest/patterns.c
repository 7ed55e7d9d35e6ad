/* One table: how long a line may be, what it is then, and the pattern.  Long lines are never asked,
 * so the cost is a few short matches on the few short lines of a page. */
#include "ingest/patterns.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum { STEPS_MAX = 10000 };

typedef struct pattern {
    uint32_t words; /* only lines of at most so many */
    ocs_block_role role;
    const char *reason, *regex;
} pattern;

static const pattern table[] = {
    {30, OCS_ROLE_CONTACT, "protected address", "\\[email.{1,2}protected\\]"},
    {14, OCS_ROLE_CONTACT, "address", "[\\w.+-]+@[\\w-]+\\.[a-z]{2,}"},
    {14, OCS_ROLE_CONTACT, "telephone",
     "^(?i:tel|telephone|phone|fax|mobile|cell|office|тел|телефон|факс|telefon|faks|mob)\\b"
     "[^\\p{L}]{0,6}\\+?\\d[\\d ()/.,-]{5,}"},
    {6, OCS_ROLE_CONTACT, "telephone", "^\\+\\d[\\d ()/.-]{7,}$"},
    {8, OCS_ROLE_CREDIT, "credit of a picture", "^\\([^()]{2,40}/[^()]{2,60}\\)$"},
    {4, OCS_ROLE_CREDIT, "credit of a picture", "^OSCE/\\p{Lu}[^.!?]*$"},
    {8, OCS_ROLE_CREDIT, "credit of a picture", "^(?i:photo|foto|фото)(?: by |: ?|/)\\S"},
    {40, OCS_ROLE_CREDIT, "caption with its credit",
     "\\((?:OSCE|OEBS|OSBE|ОБСЕ|ОБСЄ|ОЕБС)/\\p{Lu}[^()]{1,60}\\)$"},
    {60, OCS_ROLE_CREDIT, "caption with its credit",
     "\\((?i:image|photos?|pictures?|pic|foto|credit|фото|слика)s? ?: ?[^()]{2,60}\\)$"},
    {90, OCS_ROLE_CREDIT, "caption",
     "^(?:FILE(?: PHOTO)? ?[-–—:] |In this [^.!?]{0,60}\\b(?i:photo|picture|image|photograph)\\b)"},
    {40, OCS_ROLE_CREDIT, "picture", "^!\\[[^\\]]*\\]\\([^)]*\\)$"},
    {12, OCS_ROLE_CHROME, "pager",
     "^(?:« first|‹ previous|next ›|last »|\\d{1,3}(?: \\d{1,3}){2,})"},
    {12, OCS_ROLE_CHROME, "note of change",
     "^(?i:page )?(?i:last )(?i:updated|modified|changed)\\b"},
    {10, OCS_ROLE_CHROME, "note of change", "^(?i:updated)(?i: at| on|:)? [^.!?]*\\d"},
    {14, OCS_ROLE_CHROME, "about scripts",
     "(?i)\\b(?:requires|enable|turn on|activate) javascript\\b"},
    {5, OCS_ROLE_CHROME, "heading of comments",
     "(?i)\\b(?:comments|kommentare|coment[aá]rios|commentaires|commenti|reacties|komentari|"
     "komentarji|"
     "komentet|комментарии|коментари|коментарі)\\b"},
    {40, OCS_ROLE_RELATED, "points to something else",
     "^(?i:read (?:more|also|next)|also read|related(?: (?:articles?|stor(?:y|ies)|links?))?|see "
     "also|"
     "don['’]t miss|more (?:on|from) [^:]{2,30}|watch|recommended|leia (?:mais|também)|lire aussi|"
     "lesen sie auch|mehr zum thema|lea también|leggi anche|читайте також|читайте также|"
     "pročitajte još|lexo edhe) ?[:|–—-]"},
    {40, OCS_ROLE_CREDIT, "note of those who wrote it",
     "^\\(?(?i:(?:additional )?(?:reporting|writing|editing)) by \\p{Lu}"},
    {45, OCS_ROLE_CHROME, "asks to be followed",
     "(?i)\\b(?:follow|like|join|chat with|find) (?:us|him|her|them|@\\w+)\\b.*"
     "\\b(?:twitter|facebook|instagram|linkedin|telegram|messenger|whatsapp)\\b"},
    {12, OCS_ROLE_CHROME, "names of networks",
     "^(?:(?:Facebook|Twitter|YouTube|Flickr|Instagram|LinkedIn|Telegram|Viber|WhatsApp|RSS)"
     "[ ,|/·]*){2,}$"},
    {6, OCS_ROLE_CHROME, "sizes of the letters", "^(?:A ?[-+]*[ |/]*){2,}$"},
    {12, OCS_ROLE_CHROME, "note of a reprint", "^(?i:published on) .*\\b(?i:view original)$"},
    {120, OCS_ROLE_CHROME, "cookies",
     "(?i)\\bcookies?\\b(?=.*\\b(?:websites?|site|browser|consent|preferences|functionality|"
     "experience|navigate)\\b)"},
    {40, OCS_ROLE_CHROME, "copyright", "^(?:©|\\([cC]\\) ?(?:19|20)\\d\\d|Copyright ©)"},
};

enum { COUNT = sizeof table / sizeof *table };

struct ocs_patterns {
    pcre2_code *code[COUNT];
    pcre2_match_data *match;
    pcre2_match_context *context;
};

void ocs_patterns_free(ocs_patterns *patterns)
{
    if (!patterns)
        return;
    for (size_t i = 0; i < COUNT; i++)
        pcre2_code_free(patterns->code[i]);
    pcre2_match_data_free(patterns->match);
    pcre2_match_context_free(patterns->context);
    free(patterns);
}

static ocs_status compile(ocs_patterns *patterns, size_t i, ocs_error *err)
{
    int number;
    PCRE2_SIZE at;
    PCRE2_SPTR regex = (PCRE2_SPTR)table[i].regex;
    patterns->code[i] =
        pcre2_compile(regex, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &number, &at, NULL);
    if (!patterns->code[i])
        return ocs_fail(err, OCS_BUG, "pattern '%s' is wrong at %zu", table[i].regex, (size_t)at);
    pcre2_jit_compile(patterns->code[i], PCRE2_JIT_COMPLETE); /* without it: slower, same answers */
    return OCS_OK;
}

ocs_status ocs_patterns_new(ocs_patterns **out, ocs_error *err)
{
    ocs_patterns *patterns = calloc(1, sizeof *patterns);
    *out = NULL;
    if (!patterns)
        return ocs_fail(err, OCS_NOMEM, "no memory for patterns");
    patterns->match = pcre2_match_data_create(1, NULL);
    patterns->context = pcre2_match_context_create(NULL);
    if (!patterns->match || !patterns->context) {
        ocs_patterns_free(patterns);
        return ocs_fail(err, OCS_NOMEM, "no memory for patterns");
    }
    pcre2_set_match_limit(patterns->context, STEPS_MAX);
    for (size_t i = 0; i < COUNT; i++) {
        ocs_status status = compile(patterns, i, err);
        if (status != OCS_OK) {
            ocs_patterns_free(patterns);
            return status;
        }
    }
    *out = patterns;
    return OCS_OK;
}

bool ocs_patterns_match(ocs_patterns *patterns, ocs_str text, uint32_t words, ocs_pattern_hit *hit)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (words > table[i].words)
            continue;
        int found = pcre2_match(patterns->code[i], (PCRE2_SPTR)text.p, text.n, 0,
                                PCRE2_NO_UTF_CHECK, patterns->match, patterns->context);
        if (found < 0)
            continue;
        *hit = (ocs_pattern_hit){table[i].role, table[i].reason};
        return true;
    }
    return false;
}
