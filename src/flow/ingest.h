#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "flow/analyse.h"
#include "flow/enumerate.h"
#include "openbook/library.h"
#include "read/process.h"
#include "store/store.h"

namespace openbook::flow {

/// What ingesting needs of the library that it fills.
struct IngestContext {
  store::Store& store;
  Analyser& analyser;
  std::size_t thread_count = 1;
  std::string programs_folder;
};

/// The way in: sources → files → documents → chunks and terms → one writer. Files are read by several processes and
/// analysed by several threads, yet written in the order of their names, so that the same folder gives the same library
/// on every machine. See Library::add for what the report says.
Result<AddReport> ingest(const IngestContext& context, const std::vector<std::string>& sources,
                         const AddOptions& options, const Library::OnProgress& on_progress, std::stop_token stop);

/// The same for every source that the library has a record of.
Result<AddReport> ingest_again(const IngestContext& context, const AddOptions& options,
                               const Library::OnProgress& on_progress, std::stop_token stop);

/// Limits and options as the reader process takes them.
read::ReadLimits limits_of(const AddOptions& options);

/// Reads one file, URL or "-" without a knowledge base.
Status read_one(const std::string& source, const AddOptions& options, const std::string& programs_folder,
                const read::DocumentSink& sink, std::stop_token stop);

}  // namespace openbook::flow
