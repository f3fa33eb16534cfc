#include "widgets/pages/builders_page.h"

#include "widgets/pages/builders_page_card.h"
#include "widgets/style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace layerline {

namespace {
constexpr int margin = 24;
constexpr int twoColumnsFrom = 1400;
} // namespace

BuildersPage::BuildersPage(QWidget* parent)
    : QWidget(parent), m_model(new BuildersModel(this)), m_summary(new QLabel(this)), m_empty(new QLabel(this)), m_scroll(new QScrollArea(this))
{
    auto* title = new QLabel(tr("Builders"), this);
    title->setProperty("role", QStringLiteral("title"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setObjectName(QStringLiteral("buildersSummary"));
    m_refresh = new QPushButton(Theme::icon(QStringLiteral("refresh")), tr("Refresh"), this);
    m_refresh->setToolTip(tr("Read the nodes and their disk use anew"));
    m_refresh->setObjectName(QStringLiteral("refreshBuilders"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setText(tr("No builder is known. Start Docker, or make one with `docker buildx create`: it appears here by itself."));
    m_empty->setMargin(40);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(margin, 16, margin, 10);
    head->setSpacing(12);
    head->addWidget(title);
    head->addWidget(m_summary);
    head->addStretch(1);
    auto* add = new QPushButton(tr("Add a builder address…"), this);
    add->setToolTip(tr("Watch a BuildKit daemon that buildx and Docker do not know"));
    add->setObjectName(QStringLiteral("addBuilderAddress"));
    connect(add, &QPushButton::clicked, this, &BuildersPage::addAddressRequested);
    auto* create = new QPushButton(tr("New builder…"), this);
    create->setToolTip(tr("Make a builder with buildx: a container, a remote BuildKit, pods of a cluster"));
    create->setObjectName(QStringLiteral("newBuilder"));
    connect(create, &QPushButton::clicked, this, [this] { Q_EMIT actionRequested({}, BuilderAction::Create, {}); });
    head->addWidget(create);
    head->addWidget(add);
    head->addWidget(m_refresh);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_empty, 1);
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &BuildersPage::rebuild);
    connect(m_refresh, &QPushButton::clicked, this, &BuildersPage::refreshRequested);
    rebuild();
}

void BuildersPage::setNodes(std::vector<NodeRow> nodes)
{
    const std::vector<NodeRow> before = m_model->nodes();
    m_model->setNodes(std::move(nodes));
    if (m_model->nodes() != before)
        rebuild();
}

void BuildersPage::updateHead()
{
    int live = 0, bad = 0;
    for (const NodeRow& node : m_model->nodes()) {
        live += node.state == NodeCondition::Live;
        bad += node.state == NodeCondition::Down || node.state == NodeCondition::Hung || node.state == NodeCondition::Forbidden;
    }
    QStringList parts{tr("%n node(s)", nullptr, int(m_model->nodes().size())), tr("%n live", nullptr, live)};
    if (bad > 0)
        parts += tr("%n with a problem", nullptr, bad);
    m_summary->setText(m_model->nodes().empty() ? QString() : parts.join(QStringLiteral(" · ")));
}

int BuildersPage::columnsFor(int width) const { return width >= twoColumnsFrom && m_model->rowCount() > 1 ? 2 : 1; }

void BuildersPage::rebuild()
{
    // An open menu would go with its card; what is new waits until it is closed.
    m_stale = std::any_of(m_cards.begin(), m_cards.end(), [](const BuilderCard* card) { return card->menuOpen(); });
    if (m_stale)
        return;
    m_refresh->setIcon(Theme::icon(QStringLiteral("refresh")));
    updateHead();
    const auto& nodes = m_model->nodes();
    m_scroll->setVisible(!nodes.empty());
    m_empty->setVisible(nodes.empty());
    const int position = m_scroll->verticalScrollBar()->value();
    m_cards.clear();
    auto* content = new QWidget;
    for (std::size_t first = 0; first < nodes.size();) {
        std::vector<NodeRow> group;
        std::size_t last = first;
        for (; last < nodes.size() && nodes[last].builder == nodes[first].builder; ++last)
            group.push_back(nodes[last]);
        auto* card = new BuilderCard(group, content);
        connect(card, &BuilderCard::actionRequested, this,
                [this, builder = QString::fromStdString(group.front().builder)](BuilderAction action, const QString& node) { Q_EMIT actionRequested(builder, action, node); });
        connect(card, &BuilderCard::menuClosed, this, [this] {
            if (m_stale)
                m_later.start();
        });
        m_cards.push_back(card);
        first = last;
    }
    // Each card goes where there is least, so that two columns come out about equal.
    m_columns = columnsFor(width());
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(margin, 4, margin, margin);
    row->setSpacing(14);
    std::vector<std::pair<int, QVBoxLayout*>> columns;
    for (int i = 0; i < m_columns; ++i) {
        columns.emplace_back(0, new QVBoxLayout);
        columns.back().second->setSpacing(12);
        row->addLayout(columns.back().second, 1);
    }
    for (BuilderCard* card : m_cards) {
        auto& shortest = *std::min_element(columns.begin(), columns.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        shortest.second->addWidget(card);
        shortest.first += card->sizeHint().height();
    }
    for (const auto& column : columns)
        column.second->addStretch(1);
    // A button whose menu has just been closed is still on the stack: the old cards go later.
    if (QWidget* old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(content);
    content->layout()->activate();
    const int width = m_scroll->viewport()->width();
    content->resize(width, std::max(m_scroll->viewport()->height(), content->heightForWidth(width)));
    m_scroll->verticalScrollBar()->setValue(position);
}

void BuildersPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (columnsFor(width()) != m_columns)
        rebuild();
}

void BuildersPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // Later: the application is in the middle of telling every widget, those to be deleted among them.
    if (event->type() == QEvent::PaletteChange)
        m_later.start(); // the new colours are known by then
}

QStringList BuildersPage::texts() const
{
    QStringList out{m_summary->text()};
    for (const BuilderCard* card : m_cards)
        out += card->texts();
    return out;
}

} // namespace layerline
