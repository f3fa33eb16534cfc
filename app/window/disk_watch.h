// Knows the room on the disks behind local builders, and speaks up after a build that left little.
#pragma once

#include "analysis/disk_outlook.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace layerline {

class Session;

/// Lives on the GUI thread; engines are asked on one of its own.
class DiskWatch : public QObject {
    Q_OBJECT
public:
    using Asker = std::function<Result<EngineDisk>(const std::string& driver, const std::string& endpoint)>;
    /// `asker` is engineDisk() but for tests; it runs on a thread.
    DiskWatch(Session& session, Asker asker, QObject* parent = nullptr);
    ~DiskWatch() override;

    /// Asks again; answered by known() when the builder ("" = the current one) has an engine here that tells.
    void ask(const std::string& builder);
    std::optional<EngineDisk> diskOf(const std::string& builder) const;
    /// Past builds of the same kind, and the disk as last asked.
    DiskForecast forecast(const std::string& builder, const std::vector<const Build*>& past) const;

Q_SIGNALS:
    void known(const QString& builder);

private:
    Session& m_session;
    Asker m_asker;
    std::map<std::string, EngineDisk> m_disks;
    QThreadPool m_pool;
};

} // namespace layerline
