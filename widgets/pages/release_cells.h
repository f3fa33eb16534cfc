// One tag, platform by platform: promised, built, published.
#pragma once

#include "items/release_values.h"

#include <QTableWidget>

namespace layerline {

/// As high as its rows, up to a limit; what is wrong is told by word, shape and colour.
class ReleaseCells : public QTableWidget {
    Q_OBJECT
public:
    explicit ReleaseCells(QWidget* parent = nullptr);

    /// Null empties it.
    void setTag(const ReleaseTag* tag);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fill();

    ReleaseTag m_tag;
};

} // namespace layerline
