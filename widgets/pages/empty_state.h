// What is shown while there is no build: how to get one.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace layerline {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// With a builder it says how to start a build; without one, how to get a builder.
    void setBuilderFound(bool found);
    bool builderFound() const { return m_found; }
    /// There are builders, and none answers. Counts while none is found.
    void setBuildersDown(bool down);
    /// There is something to go back to: a button and Escape do so.
    void setBack(bool possible);
    QString title() const;

Q_SIGNALS:
    void demoRequested();
    void openRequested();
    void backRequested();
    void buildersRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateTexts();
    QWidget* makeCommand(QLabel*& label);

    bool m_found = false;
    bool m_down = false;
    QPushButton* m_back;
    QPushButton* m_builders;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_commandTitle = nullptr;
    QLabel* m_command = nullptr;
    QLabel* m_note;
};

} // namespace layerline
