// Log lines made safe: a table of what comes in and what is seen.
#include "items/log_text.h"

#include <QRandomGenerator>
#include <QTest>

using namespace layerline;

namespace {

QString colorName(const TextColor& color)
{
    switch (color.kind) {
    case TextColor::Kind::Default: return QStringLiteral("-");
    case TextColor::Kind::Indexed: return QString::number(color.value);
    case TextColor::Kind::Rgb: return QStringLiteral("#%1").arg(color.value, 6, 16, QLatin1Char('0'));
    }
    return {};
}

/// "2+3:1/-b" = from 2, length 3, foreground 1, background default, bold
QString describe(const std::vector<StyleRun>& runs)
{
    QStringList out;
    for (const StyleRun& run : runs) {
        QString flags;
        const TextStyle& s = run.style;
        for (const auto& [on, letter] : {std::pair{s.bold, 'b'}, {s.faint, 'f'}, {s.italic, 'i'}, {s.underline, 'u'}, {s.inverse, 'r'}, {s.strike, 's'}}) {
            if (on)
                flags += QLatin1Char(letter);
        }
        out += QStringLiteral("%1+%2:%3/%4%5").arg(run.start).arg(run.length).arg(colorName(s.foreground), colorName(s.background), flags);
    }
    return out.join(QLatin1Char(' '));
}

} // namespace

class TestAnsi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("runs");
        const auto row = [](const char* name, const char* bytes, const QString& text, const char* runs = "") {
            QTest::newRow(name) << QByteArray(bytes) << text << QString::fromLatin1(runs);
        };
        row("plain", "hello", QStringLiteral("hello"));
        row("empty", "", QString());
        row("16 colours", "\x1b[31mred\x1b[0m \x1b[92;1mok\x1b[m", QStringLiteral("red ok"), "0+3:1/- 4+2:10/-b");
        row("background", "\x1b[41;97mX\x1b[49;39mY", QStringLiteral("XY"), "0+1:15/1");
        row("256", "\x1b[38;5;208mo\x1b[48;5;16mk", QStringLiteral("ok"), "0+1:208/- 1+1:208/16");
        row("true colour", "\x1b[38;2;255;128;0mo", QStringLiteral("o"), "0+1:#ff8000/-");
        row("colons", "\x1b[38:2::1:2:3mo\x1b[38:5:9mk", QStringLiteral("ok"), "0+1:#010203/- 1+1:9/-");
        row("after extended", "\x1b[38;5;9;1mo", QStringLiteral("o"), "0+1:9/-b");
        row("attributes", "\x1b[2;3;4;7;9mx\x1b[22;23;24;27;29my", QStringLiteral("xy"), "0+1:-/-fiurs");
        row("conceal is not honoured", "\x1b[8mhidden", QStringLiteral("hidden"));
        row("huge parameter", "\x1b[99999999999999999999mx", QStringLiteral("x"));
        row("broken extended", "\x1b[38mx\x1b[38;5mx\x1b[38;2;1mx", QStringLiteral("xxx"), "1+1:0/- 2+1:#010000/-");
        row("private sgr", "\x1b[?31mx\x1b[>4;1mx", QStringLiteral("xx"));
        row("cursor and erase", "a\x1b[2Jb\x1b[10;10Hc\x1b[3Ad\x1b[?25le", QStringLiteral("abcde"));
        row("cut csi", "abc\x1b[31", QStringLiteral("abc"));
        row("csi with control", "a\x1b[3\tb", QStringLiteral("a       b"));
        row("progress", "10%\r50%\r100%", QStringLiteral("100%"));
        row("progress, ended", "10%\r100%\r", QStringLiteral("100%"));
        row("crlf", "text\r", QStringLiteral("text"));
        row("colour before return", "\x1b[32mold\rnew", QStringLiteral("new"), "0+3:2/-");
        row("column one", "one\x1b[1Gtwo\x1b[0Gthree", QStringLiteral("three"));
        row("erase line", "one\x1b[2Ktwo", QStringLiteral("two"));
        row("backspace", "|\b/\b-\bx", QStringLiteral("x"));
        row("backspace at start", "\b\bx", QStringLiteral("x"));
        row("tab", "a\tb", QStringLiteral("a       b"));
        row("osc 8 link", "\x1b]8;;http://evil.example\x1b\\github.com\x1b]8;;\x1b\\", QStringLiteral("github.com"));
        row("osc 8 bel", "\x1b]8;;http://evil\x07text\x1b]8;;\x07", QStringLiteral("text"));
        row("osc 52", "\x1b]52;c;cm0gLXJm\x07safe", QStringLiteral("safe"));
        row("title", "\x1b]0;title\x07t", QStringLiteral("t"));
        row("dcs", "a\x1bPq#0;2;0;0;0\x1b\\b", QStringLiteral("ab"));
        row("apc, pm, sos", "a\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\b", QStringLiteral("ab"));
        row("endless osc is shown", "a\x1b]0;rest of line", QStringLiteral("a␛]0;rest of line"));
        row("endless dcs is shown", "\x1bPabc", QStringLiteral("␛Pabc"));
        row("osc broken by esc", "\x1b]0;x\x1b[31mred", QStringLiteral("␛]0;xred"), "5+3:1/-");
        row("charset", "\x1b(0lqk\x1b(B", QStringLiteral("lqk"));
        row("two bytes", "\x1b" "7a\x1b" "8\x1b" "cb", QStringLiteral("ab"));
        row("lone esc", "a\x1b", QStringLiteral("a␛"));
        row("bell", "a\x07" "b", QStringLiteral("a␇b"));
        row("del", "a\x7f", QStringLiteral("a␡"));
        row("bidi", "user\xE2\x80\xAEtxt.exe", QStringLiteral("user⟨RLO⟩txt.exe"));
        row("isolates", "\xE2\x81\xA6\xE2\x81\xA9", QStringLiteral("⟨LRI⟩⟨PDI⟩"));
        row("zero width", "ad\xE2\x80\x8Bmin", QStringLiteral("ad⟨ZWSP⟩min"));
        row("bom", "\xEF\xBB\xBF" "a", QStringLiteral("⟨BOM⟩a"));
        row("tags", "\xF3\xA0\x81\x81", QStringLiteral("⟨U+E0041⟩"));
        row("c1 csi", "\xC2\x9B" "31mx", QStringLiteral("⟨U+009B⟩31mx"));
        row("invalid utf-8", "a\xFF\xC3(", QStringLiteral("a\uFFFD\uFFFD("));
        row("overlong", "\xC0\xAF", QStringLiteral("\uFFFD\uFFFD"));
        row("surrogate", "\xED\xA0\x80", QStringLiteral("\uFFFD\uFFFD\uFFFD"));
        row("chinese", "\xE6\x9E\x84\xE5\xBB\xBA", QStringLiteral("构建"));
        row("emoji", "\xF0\x9F\x9A\x80 ok", QStringLiteral("🚀 ok"));
        row("variation selector stays", "\xE2\x9A\xA0\xEF\xB8\x8F", QStringLiteral("⚠️"));
    }

    void lines()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QFETCH(QString, runs);
        const SafeText safe = safeText({bytes.constData(), std::size_t(bytes.size())});
        QCOMPARE(safe.text, text);
        QCOMPARE(describe(safe.runs), runs);
    }

    void tokensAreMarked()
    {
        const SafeText safe = safeText("a\x07\xE2\x80\xAE" "b");
        QCOMPARE(safe.tokens, (std::vector<TextSpan>{{1, 1}, {2, 5}}));
    }

    void nulByte()
    {
        const SafeText safe = safeText(std::string_view("a\0b", 3));
        QCOMPARE(safe.text, QStringLiteral("a␀b"));
    }

    /// Whatever comes in, nothing that a terminal or a text layout would obey comes out, and the runs are in order.
    void randomBytes()
    {
        QRandomGenerator random(7);
        const QByteArray bits("\x1b\x1b[]0123456789;:mPX^_\\\x07\r\b\t\xE2\x80\xAE\xC2\x9B" "abc\x1b[31m\x7f\xF0\x9F\x9A\x80");
        for (int round = 0; round < 20'000; ++round) {
            QByteArray bytes;
            const int length = int(random.bounded(60));
            for (int i = 0; i < length; ++i)
                bytes += random.bounded(4) == 0 ? char(random.bounded(256)) : bits[int(random.bounded(int(bits.size())))];
            const SafeText safe = safeText({bytes.constData(), std::size_t(bytes.size())});
            for (const QChar c : safe.text)
                QVERIFY2(c.unicode() >= 0x20 && c.unicode() != 0x7F && !(c.unicode() >= 0x80 && c.unicode() < 0xA0)
                             && !(c.unicode() >= 0x200B && c.unicode() <= 0x200F) && !(c.unicode() >= 0x2028 && c.unicode() <= 0x202E)
                             && !(c.unicode() >= 0x2060 && c.unicode() <= 0x206F),
                         bytes.toHex().constData());
            int end = 0;
            for (const StyleRun& run : safe.runs) {
                QVERIFY(run.start >= end && run.length > 0);
                end = run.start + run.length;
                QVERIFY(end <= safe.text.size());
            }
        }
    }

    void links_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        QTest::newRow("none") << QStringLiteral("no link ftp://x") << QString();
        QTest::newRow("plain") << QStringLiteral("see https://pypi.org/simple/numpy/.") << QStringLiteral("4+30 pypi.org");
        QTest::newRow("brackets") << QStringLiteral("(http://a.b/c) [https://d.e]") << QStringLiteral("1+12 a.b|16+11 d.e");
        QTest::newRow("own brackets") << QStringLiteral("https://w.org/x_(y)") << QStringLiteral("0+19 w.org");
        QTest::newRow("user info lies") << QStringLiteral("https://github.com@evil.example/x") << QStringLiteral("0+33 evil.example");
        QTest::newRow("international") << QStringLiteral("https://аpple.com/") << QStringLiteral("0+18 xn--pple-43d.com");
        QTest::newRow("token ends it") << QStringLiteral("https://a.b/⟨RLO⟩gpj.exe") << QStringLiteral("0+12 a.b");
        QTest::newRow("script") << QStringLiteral("javascript://x http://") << QString();
    }

    void links()
    {
        QFETCH(QString, text);
        QFETCH(QString, found);
        QStringList out;
        for (const TextLink& link : linksIn(text))
            out += QStringLiteral("%1+%2 %3").arg(link.start).arg(link.length).arg(link.host);
        QCOMPARE(out.join(QLatin1Char('|')), found);
    }
};

QTEST_GUILESS_MAIN(TestAnsi)
#include "test_ansi.moc"
