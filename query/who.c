/* The documents that state roles (and, by person, name the person) are gone through; each role of a
 * person that fits becomes a statement of the holding of that person and office (query/who_table.h).
 * At the end statements are put in the order of their dates. */
#include "query/who.h"

#include "query/every.h"
#include "query/who_table.h"

#include <stdlib.h>

enum { QUERY_CAP = 1024 * 1024 };

typedef struct finder {
    ocs_index *index;
    const ocs_who_wanted *wanted;
    ocs_arena *arena;
    ocs_who_by by;
    ocs_office_wanted office;
    ocs_called person;
    ocs_who_table table;
    uint32_t documents;
    uint32_t others[OCS_STANDING_COUNT];
    uint32_t other_met[OCS_STANDING_COUNT];
} finder;

/* ---- statements ---- */

static bool add_wording(finder *f, ocs_who_held *h, ocs_str text)
{
    for (size_t i = 0; i < h->wordings.n; i++) {
        if (ocs_str_eq(h->wordings.at[i].text, text)) {
            h->wordings.at[i].documents++;
            return true;
        }
    }
    if (h->wordings.n == OCS_WHO_WORDINGS)
        return true;
    ocs_who_wording *added = ocs_vec_push(f->arena, &h->wordings);
    if (added)
        *added = (ocs_who_wording){ocs_str_copy(f->arena, text), 1};
    return added && added->text.p;
}

static void add_date(ocs_who_holding *out, ocs_when published)
{
    if (published.from.year == 0) {
        out->undated++;
        return;
    }
    if (out->first.year == 0 || ocs_date_cmp(published.from, out->first) < 0)
        out->first = published.from;
    if (out->last.year == 0 || ocs_date_cmp(published.to, out->last) > 0)
        out->last = published.to;
}

static bool add_evidence(finder *f, ocs_who_held *h, const ocs_document *document,
                         const ocs_mention *mention, const ocs_role *role, ocs_span unit)
{
    ocs_span about = {role->at.from < mention->at.from ? role->at.from : mention->at.from,
                      role->at.to > mention->at.to ? role->at.to : mention->at.to};
    ocs_cited cited = ocs_cite(document, unit, about);
    ocs_who_evidence *added = ocs_vec_push(f->arena, &h->evidence);
    if (!added)
        return false;
    *added = (ocs_who_evidence){.id = ocs_str_copy(f->arena, document->id),
                                .path = ocs_str_copy(f->arena, document->path),
                                .published = document->published,
                                .text = ocs_str_copy(f->arena, cited.text),
                                .raw = cited.raw,
                                .inexact = cited.inexact,
                                .role = ocs_str_copy(f->arena, role->text),
                                .role_raw = role->raw,
                                .role_inexact = role->inexact};
    add_date(&h->out, document->published);
    return ocs_arena_status(f->arena) == OCS_OK;
}

/* Once in a document. */
static bool state(finder *f, const ocs_document *document, const ocs_mention *mention,
                  const ocs_role *role, const ocs_office *office, ocs_span unit)
{
    ocs_who_held *h = ocs_who_table_hold(&f->table, office, role, mention);
    if (!h || h->met_in == f->documents)
        return h != NULL;
    h->met_in = f->documents;
    return add_wording(f, h, role->text) && add_evidence(f, h, document, mention, role, unit);
}

static void count_others(finder *f, unsigned standing)
{
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++) {
        if ((standing >> s & 1U) == 0 || f->other_met[s] == f->documents)
            continue;
        f->other_met[s] = f->documents;
        f->others[s]++;
    }
}

typedef struct place {
    const ocs_every *every;
    ocs_units units; /* .at NULL until the first statement: most documents make none */
} place;

static bool find_unit(place *p, size_t at, ocs_span *unit)
{
    if (!p->units.at &&
        !ocs_units_of(p->every->document, OCS_UNIT_SENTENCE, p->every->arena, &p->units))
        return false;
    size_t i = ocs_units_find(&p->units, at);
    if (i < p->units.n)
        *unit = p->units.at[i];
    return true;
}

static bool take_role(finder *f, place *p, const ocs_mention *mention, const ocs_role *role)
{
    ocs_office office;
    ocs_arena *scratch = p->every->arena;
    const ocs_document *document = p->every->document;
    if (!ocs_office_of(document, role, scratch, &office))
        return false;
    if (f->by == OCS_WHO_ROLE) {
        if (!ocs_office_fits(&f->office, role, &office, scratch))
            return true;
        if (office.standing != f->office.standing) {
            count_others(f, office.standing & ~f->office.standing);
            return true;
        }
    }
    ocs_span unit = mention->at;
    return find_unit(p, mention->at.from, &unit) &&
           state(f, document, mention, role, &office, unit);
}

static bool is_wanted(const finder *f, const ocs_every *every, const ocs_mention *mention)
{
    if (mention->type != OCS_MENTION_PERSON || mention->n_roles == 0)
        return false;
    return f->by == OCS_WHO_ROLE ||
           ocs_called_fits(&f->person, mention->key, &mention->name, 1, every->arena);
}

static ocs_status take_document(void *payload, const ocs_every *every, ocs_error *err)
{
    finder *f = payload;
    place p = {.every = every};
    bool room = true;
    f->documents++;
    for (size_t i = 0; room && i < every->document->n_mentions; i++) {
        const ocs_mention *mention = &every->document->mentions[i];
        if (!is_wanted(f, every, mention))
            continue;
        for (size_t r = 0; room && r < mention->n_roles; r++)
            room = take_role(f, &p, mention, &mention->roles[r]);
    }
    if (ocs_arena_status(every->arena) != OCS_OK || !room)
        return ocs_fail(err, OCS_LIMIT, "too much evidence: ask for less, or of fewer documents");
    return OCS_OK;
}

/* ---- going through ---- */

/* What was found before stays in the arena until its end. */
static void forget(void *payload)
{
    finder *f = payload;
    f->table = (ocs_who_table){.arena = f->arena};
    memset(f->others, 0, sizeof f->others);
    memset(f->other_met, 0, sizeof f->other_met);
    f->documents = 0;
}

static void put_words(ocs_buf *out, ocs_str words)
{
    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] != '"' && words.p[i] != '\\')
            ocs_buf_putc(out, words.p[i]);
}

/* The user's query comes first, so that places in it are one off. */
static void make_query(const finder *f, ocs_buf *out)
{
    const ocs_who_wanted *wanted = f->wanted;
    if (ocs_str_trim(wanted->query).n > 0) {
        ocs_buf_puts(out, "(");
        ocs_buf_put(out, wanted->query);
        ocs_buf_puts(out, ") ");
    }
    ocs_buf_puts(out, "role:*");
    if (f->by == OCS_WHO_PERSON) {
        ocs_buf_puts(out, " person:\"");
        put_words(out, wanted->asked);
        ocs_buf_puts(out, "\"");
    }
    if (wanted->since.n > 0 || wanted->until.n > 0)
        ocs_buf_putf(out, " date:%.*s..%.*s", OCS_ARG(wanted->since), OCS_ARG(wanted->until));
}

static void place_error(const finder *f, ocs_error *err)
{
    if (err->at != OCS_ERROR_NO_PLACE && err->at > 0 && (size_t)err->at <= f->wanted->query.n)
        err->at--;
    else
        err->at = OCS_ERROR_NO_PLACE;
}

static ocs_status go(finder *f, ocs_error *err)
{
    const ocs_every_calls calls = {
        .each = take_document, .again = forget, .payload = f, .once = !f->wanted->all_copies};
    ocs_buf query;
    ocs_error why = {.at = OCS_ERROR_NO_PLACE};
    ocs_buf_init(&query, QUERY_CAP);
    make_query(f, &query);
    ocs_status st = ocs_buf_status(&query);
    if (st == OCS_OK)
        st = ocs_every_match(f->index, ocs_buf_str(&query), &calls, &why);
    else
        st = ocs_fail(&why, st, "the query is too long");
    ocs_buf_clear(&query);
    place_error(f, &why);
    if (st != OCS_OK && err)
        *err = why;
    return st;
}

/* ---- order ---- */

static int compare_dates(ocs_date a, ocs_date b)
{
    if ((a.year == 0) != (b.year == 0))
        return a.year == 0 ? 1 : -1;
    return ocs_date_cmp(a, b);
}

static int by_date(const void *a, const void *b)
{
    const ocs_who_evidence *x = a, *y = b;
    int dates = compare_dates(x->published.from, y->published.from);
    return dates != 0 ? dates : ocs_str_cmp(x->path, y->path);
}

static int by_documents(const void *a, const void *b)
{
    const ocs_who_wording *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return ocs_str_cmp(x->text, y->text);
}

/* ${rank}: of what stands together (office or person), most documents first. */
typedef struct ranked {
    ocs_who_holding holding;
    uint32_t rank;
    ocs_str group;
    size_t office;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    if (x->office != y->office)
        return x->office < y->office ? -1 : 1;
    int order = ocs_str_cmp(x->group, y->group);
    if (order == 0)
        order = compare_dates(x->holding.first, y->holding.first);
    if (order == 0)
        order = compare_dates(x->holding.last, y->holding.last);
    if (order == 0)
        order = ocs_str_cmp(x->holding.key, y->holding.key);
    if (order == 0)
        order = (x->holding.office > y->holding.office) - (x->holding.office < y->holding.office);
    return order;
}

/* The wordings of an office, whoever is called so. */
typedef struct office_words {
    OCS_VEC(ocs_who_wording) at;
} office_words;

static bool add_office_wording(finder *f, office_words *words, const ocs_who_wording *from)
{
    for (size_t i = 0; i < words->at.n; i++) {
        if (ocs_str_eq(words->at.at[i].text, from->text)) {
            words->at.at[i].documents += from->documents;
            return true;
        }
    }
    ocs_who_wording *added =
        words->at.n < OCS_WHO_WORDINGS ? ocs_vec_push(f->arena, &words->at) : NULL;
    if (added)
        *added = *from;
    return added || words->at.n == OCS_WHO_WORDINGS;
}

static bool finish_holding(finder *f, ocs_who_held *h, office_words *words)
{
    ocs_who_office *office = &f->table.offices.at[h->out.office];
    qsort(h->evidence.at, h->evidence.n, sizeof *h->evidence.at, by_date);
    qsort(h->wordings.at, h->wordings.n, sizeof *h->wordings.at, by_documents);
    h->out.evidence = h->evidence.at;
    h->out.n_evidence = h->evidence.n;
    h->out.wordings = h->wordings.at;
    h->out.n_wordings = h->wordings.n;
    office->documents += (uint32_t)h->evidence.n;
    office->people++;
    for (size_t i = 0; i < h->wordings.n; i++)
        if (!add_office_wording(f, &words[h->out.office], &h->wordings.at[i]))
            return false;
    return true;
}

static void name_offices(finder *f, const office_words *words)
{
    for (size_t i = 0; i < f->table.offices.n; i++) {
        if (words[i].at.n == 0)
            continue;
        qsort(words[i].at.at, words[i].at.n, sizeof *words[i].at.at, by_documents);
        f->table.offices.at[i].text = words[i].at.at[0].text;
    }
}

static int by_person(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return ocs_str_cmp(x->holding.key, y->holding.key);
}

/* By person: those with the same key have the documents of all their offices together. */
static void rank_people(ranked *list, size_t n)
{
    if (n > 1)
        qsort(list, n, sizeof *list, by_person);
    for (size_t from = 0, to; from < n; from = to) {
        uint32_t documents = 0;
        for (to = from; to < n && ocs_str_eq(list[to].holding.key, list[from].holding.key); to++)
            documents += (uint32_t)list[to].holding.n_evidence;
        for (size_t i = from; i < to; i++) {
            list[i].rank = documents;
            list[i].group = list[i].holding.key;
        }
    }
}

static void rank_offices(const finder *f, ranked *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        list[i].office = list[i].holding.office;
        list[i].rank = f->table.offices.at[list[i].office].documents;
    }
}

static bool finish_all(finder *f, ranked *list, size_t *n)
{
    office_words *words = ocs_arena_array(f->arena, f->table.offices.n, sizeof *words);
    *n = 0;
    for (size_t i = 0; words && i < f->table.holdings.n; i++) {
        if (f->table.holdings.at[i].out.key.n == 0)
            continue;
        if (!finish_holding(f, &f->table.holdings.at[i], words))
            return false;
        list[(*n)++] = (ranked){.holding = f->table.holdings.at[i].out};
    }
    if (words)
        name_offices(f, words);
    return words != NULL;
}

static bool finish(finder *f, ocs_who *who)
{
    ranked *list = ocs_arena_array(f->arena, f->table.holdings.n, sizeof *list);
    *who = (ocs_who){.by = f->by,
                     .offices = f->table.offices.at,
                     .n_offices = f->table.offices.n,
                     .documents = f->documents};
    memcpy(who->others, f->others, sizeof f->others);
    who->holdings = ocs_arena_array(f->arena, f->table.holdings.n, sizeof *who->holdings);
    if (!list || !who->holdings || !finish_all(f, list, &who->n_holdings))
        return false;
    if (f->by == OCS_WHO_PERSON)
        rank_people(list, who->n_holdings);
    else
        rank_offices(f, list, who->n_holdings);
    if (who->n_holdings > 1)
        qsort(list, who->n_holdings, sizeof *list, by_rank);
    for (size_t i = 0; i < who->n_holdings; i++)
        who->holdings[i] = list[i].holding;
    return true;
}

/* ---- the whole ---- */

static ocs_status read_asked(finder *f, ocs_error *err)
{
    ocs_str asked = f->wanted->asked;
    if (!ocs_office_wanted_read(f->arena, asked, &f->office) ||
        !ocs_called_read(f->arena, asked, &f->person))
        return ocs_fail(err, ocs_arena_status(f->arena), "no memory for what is asked");
    if (f->by == OCS_WHO_AUTO)
        f->by = f->office.names_office ? OCS_WHO_ROLE : OCS_WHO_PERSON;
    if (f->by == OCS_WHO_ROLE ? f->office.n_parts > 0 || f->office.standing != 0 : f->person.n > 0)
        return OCS_OK;
    return ocs_fail(err, OCS_USAGE, "there is no word in what is asked for");
}

ocs_status ocs_who_find(ocs_index *index, const ocs_who_wanted *wanted, ocs_arena *arena,
                        ocs_who *who, ocs_error *err)
{
    finder f = {
        .index = index, .wanted = wanted, .arena = arena, .by = wanted->by, .table.arena = arena};
    *who = (ocs_who){0};
    ocs_status st = read_asked(&f, err);
    if (st == OCS_OK)
        st = go(&f, err);
    if (st == OCS_OK && !finish(&f, who))
        st = ocs_fail(err, ocs_arena_status(arena), "too much evidence: ask for less");
    return st;
}
