// gate and tag: is a release whole, and back to an earlier one.
#pragma once

#include "app/tasks/command_options.h"

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runGate(QCoreApplication& app, const QStringList& arguments);
OptionTable gateCommandOptions();
int runTag(QCoreApplication& app, const QStringList& arguments);
OptionTable tagCommandOptions();

} // namespace layerline
