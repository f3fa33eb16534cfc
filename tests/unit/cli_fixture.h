// The commands in the test's own process: what they print and how they end.
#pragma once

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QCoreApplication>
#include <QFile>
#include <QStringList>

#include <cstdio>
#include <unistd.h>

namespace layerline::test {

/// What goes to a descriptor goes into a file until end(), as in a shell.
class Redirected {
public:
    Redirected(int descriptor, const QString& path) : m_descriptor(descriptor), m_path(path), m_kept(dup(descriptor))
    {
        std::fflush(nullptr);
        FILE* file = std::fopen(qPrintable(path), "w");
        dup2(fileno(file), descriptor);
        std::fclose(file);
    }
    ~Redirected() { end(); }
    QByteArray end()
    {
        if (m_kept >= 0) {
            std::fflush(nullptr);
            dup2(m_kept, m_descriptor);
            close(m_kept);
            m_kept = -1;
        }
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    int m_descriptor;
    QString m_path;
    int m_kept;
};

/// The user's folders, and no docker of this machine's, for a test that runs commands.
inline void useHome(const QTemporaryDir& home)
{
    qputenv("HOME", home.path().toUtf8());
    for (const char* name : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "BUILDX_CONFIG", "DOCKER_CONFIG"})
        qputenv(name, home.filePath(QString::fromLatin1(name).toLower()).toUtf8());
    qputenv("DOCKER_HOST", "unix:///none");
    for (const char* name : {"LAYERLINE_CONFIG", "LAYERLINE_HISTORY", "DOCKER_CONTEXT", "BUILDX_BUILDER"})
        qunsetenv(name);
}

struct Told {
    int status = -1;
    QByteArray out, err;
    nlohmann::json json() const { return nlohmann::json::parse(out.begin(), out.end(), nullptr, false); }
};

/// Runs a command; `folder` is where its output is kept meanwhile.
inline Told told(int (*tool)(QCoreApplication&, const QStringList&), const QStringList& arguments, const QString& folder)
{
    Told result;
    Redirected out(STDOUT_FILENO, folder + QStringLiteral("/out")), err(STDERR_FILENO, folder + QStringLiteral("/err"));
    result.status = tool(*qApp, arguments);
    result.out = out.end();
    result.err = err.end();
    return result;
}

} // namespace layerline::test
