// Says what went wrong in one sentence, the technical text below, to be copied.
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace layerline {

/// Use with open(); WA_DeleteOnClose is set.
class ErrorDialog : public QDialog {
    Q_OBJECT
public:
    ErrorDialog(const QString& sentence, const QString& technical, QWidget* parent = nullptr);

    /// One more while the dialog is open: a second window on top would hide the first.
    void addError(const QString& sentence, const QString& technical);
    QString sentence() const;
    QString technical() const;

private:
    QLabel* m_sentence;
    QLabel* m_more;
    QPlainTextEdit* m_technical;
    int m_count = 1;
};

} // namespace layerline
