// Short names of steps, from the most telling to the shortest, for places of any width.
#pragma once

#include "domain/build.h"

#include <QString>
#include <QStringList>

namespace layerline {

/// Candidates from long to short, never empty for a named step: "RUN pip install -r requirements.txt",
/// "RUN pip install", "pip install", "pip". Image names lose their registry and digest, RUN its mount flags.
QStringList stepLabels(const Step& step);

/// "deps 4/6 RUN pip install -r requirements.txt": the step with its place, on one line.
QString stepTitle(const Step& step);

/// The step we add to a GitHub job for its time in the queue.
bool isQueueStep(const Step& step);

/// "docker.io/library/python:3.12-slim@sha256:1f0e..." -> "python:3.12-slim"
QString shortImageName(const QString& image);

} // namespace layerline
