/* Kept sorted on the way in; there are never many. */
#include "index/langs.h"

bool ocs_langs_add(ocs_langs *langs, ocs_str code)
{
    size_t at = 0;
    if (code.n == 0 || code.n > OCS_LANG_ROOM || langs->n == OCS_LANGS_MAX)
        return false;
    while (at < langs->n && ocs_str_cmp(ocs_str_of(langs->at[at]), code) < 0)
        at++;
    if (at < langs->n && ocs_str_eq(ocs_str_of(langs->at[at]), code))
        return false;
    memmove(langs->at[at + 1], langs->at[at], (langs->n - at) * sizeof langs->at[0]);
    memset(langs->at[at], 0, sizeof langs->at[0]);
    memcpy(langs->at[at], code.p, code.n);
    langs->n++;
    return true;
}

void ocs_langs_add_list(ocs_langs *langs, ocs_str list)
{
    ocs_str code;
    while (ocs_str_split(&list, ' ', &code))
        (void)ocs_langs_add(langs, code);
}

ocs_str ocs_langs_print(const ocs_langs *langs, char out[OCS_LANGS_TEXT])
{
    size_t n = 0; /* at most 31 times 7 and a space, which fits */
    for (size_t i = 0; i < langs->n; i++) {
        size_t length = strlen(langs->at[i]);
        if (i > 0)
            out[n++] = ' ';
        memcpy(out + n, langs->at[i], length);
        n += length;
    }
    return (ocs_str){out, n};
}
