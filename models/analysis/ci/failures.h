// Failures that are recognised by what they print, in logs of local builds and of CI alike: one table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// A known failure. The window makes the cause's sentence from it, with `detail` behind each.
enum class FailureKind {
    NoEmulator,         ///< exec format error: the program it could not start, when named
    NoMatchForPlatform, ///< the image or platform the base is not made for
    QemuCrash,          ///< the emulated program's signal
    DiskFull,
    OutOfMemory,
    NameResolution,     ///< the name that was not found
    Proxy,
    NetworkTimeout,
    RegistryUnauthorized, ///< 401: the registry or image
    RegistryForbidden,    ///< 403
    RegistryRateLimit,    ///< 429
    AwsPermission,      ///< the action that is not allowed: "ecr:PutImage"
    AwsCredentials,     ///< no credentials, or the role can't be assumed
    MissingSecret,      ///< the secret or input
    DigestArtifact,     ///< the artifact
    ChecksumMismatch,
    DeadAction,         ///< "actions/upload-artifact: v3"
    MissingFile,        ///< what COPY or ADD should have taken: "/package.json"
};
const char* toString(FailureKind kind); ///< "no-emulator"

/// What helps. Sentences are made in the window; several may fit one failure, the likeliest first.
enum class Remedy {
    SetUpQemu, CheckBaseArchitecture, NativeRunner, PinOlderQemu, AddPlatformToBase, FreeDisk, PruneBuilder, MoreMemory, FewerJobs,
    CheckDns, CheckProxy, RetryLater, LogIn, CheckRegistryName, GrantPackagesWrite, CreateRepository, AuthenticatedPulls, RegistryMirror,
    GrantAwsAction, GrantIdToken, CheckRoleTrust, AddSecret, SecretsInForks, CheckArtifactNames, UpgradeArtifactActions, FailFastOff,
    CheckLockFile, ClearCache, UpgradeAction, PassSecret, CheckCopiedPath, CheckIgnoreFile,
};
const char* toString(Remedy remedy); ///< "set-up-qemu"

/// Where it happened: what grants a workflow's job a right is no help to somebody at a terminal.
enum class FailurePlace { Ci, Local };
std::vector<Remedy> remediesFor(FailureKind kind, FailurePlace place = FailurePlace::Ci);

struct RecognisedFailure {
    FailureKind kind = FailureKind::NoEmulator;
    std::string detail;
    std::string line;         ///< the text that told, at most 400 bytes
    std::int64_t number = 0;  ///< as given with the line
    friend bool operator==(const RecognisedFailure&, const RecognisedFailure&) = default;
};

/// An error's text without the command it quotes: in `process "/bin/sh -c ..." did not complete successfully: exit code: 1` the
/// command is the Dockerfile's text and tells nothing of what happened. Its lines may be several.
std::string withoutQuotedCommand(std::string_view error);

/// One line of a log, with or without timestamp, step number or colours.
std::optional<RecognisedFailure> recogniseFailure(std::string_view line, std::int64_t number = 0);

/// A whole log: each kind and detail once, in order. An exit code 137 counts as out of memory only when nothing else explains it.
class FailureScanner {
public:
    void add(std::string_view line, std::int64_t number);
    std::vector<RecognisedFailure> result() const;

private:
    std::vector<RecognisedFailure> m_found;
    std::optional<RecognisedFailure> m_killed;
};

} // namespace layerline
