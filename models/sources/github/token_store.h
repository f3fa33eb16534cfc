// Where a token is kept between two starts: the desktop's keyring, else nowhere.
#pragma once

#include "domain/result.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace layerline {

/// Answers come later, on this thread, unless `context` is gone. `host` is "github.com".
class TokenStore {
public:
    using Read = std::function<void(Result<std::string>)>; ///< NotFound: there is none; Unsupported: there is no keyring
    using Written = std::function<void(Result<void>)>;

    virtual ~TokenStore() = default;
    virtual void read(const std::string& host, QObject* context, Read reply) = 0;
    virtual void write(const std::string& host, const std::string& token, QObject* context, Written reply) = 0;
    virtual void remove(const std::string& host, QObject* context, Written reply) = 0;
};

/// QtKeychain: Secret Service or KWallet. Never a file of its own: without a keyring everything is Unsupported.
class KeyringStore final : public TokenStore {
public:
    void read(const std::string& host, QObject* context, Read reply) override;
    void write(const std::string& host, const std::string& token, QObject* context, Written reply) override;
    void remove(const std::string& host, QObject* context, Written reply) override;
};

/// Forgets everything at the end; for tests and for people who do not want a keyring. `available` false: as if there were no keyring.
class MemoryStore final : public TokenStore {
public:
    explicit MemoryStore(bool available = true) : m_available(available) {}
    void read(const std::string& host, QObject* context, Read reply) override;
    void write(const std::string& host, const std::string& token, QObject* context, Written reply) override;
    void remove(const std::string& host, QObject* context, Written reply) override;
    const std::map<std::string, std::string>& tokens() const { return m_tokens; }

private:
    bool m_available;
    std::map<std::string, std::string> m_tokens;
};

} // namespace layerline
