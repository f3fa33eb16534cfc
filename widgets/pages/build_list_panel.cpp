#include "widgets/pages/build_list_panel.h"

#include "widgets/pages/build_list_delegate.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolTip>
#include <QVBoxLayout>

namespace layerline {

BuildListPanel::BuildListPanel(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QFrame(parent), m_store(store), m_selection(selection), m_model(new BuildListModel(store, clock, this)), m_view(new QListView(this)), m_stack(new QStackedWidget(this))
{
    setFrameShape(QFrame::NoFrame);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(makeSearch());
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeEmpty());

    // Before the view's own connections: a row that goes must not make the view choose a neighbour on its own.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_following = true; });
    m_view->setModel(m_model);
    m_view->setItemDelegate(new BuildListDelegate(*m_model, clock, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalScrollBar()->setSingleStep(24);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setMouseTracking(true);
    m_view->setAccessibleName(tr("Builds"));
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setStyleSheet(QStringLiteral("QListView { background: transparent; border: none; }"));
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex& index) { m_model->setExpanded(index.row(), !m_model->expanded(index.row())); });

    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &BuildListPanel::refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &BuildListPanel::onCurrentChanged);
    connect(&selection, &SelectionState::buildChanged, this, &BuildListPanel::followSelection);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_following = false;
        onRowsChanged();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &BuildListPanel::onRowsChanged);
    connect(m_model, &QAbstractItemModel::rowsMoved, this, &BuildListPanel::onRowsChanged);
    onRowsChanged();
}

void BuildListPanel::addFooter(QWidget* footer)
{
    layout()->addWidget(footer);
}

QWidget* BuildListPanel::makeSearch()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(12, 12, 12, 8);
    m_search = new QLineEdit(box);
    m_texts = {tr("Search builds, tags, errors…"), tr("No builds yet"), tr("Start one in any terminal, it appears here by itself:\ndocker buildx build ."), tr("Play the recorded demo")};
    m_search->setPlaceholderText(m_texts.search);
    m_search->setAccessibleName(tr("Search builds"));
    m_search->setClearButtonEnabled(false);
    m_search->installEventFilter(this);
    row->addWidget(m_search);
    auto* inner = new QHBoxLayout(m_search);
    inner->setContentsMargins(0, 0, 9, 0);
    auto* hint = new QLabel(tr("Ctrl K"), m_search);
    hint->setProperty("role", QStringLiteral("kbd"));
    hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    inner->addStretch();
    hint->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    inner->addWidget(hint, 0, Qt::AlignVCenter);
    m_search->setTextMargins(0, 0, hint->sizeHint().width() + 8, 0);
    connect(m_search, &QLineEdit::textChanged, this, [this, hint](const QString& text) {
        hint->setVisible(text.isEmpty());
        m_model->setFilter(text);
        onRowsChanged();
    });
    return box;
}

QWidget* BuildListPanel::makeEmpty()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(28, 36, 28, 24);
    column->setSpacing(8);
    m_emptyTitle = new QLabel(box);
    m_emptyTitle->setFont(Theme::uiFont(0.75, 600));
    m_emptyText = new QLabel(box);
    m_emptyText->setProperty("role", QStringLiteral("muted"));
    m_emptyButton = new QPushButton(box);
    for (QLabel* label : {m_emptyTitle, m_emptyText}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    column->addSpacing(6);
    column->addWidget(m_emptyButton, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_model->filter().isEmpty())
            Q_EMIT demoRequested();
        else
            m_search->clear();
    });
    return box;
}

void BuildListPanel::setTexts(const BuildListTexts& texts)
{
    m_texts = texts;
    m_search->setPlaceholderText(texts.search);
    m_search->setAccessibleName(texts.search);
    onRowsChanged();
}

QSize BuildListPanel::sizeHint() const
{
    return {348, 600};
}

void BuildListPanel::refresh()
{
    m_model->timePassed();
}

void BuildListPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void BuildListPanel::move(int direction)
{
    for (int row = m_view->currentIndex().row() + direction; row >= 0 && row < m_model->rowCount(); row += direction) {
        if (m_model->item(row)) {
            m_view->setCurrentIndex(m_model->index(row));
            return;
        }
    }
}

void BuildListPanel::selectNext() { move(1); }
void BuildListPanel::selectPrevious() { move(-1); }

void BuildListPanel::onCurrentChanged(const QModelIndex& current)
{
    // While rows come and go the view chooses neighbours by itself: only a person's choice counts.
    if (!m_following && current.isValid() && m_model->item(current.row()))
        m_selection.setBuild(m_model->idAt(current.row()));
}

void BuildListPanel::followSelection()
{
    const int own = m_model->rowOf(m_selection.build());
    const int row = own >= 0 ? own : m_model->groupRowOf(m_selection.build()); // a closed group stands for its builds
    const QModelIndex wanted = row >= 0 ? m_model->index(row) : QModelIndex();
    if (m_view->currentIndex() == wanted)
        return;
    m_following = true;
    if (wanted.isValid())
        m_view->setCurrentIndex(wanted);
    else
        m_view->selectionModel()->clear();
    m_following = false;
}

void BuildListPanel::onRowsChanged()
{
    const bool filtered = !m_model->filter().isEmpty();
    const bool empty = m_model->rowCount() == 0;
    if (empty && filtered) {
        m_emptyTitle->setText(tr("No build matches"));
        m_emptyText->setText(tr("The name, builder, tag, platform, error and reference of %n build(s) were searched for “%1”.", nullptr, m_model->allBuilds()).arg(m_model->filter().trimmed()));
        m_emptyButton->setText(tr("Clear the search"));
    } else if (empty) {
        m_emptyTitle->setText(m_texts.emptyTitle);
        m_emptyText->setText(m_texts.emptyText);
        m_emptyButton->setText(m_texts.emptyButton);
    }
    // While there was nothing to list only the search could take the keyboard; J, K and the rest are for the list.
    const bool first = !empty && m_stack->currentIndex() == 1 && m_search->text().isEmpty();
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (first && isAncestorOf(window()->focusWidget()))
        m_view->setFocus(Qt::OtherFocusReason);
    if (!empty && !filtered && (m_selection.build().empty() || !m_store.find(m_selection.build()))) {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->item(row)) {
                m_selection.setBuild(m_model->idAt(row));
                break;
            }
        }
    }
    followSelection();
    updateTimer();
}

void BuildListPanel::updateTimer()
{
    // Seconds matter to running builds only; otherwise midnight is all that can happen.
    const int interval = m_model->hasRunning() ? 1000 : 60'000;
    if (!isVisible())
        m_second.stop();
    else if (!m_second.isActive() || m_second.interval() != interval)
        m_second.start(interval);
}

/// Opens and closes the group under the cursor; Left on one of its builds goes to the header.
bool BuildListPanel::groupKey(int key)
{
    const int row = m_view->currentIndex().row();
    const bool header = m_model->group(row) != nullptr;
    const int above = header ? row : m_model->groupRowOf(m_model->idAt(row));
    if (key == Qt::Key_Left && !header && above >= 0) {
        m_view->setCurrentIndex(m_model->index(above));
        return true;
    }
    if (!header || (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Return && key != Qt::Key_Enter))
        return false;
    m_model->setExpanded(row, key == Qt::Key_Right || (key != Qt::Key_Left && !m_model->expanded(row)));
    return true;
}

bool BuildListPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            move(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            if (m_model->rowOf(m_selection.build()) < 0)
                move(1);
            m_view->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::KeyPress && groupKey(static_cast<QKeyEvent*>(event)->key()))
        return true;
    if (watched == m_search && event->type() == QEvent::Resize) {
        // A narrow list gets shorter words instead of cut ones.
        const QString& whole = m_texts.search;
        const int room = m_search->width() - m_search->textMargins().right() - 30;
        m_search->setPlaceholderText(m_search->fontMetrics().horizontalAdvance(whole) <= room ? whole : tr("Search…"));
    }
    if (watched == m_view->viewport() && event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int row = m_view->indexAt(help->pos()).row();
        if (const BuildGroupItem* group = m_model->group(row))
            QToolTip::showText(help->globalPos(), BuildListDelegate::toolTip(*group), m_view);
        else if (const BuildListItem* item = m_model->item(row))
            QToolTip::showText(help->globalPos(), BuildListDelegate::toolTip(*item), m_view);
        else
            QToolTip::hideText();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void BuildListPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::palette().panelRaised);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::palette().line);
}

void BuildListPanel::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    refresh();
    updateTimer();
}

void BuildListPanel::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    updateTimer();
}

void BuildListPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace layerline
