// A buildkitd in this process, on a unix socket, that does what it is told: also what a sound one never does.
#pragma once

#include "control.grpc.pb.h"
#include "content.grpc.pb.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace layerline::test {

namespace bk = moby::buildkit::v1;

/// Thread safe. Its builds stay while it is down, as a real engine's finished ones do.
class FakeBuildkitd {
public:
    explicit FakeBuildkitd(std::string socketPath, std::string worker = "worker-1");
    ~FakeBuildkitd();

    void start();
    /// Breaks all connections at once, as a killed process does.
    void kill();
    /// Answers nothing and sends nothing until thawed; connections stay.
    void freeze(bool frozen);

    const std::string& socketPath() const { return m_path; }
    std::string address() const { return "unix://" + m_path; }

    // The engine's state.
    void setInfoStatus(int grpcCode);            ///< 0 = answers normally
    void setHistorySupported(bool supported);
    void setWorker(std::string id);
    void setClockOffset(std::chrono::milliseconds offset); ///< of the timestamp header
    /// `created`: seconds after 1970, 0 = not told.
    void addDiskRecord(const std::string& id, const std::string& description, std::int64_t size, double created = 0);

    /// Tells all listeners, and whoever comes later.
    void publish(bk::BuildHistoryEventType type, const bk::BuildHistoryRecord& record);
    /// Keeps a finished build's record and tells only those who ask from now on.
    void keep(const bk::BuildHistoryRecord& record);
    /// Forgets a record without a word (an engine killed while it was building).
    void forget(const std::string& ref);
    void addStatus(const std::string& ref, const bk::StatusResponse& response);
    void endStatus(const std::string& ref);
    /// Ends the status streams of a build with an error; later ones start from the beginning.
    void breakStatus(const std::string& ref);
    bk::Descriptor addBlob(const std::string& bytes, const std::string& mediaType);
    /// A blob whose bytes are not what its digest says.
    bk::Descriptor addCorruptBlob(const std::string& mediaType);

    int statusCalls(const std::string& ref) const;
    int infoCalls() const;
    int historyCalls() const;
    int listeners() const;       ///< endless history streams that are open
    int blobReads() const;
    /// Requests to change the history, in order: "pin REF", "unpin REF", "delete REF".
    std::vector<std::string> historyChanges() const;

private:
    struct State;
    class Service;
    class ContentService;
    std::string m_path;
    std::shared_ptr<State> m_state;
    struct Server;
    std::unique_ptr<Server> m_server;
};

/// Messages in one line each. Times are seconds after an arbitrary epoch.
bk::BuildHistoryRecord record(const std::string& ref, double created = 1, double completed = 0, int generation = 0);
bk::StatusResponse vertex(const std::string& digest, const std::string& name, double started = 0, double completed = 0);
bk::StatusResponse logLines(const std::string& digest, int first, int count);
/// The blob a builder keeps of a finished build's stream.
std::string storedLog(const std::vector<bk::StatusResponse>& messages);

} // namespace layerline::test
