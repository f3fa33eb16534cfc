#include "items/step_label.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace layerline {

namespace {

struct Labels {
    Q_DECLARE_TR_FUNCTIONS(layerline::Labels)
};

constexpr qsizetype longest = 160; ///< a heredoc RUN can be pages long

QString oneLine(const std::string& text)
{
    return QString::fromUtf8(text.data(), qsizetype(std::min<std::size_t>(text.size(), 2000))).simplified();
}

QString cut(QString text)
{
    if (text.size() > longest)
        text = text.left(longest - 1) + QChar(0x2026);
    return text;
}

/// Leading "--mount=... --network=none" say how, not what.
QString withoutFlags(QString rest)
{
    while (rest.startsWith(QLatin1String("--"))) {
        const qsizetype space = rest.indexOf(QLatin1Char(' '));
        if (space < 0)
            return {};
        rest = rest.mid(space + 1);
    }
    return rest;
}

/// The words that name a command, without its options: "pip install", "npm ci", "python -m compileall".
QStringList namingWords(const QString& command)
{
    QStringList kept;
    bool module = false;
    for (const QString& word : command.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        module = word == QLatin1String("-m") && !kept.isEmpty();
        if ((word.startsWith(QLatin1Char('-')) && !module) || word == QLatin1String("&&") || word == QLatin1String("|"))
            break;
        if (kept.isEmpty() && (word == QLatin1String("set") || word.contains(QLatin1Char('='))))
            continue;
        kept.append(word.left(28));
        if (kept.size() == (kept.contains(QLatin1String("-m")) ? 3 : 2))
            break;
    }
    return kept;
}

/// Whole words of at most `width` characters, with an ellipsis; "" when nothing is saved by that.
QString firstWords(const QString& text, qsizetype width)
{
    if (text.size() <= width)
        return {};
    const qsizetype space = text.lastIndexOf(QLatin1Char(' '), width);
    return space > 8 ? text.left(space) + QChar(0x2026) : QString();
}

QStringList copyLabels(const QString& keyword, const QString& all, const QString& rest)
{
    const QStringList words = rest.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString source = words.value(0);
    const qsizetype from = all.indexOf(QLatin1String("--from="));
    if (from >= 0) { // where it comes from says more than the path
        const QString flag = all.mid(from).section(QLatin1Char(' '), 0, 0);
        return {keyword + QLatin1Char(' ') + flag + QLatin1Char(' ') + rest, keyword + QLatin1Char(' ') + flag + QLatin1Char(' ') + source, keyword + QLatin1Char(' ') + flag, flag.mid(7)};
    }
    const QString file = source.section(QLatin1Char('/'), -1);
    return {keyword + QLatin1Char(' ') + rest, keyword + QLatin1Char(' ') + source, file.isEmpty() ? source : file};
}

QStringList instructionLabels(const Step& step)
{
    const QString keyword = QString::fromStdString(step.parsed.keyword);
    const QString text = oneLine(step.parsed.text);
    const QString rest = withoutFlags(text.mid(keyword.size()).trimmed());
    if (keyword.isEmpty())
        return {text};
    if (keyword == QLatin1String("FROM")) {
        const QString image = shortImageName(rest.section(QLatin1Char(' '), 0, 0));
        const QString last = image.section(QLatin1Char('/'), -1);
        return {QStringLiteral("FROM ") + image, image, last, last.section(QLatin1Char(':'), 0, 0)};
    }
    if (keyword == QLatin1String("COPY") || keyword == QLatin1String("ADD"))
        return copyLabels(keyword, text, rest);
    const QStringList words = namingWords(rest);
    const QString small = words.join(QLatin1Char(' ')), whole = keyword + QLatin1Char(' ') + rest;
    return {whole, firstWords(whole, 44), firstWords(whole, 30), keyword + QLatin1Char(' ') + small, small, words.value(0)};
}

QLatin1String waitingForRunner() { return QLatin1String("Waiting for a runner"); }

/// The labels of a job in the queue; empty for any other step.
QStringList queueLabels(const QString& text)
{
    if (!text.startsWith(waitingForRunner()))
        return {};
    const QString labels = text.mid(waitingForRunner().size() + 2); // after ": "
    //: of a job that waits for a runner, where there is little room
    const QString least = Labels::tr("queue");
    return labels.isEmpty() ? QStringList{Labels::tr("Waiting for a runner"), least} : QStringList{Labels::tr("Waiting for a runner: %1").arg(labels), labels, least};
}

/// BuildKit's own steps, in fewer words.
QStringList internalLabels(const QString& text)
{
    const auto image = [&](const char* prefix) { return shortImageName(text.mid(qsizetype(qstrlen(prefix)))); };
    if (text.startsWith(QLatin1String("load build definition")))
        return {text, text.section(QLatin1Char(' '), -1)};
    if (text.startsWith(QLatin1String("load build context")))
        return {Labels::tr("load build context"), Labels::tr("context")};
    if (text.startsWith(QLatin1String("load .dockerignore")))
        return {text, QStringLiteral(".dockerignore")};
    if (text.startsWith(QLatin1String("load metadata for ")))
        return {Labels::tr("metadata %1").arg(image("load metadata for ")), image("load metadata for ")};
    if (text.startsWith(QLatin1String("exporting to ")))
        return {Labels::tr("export to %1").arg(text.mid(13)), Labels::tr("export")};
    if (text.startsWith(QLatin1String("exporting cache")))
        return {Labels::tr("export cache"), Labels::tr("cache")};
    if (text.startsWith(QLatin1String("merging manifest list")))
        return {Labels::tr("merge manifests"), Labels::tr("merge")};
    const QString start = text.section(QLatin1Char(' '), 0, 1);
    return {text, start};
}

} // namespace

QString shortImageName(const QString& image)
{
    QString name = image.section(QLatin1Char('@'), 0, 0);
    static const QRegularExpression hub(QStringLiteral("^(docker\\.io/)?(library/)?"));
    name.remove(hub);
    return name;
}

bool isQueueStep(const Step& step)
{
    return step.parsed.keyword.empty() && step.parsed.text.rfind(waitingForRunner().data(), 0) == 0;
}

QStringList stepLabels(const Step& announced, const BuildText& shown)
{
    const Step step = shown.named(announced);
    QStringList candidates = queueLabels(oneLine(step.parsed.text));
    if (candidates.isEmpty())
        candidates = step.parsed.kind == StepKind::Instruction ? instructionLabels(step) : internalLabels(oneLine(step.parsed.text));
    if (candidates.value(0).isEmpty())
        candidates.prepend(oneLine(step.name));
    QStringList labels;
    for (const QString& candidate : candidates) {
        const QString text = cut(candidate.trimmed());
        if (!text.isEmpty() && (labels.isEmpty() || text.size() < labels.last().size()))
            labels.append(text);
    }
    return labels;
}

QString stepTitle(const Step& announced, const BuildText& shown)
{
    const Step step = shown.named(announced);
    const QString text = cut(oneLine(step.parsed.text.empty() ? step.name : step.parsed.text));
    if (step.parsed.kind != StepKind::Instruction || step.parsed.count == 0)
        return text;
    const QString position = QStringLiteral("%1/%2").arg(step.parsed.index).arg(step.parsed.count);
    if (step.parsed.stage.empty())
        return position + QLatin1Char(' ') + text;
    return QString::fromStdString(step.parsed.stage) + QLatin1Char(' ') + position + QLatin1Char(' ') + text;
}

} // namespace layerline
