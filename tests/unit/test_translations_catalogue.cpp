#include "test_translations_catalogue.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

namespace layerline::test {

namespace {

/// Sorted matches of `pattern`.
QStringList sortedMatches(const QString& text, const QRegularExpression& pattern)
{
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        found.append(it.next().captured());
    found.sort();
    return found;
}

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message message;
    message.context = context;
    message.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.state = xml.attributes().value(QLatin1String("type")).toString();
            if (!message.plural) {
                message.texts.append(xml.readElementText());
                continue;
            }
            while (xml.readNextStartElement())
                message.texts.append(xml.readElementText());
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

/// Placeholders and markup of one form against the source's.
void compareMarks(const Message& message, const QString& text, bool mayDropCount, QStringList& faults)
{
    static const QRegularExpression placeholder(QStringLiteral("%(L?\\d{1,2}|n)"));
    static const QRegularExpression tag(QStringLiteral("</?[a-zA-Z][^>]*>"));
    static const QRegularExpression mnemonic(QStringLiteral("&[^&\\s;]"));
    QStringList wanted = sortedMatches(message.source, placeholder);
    QStringList found = sortedMatches(text, placeholder);
    // A singular form may say "one build" instead of the number.
    if (mayDropCount) {
        wanted.removeAll(QStringLiteral("%n"));
        found.removeAll(QStringLiteral("%n"));
    }
    if (wanted != found)
        faults.append(message.where() + QStringLiteral(": placeholders [%1] became [%2]").arg(wanted.join(u' '), found.join(u' ')));
    if (sortedMatches(message.source, tag) != sortedMatches(text, tag))
        faults.append(message.where() + QStringLiteral(": markup differs"));
    if (message.source.contains(mnemonic) != text.contains(mnemonic))
        faults.append(message.where() + QStringLiteral(": the keyboard mnemonic got lost or came from nowhere"));
}

void compareEnds(const Message& message, const QString& text, QStringList& faults)
{
    const auto endsLike = [&](const QStringList& marks) {
        const auto ends = [&](const QString& s) {
            return std::any_of(marks.begin(), marks.end(), [&](const QString& mark) { return s.endsWith(mark); });
        };
        return ends(message.source) == ends(text);
    };
    if (!endsLike({QStringLiteral("…"), QStringLiteral("...")}))
        faults.append(message.where() + QStringLiteral(": ellipsis at the end differs"));
    if (!endsLike({QStringLiteral(":"), QStringLiteral("：")}))
        faults.append(message.where() + QStringLiteral(": colon at the end differs"));
    if (message.source.count(u'\n') != text.count(u'\n'))
        faults.append(message.where() + QStringLiteral(": line breaks differ"));
}

} // namespace

Result<QList<Message>> readCatalogue(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, (path + QStringLiteral(": ") + file.errorString()).toStdString(), false};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append(readMessage(xml, context));
    }
    if (xml.hasError())
        return Error{ErrorKind::BadInput, (path + QStringLiteral(": ") + xml.errorString()).toStdString(), false};
    return messages;
}

QStringList faultsOf(const QList<Message>& messages, int pluralForms)
{
    static const QRegularExpression twoWords(QStringLiteral("\\b[a-z]{3,}\\b.*\\b[a-z]{3,}\\b"));
    QStringList faults;
    for (const Message& message : messages) {
        if (!message.state.isEmpty()) {
            faults.append(message.where() + QStringLiteral(": ") + message.state);
            continue;
        }
        const int forms = message.plural ? pluralForms : 1;
        if (message.texts.size() != forms)
            faults.append(message.where() + QStringLiteral(": %1 forms, not %2").arg(message.texts.size()).arg(forms));
        for (qsizetype i = 0; i < message.texts.size(); ++i) {
            const QString& text = message.texts[i];
            if (text.trimmed().isEmpty()) {
                faults.append(message.where() + QStringLiteral(": empty"));
                continue;
            }
            if (!message.plural && text == message.source && message.source.contains(twoWords))
                faults.append(message.where() + QStringLiteral(": still the source text"));
            compareMarks(message, text, message.plural && pluralForms > 1 && i == 0, faults);
            compareEnds(message, text, faults);
        }
    }
    return faults;
}

QStringList missingFrom(const QList<Message>& have, const QList<Message>& wanted)
{
    const auto key = [](const Message& m) { return m.context + QChar(1) + m.source + QChar(1) + m.comment; };
    QSet<QString> known;
    for (const Message& message : have)
        known.insert(key(message));
    QStringList missing;
    for (const Message& message : wanted) {
        if (!known.contains(key(message)))
            missing.append(message.where());
    }
    return missing;
}

} // namespace layerline::test
