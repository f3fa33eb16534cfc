// layerline runs, caches, dispatch.
#pragma once

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runRuns(QCoreApplication& app, const QStringList& arguments);
int runCaches(QCoreApplication& app, const QStringList& arguments);
int runDispatch(QCoreApplication& app, const QStringList& arguments);

} // namespace layerline
