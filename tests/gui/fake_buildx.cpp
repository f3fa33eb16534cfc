#include "fake_buildx.h"

#include <QDir>
#include <QFile>

#include <chrono>

namespace layerline::test {

namespace {

// mkdir is atomic: two clients at once get two numbers.
const char* const script = R"SH(#!/bin/sh
D='%1'
number() { n=1; while ! mkdir "$D/$1/.$n" 2>/dev/null; do n=$((n+1)); done; }
note() { for a in "$@"; do printf '%s\n' "$a"; done; }
case "$1 $2" in
"bake --print")
  if test -e "$D/print-error"; then cat "$D/print-error" >&2; exit 1; fi
  note "$@" > "$D/printed"
  cat "$D/print"; exit 0;;
esac
case "$1" in
build|bake)
  number builds
  env | grep '^LAYERLINE_' > "$D/env/$n"
  for last in "$@"; do :; done
  mkdir -p "$D/buildx/refs/multi/multi0"
  printf '{"Target":"default","LocalPath":"%s","DockerfilePath":"%s/Dockerfile"}' "$last" "$last" > "$D/buildx/refs/multi/multi0/.tmp-$n"
  mv "$D/buildx/refs/multi/multi0/.tmp-$n" "$D/buildx/refs/multi/multi0/ref-$n"
  previous=
  for a in "$@"; do
    if test "$previous" = --metadata-file; then printf '{"buildx.build.ref":"multi/multi0/ref-%s"}' "$n" > "$a"; fi
    previous=$a
  done
  note "$@" > "$D/builds/.arguments-$n"
  mv "$D/builds/.arguments-$n" "$D/builds/$n"
  while ! test -e "$D/go"; do sleep 0.02; done
  if test -e "$D/status"; then echo "ERROR: $(cat "$D/why" 2>/dev/null)" >&2; exit "$(cat "$D/status")"; fi
  exit 0;;
ls) exit 0;;
esac
number other
note "$@" > "$D/other/$n"
)SH";

} // namespace

FakeBuildx::FakeBuildx(const std::string& endpoint)
{
    for (const char* name : {"bin", "builds", "env", "other", "jobs", "buildx/instances", "home"})
        QDir(m_folder.path()).mkpath(QLatin1String(name));
    write(QStringLiteral("bin/docker-buildx"), QString::fromLatin1(script).replace(QLatin1String("%1"), m_folder.path()).toUtf8());
    QFile(path(QStringLiteral("bin/docker-buildx"))).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    write(QStringLiteral("buildx/instances/multi"),
          QStringLiteral(R"({"Name":"multi","Driver":"remote","Nodes":[{"Name":"multi0","Endpoint":"%1"}]})").arg(QString::fromStdString(endpoint)).toUtf8());
    qputenv("HOME", path(QStringLiteral("home")).toUtf8());
    qputenv("PATH", (path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin")).toUtf8());
    qputenv("BUILDX_CONFIG", path(QStringLiteral("buildx")).toUtf8());
    qputenv("DOCKER_CONFIG", path(QStringLiteral("home/.docker")).toUtf8());
    qputenv("DOCKER_HOST", ("unix://" + path(QStringLiteral("none.sock"))).toUtf8());
    qputenv("BUILDX_BUILDER", "multi");
    qputenv("XDG_STATE_HOME", path(QStringLiteral("home/state")).toUtf8());
    qputenv("LAYERLINE_HISTORY", path(QStringLiteral("home/history")).toUtf8());
    for (const char* name : {"DOCKER_CONTEXT", "SSH_AUTH_SOCK", "LAYERLINE_CONFIG"})
        qunsetenv(name);
}

void FakeBuildx::write(const QString& name, const QByteArray& text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

void FakeBuildx::remove(const QString& name) const { QFile::remove(path(name)); }

QByteArray FakeBuildx::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void FakeBuildx::allow(bool allowed) const
{
    if (allowed)
        write(QStringLiteral("go"), "x");
    else
        remove(QStringLiteral("go"));
}

QStringList FakeBuildx::build(int number) const
{
    QStringList arguments = QString::fromUtf8(read(QStringLiteral("builds/%1").arg(number))).split(QLatin1Char('\n'));
    arguments.removeLast();
    return arguments;
}

int FakeBuildx::builds() const { return int(QDir(path(QStringLiteral("builds"))).entryList(QDir::Files).size()); }

bool FakeBuildx::supervise(int argc, char** argv, int& status)
{
    if (argc != 4 || qstrcmp(argv[1], "__supervise") != 0)
        return false;
    SupervisorOptions options;
    options.environment = BuildxEnvironment::fromProcess();
    options.interruptLimit = std::chrono::milliseconds(300);
    status = superviseJob(JobStore(argv[2]), argv[3], options);
    return true;
}

} // namespace layerline::test
