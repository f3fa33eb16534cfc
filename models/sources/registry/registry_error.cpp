#include "sources/registry/registry_error.h"

#include "sources/registry/registry_json.h"

#include <QDateTime>

#include <algorithm>

namespace layerline {

namespace {

struct Reason {
    std::string code;    ///< "MANIFEST_UNKNOWN"
    std::string message;
};

/// The first of the errors a registry lists (distribution spec, "Error codes").
Reason reasonOf(const HttpResponse& response)
{
    const auto answer = nlohmann::json::parse(response.body, nullptr, false);
    const auto* errors = memberOf(answer, "errors");
    if (!errors || !errors->is_array() || errors->empty())
        return {};
    Reason reason{textOf(errors->front(), "code"), textOf(errors->front(), "message")};
    reason.message = reason.message.substr(0, 200);
    for (char& c : reason.message) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    }
    return reason;
}

std::string behind(const std::string& text) { return text.empty() ? "" : " (" + text + ")"; }

} // namespace

std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse& response)
{
    const std::string value = response.header("retry-after");
    if (value.empty())
        return {};
    if (value.find_first_not_of("0123456789") == std::string::npos)
        return std::chrono::seconds(std::atoll(value.substr(0, 9).c_str()));
    const QDateTime when = QDateTime::fromString(QString::fromStdString(value), Qt::RFC2822Date);
    if (!when.isValid())
        return {};
    return std::chrono::milliseconds(std::max<qint64>(QDateTime::currentDateTimeUtc().msecsTo(when), 0));
}

Error registryError(const HttpResponse& response, const ImageReference& of, bool push, bool signedIn)
{
    const Reason reason = reasonOf(response);
    const std::string login = "docker login" + (of.registry == "docker.io" ? std::string() : " " + of.registry);
    switch (response.status) {
    case 401:
        if (signedIn)
            return {ErrorKind::Permission, of.registry + " does not take the credential docker has for it, or has no repository " + of.repository + ": " + login, false};
        return {ErrorKind::Permission, of.registry + " wants a sign-in for " + of.repository + ", or has no such repository: " + login, false};
    case 403:
        return {ErrorKind::Permission, of.registry + " does not allow " + (push ? "writing to " : "reading ") + of.repository + behind(reason.message), false};
    case 404:
        if (reason.code == "NAME_UNKNOWN" || of.target().empty())
            return {ErrorKind::NotFound, of.registry + " has no repository " + of.repository, false};
        return {ErrorKind::NotFound, of.name() + " has no " + (of.digest.empty() ? "tag " : "") + of.target(), false};
    case 429: {
        const auto wait = retryAfter(response);
        return {ErrorKind::Unreachable, of.registry + " has had too many requests from here" + behind(reason.message)
                    + (wait ? "; it wants to be asked again in " + std::to_string((wait->count() + 999) / 1000) + " s" : ""), true};
    }
    default: break;
    }
    const bool trouble = response.status >= 500;
    return {trouble ? ErrorKind::Unreachable : ErrorKind::BadInput,
            of.registry + " answers " + std::to_string(response.status) + (push ? " to writing " : " for ") + of.repository + behind(reason.message), trouble};
}

} // namespace layerline
