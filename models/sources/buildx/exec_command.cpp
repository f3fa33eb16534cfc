#include "sources/buildx/exec_command.h"

#include "sources/buildx/config_reader.h"

#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace layerline {

namespace {

/// Pods that do not run yet are waited for no longer than this: the answer is then that none runs.
constexpr const char* podPatience = "--pod-running-timeout=5s";

ExecCommand intoContainer(const BuilderNode& node, const BuildxEnvironment& environment)
{
    const std::string docker = environment.findProgram("docker");
    if (docker.empty())
        return {{}, "to watch a container on another machine takes the docker command, which is not on the PATH"};
    // An endpoint that is no URL names a context that docker may know although its files could not be read.
    const bool isUrl = node.endpoint.find("://") != std::string::npos;
    const std::string context = !isUrl ? node.endpoint : node.context == "default" ? std::string() : node.context;
    return {{docker, context.empty() ? "--host" : "--context", context.empty() ? node.endpoint : context, "exec", "-i", node.container}, {}};
}

/// buildx names the workload after the node; the endpoint's "deployment" only keeps endpoints apart.
ExecCommand intoPod(const BuilderInfo& builder, const BuilderNode& node, const BuildxEnvironment& environment)
{
    const QUrl endpoint(QString::fromStdString(node.endpoint));
    if (endpoint.scheme() != QLatin1String("kubernetes") || builder.instanceJson.empty())
        return {{}, "no instance file says in which cluster its pods are"};
    const std::string kubectl = environment.findProgram("kubectl");
    if (kubectl.empty())
        return {{}, "to watch pods takes kubectl, which is not on the PATH"};
    ExecCommand exec{{kubectl}, {}};
    // buildx writes a blank as '+', which QUrlQuery leaves alone.
    const QUrlQuery query(endpoint.query(QUrl::FullyEncoded).replace(QLatin1Char('+'), QLatin1String("%20")));
    const std::string config = query.queryItemValue(QStringLiteral("kubeconfig"), QUrl::FullyDecoded).toStdString();
    if (!config.empty())
        exec.command.push_back("--kubeconfig=" + config);
    const std::string space = driverOption(builder.instanceJson, node.name, "namespace");
    if (!space.empty())
        exec.command.push_back("--namespace=" + space);
    std::string workload = node.name;
    std::replace(workload.begin(), workload.end(), '_', '-');
    const bool keepsDisk = !driverOption(builder.instanceJson, node.name, "persistent-volume-claim.requests.storage").empty();
    for (const std::string& argument : {std::string("exec"), std::string("-i"), std::string(podPatience),
                                        (keepsDisk ? "statefulset/" : "deployment/") + workload, std::string("--container=buildkitd"), std::string("--")})
        exec.command.push_back(argument);
    return exec;
}

} // namespace

ExecCommand execCommandOf(const BuilderInfo& builder, const BuilderNode& node, const BuildxEnvironment& environment)
{
    const bool isUrl = node.endpoint.find("://") != std::string::npos;
    if (builder.driver == "docker-container" && (node.secured || !isUrl))
        return intoContainer(node, environment);
    if (builder.driver == "kubernetes")
        return intoPod(builder, node, environment);
    if (node.needsRunningCheck && builder.driver != "docker-container")
        return {{}, "a builder of the driver \"" + builder.driver + "\" is not dialled, for that could start it"};
    return {};
}

} // namespace layerline
