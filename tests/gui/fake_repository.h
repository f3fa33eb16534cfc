// Branches, files, pull requests and runs of the repository a FakeGitHub has: what a rollback reads and changes.
#pragma once

#include "fake_github.h"

#include <QMap>
#include <QStringList>

#include <optional>

namespace layerline::test {

class FakeRepository {
public:
    using Files = QMap<QString, QByteArray>;
    struct Version {
        QByteArray sha, date, message, text;
    };
    struct Pull {
        int number = 0;
        QString head, base, title, body;
        bool open = true;
    };
    struct Run {
        qint64 id = 0;
        QString branch;
        QByteArray status = "queued", conclusion = "null";
    };
    /// The next request whose "METHOD /path" holds `part` is refused; 0 breaks the connection.
    struct Fault {
        QByteArray part;
        int status = 0;
    };

    /// Branch "main" with `files`. Takes `github`'s requests from now on.
    FakeRepository(FakeGitHub& github, Files files);

    QMap<QString, Files> branches;
    QList<Version> history; ///< of every file, newest first
    QList<Pull> pulls;
    QList<Run> runs;
    QList<Fault> faults;
    QByteArray scopes; ///< of the token; none: one that has no scopes
    /// Everything that changed something and went through, as "METHOD path".
    QStringList writes;

private:
    using Answer = FaultServer::Answer;
    using Request = FaultServer::Request;
    std::optional<Answer> answer(const Request& request);
    std::optional<Answer> contents(const Request& request, const QString& path);
    std::optional<Answer> refs(const Request& request, const QString& path);
    std::optional<Answer> pullRequests(const Request& request);
    std::optional<Answer> actions(const Request& request, const QString& path);
    QByteArray runJson(const Run& run) const;

    FakeGitHub& m_github;
};

} // namespace layerline::test
