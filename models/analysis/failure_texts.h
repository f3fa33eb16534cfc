// Sentences for people about failures that are recognised in logs.
#pragma once

#include "analysis/ci/failures.h"

#include <QString>

namespace layerline {

/// "The registry ghcr.io refused the login."
QString failureSentence(const RecognisedFailure& failure);
/// One thing that helps, as a sentence.
QString remedyText(Remedy remedy);
/// What helps, the likeliest first, in one or two sentences.
QString remedySentence(FailureKind kind, FailurePlace place = FailurePlace::Ci);

} // namespace layerline
