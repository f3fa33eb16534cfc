#include "sources/fleet/fleet.h"

#include "domain/post_to.h"
#include "sources/buildkit/node_watcher.h"
#include "sources/buildx/config_reader.h"
#include "sources/buildx/exec_command.h"
#include "sources/buildx/tls_files.h"
#include "sources/buildx/local_state.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <shared_mutex>

#include <unistd.h>

namespace layerline {

namespace {

constexpr std::chrono::milliseconds publishEvery{50};

/// The environment of a dial-stdio child, without BUILDX_CONFIG (each dial has its own). `context`: the docker context
/// that is dialled, "" for a builder of another kind. buildx takes the engine of no context but the current one, so that one
/// is the child's current one; DOCKER_HOST would come before it, and is what "default" means where it is set.
std::vector<std::string> childEnvironment(const BuildxEnvironment& environment, const std::string& context)
{
    const bool byHost = context.empty() || (context == "default" && !environment.dockerHost.empty());
    const std::pair<const char*, std::string> own[] = {
        {"HOME", environment.home},
        {"PATH", environment.path},
        {"DOCKER_CONFIG", environment.dockerFolder()},
        {"DOCKER_HOST", byHost ? environment.dockerHost : std::string()},
        {"DOCKER_CONTEXT", context.empty() ? environment.dockerContext : byHost ? std::string() : context},
        {"BUILDX_CONFIG", {}},
        {"BUILDX_BUILDER", {}},
    };
    std::vector<std::string> result;
    for (char** variable = environ; variable && *variable; ++variable) {
        const std::string text = *variable;
        const std::string name = text.substr(0, text.find('='));
        if (std::none_of(std::begin(own), std::end(own), [&name](const auto& entry) { return name == entry.first; }))
            result.push_back(text);
    }
    for (const auto& [name, value] : own) {
        if (!value.empty())
            result.push_back(std::string(name) + "=" + value);
    }
    return result;
}

bool sameWay(const DialTarget& a, const DialTarget& b)
{
    DialTarget other = b;
    other.current = a.current; // where to reach it did not change
    return a == other;
}

Listed listedOf(InstanceState state)
{
    return state == InstanceState::Running ? Listed::Running : state == InstanceState::Stopped ? Listed::Stopped : Listed::Unknown;
}

bool hasFailedOrStands(NodeState state)
{
    return state != NodeState::Connecting && state != NodeState::Live;
}

} // namespace

/// What watcher threads hold instead of the fleet. Calls pass while it is open and are waited for when it closes.
struct Fleet::Gate {
    template <class Function>
    void pass(Function function)
    {
        const std::shared_lock lock(mutex);
        if (open)
            function();
    }
    void close()
    {
        const std::unique_lock lock(mutex);
        open = false;
    }
    std::shared_mutex mutex;
    bool open = true;
};

struct Fleet::Sinks {
    std::function<void(EventBatchPtr)> events;
    std::function<void(const RecordKey&, BlobKind, const BlobRef&, BlobBytes)> blob;
    std::function<bool(const RecordKey&, const BlobRef&)> have;
};

Fleet::Fleet(FleetOptions options, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_sinks(std::make_unique<Sinks>()), m_gate(std::make_shared<Gate>()),
      m_registry(std::make_shared<WorkerRegistry>()),
      m_discovery(m_options.environment, Discovery::Options{m_options.discoverBuilders, m_options.runLs})
{
    qRegisterMetaType<std::vector<NodeStatus>>();
    m_publishTimer.setSingleShot(true);
    m_publishTimer.setInterval(publishEvery);
    m_settleTimer.setSingleShot(true);
    connect(&m_publishTimer, &QTimer::timeout, this, &Fleet::publish);
    connect(&m_settleTimer, &QTimer::timeout, this, [this] {
        // Behind ssh, TLS or a cluster a child shakes hands several times before the node can say anything: those get two terms more.
        const bool slow = std::any_of(m_watchers.begin(), m_watchers.end(), [this](const auto& entry) {
            return (entry.second->target().secured || !entry.second->target().execCommand.empty()) && m_status[entry.first].state == NodeState::Connecting;
        });
        if (slow && m_settleTimer.intervalAsDuration() == m_options.settleLimit)
            m_settleTimer.start(2 * m_options.settleLimit);
        else
            settle();
    });
    connect(&m_discovery, &Discovery::changed, this, &Fleet::onBuilders);
    connect(&m_discovery, &Discovery::lsFinished, this, &Fleet::onLsFinished);
}

Fleet::~Fleet()
{
    stop();
}

void Fleet::setEventSink(std::function<void(EventBatchPtr)> sink)
{
    m_sinks->events = std::move(sink);
}

void Fleet::setBlobSink(std::function<void(const RecordKey&, BlobKind, const BlobRef&, BlobBytes)> sink)
{
    m_sinks->blob = std::move(sink);
}

void Fleet::setBlobFilter(std::function<bool(const RecordKey&, const BlobRef&)> have)
{
    m_sinks->have = std::move(have);
}

WatchSinks Fleet::sinks()
{
    // Copies, so that the threads share nothing that can change or go away.
    const auto gate = m_gate;
    const Sinks own = *m_sinks;
    WatchSinks sinks;
    if (own.events)
        sinks.events = [gate, sink = own.events](EventBatchPtr batch) { gate->pass([&] { sink(std::move(batch)); }); };
    if (own.blob) {
        sinks.blob = [gate, sink = own.blob](const RecordKey& key, BlobKind kind, const BlobRef& ref, BlobBytes bytes) {
            gate->pass([&] { sink(key, kind, ref, std::move(bytes)); });
        };
    }
    if (own.have) {
        sinks.haveBlob = [gate, have = own.have](const RecordKey& key, const BlobRef& ref) {
            bool known = false;
            gate->pass([&] { known = have(key, ref); });
            return known;
        };
    }
    sinks.state = [gate, this](const NodeStatus& status) {
        gate->pass([&] { postTo(this, [this, status] { onState(status); }); });
    };
    sinks.needStatus = [gate, this](const NodeKey&) {
        gate->pass([&] { postTo(&m_discovery, [this] { m_discovery.runLs(); }); });
    };
    sinks.localState = [environment = m_options.environment](const std::string& builder, const std::string& node, const std::string& ref) {
        std::optional<WatchSinks::LocalNote> note;
        if (auto found = readLocalState(environment, builder, node, ref))
            note = WatchSinks::LocalNote{found->builder, found->node, found->state};
        return note;
    };
    return sinks;
}

void Fleet::start()
{
    if (m_started || m_stopped)
        return;
    m_started = true;
    m_settleTimer.start(m_options.settleLimit);
    m_discovery.setAddresses(m_options.addresses);
    m_discovery.start();
    publishSoon();
    // A fleet without nodes is settled, but only once its owner can have connected.
    postTo(this, [this] { checkSettled(); });
}

bool Fleet::stop(std::chrono::milliseconds limit)
{
    if (m_stopped)
        return true;
    m_stopped = true;
    m_publishTimer.stop();
    m_settleTimer.stop();
    m_discovery.stop();
    m_gate->close();
    for (const auto& [key, watcher] : m_watchers)
        watcher->requestStop();
    const auto deadline = std::chrono::steady_clock::now() + limit;
    bool clean = true;
    const auto end = [deadline, &clean](NodeWatcher& watcher) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        clean = watcher.stop(std::max(left, std::chrono::milliseconds(0))) && clean;
    };
    for (const auto& [key, watcher] : m_watchers)
        end(*watcher);
    for (const auto& watcher : m_leaving)
        end(*watcher);
    m_watchers.clear();
    m_leaving.clear();
    return clean;
}

DialTarget Fleet::targetOf(const BuilderInfo& builder, const BuilderNode& node) const
{
    DialTarget target;
    target.key = {builder.name, node.name};
    target.driver = builder.driver;
    target.endpoint = node.endpoint;
    target.container = node.container;
    target.current = builder.current;
    target.secured = node.secured;
    if (node.secured && builder.driver != "bare") {
        const TlsFiles files = tlsFilesOf(builder, node, m_options.environment);
        target.tls = {files.authority, files.certificate, files.key, files.serverName, files.verify};
    }
    target.needsRunningCheck = node.needsRunningCheck;
    if (builder.driver == "bare")
        return target;
    if (!builder.instanceJson.empty()) {
        if (auto cut = cutInstance(builder.instanceJson, node.name))
            target.instanceJson = std::move(*cut);
    }
    target.buildxCommand = m_options.environment.buildxCommand();
    ExecCommand exec = execCommandOf(builder, node, m_options.environment);
    target.execCommand = std::move(exec.command);
    target.noWay = std::move(exec.missing);
    target.childEnvironment = childEnvironment(m_options.environment, builder.driver == "docker" ? node.context : std::string());
    return target;
}

void Fleet::startWatcher(const DialTarget& target)
{
    WatchOptions options;
    options.backgroundHistory = m_options.backgroundHistory;
    options.readDiskUsage = m_options.diskUsage;
    auto watcher = std::make_unique<NodeWatcher>(target, sinks(), m_registry, options);
    m_status[target.key] = watcher->status();
    watcher->start();
    m_watchers[target.key] = std::move(watcher);
}

void Fleet::onBuilders(const std::vector<BuilderInfo>& builders)
{
    if (m_stopped)
        return;
    m_builders = builders;
    std::set<NodeKey> wanted;
    for (const BuilderInfo& builder : builders) {
        for (const BuilderNode& node : builder.nodes) {
            const DialTarget target = targetOf(builder, node);
            wanted.insert(target.key);
            const auto known = m_watchers.find(target.key);
            if (known != m_watchers.end() && sameWay(known->second->target(), target))
                continue;
            if (known != m_watchers.end()) {
                known->second->requestStop();
                m_leaving.push_back(std::move(known->second));
            }
            startWatcher(target);
        }
    }
    for (auto at = m_watchers.begin(); at != m_watchers.end();) {
        if (wanted.count(at->first)) {
            ++at;
            continue;
        }
        at->second->requestStop();
        m_leaving.push_back(std::move(at->second));
        m_status.erase(at->first);
        at = m_watchers.erase(at);
    }
    // Those that have ended by now cost nothing to forget.
    std::erase_if(m_leaving, [](const auto& watcher) { return watcher->hasEnded(); });
    publishSoon();
}

void Fleet::onLsFinished()
{
    for (const BuilderInfo& builder : m_discovery.builders()) {
        for (const BuilderNode& node : builder.nodes) {
            const auto at = m_watchers.find({builder.name, node.name});
            if (at != m_watchers.end() && node.needsRunningCheck)
                at->second->setListed(listedOf(node.runState));
        }
    }
    checkSettled();
}

void Fleet::onState(const NodeStatus& status)
{
    const auto at = m_status.find(status.key());
    if (m_stopped || at == m_status.end())
        return;
    at->second = status;
    publishSoon();
    checkSettled();
}

void Fleet::publishSoon()
{
    if (!m_publishTimer.isActive() && !m_stopped)
        m_publishTimer.start();
}

void Fleet::publish()
{
    Q_EMIT nodesChanged(nodes());
}

void Fleet::checkSettled()
{
    if (m_settled || !m_started || m_stopped)
        return;
    for (const auto& [key, status] : m_status) {
        if (!(status.state == NodeState::Live ? status.listed : hasFailedOrStands(status.state)))
            return;
    }
    settle();
}

void Fleet::settle()
{
    if (m_settled || m_stopped)
        return;
    m_settled = true;
    m_settleTimer.stop();
    publish();
    Q_EMIT settled();
}

std::vector<NodeStatus> Fleet::nodes() const
{
    std::vector<NodeStatus> list;
    for (const BuilderInfo& builder : m_builders) {
        for (const BuilderNode& node : builder.nodes) {
            const auto at = m_status.find({builder.name, node.name});
            if (at == m_status.end())
                continue;
            list.push_back(at->second);
            list.back().current = builder.current;
            if (list.back().version.empty())
                list.back().version = node.version;
            if (const int pods = builder.driver == "kubernetes" && list.back().state == NodeState::Live ? podsOf(builder.instanceJson, node.name) : 1; pods > 1)
                list.back().reason += (list.back().reason.empty() ? "" : "; ") + ("one of " + std::to_string(pods) + " pods is shown");
        }
        if (!builder.nodes.empty())
            continue;
        // Nothing to dial, but its owner should see why.
        NodeStatus broken;
        broken.builder = builder.name;
        broken.driver = builder.driver;
        broken.current = builder.current;
        broken.state = NodeState::Down;
        broken.reason = builder.error.empty() ? "the builder has no nodes" : builder.error;
        list.push_back(std::move(broken));
    }
    return list;
}

std::vector<BuilderInfo> Fleet::builders() const
{
    return m_builders;
}

void Fleet::addAddress(const std::string& address)
{
    auto& list = m_options.addresses;
    if (std::find(list.begin(), list.end(), address) == list.end())
        list.push_back(address);
    m_discovery.setAddresses(list);
}

void Fleet::removeAddress(const std::string& address)
{
    std::erase(m_options.addresses, address);
    m_discovery.setAddresses(m_options.addresses);
}

std::function<void(Result<void>)> Fleet::onOwnThread(std::function<void(Result<void>)> done)
{
    return [gate = m_gate, this, done = std::move(done)](Result<void> result) {
        if (!done)
            return;
        gate->pass([&] { postTo(this, [done, result] { done(result); }); });
    };
}

NodeWatcher* Fleet::watcherOf(const RecordKey& key) const
{
    const auto at = std::find_if(m_watchers.begin(), m_watchers.end(), [&](const auto& entry) { return entry.second->reports(key.worker); });
    return at == m_watchers.end() ? nullptr : at->second.get();
}

void Fleet::loadDetails(const RecordKey& key, std::function<void(Result<void>)> done)
{
    const auto answer = onOwnThread(std::move(done));
    if (NodeWatcher* watcher = watcherOf(key))
        return watcher->loadDetails(key.ref, answer);
    answer(Error{ErrorKind::NotFound, "no reachable builder has the build " + key.ref, true});
}

void Fleet::changeHistory(const RecordKey& key, HistoryChange what, std::function<void(Result<void>)> done)
{
    const auto answer = onOwnThread(std::move(done));
    if (NodeWatcher* watcher = watcherOf(key))
        return watcher->changeHistory(key.ref, what, answer);
    answer(Error{ErrorKind::NotFound, "no reachable builder has the build " + key.ref, true});
}

void Fleet::refreshDiskUsage(const NodeKey& key)
{
    const auto at = m_watchers.find(key);
    if (at != m_watchers.end())
        at->second->refreshDiskUsage();
}

void Fleet::refreshAllDiskUsage()
{
    for (const auto& [key, watcher] : m_watchers)
        watcher->refreshDiskUsage();
}

void Fleet::retryNow(const NodeKey& key)
{
    const auto at = m_watchers.find(key);
    if (at != m_watchers.end())
        at->second->retryNow();
}

void Fleet::rescan()
{
    m_discovery.rescan();
    m_discovery.runLs();
}

} // namespace layerline
