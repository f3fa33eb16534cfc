// What is shown while there is no build: how to get one.
#pragma once

#include <QWidget>

class QLabel;

namespace layerline {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// With a builder it says how to start a build; without one, how to get a builder.
    void setBuilderFound(bool found);
    bool builderFound() const { return m_found; }
    QString title() const;

Q_SIGNALS:
    void demoRequested();
    void openRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateTexts();
    QWidget* makeCommand(QLabel*& label);

    bool m_found = false;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_commandTitle = nullptr;
    QLabel* m_command = nullptr;
    QLabel* m_note;
};

} // namespace layerline
