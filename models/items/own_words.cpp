#include "items/own_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace layerline {

namespace {

/// The longer of two sentences that begin alike comes first.
const char* const sentences[] = {
    // registries
    QT_TRANSLATE_NOOP("OwnWords", "%1 does not take the credential docker has for it, or has no repository %2: %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 wants a sign-in for %2, or has no such repository: %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 does not allow writing to %2 (%3)"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 does not allow writing to %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 does not allow reading %2 (%3)"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 does not allow reading %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has no repository %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has no tag %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has had too many requests from here (%2); it wants to be asked again in %3 s"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has had too many requests from here; it wants to be asked again in %2 s"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has had too many requests from here (%2)"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has had too many requests from here"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 answers %2 to writing %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 answers %2 for %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 asks for a kind of sign-in that is neither Basic nor Bearer"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 wants a user and a password, and docker has none for it: %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 names no token service that can be asked"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 names a token service without TLS (%2): the credential stays here"),
    QT_TRANSLATE_NOOP("OwnWords", "the token service of %1 does not take the credential docker has for it: %2"),
    QT_TRANSLATE_NOOP("OwnWords", "the token service of %1 gives no token to somebody who is not signed in: %2"),
    QT_TRANSLATE_NOOP("OwnWords", "the token service of %1 answers without a token"),
    QT_TRANSLATE_NOOP("OwnWords", "the token service of %1 answers %2"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 sends a manifest of %2 whose digest is %3 and should be %4"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 answers with something that is no list of tags"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has moved since it was looked at: it is gone now; nothing was changed"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has moved since it was looked at: it is %2 now; nothing was changed"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 was written and reads back as %2 instead of %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 took the manifest as %2, not as %3"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 gave no answer within 10 s"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 can't be started"),
    QT_TRANSLATE_NOOP("OwnWords", "docker's config.json is not a JSON object"),
    QT_TRANSLATE_NOOP("OwnWords", "docker's config.json can't be read: %1"),
    QT_TRANSLATE_NOOP("OwnWords", "docker's config.json asks for %1, which is not in PATH"),
    QT_TRANSLATE_NOOP("OwnWords", "the token service of %1"),
    QT_TRANSLATE_NOOP("OwnWords", "\"%1\" is no image name"),
    QT_TRANSLATE_NOOP("OwnWords", "write it without a scheme"),
    QT_TRANSLATE_NOOP("OwnWords", "a digest is sha256: and 64 hex digits"),
    QT_TRANSLATE_NOOP("OwnWords", "there is no such host"),
    QT_TRANSLATE_NOOP("OwnWords", "it must be in lower case"),
    QT_TRANSLATE_NOOP("OwnWords", "it is longer than 255 characters"),
    QT_TRANSLATE_NOOP("OwnWords", "64 hex digits are an image's id"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 took too long to redirect"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 sends more than %2 bytes"),
    // builds of ours
    QT_TRANSLATE_NOOP("OwnWords", "%1 still runs"),
    QT_TRANSLATE_NOOP("OwnWords", "the variable %1 is needed again: set it in the environment"),
    QT_TRANSLATE_NOOP("OwnWords", "nothing of %1 is left to retry"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 has ended already"),
    QT_TRANSLATE_NOOP("OwnWords", "%1 is only just starting: try again"),
    QT_TRANSLATE_NOOP("OwnWords", "the merged index is not what was pushed: %1"),
    QT_TRANSLATE_NOOP("OwnWords", "the client of %1 noted no digest"),
    QT_TRANSLATE_NOOP("OwnWords", "no process could be started"),
    QT_TRANSLATE_NOOP("OwnWords", "the supervising process ended at once"),
    // builders
    QT_TRANSLATE_NOOP("OwnWords", "connection lost: %1"),
    QT_TRANSLATE_NOOP("OwnWords", "the connection broke"),
    QT_TRANSLATE_NOOP("OwnWords", "the engine closed the connection"),
    QT_TRANSLATE_NOOP("OwnWords", "the engine answered %1"),
    QT_TRANSLATE_NOOP("OwnWords", "the builder has not said yet what builds it has"),
    QT_TRANSLATE_NOOP("OwnWords", "the builder is not reachable"),
    QT_TRANSLATE_NOOP("OwnWords", "the builder has no nodes"),
    QT_TRANSLATE_NOOP("OwnWords", "the builder has no node of that name"),
    QT_TRANSLATE_NOOP("OwnWords", "the container %1 does not run"),
    QT_TRANSLATE_NOOP("OwnWords", "neither docker buildx nor a standalone buildx is installed"),
    QT_TRANSLATE_NOOP("OwnWords", "not an address that can be dialled: %1"),
    QT_TRANSLATE_NOOP("OwnWords", "nobody accepts the connection"),
    QT_TRANSLATE_NOOP("OwnWords", "the name has no address"),
    QT_TRANSLATE_NOOP("OwnWords", "no answer in time"),
    QT_TRANSLATE_NOOP("OwnWords", "no port given"),
    QT_TRANSLATE_NOOP("OwnWords", "neither a unix:// nor a tcp:// address"),
    QT_TRANSLATE_NOOP("OwnWords", "a builder's address is unix:///path or tcp://host:port, not \"%1\""),
    QT_TRANSLATE_NOOP("OwnWords", "no reachable builder has the build %1"),
    QT_TRANSLATE_NOOP("OwnWords", "this BuildKit is too old to tell its builds (0.11 is the first that does)"),
    QT_TRANSLATE_NOOP("OwnWords", "the instance file is not a JSON object"),
    QT_TRANSLATE_NOOP("OwnWords", "the instance file names no builder"),
    QT_TRANSLATE_NOOP("OwnWords", "the instance file can't be read"),
};

/// A name at the beginning has no blank in it: "docker.io", "localhost:5000/shop:1.0", "ll-3f2a". What comes later may.
QRegularExpression patternOf(const QString& sentence)
{
    QString pattern;
    for (qsizetype at = 0; at < sentence.size(); ++at) {
        if (sentence[at] == QLatin1Char('%') && at + 1 < sentence.size() && sentence[at + 1].isDigit()) {
            pattern += at == 0 ? QStringLiteral("(\\S+)") : QStringLiteral("(.+)");
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

QString say(const char* sentence) { return QCoreApplication::translate("OwnWords", sentence); }

/// Empty when it is none of ours.
QString translated(const QString& detail)
{
    static const std::vector<QRegularExpression> patterns = [] {
        std::vector<QRegularExpression> all;
        for (const char* sentence : sentences)
            all.push_back(patternOf(QString::fromLatin1(sentence)));
        return all;
    }();
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (const auto match = patterns[i].match(detail); match.hasMatch())
            return filled(say(sentences[i]), match.capturedTexts());
    }
    return {};
}

} // namespace

QString ownWords(const std::string& detail)
{
    const QString text = QString::fromStdString(detail);
    const QString lost = QStringLiteral("connection lost: ");
    if (text.startsWith(lost))
        return say("connection lost: %1").arg(ownWords(text.mid(lost.size()).toStdString()));
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

const std::vector<const char*>& ownSentences()
{
    static const std::vector<const char*> all(std::begin(sentences), std::end(sentences));
    return all;
}

} // namespace layerline
