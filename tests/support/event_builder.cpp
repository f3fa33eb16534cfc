#include "support/event_builder.h"

namespace layerline::test {

EventBuilder::EventBuilder(std::string ref, std::string worker)
{
    m_batch.record = {std::move(worker), std::move(ref)};
}

EventBuilder& EventBuilder::started(double seconds, std::string builder, std::vector<Platform> worker)
{
    ev::RecordUpdated record;
    record.builder = std::move(builder);
    record.node = record.builder + "0";
    record.created = at(seconds);
    record.workerPlatforms = std::move(worker);
    return event(record);
}

EventBuilder& EventBuilder::completed(double seconds, int errorCode, std::string message)
{
    ev::RecordUpdated record;
    record.generation = 1;
    record.complete = true;
    record.completed = at(seconds);
    if (errorCode != 0)
        record.error = BuildError{errorCode, std::move(message)};
    return event(record);
}

EventBuilder& EventBuilder::step(const std::string& digest, const std::string& name, std::vector<std::string> inputs)
{
    ev::StepUpdated update;
    update.digest = StepDigest(digest);
    update.name = name;
    for (auto& input : inputs)
        update.inputs.emplace_back(std::move(input));
    m_steps[digest] = update;
    return event(update);
}

EventBuilder& EventBuilder::group(const std::string& digest, const std::string& name, bool weak)
{
    ev::StepUpdated& update = m_steps[digest];
    update.group = name;
    update.groupWeak = weak;
    return event(update);
}

EventBuilder& EventBuilder::run(const std::string& digest, double from, double to, bool cached, std::string error)
{
    ev::StepUpdated& update = m_steps[digest];
    update.started = at(from);
    update.completed.reset();
    event(update);
    update.completed = at(to);
    update.cached = cached;
    update.error = std::move(error);
    return event(update);
}

EventBuilder& EventBuilder::begin(const std::string& digest, double from)
{
    ev::StepUpdated& update = m_steps[digest];
    update.started = at(from);
    update.completed.reset();
    update.error.clear();
    return event(update);
}

EventBuilder& EventBuilder::log(const std::string& digest, double time, std::string text, int stream)
{
    std::uint64_t& offset = m_logOffsets[{digest, stream}];
    ev::LogAppended log{StepDigest(digest), std::uint8_t(stream), offset, at(time), std::move(text)};
    offset += log.bytes.size();
    return event(log);
}

EventBuilder& EventBuilder::transfer(const std::string& digest, const std::string& id, std::int64_t current, std::int64_t total, double time)
{
    ev::TransferUpdated transfer;
    transfer.step = StepDigest(digest);
    transfer.id = id;
    transfer.name = id;
    transfer.current = current;
    transfer.total = total;
    transfer.timestamp = at(time);
    transfer.started = at(time);
    return event(transfer);
}

EventBuilder& EventBuilder::event(Event event)
{
    m_batch.events.push_back(std::move(event));
    return *this;
}

const Build& EventBuilder::into(BuildSet& set) const
{
    const auto [id, change] = set.apply(m_batch);
    return *set.find(id);
}

} // namespace layerline::test
