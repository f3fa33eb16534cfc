// Asks for the address of a builder.
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

/// Refuses what is no address, with one sentence that says why. Use with open(); WA_DeleteOnClose is set.
class AddressDialog : public QDialog {
    Q_OBJECT
public:
    /// `known` are refused as being there already.
    AddressDialog(QStringList known, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Checked; comes before the dialog closes.
    void addressChosen(const QString& address);

private:
    void check();
    void choose();
    /// Empty when the text is a new address.
    QString faultOf(const QString& text) const;

    QStringList m_known;
    QLineEdit* m_edit;
    QLabel* m_fault;
    QPushButton* m_add;
};

} // namespace layerline
