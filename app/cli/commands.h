// One function a command; they return the exit status.
#pragma once

#include "app/cli/cli.h"

namespace layerline {

int runBuilders(QCoreApplication& app, const Command& command);
int runBuilds(QCoreApplication& app, const Command& command);
int runWatch(QCoreApplication& app, const Command& command);
int runShow(QCoreApplication& app, const Command& command);

} // namespace layerline
