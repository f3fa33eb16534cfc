#include "widgets/dialogs/builder_forms.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

#include <iterator>

namespace layerline {

namespace {

QLineEdit* lineOf(QWidget* form, const char* name, const QString& hint)
{
    auto* line = new QLineEdit(form);
    line->setObjectName(QLatin1String(name));
    line->setPlaceholderText(hint);
    return line;
}

QFormLayout* formOf(QWidget* widget)
{
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    return form;
}

constexpr int ageDays[] = {0, 1, 7, 30, 90};

} // namespace

CleanUpForm::CleanUpForm(QWidget* parent) : QWidget(parent), m_age(new QComboBox(this)), m_all(new QCheckBox(tr("also internal records and what images share"), this))
{
    setFocusProxy(m_age);
    m_age->setObjectName(QStringLiteral("pruneAge"));
    m_all->setObjectName(QStringLiteral("pruneAll"));
    for (const int days : ageDays)
        m_age->addItem(days == 0 ? tr("whatever its age") : tr("not used for %n day(s)", nullptr, days));
    auto* form = formOf(this);
    form->addRow(tr("What goes"), m_age);
    form->addRow(QString(), m_all);
    connect(m_age, &QComboBox::currentIndexChanged, this, &CleanUpForm::changed);
    connect(m_all, &QCheckBox::toggled, this, &CleanUpForm::changed);
}

int CleanUpForm::unusedDays() const { return ageDays[std::size_t(m_age->currentIndex()) % std::size(ageDays)]; }
bool CleanUpForm::all() const { return m_all->isChecked(); }

WarmForm::WarmForm(QWidget* parent)
    : QWidget(parent), m_folder(lineOf(this, "warmFolder", tr("The project's folder"))), m_dockerfile(lineOf(this, "warmDockerfile", tr("Dockerfile", "the file's usual name"))),
      m_platforms(lineOf(this, "warmPlatforms", tr("the builder's own; or linux/amd64,linux/arm64")))
{
    setFocusProxy(m_folder);
    m_folder->setAccessibleName(tr("Project"));
    auto* browseButton = new QPushButton(tr("Browse…"), this);
    browseButton->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_folder, 1);
    row->addWidget(browseButton);
    auto* form = formOf(this);
    form->addRow(tr("Project"), row);
    form->addRow(tr("Dockerfile"), m_dockerfile);
    form->addRow(tr("Platforms"), m_platforms);
    for (const QLineEdit* line : {m_folder, m_dockerfile, m_platforms})
        connect(line, &QLineEdit::textChanged, this, &WarmForm::changed);
    connect(browseButton, &QPushButton::clicked, this, &WarmForm::browse);
}

void WarmForm::browse()
{
    auto* dialog = new QFileDialog(this, tr("The project's folder"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

QString WarmForm::folder() const { return m_folder->text().trimmed(); }
QString WarmForm::dockerfile() const { return m_dockerfile->text().trimmed(); }
QString WarmForm::platforms() const { return m_platforms->text().trimmed(); }

NewBuilderForm::NewBuilderForm(QWidget* parent)
    : QWidget(parent), m_name(lineOf(this, "newBuilderName", tr("a name of your choice"))), m_driver(new QComboBox(this)),
      m_endpoint(lineOf(this, "newBuilderEndpoint", tr("this machine; or ssh://, tcp://, unix://, a docker context"))),
      m_platforms(lineOf(this, "newBuilderPlatforms", tr("what the node says; or linux/amd64"))),
      m_options(lineOf(this, "newBuilderOptions", tr("image=… network=host, with spaces between"))), m_use(new QCheckBox(tr("Use it by default"), this)),
      m_start(new QCheckBox(tr("Start it at once"), this))
{
    setFocusProxy(m_name);
    m_driver->setObjectName(QStringLiteral("newBuilderDriver"));
    m_use->setObjectName(QStringLiteral("newBuilderUse"));
    m_start->setObjectName(QStringLiteral("newBuilderStart"));
    m_driver->addItem(tr("a container (docker-container)"), QStringLiteral("docker-container"));
    m_driver->addItem(tr("a BuildKit that runs already (remote)"), QStringLiteral("remote"));
    m_driver->addItem(tr("pods of a cluster (kubernetes)"), QStringLiteral("kubernetes"));
    auto* switches = new QHBoxLayout;
    switches->addWidget(m_use);
    switches->addWidget(m_start);
    switches->addStretch(1);
    auto* form = formOf(this);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Runs in"), m_driver);
    form->addRow(tr("Address"), m_endpoint);
    form->addRow(tr("Platforms"), m_platforms);
    form->addRow(tr("Options"), m_options);
    form->addRow(QString(), switches);
    for (const QLineEdit* line : {m_name, m_endpoint, m_platforms, m_options})
        connect(line, &QLineEdit::textChanged, this, &NewBuilderForm::changed);
    connect(m_driver, &QComboBox::currentIndexChanged, this, &NewBuilderForm::changed);
    for (const QCheckBox* box : {m_use, m_start})
        connect(box, &QCheckBox::toggled, this, &NewBuilderForm::changed);
}

QString NewBuilderForm::name() const { return m_name->text().trimmed(); }
QString NewBuilderForm::driver() const { return m_driver->currentData().toString(); }
QString NewBuilderForm::endpoint() const { return m_endpoint->text().trimmed(); }
QString NewBuilderForm::platforms() const { return m_platforms->text().trimmed(); }

QStringList NewBuilderForm::options() const
{
    static const QRegularExpression gap(QStringLiteral("\\s+"));
    return m_options->text().split(gap, Qt::SkipEmptyParts);
}

bool NewBuilderForm::use() const { return m_use->isChecked(); }
bool NewBuilderForm::start() const { return m_start->isChecked(); }

} // namespace layerline
