// A .ts file as a value, and what is wrong with it.
#pragma once

#include "domain/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace layerline::test {

struct Message {
    QString context;
    QString source;
    QString comment;
    QString state;        ///< "", "unfinished", "vanished" or "obsolete"
    bool plural = false;
    QStringList texts;    ///< one, or one for each plural form

    QString where() const { return context + QStringLiteral(": ") + source.simplified().left(80); }
};

/// Reads a Qt Linguist file; BadInput or NotFound, naming the file.
Result<QList<Message>> readCatalogue(const QString& path);

/// What a reader of the translation would stumble over, one line each: unfinished, empty, placeholders or markup that differ,
/// a lost ellipsis or trailing colon, the wrong number of plural forms.
QStringList faultsOf(const QList<Message>& messages, int pluralForms);

/// Messages of `wanted` (by context, source and comment) that `have` lacks.
QStringList missingFrom(const QList<Message>& have, const QList<Message>& wanted);

} // namespace layerline::test
