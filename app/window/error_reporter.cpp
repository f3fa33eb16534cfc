#include "app/window/error_reporter.h"

#include "items/log_text.h"
#include "widgets/dialogs/error_dialog.h"
#include "widgets/dialogs/error_text.h"

namespace layerline {

ErrorReporter::ErrorReporter(QWidget* window) : QObject(window), m_window(window) {}

void ErrorReporter::report(const Error& error, const QString& subject)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    const QString sentence = errorSentence(error.kind, subject);
    const QString technical = visibleText(error.detail);
    if (m_open)
        return m_open->addError(sentence, technical);
    m_open = new ErrorDialog(sentence, technical, m_window);
    m_open->open();
}

} // namespace layerline
