#include "widgets/dialogs/build_dialog.h"

#include "items/own_words.h"
#include "widgets/dialogs/build_extras.h"
#include "widgets/dialogs/dialog_parts.h"
#include "widgets/dialogs/platform_table.h"
#include "widgets/dialogs/preset_bar.h"
#include "widgets/dialogs/secret_fields.h"
#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

BuildDialog::BuildDialog(const QString& title, const BuildForm& form, const QStringList& builders, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(title);
    resize(760, std::min(780, screen()->availableGeometry().height() - 48)); // with its frame on the screen
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("title"));
    heading->setTextFormat(Qt::PlainText);
    m_notes = messageLabel("planNotes", "run", this);
    m_missing = messageLabel("planMissing", "warn", this);
    m_obstacles = messageLabel("planObstacles", "bad", this);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addWidget(heading);
    column->addWidget(makeScrolled(builders), 1);
    column->addWidget(makeDisk());
    column->addWidget(m_notes);
    column->addWidget(m_missing);
    column->addWidget(m_obstacles);
    column->addWidget(makeCommand());
    column->addWidget(makeButtons());

    m_changed.setSingleShot(true);
    m_changed.setInterval(60);
    connect(&m_changed, &QTimer::timeout, this, &BuildDialog::formChanged);
    connectFields();
    setForm(form);
}

/// What is filled in may be long; what will run stays in view below it.
QWidget* BuildDialog::makeScrolled(const QStringList& builders)
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget(area);
    inside->setObjectName(QStringLiteral("planInside"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(10);
    m_secrets = new SecretFields(inside);
    m_extras = new BuildExtras(inside);
    m_cancelOther = new QCheckBox(inside);
    m_cancelOther->setObjectName(QStringLiteral("planCancelOther"));
    m_cancelOther->hide();
    m_wholeCall = new QCheckBox(inside);
    m_wholeCall->setObjectName(QStringLiteral("planWholeCall"));
    m_wholeCall->setToolTip(tr("All targets of the call instead of this one, from the bake file as it is now"));
    m_wholeCall->hide();
    column->addWidget(m_wholeCall);
    column->addWidget(makeWhat(builders));
    column->addWidget(m_secrets);
    column->addWidget(makePlatforms(), 1);
    column->addWidget(makeOptions());
    column->addWidget(m_cancelOther);
    column->addWidget(m_extras);
    area->setWidget(inside);
    return area;
}

QWidget* BuildDialog::makeWhat(const QStringList& builders)
{
    auto* box = new QWidget(this);
    auto* layout = new QFormLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_presetLabel = new QLabel(tr("Preset"), box);
    m_presets = new PresetBar(box);
    m_presetLabel->hide();
    m_presets->hide();
    m_context = new QLineEdit(box);
    m_context->setObjectName(QStringLiteral("planContext"));
    m_context->setAccessibleName(tr("Build"));
    m_context->setPlaceholderText(tr("Folder, bake file, or address of a git repository"));
    m_browse = new QPushButton(tr("Browse…"), box);
    m_browse->setObjectName(QStringLiteral("planBrowse"));
    m_browse->setAutoDefault(false);
    auto* menu = new QMenu(m_browse);
    menu->addAction(tr("Folder…"), this, [this] { browse(true); });
    menu->addAction(tr("Dockerfile or bake file…"), this, [this] { browse(false); });
    m_browse->setMenu(menu);
    auto* contextRow = new QHBoxLayout;
    contextRow->addWidget(m_context, 1);
    contextRow->addWidget(m_browse);
    m_dockerfile = editableBox("planDockerfile", box);
    m_dockerfile->lineEdit()->setPlaceholderText(tr("Dockerfile", "the file's usual name"));
    m_target = editableBox("planTarget", box);
    m_contents = messageLabel("planContents", "", box);
    m_builder = new QComboBox(box);
    m_builder->setObjectName(QStringLiteral("planBuilder"));
    m_builder->addItems(builders);
    m_tags = new QLineEdit(box);
    m_tags->setObjectName(QStringLiteral("planTags"));
    layout->addRow(m_presetLabel, m_presets);
    layout->addRow(tr("Build"), contextRow);
    layout->addRow(tr("File"), m_dockerfile);
    layout->addRow(tr("Target"), m_target);
    layout->addRow(QString(), m_contents);
    layout->addRow(tr("Builder"), m_builder);
    layout->addRow(tr("Tags"), m_tags);
    return box;
}

QWidget* BuildDialog::makePlatforms()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(sectionLabel(tr("Platforms"), box));
    head->addStretch(1);
    for (const char* arch : {"amd64", "arm64"}) {
        QPushButton* only = flatButton(tr("%1 only").arg(QLatin1String(arch)), box);
        only->setObjectName(QStringLiteral("only_") + QLatin1String(arch));
        connect(only, &QPushButton::clicked, this, [this, name = std::string(arch)] { m_platforms->chooseOnly(name); });
        head->addWidget(only);
    }
    QPushButton* node = flatButton(tr("Add a native node…"), box);
    node->setObjectName(QStringLiteral("planAddNode"));
    connect(node, &QPushButton::clicked, this, &BuildDialog::addNodeRequested);
    head->addWidget(node);
    m_platforms = new PlatformTable(box);
    m_emulation = messageLabel("planEmulation", "", box);
    m_emulation->setProperty("role", QStringLiteral("muted"));
    column->addLayout(head);
    column->addWidget(m_platforms, 1);
    column->addWidget(m_emulation);
    return box;
}

QWidget* BuildDialog::makeOptions()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const auto add = [&](QCheckBox*& check, const char* name, const QString& text, const QString& tip) {
        check = new QCheckBox(text, box);
        check->setObjectName(QLatin1String(name));
        check->setToolTip(tip);
        connect(check, &QCheckBox::toggled, this, &BuildDialog::changedSoon);
        row->addWidget(check);
    };
    add(m_push, "planPush", tr("Push"), tr("Send the result to the registry its tags name"));
    add(m_keepGoing, "planKeepGoing", tr("Keep going"), tr("One build for each platform: when one fails the others finish, and only that one is tried again"));
    add(m_noCache, "planNoCache", tr("Without cache"), tr("Run every step, also those that are cached"));
    add(m_pull, "planPull", tr("Look for newer base images"), tr("Ask the registries instead of taking the base images that are here"));
    row->addStretch(1);
    return box;
}

QWidget* BuildDialog::makeDisk()
{
    m_diskBox = new QWidget(this);
    auto* row = new QHBoxLayout(m_diskBox);
    row->setContentsMargins(0, 0, 0, 0);
    m_disk = messageLabel("planDisk", "", m_diskBox);
    m_cleanUp = flatButton(tr("Clean up…"), m_diskBox);
    m_cleanUp->setObjectName(QStringLiteral("planCleanUp"));
    row->addWidget(m_disk, 1);
    row->addWidget(m_cleanUp, 0, Qt::AlignTop);
    connect(m_cleanUp, &QPushButton::clicked, this, [this] { Q_EMIT cleanUpRequested(m_builder->currentText()); });
    m_diskBox->hide();
    return m_diskBox;
}

QWidget* BuildDialog::makeCommand()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(sectionLabel(tr("What will run"), box));
    head->addStretch(1);
    QPushButton* copy = flatButton(tr("Copy"), box);
    copy->setIcon(Theme::icon(QStringLiteral("copy")));
    copy->setObjectName(QStringLiteral("copyCommand"));
    head->addWidget(copy);
    m_command = new QPlainTextEdit(box);
    m_command->setObjectName(QStringLiteral("planCommand"));
    m_command->setAccessibleName(tr("What will run"));
    m_command->setReadOnly(true);
    m_command->setFont(Theme::monoFont());
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * 4 + 12);
    column->addLayout(head);
    column->addWidget(m_command);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    return box;
}

QWidget* BuildDialog::makeButtons()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_start = new QPushButton(tr("Start the build"), box);
    m_start->setObjectName(QStringLiteral("startBuild"));
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    m_start->setEnabled(false);
    auto* cancel = new QPushButton(tr("Cancel"), box);
    cancel->setAutoDefault(false);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_start);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &BuildDialog::startRequested);
    return box;
}

void BuildDialog::connectFields()
{
    for (QLineEdit* line : {m_context, m_tags})
        connect(line, &QLineEdit::textChanged, this, &BuildDialog::changedSoon);
    for (QComboBox* box : {m_dockerfile, m_target})
        connect(box, &QComboBox::editTextChanged, this, &BuildDialog::changedSoon);
    connect(m_builder, &QComboBox::currentTextChanged, this, [this](const QString& builder) {
        Q_EMIT builderChanged(builder);
        changedSoon();
    });
    connect(m_platforms, &PlatformTable::choicesChanged, this, [this] {
        refreshHints();
        changedSoon();
    });
    connect(m_extras, &BuildExtras::changed, this, &BuildDialog::changedSoon);
    connect(m_secrets, &SecretFields::changed, this, &BuildDialog::changedSoon);
    connect(m_cancelOther, &QCheckBox::toggled, this, &BuildDialog::changedSoon);
    connect(m_wholeCall, &QCheckBox::clicked, this, &BuildDialog::wholeCallChosen);
    connect(m_presets, &PresetBar::chosen, this, &BuildDialog::presetChosen);
    connect(m_presets, &PresetBar::saveRequested, this, &BuildDialog::presetSaved);
    connect(m_presets, &PresetBar::removeRequested, this, &BuildDialog::presetRemoved);
}

BuildForm BuildDialog::form() const
{
    BuildForm form;
    form.context = m_context->text().trimmed().toStdString();
    form.dockerfile = m_dockerfile->currentText().trimmed().toStdString();
    form.target = m_target->currentText().trimmed().toStdString();
    form.builder = m_builder->currentText().toStdString();
    static const QRegularExpression gap(QStringLiteral("[\\s,]+"));
    for (const QString& tag : m_tags->text().split(gap, Qt::SkipEmptyParts))
        form.tags.push_back(tag.toStdString());
    form.platforms = m_platforms->choices();
    form.push = m_push->isChecked();
    form.keepGoing = m_keepGoing->isChecked();
    form.noCache = m_noCache->isChecked();
    form.pull = m_pull->isChecked();
    form.wholeCall = m_wholeCall->isChecked();
    m_extras->fill(form);
    return form;
}

void BuildDialog::setForm(const BuildForm& form)
{
    QStringList tags;
    for (const std::string& tag : form.tags)
        tags << qt(tag);
    m_context->setText(qt(form.context));
    m_dockerfile->setEditText(qt(form.dockerfile));
    m_target->setEditText(qt(form.target));
    // A builder that is gone is shown as such instead of another one: what is wrong with it is said below.
    if (!form.builder.empty() && m_builder->findText(qt(form.builder)) < 0)
        m_builder->addItem(qt(form.builder));
    if (!form.builder.empty())
        m_builder->setCurrentText(qt(form.builder));
    m_tags->setText(tags.join(QLatin1Char(' ')));
    m_platforms->setChoices(form.platforms);
    m_push->setChecked(form.push);
    m_keepGoing->setChecked(form.keepGoing);
    m_noCache->setChecked(form.noCache);
    m_pull->setChecked(form.pull);
    m_wholeCall->setChecked(form.wholeCall);
    // The call names its own files; what they say is not to be changed by another folder.
    for (QWidget* place : {static_cast<QWidget*>(m_context), static_cast<QWidget*>(m_dockerfile), static_cast<QWidget*>(m_browse)})
        place->setEnabled(!form.wholeCall);
    m_extras->setForm(form);
    refreshHints();
    changedSoon();
}

void BuildDialog::setPlatforms(std::vector<PlatformChoice> platforms)
{
    const std::vector<Platform> chosen = form().chosen();
    for (PlatformChoice& choice : platforms)
        choice.chosen = choice.where != PlatformChoice::Where::Unavailable && std::find(chosen.begin(), chosen.end(), choice.platform) != chosen.end();
    if (platforms == m_platforms->choices())
        return;
    m_platforms->setChoices(platforms);
    refreshHints();
    changedSoon();
}

void BuildDialog::setContents(const ProjectContents& contents)
{
    setEntries(m_dockerfile, contents.files);
    m_dockerfile->lineEdit()->setPlaceholderText(contents.usual.empty() ? tr("Dockerfile", "the file's usual name") : qt(contents.usual));
    // The folder has no file of the usual name: shown as what it is.
    if (m_dockerfile->currentText().isEmpty() && contents.usual.empty() && !contents.files.empty() && contents.files.front() != "Dockerfile")
        m_dockerfile->setEditText(qt(contents.files.front()));
    setEntries(m_target, contents.targets);
    setTone(m_contents, contents.problem.empty() ? "" : "bad");
    // Not in a row of its own: what is below would jump.
    m_target->lineEdit()->setPlaceholderText(contents.reading ? tr("Looking for what can be built…") : QString());
    say(m_contents, contents.problem.empty() ? QString() : tr("The targets are not known: %1").arg(qt(contents.problem)));
}

QString BuildDialog::preset() const { return m_presets->name(); }

void BuildDialog::setPresets(const QStringList& names, const QString& shown)
{
    m_presets->setNames(names);
    if (!shown.isEmpty())
        m_presets->setName(shown);
    m_presetLabel->show();
    m_presets->show();
}

void BuildDialog::setDisk(const DiskOutlook& outlook)
{
    QStringList sentences;
    if (outlook.samples > 0)
        sentences << tr("Usually adds %1 to the builder's disk, at most %2 (from %n earlier build(s)).", nullptr, outlook.samples)
                         .arg(humanBytes(outlook.usual), humanBytes(outlook.most));
    if (outlook.free)
        sentences << (outlook.isShort ? tr("Only %1 are free on %2.") : tr("%1 are free on %2.")).arg(humanBytes(*outlook.free), qt(outlook.folder));
    setTone(m_disk, outlook.isShort ? "warn" : "");
    say(m_disk, sentences.join(QLatin1Char(' ')));
    m_cleanUp->setVisible(outlook.isShort);
    m_diskBox->setVisible(!sentences.isEmpty());
}

void BuildDialog::offerToCancel(const QString& text, bool ticked)
{
    m_cancelOther->setText(text);
    m_cancelOther->setChecked(ticked);
    m_cancelOther->show();
}

void BuildDialog::offerWholeCall(const QString& text)
{
    m_wholeCall->setText(text);
    m_wholeCall->show();
}

bool BuildDialog::cancelsOther() const { return m_cancelOther->isChecked(); }

void BuildDialog::refreshHints()
{
    using Where = PlatformChoice::Where;
    int emulated = 0, chosen = 0;
    QStringList unavailable;
    bool unknown = false;
    for (const PlatformChoice& choice : m_platforms->choices()) {
        chosen += choice.chosen;
        emulated += choice.chosen && choice.where == Where::Emulated;
        unknown = unknown || choice.where == Where::Unknown;
        if (choice.where == Where::Unavailable)
            unavailable << qt(choice.platform.arch);
    }
    QStringList lines;
    if (chosen == 0)
        lines << (m_baked ? tr("None chosen: for the platforms the bake file names.") : tr("None chosen: for the builder's own platform."));
    if (unknown)
        lines << tr("The builder is not running: where its platforms run is known once it is.");
    if (emulated > 0)
        lines << tr("%n platform(s) will run under QEMU, which is several times slower. A native node avoids that.", nullptr, emulated);
    if (!unavailable.isEmpty()) {
        unavailable.removeDuplicates();
        lines << tr("For %1 the builder has neither a node nor QEMU. To install QEMU, on the machine of its engine: apt install qemu-user-static binfmt-support, or docker run --privileged --rm tonistiigi/binfmt --install %2")
                     .arg(unavailable.join(QStringLiteral(", ")), unavailable.join(QLatin1Char(',')));
    }
    say(m_emulation, lines.join(QLatin1Char('\n')));
}

void BuildDialog::setPreview(const BuildPreview& preview)
{
    m_baked = preview.baked;
    m_tags->setEnabled(!m_baked);
    m_tags->setPlaceholderText(m_baked ? tr("named by the bake file") : tr("name:tag, several with spaces between"));
    refreshHints();
    m_command->setPlainText(preview.incomplete ? QString() : qt(preview.command));
    QStringList notes, missing, obstacles;
    for (const std::string& sentence : preview.notes)
        notes << ownWords(sentence);
    for (const std::string& sentence : preview.missing)
        missing << QStringLiteral("• ") + qt(sentence);
    for (const auto& [reason, help] : preview.obstacles)
        obstacles << (help.empty() ? ownWords(reason) : QStringLiteral("%1 %2").arg(qt(reason), qt(help)));
    if (!missing.isEmpty())
        missing.prepend(tr("No record keeps these, so they are not repeated:"));
    say(m_notes, notes.join(QLatin1Char('\n')));
    say(m_missing, missing.join(QLatin1Char('\n')));
    say(m_obstacles, obstacles.join(QLatin1Char('\n')));
    m_start->setEnabled(obstacles.isEmpty() && !preview.incomplete && !preview.command.empty());
    m_secrets->ask(preview.secrets);
}

SecretAnswers BuildDialog::answers() const { return m_secrets->answers(); }

void BuildDialog::browse(bool folder)
{
    auto* chooser = new QFileDialog(this, folder ? tr("Folder to build") : tr("Dockerfile or bake file to build"), m_context->text());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_dockerfile->clearEditText(); // the other folder's
        m_target->clearEditText();
        m_context->setText(path);
    });
    chooser->open();
}

} // namespace layerline
