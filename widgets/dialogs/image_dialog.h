// Asks which image to watch and which platforms it promises.
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

/// What the name means is for whoever listens; a refusal is shown here.
class ImageDialog : public QDialog {
    Q_OBJECT
public:
    /// With an image, only its promise is asked for.
    explicit ImageDialog(const QString& image = {}, const QString& platforms = {}, QWidget* parent = nullptr);
    /// Why the last answer was not taken; the dialog stays open.
    void showProblem(const QString& text);

Q_SIGNALS:
    /// `platforms` as typed: "linux/amd64, linux/arm64"; "" = nothing is promised.
    void given(const QString& image, const QString& platforms);

private:
    QLineEdit* m_image;
    QLineEdit* m_platforms;
    QLabel* m_problem;
    QPushButton* m_ok;
};

} // namespace layerline
