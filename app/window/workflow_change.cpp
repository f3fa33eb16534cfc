#include "app/window/workflow_change.h"

#include "app/window/pipelines.h"
#include "items/own_words.h"

#include <QClipboard>
#include <QGuiApplication>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// Enough to choose from; reading more costs a request each.
constexpr int versionsOffered = 5;

WorkflowRequest readingRequest(const WorkflowWish& wish)
{
    WorkflowRequest request;
    request.rollback = wish.rollback;
    request.place = wish.place;
    request.remote = !wish.local;
    request.branch = wish.branch;
    request.workflow = wish.workflow;
    return request;
}

QString surveyProblem(const Error& error, const WorkflowWish& wish)
{
    if (error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Timeout)
        return WorkflowChange::tr("GitHub can't be reached: %1").arg(ownWords(error.detail));
    if (error.kind == ErrorKind::NotFound)
        return WorkflowChange::tr("There is no workflow to change in %1 (%2).").arg(wish.place, ownWords(error.detail));
    return ownWords(error.detail);
}

} // namespace

struct WorkflowChange::Made {
    std::optional<Error> error;
    RewriteOrder order;
    WorkflowPreview preview;
};

WorkflowChange::WorkflowChange(Pipelines& pipelines, RunnerTable runners, ConfirmPace pace, WorkflowDialog& dialog)
    : QObject(&dialog), m_pipelines(pipelines), m_runners(std::move(runners)), m_pace(pace), m_dialog(dialog)
{
    m_pool.setMaxThreadCount(1);
    connect(&dialog, &WorkflowDialog::surveyRequested, this, &WorkflowChange::survey);
    connect(&dialog, &WorkflowDialog::previewRequested, this, &WorkflowChange::plan);
    connect(&dialog, &WorkflowDialog::goRequested, this, &WorkflowChange::go);
    connect(&dialog, &WorkflowDialog::resumeRequested, this, &WorkflowChange::resume);
    connect(&dialog, &WorkflowDialog::undoRequested, this, &WorkflowChange::undo);
    connect(&dialog, &WorkflowDialog::otherWayRequested, this, [this] {
        WorkflowWish back = m_wish.value_or(WorkflowWish{});
        WorkflowWish other;
        other.rollback = !back.rollback;
        other.place = back.place;
        other.branch = back.branch;
        other.workflow = m_order.plan.target;
        other.source = WorkflowSource::History;
        Q_EMIT otherRequested(other);
    });
    connect(&dialog, &WorkflowDialog::runRequested, this, [this](const RunKey& run) {
        m_pipelines.select(run);
        m_dialog.hide();
    });
    connect(&dialog, &WorkflowDialog::copyRequested, this, [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
    connect(&pipelines, &Pipelines::runChanged, this, &WorkflowChange::onRun);
}

WorkflowChange::~WorkflowChange()
{
    m_pool.waitForDone();
}

template <class Work, class Then>
void WorkflowChange::away(Work work, Then then)
{
    const unsigned asked = ++m_asked;
    m_pool.start([this, asked, work = std::move(work), then = std::move(then)] {
        auto result = std::make_shared<decltype(work())>(work());
        QMetaObject::invokeMethod(this, [this, asked, then, result] {
            if (asked == m_asked)
                then(*result);
        }, Qt::QueuedConnection);
    });
}

void WorkflowChange::survey(const WorkflowWish& wish)
{
    m_wish.reset();
    m_steps.reset(); // somebody turned to another change
    m_written = false;
    const WorkflowRequest request = readingRequest(wish);
    const WorkflowNeeds needs{true, versionsOffered};
    if (wish.local) {
        m_reader.reset();
        away([request, needs, runners = m_runners] { return readFolder(request, needs, runners); },
             [this, wish](const Result<WorkflowWorld>& world) { surveyed(wish, world); });
        return;
    }
    judge(wish.place);
    ++m_asked; // what a thread still works out is of another place
    m_reader = std::make_unique<WorldReader>(m_pipelines.api(), request, needs, m_runners);
    connect(m_reader.get(), &WorldReader::finished, this, [this, wish, reader = m_reader.get()] {
        surveyed(wish, reader->error() ? Result<WorkflowWorld>(*reader->error()) : Result<WorkflowWorld>(reader->world()));
    });
    m_reader->start();
}

void WorkflowChange::judge(const QString& place)
{
    if (m_judged == place && m_report)
        return;
    m_judged = place;
    m_report.reset();
    checkPermissions(m_pipelines.api(), place.toStdString(), this, [this, place](Result<PermissionReport> got) {
        if (!got || place != m_judged)
            return;
        m_report = std::move(*got);
        if (m_wish && !m_wish->local && !started())
            showPreview();
    });
}

void WorkflowChange::showPreview()
{
    WorkflowPreview preview = m_preview;
    if (m_report && m_wish && !m_wish->local) {
        const auto permissions = rewritePermissions(*m_report, m_pipelines.session().hasToken(), rewriteSteps(m_order));
        QStringList sentences;
        for (const std::string& sentence : permissions.sentences()) {
            const QString text = ownWords(sentence);
            sentences << text.left(1).toUpper() + text.mid(1);
        }
        preview.warnings = sentences + preview.warnings;
    }
    m_dialog.setPreview(preview);
}

void WorkflowChange::surveyed(const WorkflowWish& wish, Result<WorkflowWorld> world)
{
    if (!world) {
        WorkflowSurvey survey;
        survey.problem = surveyProblem(world.error(), wish);
        return m_dialog.setSurvey(survey);
    }
    m_world = std::make_shared<const WorkflowWorld>(std::move(*world));
    away([wish, world = m_world, runners = m_runners] { return surveyOf(*world, wish, runners); }, [this](const WorkflowSurvey& survey) { m_dialog.setSurvey(survey); });
}

void WorkflowChange::plan(const WorkflowWish& wish)
{
    m_wish.reset();
    const QString server = qt(m_pipelines.session().apiUrl());
    away([wish, server, world = m_world, runners = m_runners]() -> Made {
        Made made;
        const auto request = requestOf(wish);
        if (!request)
            return {request.error(), {}, {}};
        auto plan = planFrom(*world, *request, runners);
        if (!plan)
            return {plan.error(), {}, {}};
        made.order = {*request, std::move(*plan), world->base, world->defaultBranch};
        made.preview = previewOf(made.order, wish, server);
        return made;
    }, [this, wish](const Made& made) { planned(wish, made); });
}

void WorkflowChange::planned(const WorkflowWish& wish, const Made& made)
{
    if (made.error) {
        WorkflowPreview preview;
        preview.problem = ownWords(made.error->detail);
        return m_dialog.setPreview(preview);
    }
    // A new file has no trial: what would be done is the rest.
    if (wish.trial && wish.route == WorkflowRoute::PullRequest && !made.preview.trialProblem.isEmpty()) {
        WorkflowWish without = wish;
        without.trial = without.publish = false;
        return plan(without);
    }
    m_wish = wish;
    m_order = made.order;
    m_preview = made.preview;
    showPreview();
}

void WorkflowChange::go(const WorkflowWish& wish)
{
    // Only what is on the screen is done.
    if (!m_wish || !(*m_wish == wish))
        return;
    m_runs.clear();
    m_steps.reset();
    m_written = false;
    if (wish.local)
        return goLocal();
    m_steps = std::make_unique<RewriteSteps>(m_pipelines.api(), m_pipelines.clock(), m_order, m_pace);
    connect(m_steps.get(), &RewriteSteps::changed, this, &WorkflowChange::showProgress);
    connect(m_steps.get(), &RewriteSteps::finished, this, [this] {
        m_pipelines.watcher().refresh(m_order.request.place.toStdString());
        Q_EMIT progressed();
    });
    m_steps->start();
}

void WorkflowChange::resume()
{
    if (m_wish && m_wish->local)
        m_written ? undoLocal() : goLocal();
    else if (m_steps)
        m_steps->start();
}

void WorkflowChange::undo()
{
    if (m_wish && m_wish->local)
        undoLocal();
    else if (m_steps)
        m_steps->undo();
}

void WorkflowChange::goLocal()
{
    showLocal(WorkflowStepRow::State::Running, false, {});
    away([order = m_order] { return writePlan(order.request, order.plan); }, [this](const Result<void>& wrote) {
        m_written = wrote.ok();
        showLocal(wrote ? WorkflowStepRow::State::Done : WorkflowStepRow::State::Failed, false, wrote);
    });
}

void WorkflowChange::undoLocal()
{
    showLocal(WorkflowStepRow::State::Running, true, {});
    away([request = m_order.request] {
        const auto undone = undoWrite(request);
        return undone ? Result<void>() : Result<void>(undone.error());
    }, [this](const Result<void>& undone) {
        m_written = !undone.ok();
        showLocal(undone ? WorkflowStepRow::State::Done : WorkflowStepRow::State::Failed, true, undone);
    });
}

void WorkflowChange::showLocal(WorkflowStepRow::State state, bool undoing, const Result<void>& result)
{
    WorkflowProgress progress;
    WorkflowStepRow row;
    row.state = state;
    row.text = undoing ? tr("Put the old bytes of %1 back").arg(m_order.plan.target) : tr("Write %1").arg(m_order.plan.target);
    row.detail = result ? m_order.request.place : ownWords(result.error().detail);
    progress.steps = {row};
    progress.undoing = undoing;
    progress.running = state == WorkflowStepRow::State::Running;
    progress.failed = !result;
    progress.undoable = m_written && !progress.running;
    if (!result)
        progress.problem = stopText(result.error(), false);
    m_dialog.setProgress(progress);
}

void WorkflowChange::showProgress()
{
    WorkflowProgress progress;
    for (const RewriteStep& step : m_steps->steps())
        progress.steps.push_back(stepRow(step, m_order));
    const auto done = [](const RewriteStep& step) { return step.state == RewriteState::Done || step.state == RewriteState::Existed; };
    const bool any = std::any_of(m_steps->steps().begin(), m_steps->steps().end(), done);
    progress.running = m_steps->running();
    progress.failed = m_steps->error().has_value();
    progress.undoing = m_steps->undoing();
    progress.undoable = !progress.undoing && any && !undoSteps(m_order).empty();
    if (m_steps->error())
        progress.problem = stopText(*m_steps->error(), true);
    if (m_steps->error() && !any && !m_steps->permissions().missing.empty())
        progress.problem = tr("Nothing was written: %1.").arg(ownWords(m_steps->error()->detail));
    // The branches are gone, but the branch it went to has the new file.
    progress.merged = progress.undoing && m_steps->error() && m_steps->error()->kind == ErrorKind::Unsupported;
    if (progress.merged)
        progress.problem = tr("It was merged: %1 has the new version. Changing it back is a change of its own.").arg(qt(m_order.base));
    if (m_steps->run() && !m_runs.count(*m_steps->run()))
        m_runs[*m_steps->run()] = {*m_steps->run(), tr("Run %1").arg(m_steps->run()->id), RunState::Queued, Conclusion::None};
    for (const auto& [key, row] : m_runs)
        progress.runs.push_back(row);
    m_dialog.setProgress(progress);
}

QString WorkflowChange::workflow() const
{
    return m_order.plan.target.section(QLatin1Char('/'), -1);
}

bool WorkflowChange::owns(const Run& run) const
{
    if (!m_steps || run.key.repository != m_order.request.place.toStdString())
        return false;
    const std::string& branch = m_steps->branch();
    const bool ownBranch = branch != m_order.base && (run.branch == branch || run.branch == branch + "-trial");
    return ownBranch || m_steps->run() == run.key;
}

void WorkflowChange::onRun(const RunPtr& run)
{
    if (!owns(*run))
        return;
    const WorkflowRunRow row{run->key, tr("#%1 %2, %3 on %4").arg(QString::number(run->number), qt(run->workflow), qt(run->event), qt(run->branch)), run->state, run->conclusion};
    if (m_runs[run->key] == row)
        return;
    m_runs[run->key] = row;
    showProgress();
}

} // namespace layerline
