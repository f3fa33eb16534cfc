// gate and tag: is a release whole, and back to an earlier one.
#pragma once

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runGate(QCoreApplication& app, const QStringList& arguments);
int runTag(QCoreApplication& app, const QStringList& arguments);

} // namespace layerline
