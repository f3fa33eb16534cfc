// What one can do instead of waiting for an emulated platform: three choices, each with what it costs.
#pragma once

#include <QFrame>
#include <QString>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace layerline {

struct LongWait;
struct Build;

/// Hidden until it has something to say. Decides nothing: its owner shows it, and does what was chosen.
class ChoiceCard : public QFrame {
    Q_OBJECT
public:
    explicit ChoiceCard(QWidget* parent = nullptr);
    /// `native`: the architecture its builder runs itself ("amd64"); "" takes that choice away.
    void offer(const Build& build, const LongWait& wait, const QString& native);
    QString title() const;

Q_SIGNALS:
    void waitChosen();
    void nativeOnlyChosen();
    void nodeChosen();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Choice { QWidget* box; QPushButton* button; QLabel* cost; };
    Choice addChoice(const char* name);
    static void setChoice(const Choice& choice, const QString& text, const QString& cost, const QString& tip);
    void setTexts(const Build& build, const LongWait& wait);
    /// The choices beside the text where there is room, else below it.
    void arrange();

    QBoxLayout* m_row;
    QBoxLayout* m_choices;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_reason;
    Choice m_wait, m_native, m_node;
};

} // namespace layerline
