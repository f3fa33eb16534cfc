#include "widgets/pages/images_list.h"

#include "widgets/style/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace layerline {

namespace {

constexpr int rowHeight = 56;
constexpr int badgeSize = 16;

QString qt(const std::string& text) { return QString::fromStdString(text); }

Look lookOf(WatchedImagesModel::Health health)
{
    switch (health) {
    case WatchedImagesModel::Health::Whole: return Look::Cached;
    case WatchedImagesModel::Health::Faulty: return Look::Failed;
    case WatchedImagesModel::Health::Refused: return Look::Canceled;
    case WatchedImagesModel::Health::Reading: break;
    }
    return Look::Pending;
}

class ImagesDelegate : public QStyledItemDelegate {
public:
    ImagesDelegate(const WatchedImagesModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, rowHeight}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const WatchedImage* image = m_model.image(index.row());
        if (!image)
            return;
        painter->save();
        const Palette& colors = Theme::palette();
        const bool selected = option.state & QStyle::State_Selected;
        if (selected) {
            painter->fillRect(option.rect, colors.selection);
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent);
        }
        const auto health = WatchedImagesModel::healthOf(*image);
        const QRect badge(option.rect.left() + 14, option.rect.center().y() - badgeSize / 2, badgeSize, badgeSize);
        paintLookBadge(*painter, badge, lookOf(health));
        const int left = badge.right() + 10;
        const QRect upper(left, option.rect.top() + 9, option.rect.right() - left - 10, 19), lower(left, option.rect.top() + 28, upper.width(), 18);
        const QString name = qt(image->image), registry = name.section(QLatin1Char('/'), 0, 0), repository = name.section(QLatin1Char('/'), 1);
        QFont font = Theme::uiFont(0, 600);
        painter->setFont(font);
        painter->setPen(colors.text);
        painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(repository, Qt::ElideMiddle, upper.width()));
        painter->setFont(Theme::uiFont(-0.75));
        const bool bad = health == WatchedImagesModel::Health::Faulty;
        painter->setPen(bad ? mixed(colors.failed, colors.text, 0.62) : colors.muted);
        const QString words = WatchedImagesModel::stateText(*image);
        const QString state = bad || health == WatchedImagesModel::Health::Refused ? words : QStringLiteral("%1 · %2").arg(words, registry);
        painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(state, Qt::ElideRight, lower.width()));
        painter->restore();
    }

private:
    const WatchedImagesModel& m_model;
};

} // namespace

ImagesList::ImagesList(QWidget* parent) : QListView(parent), m_model(new WatchedImagesModel(this))
{
    setModel(m_model);
    setItemDelegate(new ImagesDelegate(*m_model, this));
    setObjectName(QStringLiteral("watchedImages"));
    setAccessibleName(tr("Watched images"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &ImagesList::imageChosen);
}

void ImagesList::setImages(std::vector<WatchedImage> images)
{
    const QString chosen = current() ? qt(current()->image) : QString();
    m_model->setImages(std::move(images));
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(std::max(m_model->rowOf(chosen.toStdString()), 0)));
    viewport()->update();
}

const WatchedImage* ImagesList::current() const { return m_model->image(currentIndex().row()); }

void ImagesList::choose(const QString& image)
{
    if (const int row = m_model->rowOf(image.toStdString()); row >= 0)
        setCurrentIndex(m_model->index(row));
}

} // namespace layerline
