// What is recognised in the logs of failed jobs, read through beside the window.
#pragma once

#include "analysis/ci/failures.h"

#include <QObject>
#include <QThreadPool>

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace layerline {

/// A log may have 64 MB, which takes seconds, and is asked for with every news of its run: it is read through once, on a thread of
/// its own. Lives on one thread.
class LogFailures : public QObject {
    Q_OBJECT
public:
    using Log = std::shared_ptr<const std::string>;

    explicit LogFailures(QObject* parent = nullptr);
    /// What is being read through is left.
    ~LogFailures() override;

    /// Null while it is read through: found() tells when it was. Valid until the next call.
    const std::vector<RecognisedFailure>* of(std::int64_t job, const Log& log);

Q_SIGNALS:
    void found(qint64 job);

private:
    struct Read {
        std::weak_ptr<const std::string> log;
        bool done = false;
        std::vector<RecognisedFailure> failures;
    };
    void take(std::int64_t job, const Log& log, std::vector<RecognisedFailure> failures);

    std::map<std::int64_t, Read> m_read; ///< by job; another attempt's is another job
    std::stop_source m_stop;
    QThreadPool m_reader;
};

} // namespace layerline
