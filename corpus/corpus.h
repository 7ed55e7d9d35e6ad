/* corpus: the collection.  Sources of pages, documents and what is in them, dates, and the
 * gazetteer. */
#ifndef OCS_CORPUS_H
#define OCS_CORPUS_H

#include "corpus/alias.h"
#include "corpus/container.h"
#include "corpus/date.h"
#include "corpus/document.h"
#include "corpus/gaz.h"
#include "corpus/inflect.h"
#include "corpus/key.h"
#include "corpus/origin.h"
#include "corpus/sentence.h"
#include "corpus/source.h"

#endif
