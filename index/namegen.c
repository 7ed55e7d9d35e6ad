/* namegen OUT.c: the words of other names in the built-in tables as C.  Run by the build. */
#include "index/other_names.h"

#include <stdio.h>

enum { MEMORY = 256 * 1024 * 1024 };

/* As numbers: a literal of more than 4095 bytes is beyond what a compiler must take. */
static void write_word(FILE *out, ocs_str word)
{
    fputs("    ", out);
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        fprintf(out, c < 0x80 ? "%u," : "'\\%o',", (unsigned)c);
    }
    fputs("0,\n", out);
}

/* Equal words stand next to each other and share a text. */
static bool same_as_before(const ocs_other_names *names, size_t i)
{
    return i > 0 && ocs_str_eq(ocs_other_names_word(names, i), ocs_other_names_word(names, i - 1));
}

static void write_source(FILE *out, const ocs_other_names *names)
{
    size_t at = 0, next = 0;
    fputs("/* Made by namegen from the tables. */\n#include \"index/other_names.h\"\n\n"
          "static const char texts[] = {\n",
          out);
    for (size_t i = 0; i < names->n; i++)
        if (!same_as_before(names, i))
            write_word(out, ocs_other_names_word(names, i));
    fputs("    0};\n\nstatic const ocs_other_name all[] = {\n", out);
    for (size_t i = 0; i < names->n; i++) {
        if (!same_as_before(names, i)) {
            at = next;
            next += ocs_other_names_word(names, i).n + 1;
        }
        fprintf(out, "    {%zu, %u},\n", at, (unsigned)names->at[i].thing);
    }
    fprintf(out,
            "    {0, 0}};\n\nconst ocs_other_names *ocs_other_names_builtin(void)\n{\n"
            "    static const ocs_other_names names = {texts, all, %zu};\n    return &names;\n}\n",
            names->n);
}

int main(int argc, char **argv)
{
    ocs_other_names names;
    ocs_arena *arena = ocs_arena_new(MEMORY);
    if (argc != 2) {
        fprintf(stderr, "usage: namegen OUT.c\n");
        return 2;
    }
    if (!arena || !ocs_other_names_make(ocs_gaz_builtin(), arena, &names)) {
        fprintf(stderr, "namegen: out of memory\n");
        return 1;
    }
    FILE *out = fopen(argv[1], "wb");
    if (out)
        write_source(out, &names);
    bool written = out && !ferror(out);
    written = out && fclose(out) == 0 && written;
    ocs_arena_free(arena);
    if (!written)
        remove(argv[1]);
    return written ? 0 : 1;
}
