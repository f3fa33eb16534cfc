// Where a tag may go back to, and exactly what moving it would do.
#pragma once

#include "items/release_values.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace layerline {

class CallBox;

/// Nothing moves before the plan for the digest chosen is shown and its button pressed.
class MoveTagDialog : public QDialog {
    Q_OBJECT
public:
    MoveTagDialog(const QString& image, const QString& tag, std::vector<MoveTarget> targets, QWidget* parent = nullptr);

    /// The answer to planRequested(); one for another digest than the chosen one is ignored.
    void setPlan(const TagMovePlan& plan);
    void showProblem(const QString& text);
    /// Moved and read back: the dialog says so and has nothing more to do.
    void showDone(const QString& digest);
    /// Everything it says about the plan, for tests and screen readers.
    QStringList texts() const;

Q_SIGNALS:
    void planRequested(const QString& digest);
    void moveConfirmed(const layerline::TagMovePlan& plan);

private:
    void fillTargets();
    void chooseRow();
    void ask(const QString& digest);
    void layOut();

    QString m_tag;
    std::vector<MoveTarget> m_targets;
    QTableWidget* m_table;
    QLineEdit* m_digest;
    QLabel *m_fromTo, *m_warnings, *m_status;
    CallBox* m_request;
    QPushButton *m_close, *m_move;
    QString m_wanted;
    std::optional<TagMovePlan> m_plan;
};

/// Translated.
QString moveWarningText(const MoveWarning& warning);

} // namespace layerline
