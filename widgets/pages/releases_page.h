// Releases: is every promised platform of an image published, under which digest, since when.
#pragma once

#include "items/release_values.h"
#include "domain/clock.h"

#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace layerline {

class ExampleBar;
class ImagesList;
class ReleaseCells;
class ReleasesTable;

/// Asks for everything by signals; setImages() shows the answers.
class ReleasesPage : public QWidget {
    Q_OBJECT
public:
    explicit ReleasesPage(const Clock& clock, QWidget* parent = nullptr);

    void setImages(std::vector<WatchedImage> images);
    /// What is shown is a recorded example: it says so, and whatever would act is disabled with the reason.
    void setExample(bool example);
    /// "" when there is none.
    QString currentImage() const;
    void showImage(const QString& image);
    ReleasesTable& table() { return *m_table; }
    ReleaseCells& cells() { return *m_cells; }
    ImagesList& images() { return *m_images; }
    /// The sentences about what is wrong with the image shown.
    QString faultText() const;

Q_SIGNALS:
    void exampleRequested();
    void exampleClosed();
    void addRequested();
    void removeRequested(const QString& image);
    void refreshRequested(const QString& image);
    void promiseRequested(const QString& image);
    void moveRequested(const QString& image, const QString& tag);
    /// The page came into view: old answers are worth asking again.
    void shown();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeRight(const Clock& clock);
    QWidget* makeCells(QWidget* parent);
    QWidget* makeEmpty();
    QWidget* makeHead(QWidget* parent);
    void nameThings();
    void refresh();
    void updateHead(const WatchedImage& image);
    void updateFaults(const WatchedImage& image);
    void updateCells();

    const Clock& m_clock;
    ImagesList* m_images = nullptr;
    ReleasesTable* m_table = nullptr;
    ReleaseCells* m_cells = nullptr;
    QLabel* m_cellsTitle = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_left = nullptr;
    ExampleBar* m_exampleBar = nullptr;
    bool m_example = false;
    QLabel *m_title = nullptr, *m_name = nullptr, *m_promise = nullptr, *m_when = nullptr, *m_faults = nullptr, *m_faultIcon = nullptr;
    QLabel *m_emptyPicture = nullptr, *m_emptyTitle = nullptr, *m_emptyText = nullptr, *m_emptyNote = nullptr;
    QFrame* m_faultCard = nullptr;
    QPushButton *m_add = nullptr, *m_emptyAdd = nullptr, *m_emptyExample = nullptr, *m_refresh = nullptr, *m_move = nullptr, *m_more = nullptr;
};

} // namespace layerline
