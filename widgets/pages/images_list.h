// The watched images: name, registry, and at a glance whether something is missing.
#pragma once

#include "items/watched_images_model.h"

#include <QListView>

namespace layerline {

class ImagesList : public QListView {
    Q_OBJECT
public:
    explicit ImagesList(QWidget* parent = nullptr);

    WatchedImagesModel& model() const { return *m_model; }
    /// Keeps the current image when it is still there.
    void setImages(std::vector<WatchedImage> images);
    /// Null when there is none.
    const WatchedImage* current() const;
    void choose(const QString& image);

Q_SIGNALS:
    void imageChosen();

private:
    WatchedImagesModel* m_model;
};

} // namespace layerline
