// Shows errors over a window, one dialog for all that come together.
#pragma once

#include "domain/result.h"

#include <QObject>
#include <QPointer>
#include <QString>

class QWidget;

namespace layerline {

class ErrorDialog;

class ErrorReporter : public QObject {
    Q_OBJECT
public:
    explicit ErrorReporter(QWidget* window);

    /// `subject` is the name of the thing it is about. What the user cancelled is not reported.
    void report(const Error& error, const QString& subject = {});

private:
    QWidget* m_window;
    QPointer<ErrorDialog> m_open;
};

} // namespace layerline
