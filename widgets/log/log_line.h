// One laid out row of the log view.
#pragma once

#include "items/log_model.h"

#include <QString>
#include <QTextLayout>

#include <vector>

namespace layerline {

struct LogLine {
    int row = 0;
    LogRow ref;
    SafeText safe;
    std::vector<TextLink> links;
    QTextLayout layout;
    QString time;      ///< "00:41.7"; empty in the second and later rows of a line
    QString name;      ///< of the step, where it changes
    bool clipped = false; ///< BuildKit's note that it cut the log here
    double width = 0;

    double xOf(int column) const { return layout.lineCount() > 0 ? layout.lineAt(0).cursorToX(column) : 0; }
    int columnAt(double x) const { return layout.lineCount() > 0 ? layout.lineAt(0).xToCursor(x) : 0; }
};

/// "00:41.7", "1:02:03.4"; a negative span counts as 0.
QString logTime(Duration offset);

} // namespace layerline
