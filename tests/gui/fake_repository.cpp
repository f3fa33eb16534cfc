#include "fake_repository.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace layerline::test {

namespace {

using Answer = FaultServer::Answer;

const QString root = QStringLiteral("/repos/acme/shop");

QByteArray blobSha(const QByteArray& text) { return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex(); }

Answer json(const QJsonDocument& document, int status = 200)
{
    return {status, document.toJson(QJsonDocument::Compact), {{"Content-Type", "application/json"}, {"X-RateLimit-Limit", "5000"}, {"X-RateLimit-Remaining", "4990"}}, {}};
}
Answer json(const QJsonObject& object, int status = 200) { return json(QJsonDocument(object), status); }
Answer refused(int status, const QString& message) { return json(QJsonObject{{QStringLiteral("message"), message}}, status); }

QString queryValue(const FaultServer::Request& request, const char* name)
{
    return QUrlQuery(QString::fromUtf8(request.query)).queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

QJsonObject bodyOf(const FaultServer::Request& request) { return QJsonDocument::fromJson(request.body).object(); }

QJsonObject branchEnd(const QString& name) { return {{QStringLiteral("ref"), name}, {QStringLiteral("sha"), QStringLiteral("c0")}}; }

QJsonObject pullJson(const FakeRepository::Pull& pull)
{
    return {{QStringLiteral("number"), pull.number}, {QStringLiteral("title"), pull.title}, {QStringLiteral("state"), pull.open ? QStringLiteral("open") : QStringLiteral("closed")},
            {QStringLiteral("head"), branchEnd(pull.head)}, {QStringLiteral("base"), branchEnd(pull.base)},
            {QStringLiteral("html_url"), QStringLiteral("https://github.com/acme/shop/pull/%1").arg(pull.number)}};
}

} // namespace

FakeRepository::FakeRepository(FakeGitHub& github, Files files) : m_github(github)
{
    branches[QStringLiteral("main")] = std::move(files);
    github.before = [this](const Request& request) { return answer(request); };
}

std::optional<Answer> FakeRepository::answer(const Request& request)
{
    const QByteArray line = request.method + ' ' + request.path;
    for (int at = 0; at < faults.size(); ++at) {
        if (!line.contains(faults[at].part))
            continue;
        const int status = faults.takeAt(at).status;
        return status == 0 ? Answer{200, "{}", {}, FaultServer::Fault::Truncated} : refused(status, QStringLiteral("refused on purpose"));
    }
    const QString path = QString::fromUtf8(request.path).mid(root.size());
    std::optional<Answer> given;
    if (QString::fromUtf8(request.path) == root) {
        given = json(QJsonObject{{QStringLiteral("full_name"), QStringLiteral("acme/shop")}, {QStringLiteral("default_branch"), QStringLiteral("main")}, {QStringLiteral("private"), false},
                                 {QStringLiteral("permissions"), QJsonObject{{QStringLiteral("push"), true}}}});
        if (!scopes.isEmpty())
            given->headers.append({"X-OAuth-Scopes", scopes});
    } else if (path.startsWith(QLatin1String("/contents/")))
        given = contents(request, path.mid(10));
    else if (path.startsWith(QLatin1String("/git/")))
        given = refs(request, path);
    else if (path == QLatin1String("/pulls"))
        given = pullRequests(request);
    else if (path == QLatin1String("/commits")) {
        QJsonArray commits;
        for (const Version& version : history) {
            const QJsonObject person{{QStringLiteral("name"), QStringLiteral("Octo")}, {QStringLiteral("date"), QString::fromUtf8(version.date)}};
            commits.append(QJsonObject{{QStringLiteral("sha"), QString::fromUtf8(version.sha)},
                                       {QStringLiteral("commit"), QJsonObject{{QStringLiteral("message"), QString::fromUtf8(version.message)}, {QStringLiteral("committer"), person}, {QStringLiteral("author"), person}}}});
        }
        given = json(QJsonDocument(commits));
    } else
        given = actions(request, path);
    if (given && given->status < 300 && request.method != "GET")
        writes << QString::fromUtf8(request.method) + QLatin1Char(' ') + path;
    return given;
}

std::optional<Answer> FakeRepository::contents(const Request& request, const QString& path)
{
    const QJsonObject body = bodyOf(request);
    if (request.method == "GET") {
        const QString ref = queryValue(request, "ref");
        QByteArray text = branches.value(ref).value(path);
        for (const Version& version : history) {
            if (QString::fromUtf8(version.sha) == ref)
                text = version.text;
        }
        if (text.isEmpty())
            return refused(404, QStringLiteral("Not Found"));
        return json(QJsonObject{{QStringLiteral("path"), path}, {QStringLiteral("sha"), QString::fromUtf8(blobSha(text))}, {QStringLiteral("encoding"), QStringLiteral("base64")},
                                {QStringLiteral("content"), QString::fromUtf8(text.toBase64())}});
    }
    const QString branch = body[QStringLiteral("branch")].toString();
    if (!branches.contains(branch))
        return refused(404, QStringLiteral("Branch not found"));
    const QByteArray now = branches[branch].value(path);
    if (!now.isEmpty() && body[QStringLiteral("sha")].toString().toUtf8() != blobSha(now))
        return refused(409, QStringLiteral("is at another commit"));
    if (request.method == "DELETE")
        branches[branch].remove(path);
    else
        branches[branch][path] = QByteArray::fromBase64(body[QStringLiteral("content")].toString().toUtf8());
    return json(QJsonObject{{QStringLiteral("commit"), QJsonObject{{QStringLiteral("sha"), QStringLiteral("c1")}}}}, now.isEmpty() ? 201 : 200);
}

std::optional<Answer> FakeRepository::refs(const Request& request, const QString& path)
{
    if (request.method == "POST") {
        const QString name = bodyOf(request)[QStringLiteral("ref")].toString().mid(11); // "refs/heads/"
        if (branches.contains(name))
            return refused(422, QStringLiteral("Reference already exists"));
        branches[name] = branches[QStringLiteral("main")];
        return json(QJsonObject{{QStringLiteral("ref"), QStringLiteral("refs/heads/") + name}, {QStringLiteral("object"), QJsonObject{{QStringLiteral("sha"), QStringLiteral("c0")}}}}, 201);
    }
    const QString name = path.section(QStringLiteral("/heads/"), 1);
    if (!branches.contains(name))
        return refused(404, QStringLiteral("Not Found"));
    if (request.method == "DELETE") {
        branches.remove(name);
        for (Pull& pull : pulls)
            pull.open = pull.open && pull.head != name;
        return Answer{204, {}, {}, {}};
    }
    return json(QJsonObject{{QStringLiteral("ref"), QStringLiteral("refs/heads/") + name}, {QStringLiteral("object"), QJsonObject{{QStringLiteral("sha"), QStringLiteral("c0")}}}});
}

std::optional<Answer> FakeRepository::pullRequests(const Request& request)
{
    if (request.method == "POST") {
        const QJsonObject body = bodyOf(request);
        pulls.append({int(pulls.size()) + 1, body[QStringLiteral("head")].toString(), body[QStringLiteral("base")].toString(), body[QStringLiteral("title")].toString(),
                      body[QStringLiteral("body")].toString(), true});
        return json(pullJson(pulls.last()), 201);
    }
    QJsonArray found;
    for (const Pull& pull : pulls) {
        if (queryValue(request, "head") == QStringLiteral("acme:") + pull.head)
            found.append(pullJson(pull));
    }
    return json(QJsonDocument(found));
}

QByteArray FakeRepository::runJson(const Run& run) const
{
    QByteArray text = m_github.run();
    text.replace("\"id\":77", "\"id\":" + QByteArray::number(run.id)).replace("runs/77", "runs/" + QByteArray::number(run.id));
    text.replace("\"event\":\"push\"", "\"event\":\"workflow_dispatch\"").replace("\"head_branch\":\"main\"", "\"head_branch\":\"" + run.branch.toUtf8() + '"');
    text.replace("\"status\":\"in_progress\",\"conclusion\":null", "\"status\":\"" + run.status + "\",\"conclusion\":" + run.conclusion);
    return text;
}

std::optional<Answer> FakeRepository::actions(const Request& request, const QString& path)
{
    if (path.endsWith(QLatin1String("/dispatches"))) {
        runs.append({900 + runs.size(), bodyOf(request)[QStringLiteral("ref")].toString()});
        return json(QJsonObject{{QStringLiteral("workflow_run_id"), runs.last().id}, {QStringLiteral("html_url"), QStringLiteral("https://github.com/acme/shop/actions/runs/%1").arg(runs.last().id)}});
    }
    if (path == QLatin1String("/actions/workflows")) {
        QJsonArray list;
        for (const QString& file : branches[QStringLiteral("main")].keys())
            list.append(QJsonObject{{QStringLiteral("id"), 9 + list.size()}, {QStringLiteral("name"), file}, {QStringLiteral("path"), file}, {QStringLiteral("state"), QStringLiteral("active")}});
        return json(QJsonObject{{QStringLiteral("total_count"), list.size()}, {QStringLiteral("workflows"), list}});
    }
    for (const Run& run : runs) {
        const QString own = QStringLiteral("/actions/runs/%1").arg(run.id);
        if (path == own)
            return Answer{200, runJson(run), {{"Content-Type", "application/json"}}, {}};
        if (path == own + QLatin1String("/jobs"))
            return json(QJsonObject{{QStringLiteral("total_count"), 0}, {QStringLiteral("jobs"), QJsonArray()}});
    }
    if (!path.endsWith(QLatin1String("/runs")))
        return std::nullopt;
    const QString branch = queryValue(request, "branch");
    QByteArrayList list;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (branch.isEmpty() || run->branch == branch)
            list << runJson(*run);
    }
    if (!path.contains(QLatin1String("/workflows/")))
        list << m_github.run();
    return Answer{200, "{\"total_count\":" + QByteArray::number(list.size()) + ",\"workflow_runs\":[" + list.join(',') + "]}", {{"Content-Type", "application/json"}}, {}};
}

} // namespace layerline::test
