// A buildx for GUI tests: a script that notes its arguments and does what files beside it say.
#pragma once

#include "sources/runner/supervisor.h"

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

#include <string>

namespace layerline::test {

/// A home, a PATH with nothing but the script and /bin, and one builder "multi" with the node "multi0" at `endpoint`.
/// The process' environment is set for good.
///
///     build...    notes its arguments in builds/N and the variables LAYERLINE_* in env/N, notes a reference "ref-N" as
///                 buildx does, waits for the file "go", ends with the status in "status" (default 0)
///     bake --print   prints the file "print", or fails with the text of "print-error"
///     anything else  notes its arguments in other/N
class FakeBuildx {
public:
    explicit FakeBuildx(const std::string& endpoint);

    QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& text) const;
    void remove(const QString& name) const;
    QByteArray read(const QString& name) const;
    /// Makes builds end; `allowed` false: those that start from now on wait.
    void allow(bool allowed = true) const;

    /// Arguments of the build that started as the N-th, from 1; empty when there was none yet.
    QStringList build(int number) const;
    int builds() const;
    QByteArray environmentOf(int number) const { return read(QStringLiteral("env/%1").arg(number)); }

    std::string jobFolder() const { return path(QStringLiteral("jobs")).toStdString(); }
    /// For the BuildRunner: this program, whose main() calls supervise().
    std::vector<std::string> supervisor() const { return {"/proc/self/exe", "__supervise", jobFolder()}; }
    /// True when this process is a supervisor; `status` is its exit status then.
    static bool supervise(int argc, char** argv, int& status);

private:
    QTemporaryDir m_folder;
};

} // namespace layerline::test
