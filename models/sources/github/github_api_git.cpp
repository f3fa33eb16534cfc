// The calls that read and change a repository's content: what a rollback or a migration needs.
#include "sources/github/github_api.h"
#include "sources/github/github_json.h"
#include "sources/http/http_url.h"

#include <QByteArray>

namespace layerline {

using json::Json;

namespace {

std::string dumped(const nlohmann::ordered_json& body)
{
    return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// Turns the answer of a change into a value.
template <class T, class Read>
Reply<ApiResponse> reading(Reply<T> reply, Read read)
{
    return [reply = std::move(reply), read](Result<ApiResponse> got) {
        if (!got)
            return reply(got.error());
        const auto parsed = json::parse(*got->body);
        if (!parsed || !parsed.value().is_object())
            return reply(Error{ErrorKind::BadInput, "GitHub's answer is no JSON object", false});
        reply(T(read(parsed.value())));
    };
}

std::string commitSha(const Json& answer)
{
    const Json* commit = json::member(answer, "commit");
    return commit ? json::text(*commit, "sha") : std::string{};
}

} // namespace

void GitHubApi::content(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<FileContent> reply)
{
    ApiRequest request;
    request.target = repositoryPath(repository) + "/contents/" + encodedComponent(path) + (ref.empty() ? "" : "?ref=" + encodedComponent(ref));
    request.priority = m_priority;
    m_session.send(std::move(request), context, reading<FileContent>(std::move(reply), contentFromJson));
}

void GitHubApi::folder(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<std::vector<std::string>> reply)
{
    ApiRequest request;
    // The root has no path to ask for contents by.
    request.target = path.empty() ? repositoryPath(repository) + "/git/trees/" + encodedComponent(ref.empty() ? "HEAD" : ref)
                                  : repositoryPath(repository) + "/contents/" + encodedComponent(path) + (ref.empty() ? "" : "?ref=" + encodedComponent(ref));
    request.priority = m_priority;
    m_session.send(std::move(request), context, [reply = std::move(reply)](Result<ApiResponse> got) {
        if (!got)
            return reply(got.error());
        const auto parsed = json::parse(*got->body);
        const Json* rows = !parsed ? nullptr : parsed.value().is_array() ? &parsed.value() : json::member(parsed.value(), "tree");
        if (!rows || !rows->is_array())
            return reply(Error{ErrorKind::BadInput, "GitHub's answer is no list of files", false});
        std::vector<std::string> names;
        for (const Json& row : *rows) {
            const std::string type = json::text(row, "type"), name = json::text(row, json::text(row, "name").empty() ? "path" : "name");
            if ((type == "file" || type == "blob") && !name.empty())
                names.push_back(name);
        }
        reply(std::move(names));
    });
}

void GitHubApi::gitRef(const std::string& repository, const std::string& ref, QObject* context, Reply<GitRef> reply)
{
    ApiRequest request;
    request.target = repositoryPath(repository) + "/git/ref/" + encodedComponent(ref);
    request.priority = m_priority;
    m_session.send(std::move(request), context, reading<GitRef>(std::move(reply), refFromJson));
}

void GitHubApi::createRef(const std::string& repository, const GitRef& ref, QObject* context, Reply<GitRef> reply)
{
    act("POST", repositoryPath(repository) + "/git/refs", dumped({{"ref", ref.ref}, {"sha", ref.sha}}), context, reading<GitRef>(std::move(reply), refFromJson));
}

void GitHubApi::deleteRef(const std::string& repository, const std::string& ref, QObject* context, Reply<void> reply)
{
    actQuietly("DELETE", repositoryPath(repository) + "/git/refs/" + encodedComponent(ref), context, std::move(reply));
}

void GitHubApi::putContent(const std::string& repository, const NewContent& content, QObject* context, Reply<std::string> reply)
{
    const QByteArray bytes(content.text.data(), qsizetype(content.text.size()));
    nlohmann::ordered_json body{{"message", content.message}, {"content", bytes.toBase64().toStdString()}, {"branch", content.branch}};
    if (!content.sha.empty())
        body["sha"] = content.sha;
    act("PUT", repositoryPath(repository) + "/contents/" + encodedComponent(content.path), dumped(body), context, reading<std::string>(std::move(reply), commitSha));
}

void GitHubApi::deleteContent(const std::string& repository, const NewContent& content, QObject* context, Reply<std::string> reply)
{
    act("DELETE", repositoryPath(repository) + "/contents/" + encodedComponent(content.path),
        dumped({{"message", content.message}, {"sha", content.sha}, {"branch", content.branch}}), context, reading<std::string>(std::move(reply), commitSha));
}

void GitHubApi::createPull(const std::string& repository, const NewPull& pull, QObject* context, Reply<PullRequestInfo> reply)
{
    act("POST", repositoryPath(repository) + "/pulls", dumped({{"title", pull.title}, {"body", pull.body}, {"head", pull.head}, {"base", pull.base}}), context,
        reading<PullRequestInfo>(std::move(reply), pullFromJson));
}

} // namespace layerline
