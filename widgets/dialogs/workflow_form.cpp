#include "widgets/dialogs/workflow_form.h"

#include "widgets/style/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

// Names, the same in every language.
const QString fileExample = QStringLiteral("image-qemu.yml");
const QString pathExample = QStringLiteral("linux/arm64=docker/arm64/**");

QLabel* section(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("section"));
    return label;
}

QLabel* note(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("role", QStringLiteral("muted"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QComboBox* combo(QWidget* parent, const char* name, const QString& spoken)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(spoken);
    // Long paths must not widen the dialog.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
    return box;
}

QStringList words(const QString& text, const QString& separators = QStringLiteral(", \n"))
{
    QStringList found;
    QString word;
    for (const QChar c : text + separators[0]) {
        if (!separators.contains(c)) {
            word += c;
        } else if (!word.trimmed().isEmpty()) {
            found << word.trimmed();
            word.clear();
        }
    }
    return found;
}

/// Indented below what it belongs to.
QWidget* below(QWidget* widget, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* row = new QVBoxLayout(box);
    row->setContentsMargins(22, 0, 0, 0);
    row->addWidget(widget);
    return box;
}

QWidget* formBox(QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(6);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    return box;
}

QFormLayout* formOf(QWidget* box)
{
    return static_cast<QFormLayout*>(box->layout());
}

} // namespace

WorkflowForm::WorkflowForm(const WorkflowWish& wish, const QStringList& folders, QWidget* parent) : QWidget(parent), m_start(wish)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 12, 0);
    column->setSpacing(6);
    m_filling = true;
    makePlace(column, folders);
    makeSources(column);
    makeOptions(column);
    makeRoute(column);
    column->addStretch(1);
    m_filling = false;
    refresh();
}

QLineEdit* WorkflowForm::line(QFormLayout* form, const char* name, const QString& label, const QString& hint)
{
    auto* edit = new QLineEdit(form->parentWidget());
    edit->setObjectName(QLatin1String(name));
    edit->setPlaceholderText(hint);
    edit->setAccessibleName(label);
    form->addRow(label, edit);
    connect(edit, &QLineEdit::textEdited, this, &WorkflowForm::tell);
    return edit;
}

QCheckBox* WorkflowForm::check(const char* name, const QString& text)
{
    auto* box = new QCheckBox(text, this);
    box->setObjectName(QLatin1String(name));
    connect(box, &QCheckBox::toggled, this, &WorkflowForm::tell);
    return box;
}

void WorkflowForm::makePlace(QVBoxLayout* column, const QStringList& folders)
{
    column->addWidget(section(tr("WHERE"), this));
    m_place = combo(this, "workflowPlace", tr("Where"));
    if (!m_start.local)
        m_place->addItem(tr("%1 on GitHub").arg(m_start.place), m_start.place);
    for (const QString& folder : folders)
        m_place->addItem(Theme::icon(QStringLiteral("folder")), tr("Folder %1").arg(folder), folder);
    m_place->addItem(tr("Choose a folder…"));
    column->addWidget(m_place);
    m_branchRow = formBox(this);
    m_branch = line(formOf(m_branchRow), "workflowBranch", tr("Branch"), tr("the default branch"));
    m_branch->setText(m_start.branch);
    column->addWidget(m_branchRow);
    auto* file = formBox(this);
    m_workflow = combo(this, "workflowFile", tr("Workflow"));
    formOf(file)->addRow(tr("Workflow"), m_workflow);
    column->addWidget(file);
    m_style = note(this);
    m_style->setObjectName(QStringLiteral("workflowStyle"));
    column->addWidget(m_style);
    connect(m_place, &QComboBox::activated, this, [this](int index) {
        if (index == m_place->count() - 1) {
            m_place->setCurrentIndex(0);
            Q_EMIT folderRequested();
        }
        tell();
    });
    connect(m_workflow, &QComboBox::activated, this, &WorkflowForm::tell);
    // Every letter of a branch's name would be asked for.
    disconnect(m_branch, &QLineEdit::textEdited, this, nullptr);
    connect(m_branch, &QLineEdit::editingFinished, this, &WorkflowForm::tell);
}

void WorkflowForm::makeSources(QVBoxLayout* column)
{
    column->addSpacing(8);
    column->addWidget(section(tr("WHICH WAY"), this));
    m_back = new QRadioButton(tr("Back to QEMU, on one runner"), this);
    m_over = new QRadioButton(tr("Over to native runners"), this);
    m_back->setObjectName(QStringLiteral("wayBack"));
    m_over->setObjectName(QStringLiteral("wayOver"));
    auto* ways = new QButtonGroup(this);
    ways->addButton(m_back);
    ways->addButton(m_over);
    (m_start.rollback ? m_back : m_over)->setChecked(true);
    column->addWidget(m_back);
    column->addWidget(m_over);
    connect(m_back, &QRadioButton::toggled, this, &WorkflowForm::tell);

    column->addSpacing(8);
    column->addWidget(section(tr("THE NEW VERSION"), this));
    auto* group = new QButtonGroup(this);
    for (const WorkflowSource which : {WorkflowSource::Generate, WorkflowSource::History, WorkflowSource::Existing, WorkflowSource::Inputs}) {
        Source source;
        source.button = new QRadioButton(this);
        source.button->setObjectName(QStringLiteral("source%1").arg(int(which)));
        source.note = note(this);
        source.note->setObjectName(QStringLiteral("sourceNote%1").arg(int(which)));
        source.choices = combo(this, "sourceChoice", tr("Version"));
        source.choices->setObjectName(QStringLiteral("sourceChoice%1").arg(int(which)));
        group->addButton(source.button);
        column->addWidget(source.button);
        column->addWidget(below(source.note, this));
        column->addWidget(below(source.choices, this));
        source.button->setChecked(which == m_start.source);
        connect(source.button, &QRadioButton::toggled, this, [this](bool on) {
            if (on)
                tell();
        });
        connect(source.choices, &QComboBox::activated, this, &WorkflowForm::tell);
        m_sources[int(which)] = source;
    }
    column->addSpacing(8);
    column->addWidget(section(tr("WRITTEN TO"), this));
    m_same = new QRadioButton(tr("the same file"), this);
    m_other = new QRadioButton(tr("another file beside it"), this);
    m_other->setObjectName(QStringLiteral("toOther"));
    auto* targets = new QButtonGroup(this);
    targets->addButton(m_same);
    targets->addButton(m_other);
    m_as = new QLineEdit(m_start.as, this);
    m_as->setObjectName(QStringLiteral("otherFile"));
    m_as->setPlaceholderText(fileExample);
    m_as->setAccessibleName(tr("another file beside it"));
    (m_start.as.isEmpty() ? m_same : m_other)->setChecked(true);
    column->addWidget(m_same);
    column->addWidget(m_other);
    column->addWidget(below(m_as, this));
    connect(m_as, &QLineEdit::textEdited, this, &WorkflowForm::tell);
    connect(m_other, &QRadioButton::toggled, this, &WorkflowForm::tell);
}

void WorkflowForm::makeOptions(QVBoxLayout* column)
{
    column->addSpacing(8);
    column->addWidget(section(tr("OPTIONS"), this));
    m_backOptions = formBox(this);
    m_runner = line(formOf(m_backOptions), "rollbackRunner", tr("Runner of the emulated builds"), tr("that of the amd64 builds"));
    m_keepMatrix = check("keepMatrix", tr("A job for each platform still"));
    formOf(m_backOptions)->addRow(m_keepMatrix);
    m_overOptions = formBox(this);
    QFormLayout* form = formOf(m_overOptions);
    m_platforms = line(form, "extraPlatforms", tr("More platforms, by QEMU"), QStringLiteral("linux/riscv64, linux/arm/v7"));
    m_runners = line(form, "nativeRunners", tr("Runners of your own"), QStringLiteral("arm64=my-arm-runner"));
    m_cheapest = check("cheapest", tr("The cheapest runner of each architecture"));
    m_warmOn = check("warmOn", tr("Build on a schedule to keep the caches warm"));
    m_warm = new QLineEdit(QStringLiteral("17 3 * * 1-5"), m_overOptions);
    m_warm->setObjectName(QStringLiteral("warmCron"));
    m_warm->setAccessibleName(m_warmOn->text());
    m_warm->setToolTip(tr("Five fields of cron, in UTC. Such a build publishes nothing."));
    m_dispatch = check("addDispatch", tr("Can be started by hand"));
    m_paths = new QPlainTextEdit(m_overOptions);
    m_paths->setObjectName(QStringLiteral("pathRules"));
    m_paths->setPlaceholderText(pathExample);
    m_paths->setFixedHeight(54);
    m_paths->setTabChangesFocus(true);
    m_paths->setAccessibleName(tr("Paths only one architecture needs"));
    form->addRow(m_cheapest);
    form->addRow(m_warmOn);
    form->addRow(below(m_warm, m_overOptions));
    form->addRow(m_dispatch);
    form->addRow(tr("Paths only one architecture needs"), m_paths);
    column->addWidget(m_backOptions);
    column->addWidget(m_overOptions);
    connect(m_warm, &QLineEdit::textEdited, this, &WorkflowForm::tell);
    connect(m_paths, &QPlainTextEdit::textChanged, this, &WorkflowForm::tell);
}

void WorkflowForm::makeRoute(QVBoxLayout* column)
{
    m_routeBox = new QWidget(this);
    auto* box = new QVBoxLayout(m_routeBox);
    box->setContentsMargins(0, 8, 0, 0);
    box->setSpacing(6);
    box->addWidget(section(tr("HOW"), m_routeBox));
    m_route = combo(m_routeBox, "workflowRoute", tr("How"));
    m_route->addItem(tr("With a pull request"), int(WorkflowRoute::PullRequest));
    m_route->addItem(tr("Straight to the branch"), int(WorkflowRoute::Commit));
    m_route->addItem(tr("Only try it, on a branch of its own"), int(WorkflowRoute::Trial));
    m_trial = check("alsoTrial", tr("Also try it on a branch of its own"));
    m_trialNote = note(m_routeBox);
    m_trialNote->setObjectName(QStringLiteral("trialNote"));
    m_publish = check("trialPublishes", tr("The trial may publish"));
    auto* inputs = formBox(m_routeBox);
    m_inputs = line(formOf(inputs), "runInputs", tr("Inputs of the run"), QStringLiteral("tag=v1, debug=false"));
    box->addWidget(m_route);
    box->addWidget(m_trial);
    box->addWidget(m_trialNote);
    box->addWidget(m_publish);
    box->addWidget(inputs);
    column->addWidget(m_routeBox);
    connect(m_route, &QComboBox::activated, this, &WorkflowForm::tell);
}

WorkflowWish WorkflowForm::wish() const
{
    WorkflowWish wish = m_start;
    wish.place = m_place->currentData().toString();
    wish.local = m_start.local || m_place->currentIndex() > 0;
    wish.branch = wish.local ? QString() : m_branch->text().trimmed();
    wish.workflow = m_workflow->currentData().toString();
    wish.rollback = m_back->isChecked();
    for (auto it = m_sources.begin(); it != m_sources.end(); ++it) {
        if (!it->button->isChecked())
            continue;
        wish.source = WorkflowSource(it.key());
        wish.from = it->choices->currentIndex() > 0 ? it->choices->currentData().toString() : QString();
    }
    wish.as = m_other->isChecked() ? m_as->text().trimmed() : QString();
    wish.runner = wish.rollback ? m_runner->text().trimmed() : QString();
    wish.keepMatrix = wish.rollback && wish.source == WorkflowSource::Generate && m_keepMatrix->isChecked();
    const bool over = !wish.rollback && wish.source == WorkflowSource::Generate;
    wish.platforms = over ? words(m_platforms->text()) : QStringList();
    wish.runners = over ? words(m_runners->text()) : QStringList();
    wish.cheapest = over && m_cheapest->isChecked();
    wish.dispatch = !wish.rollback && m_dispatch->isChecked();
    wish.warm = over && m_warmOn->isChecked() ? m_warm->text().trimmed() : QString();
    wish.paths = over ? words(m_paths->toPlainText(), QStringLiteral("\n")) : QStringList();
    wish.route = wish.local ? WorkflowRoute::File : WorkflowRoute(m_route->currentData().toInt());
    const bool possible = m_trialProblem.isEmpty();
    wish.trial = wish.route == WorkflowRoute::Trial || (wish.route == WorkflowRoute::PullRequest && possible && m_trial->isChecked());
    wish.publish = wish.trial && m_publish->isChecked();
    wish.inputs = wish.local ? QStringList() : words(m_inputs->text(), QStringLiteral(","));
    return wish;
}

void WorkflowForm::setSurvey(const WorkflowSurvey& survey)
{
    m_filling = true;
    m_workflow->clear();
    for (const QString& path : survey.workflows)
        m_workflow->addItem(path.section(QLatin1Char('/'), -1), path);
    m_workflow->setCurrentIndex(int(survey.workflows.indexOf(survey.workflow)));
    m_branch->setPlaceholderText(survey.branch.isEmpty() ? tr("the default branch") : survey.branch);
    m_style->setText(survey.style);
    m_style->setVisible(!survey.style.isEmpty());
    for (const WorkflowSourceRow& row : survey.sources) {
        Source& source = m_sources[int(row.source)];
        const QString before = source.choices->currentData().toString();
        source.possible = row.problem.isEmpty();
        source.button->setEnabled(source.possible);
        source.note->setText(row.problem);
        source.choices->clear();
        for (const WorkflowChoice& choice : row.choices)
            source.choices->addItem(choice.text, choice.id);
        source.choices->setCurrentIndex(std::max(0, source.choices->findData(before)));
    }
    // What was chosen can't be done here: the first that can.
    const auto chosen = [this] { return std::find_if(m_sources.begin(), m_sources.end(), [](const Source& each) { return each.button->isChecked(); }); };
    if (chosen() == m_sources.end() || !chosen()->possible) {
        for (Source& source : m_sources) {
            if (source.possible && source.button->isVisibleTo(this)) {
                source.button->setChecked(true);
                break;
            }
        }
    }
    m_filling = false;
    refresh();
}

void WorkflowForm::setTrialProblem(const QString& problem)
{
    m_trialProblem = problem;
    refresh();
}

void WorkflowForm::addFolder(const QString& folder)
{
    const int at = m_place->findData(folder);
    if (at < 0)
        m_place->insertItem(m_place->count() - 1, Theme::icon(QStringLiteral("folder")), tr("Folder %1").arg(folder), folder);
    m_place->setCurrentIndex(m_place->findData(folder));
    tell();
}

void WorkflowForm::tell()
{
    if (m_filling)
        return;
    refresh();
    Q_EMIT changed();
}

void WorkflowForm::refresh()
{
    const WorkflowWish now = wish();
    const QString texts[] = {now.rollback ? tr("Made from the present one") : tr("Made from the present one"), now.rollback ? tr("The last one with QEMU") : tr("The last one with native runners"),
                             tr("Another workflow that is there"), tr("Inputs of docker/github-builder")};
    for (auto it = m_sources.begin(); it != m_sources.end(); ++it) {
        const bool offered = now.rollback || WorkflowSource(it.key()) == WorkflowSource::Generate || WorkflowSource(it.key()) == WorkflowSource::History;
        it->button->setText(texts[it.key()]);
        it->button->setVisible(offered);
        it->note->parentWidget()->setVisible(offered && !it->note->text().isEmpty());
        it->choices->parentWidget()->setVisible(offered && it->possible && it->choices->count() > 0);
        it->choices->setEnabled(it->button->isChecked());
    }
    const bool made = now.source == WorkflowSource::Generate;
    m_branchRow->setVisible(!now.local);
    m_backOptions->setVisible(now.rollback);
    m_backOptions->setEnabled(made || now.source == WorkflowSource::Inputs);
    m_overOptions->setVisible(!now.rollback);
    m_keepMatrix->setEnabled(made);
    for (QWidget* option : {static_cast<QWidget*>(m_platforms), static_cast<QWidget*>(m_runners), static_cast<QWidget*>(m_cheapest), static_cast<QWidget*>(m_warmOn), static_cast<QWidget*>(m_paths)})
        option->setEnabled(made);
    m_warm->setEnabled(made && m_warmOn->isChecked());
    m_as->setEnabled(m_other->isChecked());
    m_same->setEnabled(now.source != WorkflowSource::Existing);
    m_other->setEnabled(now.source != WorkflowSource::Existing);
    m_routeBox->setVisible(!now.local);
    m_trial->setVisible(now.route == WorkflowRoute::PullRequest);
    m_trial->setEnabled(m_trialProblem.isEmpty());
    m_trialNote->setText(m_trialProblem.isEmpty() ? tr("It builds everything and publishes nothing.") : m_trialProblem);
    m_trialNote->setVisible(now.route != WorkflowRoute::Commit);
    m_publish->setVisible(now.trial);
}

} // namespace layerline
