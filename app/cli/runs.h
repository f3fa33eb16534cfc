// layerline runs, caches, dispatch.
#pragma once

#include "app/tasks/command_options.h"

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runRuns(QCoreApplication& app, const QStringList& arguments);
OptionTable runsCommandOptions();
int runCaches(QCoreApplication& app, const QStringList& arguments);
OptionTable cachesCommandOptions();
int runDispatch(QCoreApplication& app, const QStringList& arguments);
OptionTable dispatchCommandOptions();

} // namespace layerline
