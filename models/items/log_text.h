// Bytes of a log line made safe to show: colours kept, every other escape neutralised, hidden characters made visible.
#pragma once

#include <QString>
#include <QUrl>

#include <cstdint>
#include <string_view>
#include <vector>

namespace layerline {

/// A colour as a program asked for it; a widget maps it to one that reads on its background.
struct TextColor {
    enum class Kind : std::uint8_t { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    std::uint32_t value = 0; ///< palette index 0..255, or 0xRRGGBB
    friend bool operator==(const TextColor&, const TextColor&) = default;
};

struct TextStyle {
    TextColor foreground, background;
    bool bold = false, faint = false, italic = false, underline = false, inverse = false, strike = false;
    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

/// Positions and lengths count UTF-16 units of SafeText::text.
struct StyleRun {
    int start = 0;
    int length = 0;
    TextStyle style;
    friend bool operator==(const StyleRun&, const StyleRun&) = default;
};

struct TextSpan {
    int start = 0;
    int length = 0;
    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

struct SafeText {
    QString text;
    std::vector<StyleRun> runs;   ///< only what is not in the default style, ordered, not overlapping
    std::vector<TextSpan> tokens; ///< stand-ins of controls and invisible characters
};

/// What a terminal would show of a line (no newline in it): tabs expanded to 8, the last of several segments that
/// overwrite each other by \r, backspaces applied. SGR colours become runs. Sequences that end are dropped (cursor
/// movement, titles, OSC 8 link targets, OSC 52 clipboard writes, DCS); one that never ends is shown as text, so that
/// nothing hides behind it. Bidirectional and zero-width controls become tokens such as "⟨RLO⟩", C0 controls their
/// pictures, invalid UTF-8 U+FFFD. Any input is valid.
SafeText safeText(std::string_view bytes);

/// The same for text that never has colours: names, values, messages. Newlines are kept.
QString visibleText(std::string_view utf8);

struct TextLink {
    int start = 0;
    int length = 0;
    QUrl url;
    QString host; ///< where it really leads: without user info, international names in their ASCII form
};

/// http and https links of a text that went through safeText().
std::vector<TextLink> linksIn(const QString& text);

} // namespace layerline
