// A rollback or a migration in words and values for the window: what was found, what would be done, how far it is.
#pragma once

#include "app/tasks/rewrite_steps.h"
#include "items/workflow_values.h"

namespace layerline {

/// The words behind `layerline rollback` or `layerline migrate`, without --write.
QStringList wishArguments(const WorkflowWish& wish);
/// The whole line for a shell, writing.
QString wishCommand(const WorkflowWish& wish);
/// What the command line makes of it, so that both do the same. Errors: BadInput, one line.
Result<WorkflowRequest> requestOf(const WorkflowWish& wish);

/// Which sources can be taken and why the others can't. Parses every text: not on the GUI thread.
WorkflowSurvey surveyOf(const WorkflowWorld& world, const WorkflowWish& wish, const RunnerTable& runners);
/// `server`: GitHub's API address, in front of the calls.
WorkflowPreview previewOf(const RewriteOrder& order, const WorkflowWish& wish, const QString& server);
/// Why a trial is not possible; "" when it is.
QString trialProblemOf(const RewriteOrder& order);

WorkflowStepRow stepRow(const RewriteStep& step, const RewriteOrder& order);
/// Why it stopped and what helps.
QString stopText(const Error& error, bool remote);
/// One sentence, translated.
QString noteText(const EditNote& note);
/// "native runners: amd64, arm64"
QString styleText(const BuildSummary& summary);

} // namespace layerline
