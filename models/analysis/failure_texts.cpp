#include "analysis/failure_texts.h"

#include <QCoreApplication>
#include <QStringList>

namespace layerline {

namespace {

QString say(const char* text) { return QCoreApplication::translate("FailureTexts", text); }

/// `with` holds %1 for the detail; `without` is said when there is none.
QString choose(const std::string& detail, const char* with, const char* without)
{
    return detail.empty() ? say(without) : say(with).arg(QString::fromStdString(detail));
}

} // namespace

QString remedyText(Remedy remedy)
{
    switch (remedy) {
    case Remedy::SetUpQemu: return say(QT_TRANSLATE_NOOP("FailureTexts", "Set up QEMU before the build (docker/setup-qemu-action, or apt install qemu-user-static)."));
    case Remedy::CheckBaseArchitecture: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check that the base image and copied programs are of the platform that is built."));
    case Remedy::NativeRunner: return say(QT_TRANSLATE_NOOP("FailureTexts", "Build the platform on a native runner or node."));
    case Remedy::PinOlderQemu: return say(QT_TRANSLATE_NOOP("FailureTexts", "Pin another version of QEMU (tonistiigi/binfmt)."));
    case Remedy::AddPlatformToBase: return say(QT_TRANSLATE_NOOP("FailureTexts", "Choose a base image that is published for the platform, or leave the platform out."));
    case Remedy::FreeDisk: return say(QT_TRANSLATE_NOOP("FailureTexts", "Free disk space before the build."));
    case Remedy::PruneBuilder: return say(QT_TRANSLATE_NOOP("FailureTexts", "Clean up the builder's cache."));
    case Remedy::MoreMemory: return say(QT_TRANSLATE_NOOP("FailureTexts", "Give the machine more memory."));
    case Remedy::FewerJobs: return say(QT_TRANSLATE_NOOP("FailureTexts", "Let the compiler run fewer jobs at once."));
    case Remedy::CheckDns: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check the builder's DNS."));
    case Remedy::CheckProxy: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check the proxy settings of the builder (http_proxy, no_proxy)."));
    case Remedy::RetryLater: return say(QT_TRANSLATE_NOOP("FailureTexts", "Try again later."));
    case Remedy::LogIn: return say(QT_TRANSLATE_NOOP("FailureTexts", "Log in to the registry before the build."));
    case Remedy::CheckRegistryName: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check the image's name: a wrong one is refused the same way."));
    case Remedy::GrantPackagesWrite: return say(QT_TRANSLATE_NOOP("FailureTexts", "Grant the job packages: write."));
    case Remedy::CreateRepository: return say(QT_TRANSLATE_NOOP("FailureTexts", "Create the repository in the registry first."));
    case Remedy::AuthenticatedPulls: return say(QT_TRANSLATE_NOOP("FailureTexts", "Log in before pulling: anonymous pulls are limited."));
    case Remedy::RegistryMirror: return say(QT_TRANSLATE_NOOP("FailureTexts", "Use a registry mirror."));
    case Remedy::GrantAwsAction: return say(QT_TRANSLATE_NOOP("FailureTexts", "Allow the action in the role's policy."));
    case Remedy::GrantIdToken: return say(QT_TRANSLATE_NOOP("FailureTexts", "Grant the job id-token: write."));
    case Remedy::CheckRoleTrust: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check that the role trusts this repository and branch."));
    case Remedy::AddSecret: return say(QT_TRANSLATE_NOOP("FailureTexts", "Add the secret to the repository or environment."));
    case Remedy::SecretsInForks: return say(QT_TRANSLATE_NOOP("FailureTexts", "Runs of pull requests from forks get no secrets."));
    case Remedy::CheckArtifactNames: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check that the names of uploaded and downloaded artifacts fit."));
    case Remedy::UpgradeArtifactActions: return say(QT_TRANSLATE_NOOP("FailureTexts", "Use the same major version of upload-artifact and download-artifact."));
    case Remedy::FailFastOff: return say(QT_TRANSLATE_NOOP("FailureTexts", "Set fail-fast: false, so that one platform does not cancel the others."));
    case Remedy::CheckLockFile: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check the lock file against what the registry serves."));
    case Remedy::ClearCache: return say(QT_TRANSLATE_NOOP("FailureTexts", "Delete the cache that holds the damaged download."));
    case Remedy::UpgradeAction: return say(QT_TRANSLATE_NOOP("FailureTexts", "Use a major version of the action that still exists."));
    case Remedy::PassSecret: return say(QT_TRANSLATE_NOOP("FailureTexts", "Hand the secret to the build (--secret id=…)."));
    case Remedy::CheckCopiedPath: return say(QT_TRANSLATE_NOOP("FailureTexts", "Check the path: it starts at the context's folder, or at the root of the stage after --from."));
    case Remedy::CheckIgnoreFile: return say(QT_TRANSLATE_NOOP("FailureTexts", "See whether .dockerignore leaves it out."));
    }
    return {};
}

QString failureSentence(const RecognisedFailure& failure)
{
    const std::string& what = failure.detail;
    switch (failure.kind) {
    case FailureKind::NoEmulator:
        return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "%1 is of another architecture and there is no emulator for it."), QT_TRANSLATE_NOOP("FailureTexts", "A program of another architecture was started and there is no emulator for it."));
    case FailureKind::NoMatchForPlatform:
        return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "There is no image for this platform: %1."), QT_TRANSLATE_NOOP("FailureTexts", "The base image is not published for this platform."));
    case FailureKind::QemuCrash:
        return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The emulated program crashed in QEMU (%1)."), QT_TRANSLATE_NOOP("FailureTexts", "The emulated program crashed in QEMU."));
    case FailureKind::DiskFull: return say(QT_TRANSLATE_NOOP("FailureTexts", "The disk was full."));
    case FailureKind::OutOfMemory: return say(QT_TRANSLATE_NOOP("FailureTexts", "The memory was used up and the system ended the program."));
    case FailureKind::NameResolution:
        return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The name %1 could not be resolved."), QT_TRANSLATE_NOOP("FailureTexts", "A host's name could not be resolved."));
    case FailureKind::Proxy: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The proxy refused the connection: %1."), QT_TRANSLATE_NOOP("FailureTexts", "The proxy refused the connection."));
    case FailureKind::NetworkTimeout: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "%1 could not be reached."), QT_TRANSLATE_NOOP("FailureTexts", "A server could not be reached."));
    case FailureKind::RegistryUnauthorized:
        return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The registry wants a login for %1 (401)."), QT_TRANSLATE_NOOP("FailureTexts", "The registry wants a login (401)."));
    case FailureKind::RegistryForbidden: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The registry forbids it: %1 (403)."), QT_TRANSLATE_NOOP("FailureTexts", "The registry forbids it (403)."));
    case FailureKind::RegistryRateLimit: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "Too many pulls from %1 (429)."), QT_TRANSLATE_NOOP("FailureTexts", "Too many pulls from the registry (429)."));
    case FailureKind::AwsPermission: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "AWS does not allow %1."), QT_TRANSLATE_NOOP("FailureTexts", "AWS does not allow it."));
    case FailureKind::AwsCredentials: return say(QT_TRANSLATE_NOOP("FailureTexts", "There were no AWS credentials, or the role could not be assumed."));
    case FailureKind::MissingSecret: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The secret or input %1 is missing."), QT_TRANSLATE_NOOP("FailureTexts", "A secret is missing."));
    case FailureKind::DigestArtifact: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "The artifact %1 with a platform's digest is missing."), QT_TRANSLATE_NOOP("FailureTexts", "The artifact with a platform's digest is missing."));
    case FailureKind::ChecksumMismatch: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "A download is not what was expected: %1."), QT_TRANSLATE_NOOP("FailureTexts", "A download does not match its checksum."));
    case FailureKind::DeadAction: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "GitHub no longer runs %1."), QT_TRANSLATE_NOOP("FailureTexts", "GitHub no longer runs this version of an action."));
    case FailureKind::MissingFile: return choose(what, QT_TRANSLATE_NOOP("FailureTexts", "%1 does not exist where it is copied from."), QT_TRANSLATE_NOOP("FailureTexts", "A file does not exist where it is copied from."));
    }
    return {};
}

QString remedySentence(FailureKind kind, FailurePlace place)
{
    QStringList sentences;
    for (const Remedy remedy : remediesFor(kind, place)) {
        if (sentences.size() < 2)
            sentences << remedyText(remedy);
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace layerline
