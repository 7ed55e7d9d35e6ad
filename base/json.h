/* A JSON writer onto a buffer (RFC 8259).  Commas and nesting are its business; strings are made
 * valid UTF-8 (an ill-formed byte becomes U+FFFD) and control characters are escaped.  One value at
 * the top; call ocs_json_init again for the next. */
#ifndef OCS_BASE_JSON_H
#define OCS_BASE_JSON_H

#include "base/buf.h"

enum { OCS_JSON_DEPTH = 32 };

typedef struct ocs_json {
    ocs_buf *out;
    unsigned depth;
    bool some[OCS_JSON_DEPTH]; /* has this level got an element yet */
    bool after_key;
} ocs_json;

void ocs_json_init(ocs_json *json, ocs_buf *out);
void ocs_json_object(ocs_json *json);
void ocs_json_object_end(ocs_json *json);
void ocs_json_array(ocs_json *json);
void ocs_json_array_end(ocs_json *json);
void ocs_json_key(ocs_json *json, const char *key);
void ocs_json_str(ocs_json *json, ocs_str s);
void ocs_json_cstr(ocs_json *json, const char *s); /* NULL gives null */
void ocs_json_int(ocs_json *json, long long value);
void ocs_json_real(ocs_json *json, double value, int decimals); /* not finite gives null */
void ocs_json_bool(ocs_json *json, bool value);
void ocs_json_null(ocs_json *json);
/* key and value together, for the common cases */
void ocs_json_key_str(ocs_json *json, const char *key, ocs_str s);
void ocs_json_key_int(ocs_json *json, const char *key, long long value);
void ocs_json_key_bool(ocs_json *json, const char *key, bool value);
/* [from, to] */
void ocs_json_span(ocs_json *json, ocs_span span);

#endif
