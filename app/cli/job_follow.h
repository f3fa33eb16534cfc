// Waits for a job of ours in a terminal: prints what its clients say, ends with the job.
#pragma once

#include "domain/build_set.h"
#include "sources/files/rawjson_parser.h"
#include "sources/runner/build_runner.h"

#include <QObject>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace layerline {

/// Reads the clients' logs as they grow. `done` is called once, with the job as it ended.
class JobFollower : public QObject {
    Q_OBJECT
public:
    using HandedOver = std::map<std::string, std::string>;

    /// Nothing is printed when `out` is null, and nowhere a value of `handedOver` (the variables the clients were given).
    JobFollower(BuildRunner& runner, std::string id, std::FILE* out, std::function<void(const BuildJob&)> done, HandedOver handedOver = {}, QObject* parent = nullptr);
    ~JobFollower() override;

private:
    struct Lane;
    void look();
    void readLane(std::size_t at, const std::string& path);
    void print(const RecordKey& record, const Event& event);
    void finish();
    void onChanged(const BuildJob& job);

    BuildRunner& m_runner;
    std::string m_id;
    std::FILE* m_out;
    std::function<void(const BuildJob&)> m_done;
    HandedOver m_handedOver;
    BuildJob m_job;
    std::map<std::string, std::unique_ptr<Lane>> m_lanes; ///< by the log's path
    BuildSet m_builds;
    QTimer m_timer;
};

} // namespace layerline
