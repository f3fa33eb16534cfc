#include "items/own_words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace layerline {

namespace {

/// A name at the beginning has no blank in it: "docker.io", "localhost:5000/shop:1.0", "ll-3f2a". What comes later may; lines and
/// columns are numbers.
QRegularExpression patternOf(const QString& sentence)
{
    QString pattern;
    for (qsizetype at = 0; at < sentence.size(); ++at) {
        if (sentence[at] == QLatin1Char('%') && at + 1 < sentence.size() && sentence[at + 1].isDigit()) {
            const QString before = sentence.left(at);
            const bool number = before.endsWith(QLatin1String("line ")) || before.endsWith(QLatin1String("column "));
            pattern += number ? QStringLiteral("(\\d+)") : at == 0 ? QStringLiteral("(\\S+)") : QStringLiteral("(.+)");
            ++at;
        } else {
            pattern += QRegularExpression::escape(sentence.mid(at, 1));
        }
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

/// At once: a name that holds "%2" is a name.
QString filled(const QString& sentence, const QStringList& values)
{
    QString text;
    for (qsizetype at = 0; at < sentence.size(); ++at) {
        const int number = at + 1 < sentence.size() ? sentence[at + 1].digitValue() : -1;
        if (sentence[at] == QLatin1Char('%') && number > 0 && number < values.size()) {
            text += values[number];
            ++at;
        } else {
            text += sentence[at];
        }
    }
    return text;
}

struct Known {
    const char* sentence;
    QRegularExpression pattern;
};

/// Those that say most of their own first: the longer of two that begin alike.
std::vector<Known> knownSentences()
{
    std::vector<Known> all;
    for (const char* sentence : ownSentences())
        all.push_back({sentence, patternOf(QString::fromLatin1(sentence))});
    const auto words = [](const Known& known) { return QString::fromLatin1(known.sentence).remove(QRegularExpression(QStringLiteral("%\\d"))).size(); };
    std::stable_sort(all.begin(), all.end(), [&](const Known& a, const Known& b) { return words(a) > words(b); });
    return all;
}

QString say(const char* sentence) { return QCoreApplication::translate("OwnWords", sentence); }

QString inOwnWords(const QString& text);

/// Empty when it is none of ours.
QString translated(const QString& detail)
{
    static const std::vector<Known> known = knownSentences();
    for (const Known& each : known) {
        const auto match = each.pattern.match(detail);
        if (!match.hasMatch())
            continue;
        // What a sentence reports may be one of ours, too. A name never is: it has no blank.
        QStringList values = match.capturedTexts();
        for (qsizetype i = 1; i < values.size(); ++i) {
            if (values[i].contains(QLatin1Char(' ')))
                values[i] = inOwnWords(values[i]);
        }
        return filled(say(each.sentence), values);
    }
    return {};
}

QString inOwnWords(const QString& text)
{
    if (const QString whole = translated(text); !whole.isEmpty())
        return whole;
    // "tcp://build:1234: no answer in time", "the token service of ghcr.io: ...": who said it, and then the sentence.
    for (qsizetype colon = text.indexOf(QLatin1String(": ")); colon > 0; colon = text.indexOf(QLatin1String(": "), colon + 2)) {
        const QString said = translated(text.mid(colon + 2));
        if (said.isEmpty())
            continue;
        const QString before = text.left(colon), ours = translated(before);
        return QStringLiteral("%1: %2").arg(ours.isEmpty() ? before : ours, said);
    }
    return text;
}

} // namespace

QString ownWords(const std::string& detail) { return inOwnWords(QString::fromStdString(detail)); }

} // namespace layerline
