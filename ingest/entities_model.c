/* Rules and model joined.  What the rules are surest of binds the model: dates, names that the
 * tables know, people behind a title.  Of the rest the model confirms, moves or strikes out, and
 * adds what the rules have missed.  A country inside of what it names stays, as belonging to that
 * name when it is an organisation. */
#include "ingest/claim_index.h"
#include "ingest/tagger.h"

enum {
    PINNED = 93,
    MODEL_LEAST = 50,
    MODEL_LEAST_FIRST = 65,
    MODEL_MOST = 90,
    CONFIRMED_MOST = 97,
    ABBREVIATION = 4,
    AGAIN_LEAST = 85,
    AGAIN = 70,
    RULE_SURE = 75, /* a rule that mostly holds */
    RULE_SURER = 85,
    MODEL_SURE = 70, /* and what the model must be to overrule it */
    DENIED = 50,
    DENIED_SURE = 93
};
enum {
    STARTS = 1 << OCS_TAG_O | 1 << OCS_TAG_B_PERSON | 1 << OCS_TAG_B_PLACE | 1 << OCS_TAG_B_ORG
};

static bool pinned(const ocs_claim *claim)
{
    return claim->sure >= PINNED && claim->type != OCS_MENTION_COUNTRY;
}

static bool is_name(const ocs_claim *claim)
{
    return ocs_tag_first(claim->type) != OCS_TAG_O;
}

/* ---- bounds ---- */

/* No name goes on behind the end of a sentence, over a bracket or across a semicolon; the full stop
 * of "St." or "J." ends none. */
static bool breaks(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    if (i == 0 || (t->gap & OCS_GAP_HYPHEN && t->gap != OCS_GAP_HYPHEN))
        return i > 0; /* a dash */
    if (!(t->gap & (OCS_GAP_STOP | OCS_GAP_OPEN | OCS_GAP_OTHER)))
        return false;
    const ocs_token *before = t - 1;
    for (size_t k = before->at.to; k < t->at.from; k++)
        if (strchr("()[]!?:;|", s->text.p[k]))
            return true;
    bool spaced = (t->gap & (OCS_GAP_SPACE | OCS_GAP_LINE)) != 0;
    return (t->gap & OCS_GAP_STOP) && spaced &&
           (before->points > ABBREVIATION || before->flags & OCS_TOKEN_CAPS);
}

/* What a word may be that no rule binds: a person's name goes over no comma, and a bound name ends
 * where it ends. */
static uint8_t open_at(const ocs_scan *s, size_t i)
{
    const ocs_claim *before = i > 0 ? ocs_scan_owner(s, i - 1) : NULL;
    /* "Moldova's Audiovisual Council": the possessive ends what the rules have found */
    bool owns = before && before->to == i && s->tokens.at[i - 1].flags & OCS_TOKEN_POSSESSIVE;
    if (breaks(s, i) || owns || (before && pinned(before)))
        return STARTS;
    return ocs_scan_comma(s, i) ? OCS_TAG_ANY & ~(1 << OCS_TAG_I_PERSON) : OCS_TAG_ANY;
}

static uint8_t allowed_at(const ocs_scan *s, size_t i)
{
    const ocs_claim *owner = ocs_scan_owner(s, i);
    if (!owner || !(pinned(owner) || owner->type == OCS_MENTION_DATE))
        return open_at(s, i);
    if (owner->type == OCS_MENTION_DATE)
        return 1u << OCS_TAG_O;
    unsigned first = ocs_tag_first(owner->type);
    if (owner->from < i)
        return (uint8_t)(1u << (first + 1));
    return (uint8_t)(1u << first);
}

static uint8_t *bounds(const ocs_scan *s)
{
    uint8_t *allowed = ocs_arena_array(s->arena, s->tokens.n + 1, 1);
    for (size_t i = 0; allowed && i < s->tokens.n; i++)
        allowed[i] = allowed_at(s, i);
    return allowed;
}

/* ---- joining ---- */

static bool article(const ocs_scan *s, size_t i)
{
    return ocs_scan_is(s, i, "the") || ocs_scan_is(s, i, "a") || ocs_scan_is(s, i, "an");
}

static bool small(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    return (t->flags & OCS_TOKEN_LATIN) && !(t->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT));
}

/* "Ambassador", "Mr" before a name. */
static void trim_titles(const ocs_scan *s, ocs_tagged *name)
{
    while (name->from < name->to && !ocs_scan_gaz(s, name->from, OCS_GAZ_GIVEN, NULL, NULL)) {
        size_t n = ocs_scan_gaz(s, name->from, OCS_GAZ_HONORIFIC, NULL, NULL);
        if (n == 0 || n >= name->to - name->from)
            return;
        name->from += (uint32_t)n;
    }
}

/* "Sarmada, Syria" is a place and a country. */
static void trim_country(const ocs_scan *s, ocs_tagged *name)
{
    for (size_t i = name->from + 1u; i < name->to; i++) {
        const ocs_claim *owner = ocs_scan_owner(s, i);
        if (ocs_scan_comma(s, i) && owner && owner->type == OCS_MENTION_COUNTRY)
            name->to = (uint32_t)i;
    }
}

/* Small words that may open a name: "al-Hilla", "von Wogau", "government of Iraq". */
static bool may_open(const ocs_scan *s, const ocs_tagged *name)
{
    const ocs_token *next = ocs_scan_token(s, name->from + 1u);
    if (next && name->from + 1u < name->to && next->gap == OCS_GAP_HYPHEN)
        return true;
    if (name->type == OCS_MENTION_ORG)
        return ocs_scan_gaz(s, name->from, OCS_GAZ_ORGWORD, NULL, NULL) > 0;
    return name->type == OCS_MENTION_PERSON && ocs_scan_particle(s, name->from);
}

static bool tight_hyphen(const ocs_scan *s, size_t i)
{
    return i < s->tokens.n && s->tokens.at[i].gap == OCS_GAP_HYPHEN;
}

/* A word with a hyphen is not cut: "Adlercrantz-Holm", "Co-ordination", "Anti-corruption
 * Prosecutors"; but "UN-led" names the UN. */
static void whole_words(const ocs_scan *s, ocs_tagged *name)
{
    while (name->from > 0 && tight_hyphen(s, name->from) && ocs_scan_capital(s, name->from - 1u) &&
           ocs_scan_free(s, name->from - 1u))
        name->from--;
    while (tight_hyphen(s, name->to) && ocs_scan_free(s, name->to) &&
           (ocs_scan_capital(s, name->to) || ocs_scan_is(s, name->to - 1u, "co")))
        name->to++;
}

/* A name starts and ends with a word that is written like one. */
bool ocs_name_trim(const ocs_scan *s, ocs_tagged *name)
{
    whole_words(s, name);
    while (name->from < name->to && small(s, name->to - 1u) && !tight_hyphen(s, name->to - 1u))
        name->to--;
    while (name->from < name->to && small(s, name->from) && !may_open(s, name))
        name->from++;
    while (name->from < name->to && article(s, name->from))
        name->from++;
    if (name->type == OCS_MENTION_PERSON)
        trim_titles(s, name);
    if (name->type == OCS_MENTION_PLACE)
        trim_country(s, name);
    return name->from < name->to;
}

static bool is_claim(const ocs_tagged *name, const ocs_claim *claim)
{
    return claim->from == name->from && claim->to == name->to;
}

/* What the model thinks of a claim that it finds, too. */
static void confirm(ocs_claim *claim, uint8_t sure)
{
    uint8_t least = sure < CONFIRMED_MOST ? sure : CONFIRMED_MOST;
    claim->sure = claim->sure > least ? claim->sure : least;
}

static bool starts_sentence(const ocs_scan *s, size_t i)
{
    return (s->tokens.at[i].gap & (OCS_GAP_STOP | OCS_GAP_LINE)) != 0 || s->headline[i];
}

/* Model and rules over the same words. */
typedef struct joint {
    ocs_scan *s;
    uint8_t *kept;          /* claim -> the model found it, too */
    const uint8_t *outside; /* token -> how likely it is in no name */
    size_t known;           /* claims of the rules */
} joint;

static bool covers(const ocs_tagged *name, const ocs_claim *claim)
{
    return name->from <= claim->from && claim->to <= name->to;
}

/* A claim of the rules that the model's name may not push aside: what binds the model, a State that
 * the name would cut or be no more than, and a name of the tables that is longer. */
static bool stands(const ocs_claim *claim, const ocs_tagged *name)
{
    bool shorter = claim->from <= name->from && name->to <= claim->to;
    if (claim->type == OCS_MENTION_DATE || pinned(claim))
        return true;
    if (claim->type == OCS_MENTION_COUNTRY)
        return !covers(name, claim) || (shorter && name->type != OCS_MENTION_PERSON);
    if (shorter && claim->type == name->type && (claim->thing || claim->sure >= RULE_SURER))
        return true;
    return claim->sure >= RULE_SURE && name->sure < MODEL_SURE;
}

/* Whether all its words are States or their people: "Kyrgyz-Tajik" is no place. */
static bool only_countries(const ocs_scan *s, const ocs_tagged *name)
{
    for (size_t i = name->from; i < name->to; i++)
        if (!ocs_scan_owned_by(s, i, OCS_MENTION_COUNTRY))
            return false;
    return true;
}

/* Keep the claims that stand in the way; false when there are some. */
static bool way_is_free(const joint *j, const ocs_tagged *name)
{
    bool free = !only_countries(j->s, name);
    for (size_t i = name->from; i < name->to; i++) {
        ocs_claim *claim = ocs_scan_owner(j->s, i);
        if (!claim || !stands(claim, name))
            continue;
        j->kept[j->s->owner[i]] = 1;
        if (claim->type == name->type)
            confirm(claim, name->sure);
        free = false;
    }
    return free;
}

static void free_words(ocs_scan *s, uint32_t c)
{
    const ocs_claim *claim = &s->claims.at[c];
    for (size_t i = claim->from; i < claim->to; i++)
        if (s->owner[i] == c)
            s->owner[i] = OCS_NO_CLAIM;
}

/* Take a claim's words away from it: a known place or a country goes on within an organisation, and
 * a country beside the place that holds its name. */
static void displace(ocs_scan *s, uint32_t c, const ocs_tagged *name)
{
    ocs_claim *claim = &s->claims.at[c];
    bool area = claim->type == OCS_MENTION_COUNTRY || claim->type == OCS_MENTION_PLACE;
    if (!area || !covers(name, claim) || !claim->thing || name->type == OCS_MENTION_PERSON)
        claim->dropped = true;
    else if (name->type == OCS_MENTION_ORG || claim->type == OCS_MENTION_PLACE)
        claim->nested = true;
    free_words(s, c);
}

/* "Centres", "Third Meeting": kinds of bodies and events, which are no organisations. */
static bool no_org(const ocs_scan *s, const ocs_tagged *name)
{
    static const char *const events[] = {"meeting", "meetings", "session", "sessions", "workshop",
                                         "seminar", "course",   "visit",   NULL};
    if (name->type != OCS_MENTION_ORG)
        return false;
    size_t last = name->to - 1u;
    bool plural = ocs_str_ends(s->tokens.at[last].fold, OCS_STR("s")) &&
                  ocs_scan_gaz(s, last, OCS_GAZ_ORGWORD, NULL, NULL) == 1;
    return ocs_scan_any(s, last, events) || (plural && name->from == last);
}

/* "Ramadi Barrage" is neither a person nor an organisation; a building or a harbour may house one. */
static void retype_landmark(const ocs_scan *s, ocs_tagged *name)
{
    static const char *const buildings[] = {"airport",   "airbase", "palace",
                                            "cathedral", "harbor",  "harbour",
                                            "monastery", "stadium", NULL};
    size_t last = name->to - 1u;
    bool org = name->type == OCS_MENTION_ORG;
    if (org && (name->from == last || ocs_scan_any(s, last, buildings)))
        return;
    for (size_t i = name->from; org && i < last; i++)
        if (small(s, i))
            return;
    if (ocs_scan_landmark(s, last) && ocs_scan_named_after(s, name->from, name->to))
        name->type = OCS_MENTION_PLACE;
}

/* "Deputy": an office alone is no person, and no prize is. */
static bool no_person(const ocs_scan *s, const ocs_tagged *name)
{
    if (name->type == OCS_MENTION_PERSON && ocs_scan_named_after(s, name->from, name->to))
        return true;
    for (size_t i = name->from; name->type == OCS_MENTION_PERSON && i < name->to; i++)
        if (!ocs_scan_gaz(s, i, OCS_GAZ_ROLE, NULL, NULL) &&
            !ocs_scan_gaz(s, i, OCS_GAZ_HONORIFIC, NULL, NULL))
            return false;
    return name->type == OCS_MENTION_PERSON;
}

static void take(const joint *j, const ocs_tagged *name)
{
    ocs_scan *s = j->s;
    const ocs_claim *owner = ocs_scan_owner(s, name->from);
    if (owner && is_claim(name, owner) && owner->type == name->type) {
        confirm(ocs_scan_owner(s, name->from), name->sure);
        j->kept[s->owner[name->from]] = 1;
        return;
    }
    if (name->sure < (starts_sentence(s, name->from) ? MODEL_LEAST_FIRST : MODEL_LEAST) ||
        no_org(s, name) || no_person(s, name) || !way_is_free(j, name))
        return;
    for (size_t i = name->from; i < name->to; i++)
        if (s->owner[i] != OCS_NO_CLAIM)
            displace(s, s->owner[i], name);
    uint8_t sure = name->sure < MODEL_MOST ? name->sure : MODEL_MOST;
    ocs_scan_claim(s, name->type, name->from, name->to, sure, "model");
}

/* How sure the model is that no word of the claim is in a name. */
static uint8_t denied(const joint *j, const ocs_claim *claim)
{
    uint8_t least = 100;
    for (size_t i = claim->from; i < claim->to; i++)
        least = j->outside[i] < least ? j->outside[i] : least;
    return least;
}

/* Names of the rules that the model did not find: the surer the rule, the surer must the model be. */
static void strike_out(const joint *j)
{
    for (uint32_t c = 0; c < j->known; c++) {
        ocs_claim *claim = &j->s->claims.at[c];
        if (j->kept[c] || claim->nested || claim->dropped || !is_name(claim) || pinned(claim))
            continue;
        if (denied(j, claim) < (claim->sure >= RULE_SURE ? DENIED_SURE : DENIED))
            continue;
        claim->dropped = true;
        free_words(j->s, c);
    }
}

/* ---- elsewhere in the document ---- */

/* A capital beside the words that no name has taken: they may be part of another one. */
static bool beside_capital(const ocs_scan *s, size_t from, size_t to)
{
    bool left = from > 0 && ocs_scan_joined(s, from, true) && ocs_scan_capital(s, from - 1) &&
                ocs_scan_free(s, from - 1) && !starts_sentence(s, from - 1);
    bool right = to < s->tokens.n && ocs_scan_joined(s, to, true) && ocs_scan_capital(s, to);
    return left || right;
}

static bool same_words(const ocs_scan *s, size_t i, const ocs_claim *claim)
{
    for (size_t k = 0; k < claim->to - claim->from; k++) {
        if (i + k >= s->tokens.n || !ocs_scan_free(s, i + k) ||
            small(s, i + k) != small(s, claim->from + k) ||
            s->tokens.at[i + k].hash != s->tokens.at[claim->from + k].hash ||
            (k > 0 && breaks(s, i + k)))
            return false;
    }
    return true;
}

/* People are found by their surnames; a word for a people is no place each time it occurs. */
static bool repeats(const ocs_scan *s, const ocs_claim *claim)
{
    const ocs_gaz_phrase *phrase;
    if (claim->type == OCS_MENTION_ORG)
        return true;
    size_t known = ocs_scan_gaz(s, claim->from, OCS_GAZ_PLACE, NULL, &phrase);
    return claim->type == OCS_MENTION_PLACE && !(known > 0 && phrase->kind == OCS_GAZ_DEMONYM);
}

/* What the model is sure of in one place it may have missed in another. */
static void find_again(ocs_scan *s)
{
    ocs_claim_index index;
    if (!ocs_claim_index_make(s, OCS_BY_FIRST_WORD, &index))
        return;
    for (size_t i = 0; i < s->tokens.n; i++) {
        if (!ocs_scan_capital(s, i) || !ocs_scan_free(s, i))
            continue;
        uint32_t n = ocs_claims_with(&index, s, i);
        for (unsigned looks = 0; n != OCS_NO_CLAIM && looks < OCS_LOOKS_MAX;
             n = index.nodes[n].next, looks++) {
            const ocs_claim *claim = &s->claims.at[index.nodes[n].claim];
            if (claim->dropped || claim->nested || claim->sure < AGAIN_LEAST ||
                !same_words(s, i, claim) || !repeats(s, claim))
                continue;
            size_t to = i + (claim->to - claim->from);
            if (!beside_capital(s, i, to))
                ocs_scan_claim(s, claim->type, i, to, AGAIN, "named elsewhere in the document");
            break;
        }
    }
}

void ocs_find_by_model(ocs_scan *s, const struct ocs_tagger *tagger)
{
    ocs_tag_words words;
    ocs_tagged_names names;
    uint8_t *allowed = bounds(s), *outside = ocs_arena_array(s->arena, s->tokens.n + 1, 1);
    uint8_t *kept = ocs_arena_array(s->arena, s->claims.n + 1, 1);
    joint j = {s, kept, outside, s->claims.n};
    if (!allowed || !outside || !kept || !ocs_tag_words_make(s, &words) ||
        !ocs_tagger_run(tagger, &words, allowed, outside, &names) || tagger->n_rows == 0)
        return;
    for (size_t i = 0; i < names.n; i++)
        if (ocs_name_trim(s, &names.at[i])) {
            retype_landmark(s, &names.at[i]);
            take(&j, &names.at[i]);
        }
    strike_out(&j);
    ocs_find_surnames(s);
    ocs_find_acronyms(s);
    find_again(s);
}
