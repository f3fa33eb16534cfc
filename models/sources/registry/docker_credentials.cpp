#include "sources/registry/docker_credentials.h"

#include "domain/post_to.h"
#include "domain/secret_names.h"
#include "sources/registry/registry_json.h"

#include <QByteArray>
#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QTimer>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <unistd.h>

namespace layerline {

namespace {

using Json = nlohmann::json;

constexpr qint64 largestConfig = 4 << 20;
constexpr qint64 largestAnswer = 1 << 20;
constexpr std::chrono::seconds helperLimit{10};
const std::string hubKey = "https://index.docker.io/v1/";

/// "https://ghcr.io/v1/" -> "ghcr.io": old docker wrote URLs.
std::string hostOf(std::string key)
{
    if (const auto scheme = key.find("://"); scheme != std::string::npos)
        key.erase(0, scheme + 3);
    return key.substr(0, key.find('/'));
}

Result<RegistryCredential> fromEntry(const Json& entry)
{
    RegistryCredential credential;
    credential.identityToken = textOf(entry, "identitytoken");
    credential.registryToken = textOf(entry, "registrytoken");
    credential.user = textOf(entry, "username");
    credential.secret = textOf(entry, "password");
    const std::string packed = textOf(entry, "auth");
    if (packed.empty())
        return credential;
    const auto plain = QByteArray::fromBase64Encoding(QByteArray::fromStdString(packed), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    const auto colon = plain ? plain.decoded.indexOf(':') : -1;
    if (colon < 0)
        return Error{ErrorKind::BadInput, "the entry's \"auth\" is not \"user:password\" in base64", false};
    credential.user = plain.decoded.left(colon).toStdString();
    credential.secret = plain.decoded.mid(colon + 1).toStdString();
    while (!credential.secret.empty() && credential.secret.back() == '\0')
        credential.secret.pop_back(); // docker pads it so
    return credential;
}

/// A registry's entry in one of config.json's maps, under its own name or as an old URL of it.
const Json* entryOf(const Json& config, const char* map, const std::string& registry)
{
    const Json* entries = memberOf(config, map);
    if (!entries || !entries->is_object())
        return nullptr;
    if (const auto at = entries->find(credentialKey(registry)); at != entries->end())
        return &*at;
    for (const auto& [key, value] : entries->items()) {
        if (hostOf(key) == registry || (registry == "docker.io" && hostOf(key) == "index.docker.io"))
            return &value;
    }
    return nullptr;
}

bool isHelperName(const std::string& name)
{
    return !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
}

/// One helper on its way; deletes itself.
class HelperCall : public QObject {
public:
    HelperCall(std::string helper, DockerCredentials::Callback callback, QObject* parent)
        : QObject(parent), m_helper(std::move(helper)), m_callback(std::move(callback))
    {
        connect(&m_process, &QProcess::finished, this, &HelperCall::finished);
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(Error{ErrorKind::NotFound, m_helper + " can't be started", false});
        });
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
            m_output += m_process.readAllStandardOutput();
            if (m_output.size() > largestAnswer)
                end(Error{ErrorKind::TooLarge, m_helper + " prints more than 1 MiB", false});
        });
        m_limit.setSingleShot(true);
        connect(&m_limit, &QTimer::timeout, this, [this] { end(Error{ErrorKind::Timeout, m_helper + " gave no answer within 10 s", true}); });
    }

    void start(const std::string& program, const std::string& server)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // Layerline's own account is no business of a helper's.
        environment.remove(QStringLiteral("GH_TOKEN"));
        environment.remove(QStringLiteral("GITHUB_TOKEN"));
        m_process.setProcessEnvironment(environment);
        m_process.setProgram(QString::fromStdString(program));
        m_process.setArguments({QStringLiteral("get")});
        m_process.start();
        m_process.write(QByteArray::fromStdString(server));
        m_process.closeWriteChannel();
        m_limit.start(helperLimit);
    }

private:
    void finished(int code, QProcess::ExitStatus status)
    {
        m_output += m_process.readAllStandardOutput();
        const std::string text = (m_output + m_process.readAllStandardError()).toStdString();
        if (status == QProcess::NormalExit && code == 0)
            return end(readHelperAnswer(m_output.toStdString()));
        // The words every helper made with docker's own library says it with.
        if (text.find("credentials not found") != std::string::npos)
            return end(RegistryCredential{});
        const std::string first = maskedText(text.substr(0, std::min<std::size_t>(text.find('\n'), 200)));
        end(Error{ErrorKind::Permission, m_helper + " failed" + (first.empty() ? "" : ": " + first), false});
    }
    void end(Result<RegistryCredential> result)
    {
        if (!m_callback)
            return;
        m_limit.stop();
        const auto callback = std::exchange(m_callback, {});
        m_process.disconnect(this);
        if (m_process.state() == QProcess::NotRunning) {
            deleteLater();
        } else {
            connect(&m_process, &QProcess::finished, this, &QObject::deleteLater);
            m_process.kill();
        }
        callback(std::move(result));
    }

    std::string m_helper;
    DockerCredentials::Callback m_callback;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
};

} // namespace

DockerPlaces DockerPlaces::fromProcess()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    const std::string folder = variable("DOCKER_CONFIG");
    return {(folder.empty() ? variable("HOME") + "/.docker" : folder) + "/config.json", variable("PATH")};
}

std::string credentialKey(const std::string& registry)
{
    return registry == "docker.io" ? hubKey : registry;
}

Result<CredentialPlace> findCredential(const std::string& text, const std::string& registry)
{
    const Json config = Json::parse(text, nullptr, false);
    if (!config.is_object())
        return Error{ErrorKind::BadInput, "docker's config.json is not a JSON object", false};
    CredentialPlace place;
    place.server = credentialKey(registry);
    if (const Json* helper = entryOf(config, "credHelpers", registry); helper && helper->is_string())
        place.helper = helper->get<std::string>();
    else
        place.helper = textOf(config, "credsStore");
    if (!place.helper.empty()) {
        if (!isHelperName(place.helper))
            return Error{ErrorKind::BadInput, "docker's config.json names a credential helper that can't be a program", false};
        return place;
    }
    if (const Json* entry = entryOf(config, "auths", registry)) {
        auto read = fromEntry(*entry);
        if (!read)
            return Error{read.error().kind, "docker's config.json is broken for " + registry + ": " + read.error().detail, false};
        place.inFile = std::move(read.value());
    }
    return place;
}

Result<RegistryCredential> readHelperAnswer(const std::string& output)
{
    const Json answer = Json::parse(output, nullptr, false);
    if (!answer.is_object())
        return Error{ErrorKind::BadInput, "the credential helper's answer is not a JSON object", false};
    RegistryCredential credential;
    credential.user = textOf(answer, "Username");
    if (credential.user == "<token>") {
        credential.user.clear();
        credential.identityToken = textOf(answer, "Secret");
    } else {
        credential.secret = textOf(answer, "Secret");
    }
    return credential;
}

DockerCredentials::DockerCredentials(DockerPlaces places, QObject* parent) : QObject(parent), m_places(std::move(places)) {}

void DockerCredentials::find(const std::string& registry, Callback callback)
{
    const auto later = [this](Callback then, Result<RegistryCredential> result) {
        postTo(this, [then = std::move(then), result = std::move(result)] { then(result); });
    };
    QFile file(QString::fromStdString(m_places.configFile));
    // No file is nobody's fault; one in a folder that may not be looked into (docker called with sudo) is not the same.
    if (!file.exists() && (::access(m_places.configFile.c_str(), F_OK) == 0 || errno == ENOENT || errno == ENOTDIR))
        return later(std::move(callback), RegistryCredential{});
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestConfig)
        return later(std::move(callback), Error{ErrorKind::Permission, "docker's config.json can't be read: " + m_places.configFile, false});
    auto place = findCredential(file.readAll().toStdString(), registry);
    if (!place)
        return later(std::move(callback), place.error());
    if (place->helper.empty())
        return later(std::move(callback), place->inFile);
    ask(place.value(), std::move(callback));
}

void DockerCredentials::ask(const CredentialPlace& place, Callback callback)
{
    const std::string name = "docker-credential-" + place.helper;
    const std::string program = findHelper(name);
    if (program.empty()) {
        postTo(this, [name, then = std::move(callback)] {
            then(Error{ErrorKind::NotFound, "docker's config.json asks for " + name + ", which is not in PATH", false});
        });
        return;
    }
    auto* call = new HelperCall(name, std::move(callback), this);
    call->start(program, place.server);
}

std::string DockerCredentials::findHelper(const std::string& name) const
{
    std::size_t begin = 0;
    while (begin <= m_places.path.size()) {
        const std::size_t end = std::min(m_places.path.find(':', begin), m_places.path.size());
        const std::string candidate = m_places.path.substr(begin, end - begin) + "/" + name;
        // Relative entries of PATH would make it depend on the working directory.
        if (candidate.front() == '/' && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
        begin = end + 1;
    }
    return {};
}

} // namespace layerline
