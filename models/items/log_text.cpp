#include "items/log_text.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace layerline {

namespace {

constexpr int tabWidth = 8;
constexpr unsigned char escape = 0x1b;

struct Token {
    char32_t first, last;
    const char* name; ///< null: the code point's number
};

// Characters without a width of their own, or that reorder what is around them. Variation selectors (emoji) stay.
constexpr std::array<Token, 31> hidden{{
    {0x00AD, 0x00AD, "SHY"}, {0x034F, 0x034F, "CGJ"}, {0x061C, 0x061C, "ALM"}, {0x115F, 0x1160, nullptr},
    {0x17B4, 0x17B5, nullptr}, {0x180B, 0x180F, nullptr}, {0x200B, 0x200B, "ZWSP"}, {0x200C, 0x200C, "ZWNJ"},
    {0x200D, 0x200D, "ZWJ"}, {0x200E, 0x200E, "LRM"}, {0x200F, 0x200F, "RLM"}, {0x2028, 0x2028, "LS"},
    {0x2029, 0x2029, "PS"}, {0x202A, 0x202A, "LRE"}, {0x202B, 0x202B, "RLE"}, {0x202C, 0x202C, "PDF"},
    {0x202D, 0x202D, "LRO"}, {0x202E, 0x202E, "RLO"}, {0x2060, 0x2060, "WJ"}, {0x2061, 0x2065, nullptr},
    {0x2066, 0x2066, "LRI"}, {0x2067, 0x2067, "RLI"}, {0x2068, 0x2068, "FSI"}, {0x2069, 0x2069, "PDI"},
    {0x206A, 0x206F, nullptr}, {0x3164, 0x3164, nullptr}, {0xFEFF, 0xFEFF, "BOM"}, {0xFFA0, 0xFFA0, nullptr},
    {0xFFF0, 0xFFFB, nullptr}, {0xE0000, 0xE0FFF, nullptr}, {0x1D173, 0x1D17A, nullptr},
}};

QString tokenFor(char32_t point)
{
    for (const Token& token : hidden) {
        if (point >= token.first && point <= token.last && token.name)
            return QStringLiteral("⟨%1⟩").arg(QLatin1String(token.name));
    }
    return QStringLiteral("⟨U+%1⟩").arg(QString::number(uint(point), 16).toUpper().rightJustified(4, QLatin1Char('0')));
}

bool isHidden(char32_t point)
{
    if (point >= 0x80 && point < 0xA0)
        return true; // C1 controls: some terminals obey them
    if ((point & 0xFFFE) == 0xFFFE)
        return true;
    if (point < 0x00AD)
        return false;
    return std::any_of(hidden.begin(), hidden.end(), [point](const Token& token) { return point >= token.first && point <= token.last; });
}

bool isPlain(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte >= 0x20 && byte < 0x7F; });
}

struct Decoded {
    char32_t point = 0xFFFD;
    std::size_t length = 1;
};

/// One code point; an invalid byte gives U+FFFD of length 1.
Decoded decode(std::string_view bytes)
{
    const auto at = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = at(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0x80)
        return {lead, 1};
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length)
        return {};
    char32_t point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80)
            return {};
        point = (point << 6) | (at(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
        return {};
    return {point, length};
}

/// Length of a sequence that ends with BEL or ST; 0 when it never ends.
std::size_t stringSequence(std::string_view rest)
{
    for (std::size_t i = 2; i < rest.size(); ++i) {
        const auto byte = static_cast<unsigned char>(rest[i]);
        if (byte == 0x07)
            return i + 1;
        if (byte == escape)
            return i + 1 < rest.size() && rest[i + 1] == '\\' ? i + 2 : 0;
        if (byte == 0xC2 && i + 1 < rest.size() && static_cast<unsigned char>(rest[i + 1]) == 0x9C)
            return i + 2;
    }
    return 0;
}

std::vector<int> parameters(std::string_view text)
{
    std::vector<int> values{0};
    for (const char c : text) {
        if (c == ';' || c == ':') {
            if (values.size() >= 64)
                break;
            values.push_back(0);
        } else if (c >= '0' && c <= '9') {
            values.back() = std::min(values.back() * 10 + (c - '0'), 65535);
        }
    }
    return values;
}

TextColor indexed(int index) { return {TextColor::Kind::Indexed, std::uint32_t(index)}; }

/// What follows 38 or 48; moves `at` behind it. The colon form may hold an empty colour space.
TextColor extendedColor(const std::vector<int>& values, std::size_t& at, bool colons)
{
    const auto value = [&](std::size_t i) { return i < values.size() ? std::clamp(values[i], 0, 255) : 0; };
    const int kind = at + 1 < values.size() ? values[at + 1] : 0;
    if (kind == 5) {
        const TextColor color = indexed(value(at + 2));
        at += 2;
        return color;
    }
    if (kind == 2) {
        const std::size_t first = colons && values.size() - at >= 6 ? at + 3 : at + 2;
        const auto rgb = std::uint32_t(value(first) << 16 | value(first + 1) << 8 | value(first + 2));
        at = first + 2;
        return {TextColor::Kind::Rgb, rgb};
    }
    at = values.size();
    return {};
}

void applyColor(int code, TextStyle& style)
{
    if (code >= 30 && code <= 37)
        style.foreground = indexed(code - 30);
    else if (code >= 90 && code <= 97)
        style.foreground = indexed(code - 90 + 8);
    else if (code >= 40 && code <= 47)
        style.background = indexed(code - 40);
    else if (code >= 100 && code <= 107)
        style.background = indexed(code - 100 + 8);
    else if (code == 39)
        style.foreground = {};
    else if (code == 49)
        style.background = {};
}

void applySgr(std::string_view text, TextStyle& style)
{
    const auto values = parameters(text);
    const bool colons = text.find(':') != std::string_view::npos;
    for (std::size_t i = 0; i < values.size(); ++i) {
        switch (values[i]) {
        case 0: style = {}; break;
        case 1: style.bold = true; break;
        case 2: style.faint = true; break;
        case 3: style.italic = true; break;
        case 4: style.underline = !(colons && i + 1 < values.size() && values[i + 1] == 0); if (colons) return; break;
        case 7: style.inverse = true; break;
        case 9: style.strike = true; break;
        case 21: style.underline = true; break;
        case 22: style.bold = style.faint = false; break;
        case 23: style.italic = false; break;
        case 24: style.underline = false; break;
        case 27: style.inverse = false; break;
        case 29: style.strike = false; break;
        case 38: style.foreground = extendedColor(values, i, colons); break;
        case 48: style.background = extendedColor(values, i, colons); break;
        default: applyColor(values[i], style); break; // 5 (blink) and 8 (conceal) are not honoured: nothing may hide
        }
    }
}

/// Collects what a terminal would show.
class Screen {
public:
    explicit Screen(std::size_t bytes) { m_result.text.reserve(qsizetype(std::min<std::size_t>(bytes, 1u << 20))); }

    void put(char32_t point)
    {
        begin();
        const int start = size();
        if (point == '\t') {
            m_result.text += QString(tabWidth - start % tabWidth, QLatin1Char(' '));
        } else if (point < 0x20 || point == 0x7F) {
            m_result.text += QChar(point == 0x7F ? 0x2421 : 0x2400 + int(point));
            m_result.tokens.push_back({start, 1});
        } else if (isHidden(point)) {
            m_result.text += tokenFor(point);
            m_result.tokens.push_back({start, size() - start});
        } else {
            m_result.text += QString::fromUcs4(&point, 1);
        }
        colour(start);
    }

    void putLatin(std::string_view bytes)
    {
        begin();
        const int start = size();
        m_result.text += QLatin1String(bytes.data(), qsizetype(bytes.size()));
        colour(start);
    }

    void carriageReturn() { m_overwrite = true; }

    void clear()
    {
        m_result.text.clear();
        m_result.runs.clear();
        m_result.tokens.clear();
        m_overwrite = false;
    }

    void backspace()
    {
        if (m_overwrite || m_result.text.isEmpty())
            return;
        int cut = m_result.text.size() > 1 && m_result.text.back().isLowSurrogate() ? 2 : 1;
        if (!m_result.tokens.empty() && m_result.tokens.back().start + m_result.tokens.back().length == size()) {
            cut = m_result.tokens.back().length;
            m_result.tokens.pop_back();
        }
        m_result.text.chop(cut);
        while (!m_result.runs.empty() && m_result.runs.back().start + m_result.runs.back().length > size()) {
            m_result.runs.back().length = size() - m_result.runs.back().start;
            if (m_result.runs.back().length <= 0)
                m_result.runs.pop_back();
        }
    }

    TextStyle style;
    SafeText take() { return std::move(m_result); }

private:
    int size() const { return int(m_result.text.size()); }

    /// A carriage return takes effect with the next character: one at the end of the line erases nothing.
    void begin()
    {
        if (m_overwrite)
            clear();
    }

    void colour(int start)
    {
        if (style == TextStyle{})
            return;
        auto& runs = m_result.runs;
        if (!runs.empty() && runs.back().start + runs.back().length == start && runs.back().style == style)
            runs.back().length = size() - runs.back().start;
        else
            runs.push_back({start, size() - start, style});
    }

    SafeText m_result;
    bool m_overwrite = false;
};

/// CSI: parameters, intermediates, final. Returns its length; a broken one ends where it breaks.
std::size_t controlSequence(std::string_view rest, Screen& screen)
{
    std::size_t end = 2;
    while (end < rest.size() && rest[end] >= 0x20 && rest[end] <= 0x3F)
        ++end;
    if (end >= rest.size() || rest[end] < 0x40 || rest[end] > 0x7E)
        return end;
    const std::string_view body = rest.substr(2, end - 2);
    const bool standard = body.find_first_not_of("0123456789;:") == std::string_view::npos;
    if (standard && rest[end] == 'm')
        applySgr(body, screen.style);
    else if (standard && rest[end] == 'G' && parameters(body).front() <= 1)
        screen.carriageReturn();
    else if (standard && rest[end] == 'K' && parameters(body).front() == 2)
        screen.clear();
    return end + 1;
}

/// Handles what begins with ESC and returns its length.
std::size_t escapeSequence(std::string_view rest, Screen& screen)
{
    const unsigned char next = rest.size() > 1 ? static_cast<unsigned char>(rest[1]) : 0;
    if (next == '[')
        return controlSequence(rest, screen);
    if (next == ']' || next == 'P' || next == 'X' || next == '^' || next == '_') {
        if (const std::size_t length = stringSequence(rest))
            return length;
    } else if (next >= 0x20 && next <= 0x2F) {
        std::size_t end = 1;
        while (end < rest.size() && rest[end] >= 0x20 && rest[end] <= 0x2F)
            ++end;
        if (end < rest.size() && rest[end] >= 0x30 && rest[end] <= 0x7E)
            return end + 1;
    } else if (next >= 0x30 && next <= 0x7E) {
        return 2;
    }
    screen.put(escape); // shown, and what follows is text
    return 1;
}

/// Length of the run of printable ASCII at the beginning.
std::size_t printable(std::string_view bytes)
{
    const auto end = std::find_if(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte < 0x20 || byte > 0x7E; });
    return std::size_t(end - bytes.begin());
}

} // namespace

SafeText safeText(std::string_view bytes)
{
    if (isPlain(bytes))
        return {QString::fromLatin1(bytes.data(), qsizetype(bytes.size())), {}, {}};
    Screen screen(bytes.size());
    while (!bytes.empty()) {
        std::size_t used = printable(bytes);
        if (used > 0) {
            screen.putLatin(bytes.substr(0, used));
        } else if (static_cast<unsigned char>(bytes[0]) == escape) {
            used = escapeSequence(bytes, screen);
        } else if (bytes[0] == '\r') {
            screen.carriageReturn();
            used = 1;
        } else if (bytes[0] == '\b') {
            screen.backspace();
            used = 1;
        } else {
            const Decoded decoded = decode(bytes);
            screen.put(decoded.point);
            used = decoded.length;
        }
        bytes.remove_prefix(used);
    }
    return screen.take();
}

QString visibleText(std::string_view utf8)
{
    if (isPlain(utf8))
        return QString::fromLatin1(utf8.data(), qsizetype(utf8.size()));
    QString result;
    while (!utf8.empty()) {
        const Decoded decoded = decode(utf8);
        utf8.remove_prefix(decoded.length);
        const char32_t point = decoded.point;
        if (point == '\n' || point == '\t')
            result += QChar(char16_t(point));
        else if (point < 0x20 || point == 0x7F)
            result += QChar(point == 0x7F ? 0x2421 : 0x2400 + int(point));
        else if (isHidden(point))
            result += tokenFor(point);
        else
            result += QString::fromUcs4(&point, 1);
    }
    return result;
}

std::vector<TextLink> linksIn(const QString& text)
{
    std::vector<TextLink> links;
    if (!text.contains(QLatin1String("://")))
        return links;
    static const QRegularExpression pattern(QStringLiteral("\\bhttps?://[^\\s<>\"'`⟨⟩{}|\\\\^]+"), QRegularExpression::CaseInsensitiveOption);
    auto it = pattern.globalMatch(text);
    while (it.hasNext()) {
        const auto match = it.next();
        QString found = match.captured();
        // Punctuation that ends the sentence, and a bracket that was opened before the link, are not part of it.
        while (!found.isEmpty()) {
            const QChar last = found.back();
            const bool closes = (last == QLatin1Char(')') && found.count(QLatin1Char('(')) < found.count(QLatin1Char(')')))
                || (last == QLatin1Char(']') && found.count(QLatin1Char('[')) < found.count(QLatin1Char(']')));
            if (!closes && !QStringLiteral(".,;:!?*…").contains(last))
                break;
            found.chop(1);
        }
        const QUrl url(found, QUrl::StrictMode);
        if (url.isValid() && !url.host().isEmpty())
            links.push_back({int(match.capturedStart()), int(found.size()), url, url.host(QUrl::FullyEncoded)});
    }
    return links;
}

} // namespace layerline
