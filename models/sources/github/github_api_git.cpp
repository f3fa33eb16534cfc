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
