// The search field below the log's header.
#pragma once

#include "items/log_search.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace layerline {

class LogSearchBar : public QWidget {
    Q_OBJECT
public:
    explicit LogSearchBar(QWidget* parent = nullptr);

    LogQuery query() const;
    void setText(const QString& text);
    /// Shows "3 of 128", or why there is nothing to show.
    void showState(const LogSearch& search, int current);
    void focusField();
    QString stateText() const;

Q_SIGNALS:
    void queryChanged();
    void next();
    void previous();
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QLineEdit* m_field;
    QToolButton* m_case;
    QToolButton* m_regex;
    QLabel* m_state;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
};

} // namespace layerline
