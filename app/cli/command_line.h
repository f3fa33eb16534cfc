// What the user asked for on the command line (product.md 6), before anything is done about it.
#pragma once

#include "domain/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>

namespace layerline {

enum class Verb { Window, Demo, Builders, Builds, Watch, Show, Shot, Tool, Help, Version };

/// PAGE of `shot`, as screenshot.cpp knows them.
inline constexpr std::array shotPages{"builds", "timeline", "layers", "log", "details", "pipelines", "builders", "releases", "settings", "empty"};
/// --lang: those with a catalogue.
inline constexpr std::array windowLanguages{"en", "zh_CN"};

struct Command {
    Verb verb = Verb::Window;
    QStringList files;            ///< Window: files to open
    QString build;                ///< Show: ref, file or "demo"; Shot: --from
    QString page;                 ///< Shot
    bool json = false;
    int limit = 0;                ///< Builds: newest N, 0 = all
    QSize size{1440, 900};        ///< Shot, in device independent pixels
    double scale = 1;             ///< Shot: device pixels per pixel
    QString theme;                ///< light, dark or "" = system
    QString language;             ///< "zh_CN", "en" or "" = system
    QString output;               ///< Shot: PNG to write
    std::optional<double> at;     ///< Demo, Shot: seconds into the recording to show
    QStringList addresses;        ///< --address: bare unix:// or tcp:// buildkitd
    QString helpText;             ///< Help
    QString tool;                 ///< Tool: its name in tools()
    QStringList toolArguments;    ///< Tool: everything after the name, as given
};

/// Parses everything after the program's name. BadInput with one line for people on anything unknown.
Result<Command> parseCommandLine(const QStringList& arguments);

} // namespace layerline
