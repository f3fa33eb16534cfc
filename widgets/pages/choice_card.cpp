#include "widgets/pages/choice_card.h"

#include "items/build_text.h"
#include "items/long_wait.h"
#include "items/step_label.h"
#include "widgets/log/elided_label.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

constexpr int longestLabel = 40; ///< characters of a step in a title
constexpr int sideMargin = 20, gap = 16, padding = 14, pictureSize = 18, pictureGap = 10;
constexpr int spare = 24; ///< pixels to have before the choices come up again: texts tick

QString stepName(const Build& build, StepIndex step)
{
    const BuildText shown(build);
    const QStringList labels = stepLabels(build.step(step), shown);
    const auto fits = std::find_if(labels.begin(), labels.end(), [](const QString& label) { return label.size() <= longestLabel; });
    return labels.isEmpty() ? shown(build.step(step).name) : fits != labels.end() ? *fits : labels.last();
}

} // namespace

ChoiceCard::ChoiceCard(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("choiceCard"));
    auto* outer = new QHBoxLayout(this); // the card keeps off the page's edges
    outer->setContentsMargins(sideMargin, 12, sideMargin, 0);
    auto* card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    outer->addWidget(card);
    m_picture = new QLabel(card);
    m_picture->setFixedWidth(pictureSize);
    m_title = new ElidedLabel(card);
    m_title->setObjectName(QStringLiteral("choiceTitle"));
    m_title->setProperty("role", QStringLiteral("heading"));
    m_reason = new ElidedLabel(card);
    m_reason->setObjectName(QStringLiteral("choiceReason"));
    m_reason->setProperty("role", QStringLiteral("muted"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    for (QLabel* label : {m_title, m_reason}) {
        label->setTextFormat(Qt::PlainText);
        texts->addWidget(label);
    }
    texts->addStretch(1);
    auto* told = new QHBoxLayout;
    told->setSpacing(pictureGap);
    told->addWidget(m_picture, 0, Qt::AlignTop);
    told->addLayout(texts, 1);
    m_row = new QBoxLayout(QBoxLayout::LeftToRight, card);
    m_row->setContentsMargins(padding, 12, padding, 12);
    m_row->setSpacing(gap);
    m_row->addLayout(told, 1);
    m_choices = new QBoxLayout(QBoxLayout::LeftToRight);
    m_choices->setSpacing(8);
    m_row->addLayout(m_choices);
    m_wait = addChoice("choiceWait");
    m_native = addChoice("choiceNative");
    m_node = addChoice("choiceNode");
    connect(m_wait.button, &QPushButton::clicked, this, &ChoiceCard::waitChosen);
    connect(m_native.button, &QPushButton::clicked, this, &ChoiceCard::nativeOnlyChosen);
    connect(m_node.button, &QPushButton::clicked, this, &ChoiceCard::nodeChosen);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Maximum); // texts must not dictate the window's width
    hide();
}

ChoiceCard::Choice ChoiceCard::addChoice(const char* name)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* button = new QPushButton(box);
    button->setObjectName(QLatin1String(name));
    auto* cost = new QLabel(box);
    cost->setTextFormat(Qt::PlainText);
    cost->setProperty("role", QStringLiteral("muted"));
    cost->setFont(Theme::uiFont(-1));
    cost->setAlignment(Qt::AlignHCenter);
    column->addWidget(button);
    column->addWidget(cost);
    column->addStretch(1);
    m_choices->addWidget(box, 1);
    return {box, button, cost};
}

void ChoiceCard::setChoice(const Choice& choice, const QString& text, const QString& cost, const QString& tip)
{
    choice.button->setText(text);
    choice.button->setToolTip(tip);
    choice.button->setAccessibleDescription(cost);
    choice.cost->setText(cost);
    choice.cost->setToolTip(tip);
}

QString ChoiceCard::title() const { return m_title->text(); }

void ChoiceCard::setTexts(const Build& build, const LongWait& wait)
{
    const QString platform = QString::fromStdString(wait.platform.shortName()), native = QString::fromStdString(wait.native.shortName());
    const QString slow = wait.factor ? tr("Emulated: %1 slower than %2 in this build.").arg(humanFactor(*wait.factor), native) : tr("Emulated: this builder has no %1 machine.").arg(platform);
    switch (wait.reason) {
    case LongWait::Reason::LongLeft:
        m_title->setText(tr("%1 needs %2 more").arg(platform, humanRange(*wait.left)));
        m_reason->setText(slow);
        break;
    case LongWait::Reason::SlowStep:
        m_title->setText(tr("%1 may be stuck: %2 has run for %3").arg(platform, stepName(build, wait.step), humanElapsed(wait.running)));
        m_reason->setText(tr("It usually takes %1.").arg(humanRange(*wait.usual)) + QLatin1Char(' ') + slow);
        break;
    case LongWait::Reason::LongRunning:
        m_title->setText(tr("%1 has been at %2 for %3").arg(platform, stepName(build, wait.step), humanElapsed(wait.running)));
        m_reason->setText(tr("It took %1 on %2. How long it still takes here nothing tells.").arg(humanDuration(*wait.sibling), native));
        break;
    }
    setAccessibleName(m_title->text());
}

void ChoiceCard::offer(const Build& build, const LongWait& wait, const QString& native)
{
    const QString platform = QString::fromStdString(wait.platform.shortName());
    m_picture->setPixmap(Theme::icon(QStringLiteral("clock"), Theme::palette().rebuilt).pixmap(pictureSize, pictureSize)); // the theme may have changed
    setTexts(build, wait);
    const bool stuck = wait.reason != LongWait::Reason::LongLeft;
    setChoice(m_wait, tr("Keep waiting"), stuck || !wait.left ? tr("nobody knows how long") : humanRange(*wait.left), tr("Hides this for this build"));
    m_native.box->setVisible(!native.isEmpty());
    const QString time = wait.nativeDone ? tr("at once, cached") : wait.nativeLeft ? humanRange(*wait.nativeLeft) : tr("native speed");
    setChoice(m_native, tr("%1 only…").arg(native), tr("%1 · no %2").arg(time, platform),
              tr("Builds it again for %1 alone, without emulation; shows what it would do first").arg(native));
    setChoice(m_node, tr("Add %1 node…").arg(platform), wait.onNode ? tr("%1 · needs a machine").arg(humanRange(*wait.onNode)) : tr("needs a machine"),
              tr("Adds a machine that runs %1 itself to the builder, for the next build: there the whole of %1 is built anew, without a cache").arg(platform));
    show();
    arrange();
}

/// From the parts themselves: a nested layout learns of a hidden one only with the next event.
void ChoiceCard::arrange()
{
    int widest = 0, shown = 0;
    for (const Choice* choice : {&m_wait, &m_native, &m_node}) {
        if (choice->box->isHidden())
            continue;
        widest = std::max(widest, std::max(choice->button->sizeHint().width(), choice->cost->sizeHint().width()));
        ++shown;
    }
    const int text = pictureSize + pictureGap + std::max(m_title->sizeHint().width(), m_reason->sizeHint().width());
    const int needed = 2 * (sideMargin + padding) + text + gap + shown * (widest + m_choices->spacing());
    const bool was = m_row->direction() == QBoxLayout::LeftToRight;
    const bool beside = needed + (was ? 0 : spare) <= width();
    if (beside == was)
        return;
    m_row->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_row->setSpacing(beside ? gap : 8);
    m_row->parentWidget()->updateGeometry(); // from the inside out: each remembers how high its parts were
    updateGeometry();
}

void ChoiceCard::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    arrange();
}

} // namespace layerline
