// The command line or API calls an action will make: to be read and copied before it is done.
#pragma once

#include <QWidget>

class QPlainTextEdit;

namespace layerline {

/// A heading with "Copy" beside it, above the text. Hidden while there is no text.
class CallBox : public QWidget {
    Q_OBJECT
public:
    /// `mostLines`: it grows with its text up to that many lines, then it scrolls.
    explicit CallBox(const QString& title, int mostLines, QWidget* parent = nullptr);
    void setText(const QString& text);
    QString text() const;
    /// For its object name and the like.
    QPlainTextEdit& edit() { return *m_text; }

private:
    int m_mostLines;
    QPlainTextEdit* m_text;
};

} // namespace layerline
