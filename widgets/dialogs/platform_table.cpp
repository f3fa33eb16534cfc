#include "widgets/dialogs/platform_table.h"

#include "widgets/style/theme.h"

#include <QHeaderView>

#include <algorithm>

namespace layerline {

namespace {

enum Column { PlatformColumn, WhereColumn, UsualColumn, ColumnCount };
constexpr int rowsShown = 6;

QString usualText(const PlatformChoice& choice)
{
    if (!choice.usual)
        return PlatformTable::tr("never built here");
    return PlatformTable::tr("usually %1").arg(humanDuration(*choice.usual));
}

} // namespace

PlatformTable::PlatformTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("platformTable"));
    setAccessibleName(tr("Platforms"));
    setColumnCount(ColumnCount);
    setHorizontalHeaderLabels({tr("Platform"), tr("Runs"), tr("Takes")});
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(28);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setFixedHeight(30); // the style sheet's header is higher than its first size hint
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableWidget::itemChanged, this, &PlatformTable::onItemChanged);
}

QString PlatformTable::whereText(const PlatformChoice& choice)
{
    switch (choice.where) {
    case PlatformChoice::Where::NativeHere: return tr("native here");
    case PlatformChoice::Where::NativeOnNode: return tr("native on node %1").arg(QString::fromStdString(choice.node));
    case PlatformChoice::Where::Emulated:
        return choice.factor ? tr("emulated (QEMU %1)").arg(humanFactor(*choice.factor)) : tr("emulated (QEMU)");
    case PlatformChoice::Where::Unknown: return tr("not known yet");
    case PlatformChoice::Where::Unavailable: return tr("not available");
    }
    return {};
}

void PlatformTable::setChoices(const std::vector<PlatformChoice>& choices)
{
    if (choices == m_choices)
        return;
    m_choices = choices;
    m_filling = true;
    setRowCount(int(choices.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const PlatformChoice& choice = choices[std::size_t(row)];
        auto* name = new QTableWidgetItem(QString::fromStdString(choice.platform.str()));
        name->setIcon(Theme::icon(Theme::archIcon(choice.platform)));
        const bool possible = choice.where != PlatformChoice::Where::Unavailable;
        name->setFlags(Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | (possible ? Qt::ItemIsEnabled : Qt::NoItemFlags));
        name->setCheckState(choice.chosen ? Qt::Checked : Qt::Unchecked);
        setItem(row, PlatformColumn, name);
        setItem(row, WhereColumn, new QTableWidgetItem(whereText(choice)));
        auto* usual = new QTableWidgetItem(usualText(choice));
        if (choice.usual)
            usual->setToolTip(tr("The median of %n earlier build(s) of the same target", nullptr, choice.samples));
        setItem(row, UsualColumn, usual);
    }
    m_filling = false;
    updateGeometry();
}

void PlatformTable::onItemChanged(QTableWidgetItem* item)
{
    if (m_filling || item->column() != PlatformColumn)
        return;
    m_choices[std::size_t(item->row())].chosen = item->checkState() == Qt::Checked;
    Q_EMIT choicesChanged();
}

void PlatformTable::chooseOnly(const std::string& arch)
{
    const auto fits = [&](const PlatformChoice& choice) { return choice.platform.arch == arch && choice.where != PlatformChoice::Where::Unavailable; };
    if (std::none_of(m_choices.begin(), m_choices.end(), fits))
        return;
    std::vector<PlatformChoice> wanted = m_choices;
    for (PlatformChoice& choice : wanted)
        choice.chosen = fits(choice);
    setChoices(wanted);
    Q_EMIT choicesChanged();
}


QSize PlatformTable::sizeHint() const
{
    const int rows = std::clamp(rowCount(), 1, rowsShown);
    return {480, horizontalHeader()->height() + rows * verticalHeader()->defaultSectionSize() + 6};
}

QSize PlatformTable::minimumSizeHint() const
{
    return {240, horizontalHeader()->height() + std::clamp(rowCount(), 1, rowsShown) * verticalHeader()->defaultSectionSize() + 6};
}

} // namespace layerline
