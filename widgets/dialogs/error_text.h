// Sentences for people, made of an error's kind.
#pragma once

#include "domain/result.h"

#include <QString>

namespace layerline {

/// One translated sentence: what happened and what to do about it. `subject` is the name of the thing ("cold.log"); with
/// none the sentence does without. The technical detail is not in it.
QString errorSentence(ErrorKind kind, const QString& subject = {});

} // namespace layerline
