#include "items/log_export.h"

#include <algorithm>

namespace layerline {

LogExport::LogExport(const LogModel& model, LogPlace from, LogPlace to)
    : m_model(&model), m_from(std::min(from, to)), m_to(std::max(from, to)), m_row(m_from.row)
{
}

LogExport::LogExport(const LogModel& model) : LogExport(model, {0, 0}, {std::max(0, model.rowCount() - 1), INT_MAX}) {}

QString LogExport::next(int rows)
{
    QString out;
    for (; rows > 0 && !done(); --rows, ++m_row) {
        const QString text = m_model->text(m_row).text;
        const int first = m_row == m_from.row ? std::min(m_from.column, int(text.size())) : 0;
        const int last = m_row == m_to.row ? std::min(m_to.column, int(text.size())) : int(text.size());
        out += QStringView(text).mid(first, last - first);
        if (m_row < m_to.row && !m_model->row(m_row).continues)
            out += QLatin1Char('\n');
    }
    return out;
}

} // namespace layerline
