/* English, which most pages are in, is told by its function words before the library is asked: they
 * are a quarter of any English text and rare in all others.  The rest goes to libexttextcat
 * (n-gram ranks), with fingerprints for the languages of the OSCE area only, for fewer languages
 * mean fewer mistakes. */
#include "ingest/lang.h"

#include "ingest/lang_near.h"

#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LOOK_AT = 1200, SHORTEST = 40, ENGLISH_PER_CENT = 16 };

struct ocs_lang_model {
    void *textcat;
};

static const char *const fingerprints[][2] = {
    {"en", "en"}, {"sr-Cyrl", "sr"}, {"sr-Latn", "sr"}, {"hr", "hr"},      {"bs", "bs"},
    {"mk", "mk"}, {"bg", "bg"},      {"ru", "ru"},      {"uk", "uk"},      {"be", "be"},
    {"sq", "sq"}, {"de", "de"},      {"fr", "fr"},      {"it", "it"},      {"es", "es"},
    {"pt", "pt"}, {"pl", "pl"},      {"ro", "ro"},      {"hu", "hu"},      {"cs", "cs"},
    {"sk", "sk"}, {"sl", "sl"},      {"tr", "tr"},      {"az", "az"},      {"kk", "kk"},
    {"ky", "ky"}, {"tg", "tg"},      {"uz", "uz"},      {"uz-Cyrl", "uz"}, {"tk", "tk"},
    {"hy", "hy"}, {"ka", "ka"},      {"el", "el"},      {"nl", "nl"},      {"sv", "sv"},
    {"nb", "nb"}, {"da", "da"},      {"fi", "fi"},      {"et", "et"},      {"lv", "lv"},
    {"lt", "lt"}, {"mn", "mn"},      {"ar", "ar"}};

/* The library reads its list of fingerprints from a file; ours is shorter than the system's, and a
 * file in memory needs no place to install it. */
static int config_file(void)
{
    int fd = memfd_create("ocsearch-languages", MFD_CLOEXEC);
    if (fd < 0)
        return -1;
    for (size_t i = 0; i < sizeof fingerprints / sizeof *fingerprints; i++)
        if (access(OCS_TEXTCAT_DIR, R_OK) == 0)
            dprintf(fd, "%s.lm %s\n", fingerprints[i][0], fingerprints[i][1]);
    return fd;
}

ocs_status ocs_lang_model_new(ocs_lang_model **model, ocs_error *err)
{
    *model = calloc(1, sizeof **model);
    if (!*model)
        return ocs_fail(err, OCS_NOMEM, "no memory for the language model");
    int fd = config_file();
    if (fd < 0)
        return OCS_OK;
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    (*model)->textcat = special_textcat_Init(path, OCS_TEXTCAT_DIR "/");
    close(fd);
    return OCS_OK;
}

void ocs_lang_model_free(ocs_lang_model *model)
{
    if (!model)
        return;
    if (model->textcat)
        textcat_Done(model->textcat);
    free(model);
}

static bool english_word(ocs_str word)
{
    static const char *const words[] = {
        "the", "of",   "and",  "in", "to", "for", "on",  "that", "is",   "was", "with",  "by",
        "are", "from", "this", "at", "an", "be",  "has", "have", "will", "its", "which", "were"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ocs_str_eq_nocase(word, ocs_str_of(words[i])))
            return true;
    return false;
}

static bool reads_english(ocs_str text)
{
    size_t words = 0, english = 0;
    for (size_t at = 0; at < text.n;) {
        while (at < text.n && ocs_ascii_space(text.p[at]))
            at++;
        size_t from = at;
        while (at < text.n && !ocs_ascii_space(text.p[at]))
            at++;
        words += at > from;
        english += at - from <= 5 && english_word(ocs_str_sub(text, from, at));
    }
    return words >= 8 && english * 100 >= words * ENGLISH_PER_CENT;
}

/* The likeliest language of ${answer}, "[sl][sr]". */
static const char *first_of(const char *answer)
{
    const char *close = strchr(answer, ']');
    for (size_t i = 0; close && i < sizeof fingerprints / sizeof *fingerprints; i++) {
        size_t n = strlen(fingerprints[i][1]);
        if (answer[0] == '[' && strncmp(answer + 1, fingerprints[i][1], n) == 0 &&
            answer + 1 + n == close)
            return fingerprints[i][1];
    }
    return NULL;
}

const char *ocs_lang_detect(ocs_lang_model *model, ocs_str text)
{
    ocs_str look = ocs_str_sub(text, 0, LOOK_AT);
    while (look.n > 0 && look.n < text.n && ((unsigned char)text.p[look.n] & 0xC0) == 0x80)
        look.n--;
    if (reads_english(look))
        return "en";
    if (look.n < SHORTEST || !model->textcat)
        return NULL;
    return ocs_lang_near(look, first_of(textcat_Classify(model->textcat, look.p, look.n)));
}
