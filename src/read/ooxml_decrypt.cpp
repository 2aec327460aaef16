#include "read/ooxml_decrypt.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "read/ole_file.h"
#include "read/xml.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

constexpr std::string_view kOfficePassword = "VelvetSweatshop";  // MS-OFFCRYPTO 2.4.2.3: files locked without one.
constexpr long long kMaxSpins = 10'000'000;

Error wrong_password(bool given) {
  return {Code::Unsupported,
          given ? "the password does not open the file; give the right one with --password"
                : "the file is encrypted; give its password with --password, or save it without one",
          {}};
}

Error unknown_scheme(std::string what) {
  return {Code::Unsupported,
          "the file is encrypted in a way that is not known (" + what +
              "); open it in Office and save it without a password",
          {}};
}

std::string utf16le(std::string_view text) {
  std::string out;
  const auto add = [&](char32_t unit) {
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8);
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c < 0x10000) {
      add(c);
    } else {
      add(0xD800 + ((c - 0x10000) >> 10));
      add(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::string le32(std::uint32_t number) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

std::string digest(const EVP_MD* algorithm, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr);
  return {reinterpret_cast<const char*>(out.data()), size};
}

/// The slow hash of a password: H(i, H(i-1, … H(salt, password))).
std::string spun_hash(const EVP_MD* algorithm, std::string_view salt, std::string_view password, long long spins) {
  std::string hash = digest(algorithm, std::string(salt) + utf16le(password));
  for (long long i = 0; i < spins; ++i) hash = digest(algorithm, le32(static_cast<std::uint32_t>(i)) + hash);
  return hash;
}

enum class Mode { Ecb, Cbc };

const EVP_CIPHER* aes(Mode mode, std::size_t key_bytes) {
  if (key_bytes == 16) return mode == Mode::Ecb ? EVP_aes_128_ecb() : EVP_aes_128_cbc();
  if (key_bytes == 24) return mode == Mode::Ecb ? EVP_aes_192_ecb() : EVP_aes_192_cbc();
  return mode == Mode::Ecb ? EVP_aes_256_ecb() : EVP_aes_256_cbc();
}

/// Whole blocks of AES without padding; a rest that fills no block is dropped.
std::string decrypt(Mode mode, std::string_view key, std::string_view start, std::string_view bytes) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                EVP_CIPHER_CTX_free);
  bytes = bytes.substr(0, bytes.size() / 16 * 16);
  std::string out(bytes.size() + 16, '\0');
  const auto raw = [](std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); };
  int size = 0;
  if (!context ||
      EVP_DecryptInit_ex(context.get(), aes(mode, key.size()), nullptr, raw(key),
                         start.empty() ? nullptr : raw(start)) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, raw(bytes),
                        static_cast<int>(bytes.size())) != 1)
    return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

/// Cut to `size`, or filled up with 0x36, as agile encryption wants keys and vectors.
std::string fitted(std::string bytes, std::size_t size) {
  bytes.resize(size, '\x36');
  return bytes;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  std::size_t length = static_cast<std::size_t>(size);
  for (std::size_t i = text.size(); i > 0 && text[i - 1] == '=' && length > 0; --i) --length;
  out.resize(length);
  return out;
}

const EVP_MD* hash_named(std::string_view name) {
  if (name == "SHA1" || name == "SHA-1") return EVP_sha1();
  if (name == "SHA256" || name == "SHA-256") return EVP_sha256();
  if (name == "SHA384" || name == "SHA-384") return EVP_sha384();
  if (name == "SHA512" || name == "SHA-512") return EVP_sha512();
  return nullptr;
}

/// What one element of the agile description says about its cipher.
struct AgileCipher {
  const EVP_MD* hash = nullptr;
  std::string salt;
  std::size_t key_bytes = 0;
  std::size_t block_bytes = 16;
};

std::optional<AgileCipher> agile_cipher(XmlNode node) {
  AgileCipher cipher;
  cipher.hash = hash_named(attribute(node, "hashAlgorithm"));
  const auto salt = from_base64(attribute(node, "saltValue"));
  const long long bits = number_attribute(node, "keyBits", 0);
  const bool known = attribute(node, "cipherAlgorithm") == "AES" &&
                     attribute(node, "cipherChaining") == "ChainingModeCBC" &&
                     (bits == 128 || bits == 192 || bits == 256) && number_attribute(node, "blockSize", 0) == 16;
  if (!known || cipher.hash == nullptr || !salt) return std::nullopt;
  cipher.salt = *salt;
  cipher.key_bytes = static_cast<std::size_t>(bits) / 8;
  return cipher;
}

/// Agile encryption, MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15.
Result<std::string> decrypt_agile(std::string_view info, std::string_view package, std::string_view password,
                                  bool given) {
  OB_TRY(const Xml xml, parse_xml(std::string(info.substr(8)), "EncryptionInfo"));
  const XmlNode lock = descendant(xml.root(), "encryptedKey");
  const auto data = agile_cipher(child(xml.root(), "keyData")), key = agile_cipher(lock);
  const long long spins = number_attribute(lock, "spinCount", -1);
  if (!data || !key || spins < 0 || spins > kMaxSpins) return fail(unknown_scheme("agile, with another cipher"));
  const std::string hash = spun_hash(key->hash, key->salt, password, spins);
  const auto opened = [&](std::string_view name, std::string_view block) {
    const auto sealed = from_base64(attribute(lock, name));
    const std::string own = fitted(digest(key->hash, hash + std::string(block)), key->key_bytes);
    return sealed ? decrypt(Mode::Cbc, own, fitted(key->salt, key->block_bytes), *sealed) : std::string();
  };
  std::string input = opened("encryptedVerifierHashInput", "\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79");
  std::string expected = opened("encryptedVerifierHashValue", "\xD7\xAA\x0F\x6D\x30\x61\x34\x4E");
  input.resize(std::min(input.size(), key->salt.size()));
  const std::string found = digest(key->hash, input);
  if (expected.size() < found.size() || !expected.starts_with(found)) return fail(wrong_password(given));
  std::string secret = opened("encryptedKeyValue", "\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6");
  if (secret.size() < data->key_bytes) return fail(Code::Corrupt, "the encrypted file's key is cut off");
  secret.resize(data->key_bytes);
  constexpr std::size_t kSegment = 4096;
  std::string out;
  out.reserve(package.size());
  std::uint32_t number = 0;
  for (std::size_t at = 8; at < package.size(); at += kSegment) {
    const std::string start = fitted(digest(data->hash, data->salt + le32(number++)), data->block_bytes);
    out += decrypt(Mode::Cbc, secret, start, package.substr(at, kSegment));
  }
  return out;
}

/// Standard encryption, MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9: AES in ECB under a key from SHA-1.
Result<std::string> decrypt_standard(std::string_view info, std::string_view package, std::string_view password,
                                     bool given) {
  const std::size_t verifier = 12 + std::size_t{number_at(info, 8)};
  const std::size_t key_bytes = number_at(info, 12 + 16) / 8;
  if (verifier > info.size() || info.size() - verifier < 72)
    return fail(Code::Corrupt, "the description of the encryption is cut off");
  if (key_bytes != 16 && key_bytes != 24 && key_bytes != 32) return fail(unknown_scheme("standard, not AES"));
  const std::string_view salt = info.substr(verifier + 4, 16);
  const std::string hash = digest(EVP_sha1(), spun_hash(EVP_sha1(), salt, password, 50'000) + le32(0));
  std::string inner(64, '\x36'), outer(64, '\x5C');
  for (std::size_t i = 0; i < hash.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ hash[i]);
    outer[i] = static_cast<char>(outer[i] ^ hash[i]);
  }
  const std::string key = (digest(EVP_sha1(), inner) + digest(EVP_sha1(), outer)).substr(0, key_bytes);
  const std::string input = decrypt(Mode::Ecb, key, {}, info.substr(verifier + 20, 16));
  const std::string expected = decrypt(Mode::Ecb, key, {}, info.substr(verifier + 40, 32));
  if (!expected.starts_with(digest(EVP_sha1(), input))) return fail(wrong_password(given));
  return decrypt(Mode::Ecb, key, {}, package.substr(std::min<std::size_t>(8, package.size())));
}

}  // namespace

Result<std::string> decrypt_package(std::string_view ole_bytes, std::string_view password) {
  const Result<std::string> info = read_ole_stream(ole_bytes, "EncryptionInfo");
  if (!info && info.error().code == Code::NotFound)
    return fail(Code::Unsupported,
                "an Office file of the old kind (.doc, .xls, .ppt); save it as .docx, .xlsx or .pptx");
  if (!info) return fail(info.error());
  OB_TRY(const std::string package, read_ole_stream(ole_bytes, "EncryptedPackage"));
  if (info->size() < 12 || package.size() < 8) return fail(Code::Corrupt, "the encrypted file is cut off");
  const bool given = !password.empty();
  const std::string_view word = given ? password : kOfficePassword;
  const std::uint32_t version = number_at(*info, 0);
  const std::uint32_t major = version & 0xFFFF, minor = version >> 16;
  Result<std::string> out =
      major == 4 && minor == 4 ? decrypt_agile(*info, package, word, given)
      : minor == 2             ? decrypt_standard(*info, package, word, given)
                               : fail(unknown_scheme("version " + std::to_string(major) + "." + std::to_string(minor)));
  if (!out) return out;
  const std::uint64_t size = number_at(package, 0) | (std::uint64_t{number_at(package, 4)} << 32);
  if (size < out->size()) out->resize(size);
  return out;
}

}  // namespace openbook::read
