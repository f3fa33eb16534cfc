#include "app/clean_up_offer.h"

#include "analysis/builder_plan.h"
#include "app/cache_records.h"
#include "app/session.h"
#include "sources/runner/build_runner.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace layerline {

namespace {

/// BuildKit notes when a record was made in its own time.
Timestamp theirs(Timestamp ours, const NodeStatus& node) { return {ours.ns + node.clockSkewNs}; }

} // namespace

CleanUpOffer::CleanUpOffer(Session& session, BuildRunner& runner, QWidget* parent) : QFrame(parent), m_session(session), m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("cleanUpOffer"));
    setProperty("role", QStringLiteral("raised"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* clean = new QPushButton(tr("Clean up…"), this);
    clean->setObjectName(QStringLiteral("offerCleanUp"));
    auto* close = new QToolButton(this);
    close->setIcon(Theme::icon(QStringLiteral("cross")));
    close->setToolTip(tr("Hide this"));
    close->setAccessibleName(close->toolTip());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 12, 8);
    row->addWidget(m_text, 1);
    row->addWidget(clean);
    row->addWidget(close);
    hide();
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(clean, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT cleanUpRequested(m_builder);
    });
    connect(&runner, &BuildRunner::finished, this, &CleanUpOffer::onFinished);
    connect(&session, &Session::nodesChanged, this, &CleanUpOffer::look);
}

QString CleanUpOffer::text() const { return m_text->text(); }

void CleanUpOffer::onFinished(const BuildJob& job)
{
    if (!job.started || !job.ended)
        return;
    m_waiting.push_back({job.title, job.builder, *job.started, *job.ended});
    m_session.refreshDiskUsage();
}

void CleanUpOffer::look()
{
    std::erase_if(m_waiting, [this](const Waiting& build) { return weigh(build); });
}

bool CleanUpOffer::weigh(const Waiting& build)
{
    std::int64_t added = 0, held = 0, freed = 0;
    std::string builder;
    for (const NodeStatus& node : m_session.nodes()) {
        if (build.builder.empty() ? !node.current : node.builder != build.builder)
            continue;
        if (node.state == NodeState::Live && (!node.diskUsage || !node.diskUsage->read || *node.diskUsage->read < build.ended)) {
            m_session.refreshDiskUsage(); // an answer that was on its way is too old
            return false;
        }
        if (!node.diskUsage)
            continue;
        builder = node.builder;
        const auto records = cacheRecords(*node.diskUsage);
        added += diskForecast(records, {{theirs(build.started, node), theirs(build.ended, node)}}).most;
        held += node.diskUsage->totalBytes();
        freed += previewPrune(records, {}, m_session.clock().now()).bytes;
    }
    if (added < worthMentioning)
        return true;
    m_builder = QString::fromStdString(builder);
    m_text->setText(tr("%1 added %2 to the cache of %3, which holds %4 now. %5 of it can be freed.")
                        .arg(QString::fromStdString(build.title), humanBytes(added), m_builder, humanBytes(held), humanBytes(freed)));
    show();
    return true;
}

} // namespace layerline
