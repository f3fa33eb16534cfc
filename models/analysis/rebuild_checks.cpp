// What stands in the way of a plan, and the sentences about it.
#include "analysis/rebuild_plan.h"

#include <algorithm>
#include <string_view>

namespace layerline {

namespace {

using Path = RebuildChecks::Path;

void checkPlace(const BuildPlan& plan, const RebuildChecks& checks, std::vector<Obstacle>& out)
{
    if (plan.bake) {
        if (!plan.workingDirectory.empty() && checks.path && checks.path(plan.workingDirectory) != Path::Folder)
            out.push_back({Refusal::ContextGone, plan.workingDirectory, {}});
        for (const std::string& file : plan.bake->files) {
            if (!isRemoteContext(file) && file != "-" && checks.path && checks.path(file) == Path::Missing)
                out.push_back({Refusal::DockerfileGone, file, {}});
        }
        return;
    }
    if (plan.context.empty()) {
        out.push_back({Refusal::ContextUnknown, {}, {}});
        return;
    }
    if (plan.context == "-") {
        out.push_back({Refusal::ContextFromInput, {}, {}});
        return;
    }
    if (plan.dockerfile == "-")
        out.push_back({Refusal::DockerfileFromInput, {}, {}});
    if (plan.remoteContext() || !checks.path)
        return;
    if (checks.path(plan.context) != Path::Folder) {
        out.push_back({Refusal::ContextGone, plan.context, {}});
        return;
    }
    const std::string file = plan.dockerfile.empty() ? plan.context + "/Dockerfile" : plan.dockerfile;
    if (file != "-" && !isRemoteContext(file) && checks.path(file) != Path::File)
        out.push_back({Refusal::DockerfileGone, file, checks.dockerfiles ? checks.dockerfiles(plan.context) : std::vector<std::string>{}});
}

void checkSecrets(const BuildPlan& plan, const RebuildChecks& checks, std::vector<Obstacle>& out)
{
    const auto isSet = [&](const std::string& name) { return checks.variable && checks.variable(name); };
    for (const PlanSecret& secret : plan.secrets) {
        const bool there = !secret.file.empty() ? !checks.path || checks.path(secret.file) == Path::File : !secret.env.empty() && isSet(secret.env);
        if (!there)
            out.push_back({Refusal::SecretNeeded, secret.id, {}});
    }
    for (const PlanSsh& key : plan.ssh) {
        if (key.paths.empty() && !isSet("SSH_AUTH_SOCK"))
            out.push_back({Refusal::SshNeeded, key.id, {}});
    }
}

} // namespace

std::vector<Obstacle> obstaclesOf(const BuildPlan& plan, const RebuildChecks& checks)
{
    std::vector<Obstacle> out;
    if (!checks.client)
        out.push_back({Refusal::NoClient, {}, {}});
    checkPlace(plan, checks, out);
    if (checks.builders && !plan.builder.empty() && std::find(checks.builders->begin(), checks.builders->end(), plan.builder) == checks.builders->end())
        out.push_back({Refusal::BuilderGone, plan.builder, *checks.builders});
    for (const auto& [name, value] : plan.contexts) {
        const bool folder = !value.empty() && value.front() == '/';
        if (folder && checks.path && checks.path(value) != Path::Folder)
            out.push_back({Refusal::ContextFolderNeeded, name, {}});
    }
    checkSecrets(plan, checks, out);
    return out;
}

namespace {

/// Gone, or never there: a new build gets it, too.
std::string noFileText(const std::string& path)
{
    constexpr std::string_view usual = "/Dockerfile";
    if (path.size() > usual.size() && path.compare(path.size() - usual.size(), usual.size(), usual) == 0)
        return "there is no Dockerfile in " + path.substr(0, path.size() - usual.size());
    return "there is no file " + path;
}

} // namespace

std::string missingText(const Missing& missing)
{
    const std::string& subject = missing.subject;
    switch (missing.gap) {
    case Gap::CacheExports: return "cache exports are not recorded: add --cache-to if the build had one";
    case Gap::Exports: return "no export is recorded (Docker 26 notes none): the image is not tagged and not pushed, add -t and --push if it was";
    case Gap::OutputFolder: return "where the " + subject + " export went is not recorded";
    case Gap::NamedContext: return "what was behind the named context \"" + subject + "\" is not recorded";
    case Gap::BakeFile: return "it was the bake target \"" + subject + "\"; the bake file is not recorded, the target is built as its record says";
    case Gap::BakeNow: return "what the bake file said then, and the variables it read: both are taken as they are now";
    case Gap::SecretIds: return "the build left no provenance: whether it used secrets or ssh keys is not known";
    case Gap::SecretSource: return "the value of the secret \"" + subject + "\" is never kept";
    case Gap::SshSource: return "the ssh key \"" + subject + "\" is never kept";
    case Gap::Entitlements: return "entitlements (--allow) are not recorded";
    case Gap::ImageTag: return "it was pushed from several nodes by digest: its tag is in no record, nothing is pushed";
    case Gap::Attribute: return "the attribute \"" + subject + "\" can't be repeated";
    case Gap::MaskedValue: return "the secret-looking value of " + subject + " was not kept";
    }
    return {};
}

std::string reasonText(const Obstacle& obstacle)
{
    const std::string& subject = obstacle.subject;
    switch (obstacle.refusal) {
    case Refusal::NoRecord: return "\"" + subject + "\" has no record of its arguments";
    case Refusal::ContextGone: return "the context folder is gone: " + subject;
    case Refusal::ContextUnknown: return subject.empty() ? "the context is not known: the build was started on another machine" : subject + " is not known";
    case Refusal::ContextFromInput: return "the context came from standard input and was not kept";
    case Refusal::DockerfileGone: return noFileText(subject);
    case Refusal::DockerfileFromInput: return "the Dockerfile came from standard input and was not kept";
    case Refusal::BuilderGone: return "there is no builder \"" + subject + "\" any more";
    case Refusal::NoClient: return "neither docker buildx nor a standalone buildx is installed";
    case Refusal::BakeContext: return "the named context \"" + subject + "\" is the result of another bake target";
    case Refusal::SecretNeeded: return "the secret \"" + subject + "\" is needed again";
    case Refusal::SshNeeded: return "the ssh key \"" + subject + "\" is needed again";
    case Refusal::OutputNeeded: return "where the " + subject + " export should go is not known";
    case Refusal::ContextFolderNeeded: return "the folder of the named context \"" + subject + "\" is needed";
    }
    return {};
}

std::string helpText(const Obstacle& obstacle)
{
    const std::string& subject = obstacle.subject;
    std::string found;
    for (const std::string& candidate : obstacle.candidates)
        found += (found.empty() ? "" : ", ") + candidate;
    switch (obstacle.refusal) {
    case Refusal::NoRecord: return "give the reference of a build on a builder or in the history, or a .dockerbuild file";
    case Refusal::ContextGone: return "bring the folder back, or give another with --context DIR";
    case Refusal::ContextUnknown: return subject.empty() ? "give the folder with --context DIR" : "repeat one target without --whole-call";
    case Refusal::ContextFromInput: return "unpack it into a folder and give that with --context DIR";
    case Refusal::DockerfileGone: return found.empty() ? "put it there, or give another with --file FILE" : "give it with --file FILE; found: " + found;
    case Refusal::DockerfileFromInput: return "save it and give it with --file FILE";
    case Refusal::BuilderGone: return found.empty() ? "make one: docker buildx create --name " + subject : "choose another with --builder NAME; there are: " + found;
    case Refusal::NoClient: return "install the package docker-buildx (Debian) or docker-buildx-plugin (Docker)";
    case Refusal::BakeContext: return "repeat the whole bake call with --whole-call, or give a folder or image with --build-context " + subject + "=...";
    case Refusal::SecretNeeded: return "give it with --secret id=" + subject + ",env=VARIABLE or --secret id=" + subject + ",src=FILE; if it did without, --without-secret " + subject;
    case Refusal::SshNeeded: return "start an ssh agent, or give it with --ssh " + subject + "=SOCKET";
    case Refusal::OutputNeeded: return "give it with --output type=" + subject + ",dest=PATH";
    case Refusal::ContextFolderNeeded: return "give it with --build-context " + subject + "=DIR";
    }
    return {};
}

} // namespace layerline
