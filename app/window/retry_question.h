// Before a platform is tried again: what will run, and the secrets it was handed before.
#pragma once

#include "sources/runner/job.h"

#include <QObject>

class QWidget;

namespace layerline {

class ActionDialog;
class SecretFields;
struct Error; // domain/result.h

/// Opens its dialog at once and lives as long as it.
class RetryQuestion : public QObject {
    Q_OBJECT
public:
    RetryQuestion(const BuildJob& job, const std::string& lane, QWidget* window);
    void showProblem(const Error& error);
    void close();

Q_SIGNALS:
    void confirmed(const layerline::JobSecrets& secrets);

private:
    JobSecrets secrets() const;

    BuildJob m_job;
    ActionDialog* m_dialog;
    SecretFields* m_fields;
};

} // namespace layerline
