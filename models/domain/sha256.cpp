#include "domain/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace layerline {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    if (!m_state->context || EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()); }

std::string Sha256::hex()
{
    std::array<unsigned char, 32> raw{};
    EVP_DigestFinal_ex(m_state->context, raw.data(), nullptr);
    std::string out;
    out.reserve(64);
    for (const unsigned char byte : raw) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

std::string sha256Digest(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return "sha256:" + hash.hex();
}

std::string_view sha256Hex(std::string_view digest)
{
    constexpr std::string_view prefix = "sha256:";
    if (!digest.starts_with(prefix) || digest.size() != prefix.size() + 64)
        return {};
    digest.remove_prefix(prefix.size());
    const bool sound = std::all_of(digest.begin(), digest.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return sound ? digest : std::string_view{};
}

} // namespace layerline
