#include "widgets/pages/failure_notice.h"

#include "widgets/style/theme.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

constexpr std::size_t mostShown = 2; ///< the errors' own come first; the page below is what the window is for

} // namespace

FailureNotice::FailureNotice(BuildStore& store, SelectionState& selection, std::shared_ptr<FailureNotes> notes, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_notes(std::move(notes))
{
    setAccessibleName(tr("Why the build failed"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(20, 12, 20, 2);
    auto* card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    outer->addWidget(card);
    m_column = new QVBoxLayout(card);
    m_column->setContentsMargins(14, 9, 10, 9);
    m_column->setSpacing(8);
    hide();
    connect(&m_selection, &SelectionState::buildChanged, this, &FailureNotice::refresh);
    connect(&m_store, &BuildStore::changed, this, [this](const ChangeSet& changes) {
        if (changes.builds.count(m_selection.build()))
            refresh();
    });
    refresh();
}

void FailureNotice::refresh()
{
    const Build* build = m_store.find(m_selection.build());
    std::vector<FailureAdvice> found = build ? m_notes->of(*build) : std::vector<FailureAdvice>{};
    if (found.size() > mostShown)
        found.resize(mostShown);
    if (found == m_shown)
        return;
    m_shown = std::move(found);
    rebuild();
}

QWidget* FailureNotice::rowFor(const FailureAdvice& advice)
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    auto* glyph = new QLabel(line);
    glyph->setPixmap(Theme::icon(QStringLiteral("warning"), Theme::palette().failed).pixmap(16, 16));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    auto* cause = new QLabel(advice.cause, line);
    auto* remedy = new QLabel(advice.remedy, line);
    QFont bold = cause->font();
    bold.setBold(true);
    cause->setFont(bold);
    remedy->setProperty("role", QStringLiteral("muted"));
    for (QLabel* text : {cause, remedy}) {
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setToolTip(advice.line);
        texts->addWidget(text);
    }
    row->addWidget(glyph, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    if (advice.step != noStep) {
        auto* show = new QPushButton(tr("Show the step"), line);
        const StepIndex step = advice.step;
        connect(show, &QPushButton::clicked, this, [this, step] { m_selection.setStep(step); });
        row->addWidget(show, 0, Qt::AlignVCenter);
    }
    return line;
}

void FailureNotice::rebuild()
{
    while (QLayoutItem* item = m_column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a change of theme walks through the children just now
        delete item;
    }
    for (const FailureAdvice& advice : m_shown)
        m_column->addWidget(rowFor(advice));
    setVisible(!m_shown.empty());
}

QStringList FailureNotice::texts() const
{
    QStringList all;
    for (const FailureAdvice& advice : m_shown)
        all << advice.cause + QLatin1Char(' ') + advice.remedy;
    return all;
}

void FailureNotice::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Why the build failed"));
        m_notes->forget();
        refresh();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace layerline
