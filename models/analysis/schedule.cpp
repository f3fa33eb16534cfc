#include "analysis/schedule.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <utility>

namespace layerline {

namespace {

/// Commands all progress at the same speed, so that they end in the order of the work they have to do: one clock for the
/// time, a second one for the work each of them has had done.
class Schedule {
public:
    Schedule(const Build& build, const std::vector<ScheduledStep>& steps, int atOnce);
    std::vector<std::optional<Duration>> run();

private:
    using Ends = std::pair<double, std::size_t>; ///< ns on its clock, step
    using Queue = std::priority_queue<Ends, std::vector<Ends>, std::greater<>>;

    void start(std::size_t step);
    void end(std::size_t step);
    double speed() const;

    const Build& m_build;
    const std::vector<ScheduledStep>& m_steps;
    const int m_atOnce;
    std::vector<std::size_t> m_waits; ///< open inputs of each step
    std::vector<std::optional<Duration>> m_finish;
    Queue m_commands, m_others;
    double m_time = 0;
    double m_work = 0;
};

Schedule::Schedule(const Build& build, const std::vector<ScheduledStep>& steps, int atOnce)
    : m_build(build), m_steps(steps), m_atOnce(atOnce), m_waits(steps.size()), m_finish(steps.size())
{
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& inputs = build.steps[i].inputSteps;
        m_waits[i] = std::size_t(std::count_if(inputs.begin(), inputs.end(), [&](StepIndex input) { return !steps[raw(input)].done; }));
    }
}

void Schedule::start(std::size_t step)
{
    const auto& left = m_steps[step].left;
    if (!left)
        return;
    if (m_steps[step].command)
        m_commands.push({m_work + double(left->ns), step});
    else
        m_others.push({m_time + double(left->ns), step});
}

void Schedule::end(std::size_t step)
{
    m_finish[step] = Duration{std::int64_t(std::llround(m_time))};
    for (const StepIndex dependent : m_build.steps[step].dependents) {
        if (!m_steps[raw(dependent)].done && --m_waits[raw(dependent)] == 0)
            start(raw(dependent));
    }
}

double Schedule::speed() const
{
    const auto running = double(m_commands.size());
    return m_atOnce <= 0 || running <= m_atOnce ? 1 : m_atOnce / running;
}

std::vector<std::optional<Duration>> Schedule::run()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        if (m_steps[i].done)
            m_finish[i] = Duration{};
        else if (m_waits[i] == 0)
            start(i);
    }
    while (!m_commands.empty() || !m_others.empty()) {
        const double command = m_commands.empty() ? INFINITY : m_time + (m_commands.top().first - m_work) / speed();
        const double other = m_others.empty() ? INFINITY : m_others.top().first;
        const double next = std::min(command, other);
        m_work += (next - m_time) * speed();
        m_time = next;
        Queue& queue = command <= other ? m_commands : m_others;
        const std::size_t step = queue.top().second;
        queue.pop();
        end(step);
    }
    return std::move(m_finish);
}

} // namespace

std::vector<std::optional<Duration>> finishTimes(const Build& build, const std::vector<ScheduledStep>& steps, int atOnce)
{
    return Schedule(build, steps, atOnce).run();
}

} // namespace layerline
