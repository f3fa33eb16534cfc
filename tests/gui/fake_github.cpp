#include "fake_github.h"

#include "domain/clock.h"

#include <QDateTime>

namespace layerline::test {

using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

QByteArray ago(int seconds)
{
    const auto now = SystemClock().now();
    return QByteArray::fromStdString(formatRfc3339({(now.ns / 1'000'000'000 - seconds) * 1'000'000'000}));
}

/// Times in the texts are "@SECONDS" ago, states "@@...".
QByteArray dated(QByteArray text)
{
    for (const int seconds : {400, 395, 390, 380, 5, 1})
        text.replace("@" + QByteArray::number(seconds), ago(seconds));
    return text;
}

Answer json(const QByteArray& body)
{
    static const QByteArray resets = QByteArray::number(QDateTime::currentSecsSinceEpoch() + 1800);
    return {200, body, {{"Content-Type", "application/json"}, {"X-RateLimit-Limit", "5000"}, {"X-RateLimit-Remaining", "4990"}, {"X-RateLimit-Reset", resets}}, {}};
}

} // namespace

FakeGitHub::FakeGitHub() : server([this](const Request& request) { return answer(request); }) {}

QByteArray FakeGitHub::run() const
{
    QByteArray text = R"x({"id":77,"run_attempt":1,"run_number":42,"name":"image","path":".github/workflows/image.yml",
        "display_title":"Speed up the checkout","event":"push","head_branch":"main","head_sha":"abc","actor":{"login":"octocat"},
        "html_url":"https://github.com/acme/shop/actions/runs/77","status":@@run,"created_at":"@400","run_started_at":"@400","updated_at":"@5"})x";
    text.replace("@@run", broken ? R"("completed","conclusion":"failure")" : cancelled ? R"("completed","conclusion":"cancelled")" : R"("in_progress","conclusion":null)");
    return dated(text);
}

QByteArray FakeGitHub::jobs() const
{
    QByteArray text = R"x({"total_count":2,"jobs":[
        {"id":1,"run_id":77,"name":"build (linux/amd64)","labels":["ubuntu-24.04"],"runner_id":5,"html_url":"https://github.com/j/1",
         "created_at":"@395","started_at":"@390","status":@@amd64,"steps":[
           {"number":1,"name":"Set up job","status":"completed","conclusion":"success","started_at":"@390","completed_at":"@380"}@@more]},
        {"id":2,"run_id":77,"name":"build (linux/arm64)","labels":[@@labels],"runner_id":null,"html_url":"https://github.com/j/2",
         "created_at":"@395","started_at":null,"status":@@arm64,"steps":[]}]})x";
    text.replace("@@labels", waitsFor);
    text.replace("@@more", broken ? R"x(,{"number":2,"name":"Build and push","status":"completed","conclusion":"failure","started_at":"@380","completed_at":"@5"})x" : "");
    if (broken) {
        text.replace("@@amd64", R"("completed","conclusion":"failure","completed_at":"@5")");
        text.replace("@@arm64", R"("completed","conclusion":"cancelled","completed_at":"@1")");
    }
    const QByteArray end = R"("completed","conclusion":"cancelled","completed_at":"@1")";
    text.replace("@@amd64", cancelled ? end : QByteArray(R"("in_progress","conclusion":null,"completed_at":null)"));
    text.replace("@@arm64", cancelled ? end : QByteArray(R"("queued","conclusion":null,"completed_at":null)"));
    return dated(text);
}

Answer FakeGitHub::answer(const Request& request)
{
    if (away)
        return {503, {}, {}, {}};
    if (refused || !request.headers.value("authorization").endsWith("right-token"))
        return {401, R"({"message":"Bad credentials"})", {}, {}};
    if (auto given = before ? before(request) : std::nullopt)
        return *given;
    const QByteArray& path = request.path;
    if (path == "/user")
        return json(R"({"login":"octocat","name":"Octo Cat"})");
    if (path.endsWith("/cancel")) {
        cancelled = true;
        return {202, "{}", {}, {}};
    }
    if (path.endsWith("/runs/77/jobs"))
        return json(jobs());
    if (path.endsWith("/runs/77"))
        return json(run());
    if (path.endsWith("/actions/runs"))
        return json(R"({"total_count":1,"workflow_runs":[)" + run() + "]}");
    if (path.endsWith("/actions/workflows"))
        return json(R"({"total_count":1,"workflows":[{"id":9,"name":"image","path":".github/workflows/image.yml","state":"active","html_url":""}]})");
    if (path.endsWith("/contents/.github/workflows/image.yml"))
        return json(R"({"path":".github/workflows/image.yml","sha":"s","encoding":"base64","content":")"
                    + QByteArray("on:\n  workflow_dispatch:\n    inputs:\n      tag:\n        required: true\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: true\n").toBase64() + R"("})");
    if (path.endsWith("/repos/acme/shop"))
        return json(R"({"full_name":"acme/shop","default_branch":"main","private":false})");
    return {404, R"({"message":"Not Found"})", {}, {}};
}

} // namespace layerline::test
