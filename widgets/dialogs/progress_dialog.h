// Long work under way: how far it is, and a way out.
#pragma once

#include <QDialog>
#include <QTimer>

class QLabel;
class QProgressBar;

namespace layerline {

/// Comes up only when the work takes longer than a moment; not modal. Whoever works calls setProgress() and deletes it.
class ProgressDialog : public QDialog {
    Q_OBJECT
public:
    ProgressDialog(const QString& text, QWidget* parent = nullptr);

    /// Bytes or whatever else; a total of 0 means that nobody knows.
    void setProgress(quint64 done, quint64 total);
    /// The last part, of unknown length.
    void setText(const QString& text);
    /// 0..100, -1 when nobody knows.
    int percent() const;

Q_SIGNALS:
    void cancelRequested();

protected:
    /// Escape and the window's close button cancel too.
    void reject() override;

private:
    QLabel* m_text;
    QProgressBar* m_bar;
    QTimer m_moment;
};

} // namespace layerline
