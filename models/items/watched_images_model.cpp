#include "items/watched_images_model.h"

#include "items/own_words.h"

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

WatchedImagesModel::WatchedImagesModel(QObject* parent) : QAbstractListModel(parent) {}

void WatchedImagesModel::setImages(std::vector<WatchedImage> images)
{
    const bool same = images.size() == m_images.size()
        && std::equal(images.begin(), images.end(), m_images.begin(), [](const WatchedImage& a, const WatchedImage& b) { return a.image == b.image; });
    if (!same) {
        beginResetModel();
        m_images = std::move(images);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i] == m_images[i])
            continue;
        m_images[i] = std::move(images[i]);
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

const WatchedImage* WatchedImagesModel::image(int row) const
{
    return row >= 0 && row < int(m_images.size()) ? &m_images[std::size_t(row)] : nullptr;
}

int WatchedImagesModel::rowOf(const std::string& name) const
{
    const auto at = std::find_if(m_images.begin(), m_images.end(), [&](const WatchedImage& each) { return each.image == name; });
    return at == m_images.end() ? -1 : int(at - m_images.begin());
}

int WatchedImagesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_images.size()); }

QVariant WatchedImagesModel::data(const QModelIndex& index, int role) const
{
    const WatchedImage* own = index.isValid() ? image(index.row()) : nullptr;
    if (!own)
        return {};
    switch (role) {
    case Qt::DisplayRole: return qt(own->image);
    case Qt::ToolTipRole: return qt(own->image) + QLatin1Char('\n') + stateText(*own);
    case Qt::AccessibleTextRole: return QStringLiteral("%1: %2").arg(qt(own->image), stateText(*own));
    default: return {};
    }
}

WatchedImagesModel::Health WatchedImagesModel::healthOf(const WatchedImage& image)
{
    if (image.state != WatchedImage::State::Read)
        return image.state == WatchedImage::State::Refused ? Health::Refused : Health::Reading;
    return image.release && faultsOf(*image.release).empty() ? Health::Whole : Health::Faulty;
}

QString WatchedImagesModel::stateText(const WatchedImage& image)
{
    switch (healthOf(image)) {
    case Health::Reading: return tr("Asking the registry…");
    case Health::Refused: return ownWords(image.problem);
    case Health::Whole: return image.release->tags.empty() ? tr("No tags") : tr("%n tag(s), nothing missing", nullptr, int(image.release->tags.size()));
    case Health::Faulty: break;
    }
    if (!image.release)
        return {};
    const ReleaseFault fault = faultsOf(*image.release).front();
    const QString platform = qt(fault.platform.shortName());
    return fault.verdict == PlatformVerdict::Missing ? tr("%1 is missing in %n tag(s)", nullptr, int(fault.tags.size())).arg(platform)
                                                     : tr("%1 is not what was built in %n tag(s)", nullptr, int(fault.tags.size())).arg(platform);
}

} // namespace layerline
