#include "widgets/log/log_view.h"

#include "domain/summary.h"
#include "items/step_label.h"
#include "widgets/log/elided_label.h"
#include "widgets/log/key_button.h"
#include "widgets/log/log_canvas.h"
#include "widgets/log/log_search_bar.h"
#include "widgets/style/theme.h"

#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {
/// Words of compilers, package managers and shells; "0 errors" is none.
const QString errorPattern = QStringLiteral(
    "(?<!\\b0 )(?<!\\bno )\\b(error|fatal|failed|failure|panic|traceback|exception|undefined reference|unable to|cannot|can't|not found"
    "|no such file|permission denied|killed|segmentation fault|exit (code|status):? [1-9])\\b(?! 0\\b)|^E: |\\bERR!|\\*\\*\\* ");
const QString liftOption = QStringLiteral("--driver-opt env.BUILDKIT_STEP_LOG_MAX_SIZE=-1 --driver-opt env.BUILDKIT_STEP_LOG_MAX_SPEED=-1");
} // namespace

LogView::LogView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_clock(clock), m_model(new LogModel(store, this)),
      m_search(new LogSearch(*m_model, this)), m_errors(new LogSearch(*m_model, this)), m_canvas(new LogCanvas(*m_model, *m_search, this)),
      m_searchBar(new LogSearchBar(this)), m_title(new ElidedLabel(this))
{
    m_header = new QWidget(this);
    makeHeader(m_header);
    makeBanner();
    m_searchBar->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_searchBar);
    column->addWidget(m_banner);
    column->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);

    connect(&selection, &SelectionState::buildChanged, this, &LogView::applySelection);
    connect(&selection, &SelectionState::stepChanged, this, &LogView::applySelection);
    connect(&selection, &SelectionState::platformChanged, this, &LogView::applySelection);
    connect(&store, &BuildStore::changed, this, &LogView::onChanged);
    connect(m_model, &LogModel::gapsChanged, this, &LogView::updateBanner);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LogView::openPart);
    connect(m_model, &LogModel::busyChanged, this, &LogView::openPart);
    connect(m_canvas, &LogCanvas::followChanged, this, [this](bool on) { m_followButton->setChecked(on); });
    connect(m_canvas, &LogCanvas::linkActivated, this, &LogView::linkActivated);
    connect(m_search, &LogSearch::changed, this, &LogView::updateSearchState);
    connect(m_errors, &LogSearch::finished, this, &LogView::errorSearched);
    connect(m_searchBar, &LogSearchBar::next, this, &LogView::findNext);
    connect(m_searchBar, &LogSearchBar::previous, this, &LogView::findPrevious);
    connect(m_searchBar, &LogSearchBar::closed, this, &LogView::closeSearch);
    connect(m_searchBar, &LogSearchBar::queryChanged, this, [this] {
        m_canvas->setCurrentMatch(-1);
        m_search->setQuery(m_searchBar->query());
    });
    applySelection();
}

LogView::~LogView() = default;

void LogView::makeHeader(QWidget* header)
{
    m_title->setFont(Theme::uiFont(-0.3, 600));
    m_title->setObjectName(QStringLiteral("logTitle"));
    m_stepScope = new KeyButton({}, tr("step"), {}, header);
    m_platformScope = new KeyButton({}, tr("platform"), {}, header);
    m_allScope = new KeyButton({}, tr("all"), {}, header);
    m_followButton = new KeyButton(QStringLiteral("follow"), tr("follow"), QStringLiteral("F"), header);
    auto* searchButton = new KeyButton(QStringLiteral("search"), tr("search"), QStringLiteral("/"), header);
    m_errorButton = new KeyButton(QStringLiteral("error"), tr("error"), QStringLiteral("E"), header);
    m_saveButton = new KeyButton(QStringLiteral("save"), {}, {}, header);
    auto* times = new KeyButton(QStringLiteral("clock"), {}, {}, header);
    const std::pair<KeyButton*, QString> tips[] = {
        {m_stepScope, tr("Lines of the selected step")}, {m_platformScope, tr("Lines of all steps of the platform, by time")},
        {m_allScope, tr("Lines of all steps, by time")}, {m_followButton, tr("Stay at the end while lines come (F)")},
        {searchButton, tr("Search this log (/)")}, {m_errorButton, tr("Go to the first error (E)")},
        {m_saveButton, tr("Save this log to a file…")}, {times, tr("Show the time of each line")}};
    for (const auto& [button, tip] : tips) {
        button->setToolTip(tip);
        button->setAccessibleName(tip);
    }
    for (KeyButton* button : {m_stepScope, m_platformScope, m_allScope, m_followButton, times})
        button->setCheckable(true);
    times->setChecked(true);
    m_saveButton->hide();

    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(14, 4, 8, 4);
    row->setSpacing(2);
    row->addWidget(m_title, 1);
    row->addSpacing(8);
    for (KeyButton* button : {m_stepScope, m_platformScope, m_allScope})
        row->addWidget(button);
    row->addSpacing(10);
    for (KeyButton* button : {m_followButton, searchButton, m_errorButton, times, m_saveButton})
        row->addWidget(button);

    connect(m_stepScope, &QToolButton::clicked, this, [this] { setScope(LogScope::Step); });
    connect(m_platformScope, &QToolButton::clicked, this, [this] { setScope(LogScope::Platform); });
    connect(m_allScope, &QToolButton::clicked, this, [this] { setScope(LogScope::All); });
    connect(m_followButton, &QToolButton::clicked, m_canvas, &LogCanvas::setFollow);
    connect(searchButton, &QToolButton::clicked, this, &LogView::openSearch);
    connect(m_errorButton, &QToolButton::clicked, this, &LogView::jumpToFirstError);
    connect(times, &QToolButton::toggled, m_canvas, &LogCanvas::setTimestamps);
    connect(m_saveButton, &QToolButton::clicked, this, &LogView::save);
}

/// The step's name needs room: below that the buttons show their icons only.
void LogView::fitHeader()
{
    constexpr int titleRoom = 260;
    int wanted = titleRoom;
    const auto buttons = m_header->findChildren<KeyButton*>(Qt::FindDirectChildrenOnly);
    for (const KeyButton* button : buttons)
        wanted += button->isHidden() ? 0 : button->fullWidth() + 2;
    for (KeyButton* button : buttons)
        button->setCompact(width() < wanted);
}

void LogView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHeader();
}

void LogView::makeBanner()
{
    m_banner = new QFrame(this);
    m_banner->setProperty("role", QStringLiteral("raised"));
    m_bannerText = new QLabel(m_banner);
    m_bannerText->setWordWrap(true);
    m_bannerText->setTextFormat(Qt::PlainText);
    m_bannerText->setProperty("tone", QStringLiteral("warn"));
    m_bannerText->setObjectName(QStringLiteral("logBanner"));
    auto* copy = new QPushButton(tr("Copy the option"), m_banner);
    copy->setProperty("flat", true);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(14, 6, 10, 6);
    row->addWidget(m_bannerText, 1);
    row->addWidget(copy);
    m_banner->hide();
    connect(copy, &QPushButton::clicked, this, [] { QGuiApplication::clipboard()->setText(liftOption); });
}

void LogView::setSaveHandler(SaveHandler handler)
{
    m_save = std::move(handler);
    m_saveButton->setVisible(bool(m_save));
}

void LogView::setScope(LogScope scope)
{
    m_wanted = scope;
    applySelection();
}

const Step* LogView::selectedStep() const
{
    const Build* build = m_store.find(m_selection.build());
    return build && raw(m_selection.step()) < build->steps.size() ? &build->step(m_selection.step()) : nullptr;
}

std::optional<Platform> LogView::wantedPlatform() const
{
    const Step* step = selectedStep();
    if (step && !step->neededBy.empty())
        return step->neededBy.front();
    if (m_selection.platform())
        return m_selection.platform();
    const Build* build = m_store.find(m_selection.build());
    return build && !build->platforms.empty() ? std::optional(build->platforms.front()) : std::nullopt;
}

void LogView::applySelection()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    LogScope scope = m_wanted;
    if (scope == LogScope::Step && !selectedStep())
        scope = LogScope::All;
    const auto platform = wantedPlatform();
    if (scope == LogScope::Platform && !platform)
        scope = LogScope::All;
    m_fresh = true;
    m_canvas->setStepNames(scope != LogScope::Step);
    m_model->setSource(m_selection.build(), scope, m_selection.step(), platform);
    updateTitle();
    updateScopeButtons();
    updatePlaceholder();
    updateBanner();
    openPart();
}

/// Running: at its end. Failed: at its end too, where the error is. Anything else from the top.
void LogView::openPart()
{
    if (!m_fresh || m_model->rowCount() == 0)
        return;
    if (m_model->scope() != LogScope::Step && openAtStep())
        return;
    const Build* build = m_model->build();
    const Step* step = m_model->scope() == LogScope::Step ? selectedStep() : nullptr;
    const StepState state = build && step ? stateOf(*build, *step) : StepState::Completed;
    const bool running = step ? state == StepState::Running : build && build->status() == BuildStatus::Running;
    m_canvas->setFollow(running || state == StepState::Failed);
    if (!running && state != StepState::Failed)
        m_canvas->scrollToRow(0);
    m_fresh = m_model->busy() && state == StepState::Failed;
    if (!m_fresh && !running)
        m_canvas->setFollow(false);
}

bool LogView::openAtStep()
{
    const Build* build = m_model->build();
    const Step* step = selectedStep();
    if (!build || !step || !m_model->inScope(m_selection.step()))
        return false;
    const StepState state = stateOf(*build, *step);
    if (state == StepState::Running)
        return false; // what it writes comes at the end, which is followed
    const std::pair place(m_selection.build(), m_selection.step());
    const int row = m_model->firstRowOf(m_selection.step());
    if (row < 0 || (state == StepState::Failed && m_model->busy()))
        return m_model->busy(); // its rows are still to come
    m_fresh = false;
    m_canvas->setFollow(false);
    if (place == m_placed)
        return true; // whoever has scrolled since then stays where he is
    m_placed = place;
    m_canvas->scrollToRow(row);
    if (state == StepState::Failed)
        markFirstError();
    return true;
}

void LogView::onChanged(const ChangeSet& changes)
{
    const auto found = changes.builds.find(m_selection.build());
    if (found == changes.builds.end() || !isVisible())
        return;
    if ((found->second.flags & (Change::Structure | Change::Added | Change::Removed)) != 0)
        applySelection();
    else
        updatePlaceholder();
}

void LogView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        applySelection();
}

QString LogView::title() const { return m_title->text(); }

void LogView::updateTitle()
{
    const Build* build = m_store.find(m_selection.build());
    QString text;
    if (m_model->scope() == LogScope::All || !build) {
        text = build ? tr("All steps") : tr("Log");
    } else if (m_model->scope() == LogScope::Platform) {
        text = tr("[%1] all steps").arg(QString::fromStdString(wantedPlatform()->shortName()));
    } else if (const Step* step = selectedStep()) {
        const QString lane = step->neededBy.size() == 1 ? QString::fromStdString(step->neededBy.front().shortName()) : step->neededBy.empty() ? QString() : tr("shared");
        QStringList parts;
        if (!lane.isEmpty())
            parts += QStringLiteral("[%1]").arg(lane);
        const BuildText shown(*build);
        if (!step->parsed.stage.empty())
            parts += shown(step->parsed.stage);
        if (step->parsed.index > 0)
            parts += QStringLiteral("%1/%2").arg(step->parsed.index).arg(step->parsed.count);
        parts += stepLabels(*step, shown).value(0); // without the flags of a RUN: they hide what it does
        text = parts.join(QLatin1Char(' '));
    }
    m_title->setText(text);
}

void LogView::updateScopeButtons()
{
    const auto platform = wantedPlatform();
    m_platformScope->setText(platform ? QString::fromStdString(platform->shortName()) : tr("platform"));
    m_platformScope->updateGeometry();
    m_platformScope->setEnabled(platform.has_value());
    m_stepScope->setEnabled(selectedStep() != nullptr);
    m_stepScope->setChecked(m_model->scope() == LogScope::Step);
    m_platformScope->setChecked(m_model->scope() == LogScope::Platform);
    m_allScope->setChecked(m_model->scope() == LogScope::All);
}

void LogView::updatePlaceholder()
{
    const Build* build = m_store.find(m_selection.build());
    const Step* step = m_model->scope() == LogScope::Step ? selectedStep() : nullptr;
    if (!build)
        return m_canvas->setPlaceholder(tr("No build is selected."));
    if (!step)
        return m_canvas->setPlaceholder(build->status() == BuildStatus::Running ? tr("No step has written anything yet.") : tr("No step wrote anything."));
    switch (stateOf(*build, *step)) {
    case StepState::Pending: return m_canvas->setPlaceholder(tr("This step has not begun."));
    case StepState::Running: return m_canvas->setPlaceholder(tr("This step has not written anything yet."));
    case StepState::Cached: return m_canvas->setPlaceholder(tr("This step came from the cache. It did not run, so there is no output."));
    default: break;
    }
    m_canvas->setPlaceholder(tr("This step wrote nothing."));
}

QString LogView::bannerText() const { return m_banner->isHidden() ? QString() : m_bannerText->text(); }

void LogView::updateBanner()
{
    QStringList sentences;
    if (m_model->clipped())
        sentences += tr("BuildKit cut this log at its limit (2 MiB a step, 200 kB/s). To keep all of it, start the builder with "
                        "BUILDKIT_STEP_LOG_MAX_SIZE=-1 and BUILDKIT_STEP_LOG_MAX_SPEED=-1.");
    if (m_model->missingBytes() > 0)
        sentences += tr("%1 of this log never arrived.").arg(humanBytes(qint64(m_model->missingBytes())));
    m_bannerText->setText(sentences.join(QLatin1Char(' ')));
    m_banner->findChild<QPushButton*>()->setVisible(m_model->clipped());
    m_banner->setVisible(!sentences.isEmpty());
}

void LogView::toggleFollow() { m_canvas->setFollow(!m_canvas->follow()); }

void LogView::openSearch()
{
    m_searchBar->show();
    if (m_canvas->hasSelection() && m_canvas->selectionStart().row == m_canvas->selectionEnd().row)
        m_searchBar->setText(LogExport(*m_model, m_canvas->selectionStart(), m_canvas->selectionEnd()).next());
    m_search->setQuery(m_searchBar->query());
    m_searchBar->focusField();
}

void LogView::closeSearch()
{
    m_searchBar->hide();
    m_canvas->setCurrentMatch(-1);
    m_search->setQuery({});
    m_canvas->setFocus();
}

void LogView::updateSearchState()
{
    // The first match shows itself as soon as it is found.
    if (m_searchBar->isVisible() && m_canvas->currentMatch() < 0 && !m_search->matches().empty()) {
        goTo(m_search->nextFrom(m_canvas->topRow(), 0));
        return;
    }
    m_searchBar->showState(*m_search, m_canvas->currentMatch());
}

void LogView::goTo(int match)
{
    if (match >= 0)
        m_canvas->setCurrentMatch(match);
    m_searchBar->showState(*m_search, m_canvas->currentMatch());
}

void LogView::findNext()
{
    const int current = m_canvas->currentMatch();
    if (current < 0)
        return goTo(m_search->nextFrom(m_canvas->topRow(), 0));
    const LogMatch& match = m_search->matches()[std::size_t(current)];
    goTo(m_search->nextFrom(match.row, match.start + 1));
}

void LogView::findPrevious()
{
    const int current = m_canvas->currentMatch();
    if (current < 0)
        return goTo(m_search->previousFrom(m_canvas->topRow(), 0));
    const LogMatch& match = m_search->matches()[std::size_t(current)];
    goTo(m_search->previousFrom(match.row, match.start));
}

void LogView::jumpToFirstError()
{
    const Build* build = m_store.find(m_selection.build());
    if (!build)
        return;
    const StepIndex failed = firstFailed(*build);
    if (failed != noStep) {
        m_selection.setStep(failed);
        if (!m_model->inScope(failed))
            setScope(LogScope::Step);
    }
    m_fresh = false;
    markFirstError();
}

void LogView::markFirstError()
{
    m_errors->setQuery({errorPattern, true, false}, true);
    if (m_model->rowCount() > 0 && !m_errors->busy())
        errorSearched();
}

void LogView::errorSearched()
{
    if (m_model->busy() && m_errors->matches().empty())
        return;
    const Build* build = m_store.find(m_selection.build());
    const Step* step = selectedStep();
    // Of the failed step when there is one: what another calls an error did not stop the build.
    const bool failed = build && step && stateOf(*build, *step) == StepState::Failed;
    const auto own = std::find_if(m_errors->matches().begin(), m_errors->matches().end(), [&](const LogMatch& match) { return m_model->row(match.row).step == m_selection.step(); });
    if (failed && own != m_errors->matches().end())
        m_canvas->setMarkedRow(own->row);
    else if (!m_errors->matches().empty())
        m_canvas->setMarkedRow(m_errors->matches().front().row);
    else if (build && step && m_model->scope() == LogScope::Step && stateOf(*build, *step) == StepState::Failed)
        m_canvas->setMarkedRow(m_model->rowCount() - 1); // it failed: what it said last says most
    m_errors->setQuery({});
}

void LogView::save()
{
    if (!m_save || m_model->rowCount() == 0)
        return;
    QString name = m_title->text();
    for (QChar& c : name) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('.') && c != QLatin1Char('-'))
            c = QLatin1Char('_');
    }
    m_save(name.left(60) + QStringLiteral(".log"), std::make_shared<LogExport>(*m_model));
}

void LogView::keyPressEvent(QKeyEvent* event)
{
    if ((event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier)
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_F: return toggleFollow();
    case Qt::Key_Slash: return openSearch();
    case Qt::Key_N: return event->modifiers().testFlag(Qt::ShiftModifier) ? findPrevious() : findNext();
    case Qt::Key_E: return jumpToFirstError();
    case Qt::Key_Escape:
        if (m_searchBar->isVisible())
            return closeSearch();
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void LogView::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    const int bottom = (m_searchBar->isVisible() ? m_searchBar->y() : m_banner->isVisible() ? m_banner->y() : m_canvas->y()) - 1;
    painter.fillRect(QRect(0, bottom, width(), 1), colors.line);
}

} // namespace layerline
