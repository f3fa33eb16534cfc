// Writes a log to a file the user chooses, in portions, so that a gigabyte does not freeze the window.
#pragma once

#include "items/log_export.h"

#include <QString>

#include <memory>

class QWidget;

namespace layerline {

/// Asks for a file and writes; the file appears under its name only when it is whole. Errors are shown over `parent`.
void saveLog(QWidget* parent, const QString& suggestedName, std::shared_ptr<LogExport> text);

} // namespace layerline
