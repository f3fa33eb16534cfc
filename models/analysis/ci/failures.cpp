#include "analysis/ci/failures.h"

#include <algorithm>
#include <cctype>

namespace layerline {

namespace {

using Kind = FailureKind;
using Words = std::vector<const char*>;

/// All of `all`, one of `any` (when there are some) and none of `none`, in lower case. `detail` picks what the failure is about.
struct Rule {
    Kind kind;
    Words all, any, none;
    std::string (*detail)(std::string_view line, std::string_view lower);
};

std::string nothing(std::string_view, std::string_view)
{
    return {};
}

std::string_view wordAt(std::string_view line, std::size_t begin)
{
    while (begin < line.size() && std::string_view(" \t\"'`:=(").find(line[begin]) != std::string_view::npos)
        ++begin;
    std::size_t end = begin;
    while (end < line.size() && std::string_view(" \t\"'`,;)").find(line[end]) == std::string_view::npos)
        ++end;
    std::string_view word = line.substr(begin, end - begin);
    while (!word.empty() && (word.back() == ':' || word.back() == '.'))
        word.remove_suffix(1);
    return word;
}

std::string after(std::string_view line, std::string_view lower, std::initializer_list<const char*> marks)
{
    for (const char* mark : marks) {
        const std::size_t at = lower.find(mark);
        if (at != std::string_view::npos)
            return std::string(wordAt(line, at + std::string_view(mark).size()));
    }
    return {};
}

std::string program(std::string_view line, std::string_view lower) { return lower.find("exec user process") == std::string_view::npos ? after(line, lower, {"exec "}) : std::string(); }
/// "python:3.7: no match for platform in manifest sha256:...": the image, for the digest tells nobody anything.
std::string platform(std::string_view line, std::string_view lower)
{
    const std::size_t mark = lower.find(": no match for platform in manifest");
    if (mark == std::string_view::npos)
        return after(line, lower, {"no matching manifest for ", "does not provide the specified platform "});
    const std::size_t space = line.find_last_of(" \t", mark);
    return std::string(wordAt(line.substr(0, mark), space == std::string_view::npos ? 0 : space));
}
std::string quotedPath(std::string_view line, std::string_view)
{
    const std::size_t begin = line.find("\"/") + 1;
    return std::string(line.substr(begin, line.find('"', begin) - begin));
}
std::string signalName(std::string_view line, std::string_view lower) { return after(line, lower, {"uncaught target signal "}); }
std::string host(std::string_view line, std::string_view lower) { return after(line, lower, {"could not resolve host", "lookup ", "failure resolving ", "eai_again ", "enotfound ", "unknown host "}); }
std::string image(std::string_view line, std::string_view lower)
{
    return after(line, lower, {"failed to push ", "failed to resolve source metadata for ", "failed to authorize: failed to fetch oauth token: ", "error from registry at "});
}
std::string awsAction(std::string_view line, std::string_view lower) { return after(line, lower, {"not authorized to perform"}); }
std::string secret(std::string_view line, std::string_view lower) { return after(line, lower, {"input required and not supplied", "secret "}); }
std::string artifact(std::string_view line, std::string_view lower) { return after(line, lower, {"artifact not found for name", "not found for pattern", "matching pattern", "provided path"}); }
std::string action(std::string_view line, std::string_view lower) { return after(line, lower, {"deprecated version of "}); }

/// The first rule that fits counts: the more telling ones stand first.
const std::vector<Rule>& rules()
{
    static const std::vector<Rule> table{
        {Kind::DeadAction, {"automatically failed", "deprecated version of"}, {}, {}, action},
        {Kind::QemuCrash, {"qemu: uncaught target signal"}, {}, {}, signalName},
        {Kind::QemuCrash, {"qemu-"}, {"unhandled cpu exception", "internal error", "assertion failed"}, {}, nothing},
        {Kind::NoEmulator, {"exec format error"}, {}, {}, program},
        {Kind::NoEmulator, {".buildkit_qemu_emulator"}, {"invalid elf", "no such file"}, {}, nothing},
        {Kind::NoMatchForPlatform, {}, {"no match for platform in manifest", "no matching manifest for", "does not provide the specified platform"}, {}, platform},
        {Kind::DiskFull, {}, {"no space left on device", "enospc", "disk quota exceeded"}, {}, nothing},
        {Kind::OutOfMemory, {}, {"cannot allocate memory", "out of memory", "outofmemoryerror", "signal: killed", "killed signal terminated program", "std::bad_alloc", "oomkilled"},
         {"out of memory killer disabled"}, nothing},
        {Kind::AwsPermission, {"not authorized to perform"}, {"ecr:", "ecr-public:"}, {}, awsAction},
        {Kind::AwsCredentials, {"not authorized to perform", "sts:assumerole"}, {}, {}, awsAction},
        {Kind::AwsCredentials, {}, {"credentials could not be loaded", "no basic auth credentials", "unable to locate credentials", "the security token included in the request is"}, {}, nothing},
        {Kind::MissingSecret, {}, {"input required and not supplied", "username and password required", "password required"}, {}, secret},
        {Kind::MissingSecret, {"secret"}, {": not found", "is required, but not provided"}, {"secret scanning"}, secret},
        {Kind::DigestArtifact, {}, {"artifact not found for name", "no artifacts found", "unable to find any artifacts"}, {}, artifact},
        {Kind::DigestArtifact, {"no files were found with the provided path", "digest"}, {}, {}, artifact},
        {Kind::DigestArtifact, {"@sha256:*"}, {"invalid reference format", "could not parse"}, {}, nothing},
        {Kind::RegistryRateLimit, {}, {"429 too many requests", "toomanyrequests", "you have reached your pull rate limit", "you have reached your unauthenticated pull rate limit"}, {}, image},
        {Kind::Proxy, {}, {"proxyconnect tcp", "407 proxy authentication required", "could not resolve proxy", "proxy error", "tunneling socket could not be established"}, {}, nothing},
        {Kind::NameResolution, {}, {"temporary failure in name resolution", "no such host", "could not resolve host", "temporary failure resolving", "getaddrinfo eai_again", "getaddrinfo enotfound",
                                    "name or service not known", "server misbehaving", "unknownhostexception"}, {}, host},
        {Kind::RegistryUnauthorized, {}, {"401 unauthorized", "unauthorized: authentication required", "incorrect username or password", "unauthorized: incorrect"},
         {"api.github.com"}, image},
        {Kind::RegistryForbidden, {}, {"403 forbidden"}, {"api.github.com", "apt", "deb."}, image},
        {Kind::RegistryForbidden, {}, {"denied: requested access to the resource is denied", "permission_denied: write_package", "denied: installation not allowed", "insufficient_scope: authorization failed",
                                       "denied: permission_denied"}, {}, image},
        {Kind::ChecksumMismatch, {}, {"unexpected commit digest", "checksum mismatch", "do not match the hashes", "hash sum mismatch", "digest mismatch", "computed checksum did not match", "integrity checksum failed",
                                      "eintegrity", "did not match expected checksum"}, {"no checksum mismatch"}, nothing},
        {Kind::MissingFile, {"\"/", "not found"}, {"failed to calculate checksum of ref", "failed to compute cache key"}, {}, quotedPath},
        {Kind::NetworkTimeout, {}, {"tls handshake timeout", "dial tcp", "connection reset by peer", "etimedout", "connection timed out"}, {}, nothing},
    };
    return table;
}

/// Colours, and the timestamp GitHub puts before each line.
std::string plainText(std::string_view line)
{
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\x1b' && i + 1 < line.size() && line[i + 1] == '[') {
            for (i += 2; i < line.size() && !std::isalpha(static_cast<unsigned char>(line[i])); ++i) {
            }
        } else if (line[i] != '\r' && line[i] != '\n') {
            text += line[i];
        }
    }
    return text;
}

/// A line of a script being shown, or of a test's name, tells nothing: "RUN ... || echo no space left on device".
bool quotesCode(std::string_view lower)
{
    std::size_t at = 0;
    if (lower.size() > 28 && lower[4] == '-' && lower[10] == 't' && lower.find("z ") < 30)
        at = lower.find("z ") + 2;
    const std::string_view rest = lower.substr(at);
    if (rest.rfind("##[command]", 0) == 0 || rest.rfind("##[group]", 0) == 0 || rest.rfind("+ ", 0) == 0 || rest.rfind("[command]", 0) == 0)
        return true;
    // "#12 [linux/arm64 3/4] RUN ...": the name of a step.
    return rest.rfind("#", 0) == 0 && rest.find(" [") < 6 && rest.find("] run ") != std::string_view::npos;
}

bool fits(const Rule& rule, std::string_view lower)
{
    const auto has = [&](const char* word) { return lower.find(word) != std::string_view::npos; };
    return std::all_of(rule.all.begin(), rule.all.end(), has) && (rule.any.empty() || std::any_of(rule.any.begin(), rule.any.end(), has))
           && std::none_of(rule.none.begin(), rule.none.end(), has);
}

constexpr std::size_t longestLine = 4000; // of a minified file that is printed nothing is to be read

} // namespace

std::string withoutQuotedCommand(std::string_view error)
{
    constexpr std::string_view opening = "process \"", closing = "\" did not complete successfully";
    std::string text(error);
    const std::size_t begin = text.find(opening), end = text.rfind(closing);
    if (begin != std::string::npos && end != std::string::npos && end > begin + opening.size())
        text.erase(begin + opening.size(), end - begin - opening.size());
    return text;
}

std::optional<RecognisedFailure> recogniseFailure(std::string_view line, std::int64_t number)
{
    const std::string text = plainText(withoutQuotedCommand(line.substr(0, longestLine)));
    std::string lower = text;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (quotesCode(lower))
        return std::nullopt;
    for (const Rule& rule : rules()) {
        if (fits(rule, lower))
            return RecognisedFailure{rule.kind, rule.detail(text, lower), text.substr(0, 400), number};
    }
    return std::nullopt;
}

void FailureScanner::add(std::string_view line, std::int64_t number)
{
    if (auto found = recogniseFailure(line, number)) {
        const bool known = std::any_of(m_found.begin(), m_found.end(), [&](const RecognisedFailure& f) { return f.kind == found->kind && f.detail == found->detail; });
        if (!known)
            m_found.push_back(std::move(*found));
    } else if (!m_killed && line.find("exit code: 137") != std::string_view::npos) {
        m_killed = RecognisedFailure{Kind::OutOfMemory, {}, plainText(line).substr(0, 400), number};
    }
}

std::vector<RecognisedFailure> FailureScanner::result() const
{
    // 137 is SIGKILL: the kernel's answer to too much memory, but a cancelled step dies of it too.
    return m_found.empty() && m_killed ? std::vector<RecognisedFailure>{*m_killed} : m_found;
}

const char* toString(FailureKind kind)
{
    static const char* const names[] = {"no-emulator", "no-match-for-platform", "qemu-crash", "disk-full", "out-of-memory", "name-resolution",
                                        "proxy", "network-timeout", "registry-unauthorized", "registry-forbidden", "registry-rate-limit", "aws-permission",
                                        "aws-credentials", "missing-secret", "digest-artifact", "checksum-mismatch", "dead-action", "missing-file"};
    static_assert(std::size(names) == std::size_t(Kind::MissingFile) + 1);
    return names[int(kind)];
}

const char* toString(Remedy remedy)
{
    static const char* const names[] = {
        "set-up-qemu", "check-base-architecture", "native-runner", "pin-older-qemu", "add-platform-to-base", "free-disk", "prune-builder", "more-memory", "fewer-jobs",
        "check-dns", "check-proxy", "retry-later", "log-in", "check-registry-name", "grant-packages-write", "create-repository", "authenticated-pulls", "registry-mirror",
        "grant-aws-action", "grant-id-token", "check-role-trust", "add-secret", "secrets-in-forks", "check-artifact-names", "upgrade-artifact-actions", "fail-fast-off",
        "check-lock-file", "clear-cache", "upgrade-action", "pass-secret", "check-copied-path", "check-ignore-file"};
    static_assert(std::size(names) == std::size_t(Remedy::CheckIgnoreFile) + 1);
    return names[int(remedy)];
}

std::vector<Remedy> remediesFor(FailureKind kind, FailurePlace place)
{
    if (place == FailurePlace::Local) {
        switch (kind) {
        case Kind::RegistryUnauthorized: return {Remedy::LogIn, Remedy::CheckRegistryName};
        case Kind::RegistryForbidden: return {Remedy::LogIn, Remedy::CheckRegistryName, Remedy::CreateRepository};
        case Kind::AwsCredentials: return {Remedy::LogIn};
        case Kind::MissingSecret: return {Remedy::PassSecret};
        case Kind::DiskFull: return {Remedy::PruneBuilder, Remedy::FreeDisk};
        default: break;
        }
    }
    switch (kind) {
    case Kind::NoEmulator: return {Remedy::SetUpQemu, Remedy::CheckBaseArchitecture, Remedy::NativeRunner};
    case Kind::NoMatchForPlatform: return {Remedy::AddPlatformToBase, Remedy::CheckBaseArchitecture};
    case Kind::QemuCrash: return {Remedy::NativeRunner, Remedy::PinOlderQemu};
    case Kind::DiskFull: return {Remedy::FreeDisk, Remedy::PruneBuilder};
    case Kind::OutOfMemory: return {Remedy::FewerJobs, Remedy::MoreMemory};
    case Kind::NameResolution: return {Remedy::CheckDns, Remedy::CheckProxy, Remedy::RetryLater};
    case Kind::Proxy: return {Remedy::CheckProxy};
    case Kind::NetworkTimeout: return {Remedy::RetryLater, Remedy::CheckProxy, Remedy::RegistryMirror};
    case Kind::RegistryUnauthorized: return {Remedy::LogIn, Remedy::AddSecret};
    case Kind::RegistryForbidden: return {Remedy::GrantPackagesWrite, Remedy::CheckRegistryName, Remedy::CreateRepository};
    case Kind::RegistryRateLimit: return {Remedy::AuthenticatedPulls, Remedy::RegistryMirror, Remedy::RetryLater};
    case Kind::AwsPermission: return {Remedy::GrantAwsAction};
    case Kind::AwsCredentials: return {Remedy::GrantIdToken, Remedy::CheckRoleTrust, Remedy::LogIn};
    case Kind::MissingSecret: return {Remedy::AddSecret, Remedy::SecretsInForks};
    case Kind::DigestArtifact: return {Remedy::CheckArtifactNames, Remedy::UpgradeArtifactActions, Remedy::FailFastOff};
    case Kind::ChecksumMismatch: return {Remedy::CheckLockFile, Remedy::ClearCache, Remedy::RetryLater};
    case Kind::DeadAction: return {Remedy::UpgradeAction};
    case Kind::MissingFile: return {Remedy::CheckCopiedPath, Remedy::CheckIgnoreFile};
    }
    return {};
}

} // namespace layerline
