#include "sources/github/token_store.h"

#include "domain/post_to.h"
#include "sources/github/keyring_lock.h"

#include <qt6keychain/keychain.h>

namespace layerline {

namespace {

const QString service = QStringLiteral("io.github.layerline.Layerline");

/// The name of the entry: a host and nothing else.
QString keyOf(const std::string& host) { return QStringLiteral("github-token:") + QString::fromStdString(host); }

Error errorOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound: return {ErrorKind::NotFound, "the keyring has no token for this host", false};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return {ErrorKind::Permission, "the keyring refuses", false};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return {ErrorKind::Unsupported, "there is no keyring", false};
    default: break;
    }
    return {ErrorKind::Unsupported, "the keyring does not work: " + job.errorString().toStdString(), false};
}

Error lockedError() { return {ErrorKind::Permission, "it is locked and was not unlocked", false}; }

/// What looks as if there were no entry, or as a refusal, may be a keyring that nobody unlocked.
template <class Reply>
void replyAbout(const QKeychain::Job& job, QObject* context, Reply reply)
{
    const Error error = errorOf(job);
    if (error.kind != ErrorKind::NotFound && error.kind != ErrorKind::Permission)
        return reply(error);
    askWhetherLocked(context, [error, reply](bool locked) { reply(locked ? lockedError() : error); });
}

/// Jobs delete themselves after they have finished; `context` decides who is still interested.
template <class Job, class Finished>
void start(Job* job, QObject* context, Finished finished)
{
    job->setInsecureFallback(false); // a plain file is no keyring
    QObject::connect(job, &QKeychain::Job::finished, context, [job, finished](QKeychain::Job*) { finished(*job); });
    job->start();
}

} // namespace

void KeyringStore::read(const std::string& host, QObject* context, Read reply)
{
    auto* job = new QKeychain::ReadPasswordJob(service);
    job->setKey(keyOf(host));
    start(job, context, [context, reply](QKeychain::ReadPasswordJob& done) {
        if (done.error() != QKeychain::NoError)
            return replyAbout(done, context, [reply](const Error& error) { reply(error); });
        reply(done.textData().toStdString());
    });
}

void KeyringStore::write(const std::string& host, const std::string& token, QObject* context, Written reply)
{
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setKey(keyOf(host));
    job->setTextData(QString::fromStdString(token));
    start(job, context, [context, reply](QKeychain::Job& done) {
        if (done.error() != QKeychain::NoError)
            return replyAbout(done, context, [reply](const Error& error) { reply(error); });
        reply({});
    });
}

void KeyringStore::remove(const std::string& host, QObject* context, Written reply)
{
    auto* job = new QKeychain::DeletePasswordJob(service);
    job->setKey(keyOf(host));
    start(job, context, [context, reply](QKeychain::Job& done) {
        // From a locked one nothing was deleted, whatever the job says.
        const bool gone = done.error() == QKeychain::NoError || done.error() == QKeychain::EntryNotFound;
        const Result<void> said = gone ? Result<void>() : Result<void>(errorOf(done));
        askWhetherLocked(context, [said, reply](bool locked) { reply(locked ? lockedError() : said); });
    });
}

void MemoryStore::read(const std::string& host, QObject* context, Read reply)
{
    const auto at = m_tokens.find(host);
    Result<std::string> found = Error{m_available ? ErrorKind::NotFound : ErrorKind::Unsupported, "no token in memory", false};
    if (m_available && at != m_tokens.end())
        found = at->second;
    postTo(context, [reply, found] { reply(found); });
}

void MemoryStore::write(const std::string& host, const std::string& token, QObject* context, Written reply)
{
    if (m_available)
        m_tokens[host] = token;
    postTo(context, [reply, available = m_available] { reply(available ? Result<void>() : Result<void>(Error{ErrorKind::Unsupported, "there is no keyring", false})); });
}

void MemoryStore::remove(const std::string& host, QObject* context, Written reply)
{
    m_tokens.erase(host);
    postTo(context, [reply] { reply({}); });
}

} // namespace layerline
