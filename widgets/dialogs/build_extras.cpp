#include "widgets/dialogs/build_extras.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

constexpr int mostAtOnce = 99;

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// One line; a word with a space or quote is quoted, its quotes doubled.
QString lineOf(const std::vector<std::string>& words)
{
    static const QRegularExpression special(QStringLiteral("[\\s\"]"));
    QStringList list;
    for (const std::string& text : words) {
        QString word = qt(text);
        if (word.contains(special))
            word = QLatin1Char('"') + word.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        list << word;
    }
    return list.join(QLatin1Char(' '));
}

/// The way back from lineOf(); quotes may also begin inside a word.
std::vector<std::string> wordsOf(const QLineEdit& line)
{
    std::vector<std::string> words;
    QString word;
    bool quoted = false, any = false;
    const QString text = line.text() + QLatin1Char(' ');
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text[at];
        if (quoted && c == QLatin1Char('"') && text[at + 1] == QLatin1Char('"')) {
            word += c;
            ++at;
        } else if (c == QLatin1Char('"')) {
            quoted = !quoted;
            any = true;
        } else if (c.isSpace() && (!quoted || at + 1 == text.size())) {
            if (any || !word.isEmpty())
                words.push_back(word.toStdString());
            word.clear();
            any = false;
        } else {
            word += c;
        }
    }
    return words;
}

} // namespace

BuildExtras::BuildExtras(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_fold = new QToolButton(this);
    m_fold->setObjectName(QStringLiteral("moreOptions"));
    m_fold->setText(tr("More options"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_box = new QWidget(this);
    auto* form = new QFormLayout(m_box);
    form->setContentsMargins(0, 0, 0, 0);
    m_arguments = new QPlainTextEdit(m_box);
    m_arguments->setObjectName(QStringLiteral("planArguments"));
    m_arguments->setAccessibleName(tr("Build arguments"));
    m_arguments->setPlaceholderText(tr("NAME=VALUE, one a line"));
    m_arguments->setTabChangesFocus(true);
    m_arguments->setFixedHeight(m_arguments->fontMetrics().lineSpacing() * 3 + 12);
    form->addRow(tr("Build arguments"), m_arguments);
    m_contexts = addLine(*form, "planContexts", tr("Named contexts"), tr("NAME=FOLDER, several with spaces between"));
    m_secretIds = addLine(*form, "planSecretIds", tr("More secrets"), tr("ids that the Dockerfile does not show; their values are asked for"));
    m_cacheFrom = addLine(*form, "planCacheFrom", tr("Cache from"), QStringLiteral("type=registry,ref=registry/name:cache"));
    m_cacheTo = addLine(*form, "planCacheTo", tr("Cache to"), QStringLiteral("type=registry,ref=registry/name:cache,mode=max"));
    m_outputs = addLine(*form, "planOutputs", tr("Output"), QStringLiteral("type=local,dest=out"));
    m_load = new QCheckBox(tr("Load the image into the engine"), m_box);
    m_load->setObjectName(QStringLiteral("planLoad"));
    form->addRow(QString(), m_load);
    m_atMost = new QSpinBox(m_box);
    m_atMost->setObjectName(QStringLiteral("planAtMost"));
    m_atMost->setRange(1, mostAtOnce);
    m_atMost->setToolTip(tr("It waits while this many of Layerline's builds run on the builder"));
    form->addRow(tr("Builds at once"), m_atMost);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_box);
    m_box->hide();
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_fold->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_box->setVisible(open);
    });
    connect(m_arguments, &QPlainTextEdit::textChanged, this, &BuildExtras::changed);
    connect(m_load, &QCheckBox::toggled, this, &BuildExtras::changed);
    connect(m_atMost, &QSpinBox::valueChanged, this, &BuildExtras::changed);
}

QLineEdit* BuildExtras::addLine(QFormLayout& layout, const char* name, const QString& label, const QString& hint)
{
    auto* line = new QLineEdit(m_box);
    line->setObjectName(QLatin1String(name));
    line->setPlaceholderText(hint);
    layout.addRow(label, line);
    connect(line, &QLineEdit::textChanged, this, &BuildExtras::changed);
    return line;
}

bool BuildExtras::isOpen() const { return m_fold->isChecked(); }

void BuildExtras::setOpen(bool open) { m_fold->setChecked(open); }

void BuildExtras::setForm(const BuildForm& form)
{
    QStringList arguments;
    for (const std::string& text : form.arguments)
        arguments << qt(text);
    m_arguments->setPlainText(arguments.join(QLatin1Char('\n')));
    const std::pair<QLineEdit*, const std::vector<std::string>*> lines[] = {
        {m_contexts, &form.contexts}, {m_cacheFrom, &form.cacheFrom}, {m_cacheTo, &form.cacheTo}, {m_outputs, &form.outputs}, {m_secretIds, &form.secretIds}};
    bool any = !form.arguments.empty() || form.load;
    for (const auto& [line, texts] : lines) {
        line->setText(lineOf(*texts));
        any = any || !texts->empty();
    }
    m_load->setChecked(form.load);
    m_atMost->setValue(form.atMost);
    if (any)
        setOpen(true);
}

void BuildExtras::fill(BuildForm& form) const
{
    for (const QString& line : m_arguments->toPlainText().split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            form.arguments.push_back(line.toStdString()); // spaces at the end may be part of the value
    }
    form.contexts = wordsOf(*m_contexts);
    form.cacheFrom = wordsOf(*m_cacheFrom);
    form.cacheTo = wordsOf(*m_cacheTo);
    form.outputs = wordsOf(*m_outputs);
    form.secretIds = wordsOf(*m_secretIds);
    form.load = m_load->isChecked();
    form.atMost = m_atMost->value();
}

} // namespace layerline
