#include "app/window/log_saver.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QSaveFile>
#include <QTimer>

namespace layerline {

namespace {

/// One save under way; deletes itself at the end, or with the window.
class LogSaver : public QObject {
public:
    LogSaver(QWidget* parent, const QString& path, std::shared_ptr<LogExport> text) : QObject(parent), m_parent(parent), m_file(path), m_text(std::move(text))
    {
        if (!m_file.open(QIODevice::WriteOnly)) {
            fail();
            return;
        }
        connect(&m_timer, &QTimer::timeout, this, &LogSaver::writeSome);
        m_timer.start(0);
    }

private:
    void writeSome()
    {
        if (!m_text->done()) {
            if (m_file.write(m_text->next().toUtf8()) < 0)
                fail();
            return;
        }
        if (!m_file.commit())
            return fail();
        m_timer.stop();
        deleteLater();
    }
    void fail()
    {
        m_timer.stop();
        auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::applicationName(),
                                    QCoreApplication::translate("LogSaver", "The log was not saved: %1").arg(m_file.errorString()), QMessageBox::Ok, m_parent);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
        deleteLater();
    }

    QWidget* m_parent;
    QSaveFile m_file;
    std::shared_ptr<LogExport> m_text;
    QTimer m_timer;
};

} // namespace

void saveLog(QWidget* parent, const QString& suggestedName, std::shared_ptr<LogExport> text)
{
    auto* dialog = new QFileDialog(parent, QCoreApplication::translate("LogSaver", "Save the log"), suggestedName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent, text](const QString& path) { new LogSaver(parent, path, text); });
    dialog->open();
}

} // namespace layerline
