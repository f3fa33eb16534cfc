// Above a page that shows a recorded example instead of something of the reader's.
#pragma once

#include <QFrame>

#include <array>

class QLabel;
class QPushButton;
class QSplitter;

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

/// Lays out a page that can show an example: the bar above, below it what the splitter divides. `widths` of its two panes are those at
/// first; the right one takes what the window gains.
void layOutWithExample(QWidget& page, ExampleBar& bar, QSplitter& splitter, std::array<int, 2> widths);

} // namespace layerline
