// Layerline's own sentences about what went wrong, in the reader's language.
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace layerline {

/// An Error's detail is English: it goes into logs and to the command line. Here those that are sentences of our own are
/// said in the reader's language, with the names and numbers in them; what an engine, a registry or the system said
/// inside them, and everything else, stays as it is.
QString ownWords(const std::string& detail);

/// The sentences that are known, %1 to %4 being names, numbers and other people's words. For the test that they are
/// still those the sources say.
const std::vector<const char*>& ownSentences();

} // namespace layerline
