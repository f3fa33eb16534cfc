// Random but plausible events of one build, for model tests.
#pragma once

#include "domain/events.h"
#include "support/event_builder.h"

#include <QRandomGenerator>

#include <array>
#include <string>

namespace layerline::test {

/// Each call gives the events of one change set: steps that appear, get other names or inputs, run, end, fail, log.
class RandomBuild {
public:
    explicit RandomBuild(quint32 seed, std::string ref = "random") : m_random(seed), m_ref(std::move(ref)) {}

    EventBatch next()
    {
        EventBuilder b(m_ref, "worker");
        m_now += 0.05;
        const int events = 1 + int(m_random.bounded(3));
        for (int i = 0; i < events; ++i)
            one(b);
        return b.batch();
    }

private:
    std::string digest(int step) const { return "step" + std::to_string(step); }

    std::string name()
    {
        static const std::array<const char*, 4> platforms{"linux/amd64 ", "linux/arm64 ", "linux/amd64->arm64 ", ""};
        static const std::array<const char*, 4> stages{"base ", "assets ", "release ", ""};
        static const std::array<const char*, 5> texts{"RUN make", "COPY . .", "FROM docker.io/library/alpine:3", "RUN a{b|c}", "WORKDIR /x"};
        static const std::array<const char*, 4> others{"[internal] load build context", "exporting to image", "[auth] sharing", "something else"};
        if (m_random.bounded(6) == 0)
            return others[m_random.bounded(quint32(others.size()))];
        const int index = 1 + int(m_random.bounded(4));
        return std::string("[") + platforms[m_random.bounded(4)] + stages[m_random.bounded(4)] + std::to_string(index) + "/4] " + texts[m_random.bounded(5)];
    }

    void one(EventBuilder& b)
    {
        const int known = m_steps;
        const int step = int(m_random.bounded(quint32(std::max(1, known))));
        switch (m_random.bounded(known < 40 ? 12u : 11u)) {
        case 0: case 1: b.event(update(step, m_now, {})); break;
        case 2: case 3: b.event(update(step, m_now - 1, m_now)); break;
        case 4: {
            auto cached = update(step, m_now, m_now);
            cached.cached = true;
            b.event(cached);
            break;
        }
        case 5: {
            auto failed = update(step, m_now - 1, m_now);
            failed.error = m_random.bounded(2) ? "exit code: 1" : "context canceled";
            b.event(failed);
            break;
        }
        case 6: b.transfer(digest(step), "layer" + std::to_string(m_random.bounded(3u)), m_random.bounded(1000), 1000, m_now); break;
        case 7: log(b, step); break;
        case 8: log(b, step); break;
        case 9: record(b); break;
        case 10: {
            auto renamed = update(step, m_now, {});
            renamed.started.reset();
            renamed.name = name();
            if (m_random.bounded(3) == 0)
                renamed.group = m_random.bounded(2) ? "[base 2/4] COPY <<EOF /etc/x" : "group " + std::to_string(m_random.bounded(3u));
            b.event(renamed);
            break;
        }
        default: {
            std::vector<std::string> inputs;
            if (known > 0)
                inputs.push_back(digest(int(m_random.bounded(quint32(known)))));
            b.step(digest(m_steps++), name(), inputs);
        }
        }
    }

    ev::StepUpdated update(int step, double from, std::optional<double> to)
    {
        ev::StepUpdated update;
        update.digest = StepDigest(digest(step));
        update.started = EventBuilder::at(from);
        if (to)
            update.completed = EventBuilder::at(*to);
        return update;
    }

    void log(EventBuilder& b, int step)
    {
        static const std::array<const char*, 6> texts{"line\n", "two\nlines\n", "part", "\r50%", "\x1b[31mred\n", "\xE2\x80\xAE\n"};
        auto& offset = m_offsets[step];
        ev::LogAppended event{StepDigest(digest(step)), 1, offset, EventBuilder::at(m_now - m_random.bounded(2.0)), texts[m_random.bounded(6)]};
        if (m_random.bounded(40) == 0)
            event.bytes = std::string(1 + m_random.bounded(5000u), 'w') + "\n";
        // Only what a known step says is kept, so only that moves the offset on.
        if (step < m_steps) {
            offset += event.bytes.size();
            b.event(event);
        }
    }

    void record(EventBuilder& b)
    {
        ev::RecordUpdated record;
        record.builder = "multi";
        switch (m_random.bounded(6u)) {
        case 0: record.created = EventBuilder::at(0); record.workerPlatforms = {{"linux", "amd64", ""}, {"linux", "arm64", ""}}; break;
        case 1: record.frontendAttrs = {{"target", m_random.bounded(2) ? "a" : "b"}, {"build-arg:TOKEN", "x" + std::to_string(m_random.bounded(9u))}}; break;
        case 2: record.exporters = {{"image", {{"name", "shop:" + std::to_string(m_random.bounded(5u))}, {"push", "true"}}}}; break;
        case 3: record.name = m_random.bounded(2) ? "one" : "two"; break;
        case 4: b.event(ev::ConnectionChanged{m_random.bounded(2) == 0, "gone", 0}); return;
        case 5: {
            ev::WarningRaised warning;
            warning.summary = "warning " + std::to_string(m_random.bounded(20u));
            b.event(warning);
            return;
        }
        }
        b.event(record);
    }

    QRandomGenerator m_random;
    std::string m_ref;
    double m_now = 1;
    int m_steps = 0;
    std::map<int, std::uint64_t> m_offsets;
};

} // namespace layerline::test
