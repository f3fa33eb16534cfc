// Asks which image to watch and who promises its platforms.
#pragma once

#include "items/release_values.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace layerline {

/// What the names mean is for whoever listens; a refusal is shown here.
class ImageDialog : public QDialog {
    Q_OBJECT
public:
    /// With an image, only its promise is asked for. `repositories` are offered; another one can be written.
    explicit ImageDialog(const QString& image = {}, const PromiseChoice& promised = {}, const QStringList& repositories = {}, QWidget* parent = nullptr);
    /// Why the last answer was not taken; the dialog stays open.
    void showProblem(const QString& text);

Q_SIGNALS:
    void given(const QString& image, const layerline::PromiseChoice& promised);

private:
    QWidget* makeFilePage(const QString& path);
    PromiseChoice choice() const;
    void refresh();

    QLineEdit* m_image;
    QComboBox* m_from;
    QStackedWidget* m_answers;
    QLineEdit* m_platforms;
    QComboBox* m_repository;
    QLineEdit* m_file = nullptr;
    QLabel* m_note;
    QLabel* m_problem;
    QPushButton* m_ok;
};

} // namespace layerline

Q_DECLARE_METATYPE(layerline::PromiseChoice)
