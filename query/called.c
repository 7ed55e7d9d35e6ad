/* The words wanted are read once; names are cut into words when their key does not have them. */
#include "query/called.h"

typedef OCS_VEC(ocs_word_forms) form_list;

bool ocs_called_read(ocs_arena *arena, ocs_str name, ocs_called *out)
{
    ocs_tokens tokens;
    form_list list = {0};
    ocs_str text = ocs_str_copy(arena, name);
    if (!ocs_tokenize(arena, text, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++) {
        ocs_str word = ocs_str_sub(text, tokens.at[i].at.from, tokens.at[i].word);
        ocs_word_forms *forms = ocs_vec_push(arena, &list);
        if (!forms || !ocs_word_forms_of(arena, word, true, forms))
            return false;
        forms->at[0] = tokens.at[i].fold; /* without full stops */
    }
    *out = (ocs_called){list.at, list.n};
    return true;
}

bool ocs_word_is(const ocs_word_forms *forms, ocs_str fold)
{
    for (size_t i = 0; i < forms->n; i++)
        if (ocs_str_eq(forms->at[i], fold))
            return true;
    return false;
}

static bool key_has(ocs_str key, const ocs_word_forms *forms)
{
    ocs_str part;
    while (ocs_str_split(&key, '-', &part))
        if (ocs_word_is(forms, part))
            return true;
    return false;
}

static bool name_has(ocs_str name, const ocs_word_forms *forms, ocs_arena *scratch)
{
    ocs_tokens tokens;
    if (!ocs_tokenize(scratch, name, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++)
        if (ocs_word_is(forms, tokens.at[i].fold))
            return true;
    return false;
}

bool ocs_called_fits(const ocs_called *called, ocs_str key, const ocs_str *names, size_t n,
                     ocs_arena *scratch)
{
    for (size_t w = 0; w < called->n; w++) {
        bool found = key_has(key, &called->words[w]);
        for (size_t i = 0; i < n && !found; i++)
            found = name_has(names[i], &called->words[w], scratch);
        if (!found)
            return false;
    }
    return true;
}
