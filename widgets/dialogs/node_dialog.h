// Asks where a further node of a builder is.
#pragma once

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace layerline {

class CallBox;

struct NodeForm {
    QString builder;
    QString endpoint;  ///< docker context, ssh://, tcp:// or unix:// address
    QString platforms; ///< "linux/arm64", several with commas; "" = what the node says
};

/// Whoever made it answers every formChanged() with setCommand().
class NodeDialog : public QDialog {
    Q_OBJECT
public:
    NodeDialog(const QStringList& builders, const QString& builder, QWidget* parent = nullptr);
    NodeForm form() const;
    void setCommand(const QString& command);

Q_SIGNALS:
    void formChanged();
    void confirmed();

private:
    QComboBox* m_builder;
    QLineEdit* m_endpoint;
    QLineEdit* m_platforms;
    CallBox* m_command;
    QPushButton* m_add;
};

} // namespace layerline
