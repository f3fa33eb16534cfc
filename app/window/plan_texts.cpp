#include "app/window/plan_texts.h"

#include <QCoreApplication>

namespace layerline {

namespace {

/// The translations' context; a class of its own would have no other use.
QString say(const char* text) { return QCoreApplication::translate("PlanTexts", text); }

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString candidates(const Obstacle& obstacle)
{
    QStringList names;
    for (const std::string& name : obstacle.candidates)
        names << qt(name);
    return names.join(QStringLiteral(", "));
}

} // namespace

QString gapSentence(const Missing& missing)
{
    const QString subject = qt(missing.subject);
    switch (missing.gap) {
    case Gap::CacheExports: return say(QT_TRANSLATE_NOOP("PlanTexts", "where its cache was exported to, if anywhere"));
    case Gap::Exports: return say(QT_TRANSLATE_NOOP("PlanTexts", "its tags and where its result went: this engine records no exports"));
    case Gap::OutputFolder: return say(QT_TRANSLATE_NOOP("PlanTexts", "the folder its result (%1) was written to")).arg(subject);
    case Gap::NamedContext: return say(QT_TRANSLATE_NOOP("PlanTexts", "the folder behind the named context %1")).arg(subject);
    case Gap::BakeFile: return say(QT_TRANSLATE_NOOP("PlanTexts", "the bake file: only this target (%1) is built again")).arg(subject);
    case Gap::BakeNow: return say(QT_TRANSLATE_NOOP("PlanTexts", "what the bake file said then and the variables it read: both are taken as they are now"));
    case Gap::SecretIds: return say(QT_TRANSLATE_NOOP("PlanTexts", "whether it used secrets or SSH keys"));
    case Gap::SecretSource: return say(QT_TRANSLATE_NOOP("PlanTexts", "the secret %1: it is asked for again")).arg(subject);
    case Gap::SshSource: return say(QT_TRANSLATE_NOOP("PlanTexts", "the SSH key %1: it is asked for again")).arg(subject);
    case Gap::Entitlements: return say(QT_TRANSLATE_NOOP("PlanTexts", "what it was allowed beyond the usual (entitlements)"));
    case Gap::ImageTag: return say(QT_TRANSLATE_NOOP("PlanTexts", "the image's tag: each node only pushed its own part"));
    case Gap::Attribute: return say(QT_TRANSLATE_NOOP("PlanTexts", "the attribute %1, which this version can't repeat")).arg(subject);
    case Gap::MaskedValue: return say(QT_TRANSLATE_NOOP("PlanTexts", "the secret-looking value of %1, which was not kept")).arg(subject);
    }
    return {};
}

QString obstacleSentence(const Obstacle& obstacle)
{
    const QString subject = qt(obstacle.subject);
    switch (obstacle.refusal) {
    case Refusal::NoRecord: return say(QT_TRANSLATE_NOOP("PlanTexts", "This build is known from a text only, which holds no arguments."));
    case Refusal::ContextGone: return say(QT_TRANSLATE_NOOP("PlanTexts", "The folder %1 is gone.")).arg(subject);
    case Refusal::ContextUnknown: return say(QT_TRANSLATE_NOOP("PlanTexts", "It is not known which folder to build."));
    case Refusal::ContextFromInput: return say(QT_TRANSLATE_NOOP("PlanTexts", "Its context came through a pipe, which nobody kept."));
    case Refusal::DockerfileGone: return say(QT_TRANSLATE_NOOP("PlanTexts", "%1 is gone.")).arg(subject);
    case Refusal::DockerfileFromInput: return say(QT_TRANSLATE_NOOP("PlanTexts", "Its Dockerfile came through a pipe, which nobody kept."));
    case Refusal::BuilderGone: return say(QT_TRANSLATE_NOOP("PlanTexts", "There is no builder %1 any more.")).arg(subject);
    case Refusal::NoClient: return say(QT_TRANSLATE_NOOP("PlanTexts", "There is neither docker buildx nor a buildx of its own on this machine."));
    case Refusal::BakeContext: return say(QT_TRANSLATE_NOOP("PlanTexts", "The named context %1 is the result of another bake target.")).arg(subject);
    case Refusal::SecretNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "The secret %1 is needed again.")).arg(subject);
    case Refusal::SshNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "The SSH key %1 is needed again.")).arg(subject);
    case Refusal::OutputNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "Its result (%1) was written to files, and it is not known where.")).arg(subject);
    case Refusal::ContextFolderNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "The folder of the named context %1 is not known.")).arg(subject);
    }
    return {};
}

QString obstacleHelp(const Obstacle& obstacle)
{
    switch (obstacle.refusal) {
    case Refusal::ContextGone:
    case Refusal::ContextUnknown:
    case Refusal::ContextFromInput: return say(QT_TRANSLATE_NOOP("PlanTexts", "Bring it back, or choose another folder above."));
    case Refusal::DockerfileGone:
    case Refusal::DockerfileFromInput:
        return obstacle.candidates.empty() ? say(QT_TRANSLATE_NOOP("PlanTexts", "Name another Dockerfile above."))
                                           : say(QT_TRANSLATE_NOOP("PlanTexts", "There are: %1.")).arg(candidates(obstacle));
    case Refusal::BuilderGone:
        return obstacle.candidates.empty() ? say(QT_TRANSLATE_NOOP("PlanTexts", "Make one: docker buildx create.")) : say(QT_TRANSLATE_NOOP("PlanTexts", "There are: %1.")).arg(candidates(obstacle));
    case Refusal::NoClient: return say(QT_TRANSLATE_NOOP("PlanTexts", "Install Debian's package docker-buildx or Docker's docker-buildx-plugin."));
    case Refusal::BakeContext: return say(QT_TRANSLATE_NOOP("PlanTexts", "Build the bake file instead."));
    case Refusal::SecretNeeded:
    case Refusal::SshNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "Answer above, or do without it; an answer is handed over and not kept."));
    case Refusal::OutputNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "Say it under \"More options\": type=%1,dest=FOLDER, or type=cacheonly for no result.")).arg(qt(obstacle.subject));
    case Refusal::ContextFolderNeeded: return say(QT_TRANSLATE_NOOP("PlanTexts", "Name it under \"More options\": %1=FOLDER.")).arg(qt(obstacle.subject));
    case Refusal::NoRecord: return say(QT_TRANSLATE_NOOP("PlanTexts", "Choose the build on its builder, in the history, or open its .dockerbuild file."));
    }
    return {};
}

} // namespace layerline
