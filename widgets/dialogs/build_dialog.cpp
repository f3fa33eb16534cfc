#include "widgets/dialogs/build_dialog.h"

#include "widgets/dialogs/platform_table.h"
#include "widgets/style/theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QLabel* sectionLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("section"));
    return label;
}

QLabel* messageLabel(const char* name, const char* tone, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setProperty("tone", QLatin1String(tone));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

} // namespace

BuildDialog::BuildDialog(const QString& title, const BuildForm& form, const QStringList& builders, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(title);
    resize(720, 640);
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("title"));
    heading->setTextFormat(Qt::PlainText);
    m_secretBox = new QWidget(this);
    m_secretForm = new QFormLayout(m_secretBox);
    m_secretForm->setContentsMargins(0, 0, 0, 0);
    m_secretBox->hide();
    m_missing = messageLabel("planMissing", "warn", this);
    m_obstacles = messageLabel("planObstacles", "bad", this);

    m_start = new QPushButton(tr("Start the build"), this);
    m_start->setObjectName(QStringLiteral("startBuild"));
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    m_start->setEnabled(false);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_start);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addWidget(heading);
    column->addWidget(makeWhat(form, builders));
    column->addWidget(makePlatforms(form), 1);
    column->addWidget(makeOptions(form));
    column->addWidget(m_secretBox);
    column->addWidget(m_missing);
    column->addWidget(m_obstacles);
    column->addWidget(makeCommand());
    column->addLayout(buttons);

    m_changed.setSingleShot(true);
    m_changed.setInterval(60);
    connect(&m_changed, &QTimer::timeout, this, &BuildDialog::formChanged);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &BuildDialog::startRequested);
    refreshHints();
    m_changed.start();
}

QWidget* BuildDialog::makeWhat(const BuildForm& form, const QStringList& builders)
{
    auto* box = new QWidget(this);
    auto* layout = new QFormLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_context = new QLineEdit(qt(form.context), box);
    m_context->setObjectName(QStringLiteral("planContext"));
    m_context->setAccessibleName(tr("Build"));
    m_context->setPlaceholderText(tr("Folder, bake file, or address of a git repository"));
    auto* browseButton = new QPushButton(tr("Browse…"), box);
    browseButton->setAutoDefault(false);
    auto* contextRow = new QHBoxLayout;
    contextRow->addWidget(m_context, 1);
    contextRow->addWidget(browseButton);
    m_dockerfile = new QLineEdit(qt(form.dockerfile), box);
    m_dockerfile->setObjectName(QStringLiteral("planDockerfile"));
    m_dockerfile->setPlaceholderText(tr("Dockerfile", "the file's usual name"));
    m_target = new QComboBox(box);
    m_target->setObjectName(QStringLiteral("planTarget"));
    m_target->setEditable(true);
    m_target->setEditText(qt(form.target));
    m_builder = new QComboBox(box);
    m_builder->setObjectName(QStringLiteral("planBuilder"));
    m_builder->addItems(builders);
    m_builder->setCurrentText(qt(form.builder));
    QStringList tags;
    for (const std::string& tag : form.tags)
        tags << qt(tag);
    m_tags = new QLineEdit(tags.join(QLatin1Char(' ')), box);
    m_tags->setObjectName(QStringLiteral("planTags"));
    m_tags->setPlaceholderText(tr("name:tag, several with spaces between"));
    layout->addRow(tr("Build"), contextRow);
    layout->addRow(tr("Dockerfile"), m_dockerfile);
    layout->addRow(tr("Target"), m_target);
    layout->addRow(tr("Builder"), m_builder);
    layout->addRow(tr("Tags"), m_tags);
    const auto changed = [this] { m_changed.start(); };
    for (QLineEdit* line : {m_context, m_dockerfile, m_tags})
        connect(line, &QLineEdit::textChanged, this, changed);
    connect(m_target, &QComboBox::editTextChanged, this, changed);
    connect(m_builder, &QComboBox::currentTextChanged, this, [this](const QString& builder) {
        Q_EMIT builderChanged(builder);
        m_changed.start();
    });
    connect(browseButton, &QPushButton::clicked, this, &BuildDialog::browse);
    return box;
}

QWidget* BuildDialog::makePlatforms(const BuildForm& form)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(sectionLabel(tr("Platforms"), box));
    head->addStretch(1);
    for (const char* arch : {"amd64", "arm64"}) {
        auto* only = new QPushButton(tr("%1 only").arg(QLatin1String(arch)), box);
        only->setObjectName(QStringLiteral("only_") + QLatin1String(arch));
        only->setProperty("flat", true);
        only->setAutoDefault(false);
        connect(only, &QPushButton::clicked, this, [this, name = std::string(arch)] { m_platforms->chooseOnly(name); });
        head->addWidget(only);
    }
    auto* node = new QPushButton(tr("Add a native node…"), box);
    node->setProperty("flat", true);
    node->setAutoDefault(false);
    connect(node, &QPushButton::clicked, this, &BuildDialog::addNodeRequested);
    head->addWidget(node);
    m_platforms = new PlatformTable(box);
    m_platforms->setChoices(form.platforms);
    m_emulation = new QLabel(box);
    m_emulation->setProperty("role", QStringLiteral("muted"));
    m_emulation->setWordWrap(true);
    column->addLayout(head);
    column->addWidget(m_platforms, 1);
    column->addWidget(m_emulation);
    connect(m_platforms, &PlatformTable::choicesChanged, this, [this] {
        refreshHints();
        m_changed.start();
    });
    return box;
}

QWidget* BuildDialog::makeOptions(const BuildForm& form)
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const auto add = [&](QCheckBox*& check, const char* name, const QString& text, const QString& tip, bool on) {
        check = new QCheckBox(text, box);
        check->setObjectName(QLatin1String(name));
        check->setToolTip(tip);
        check->setChecked(on);
        connect(check, &QCheckBox::toggled, this, [this] { m_changed.start(); });
        row->addWidget(check);
    };
    add(m_push, "planPush", tr("Push"), tr("Send the result to the registry its tags name"), form.push);
    add(m_keepGoing, "planKeepGoing", tr("Keep going"), tr("One build for each platform: when one fails the others finish, and only that one is tried again"), form.keepGoing);
    add(m_noCache, "planNoCache", tr("Without cache"), tr("Run every step, also those that are cached"), form.noCache);
    add(m_pull, "planPull", tr("Look for newer base images"), tr("Ask the registries instead of taking the base images that are here"), form.pull);
    row->addStretch(1);
    return box;
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
    auto* copy = new QPushButton(Theme::icon(QStringLiteral("copy")), tr("Copy"), box);
    copy->setObjectName(QStringLiteral("copyCommand"));
    copy->setProperty("flat", true);
    copy->setAutoDefault(false);
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

BuildForm BuildDialog::form() const
{
    BuildForm form;
    form.context = m_context->text().trimmed().toStdString();
    form.dockerfile = m_dockerfile->text().trimmed().toStdString();
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
    return form;
}

void BuildDialog::setPlatforms(std::vector<PlatformChoice> platforms)
{
    const std::vector<Platform> chosen = form().chosen();
    for (PlatformChoice& choice : platforms)
        choice.chosen = choice.where != PlatformChoice::Where::Unavailable && std::find(chosen.begin(), chosen.end(), choice.platform) != chosen.end();
    m_platforms->setChoices(platforms);
    refreshHints();
    m_changed.start();
}

void BuildDialog::setTargets(const QStringList& targets)
{
    const QString current = m_target->currentText();
    m_target->clear();
    m_target->addItems(targets);
    m_target->setEditText(current);
}

void BuildDialog::refreshHints()
{
    int emulated = 0, unavailable = 0;
    for (const PlatformChoice& choice : m_platforms->choices()) {
        emulated += choice.chosen && choice.where == PlatformChoice::Where::Emulated;
        unavailable += choice.where == PlatformChoice::Where::Unavailable;
    }
    QStringList lines;
    if (emulated > 0)
        lines << tr("%n platform(s) will run under QEMU, which is several times slower. A native node avoids that.", nullptr, emulated);
    if (unavailable > 0)
        lines << tr("What is not available needs an emulator: apt install qemu-user-static, or docker run --privileged --rm tonistiigi/binfmt --install all.");
    m_emulation->setText(lines.join(QLatin1Char('\n')));
    m_emulation->setVisible(!lines.isEmpty());
}

void BuildDialog::setPreview(const BuildPreview& preview)
{
    m_command->setPlainText(qt(preview.command));
    QStringList missing, obstacles;
    for (const std::string& sentence : preview.missing)
        missing << QStringLiteral("• ") + qt(sentence);
    for (const auto& [reason, help] : preview.obstacles)
        obstacles << (help.empty() ? qt(reason) : QStringLiteral("%1 %2").arg(qt(reason), qt(help)));
    if (!missing.isEmpty())
        missing.prepend(tr("No record keeps these, so they are not repeated:"));
    m_missing->setText(missing.join(QLatin1Char('\n')));
    m_missing->setVisible(!missing.isEmpty());
    m_obstacles->setText(obstacles.join(QLatin1Char('\n')));
    m_obstacles->setVisible(!obstacles.isEmpty());
    m_start->setEnabled(obstacles.isEmpty() && !preview.command.empty());
    askSecrets(preview.secrets);
}

void BuildDialog::askSecrets(const std::vector<SecretQuestion>& secrets)
{
    const bool same = std::equal(secrets.begin(), secrets.end(), m_secrets.begin(), m_secrets.end(),
                                 [](const SecretQuestion& a, const SecretField& b) { return a == b.question; });
    if (same)
        return;
    while (m_secretForm->rowCount() > 0)
        m_secretForm->removeRow(0);
    m_secrets.clear();
    for (const SecretQuestion& question : secrets) {
        auto* kind = new QComboBox(m_secretBox);
        kind->addItems(question.ssh ? QStringList{tr("agent"), tr("key file")} : QStringList{tr("value"), tr("variable"), tr("file")});
        auto* text = new QLineEdit(m_secretBox);
        text->setObjectName(QStringLiteral("secret_") + qt(question.id));
        text->setEchoMode(question.ssh ? QLineEdit::Normal : QLineEdit::Password);
        connect(kind, &QComboBox::currentIndexChanged, this, [this, text, ssh = question.ssh](int index) {
            text->setEchoMode(!ssh && index == 0 ? QLineEdit::Password : QLineEdit::Normal);
            m_changed.start();
        });
        connect(text, &QLineEdit::textChanged, this, [this] { m_changed.start(); });
        auto* row = new QHBoxLayout;
        row->addWidget(kind);
        row->addWidget(text, 1);
        m_secretForm->addRow(question.ssh ? tr("SSH key %1").arg(qt(question.id)) : tr("Secret %1").arg(qt(question.id)), row);
        m_secrets.push_back({question, kind, text});
    }
    m_secretBox->setVisible(!m_secrets.empty());
}

SecretAnswers BuildDialog::answers() const
{
    SecretAnswers all;
    for (const SecretField& field : m_secrets) {
        SecretAnswer answer;
        const int kind = field.kind->currentIndex();
        answer.kind = field.question.ssh ? (kind == 0 ? SecretAnswer::Kind::Variable : SecretAnswer::Kind::File) : SecretAnswer::Kind(kind);
        answer.text = field.question.ssh && kind == 0 ? "SSH_AUTH_SOCK" : field.text->text().toStdString();
        if (!answer.text.empty())
            all.emplace(field.question.id, answer);
    }
    return all;
}

void BuildDialog::browse()
{
    auto* chooser = new QFileDialog(this, tr("Folder to build"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    connect(chooser, &QFileDialog::fileSelected, m_context, &QLineEdit::setText);
    chooser->open();
}

} // namespace layerline
