// Text of a LogModel in portions, so that a long log is saved or copied without blocking the window.
#pragma once

#include "items/log_model.h"

#include <QPointer>

namespace layerline {

/// A place in the rows of a LogModel; `column` counts UTF-16 units of the row's text.
struct LogPlace {
    int row = 0;
    int column = 0;
    friend auto operator<=>(const LogPlace&, const LogPlace&) = default;
};

/// Exactly the text seen from one place to another. A line that is shown in several rows comes out as one line.
class LogExport {
public:
    LogExport(const LogModel& model, LogPlace from, LogPlace to);
    /// Everything the model shows.
    explicit LogExport(const LogModel& model);

    /// The next portion, of at most `rows` rows; empty strings may occur before the end.
    QString next(int rows = 2000);
    bool done() const { return !m_model || m_row > m_to.row || m_row >= m_model->rowCount(); }

private:
    QPointer<const LogModel> m_model;
    LogPlace m_from, m_to;
    int m_row = 0;
};

} // namespace layerline
