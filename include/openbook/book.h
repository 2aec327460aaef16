#pragma once

/// The nouns that travel between caller and library: plain values, all in namespace openbook::book.
#include "book/answer.h"
#include "book/document.h"
#include "book/evidence.h"
#include "book/query.h"
#include "book/search_result.h"
#include "book/trace.h"
