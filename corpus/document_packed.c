/* What the packer and the unpacker work out alike. */
#include "corpus/document_packed.h"

/* By which a mention was found, what kinds of page there are, and fields of work.  They need not be all,
 * nor be used: a string that is missing here is told in full, once a document.  But the list is part of
 * the form: one that is changed needs another OCS_PACKED_FORMAT. */
const ocs_str ocs_packed_known[OCS_PACKED_KNOWN] = {
    OCS_STR_INIT("known place"),
    OCS_STR_INIT("country by name"),
    OCS_STR_INIT("given name"),
    OCS_STR_INIT("organisation by its head word"),
    OCS_STR_INIT("known organisation"),
    OCS_STR_INIT("title before a name"),
    OCS_STR_INIT("surname of a person named in full"),
    OCS_STR_INIT("day month"),
    OCS_STR_INIT("relative"),
    OCS_STR_INIT("country by its people or adjective"),
    OCS_STR_INIT("day month - day month"),
    OCS_STR_INIT("acronym without a known name"),
    OCS_STR_INIT("city shown by its context"),
    OCS_STR_INIT("month day"),
    OCS_STR_INIT("month day - month day"),
    OCS_STR_INIT("days of a month"),
    OCS_STR_INIT("month days"),
    OCS_STR_INIT("month"),
    OCS_STR_INIT("year"),
    OCS_STR_INIT("year-month-day"),
    OCS_STR_INIT("year-month"),
    OCS_STR_INIT("listed day"),
    OCS_STR_INIT("office before a name"),
    OCS_STR_INIT("office behind a name"),
    OCS_STR_INIT("office before a surname"),
    OCS_STR_INIT("name before a word for a region"),
    OCS_STR_INIT("name with a word for a landmark"),
    OCS_STR_INIT("named elsewhere in the document"),
    OCS_STR_INIT("acronym in brackets"),
    OCS_STR_INIT("acronym bound in the document"),
    OCS_STR_INIT("short form of a name in the document"),
    OCS_STR_INIT("part of a known organisation"),
    OCS_STR_INIT("part of a known place"),
    OCS_STR_INIT("known organisation in another case"),
    OCS_STR_INIT("known place in another case"),
    OCS_STR_INIT("country of a city"),
    OCS_STR_INIT("country in brackets behind a name"),
    OCS_STR_INIT("place of the dateline"),
    OCS_STR_INIT("label with its value"),
    OCS_STR_INIT("ending of a surname"),
    OCS_STR_INIT("model"),
    OCS_STR_INIT("numeric range"),

    OCS_STR_INIT("Article"),
    OCS_STR_INIT("Daily report"),
    OCS_STR_INIT("Document"),
    OCS_STR_INIT("Event"),
    OCS_STR_INIT("Feature"),
    OCS_STR_INIT("Interim report"),
    OCS_STR_INIT("Interview"),
    OCS_STR_INIT("List"),
    OCS_STR_INIT("Media advisory"),
    OCS_STR_INIT("News Item"),
    OCS_STR_INIT("Newsletter"),
    OCS_STR_INIT("Press release"),
    OCS_STR_INIT("Press Release"),
    OCS_STR_INIT("Press statement"),
    OCS_STR_INIT("Project"),
    OCS_STR_INIT("Publication"),
    OCS_STR_INIT("Report"),
    OCS_STR_INIT("Speech"),
    OCS_STR_INIT("Spot report"),
    OCS_STR_INIT("Statement"),
    OCS_STR_INIT("Static page"),
    OCS_STR_INIT("Status report"),
    OCS_STR_INIT("Story"),
    OCS_STR_INIT("Thematic report"),
    OCS_STR_INIT("Video"),
    OCS_STR_INIT("Weekly report"),

    OCS_STR_INIT("Arms control"),
    OCS_STR_INIT("Border management"),
    OCS_STR_INIT("Combating trafficking in human beings"),
    OCS_STR_INIT("Conflict prevention and resolution"),
    OCS_STR_INIT("Countering terrorism"),
    OCS_STR_INIT("Cyber/ICT Security"),
    OCS_STR_INIT("Democratization"),
    OCS_STR_INIT("Economic activities"),
    OCS_STR_INIT("Education"),
    OCS_STR_INIT("Elections"),
    OCS_STR_INIT("Environmental activities"),
    OCS_STR_INIT("Gender equality"),
    OCS_STR_INIT("Good governance"),
    OCS_STR_INIT("Human rights"),
    OCS_STR_INIT("Media freedom and development"),
    OCS_STR_INIT("Migration"),
    OCS_STR_INIT("National minority issues"),
    OCS_STR_INIT("Policing"),
    OCS_STR_INIT("Reform and co-operation in the security sector"),
    OCS_STR_INIT("Roma and Sinti"),
    OCS_STR_INIT("Rule of law"),
    OCS_STR_INIT("Sustainable Development Goals"),
    OCS_STR_INIT("Tolerance and non-discrimination"),
    OCS_STR_INIT("Youth"),
};

ocs_str ocs_packed_key(ocs_str name, char key[OCS_PACKED_KEY])
{
    size_t n = 0;
    if (name.n > OCS_PACKED_KEY)
        return (ocs_str){0};
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if ((unsigned char)c >= 0x80)
            return (ocs_str){0};
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key[n++] = c;
        else if (n > 0 && key[n - 1] != '-')
            key[n++] = '-';
    }
    n -= n > 0 && key[n - 1] == '-';
    return (ocs_str){key, n};
}
