#include "widgets/pages/run_notices.h"

#include "items/own_words.h"
#include "widgets/style/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

int seriousness(RunNotice::Kind kind)
{
    const QString tone = noticeTone(kind);
    return tone == QLatin1String("bad") ? 2 : tone == QLatin1String("warn") ? 1 : 0;
}

QString queueText(const RunNotice& notice)
{
    const QString waited = humanElapsed(notice.time);
    const QString sentence = notice.usual.ns > 0
        ? RunNotices::tr("%1 has waited %2 for a runner labelled %3; it usually waits %4.").arg(qt(notice.job), waited, qt(notice.label), humanElapsed(notice.usual))
        : RunNotices::tr("%1 has waited %2 for a runner labelled %3.").arg(qt(notice.job), waited, qt(notice.label));
    if (!notice.runnersKnown)
        return sentence + QLatin1Char(' ') + RunNotices::tr("Which runners there are is not known: the token may not list them.");
    if (notice.limit > 0)
        return sentence + QLatin1Char(' ')
            + RunNotices::tr("The plan (%1) may be the reason: it lets %2 jobs run at once, and %3 are known to run in the watched repositories.")
                  .arg(qt(notice.plan), QString::number(notice.limit), QString::number(notice.count));
    return sentence;
}

/// No runner that is known has the label.
QString noRunnerText(const RunNotice& notice)
{
    const QString job = qt(notice.job), label = qt(notice.label);
    return notice.certain ? RunNotices::tr("%1 waits for a runner labelled %2, but no runner of this repository has that label.").arg(job, label)
                          : RunNotices::tr("%1 waits for a runner labelled %2. No runner of this repository has that label; those of its organisation are not known.").arg(job, label);
}

QString unknownLabelText(const RunNotice& notice)
{
    const QString job = qt(notice.job), label = qt(notice.label);
    if (!notice.certain)
        return RunNotices::tr("%1 asks for a runner labelled %2. GitHub offers none, and not all runners of the owner are known: if there is none either, it will wait until GitHub gives up.").arg(job, label);
    return notice.other.empty() ? RunNotices::tr("%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up.").arg(job, label)
                                : RunNotices::tr("%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up. Did you mean %3?").arg(job, label, qt(notice.other));
}

QString planText(const RunNotice& notice)
{
    const QString job = qt(notice.job), running = QString::number(notice.count), limit = QString::number(notice.limit);
    return notice.certain ? RunNotices::tr("%1 waits because %2 jobs run already: the plan (%3) allows %4 at once.").arg(job, running, qt(notice.plan), limit)
                          : RunNotices::tr("%1 may wait because %2 jobs of its owner run: the smallest plan allows %3 at once, and which plan it is GitHub does not tell this token.").arg(job, running, limit);
}

/// Others that fit may be there, and idle.
QString andOthers(const QString& sentence, const RunNotice& notice)
{
    return notice.runnersKnown ? sentence : sentence + QLatin1Char(' ') + RunNotices::tr("Those of the organisation are not known.");
}

} // namespace

QString noticeText(const RunNotice& notice)
{
    const QString job = qt(notice.job), label = qt(notice.label), other = qt(notice.other);
    switch (notice.kind) {
    case RunNotice::Kind::NoLiveLog:
        return RunNotices::tr("GitHub gives out a job's log only when the job has ended. Until then its page shows it.");
    case RunNotice::Kind::UnknownLabel:
        return unknownLabelText(notice);
    case RunNotice::Kind::NoMatchingRunner: return noRunnerText(notice);
    case RunNotice::Kind::RunnersOffline:
        return andOthers(RunNotices::tr("%1 waits for a runner labelled %2. Those runners are offline: start one.").arg(job, label), notice);
    case RunNotice::Kind::RunnersBusy: return andOthers(RunNotices::tr("%1 waits for a runner labelled %2. All of them are busy.").arg(job, label), notice);
    case RunNotice::Kind::LongQueue: return queueText(notice);
    case RunNotice::Kind::PlanLimit: return planText(notice);
    case RunNotice::Kind::EarlierAttempt: return RunNotices::tr("This is attempt %1 of %2.").arg(notice.count).arg(notice.limit);
    case RunNotice::Kind::LogFailure: return other.isEmpty() ? QStringLiteral("%1: %2").arg(job, label) : QStringLiteral("%1: %2 %3").arg(job, label, other);
    case RunNotice::Kind::FromLogOnly: return RunNotices::tr("These steps were read from the log: what depends on what is unknown.");
    case RunNotice::Kind::SharedCacheScope:
        return RunNotices::tr("Several architectures write the cache scope %1: the last one to finish wins, and the others find nothing.").arg(label);
    case RunNotice::Kind::ActionFailed: return RunNotices::tr("GitHub refused: %1").arg(label);
    case RunNotice::Kind::LogMissing: return RunNotices::tr("The log of %1 could not be fetched: %2").arg(job, ownWords(notice.label));
    case RunNotice::Kind::ArtifactsMissing: return RunNotices::tr("Whether there are build records could not be found out, so the steps are those of the logs: %1").arg(ownWords(notice.label));
    case RunNotice::Kind::RecordMissing: return RunNotices::tr("A build record of %1 could not be read, so its steps are those of the log: %2").arg(job, ownWords(notice.label));
    case RunNotice::Kind::RecordExpired: return RunNotices::tr("GitHub no longer has the build record of %1: its steps are those of the log.").arg(job);
    case RunNotice::Kind::RollbackQueued: return RunNotices::tr("Built with QEMU, %1 would not have to wait: it would run on the amd64 runner, only slower.").arg(job);
    case RunNotice::Kind::RollbackLabel: return RunNotices::tr("%1 will never start with the label %2. Until that is mended, QEMU can build it.").arg(job, label);
    case RunNotice::Kind::RollbackNoRunner: return RunNotices::tr("No runner can take %1 now. Meanwhile QEMU can build it.").arg(job);
    case RunNotice::Kind::RollbackFailures: return RunNotices::tr("%1 alone failed in the last %n run(s). Built with QEMU it may get through.", nullptr, notice.count).arg(job);
    }
    return {};
}

QString noticeTone(RunNotice::Kind kind)
{
    switch (kind) {
    case RunNotice::Kind::UnknownLabel:
    case RunNotice::Kind::NoMatchingRunner:
    case RunNotice::Kind::LogFailure:
    case RunNotice::Kind::ActionFailed: return QStringLiteral("bad");
    case RunNotice::Kind::RunnersOffline:
    case RunNotice::Kind::RunnersBusy:
    case RunNotice::Kind::LongQueue:
    case RunNotice::Kind::PlanLimit:
    case RunNotice::Kind::SharedCacheScope:
    case RunNotice::Kind::LogMissing:
    case RunNotice::Kind::ArtifactsMissing:
    case RunNotice::Kind::RecordMissing:
    case RunNotice::Kind::RollbackQueued:
    case RunNotice::Kind::RollbackLabel:
    case RunNotice::Kind::RollbackNoRunner:
    case RunNotice::Kind::RollbackFailures: return QStringLiteral("warn");
    case RunNotice::Kind::NoLiveLog:
    case RunNotice::Kind::RecordExpired:
    case RunNotice::Kind::EarlierAttempt:
    case RunNotice::Kind::FromLogOnly: break;
    }
    return {};
}

bool offersRollback(RunNotice::Kind kind)
{
    return kind == RunNotice::Kind::RollbackQueued || kind == RunNotice::Kind::RollbackLabel || kind == RunNotice::Kind::RollbackNoRunner
           || kind == RunNotice::Kind::RollbackFailures;
}

RunNotices::RunNotices(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(20, 4, 20, 4);
    m_column->setSpacing(4);
    hide();
}

void RunNotices::setNotices(std::vector<RunNotice> notices)
{
    std::stable_sort(notices.begin(), notices.end(), [](const RunNotice& a, const RunNotice& b) { return seriousness(a.kind) > seriousness(b.kind); });
    if (notices == m_notices)
        return;
    m_notices = std::move(notices);
    rebuild();
}

void RunNotices::rebuild()
{
    while (QLayoutItem* item = m_column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a change of theme walks through the children just now
        delete item;
    }
    for (const RunNotice& notice : m_notices) {
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        const QString tone = noticeTone(notice.kind);
        const Palette& colors = Theme::palette();
        auto* glyph = new QLabel(line);
        const QColor color = tone == QLatin1String("bad") ? colors.failed : tone.isEmpty() ? colors.muted : colors.rebuilt;
        glyph->setPixmap(Theme::icon(tone.isEmpty() ? QStringLiteral("clock") : QStringLiteral("warning"), color).pixmap(14, 14));
        auto* text = new QLabel(noticeText(notice), line);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (tone.isEmpty())
            text->setProperty("role", QStringLiteral("muted"));
        row->addWidget(glyph, 0, Qt::AlignTop);
        row->addWidget(text, 1);
        if (notice.kind == RunNotice::Kind::NoLiveLog) {
            auto* open = new QPushButton(tr("Open the page"), line);
            connect(open, &QPushButton::clicked, this, &RunNotices::pageRequested);
            row->addWidget(open);
        } else if (offersRollback(notice.kind)) {
            auto* back = new QPushButton(tr("Roll back to QEMU…"), line);
            back->setObjectName(QStringLiteral("rollBack"));
            connect(back, &QPushButton::clicked, this, &RunNotices::rollbackRequested);
            row->addWidget(back);
        } else if (notice.again) {
            auto* again = new QPushButton(tr("Try again"), line);
            again->setObjectName(QStringLiteral("tryAgain"));
            connect(again, &QPushButton::clicked, this, &RunNotices::anotherTryRequested);
            row->addWidget(again);
        }
        for (QPushButton* button : line->findChildren<QPushButton*>()) {
            button->setEnabled(m_readOnly.isEmpty());
            button->setToolTip(m_readOnly);
        }
        m_column->addWidget(line);
    }
    setVisible(!m_notices.empty());
}

void RunNotices::setReadOnly(const QString& why)
{
    if (why == m_readOnly)
        return;
    m_readOnly = why;
    rebuild();
}

QStringList RunNotices::texts() const
{
    QStringList all;
    for (const RunNotice& notice : m_notices)
        all << noticeText(notice);
    return all;
}

void RunNotices::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace layerline
