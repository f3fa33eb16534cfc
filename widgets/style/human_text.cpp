// Numbers for people.
#include "widgets/style/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::Words)
};

QString minutesOrHours(qint64 seconds)
{
    if (seconds < 3600)
        return Words::tr("%1 m %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return Words::tr("%1 h %2 m").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
}

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

double digitWidth(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

} // namespace

QString lookName(Look look)
{
    switch (look) {
    case Look::Pending: return Words::tr("pending");
    case Look::Waiting: return Words::tr("waiting");
    case Look::Running: return Words::tr("running");
    case Look::Cached: return Words::tr("cached");
    case Look::Imported: return Words::tr("imported");
    case Look::Joined: return Words::tr("joined");
    case Look::Rebuilt: return Words::tr("rebuilt");
    case Look::Invalidated: return Words::tr("invalidated");
    case Look::Failed: return Words::tr("failed");
    case Look::Canceled: return Words::tr("cancelled");
    }
    return {};
}

QString humanDuration(Duration duration)
{
    const double seconds = duration.seconds();
    if (duration.ns <= 0)
        return Words::tr("%1 s").arg(0);
    if (seconds < 0.05)
        return Words::tr("<%1 s").arg(QLocale().toString(0.1, 'f', 1));
    if (seconds < 59.95)
        return Words::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    return minutesOrHours(std::llround(seconds));
}

QString humanElapsed(Duration duration)
{
    const qint64 seconds = std::max<qint64>(0, duration.ns / 1'000'000'000);
    return seconds < 60 ? Words::tr("%1 s").arg(seconds) : minutesOrHours(seconds);
}

namespace {

/// Seconds as an estimate says them: by fives below a minute, whole minutes below an hour, then by five minutes.
qint64 coarse(Duration duration)
{
    const qint64 seconds = std::max<qint64>(0, std::llround(duration.seconds()));
    const qint64 unit = seconds < 60 ? 5 : seconds < 3600 ? 60 : 300;
    return (seconds + unit / 2) / unit * unit;
}

QString coarseText(qint64 seconds)
{
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Words::tr("%1 m").arg(seconds / 60);
    return minutesOrHours(seconds);
}

} // namespace

QString humanRange(const DurationRange& range)
{
    const qint64 low = coarse(range.low), high = coarse(range.high);
    if (high == 0)
        return Words::tr("a few seconds");
    if (low == high)
        return Words::tr("about %1").arg(coarseText(high));
    if (high < 60)
        return Words::tr("%1–%2 s").arg(low).arg(high);
    if (low >= 60 && high < 3600)
        return Words::tr("%1–%2 m").arg(low / 60).arg(high / 60);
    return Words::tr("%1 – %2").arg(coarseText(low), coarseText(high));
}

QString usualTime(const BuildEstimate& estimate, StepIndex step)
{
    const auto found = estimate.steps.find(step);
    if (found == estimate.steps.end())
        return {};
    const StepEstimate& usual = found->second;
    // A step of milliseconds has no range worth reading.
    const QString range = usual.time.high.ns < 2'500'000'000 ? humanDuration(usual.time.median) : humanRange(usual.time);
    if (usual.basis == EstimateBasis::Sibling)
        return Words::tr("%1, from the other architecture").arg(range);
    return Words::tr("%1 (%n time(s))", nullptr, usual.samples).arg(range);
}

QString humanBytes(qint64 bytes)
{
    static const char* const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = double(std::max<qint64>(0, bytes));
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(units)) {
        value /= 1000;
        ++unit;
    }
    const int digits = unit == 0 || value >= 99.95 ? 0 : 1;
    return QStringLiteral("%1 %2").arg(QLocale().toString(value, 'f', digits), QLatin1String(units[unit]));
}

QString humanFactor(double factor)
{
    return QStringLiteral("×%1").arg(QLocale().toString(factor, 'f', factor < 9.95 ? 1 : 0));
}

double tabularWidth(const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    const double digit = digitWidth(metrics);
    double width = 0;
    for (const QChar c : text)
        width += isDigit(c) ? digit : metrics.horizontalAdvance(c);
    return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    const double digit = digitWidth(metrics);
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - tabularWidth(painter.font(), text);
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - tabularWidth(painter.font(), text) / 2;
    double y = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    if (alignment & Qt::AlignTop)
        y = rect.top() + metrics.ascent();
    else if (alignment & Qt::AlignBottom)
        y = rect.bottom() - metrics.descent();
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        if (isDigit(text[at])) {
            const double own = metrics.horizontalAdvance(text[at]);
            painter.drawText(QPointF(x + (digit - own) / 2, y), text.mid(at, 1));
            x += digit;
        } else {
            while (end < text.size() && !isDigit(text[end]))
                ++end;
            const QString run = text.mid(at, end - at);
            painter.drawText(QPointF(x, y), run);
            for (const QChar c : run)
                x += metrics.horizontalAdvance(c);
        }
        at = end;
    }
}

} // namespace layerline
