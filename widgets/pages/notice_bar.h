// One sentence above a page with something to do about it; can be put away.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace layerline {

/// Hidden until it has something to say.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// `warning`: the text is coloured as one, and nothing less replaces it while it is shown.
    /// `subject` comes back with actionRequested (a builder's name, ...).
    void say(const QString& text, const QString& button, bool warning = false, const QString& subject = {});
    QString text() const;

Q_SIGNALS:
    void actionRequested(const QString& subject);

private:
    QLabel* m_text;
    QPushButton* m_action;
    QString m_subject;
    bool m_warning = false;
};

} // namespace layerline
