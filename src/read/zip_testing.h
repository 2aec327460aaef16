#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

/// ZIP archives made in memory, for the tests of readers.
namespace openbook::read {

using ZipParts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_of(const ZipParts& parts) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_OVERWRITE);
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 315'532'800, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  EXPECT_EQ(zip_source_read(target, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

/// `<Relationships>` from rows of id, type's last step and target; a target with "://" lies outside.
inline std::string relationships(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
  for (const auto& row : rows) {
    xml += "<Relationship Id='" + row[0] +
           "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + row[1] + "' Target='" +
           row[2] + "'" + (row[2].find("://") != std::string::npos ? " TargetMode='External'" : "") + "/>";
  }
  return xml + "</Relationships>";
}

/// 32 MiB of blanks inside an element: packs to some 32 KiB.
inline std::string bomb_xml(const std::string& open, const std::string& close) {
  return open + std::string(32u << 20, ' ') + close;
}

/// The "billion laughs": entities that would unfold to gigabytes.
inline std::string laughing_xml(const std::string& root_open, const std::string& root_close) {
  std::string xml = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    xml += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) xml += before;
    xml += "'>";
  }
  return xml + "]>" + root_open + "&a11;" + root_close;
}

/// Elements nested `depth` deep.
inline std::string deep_xml(const std::string& root_open, const std::string& root_close, const std::string& element,
                            int depth) {
  std::string xml = root_open;
  for (int i = 0; i < depth; ++i) xml += "<" + element + ">";
  for (int i = 0; i < depth; ++i) xml += "</" + element + ">";
  return xml + root_close;
}

}  // namespace openbook::read
