/* base: the ground that every other folder stands on.  It knows nothing of pages or indexes. */
#ifndef OCS_BASE_H
#define OCS_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "base/status.h"
#include "base/text.h"
#include "base/token.h"

#endif
