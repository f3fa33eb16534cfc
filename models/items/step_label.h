// Short names of steps, from the most telling to the shortest, for places of any width.
#pragma once

#include "items/build_text.h"

#include <QString>
#include <QStringList>

namespace layerline {

/// Both take the texts from `shown`, so that no place can forget to mask them: keep one for many steps of a build.

/// Candidates from long to short, never empty for a named step: "RUN pip install -r requirements.txt",
/// "RUN pip install", "pip install", "pip". Image names lose their registry and digest, RUN its mount flags.
QStringList stepLabels(const Step& step, const BuildText& shown);

/// "deps 4/6 RUN pip install -r requirements.txt": the step with its place, on one line.
QString stepTitle(const Step& step, const BuildText& shown);

/// The step we add to a GitHub job for its time in the queue.
bool isQueueStep(const Step& step);

/// "docker.io/library/python:3.12-slim@sha256:1f0e..." -> "python:3.12-slim"
QString shortImageName(const QString& image);

} // namespace layerline
