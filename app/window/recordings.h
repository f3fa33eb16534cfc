// The recorded demo builds, read and prepared on any thread.
#pragma once

#include "domain/build_set.h"
#include "domain/result.h"
#include "sources/replay/replay_schedule.h"

#include <QString>
#include <QStringList>

namespace layerline {

/// One recording to be played, others to be shown as they ended. Reading and arranging them takes tens of milliseconds;
/// what is left for the GUI thread is to take them over.
struct Recordings {
    BuildSet finished;
    ReplaySchedule schedule;
    RecordKey playing;
};

/// `playing` and `finished` are names from demoNames(). NotFound, Corrupt.
Result<Recordings> readRecordings(const QString& playing, const QStringList& finished);

} // namespace layerline
