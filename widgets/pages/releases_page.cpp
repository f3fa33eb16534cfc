#include "widgets/pages/releases_page.h"

#include "items/own_words.h"
#include "widgets/pages/example_bar.h"
#include "widgets/pages/images_list.h"
#include "widgets/pages/release_cells.h"
#include "widgets/pages/releases_table.h"
#include "widgets/style/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

constexpr int emptyWidth = 560;

QString qt(const std::string& text) { return QString::fromStdString(text); }

QLabel* label(QWidget* parent, const char* role, const char* name = nullptr)
{
    auto* made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        made->setProperty("role", QLatin1String(role));
    if (name)
        made->setObjectName(QLatin1String(name));
    return made;
}

QPushButton* button(QWidget* parent, const char* name)
{
    auto* made = new QPushButton(parent);
    made->setObjectName(QLatin1String(name));
    return made;
}

QString platformNames(const std::vector<Platform>& platforms)
{
    QStringList names;
    for (const Platform& platform : platforms)
        names << qt(platform.shortName());
    return names.join(QStringLiteral(", "));
}

QString faultSentence(const ReleaseFault& fault)
{
    QStringList tags;
    for (const std::string& tag : fault.tags)
        tags << qt(tag);
    const int shown = 6, more = int(tags.size()) - shown;
    QString list = tags.mid(0, shown).join(QStringLiteral(", "));
    if (more > 0)
        list = ReleasesPage::tr("%1 and %n more", nullptr, more).arg(list);
    return fault.verdict == PlatformVerdict::Missing ? ReleasesPage::tr("%1 is promised and not published: %2").arg(qt(fault.platform.str()), list)
                                                     : ReleasesPage::tr("%1 is not what the job built: %2").arg(qt(fault.platform.str()), list);
}

/// The command that checks the same from a script.
QString gateCommand(const WatchedImage& image, const QString& tag)
{
    const QString name = QStringLiteral("%1:%2").arg(qt(image.image), tag.isEmpty() ? QStringLiteral("latest") : tag);
    if (image.promised.from == PromiseChoice::From::Repository)
        return QStringLiteral("layerline gate %1 --image %2").arg(qt(image.promised.text), name);
    QString command = QStringLiteral("layerline gate ") + name;
    if (image.release) {
        for (const Platform& platform : image.release->promise.platforms)
            command += QStringLiteral(" --platform ") + qt(platform.str());
    }
    return command;
}

} // namespace

ReleasesPage::ReleasesPage(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock)
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    m_left = makeLeft();
    splitter->addWidget(m_left);
    m_stack = new QStackedWidget(splitter);
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeRight(clock));
    splitter->addWidget(m_stack);
    m_exampleBar = new ExampleBar(this);
    layOutWithExample(*this, *m_exampleBar, *splitter, {320, 1056});
    connect(m_exampleBar, &ExampleBar::closeRequested, this, &ReleasesPage::exampleClosed);
    connect(m_images, &ImagesList::imageChosen, this, &ReleasesPage::refresh);
    nameThings();
    refresh();
}

QWidget* ReleasesPage::makeLeft()
{
    auto* left = new QFrame(this);
    left->setProperty("role", QStringLiteral("raised"));
    left->setMinimumWidth(220);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(14, 12, 12, 0);
    m_title = label(left, "title");
    m_add = button(left, "addImage");
    m_add->setProperty("flat", true);
    head->addWidget(m_title, 1);
    head->addWidget(m_add);
    column->addLayout(head);
    m_images = new ImagesList(left);
    column->addWidget(m_images, 1);
    connect(m_add, &QPushButton::clicked, this, &ReleasesPage::addRequested);
    return left;
}

QWidget* ReleasesPage::makeHead(QWidget* parent)
{
    auto* head = new QWidget(parent);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(20, 14, 16, 10);
    row->setSpacing(8);
    auto* names = new QVBoxLayout;
    names->setSpacing(3);
    m_name = label(head, "title", "releaseName");
    m_promise = label(head, "muted", "releasePromise");
    m_when = label(head, "faint", "releaseWhen");
    names->addWidget(m_name);
    names->addWidget(m_promise);
    names->addWidget(m_when);
    row->addLayout(names, 1);
    m_refresh = button(head, "refreshRelease");
    m_move = button(head, "moveTag");
    m_more = button(head, "releaseMore");
    m_more->setMenu(new QMenu(m_more));
    for (QPushButton* each : {m_refresh, m_more, m_move})
        row->addWidget(each, 0, Qt::AlignTop);
    m_move->setProperty("primary", true);
    connect(m_refresh, &QPushButton::clicked, this, [this] { Q_EMIT refreshRequested(currentImage()); });
    connect(m_move, &QPushButton::clicked, this, [this] { Q_EMIT moveRequested(currentImage(), m_table->currentTag()); });
    return head;
}

QWidget* ReleasesPage::makeRight(const Clock& clock)
{
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead(right));
    m_faultCard = new QFrame(right);
    m_faultCard->setObjectName(QStringLiteral("faultCard"));
    m_faultCard->setProperty("role", QStringLiteral("card"));
    auto* line = new QHBoxLayout(m_faultCard);
    line->setContentsMargins(14, 10, 14, 10);
    line->setSpacing(10);
    m_faultIcon = new QLabel(m_faultCard);
    m_faults = label(m_faultCard, nullptr, "releaseFaults");
    m_faults->setProperty("tone", QStringLiteral("bad"));
    line->addWidget(m_faultIcon, 0, Qt::AlignTop);
    line->addWidget(m_faults, 1);
    auto* around = new QHBoxLayout;
    around->setContentsMargins(20, 0, 20, 10);
    around->addWidget(m_faultCard);
    column->addLayout(around);
    m_table = new ReleasesTable(clock, right);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(10, 0, 10, 10);
    inset->addWidget(m_table);
    column->addLayout(inset, 1);
    column->addWidget(makeCells(right));
    connect(m_table, &ReleasesTable::tagChosen, this, [this](const QString& tag) {
        m_move->setEnabled(!tag.isEmpty() && !m_example);
        updateCells();
    });
    connect(m_table, &ReleasesTable::moveRequested, this, [this](const QString& tag) {
        if (!m_example)
            Q_EMIT moveRequested(currentImage(), tag);
    });
    return right;
}

/// Below the tags: the chosen one, platform by platform.
QWidget* ReleasesPage::makeCells(QWidget* parent)
{
    auto* below = new QFrame(parent);
    below->setProperty("role", QStringLiteral("raised"));
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(20, 10, 20, 12);
    column->setSpacing(6);
    m_cellsTitle = label(below, "heading", "releaseCellsTitle");
    m_cells = new ReleaseCells(below);
    column->addWidget(m_cellsTitle);
    column->addWidget(m_cells);
    return below;
}

QWidget* ReleasesPage::makeEmpty()
{
    auto* page = new QWidget(this);
    auto* frame = new QWidget(page);
    frame->setMaximumWidth(emptyWidth);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(10);
    m_emptyPicture = new QLabel(frame);
    m_emptyTitle = label(frame, "title", "releasesEmptyTitle");
    m_emptyText = label(frame, "muted");
    m_emptyNote = label(frame, "muted");
    m_emptyAdd = button(frame, "releasesEmptyAdd");
    m_emptyAdd->setProperty("primary", true);
    for (QWidget* each : {static_cast<QWidget*>(m_emptyPicture), static_cast<QWidget*>(m_emptyTitle), static_cast<QWidget*>(m_emptyText), static_cast<QWidget*>(m_emptyNote)})
        column->addWidget(each);
    column->addSpacing(6);
    m_emptyExample = button(frame, "releasesExample");
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_emptyAdd);
    buttons->addWidget(m_emptyExample);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_emptyExample, &QPushButton::clicked, this, &ReleasesPage::exampleRequested);
    auto* centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(frame, 20);
    centre->addStretch(1);
    auto* outer = new QVBoxLayout(page);
    outer->addStretch(2);
    outer->addLayout(centre);
    outer->addStretch(3);
    connect(m_emptyAdd, &QPushButton::clicked, this, &ReleasesPage::addRequested);
    return page;
}

void ReleasesPage::nameThings()
{
    m_title->setText(tr("Releases"));
    m_add->setText(tr("Add…"));
    m_add->setToolTip(tr("Add an image to watch"));
    m_refresh->setText(tr("Read again"));
    m_move->setText(tr("Move the tag…"));
    m_more->setText(tr("More"));
    QMenu& menu = *m_more->menu();
    menu.clear();
    menu.addAction(tr("Promised platforms…"), this, [this] { Q_EMIT promiseRequested(currentImage()); });
    menu.addAction(tr("Copy the gate's command"), this, [this] {
        if (const WatchedImage* image = m_images->current())
            QGuiApplication::clipboard()->setText(gateCommand(*image, m_table->currentTag()));
    });
    menu.addSeparator();
    menu.addAction(tr("Stop watching this image"), this, [this] { Q_EMIT removeRequested(currentImage()); });
    m_emptyPicture->setPixmap(Theme::icon(QStringLiteral("releases"), Theme::palette().accent).pixmap(36, 36));
    m_emptyTitle->setText(tr("Is every promised platform published?"));
    m_emptyText->setText(tr("Name an image and the platforms it promises. Layerline reads its tags from the registry, signed in as docker is, and shows "
                            "which platform is there under which digest, and loudly which one is missing."));
    m_emptyNote->setText(tr("A tag can be moved back to an earlier digest without building anything again. From a script, the same check is "
                            "layerline gate IMAGE --platform linux/amd64 --platform linux/arm64."));
    m_emptyAdd->setText(tr("Add an image…"));
    m_emptyExample->setText(tr("Show an example"));
    m_faultIcon->setPixmap(Theme::icon(QStringLiteral("warning"), Theme::palette().failed).pixmap(18, 18));
}

void ReleasesPage::setImages(std::vector<WatchedImage> images)
{
    m_images->setImages(std::move(images));
    refresh();
}

void ReleasesPage::setExample(bool example)
{
    m_example = example;
    m_exampleBar->setVisible(example);
    for (QPushButton* each : {m_refresh, m_move, m_more})
        each->setToolTip(example ? ExampleBar::reason() : QString());
    m_more->setEnabled(!example);
    refresh();
}

QString ReleasesPage::currentImage() const
{
    const WatchedImage* image = m_images->current();
    return image ? qt(image->image) : QString();
}

void ReleasesPage::showImage(const QString& image) { m_images->choose(image); }

QString ReleasesPage::faultText() const { return m_faultCard->isHidden() ? QString() : m_faults->text(); }

void ReleasesPage::refresh()
{
    const WatchedImage* image = m_images->current();
    m_left->setVisible(m_images->model().rowCount() > 0);
    m_stack->setCurrentIndex(image ? 1 : 0);
    if (!image)
        return;
    updateHead(*image);
    updateFaults(*image);
    m_table->setRelease(image->release);
    m_table->setVisible(image->release && !image->release->tags.empty());
    m_move->setEnabled(!m_table->currentTag().isEmpty() && !m_example);
    updateCells();
}

void ReleasesPage::updateCells()
{
    const ReleaseTag* tag = m_table->model().tag(m_table->currentIndex().row());
    m_cells->parentWidget()->setVisible(tag && !tag->cells.empty());
    m_cells->setTag(tag);
    const WatchedImage* image = m_images->current();
    if (!tag || !image)
        return;
    const bool compared = std::any_of(tag->cells.begin(), tag->cells.end(), [](const ReleaseCell& cell) { return !cell.built.empty(); });
    m_cellsTitle->setText(compared && !tag->builtBy.empty() ? tr("%1, compared with %2").arg(qt(tag->published.tag), qt(tag->builtBy)) : qt(tag->published.tag));
}

void ReleasesPage::updateHead(const WatchedImage& image)
{
    m_name->setText(qt(image.image));
    const PlatformPromise promise = image.release ? image.release->promise : PlatformPromise{};
    if (promise.platforms.empty())
        m_promise->setText(image.release ? tr("Nothing is promised: say which platforms it should have.") : tr("Asking the registry…"));
    else if (promise.from.empty())
        m_promise->setText(tr("Expected, because other tags have them: %1").arg(platformNames(promise.platforms)));
    else if (image.promised.from == PromiseChoice::From::Typed)
        m_promise->setText(tr("Promised: %1").arg(platformNames(promise.platforms)));
    else
        m_promise->setText(tr("Promised by %2: %1").arg(platformNames(promise.platforms), qt(promise.from)));
    if (image.refreshing)
        m_when->setText(tr("Reading…"));
    else if (image.read && m_clock.now() - *image.read < Duration{60'000'000'000})
        m_when->setText(tr("Read just now"));
    else
        m_when->setText(image.read ? tr("Read %1 ago").arg(ReleasesModel::ageText(m_clock.now() - *image.read)) : QString());
    m_refresh->setEnabled(!image.refreshing && !m_example);
}

void ReleasesPage::updateFaults(const WatchedImage& image)
{
    QStringList lines;
    if (image.state == WatchedImage::State::Refused)
        lines << tr("The registry can't be read: %1").arg(ownWords(image.problem));
    if (!image.promiseProblem.empty())
        lines << tr("What is promised can't be read: %1").arg(ownWords(image.promiseProblem));
    if (image.release) {
        for (const ReleaseFault& fault : faultsOf(*image.release))
            lines << faultSentence(fault);
    }
    m_faults->setText(lines.join(QLatin1Char('\n')));
    m_faultCard->setVisible(!lines.isEmpty());
}

void ReleasesPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        nameThings();
        refresh();
    }
    QWidget::changeEvent(event);
}

void ReleasesPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace layerline
