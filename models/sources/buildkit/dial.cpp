#include "sources/buildkit/dial.h"

#include "sources/buildkit/child_stream.h"
#include "sources/buildkit/exec_stream.h"

#include <grpcpp/create_channel_posix.h>
#include <grpcpp/support/channel_arguments.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr int receiveLimit = 32 << 20; // BuildKit sends up to 16 MiB
constexpr std::chrono::seconds tlsLimit{3};
/// For a client that would have to get through where we did not.
constexpr std::chrono::milliseconds doubtfulAnswer{3000};

std::shared_ptr<grpc::Channel> channelOver(UniqueFd socket)
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(receiveLimit);
    // Bandwidth probes are pings, and a stand-alone buildkitd answers too many pings by hanging up.
    arguments.SetInt("grpc.http2.bdp_probe", 0);
    arguments.SetInt("grpc.http2.lookahead_bytes", 1 << 20);
    return grpc::CreateCustomInsecureChannelFromFd("buildkit", socket.release(), arguments);
}

class SocketConnection final : public Connection {
public:
    explicit SocketConnection(UniqueFd socket) { m_channel = channelOver(std::move(socket)); }
};

class ExecConnection final : public Connection {
public:
    explicit ExecConnection(std::unique_ptr<ExecStream> stream) : m_stream(std::move(stream))
    {
        m_channel = channelOver(m_stream->takeSocket());
        firstAnswer = std::chrono::milliseconds(5000);
    }
    ~ExecConnection() override { m_channel.reset(); }
    std::string lastWords() override { return m_stream->lastWords(); }

private:
    std::unique_ptr<ExecStream> m_stream;
};

/// A buildx configuration of our own with one builder of one node: dial-stdio can't choose another node, and the
/// user's last-activity notes stay as they are.
class PrivateConfig {
public:
    static Result<PrivateConfig> create(const std::string& builder, const std::string& instanceJson);
    ~PrivateConfig() { remove(); }
    PrivateConfig(PrivateConfig&& other) noexcept : m_folder(std::exchange(other.m_folder, {})) {}
    PrivateConfig& operator=(PrivateConfig&&) = delete;
    const std::string& folder() const { return m_folder; }

private:
    explicit PrivateConfig(std::string folder) : m_folder(std::move(folder)) {}
    void remove()
    {
        std::error_code ignored;
        if (!m_folder.empty())
            std::filesystem::remove_all(m_folder, ignored);
    }
    std::string m_folder;
};

bool writePrivateFile(const std::string& path, const std::string& text)
{
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return file.valid() && ::write(file.get(), text.data(), text.size()) == ssize_t(text.size());
}

Result<PrivateConfig> PrivateConfig::create(const std::string& builder, const std::string& instanceJson)
{
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code ignored;
    const std::string base = runtime && *runtime && std::filesystem::is_directory(runtime, ignored) ? runtime : "/tmp";
    std::string folder = base + "/layerline-dial-XXXXXX";
    if (!::mkdtemp(folder.data()))
        return Error{ErrorKind::Internal, "no temporary folder could be made in " + base, true};
    PrivateConfig config(folder);
    if (instanceJson.empty())
        return config;
    if (builder.empty() || builder.find('/') != std::string::npos)
        return Error{ErrorKind::BadInput, "not a builder's name: " + builder};
    if (::mkdir((folder + "/instances").c_str(), 0700) != 0 || !writePrivateFile(folder + "/instances/" + builder, instanceJson))
        return Error{ErrorKind::Internal, "the temporary folder can't be written: " + folder, true};
    return config;
}

class ChildConnection final : public Connection {
public:
    ChildConnection(ChildStream child, std::optional<PrivateConfig> config) : m_config(std::move(config)), m_child(std::move(child))
    {
        m_channel = channelOver(m_child.takeSocket());
        firstAnswer = std::chrono::milliseconds(10'000);
    }
    ~ChildConnection() override { m_channel.reset(); }
    std::string lastWords() override { return m_child.lastWords(std::chrono::milliseconds(200)); }
    void tidy() override { m_child.drain(); }

private:
    std::optional<PrivateConfig> m_config; // outlives the child
    ChildStream m_child;
};

NodeState stateOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Permission:
        return NodeState::Forbidden;
    case ErrorKind::Timeout:
        return NodeState::Hung;
    default:
        return NodeState::Down;
    }
}

DialOutcome failed(const Error& error)
{
    return {nullptr, stateOf(error), error.detail, false};
}

DialOutcome live(std::unique_ptr<Connection> connection)
{
    return {std::move(connection), NodeState::Connecting, {}, false};
}

bool plainAddress(const DialTarget& target)
{
    return !target.secured && (target.endpoint.rfind("unix://", 0) == 0 || target.endpoint.rfind("tcp://", 0) == 0);
}

/// Only of what speaks TLS itself: ssh and pods have ways of their own.
std::optional<TlsRefusal> doubtAbout(const DialTarget& target, const Interrupt& interrupt)
{
    if (!target.secured || target.endpoint.rfind("tcp://", 0) != 0)
        return {};
    return askByTls(target.endpoint, target.tls, std::chrono::steady_clock::now() + tlsLimit, interrupt);
}

DialOutcome dialChild(const DialTarget& target, const Interrupt& interrupt)
{
    // buildx boots whatever its driver can boot before it dials. These two have nothing to boot.
    if (target.driver != "docker" && target.driver != "remote")
        return {nullptr, NodeState::Unwatched, "dialling could start it", false};
    auto config = PrivateConfig::create(target.key.builder, target.instanceJson);
    if (!config)
        return failed(config.error());
    std::vector<std::string> command = target.buildxCommand;
    if (command.empty())
        return failed(Error{ErrorKind::NotFound, "neither docker buildx nor a standalone buildx is installed"});
    for (const char* argument : {"dial-stdio", "--builder"})
        command.emplace_back(argument);
    command.push_back(target.key.builder);
    std::vector<std::string> environment = target.childEnvironment;
    environment.push_back("BUILDX_CONFIG=" + config->folder());
    auto doubt = doubtAbout(target, interrupt);
    auto child = ChildStream::start(command, environment);
    if (!child)
        return failed(child.error());
    auto connection = std::make_unique<ChildConnection>(std::move(*child), std::move(*config));
    if (doubt)
        connection->firstAnswer = doubtfulAnswer;
    connection->doubt = std::move(doubt);
    return live(std::move(connection));
}

/// A container on an engine that only docker's own client can reach (ssh, TLS), a pod: what runs in one never starts it.
DialOutcome dialInside(const DialTarget& target)
{
    std::vector<std::string> command = target.execCommand;
    for (const char* argument : {"buildctl", "dial-stdio"})
        command.emplace_back(argument);
    auto child = ChildStream::start(command, target.childEnvironment);
    if (!child)
        return failed(child.error());
    return live(std::make_unique<ChildConnection>(std::move(*child), std::nullopt));
}

/// What nothing leads to that would not start it.
DialOutcome lookedAt(const DialTarget& target, Listed listed)
{
    switch (listed) {
    case Listed::NotYet:
        return {nullptr, NodeState::Connecting, "waiting for buildx ls to tell whether it runs", true};
    case Listed::Running:
        return {nullptr, NodeState::Unwatched, "it runs as far as buildx ls knows; " + target.noWay, true};
    case Listed::Stopped:
        return {nullptr, NodeState::Stopped, "not running as far as buildx ls knows; " + target.noWay, true};
    case Listed::Unknown:
        break;
    }
    return {nullptr, NodeState::Unwatched, "buildx ls does not tell whether it runs; " + target.noWay, true};
}

DialOutcome dialDirect(const DialTarget& target, SteadyTime deadline, const Interrupt& interrupt)
{
    auto socket = connectTo(target.endpoint, deadline, interrupt);
    return socket ? live(std::make_unique<SocketConnection>(std::move(*socket))) : failed(socket.error());
}

/// The engine's own BuildKit: its API hands the connection over to gRPC.
DialOutcome dialEngine(const DialTarget& target, SteadyTime deadline, const Interrupt& interrupt)
{
    auto socket = DockerApi(target.endpoint, interrupt).upgrade("/grpc", "h2c", {}, deadline);
    if (socket)
        return live(std::make_unique<SocketConnection>(std::move(*socket)));
    if (socket.error().kind == ErrorKind::Unsupported && !target.buildxCommand.empty())
        return dialChild(target, interrupt);
    return failed(socket.error());
}

DialOutcome dialContainer(const DialTarget& target, SteadyTime deadline, const Interrupt& interrupt)
{
    const DockerApi api(target.endpoint, interrupt);
    const auto state = api.container(target.container, deadline);
    if (!state)
        return failed(state.error());
    if (*state == DockerApi::ContainerState::Missing)
        return {nullptr, NodeState::Stopped, containerMissing, false};
    if (*state == DockerApi::ContainerState::Stopped)
        return {nullptr, NodeState::Stopped, containerStopped, false};
    auto stream = ExecStream::start(api, target.container, deadline);
    if (stream)
        return live(std::make_unique<ExecConnection>(std::move(*stream)));
    if (stream.error().kind == ErrorKind::NotFound)
        return {nullptr, NodeState::Stopped, stream.error().detail, false};
    return failed(stream.error());
}

} // namespace

DialOutcome dial(const DialTarget& target, Listed listed, std::chrono::milliseconds limit, const Interrupt& interrupt)
{
    const SteadyTime deadline = std::chrono::steady_clock::now() + limit;
    const bool plain = plainAddress(target);
    if (target.driver == "docker-container" && plain)
        return dialContainer(target, deadline, interrupt);
    if (!target.execCommand.empty())
        return dialInside(target);
    if (target.needsRunningCheck)
        return lookedAt(target, listed);
    if (target.driver == "docker" && plain)
        return dialEngine(target, deadline, interrupt);
    if ((target.driver == "remote" || target.driver == "bare") && plain)
        return dialDirect(target, deadline, interrupt);
    if (target.driver == "bare")
        return failed(Error{ErrorKind::BadInput, "not an address that can be dialled: " + target.endpoint});
    return dialChild(target, interrupt);
}

} // namespace layerline
