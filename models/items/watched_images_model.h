// The images whose releases are watched.
#pragma once

#include "items/release_values.h"

#include <QAbstractListModel>

namespace layerline {

/// Rows in the order they were added; one dataChanged for each that changed.
class WatchedImagesModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Health { Reading, Whole, Faulty, Refused };

    explicit WatchedImagesModel(QObject* parent = nullptr);

    void setImages(std::vector<WatchedImage> images);
    const WatchedImage* image(int row) const;
    int rowOf(const std::string& image) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    /// Display: the image's name; tool tip: its state in words.
    QVariant data(const QModelIndex& index, int role) const override;

    static Health healthOf(const WatchedImage& image);
    /// "arm64 is missing in 2 tags", "12 tags, all whole", why it can't be read.
    static QString stateText(const WatchedImage& image);

private:
    std::vector<WatchedImage> m_images;
};

} // namespace layerline
