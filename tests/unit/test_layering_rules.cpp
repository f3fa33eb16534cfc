#include "test_layering_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <utility>
#include <vector>

namespace layerline::test {

namespace {

constexpr int longestCpp = 500;
constexpr int longestMainWindow = 400;

/// A part of the tree and what its files may name in a quoted include (prefixes).
struct Area {
    const char* folder; ///< relative to the root; the longest match counts
    QStringList mayInclude;
    QStringList bannedSystem; ///< prefixes of <...> includes
};

const QStringList pixels{QStringLiteral("QWidget"), QStringLiteral("QtWidgets"), QStringLiteral("QPainter"), QStringLiteral("QtGui"),
                         QStringLiteral("QApplication"), QStringLiteral("QtCharts"), QStringLiteral("QDialog")};
const QStringList outside{QStringLiteral("QtSql"),    QStringLiteral("QSql"),  QStringLiteral("QtNetwork"), QStringLiteral("QNetwork"),
                          QStringLiteral("QTcp"),     QStringLiteral("QLocalSocket"), QStringLiteral("QProcess"),
                          QStringLiteral("nlohmann"), QStringLiteral("grpc"),  QStringLiteral("google/protobuf"), QStringLiteral("curl"),
                          QStringLiteral("archive"),  QStringLiteral("sqlite")};

const std::vector<Area>& areas()
{
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    static const std::vector<Area> table{
        {"models/domain", {s("domain/")}, pixels + outside},
        {"models/storage", {s("domain/"), s("storage/")}, pixels},
        {"models/analysis", {s("domain/"), s("analysis/")}, pixels},
        {"models/items", {s("domain/"), s("items/")}, outside},
        {"models/sources/files", {s("domain/"), s("sources/files/")}, pixels},
        {"models/sources/buildkit", {s("domain/"), s("sources/buildkit/"), s("sources/files/")}, pixels},
        {"models/sources/buildx", {s("domain/"), s("sources/buildx/")}, pixels},
        {"models/sources/github", {s("domain/"), s("sources/github/"), s("sources/http/"), s("sources/files/")}, pixels},
        // It starts buildx and reads what buildx notes about the builds it starts.
        {"models/sources/runner", {s("domain/"), s("sources/runner/"), s("sources/buildx/")}, pixels},
        {"models/sources/http", {s("domain/"), s("sources/http/")}, pixels},
        {"models/sources/registry", {s("domain/"), s("sources/http/"), s("sources/registry/")}, pixels},
        // Those two put the other sources together.
        {"models/sources/fleet", {s("domain/"), s("sources/")}, pixels},
        {"models/sources/replay", {s("domain/"), s("sources/")}, pixels},
        {"widgets", {s("domain/"), s("items/"), s("widgets/")}, outside},
        // What both do knows neither; the window starts no command, a command opens no window. Only main's room sees both.
        {"app/tasks", {s("domain/"), s("items/"), s("sources/"), s("storage/"), s("analysis/"), s("app/tasks/")}, pixels},
        {"app/cli", {s("domain/"), s("items/"), s("sources/"), s("storage/"), s("analysis/"), s("app/tasks/"), s("app/cli/")}, pixels},
        {"app/window", {s("domain/"), s("items/"), s("widgets/"), s("sources/"), s("storage/"), s("analysis/"), s("app/tasks/"), s("app/window/")}, {}},
        {"app", {s("domain/"), s("items/"), s("widgets/"), s("sources/"), s("storage/"), s("analysis/"), s("app/")}, {}},
    };
    return table;
}

/// A pattern no file below one of `folders` may contain (strings and comments do not count).
struct Ban {
    QRegularExpression pattern;
    QString why;
    QStringList folders;
};

const std::vector<Ban>& bans()
{
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    const QStringList production{s("models/"), s("widgets/"), s("app/")};
    const QStringList everywhere = production + QStringList{s("tests/")};
    const auto re = [](const char* text) { return QRegularExpression(QString::fromLatin1(text)); };
    static const std::vector<Ban> table{
        {re(R"(\b(SIGNAL|SLOT)\s*\()"), s("old-style connect"), production},
        {re(R"(\bprocessEvents\b)"), s("nested event loop"), production},
        {re(R"(\bQEventLoop\b)"), s("nested event loop"), production},
        {re(R"((\.|->)exec\s*\(\s*\))"), s("nested event loop"), {s("widgets/")}},
        {re(R"(::instance\s*\(\s*\))"), s("singleton"), production},
        {re(R"(\bqApp\b)"), s("application look-up"), production},
        {re(R"(\binvokeMethod\b)"), s("postTo() is how work gets to another thread"), {s("models/")}},
        {re(R"(\bstd::(ranges::)?views\b)"), s("clang 14 can't compile views"), everywhere},
        {re(R"(\bstd::(format|expected|print)\b)"), s("not in GCC 12"), everywhere},
        // Up to 20 ms lets a layout and its timers come to rest; longer is hoping.
        {re(R"(\b(this_thread::sleep_|QThread::[mu]?sleep|QTest::qSleep|QTest::qWait\s*\((?!\s*(1?\d|20)\s*\))))"), s("sleep in a test: wait for a condition"), {s("tests/")}},
        {re(R"(\bconnect\s*\((?:[^,;{}()]|\([^()]*\))*,\s*(?:qOverload<[^>]*>\()?&[\w:]+\)?\s*,\s*\[)"),
         s("lambda connected without a context object"), production},
        // A word of three letters outside of tags; a command to copy is the same in every language.
        {re(R"(\bset(?:Text|ToolTip|StatusTip|WindowTitle|PlaceholderText|AccessibleName|AccessibleDescription)\s*\(\s*)"
            R"((?:QStringLiteral\s*\(\s*)?u?"(?!docker |layerline )(?:<[^>"]*>|[^"<])*?[A-Za-z]{3})"),
         s("visible text that can't be translated"), {s("widgets/")}},
    };
    return table;
}

/// Files whose purpose is what a rule forbids.
bool exempt(const QString& file, const QString& found)
{
    if (file == QLatin1String("models/domain/post_to.h"))
        return found == QLatin1String("invokeMethod"); // the one place
    // Kills a writer at a random moment: there is no condition to wait for.
    return file == QLatin1String("tests/unit/test_storage_kill.cpp") && found.startsWith(QLatin1String("QTest::qWait"));
}

const Area* areaOf(const QString& file)
{
    const Area* best = nullptr;
    for (const Area& area : areas()) {
        const QString folder = QString::fromLatin1(area.folder);
        if (file.startsWith(folder + QLatin1Char('/')) && (!best || folder.size() > qsizetype(qstrlen(best->folder))))
            best = &area;
    }
    return best;
}

bool startsWithAny(const QString& text, const QStringList& prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const QString& prefix) { return text.startsWith(prefix); });
}

int lineAt(const QString& text, qsizetype position)
{
    return 1 + int(QStringView(text).first(position).count(QLatin1Char('\n')));
}

/// Files the build writes itself: protobuf's, moc's.
bool isGenerated(const QString& include)
{
    return include.endsWith(QLatin1String(".pb.h")) || include.endsWith(QLatin1String(".moc"));
}

void scanIncludes(const QString& file, const QString& code, ScanResult& result)
{
    const Area* area = areaOf(file);
    if (!area) {
        // A precompiled header may stand at the top of a room: it names nothing of ours.
        const bool precompiled = file.endsWith(QLatin1String("/pch.h")) && !code.contains(QLatin1String("#include \""));
        if (!precompiled && !file.startsWith(QLatin1String("tests/")))
            result.violations.append({file, 0, QStringLiteral("folder"), QStringLiteral("not a folder of the architecture")});
        return;
    }
    static const QRegularExpression include(QStringLiteral(R"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">])"), QRegularExpression::MultilineOption);
    for (auto it = include.globalMatch(code); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(2);
        const int line = lineAt(code, match.capturedStart(1));
        if (match.captured(1) == QLatin1String("<")) {
            if (startsWithAny(name, area->bannedSystem))
                result.violations.append({file, line, QStringLiteral("arrow"), QStringLiteral("<%1> has no place in %2").arg(name, QLatin1String(area->folder))});
        } else if (name.endsWith(QLatin1String(".pb.h"))) {
            if (!file.startsWith(QLatin1String("models/sources/")) && !file.startsWith(QLatin1String("app/")))
                result.violations.append({file, line, QStringLiteral("arrow"), QStringLiteral("the wire format belongs to models/sources")});
        } else if (!name.contains(QLatin1Char('/')) && !isGenerated(name)) {
            result.violations.append({file, line, QStringLiteral("folder"), QStringLiteral("\"%1\" does not name its folder").arg(name)});
        } else if (!isGenerated(name) && !startsWithAny(name, area->mayInclude)) {
            result.violations.append({file, line, QStringLiteral("arrow"), QStringLiteral("%1 may not include \"%2\"").arg(QLatin1String(area->folder), name)});
        }
    }
}

void scanBans(const QString& file, const QString& code, const QString& codeWithStrings, ScanResult& result)
{
    for (const Ban& ban : bans()) {
        if (!startsWithAny(file, ban.folders))
            continue;
        // Only the text rule looks into strings; the others must not trip over a message that names them.
        const QString& text = ban.pattern.pattern().contains(QLatin1Char('"')) ? codeWithStrings : code;
        for (auto it = ban.pattern.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            if (exempt(file, match.captured()))
                continue;
            result.violations.append({file, lineAt(text, match.capturedStart()), QStringLiteral("banned"), ban.why + QStringLiteral(": ") + match.captured().simplified()});
        }
    }
}

void scanLengths(const QString& file, const QString& text, const QString& code, ScanResult& result)
{
    const int lines = int(text.count(QLatin1Char('\n')));
    const bool mainWindow = file.startsWith(QLatin1String("app/window/main_window."));
    const int limit = mainWindow ? longestMainWindow : longestCpp;
    if (lines > limit)
        result.violations.append({file, 0, QStringLiteral("length"), QStringLiteral("%1 lines, at most %2").arg(lines).arg(limit)});
    int opened = -1, number = 0;
    for (const QStringView line : QStringView(code).split(QLatin1Char('\n'))) {
        ++number;
        if (line.startsWith(QLatin1Char('{')))
            opened = number;
        else if (line.startsWith(QLatin1Char('}')) && opened >= 0) {
            result.functionLengths.append(number - opened - 1);
            opened = -1;
        }
    }
}

} // namespace

QString strippedCode(const QString& text, bool blankStrings)
{
    enum class In { Code, LineComment, BlockComment, String, Char } in = In::Code;
    QString out = text;
    const auto at = [&](qsizetype i) { return i < text.size() ? text[i] : QChar(); };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i], next = at(i + 1);
        const bool newline = c == QLatin1Char('\n');
        switch (in) {
        case In::Code:
            if (c == QLatin1Char('/') && (next == QLatin1Char('/') || next == QLatin1Char('*'))) {
                in = next == QLatin1Char('/') ? In::LineComment : In::BlockComment;
                out[i] = QLatin1Char(' ');
                out[++i] = QLatin1Char(' ');
            } else if (c == QLatin1Char('"')) {
                // An include's name is no string.
                const qsizetype start = text.lastIndexOf(QLatin1Char('\n'), i) + 1;
                if (!QStringView(text).mid(start, i - start).trimmed().startsWith(QLatin1Char('#')))
                    in = In::String;
            } else if (c == QLatin1Char('\'') && !(i > 0 && text[i - 1].isLetterOrNumber())) {
                in = In::Char; // not a digit separator
            }
            break;
        case In::LineComment:
            if (newline)
                in = In::Code;
            else
                out[i] = QLatin1Char(' ');
            break;
        case In::BlockComment:
            if (c == QLatin1Char('*') && next == QLatin1Char('/')) {
                out[i] = QLatin1Char(' ');
                out[++i] = QLatin1Char(' ');
                in = In::Code;
            } else if (!newline) {
                out[i] = QLatin1Char(' ');
            }
            break;
        case In::String:
        case In::Char: {
            const QChar quote = in == In::String ? QLatin1Char('"') : QLatin1Char('\'');
            // A line break ends it too: raw strings are the only ones that go on, and losing track of one is worse.
            if (c == quote || newline) {
                in = In::Code;
                break;
            }
            if (blankStrings)
                out[i] = QLatin1Char(' ');
            if (c == QLatin1Char('\\') && next != QLatin1Char('\n') && i + 1 < text.size()) {
                ++i;
                if (blankStrings)
                    out[i] = QLatin1Char(' ');
            }
            break;
        }
        }
    }
    return out;
}

QStringList ScanResult::lines() const
{
    QStringList list;
    for (const Violation& v : violations)
        list.append(QStringLiteral("%1:%2: %3: %4").arg(v.file).arg(v.line).arg(v.rule, v.detail));
    return list;
}

namespace {

/// Two types of one name in two headers are undefined behaviour that no compiler and no linker reports as long as no file
/// sees both.
void scanTypes(const QString& file, const QString& code, QMap<QString, QString>& known, ScanResult& result)
{
    if (!file.endsWith(QLatin1String(".h")) || file.startsWith(QLatin1String("tests/")))
        return;
    static const QRegularExpression type(QStringLiteral("^(?:struct|class|enum(?: class)?) ([A-Z]\\w*)[^;{]*\\{"), QRegularExpression::MultilineOption);
    for (auto found = type.globalMatch(code); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const QString name = match.captured(1);
        if (known.contains(name))
            result.violations.append({file, int(code.left(match.capturedStart()).count(QLatin1Char('\n'))) + 1, QStringLiteral("twin"), name + QStringLiteral(" is also in ") + known[name]});
        else
            known.insert(name, file);
    }
}

} // namespace

ScanResult scanTree(const QString& root)
{
    ScanResult result;
    QMap<QString, QString> types;
    const QDir base(root);
    QStringList files;
    for (const char* folder : {"models", "widgets", "app", "tests/unit", "tests/models", "tests/gui", "tests/support"}) {
        QDirIterator it(base.filePath(QLatin1String(folder)), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(base.relativeFilePath(it.next()));
    }
    files.sort();
    for (const QString& file : std::as_const(files)) {
        QFile in(base.filePath(file));
        if (!in.open(QIODevice::ReadOnly)) {
            result.violations.append({file, 0, QStringLiteral("unreadable"), in.errorString()});
            continue;
        }
        const QString text = QString::fromUtf8(in.readAll());
        const QString code = strippedCode(text, true);
        ++result.files;
        scanIncludes(file, code, result);
        scanBans(file, code, strippedCode(text, false), result);
        scanLengths(file, text, code, result);
        scanTypes(file, code, types, result);
    }
    return result;
}

} // namespace layerline::test
