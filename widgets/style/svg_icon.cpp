#include "widgets/style/svg_icon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>
#include <functional>

// A static library's resources are dropped by the linker unless somebody asks for them; the macro wants no namespace.
static void initIcons()
{
    Q_INIT_RESOURCE(layerline);
}

namespace layerline {

namespace {

QString pathOf(const QString& name)
{
    return QStringLiteral(":/layerline/icons/%1.svg").arg(name);
}

/// The icon's shape in one colour, `pixels` device pixels large.
QPixmap tinted(const QString& name, const QSize& pixels, const QColor& color)
{
    const QString key = QStringLiteral("ll:%1:%2x%3:%4").arg(name).arg(pixels.width()).arg(pixels.height()).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    initIcons();
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (QFile::exists(pathOf(name))) {
        QSvgRenderer renderer(pathOf(name));
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color);
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class TintedSvgEngine final : public QIconEngine {
public:
    using Color = std::function<QColor()>;
    TintedSvgEngine(QString name, Color normal, Color active) : m_name(std::move(name)), m_normal(std::move(normal)), m_active(std::move(active)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintTintedSvg(*painter, rect, m_name, colorFor(mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return tinted(m_name, size, colorFor(mode, state));
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        QPixmap result = tinted(m_name, size, colorFor(mode, state));
        result.setDevicePixelRatio(scale);
        return result;
    }

    QIconEngine* clone() const override { return new TintedSvgEngine(*this); }
    QString key() const override { return QStringLiteral("layerline"); }

private:
    QColor colorFor(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled) {
            QColor faded = m_normal();
            faded.setAlphaF(0.45f);
            return faded;
        }
        return state == QIcon::On || mode != QIcon::Normal ? m_active() : m_normal();
    }

    QString m_name;
    Color m_normal, m_active;
};

} // namespace

QIcon tintedSvgIcon(const QString& name, const QColor& normal, const QColor& active)
{
    initIcons();
    return QFile::exists(pathOf(name)) ? QIcon(new TintedSvgEngine(name, [normal] { return normal; }, [active] { return active; })) : QIcon();
}

QIcon tintedSvgIcon(const QString& name, QColor (*normal)(), QColor (*active)())
{
    initIcons();
    return QFile::exists(pathOf(name)) ? QIcon(new TintedSvgEngine(name, normal, active)) : QIcon();
}

void paintTintedSvg(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color)
{
    const double scale = painter.device()->devicePixelRatio();
    const QSize pixels(int(std::ceil(rect.width() * scale)), int(std::ceil(rect.height() * scale)));
    if (pixels.isEmpty())
        return;
    QPixmap pixmap = tinted(name, pixels, color);
    pixmap.setDevicePixelRatio(scale);
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace layerline
