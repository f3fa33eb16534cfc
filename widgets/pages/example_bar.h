// Above a page that shows a recorded example instead of something of the reader's.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace layerline {

/// Hidden until the example is there.
class ExampleBar : public QFrame {
    Q_OBJECT
public:
    explicit ExampleBar(QWidget* parent = nullptr);
    QString text() const;
    /// Why an action is not to be had, for its tool tip.
    static QString reason();

Q_SIGNALS:
    void closeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void nameThings();

    QLabel* m_text;
    QPushButton* m_close;
};

} // namespace layerline
