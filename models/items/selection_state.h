// What is selected, shared by all panes. Panes talk to this and never to each other.
#pragma once

#include "domain/build.h"

#include <QObject>

#include <optional>

namespace layerline {

struct TimeRange {
    Timestamp begin;
    Timestamp end;
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// One build, at most one step, platform and time range of it. Choosing another build clears the rest.
class SelectionState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const BuildId& build() const { return m_build; }
    StepIndex step() const { return m_step; }
    const std::optional<Platform>& platform() const { return m_platform; }
    const std::optional<TimeRange>& range() const { return m_range; }

    void setBuild(const BuildId& build);
    void setStep(StepIndex step);
    void setPlatform(const std::optional<Platform>& platform);
    /// The visible time range of the timeline; empty = fit.
    void setRange(const std::optional<TimeRange>& range);

Q_SIGNALS:
    void buildChanged();
    void stepChanged();
    void platformChanged();
    void rangeChanged();

private:
    BuildId m_build;
    StepIndex m_step = noStep;
    std::optional<Platform> m_platform;
    std::optional<TimeRange> m_range;
};

} // namespace layerline
