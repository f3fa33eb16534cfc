// The Pipelines page before there is a run: what is missing and how to get it.
#pragma once

#include "items/pipeline_values.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace layerline {

class PipelinesEmpty : public QWidget {
    Q_OBJECT
public:
    explicit PipelinesEmpty(QWidget* parent = nullptr);
    void setState(const AccountRow& account, const std::vector<RepositoryRow>& repositories);
    QStringList texts() const;

Q_SIGNALS:
    void signInRequested();
    void addRepositoryRequested();
    void exampleRequested();

private:
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_details;
    QPushButton* m_button;
    QPushButton* m_example;
    bool m_wantsAccount = true;
};

} // namespace layerline
