// The questions of what is done to builders; they stand in an ActionDialog, above its preview.
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace layerline {

/// How much of a cache goes.
class CleanUpForm : public QWidget {
    Q_OBJECT
public:
    explicit CleanUpForm(QWidget* parent = nullptr);
    /// Only what was not used for so long; 0 = no such limit.
    int unusedDays() const;
    /// Also internal records and what images share.
    bool all() const;

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_age;
    QCheckBox* m_all;
};

/// Which project's base images are fetched, and for which platforms.
class WarmForm : public QWidget {
    Q_OBJECT
public:
    explicit WarmForm(QWidget* parent = nullptr);
    QString folder() const;
    QString dockerfile() const; ///< "" = the usual one
    QString platforms() const;  ///< "linux/amd64,linux/arm64"; "" = the builder's own

Q_SIGNALS:
    void changed();

private:
    void browse();
    QLineEdit* m_folder;
    QLineEdit* m_dockerfile;
    QLineEdit* m_platforms;
};

/// A builder that does not exist yet.
class NewBuilderForm : public QWidget {
    Q_OBJECT
public:
    explicit NewBuilderForm(QWidget* parent = nullptr);
    QString name() const;
    QString driver() const;    ///< as buildx calls it
    QString endpoint() const;  ///< "" = this machine
    QString platforms() const; ///< pinned to its first node
    QStringList options() const; ///< of the driver
    bool use() const;
    bool start() const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_name;
    QComboBox* m_driver;
    QLineEdit* m_endpoint;
    QLineEdit* m_platforms;
    QLineEdit* m_options;
    QCheckBox* m_use;
    QCheckBox* m_start;
};

} // namespace layerline
