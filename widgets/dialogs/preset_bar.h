// Builds with a name: choose one, keep the form as one, forget one. Whoever listens asks before anything is lost.
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QPushButton;

namespace layerline {

class PresetBar : public QWidget {
    Q_OBJECT
public:
    explicit PresetBar(QWidget* parent = nullptr);

    /// Those of the project; the name that is shown stays.
    void setNames(const QStringList& names);
    QString name() const;
    /// Shows it as the one the form was filled in from.
    void setName(const QString& name);

Q_SIGNALS:
    void chosen(const QString& name);
    void saveRequested(const QString& name);
    void removeRequested(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    QComboBox* m_name;
    QPushButton* m_save;
    QPushButton* m_remove;
};

} // namespace layerline
