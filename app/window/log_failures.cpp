#include "app/window/log_failures.h"

#include "domain/post_to.h"

#include <algorithm>
#include <string_view>

namespace layerline {

namespace {

std::vector<RecognisedFailure> failuresIn(const std::string& log, const std::stop_token& stop)
{
    FailureScanner scanner;
    std::int64_t number = 0;
    for (std::size_t at = 0; at < log.size() && !stop.stop_requested();) {
        const std::size_t end = std::min(log.find('\n', at), log.size());
        scanner.add(std::string_view(log).substr(at, end - at), ++number);
        at = end + 1;
    }
    return scanner.result();
}

} // namespace

LogFailures::LogFailures(QObject* parent) : QObject(parent)
{
    m_reader.setMaxThreadCount(1);
}

LogFailures::~LogFailures()
{
    m_stop.request_stop();
    m_reader.clear();
    m_reader.waitForDone();
}

const std::vector<RecognisedFailure>* LogFailures::of(std::int64_t job, const Log& log)
{
    Read& read = m_read[job];
    if (!log) {
        read = {{}, true, {}};
    } else if (read.log.lock() != log) {
        read = {log, false, {}};
        startOn(m_reader, [this, job, log, stop = m_stop.get_token()] {
            postTo(this, [this, job, log, failures = failuresIn(*log, stop)] { take(job, log, failures); });
        });
    }
    return read.done ? &read.failures : nullptr;
}

void LogFailures::take(std::int64_t job, const Log& log, std::vector<RecognisedFailure> failures)
{
    Read& read = m_read[job];
    if (read.log.lock() != log)
        return; // another one came instead of it
    read.done = true;
    read.failures = std::move(failures);
    Q_EMIT found(job);
}

} // namespace layerline
