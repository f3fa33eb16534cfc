#include "analysis/build_failures.h"

#include "analysis/report.h"
#include "domain/secret_names.h"
#include "domain/summary.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::size_t linesRead = 1000;
constexpr std::size_t stepsRead = 16; ///< a matrix of platforms fails together, of the same cause
constexpr std::size_t longestLine = 4000;

/// One scanner for all texts, so that an exit code 137 counts only when none of them explains it.
class Reader {
public:
    explicit Reader(const Build& build) : m_secrets(secretValues(build)) {}

    void readError(const std::string& error, StepIndex step)
    {
        const std::string text = withoutQuotedCommand(error);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            read(std::string_view(text).substr(at, end - at), step, 0);
            at = end + 1;
        }
    }
    void readLog(const Step& step, StepIndex index)
    {
        const std::size_t count = step.log->lineCount();
        for (std::size_t i = count - std::min(count, linesRead); i < count; ++i)
            read(step.log->line(i).text, index, std::int64_t(i) + 1);
    }
    std::vector<BuildFailure> result(std::size_t most) const
    {
        std::vector<BuildFailure> found;
        for (const RecognisedFailure& failure : m_scanner.result()) {
            const auto [step, line] = m_places[std::size_t(failure.number)];
            BuildFailure here{failure, step};
            here.failure.number = line;
            // An error often tells the same as the log, with less or more detail.
            const auto told = std::find_if(found.begin(), found.end(), [&](const BuildFailure& known) {
                return known.failure.kind == failure.kind && (known.failure.detail.empty() || failure.detail.empty());
            });
            if (told == found.end()) {
                found.push_back(std::move(here));
            } else if (told->failure.detail.empty()) {
                here.step = step == noStep ? told->step : step;
                *told = std::move(here);
            }
        }
        if (found.size() > most)
            found.resize(most);
        return found;
    }

private:
    void read(std::string_view line, StepIndex step, std::int64_t number)
    {
        m_scanner.add(validUtf8(maskedText(line.substr(0, longestLine), m_secrets)), std::int64_t(m_places.size()));
        m_places.emplace_back(step, number);
    }

    std::vector<std::string> m_secrets;
    FailureScanner m_scanner;
    std::vector<std::pair<StepIndex, std::int64_t>> m_places; ///< by the number the scanner was given
};

} // namespace

std::vector<BuildFailure> failuresOf(const Build& build, std::size_t most)
{
    if (build.status() != BuildStatus::Failed)
        return {};
    std::vector<StepIndex> failed;
    for (std::uint32_t i = 0; i < build.steps.size() && failed.size() < stepsRead; ++i) {
        if (stateOf(build, build.steps[i]) == StepState::Failed)
            failed.push_back(StepIndex{i});
    }
    Reader reader(build);
    for (const StepIndex step : failed)
        reader.readError(build.step(step).error, step);
    for (const Record& record : build.records) {
        if (record.info.error)
            reader.readError(record.info.error->message, noStep);
    }
    for (const StepIndex step : failed)
        reader.readLog(build.step(step), step);
    return reader.result(most);
}

FailurePlace placeOf(const Build& build)
{
    return build.source() == SourceKind::GitHub ? FailurePlace::Ci : FailurePlace::Local;
}

} // namespace layerline
