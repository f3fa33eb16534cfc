#include "widgets/pages/builders_page_card.h"

#include "items/log_text.h"
#include "items/own_words.h"
#include "widgets/pages/details_pane_value.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

QLabel* label(const QString& text, const char* role, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    if (role)
        made->setProperty("role", QLatin1String(role));
    return made;
}

QLabel* chip(const QString& text, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setProperty("chip", true);
    made->setFixedHeight(22);
    return made;
}

QString days(std::int64_t seconds)
{
    const double count = double(seconds) / 86400;
    return count >= 1 ? BuilderCard::tr("%n day(s)", nullptr, int(count + 0.5)) : BuilderCard::tr("%n hour(s)", nullptr, int(count * 24 + 0.5));
}

/// "older than 60 days, beyond 20 GB"
QString ruleText(const GcRule& rule)
{
    QStringList parts;
    if (rule.keepSeconds > 0)
        parts += BuilderCard::tr("unused for %1").arg(days(rule.keepSeconds));
    if (rule.maxUsedBytes > 0)
        parts += BuilderCard::tr("beyond %1 in all").arg(humanBytes(rule.maxUsedBytes));
    if (rule.reservedBytes > 0)
        parts += BuilderCard::tr("never below %1").arg(humanBytes(rule.reservedBytes));
    if (rule.minFreeBytes > 0)
        parts += BuilderCard::tr("when less than %1 is free").arg(humanBytes(rule.minFreeBytes));
    QStringList types;
    for (const std::string& filter : rule.filters) {
        for (const QString& one : visibleText(filter).split(QLatin1Char(','))) {
            const QString type = one.section(QStringLiteral("=="), 1);
            types += type.isEmpty() ? one : diskTypeName(type.toStdString());
        }
    }
    const QString what = !types.isEmpty() ? types.join(QStringLiteral(", ")) : rule.all ? BuilderCard::tr("everything") : BuilderCard::tr("what no image uses");
    return parts.isEmpty() ? what : BuilderCard::tr("%1: %2").arg(what, parts.join(QStringLiteral(", ")));
}

} // namespace

BuilderCard::BuilderCard(const std::vector<NodeRow>& nodes, QWidget* parent) : QFrame(parent)
{
    setProperty("role", QStringLiteral("card"));
    const NodeRow& first = nodes.front();
    m_builder = visibleText(first.builder);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 16);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* name = label(m_builder, nullptr, this);
    name->setFont(Theme::uiFont(1.5, 600));
    name->setObjectName(QStringLiteral("builderName"));
    head->addWidget(name);
    if (!first.driver.empty()) {
        auto* driver = chip(visibleText(first.driver), this);
        driver->setToolTip(tr("The buildx driver"));
        head->addWidget(driver);
    }
    if (nodes.size() > 1)
        head->addWidget(chip(tr("%n node(s)", nullptr, int(nodes.size())), this));
    if (first.current) {
        auto* current = chip(tr("in use"), this);
        current->setProperty("tone", QStringLiteral("run"));
        current->setToolTip(tr("`docker buildx build` uses it when no builder is named"));
        head->addWidget(current);
    }
    head->addStretch(1);
    if (first.driver != "bare")
        head->addWidget(makeActions(nodes)); // buildx knows nothing of a bare address
    column->addLayout(head);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (i > 0) {
            auto* line = new QFrame(this);
            line->setProperty("role", QStringLiteral("line"));
            line->setFixedHeight(1);
            column->addWidget(line);
        }
        column->addWidget(makeNode(nodes[i], nodes.size() > 1));
    }
}

bool BuilderCard::menuOpen() const { return m_menu && m_menu->isVisible(); }

QWidget* BuilderCard::makeActions(const std::vector<NodeRow>& nodes)
{
    const NodeRow& first = nodes.front();
    auto* button = new QPushButton(tr("Manage"), this);
    button->setObjectName(QStringLiteral("manage_") + m_builder);
    auto* menu = m_menu = new QMenu(button);
    connect(menu, &QMenu::aboutToHide, this, &BuilderCard::menuClosed);
    menu->setToolTipsVisible(true);
    const auto add = [&](BuilderAction action, const QString& text, bool possible, const QString& otherwise = {}) {
        QAction* entry = menu->addAction(text, this, [this, action] { Q_EMIT actionRequested(action, {}); });
        entry->setEnabled(possible);
        entry->setToolTip(possible ? QString() : otherwise);
    };
    const bool live = std::any_of(nodes.begin(), nodes.end(), [](const NodeRow& node) { return node.state == NodeCondition::Live; });
    const bool stopped = std::any_of(nodes.begin(), nodes.end(), [](const NodeRow& node) { return node.state == NodeCondition::Stopped; });
    const bool made = first.driver != "docker"; // those of the docker driver are the engines themselves
    const QString silent = stopped ? tr("It is stopped: its cache can't be reached.") : tr("It does not answer: its cache can't be reached.");
    const QString own = tr("It is Docker's own: Docker starts, stops and removes it.");
    add(BuilderAction::CleanUp, tr("Clean up its cache…"), live, silent);
    add(BuilderAction::Warm, tr("Fetch a project's base images…"), live, silent);
    menu->addSeparator();
    add(BuilderAction::Use, tr("Use it by default…"), !first.current, tr("It is used by default already."));
    add(BuilderAction::AddNode, tr("Add a node…"), made, own);
    if (nodes.size() > 1) {
        for (const NodeRow& node : nodes) {
            const QString name = QString::fromStdString(node.node);
            menu->addAction(tr("Take node %1 out…").arg(visibleText(node.node)), this, [this, name] { Q_EMIT actionRequested(BuilderAction::RemoveNode, name); })->setEnabled(made);
        }
    }
    add(BuilderAction::Start, tr("Start it…"), stopped, made ? live ? tr("It runs.") : tr("It is not stopped: it does not answer.") : own);
    add(BuilderAction::Stop, tr("Stop it…"), live && made, made ? tr("It does not run.") : own);
    add(BuilderAction::Remove, tr("Remove it…"), made, own);
    // Said, too, to whoever uses the keyboard.
    if (!live || !made)
        menu->addSeparator();
    for (const auto& [holds, reason] : {std::pair(!live, silent), std::pair(!made, own)}) {
        if (holds)
            menu->addAction(reason)->setEnabled(false);
    }
    button->setMenu(menu);
    return button;
}

QWidget* BuilderCard::makeNode(const NodeRow& node, bool several)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    auto* badge = new NodeStateBadge(box);
    badge->setState(node.state);
    line->addWidget(badge);
    if (several || (!node.node.empty() && node.node != node.builder)) {
        auto* name = label(visibleText(node.node), nullptr, box);
        name->setFont(Theme::uiFont(0, 600));
        line->addWidget(name);
    }
    QStringList facts;
    if (!node.version.empty())
        facts += tr("BuildKit %1").arg(visibleText(node.version));
    if (node.runningBuilds > 0)
        facts += tr("%n build(s) running", nullptr, node.runningBuilds);
    if (node.reachedBy.size() > 1) {
        QStringList others;
        for (const std::string& other : node.reachedBy) {
            if (other != node.builder)
                others += visibleText(other);
        }
        if (!others.isEmpty())
            facts += tr("same engine as %1").arg(others.join(QStringLiteral(", ")));
    }
    line->addWidget(label(facts.join(QStringLiteral(" · ")), "muted", box));
    line->addStretch(1);
    column->addLayout(line);
    if (!node.endpoint.empty()) {
        auto* endpoint = new DetailsValue(box);
        endpoint->setText(visibleText(node.endpoint), true, false);
        endpoint->setToolTip(node.worker.empty() ? QString() : tr("Worker %1").arg(visibleText(node.worker)).toHtmlEscaped());
        column->addWidget(endpoint);
    }
    if (node.state != NodeCondition::Live)
        column->addWidget(makeProblem(node, box));
    if (!node.platforms.empty()) {
        auto* chips = new PlatformChips(box);
        chips->setNode(node);
        column->addWidget(chips);
    }
    if (node.diskKnown || !node.gcRules.empty())
        column->addWidget(makeDisk(node, box));
    return box;
}

/// What it means in a sentence; below it the technical text, to copy.
QWidget* BuilderCard::makeProblem(const NodeRow& node, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* sentence = label(conditionSentence(node), nullptr, box);
    sentence->setWordWrap(true);
    sentence->setObjectName(QStringLiteral("nodeProblem"));
    column->addWidget(sentence);
    QString technical = visibleText(ownWords(node.reason).toStdString());
    if (node.retryIn > 0)
        technical += (technical.isEmpty() ? QString() : QStringLiteral("\n")) + tr("next try in %1 s").arg(node.retryIn);
    if (!technical.isEmpty()) {
        auto* value = new DetailsValue(box);
        value->setText(technical, true, node.state == NodeCondition::Down || node.state == NodeCondition::Forbidden);
        column->addWidget(value);
    }
    return box;
}

QWidget* BuilderCard::makeDisk(const NodeRow& node, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(6);
    const std::vector<DiskSum> sums = diskSums(node.diskRecords);
    std::int64_t total = 0, reclaimable = 0;
    for (const DiskSum& sum : sums) {
        total += sum.total;
        reclaimable += sum.reclaimable;
    }
    if (node.diskKnown) {
        auto* line = new QHBoxLayout;
        auto* title = label(tr("Cache %1").arg(humanBytes(total)), nullptr, box);
        title->setFont(Theme::uiFont(0, 600));
        title->setObjectName(QStringLiteral("diskTitle"));
        line->addWidget(title);
        line->addWidget(label(total == 0 ? tr("nothing kept yet") : tr("%1 can be freed").arg(humanBytes(reclaimable)), "muted", box));
        line->addStretch(1);
        column->addLayout(line);
        if (total > 0) {
            auto* view = new DiskUseView(box);
            view->setSums(sums);
            column->addWidget(view);
        }
    }
    if (!node.gcRules.empty()) {
        column->addWidget(label(tr("Removed by itself"), "section", box));
        for (const GcRule& rule : node.gcRules) {
            auto* text = label(ruleText(rule), "muted", box);
            text->setWordWrap(true);
            column->addWidget(text);
        }
    }
    return box;
}

QStringList BuilderCard::texts() const
{
    QStringList out;
    for (const QWidget* widget : findChildren<QWidget*>()) {
        if (const auto* text = qobject_cast<const QLabel*>(widget); text && !text->text().isEmpty())
            out += text->text();
        else if (const auto* value = qobject_cast<const DetailsValue*>(widget))
            out += value->text();
        else if (const auto* disk = qobject_cast<const DiskUseView*>(widget))
            out += disk->texts();
        else if (qobject_cast<const NodeStateBadge*>(widget) || qobject_cast<const PlatformChips*>(widget))
            out += widget->accessibleName();
    }
    return out;
}

} // namespace layerline
