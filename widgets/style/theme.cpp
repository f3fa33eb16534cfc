#include "widgets/style/theme.h"

#include "widgets/style/style_sheet.h"
#include "widgets/style/svg_icon.h"

#include <QApplication>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QTableView>
#include <QToolTip>
#include <QVariant>
#include <QWidget>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

constexpr double basePoints = 9.75; ///< 13 px at 96 dpi

Palette makeDark()
{
    Palette p;
    p.background = 0x14171c;
    p.panel = 0x1a1e25;
    p.panelRaised = 0x20252e;
    p.line = 0x2b323d;
    p.text = 0xe6e9ee;
    p.muted = 0x8f99a8;
    p.faint = 0x737d8d; // the mock's 5d6777 has a contrast of 2.9 only
    p.accent = 0x5b9dff;
    p.selection = 0x26344b;
    p.barText = 0x0d1117;
    p.cached = 0x2fb590;
    p.imported = 0x58b7ea;
    p.joined = 0x7f9db5;
    p.rebuilt = 0xe3a33b;
    p.invalidated = 0xb98a45;
    p.running = 0x5b9dff;
    p.failed = 0xef6a47;
    p.canceled = 0x6d7684;
    p.pending = 0x5d6777;
    return p;
}

Palette makeLight()
{
    Palette p;
    p.background = 0xf4f5f7;
    p.panel = 0xffffff;
    p.panelRaised = 0xf8f9fb;
    p.line = 0xdfe3e8;
    p.text = 0x1b2027;
    p.muted = 0x5b6573;
    p.faint = 0x717b89; // the mock's 8d97a5 has a contrast of 2.9 only
    p.accent = 0x1f6feb;
    p.selection = 0xe3edfc;
    p.barText = 0xffffff;
    p.cached = 0x1f9d78;
    p.imported = 0x2f8fc9;
    p.joined = 0x5f8199;
    p.rebuilt = 0xc98408;
    p.invalidated = 0xdcb878;
    p.running = 0x2f74e0;
    p.failed = 0xd1481f;
    p.canceled = 0x8a93a0;
    p.pending = 0x8d97a5;
    return p;
}

const Palette& darkPalette()
{
    static const Palette palette = makeDark();
    return palette;
}

const Palette& lightPalette()
{
    static const Palette palette = makeLight();
    return palette;
}

/// What the desktop asks for, read before our own palette hides it.
bool systemIsDark(QApplication& app)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (app.styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return app.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    constexpr char key[] = "layerline.systemDark";
    if (!app.property(key).isValid())
        app.setProperty(key, QApplication::palette().color(QPalette::Window).lightness() < 128);
    return app.property(key).toBool();
}

QPalette widgetPalette(const Palette& p)
{
    QPalette q;
    q.setColor(QPalette::Window, p.background);
    q.setColor(QPalette::WindowText, p.text);
    q.setColor(QPalette::Base, p.panel);
    q.setColor(QPalette::AlternateBase, p.panelRaised);
    q.setColor(QPalette::Text, p.text);
    q.setColor(QPalette::PlaceholderText, p.faint);
    q.setColor(QPalette::Button, p.panel);
    q.setColor(QPalette::ButtonText, p.text);
    q.setColor(QPalette::BrightText, p.failed);
    q.setColor(QPalette::Highlight, p.accent);
    q.setColor(QPalette::HighlightedText, Qt::white);
    q.setColor(QPalette::Link, p.accent);
    q.setColor(QPalette::LinkVisited, p.accent);
    q.setColor(QPalette::ToolTipBase, p.panelRaised);
    q.setColor(QPalette::ToolTipText, p.text);
    q.setColor(QPalette::Light, mixed(p.panelRaised, p.text, 0.9));
    q.setColor(QPalette::Midlight, p.panelRaised);
    q.setColor(QPalette::Mid, p.line);
    q.setColor(QPalette::Dark, mixed(p.line, QColor(Qt::black), 0.7));
    q.setColor(QPalette::Shadow, Qt::black);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.faint);
    q.setColor(QPalette::Disabled, QPalette::Highlight, p.line);
    return q;
}

/// Fusion with cells whose words begin where their header's do: 8 px from the edge, one of which is the view's own.
class Style : public QProxyStyle {
public:
    Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        return metric == PM_FocusFrameHMargin && qobject_cast<const QTableView*>(widget) ? 7 : QProxyStyle::pixelMetric(metric, option, widget);
    }
};

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c)
{
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

} // namespace

const QColor& Palette::of(Look look) const
{
    switch (look) {
    case Look::Waiting:
    case Look::Pending: return pending;
    case Look::Running: return running;
    case Look::Cached: return cached;
    case Look::Imported: return imported;
    case Look::Joined: return joined;
    case Look::Rebuilt: return rebuilt;
    case Look::Invalidated: return invalidated;
    case Look::Failed: return failed;
    case Look::Canceled: return canceled;
    }
    return pending;
}

QColor Palette::textOn(Look look) const
{
    static const QColor ink(0x0d1117);
    const QColor white(Qt::white);
    const QColor& bar = of(look);
    if (look == Look::Pending || look == Look::Waiting) // has no filling
        return muted;
    return contrastRatio(white, bar) >= contrastRatio(ink, bar) ? white : ink;
}

QColor Palette::inkOf(Look look) const
{
    QColor ink = of(look);
    for (double share = 0.9; share > 0 && contrastRatio(ink, panel) < 4.5; share -= 0.1)
        ink = mixed(of(look), text, share);
    return ink;
}

void Theme::apply(QApplication& app, ThemeKind kind)
{
    const bool dark = kind == ThemeKind::Dark || (kind == ThemeKind::System && systemIsDark(app));
    if (kind != ThemeKind::System)
        systemIsDark(app); // remembers the desktop's wish, for a later return to it
    const Palette& palette = dark ? darkPalette() : lightPalette();
    // The sheet first goes away: a sheet in force would keep the old style alive below the new one.
    app.setStyleSheet(QString());
    QApplication::setStyle(new Style);
    QApplication::setPalette(widgetPalette(palette));
    QToolTip::setPalette(widgetPalette(palette));
    QApplication::setFont(uiFont());
    QToolTip::setFont(uiFont(-0.5));
    app.setStyleSheet(styleSheetFor(palette));
}

bool Theme::dark()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

const Palette& Theme::palette()
{
    return dark() ? darkPalette() : lightPalette();
}

QFont Theme::uiFont(double pointDelta, int weight)
{
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("Noto Sans Symbols2"), QStringLiteral("sans-serif")});
    font.setPointSizeF(basePoints + pointDelta);
    font.setWeight(QFont::Weight(weight));
    font.setHintingPreference(QFont::PreferNoHinting);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature(QFont::Tag("tnum"), 1);
#endif
    return font;
}

QFont Theme::monoFont(double pointDelta)
{
    QFont font;
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono"),
                      QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("monospace")});
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setPointSizeF(basePoints - 0.75 + pointDelta);
    return font;
}

QIcon Theme::icon(const QString& name, const QColor& color)
{
    return tintedSvgIcon(name, color, color);
}

QIcon Theme::icon(const QString& name)
{
    return tintedSvgIcon(
        name, [] { return palette().muted; }, [] { return palette().text; });
}

void Theme::paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color)
{
    paintTintedSvg(painter, rect, name, color);
}

QString Theme::archIcon(const Platform& platform)
{
    if (platform.arch == "amd64" || platform.arch == "386")
        return QStringLiteral("arch-amd64");
    if (platform.arch == "arm64" || platform.arch == "arm")
        return QStringLiteral("arch-arm64");
    return QStringLiteral("arch-generic");
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const double rest = 1 - share;
    return QColor::fromRgbF(float(a.redF() * share + b.redF() * rest), float(a.greenF() * share + b.greenF() * rest),
                            float(a.blueF() * share + b.blueF() * rest));
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace layerline
