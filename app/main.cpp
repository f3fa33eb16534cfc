// Layerline: dashboard for multi-architecture container builds.
#include "app/cli/cli.h"
#include "app/gui.h"
#include "sources/github/github_environment.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace {

/// Build logs and arguments may hold secrets: no core dump, and no other process of the user may read our memory.
void harden()
{
#ifdef NDEBUG
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

using namespace layerline;

int run(int argc, char** argv)
{
    gitHubEnvironment(); // takes the token out of what children inherit
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const auto parsed = parseCommandLine(arguments);
    if (!parsed) {
        printError(parsed.error());
        return ExitUsage;
    }
    const Command& command = parsed.value();
    switch (command.verb) {
    case Verb::Help:
        std::fputs(command.helpText.toUtf8().constData(), stdout);
        return ExitOk;
    case Verb::Version:
        std::printf("layerline %s\n", versionText());
        return ExitOk;
    case Verb::Window:
    case Verb::Demo:
    case Verb::Shot:
        return runGui(argc, argv, command);
    default: {
        QCoreApplication app(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral("layerline"));
        return runCli(app, command);
    }
    }
}

} // namespace

int main(int argc, char** argv)
{
    harden();
    const int code = run(argc, argv);
    // A script must not take half a document, cut short by a full disk, for a whole one.
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return code;
    printError({ErrorKind::Permission, "the output could not be written", false});
    return code == ExitOk ? ExitProblem : code;
}
