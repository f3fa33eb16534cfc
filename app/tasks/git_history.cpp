#include "app/tasks/git_history.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace layerline {

namespace {

constexpr int patience = 20'000; // ms

Result<QByteArray> git(const QString& folder, const QStringList& arguments)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("git"));
    if (program.isEmpty())
        return Error{ErrorKind::NotFound, "git is not installed", false};
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Nothing git runs here needs them.
    for (const char* secret : {"GH_TOKEN", "GITHUB_TOKEN"})
        environment.remove(QString::fromLatin1(secret));
    environment.insert(QStringLiteral("GIT_OPTIONAL_LOCKS"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, QStringList{QStringLiteral("--no-pager")} + arguments);
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished(1000);
        return Error{ErrorKind::Timeout, "git does not answer", true};
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        const QByteArray said = process.readAllStandardError().trimmed();
        return Error{ErrorKind::NotFound, "git: " + said.left(said.indexOf('\n')).toStdString(), false};
    }
    return process.readAllStandardOutput();
}

} // namespace

Result<FileVersion> findVersion(const QString& folder, const QString& file, const std::function<bool(const FileVersion&)>& wanted, int most)
{
    const auto log = git(folder, {QStringLiteral("log"), QStringLiteral("--max-count=%1").arg(most), QStringLiteral("--format=%H%x09%cI%x09%s"),
                                  QStringLiteral("--"), file});
    if (!log)
        return log.error();
    for (const QByteArray& line : log->split('\n')) {
        const QList<QByteArray> parts = line.split('\t');
        if (parts.size() < 3)
            continue;
        // A commit that took the file away has none.
        const auto text = git(folder, {QStringLiteral("show"), QString::fromLatin1(parts[0]) + QStringLiteral(":./") + file});
        if (!text)
            continue;
        FileVersion version{parts[0].toStdString(), parts[1].toStdString(), parts.mid(2).join('\t').toStdString(), text->toStdString()};
        if (wanted(version))
            return version;
    }
    return Error{ErrorKind::NotFound, "no earlier version of " + file.toStdString() + " fits", false};
}

} // namespace layerline
