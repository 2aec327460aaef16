#include <xapian.h>

#include "peer.h"

namespace openbook::bench {
namespace {

/// Xapian throws; nothing leaves this file.
template <typename Work>
auto guarded(Work work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    return fail(Code::Io, "Xapian: " + error.get_description());
  }
}

class XapianPeer final : public Peer {
 public:
  XapianPeer(const std::string& path, Script script)
      : path_(path), script_(script), writer_(path, Xapian::DB_CREATE_OR_OVERWRITE) {
    if (script_ == Script::Chinese) generator_.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator_.set_stemmer(Xapian::Stem("en"));
    generator_.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
  }

  std::string name() const override { return script_ == Script::Chinese ? "Xapian n-grams" : "Xapian stemmed"; }

  Status add(std::string_view title, std::string_view text) override {
    const auto added = guarded([&] {
      Xapian::Document document;
      generator_.set_document(document);
      generator_.index_text_without_positions(std::string(title));
      generator_.index_text_without_positions(std::string(text));
      return writer_.add_document(document);
    });
    if (!added) return fail(added.error());
    return {};
  }

  Status finish() override {
    const auto finished = guarded([&] {
      writer_.commit();
      writer_.close();
      reader_ = Xapian::Database(path_);
      return true;
    });
    if (!finished) return fail(finished.error());
    return {};
  }

  Result<std::vector<std::uint32_t>> search(std::string_view query, std::size_t limit) override {
    return guarded([&] {
      Xapian::Document terms;
      generator_.set_document(terms);
      generator_.index_text_without_positions(std::string(query));
      Xapian::Enquire enquire(reader_);
      enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.termlist_begin(), terms.termlist_end()));
      const Xapian::MSet matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
      std::vector<std::uint32_t> found;
      for (auto match = matches.begin(); match != matches.end(); ++match) found.push_back(*match - 1);
      return found;
    });
  }

 private:
  std::string path_;
  Script script_;
  Xapian::WritableDatabase writer_;
  Xapian::Database reader_;
  Xapian::TermGenerator generator_;
};

}  // namespace

Result<std::unique_ptr<Peer>> make_xapian(const std::string& path, Script script) {
  return guarded([&]() -> std::unique_ptr<Peer> { return std::make_unique<XapianPeer>(path, script); });
}

std::string xapian_version() {
  return std::string("Xapian ") + Xapian::version_string();
}

}  // namespace openbook::bench
