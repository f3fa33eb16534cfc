// What a person should know about a run, in plain sentences.
#pragma once

#include "items/pipeline_values.h"

#include <QString>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace layerline {

/// The sentence of a notice, translated.
QString noticeText(const RunNotice& notice);
/// "bad", "warn" or "" (a remark): the tone its line is painted in.
QString noticeTone(RunNotice::Kind kind);

/// Does going back to QEMU help? Such a line has a button for it.
bool offersRollback(RunNotice::Kind kind);

/// One line each, the most serious first; hidden when there is nothing to say.
class RunNotices : public QWidget {
    Q_OBJECT
public:
    explicit RunNotices(QWidget* parent = nullptr);
    void setNotices(std::vector<RunNotice> notices);
    /// Their buttons are disabled for this reason; "" lifts it.
    void setReadOnly(const QString& why);
    QStringList texts() const;

Q_SIGNALS:
    /// The page where a running job's log can be read.
    void pageRequested();
    void rollbackRequested();
    /// What could not be fetched is to be asked for again.
    void anotherTryRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();

    std::vector<RunNotice> m_notices;
    QString m_readOnly;
    QVBoxLayout* m_column;
};

} // namespace layerline
