#include "widgets/pages/empty_state.h"

#include "widgets/style/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerline {

namespace {
constexpr int columnWidth = 560;

QLabel* paragraph(QWidget* parent, const char* role)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (role)
        label->setProperty("role", QLatin1String(role));
    return label;
}
} // namespace

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), m_picture(new QLabel(this)), m_title(paragraph(this, "title")), m_text(paragraph(this, "muted")), m_note(paragraph(this, "muted"))
{
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_picture);
    column->addSpacing(14);
    column->addWidget(m_title);
    column->addSpacing(8);
    column->addWidget(m_text);
    column->addSpacing(16);
    column->addWidget(makeCommand(m_command));
    column->addSpacing(14);
    column->addWidget(m_note);
    column->addSpacing(20);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* demo = new QPushButton(Theme::icon(QStringLiteral("play"), Qt::white), tr("Play the recorded demo"), this);
    demo->setProperty("primary", true);
    demo->setObjectName(QStringLiteral("playDemo"));
    auto* open = new QPushButton(tr("Open a file…"), this);
    open->setObjectName(QStringLiteral("openFile"));
    m_back = new QPushButton(tr("Back to the build"), this);
    m_back->setObjectName(QStringLiteral("emptyBack"));
    m_back->setShortcut(Qt::Key_Escape); // wherever the focus is, while the button is in sight
    m_back->setToolTip(m_back->shortcut().toString(QKeySequence::NativeText));
    m_back->hide();
    m_builders = new QPushButton(tr("Show the builders"), this);
    m_builders->setObjectName(QStringLiteral("emptyBuilders"));
    m_builders->hide();
    buttons->addWidget(m_back);
    buttons->addWidget(demo);
    buttons->addWidget(open);
    buttons->addWidget(m_builders);
    buttons->addStretch(1);
    column->addLayout(buttons);

    auto* frame = new QWidget(this);
    frame->setMaximumWidth(columnWidth);
    frame->setLayout(column);
    column->setContentsMargins(24, 24, 24, 24);
    auto* centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(frame, 20);
    centre->addStretch(1);
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    outer->addLayout(centre);
    outer->addStretch(3);
    connect(demo, &QPushButton::clicked, this, &EmptyState::demoRequested);
    connect(open, &QPushButton::clicked, this, &EmptyState::openRequested);
    connect(m_back, &QPushButton::clicked, this, &EmptyState::backRequested);
    connect(m_builders, &QPushButton::clicked, this, &EmptyState::buildersRequested);
    updateTexts();
}

QWidget* EmptyState::makeCommand(QLabel*& label)
{
    auto* card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    auto* grid = new QVBoxLayout(card);
    grid->setContentsMargins(14, 10, 10, 12);
    grid->setSpacing(4);
    m_commandTitle = new QLabel(card);
    m_commandTitle->setProperty("role", QStringLiteral("section"));
    label = new QLabel(card);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setObjectName(QStringLiteral("emptyCommand"));
    auto* copy = new QToolButton(card);
    copy->setIcon(Theme::icon(QStringLiteral("copy")));
    copy->setToolTip(tr("Copy the command"));
    copy->setAccessibleName(tr("Copy the command"));
    auto* row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    grid->addWidget(m_commandTitle);
    grid->addLayout(row);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    return card;
}

void EmptyState::setBuilderFound(bool found)
{
    if (m_found == found)
        return;
    m_found = found;
    updateTexts();
}

void EmptyState::setBuildersDown(bool down)
{
    if (m_down == down)
        return;
    m_down = down;
    updateTexts();
}

void EmptyState::setBack(bool possible) { m_back->setVisible(possible); }

QString EmptyState::title() const { return m_title->text(); }

void EmptyState::updateTexts()
{
    m_picture->setPixmap(Theme::icon(m_found ? QStringLiteral("builds") : QStringLiteral("builders"), Theme::palette().accent).pixmap(36, 36));
    m_command->setFont(Theme::monoFont());
    m_builders->setVisible(!m_found && m_down);
    if (m_found) {
        m_title->setText(tr("Ready: waiting for a build"));
        m_text->setText(tr("Start one in any terminal, from Compose, Bake or your editor. Whoever starts it, it appears here as it runs, "
                           "with a lane for each architecture."));
        m_commandTitle->setText(tr("For example"));
        m_command->setText(QStringLiteral("docker buildx build --platform linux/amd64,linux/arm64 ."));
        m_note->setText(tr("Nothing to build at hand? The demo replays real builds, recorded on two platforms."));
    } else {
        m_title->setText(m_down ? tr("No builder answers") : tr("No builder found yet"));
        m_text->setText(m_down ? tr("Builders are known on this machine, but nobody answers at their addresses. Is Docker running? The page Builders says what "
                                    "is wrong with each; as soon as one answers it is noticed by itself.")
                               : tr("Layerline watches BuildKit, which does the work of `docker build`. Start Docker, or make a builder with buildx; "
                           "it is noticed by itself."));
        m_commandTitle->setText(tr("Make a builder that also builds for other architectures"));
        m_command->setText(QStringLiteral("docker buildx create --use --bootstrap --name multi --platform linux/amd64,linux/arm64"));
        m_note->setText(tr("You need no builder to look around: the demo replays real builds, and files (.dockerbuild, rawjson, "
                           "plain logs) open without Docker."));
    }
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateTexts();
}

} // namespace layerline
