// The commands that rewrite workflows; rows of the table in tools.cpp.
#pragma once

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runRollback(QCoreApplication& app, const QStringList& arguments);
int runMigrate(QCoreApplication& app, const QStringList& arguments);

} // namespace layerline
